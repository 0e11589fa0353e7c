"""The looks of a sample paper: one font family, sizes as steps from the text's."""

from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm

_BOLD = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold"}


class Styles:
    """The paragraph styles of one paper."""

    def __init__(self, font: str, size: float) -> None:
        self.font, self.size = font, size
        self.bold_font = _BOLD[font]
        gap = size * 0.7
        self.text = ParagraphStyle(
            "text", fontName=font, bulletFontName=font, fontSize=size, bulletFontSize=size,
            leading=size * 1.32, spaceAfter=gap,
        )  # fmt: skip
        self.centre = ParagraphStyle("centre", parent=self.text, alignment=TA_CENTER)
        self.right = ParagraphStyle("right", parent=self.text, fontName=self.bold_font, alignment=TA_RIGHT)
        self.headings = {1: self._heading(5, TA_CENTER), 2: self._heading(1, 0), 3: self._heading(0, 0)}
        self.note = ParagraphStyle("note", fontName=font, fontSize=7.5, leading=9)
        self.cell = ParagraphStyle("cell", fontName=font, fontSize=size - 1.5, leading=size + 1)
        self.head_cell = ParagraphStyle("head cell", parent=self.cell, fontName=self.bold_font)
        self.field = ParagraphStyle("field", parent=self.text, spaceAfter=2)
        self.slide = ParagraphStyle("slide", fontName=font, fontSize=17, leading=23, spaceAfter=10)
        self.slide_title = ParagraphStyle(
            "slide title", fontName=self.bold_font, fontSize=26, leading=32, spaceAfter=22
        )

    def _heading(self, larger: float, alignment: int) -> ParagraphStyle:
        size = self.size + larger
        return ParagraphStyle(
            "heading", fontName=self.bold_font, fontSize=size, leading=size * 1.3, spaceBefore=size * 0.5,
            spaceAfter=size * 0.5, alignment=alignment, keepWithNext=1,
        )  # fmt: skip

    def hanging(self, marker: str, depth: int) -> ParagraphStyle:
        """Return the style of a paragraph that hangs off its number or clause mark."""
        left = 1.1 * depth * cm
        width = (1.25 if marker[0].isdigit() else 1.0) * cm
        return ParagraphStyle("hanging", parent=self.text, leftIndent=left + width, bulletIndent=left)

    def minute(self) -> ParagraphStyle:
        """Return the style of a minute's heading, which hangs off the minute's number."""
        return ParagraphStyle(
            "minute", parent=self.headings[3], leftIndent=1.25 * cm, bulletFontName=self.bold_font,
            bulletFontSize=self.size,
        )  # fmt: skip
