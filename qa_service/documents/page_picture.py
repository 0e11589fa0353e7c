"""Pictures of PDF pages and the places of their characters, drawn in a process that may die, and kept."""

import hashlib
import json
import logging
import math
import os
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, LifoQueue

from qa_service.documents.child_process import ChildProcess, ReadingLimits
from qa_service.documents.quote_boxes import Box, PageCharacters
from qa_service.errors import IntegrityFailure, ParserStopped, PicturesBusy, SourceError, UnreadableSource

log = logging.getLogger(__name__)

PICTURE_WIDTHS = (1000, 2000)
"""Pixels: one for reading beside the text, one for looking closely."""
_PROCESSES = 2
_LIMITS = ReadingLimits(
    cpu_seconds=8, wall_seconds=10.0, file_bytes=0, result_bytes=32 * 2**20, files_per_worker=500
)
_WAIT_SECONDS = 10.0
_CACHE_BYTES = 512 * 2**20
_KEPT_CHARACTERS = 32  # pages; a page of text takes about 1 MB
_KEPT_FAILURES = 512
_PNG_END = b"IEND\xaeB`\x82"
_Key = tuple[str, int]


@dataclass(frozen=True, slots=True)
class PdfFile:
    """A stored PDF: where its bytes lie, their hash, and the name to use in messages."""

    path: Path
    sha256: str
    name: str


class PagePictures:
    """Draws pages, and remembers: pictures on disk up to a size, places in memory, failures for good.

    Thread-safe. A file that stops its process once is not tried again until this one restarts: what is
    asked for by a link must not cost ten seconds of a core at every click.
    """

    def __init__(
        self, folder: Path, limits: ReadingLimits = _LIMITS, cache_bytes: int = _CACHE_BYTES
    ) -> None:
        self._folder, self._limits, self._cache_bytes = folder, limits, cache_bytes
        self._idle: LifoQueue[ChildProcess] = LifoQueue()  # the warm one first
        for _ in range(_PROCESSES):
            self._idle.put(ChildProcess("qa_service.documents.page_picture_child"))
        self._lock = threading.Lock()
        self._characters: OrderedDict[_Key, PageCharacters] = OrderedDict()
        self._failures: OrderedDict[_Key, SourceError] = OrderedDict()
        self._intact: set[str] = set()
        self._closed = False
        self._bytes: int | None = None  # of the folder; counted at the first picture written

    def warm(self) -> None:
        """Start a process, so that the first picture does not wait for one (about 0.2 s)."""
        child = self._idle.get()
        try:
            child.answer(json.dumps({"path": "", "page": 1, "width": None}).encode(), "nothing", self._limits)
        finally:
            self._give_back(child)

    def close(self) -> None:
        """End the processes that are not at work; those at work end when they have answered."""
        self._closed = True
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def picture(self, file: PdfFile, page: int, width: int = PICTURE_WIDTHS[0]) -> bytes:
        """Return a PNG of a page, counted from 1, `width` pixels wide.

        Raises UnreadableSource, ParserStopped, and IntegrityFailure where the file is not what was stored.
        """
        if width not in PICTURE_WIDTHS:
            raise ValueError(f"{width} is none of {PICTURE_WIDTHS}")
        path = self._folder / f"{file.sha256}-{page}-{width}.png"
        kept = _kept(path)
        if kept is None:
            kept = self._asked(file, page, width)
            self._keep(path, kept)
        return kept

    def characters(self, file: PdfFile, page: int) -> PageCharacters:
        """Return the characters of a page and where they stand. Raises as `picture` does."""
        key = (file.sha256, page)
        with self._lock:
            if key in self._characters:
                self._characters.move_to_end(key)
                return self._characters[key]
        found = _characters_from(self._asked(file, page, None), file.name)
        with self._lock:
            self._characters[key] = found
            while len(self._characters) > _KEPT_CHARACTERS:
                self._characters.popitem(last=False)
        return found

    def discard(self, wanted: Callable[[str], bool]) -> int:
        """Delete the pictures of files whose hash is not wanted; return how many."""
        gone = [path for path in self._folder.glob("*.png") if not wanted(path.name.split("-", 1)[0])]
        for path in gone:
            path.unlink(missing_ok=True)
        with self._lock:
            self._bytes = None
        return len(gone)

    def _asked(self, file: PdfFile, page: int, width: int | None) -> bytes:
        key = (file.sha256, page)
        with self._lock:
            if (failure := self._failures.get(key)) is not None:
                raise failure.with_traceback(None)
        self._check(file)
        try:
            return self._drawn(file, page, width)
        except (ParserStopped, UnreadableSource) as error:
            log.info("page not drawn", extra={"sha256": file.sha256, "page": page, "code": error.code})
            with self._lock:
                self._failures[key] = error
                while len(self._failures) > _KEPT_FAILURES:
                    self._failures.popitem(last=False)
            raise

    def _drawn(self, file: PdfFile, page: int, width: int | None) -> bytes:
        request = {"path": str(file.path.absolute()), "page": page, "width": width}
        try:
            child = self._idle.get(timeout=_WAIT_SECONDS)
        except Empty as error:
            raise PicturesBusy(file.name) from error
        try:
            reply = child.answer(json.dumps(request).encode(), file.name, self._limits)
            if reply[:1] == b"S":
                child.close()
                raise ParserStopped(file.name, "memory" if reply == b"Smemory" else "crash")
        finally:
            self._give_back(child)
        if reply[:1] == b"E":
            raise UnreadableSource(file.name, reply[1:].decode(errors="replace")[:200])
        return reply[1:]

    def _give_back(self, child: ChildProcess) -> None:
        if self._closed:
            child.close()
        self._idle.put(child)

    def _check(self, file: PdfFile) -> None:
        """Hold the file against its hash, once while this process lives: what is shown is what was read."""
        if file.sha256 in self._intact:
            return
        with file.path.open("rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
                raise IntegrityFailure("the original of a paper")
        self._intact.add(file.sha256)

    def _keep(self, path: Path, picture: bytes) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{secrets.token_hex(8)}.part")
        part.write_bytes(picture)
        part.replace(path)
        with self._lock:
            if self._bytes is None:
                self._bytes = sum(each.stat().st_size for each in self._folder.iterdir())
            else:
                self._bytes += len(picture)
            if self._bytes > self._cache_bytes:
                self._bytes = _thinned(self._folder, self._cache_bytes // 2)


def _kept(path: Path) -> bytes | None:
    """Return a picture that was kept whole, and note that it was used; None where there is none."""
    try:
        picture = path.read_bytes()
        os.utime(path)
    except FileNotFoundError:
        return None
    return picture if picture.endswith(_PNG_END) else None


def _thinned(folder: Path, size: int) -> int:
    """Delete the pictures that were not used for longest until `size` bytes are left; return what is left."""
    found = []
    for path in folder.iterdir():
        try:
            stat = path.stat()
        except FileNotFoundError:
            continue
        found.append((stat.st_mtime, stat.st_size, path))
    total = sum(size_ for _, size_, _ in found)
    for _, bytes_, path in sorted(found):
        if total <= size:
            break
        path.unlink(missing_ok=True)
        total -= bytes_
    return total


def _characters_from(reply: bytes, name: str) -> PageCharacters:
    """Return what a child says of a page, believed no further than its form."""
    try:
        given = json.loads(reply)
        text, numbers = str(given["text"]), [float(each) for each in given["boxes"]]
        width, height = float(given["width"]), float(given["height"])
    except (ValueError, KeyError, TypeError) as error:
        raise ParserStopped(name, "crash") from error
    if len(numbers) != 4 * len(text) or not all(map(math.isfinite, (width, height, *numbers))):
        raise ParserStopped(name, "crash")
    boxes = tuple(Box(*numbers[at : at + 4]) for at in range(0, len(numbers), 4))
    return PageCharacters(width, height, text, boxes)
