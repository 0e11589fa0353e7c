"""A bar chart that is a picture: its figures are dots of an image, so no reader finds them in the text."""

from collections.abc import Sequence

from reportlab.lib.units import cm
from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.platypus import Flowable

_WIDTH, _HEIGHT, _SCALE = 360, 200, 3
_GLYPHS = {  # three dots wide, five high, one string of bits a row
    "0": "111101101101111",
    "1": "010110010010111",
    "2": "111001111100111",
    "3": "111001111001111",
    "4": "101101111001001",
    "5": "111100111001111",
    "6": "111100111101111",
    "7": "111001001001001",
    "8": "111101111101111",
    "9": "111101111001111",
    "/": "001001010100100",
}


class Picture(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """A chart with one bar for each `label value`, both set in dots; labels are digits and strokes only."""

    def __init__(self, name: str, rows: Sequence[str]) -> None:
        super().__init__()
        self.name = name
        self.bars = [(label, int(value)) for label, value in (row.split() for row in rows)]

    def wrap(self, *_: float) -> tuple[float, float]:
        """Return the room it takes."""
        return 12 * cm, 12 * cm * _HEIGHT / _WIDTH

    def draw(self) -> None:
        """Put the image in uncompressed: reportlab would compress it, and zlib builds differ."""
        image = PDFImageXObject(self.name)
        image.width, image.height, image.bitsPerComponent = _WIDTH, _HEIGHT, 8
        # The steps of Canvas.drawImage, which offers no way to leave the dots as they are.
        image._filters, image.streamContent = (), bytes(_dots(self.bars))  # noqa: SLF001
        canvas = self.canv
        name = canvas._doc.getXObjectName(self.name)  # noqa: SLF001
        canvas._setXObjects(image)  # noqa: SLF001
        canvas._doc.Reference(image, name)  # noqa: SLF001
        canvas._doc.addForm(self.name, image)  # noqa: SLF001
        canvas._formsinuse.append(self.name)  # noqa: SLF001
        canvas.saveState()
        canvas.scale(*self.wrap())
        canvas._code.append(f"/{name} Do")  # noqa: SLF001
        canvas.restoreState()


def _dots(bars: Sequence[tuple[str, int]]) -> bytearray:
    """Return the grey dots row by row, 0 black, 255 white."""
    dots = bytearray([255]) * (_WIDTH * _HEIGHT)
    top = max(value for _, value in bars)
    step = _WIDTH // len(bars)
    for place, (label, value) in enumerate(bars):
        left, height = place * step + 10, value * (_HEIGHT - 70) // top
        for row in range(_HEIGHT - 35 - height, _HEIGHT - 35):
            dots[row * _WIDTH + left : row * _WIDTH + left + step - 20] = bytes([130]) * (step - 20)
        _write(dots, left, _HEIGHT - 35 - height - 22, str(value))
        _write(dots, left, _HEIGHT - 25, label)
    return dots


def _write(dots: bytearray, left: int, top: int, text: str) -> None:
    for place, character in enumerate(text):
        for dot, bit in enumerate(_GLYPHS[character]):
            if bit == "1":
                column = left + (place * 4 + dot % 3) * _SCALE
                for row in range(top + dot // 3 * _SCALE, top + dot // 3 * _SCALE + _SCALE):
                    dots[row * _WIDTH + column : row * _WIDTH + column + _SCALE] = bytes(_SCALE)
