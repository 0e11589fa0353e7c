"""Blocks of a sample paper as reportlab flowables."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    NextPageTemplate,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from qa_service.sample.markup import BadMarkup, Block
from qa_service.sample.picture import Picture
from qa_service.sample.styles import Styles

_BLANK = "This page is intentionally left blank"
_BULLET_FONT = "Symbol"  # in the others reportlab writes a bullet as code 127, which reads as a control
_WIDTH = A4[0] - 4.8 * cm


class Mark(Flowable):  # type: ignore[misc]  # reportlab is untyped
    """Nothing to see: the place where an agenda item begins."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def wrap(self, *_: float) -> tuple[float, float]:
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Draw nothing."""


class Note(Mark):
    """A footnote for the foot of the page on which it falls."""

    def __init__(self, text: str) -> None:
        super().__init__("")
        self.text = text


def flowables(blocks: Sequence[Block], styles: Styles, ranges: Mapping[str, str]) -> Iterator[Flowable]:
    """Give the flowables of the blocks in order; `{pages:8}` becomes the page range of item 8."""
    for block in blocks:
        if block.kind not in _MAKERS:
            raise BadMarkup(f"no such directive: @{block.kind} {block.text}")
        yield from _MAKERS[block.kind](block, styles, ranges)


_Maker = Callable[[Block, Styles, Mapping[str, str]], Iterable[Flowable]]


def _inline(text: str, ranges: Mapping[str, str] | None = None) -> str:
    filled = re.sub(r"\{pages:(\w+)\}", lambda m: f"(Pages {(ranges or {}).get(m[1], '00 - 00')})", text)
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(filled))
    return re.sub(r"\^(\w+)\^", r"<super size=7>\1</super>", bold)


def _paragraph(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    yield Paragraph(_inline(block.text), styles.text)


def _heading(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    yield Paragraph(_inline(block.text), styles.headings[block.depth])


def _hanging(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    yield Paragraph(_inline(block.text), styles.hanging(block.marker, block.depth), bulletText=block.marker)


def _bullets(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    style = ParagraphStyle(
        "bullet", parent=styles.text, leftIndent=1.9 * cm, bulletIndent=1.25 * cm, bulletFontName=_BULLET_FONT
    )
    for row in block.rows:
        yield Paragraph(_inline(row), style, bulletText="•")


def _minute(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    number, title = block.text.split(" ", 1)
    yield Paragraph(_inline(title), styles.minute(), bulletText=f"{number}.")


def _agenda(block: Block, styles: Styles, ranges: Mapping[str, str]) -> Iterator[Flowable]:
    number, title = block.text.split(" ", 1)
    yield Paragraph(_inline(title, ranges), styles.minute(), bulletText=f"{number}.")
    for row in block.rows:
        yield Paragraph(_inline(row), ParagraphStyle("purpose", parent=styles.text, leftIndent=1.25 * cm))


def _centre(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    for row in [block.text, *block.rows]:
        yield Paragraph(_inline(row), styles.centre)


def _right(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    yield Paragraph(_inline(block.text), styles.right)


def _item(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    yield NextPageTemplate("portrait")
    yield PageBreak()
    yield Mark(block.text)
    yield Paragraph(f"Agenda Item {block.text}", styles.right)


def _page(_: Block, __: Styles, ___: Mapping[str, str]) -> Iterator[Flowable]:
    yield NextPageTemplate("portrait")
    yield PageBreak()


def _blank(block: Block, styles: Styles, ranges: Mapping[str, str]) -> Iterator[Flowable]:
    yield from _page(block, styles, ranges)
    yield Spacer(1, 10 * cm)
    yield Paragraph(_BLANK, styles.centre)


def _space(block: Block, _: Styles, __: Mapping[str, str]) -> Iterator[Flowable]:
    yield Spacer(1, float(block.text) * cm)


def _need(block: Block, _: Styles, __: Mapping[str, str]) -> Iterator[Flowable]:
    yield CondPageBreak(float(block.text) * cm)


def _footnote(block: Block, _: Styles, __: Mapping[str, str]) -> Iterator[Flowable]:
    yield Note(_inline(block.text))


def _fields(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    pairs = [row.partition(":")[::2] for row in block.rows]
    width = max(
        4.2 * cm, *(stringWidth(f"{label}:", styles.bold_font, styles.size) + cm for label, _ in pairs)
    )
    cells = [
        [Paragraph(f"<b>{escape(label)}:</b>", styles.field), Paragraph(_inline(value.strip()), styles.field)]
        for label, value in pairs
    ]
    yield Table(cells, [width, _WIDTH - width], style=TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")]))
    yield Spacer(1, 0.3 * cm)


def _columns(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    rows = [row.split("|") for row in block.rows]
    cells = [[Paragraph(_inline(cell.strip()), styles.field) for cell in row] for row in rows]
    yield Table(cells, [_WIDTH / len(rows[0])] * len(rows[0]))
    yield Spacer(1, 0.3 * cm)


def _table(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    rows = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in block.rows]
    cells = [[Paragraph(_inline(cell), styles.head_cell) for cell in rows[0]]]
    cells += [[Paragraph(_inline(cell), styles.cell) for cell in row] for row in rows[1:]]
    widths = _widths(rows, styles)
    rules = TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("BACKGROUND", (0, 0), (-1, 0), colors.lightgrey),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ]
    )
    yield Table(cells, widths, style=rules, repeatRows=1)
    yield Spacer(1, 0.4 * cm)


def _widths(rows: Sequence[Sequence[str]], styles: Styles) -> list[float]:
    """Return column widths: each holds its longest word, the room left is shared by the longest cells."""
    columns = list(zip(*rows, strict=True))
    least = [max(_breadth(word, styles) for cell in column for word in cell.split()) for column in columns]
    longest = [max(map(len, column)) for column in columns]
    spare = _WIDTH - sum(least)
    return [wide + spare * length / sum(longest) for wide, length in zip(least, longest, strict=True)]


def _breadth(word: str, styles: Styles) -> float:
    return (
        float(stringWidth(word, styles.bold_font, styles.head_cell.fontSize)) + 14
    )  # 6 points of padding a side


def _slide(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    yield NextPageTemplate("slide")
    yield PageBreak()
    yield Paragraph(_inline(block.text), styles.slide_title)
    bulleted = ParagraphStyle(
        "slide bullet", parent=styles.slide, leftIndent=1 * cm, bulletFontName=_BULLET_FONT, bulletFontSize=17
    )
    for row in block.rows:
        is_bullet = row.startswith("- ")
        text = _inline(row.removeprefix("- "))
        yield Paragraph(text, bulleted, bulletText="•") if is_bullet else Paragraph(text, styles.slide)


def _picture(block: Block, _: Styles, __: Mapping[str, str]) -> Iterator[Flowable]:
    yield Picture(block.text, block.rows)
    yield Spacer(1, 0.4 * cm)


def _signature(block: Block, styles: Styles, _: Mapping[str, str]) -> Iterator[Flowable]:
    yield Spacer(1, 1.2 * cm)
    yield Paragraph(_inline(block.text), styles.right)


_MAKERS: Mapping[str, _Maker] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "hanging": _hanging,
    "bullets": _bullets,
    "minute": _minute,
    "agenda": _agenda,
    "centre": _centre,
    "right": _right,
    "item": _item,
    "page": _page,
    "blank": _blank,
    "space": _space,
    "need": _need,
    "footnote": _footnote,
    "fields": _fields,
    "columns": _columns,
    "table": _table,
    "slide": _slide,
    "picture": _picture,
    "signature": _signature,
}
