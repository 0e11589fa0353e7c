"""The text of a page, or of a stretch of a source without pages, in blocks with the quoted words marked."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from qa_service.domain.documents import SegmentKind
from qa_service.domain.spans import Span
from qa_service.store.reading import Block
from qa_service.web.line_breaks import break_points

_FAINT = frozenset({SegmentKind.PAGE_MARK, SegmentKind.CHROME, SegmentKind.BLANK})
_LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text, marked or not. `lines`, joined, are its text.

    `fresh`: it begins a line; `anchor`: it is the first marked run of all.
    """

    lines: tuple[str, ...]
    marked: bool
    anchor: bool
    fresh: bool


@dataclass(frozen=True, slots=True)
class TextBlock:
    """One segment's text. `language` is given where it is not that of the page."""

    ordinal: int
    heading: bool
    faint: bool
    language: str | None
    pieces: tuple[Piece, ...]


def text_blocks(text: str, start: int, blocks: Iterable[Block], quote: Span | None) -> list[TextBlock]:
    """Return the blocks of `text`, which begins at `start` in the document, without the empty ones.

    The pieces' texts, joined, are the text: nothing but the blanks at the ends of a block is left out.
    """
    shown: list[TextBlock] = []
    anchored = False
    for block in blocks:
        pieces = tuple(_pieces(text, start, block.span, quote, anchored=anchored))
        if not any(line.strip() for piece in pieces for line in piece.lines):
            continue
        anchored = anchored or any(piece.marked for piece in pieces)
        shown.append(
            TextBlock(
                block.ordinal,
                block.kind is SegmentKind.HEADING and len(block.span) <= _LONGEST_HEADING,
                block.kind in _FAINT,
                block.language if block.language != "en" else None,
                pieces,
            )
        )
    return shown


def _pieces(text: str, start: int, span: Span, quote: Span | None, *, anchored: bool) -> Iterator[Piece]:
    begin, end = span.start - start, span.end - start
    while begin < end and text[begin] in "\n ":
        begin += 1
    while end > begin and text[end - 1] in "\n ":
        end -= 1
    first = last = end
    if quote is not None and quote.overlaps(span):
        first = min(max(begin, quote.start - start), end)
        last = max(min(end, quote.end - start), first)
    breaks = [begin + point for point in break_points(text[begin:end])]
    for since, to, marked in ((begin, first, False), (first, last, True), (last, end, False)):
        if since < to:
            cuts = [since, *(point for point in breaks if since < point < to), to]
            lines = tuple(text[a:b] for a, b in pairwise(cuts))
            yield Piece(lines, marked=marked, anchor=marked and not anchored, fresh=since in breaks)
