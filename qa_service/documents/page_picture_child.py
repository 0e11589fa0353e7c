"""The child that draws pages and tells where their characters stand: pdfium, under limits of its own.

Imports as little as it can: the first picture of a page waits for this process to start.
"""

import ctypes
import json
import math
import os
import struct
import sys
import zlib
from collections.abc import Callable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from qa_service.documents.child_limits import allow_cpu, limit_process
from qa_service.documents.frames import frame, read_frame

MOST_PIXELS = 6_000_000
MOST_CHARACTERS = 200_000
"""As many as the PDF reader keeps of a page."""
_ZLIB_LEVEL = 4  # 11 ms for a page of text at 1,000 pixels; level 6 takes 25 for 3 % less
_GREY, _COLOUR = 0, 2  # colour types of PNG
_DEVICE_STEPS = 64  # of a point: pdfium gives the places of the picture as integers
_UNIT = 1000


class _Unreadable(Exception):
    """What pdfium will not draw: its message goes back in words."""


class _Opened:
    """The file that was asked for last: pages of one paper are looked at one after another."""

    def __init__(self) -> None:
        self.path: str | None = None
        self.document: pypdfium2.PdfDocument | None = None

    def page(self, path: str, number: int) -> Any:  # noqa: ANN401 - pypdfium2 is untyped
        if self.path != path or self.document is None:
            self.close()
            try:
                self.document = pypdfium2.PdfDocument(path)
                self.document.init_forms()  # filled-in fields are part of what a reader of the page sees
            except pypdfium2.PdfiumError as error:
                raise _Unreadable(str(error)) from error
            self.path = path
        if not 1 <= number <= len(self.document):
            raise _Unreadable(f"the file has {len(self.document)} pages")
        try:
            return self.document[number - 1]
        except pypdfium2.PdfiumError as error:
            raise _Unreadable(str(error)) from error

    def close(self) -> None:
        if self.document is not None:
            self.document.close()
        self.document, self.path = None, None


def serve(limits: dict[str, int]) -> None:
    """Answer requests from standard input on standard output until the pipe closes."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not land between messages
    limit_process(limits)
    opened = _Opened()
    while (request := read_frame(requests)) is not None:
        allow_cpu(limits["cpu_seconds"])
        reply = _reply(opened, json.loads(request))
        replies.write(frame(reply))
        replies.flush()
        if reply[:1] == b"S":
            os._exit(1)  # after a MemoryError nothing in this process can be trusted


def _reply(opened: _Opened, request: dict[str, Any]) -> bytes:
    try:
        page = opened.page(request["path"], request["page"])
        try:
            if request["width"] is None:
                return b"C" + json.dumps(_characters(page)).encode()
            return b"P" + _picture(page, request["width"])
        finally:
            page.close()
    except (_Unreadable, pypdfium2.PdfiumError) as error:
        return b"E" + str(error).encode()
    except MemoryError:
        return b"Smemory"
    except Exception:  # noqa: BLE001  (the sandbox boundary: a fault of ours in one page ends that page only)
        return b"Scrash"


def _size(page: Any) -> tuple[float, float]:  # noqa: ANN401
    width, height = page.get_size()
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise _Unreadable("the page has no size")
    return width, height


def _picture(page: Any, wanted: int) -> bytes:  # noqa: ANN401
    """Return a PNG of about `wanted` pixels' width; fewer where the page would have too many pixels."""
    width, height = _size(page)
    scale = min(wanted / width, math.sqrt(MOST_PIXELS / (width * height)))
    bitmap = page.render(scale=scale, rev_byteorder=True)
    channels, columns, rows = bitmap.n_channels, bitmap.width, bitmap.height
    if columns * rows > 2 * MOST_PIXELS or channels not in {1, 3}:
        raise _Unreadable("the page's shape cannot be drawn")
    samples, stride = bytes(bitmap.buffer), bitmap.stride
    if channels == 1 or (samples[0::3] == samples[1::3] == samples[2::3] and stride == columns * channels):
        samples, stride, channels = samples[::channels], stride // channels, 1
    lines = [samples[row * stride : row * stride + columns * channels] for row in range(rows)]
    return _png(columns, rows, _GREY if channels == 1 else _COLOUR, lines)


def _png(columns: int, rows: int, colour_type: int, lines: list[bytes]) -> bytes:
    """Return eight-bit samples as a PNG. Source: PNG specification, third edition, sections 5 and 9."""
    header = struct.pack(">IIBBBBB", columns, rows, 8, colour_type, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + line for line in lines), _ZLIB_LEVEL)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )


def _characters(page: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the page's size in points, its characters, and four numbers a character: its box as drawn."""
    width, height = _size(page)
    textpage = page.get_textpage()
    count = min(textpage.count_chars(), MOST_CHARACTERS)
    text = "".join(_character(textpage.raw, index) for index in range(count))
    drawn = _page_to_picture(page.raw, width, height)
    boxes: list[float] = []
    box = pdfium.FS_RECTF()
    for index in range(count):
        if pdfium.FPDFText_GetLooseCharBox(textpage.raw, index, box):
            boxes += drawn(box)
        else:
            boxes += (0, 0, 0, 0)
    return {"width": round(width, 2), "height": round(height, 2), "text": text, "boxes": boxes}


def _character(textpage: Any, index: int) -> str:  # noqa: ANN401
    code = pdfium.FPDFText_GetUnicode(textpage, index)
    return chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"  # noqa: PLR2004 - surrogates


def _page_to_picture(page: Any, width: float, height: float) -> Callable[[Any], list[float]]:  # noqa: ANN401
    """Return what turns a box on the page into (left, top, right, bottom) in points from the top left corner.

    pdfium knows the page's rotation and crop: three points that it converts give the whole affine map.
    """
    x, y = ctypes.c_int(), ctypes.c_int()

    def converted(across: int, up: int) -> tuple[float, float]:
        size = round(width * _DEVICE_STEPS), round(height * _DEVICE_STEPS)
        pdfium.FPDF_PageToDevice(page, 0, 0, *size, 0, across, up, x, y)
        return x.value / _DEVICE_STEPS, y.value / _DEVICE_STEPS

    x0, y0 = converted(0, 0)
    x_across, y_across = ((at - of) / _UNIT for at, of in zip(converted(_UNIT, 0), (x0, y0), strict=True))
    x_up, y_up = ((at - of) / _UNIT for at, of in zip(converted(0, _UNIT), (x0, y0), strict=True))

    def drawn(box: Any) -> list[float]:  # noqa: ANN401
        xs = [x0 + across * x_across + up * x_up for across, up in _corners(box)]
        ys = [y0 + across * y_across + up * y_up for across, up in _corners(box)]
        return [round(each, 2) for each in (min(xs), min(ys), max(xs), max(ys))]

    return drawn


def _corners(box: Any) -> tuple[tuple[float, float], tuple[float, float]]:  # noqa: ANN401
    return (box.left, box.bottom), (box.right, box.top)
