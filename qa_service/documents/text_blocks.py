"""Running text to blocks: a lead-in stays with its list, a table is one block, notes stand apart."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from qa_service.documents.blocks import Block, Context
from qa_service.documents.boilerplate import is_key_decision_criterion, is_standing_text, is_template_residue
from qa_service.documents.headings import is_capitals, is_heading
from qa_service.documents.markers import Style, as_letter, shape
from qa_service.documents.paragraphs import Paragraph
from qa_service.documents.tables import is_rows, table_end
from qa_service.domain.documents import Part, SegmentKind

_COUNTED = frozenset({Style.NUMBER, Style.BRACKETED_NUMBER, Style.SECTION})
_NOTE = re.compile(r"\d{1,2}$|\[?\^?\d{1,2}\]?[:.]?\s+(?=[A-Z\"\u2018\u201c]).{40,}", re.DOTALL)
_NOTE_NUMBER = re.compile(r"\d{1,2}")
_NOTE_START = re.compile(r"<sup>|\[\^\d")
_SIGNATURE = re.compile(
    r"(?:(?:Chair(?:man|person)?|Signed|Leader|Mayor|Clerk|Llofnodwyd|Arwyddwyd|"
    r"Cadeirydd)\b.{0,80}(?:\.{5,}|_{5,}|Date)|"
    r"[._\u2026]{8,}.*|signed\s+date|(?:Chair(?:man)?|Signed),? [A-Z][\w ,&]{3,60})$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w")
_LOST_GLYPHS = 2  # blank lines between entries whose bullets the converter dropped


def text_blocks(paragraphs: Sequence[Paragraph], context: Context) -> Iterator[Block]:
    """Yield the blocks of running text; titles and paragraph numbers set the context of what follows."""
    place = 0
    while place < len(paragraphs):
        end, block, context = next_block(paragraphs, place, context)
        yield block
        place = end


def next_block(paragraphs: Sequence[Paragraph], place: int, context: Context) -> tuple[int, Block, Context]:
    """Return where the block that starts at `place` ends, the block, and the context behind it."""
    paragraph = paragraphs[place]
    below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
    table = table_end(paragraphs, place)
    if table > place:
        behind = context if context.part is Part.MINUTES else replace(context, paragraph=None)
        return table, Block(SegmentKind.TABLE, paragraph.first, context), behind
    special = _special(paragraphs, place)
    if special is not None:
        return place + 1, Block(special, paragraph.first, context), context
    if is_heading(paragraph, below) and not _is_aside(paragraph, below, context):
        context = replace(context, heading=paragraph.text, paragraph=None)
        titled = replace(context, paragraph=_label(paragraph))
        return place + 1, Block(SegmentKind.HEADING, paragraph.first, titled), context
    context = _numbered(paragraph, context)
    end = list_end(paragraphs, place)
    return end, Block(SegmentKind.TEXT, paragraph.first, context), context


def _is_aside(paragraph: Paragraph, below: Paragraph | None, context: Context) -> bool:
    """Return whether a short line in minutes is no title: an owner in the margin, a cell of a list."""
    if (
        context.part is not Part.MINUTES
        or paragraph.level
        or paragraph.marker
        or is_capitals(paragraph.words)
    ):
        return False
    return paragraph.gap == 0 or below is None or below.gap == 0


def _special(paragraphs: Sequence[Paragraph], place: int) -> SegmentKind | None:
    """Return the kind of a paragraph that is no running text; None for running text."""
    paragraph = paragraphs[place]
    words = paragraph.words
    if is_standing_text(words) or is_template_residue(words) or is_key_decision_criterion(words):
        return SegmentKind.BOILERPLATE
    if _SIGNATURE.match(words):
        return SegmentKind.SIGNATURE
    if is_footnote(paragraphs, place):
        return SegmentKind.FOOTNOTE
    return None


def is_footnote(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Return whether a paragraph is a note or the number of one: "2" above its text, or below it."""
    paragraph = paragraphs[place]
    if paragraph.marker is not None or paragraph.row:
        return False
    if _NOTE_START.match(paragraph.words) or (_NOTE.match(paragraph.words) and not paragraph.level):
        return True
    above = paragraphs[place - 1] if place else None
    below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
    interrupts = above is not None and not above.ended
    below_number = _is_note_number(above) and not _is_note_above(paragraphs, place)
    return paragraph.ended and (below_number or (_is_note_number(below) and interrupts))


def _is_note_number(paragraph: Paragraph | None) -> bool:
    return paragraph is not None and _NOTE_NUMBER.fullmatch(paragraph.words) is not None


def _is_note_above(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Return whether the number above belongs to a note above it, printed text first."""
    if place < 2:  # noqa: PLR2004
        return False
    text = paragraphs[place - 2]
    return text.ended and paragraphs[place - 1].gap == 0


def _label(paragraph: Paragraph) -> str | None:
    if paragraph.marker is None or paragraph.stacked or paragraph.marker.style is Style.BULLET:
        return None
    return paragraph.marker.label


def _numbered(paragraph: Paragraph, context: Context) -> Context:
    """Return the context with the paragraph's own number; flattened stacks of numbers give none."""
    if paragraph.marker is None or paragraph.marker.style is Style.BULLET:
        return context
    if paragraph.is_list_item and context.part is not Part.MINUTES:
        return context  # a letter inside a numbered paragraph of a report
    return replace(context, paragraph=_label(paragraph))


def list_end(paragraphs: Sequence[Paragraph], place: int) -> int:
    """Return the end (exclusive) of the block that a paragraph opens: itself and its list."""
    head = paragraphs[place]
    if not _WORD.search(head.words):
        return place + 1
    leads = head.words.endswith((":", ":-", "\u2013"))
    if head.is_list_item and not leads and head.marker is not None and head.marker.style is not Style.BULLET:
        return _item_end(paragraphs, place)
    end = place + 1
    run = _Run(head, leads=leads)
    while end < len(paragraphs) and run.takes(paragraphs, end):
        end += 1
    return end


def _item_end(paragraphs: Sequence[Paragraph], place: int) -> int:
    """Return the end of a lettered paragraph without a lead-in: it takes its bullets only."""
    end = place + 1
    while end < len(paragraphs) and _is_bullet(paragraphs[end]):
        end += 1
    return end


def _is_bullet(paragraph: Paragraph) -> bool:
    return paragraph.marker is not None and paragraph.marker.style is Style.BULLET


class _Run:
    """A lead-in and its list, as far as it has been read."""

    def __init__(self, head: Paragraph, *, leads: bool) -> None:
        self.head, self.leads = head, leads
        self.has_items = head.is_list_item
        self.numbers: tuple[str, int] | None = None
        self.glyphless = False

    def takes(self, paragraphs: Sequence[Paragraph], place: int) -> bool:
        """Return whether the paragraph belongs to the list, and remember it."""
        paragraph = paragraphs[place]
        if paragraph.row or paragraph.level or is_rows(paragraph) or _special(paragraphs, place):
            return False
        if paragraph.is_list_item:
            self.has_items = True
            return True
        if paragraph.marker is not None:
            return self._takes_number(paragraph)
        below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if self.has_items and self._is_inside(paragraph, below):
            return not is_heading(paragraph, below)
        return self._is_glyphless(paragraph, below)

    def _takes_number(self, paragraph: Paragraph) -> bool:
        """Return whether a number counts inside the list, not among the paper's paragraphs."""
        marker = paragraph.marker
        if marker is None or marker.style is Style.SECTION:
            return False
        dress = shape(marker)
        if self.numbers is not None:
            fits = self.numbers == (dress, marker.value - 1)
        else:
            own = shape(self.head.marker) if self.head.marker is not None else ""
            fits = self.leads and marker.value == 1 and dress != own and self.head.marker is not None
        if fits:
            self.numbers = (dress, marker.value)
            self.has_items = True
        return fits

    def _is_inside(self, paragraph: Paragraph, below: Paragraph | None) -> bool:
        """Return whether an unmarked paragraph between two entries of the list is part of the first."""
        if below is None or not below.is_list_item or below.marker is None:
            return False
        readings = (below.marker, as_letter(below.marker))
        return (
            any(r is not None and (r.value > 1 or r.style is Style.BULLET) for r in readings)
            and paragraph.gap <= 1
        )

    def _is_glyphless(self, paragraph: Paragraph, below: Paragraph | None) -> bool:
        """Return whether entries follow that lost their bullets: set apart by blank lines, or by none."""
        if not self.leads or self.has_items:
            return False
        if self.glyphless:
            set_apart = paragraph.gap >= _LOST_GLYPHS
            return set_apart or (paragraph.gap == 0 and not is_heading(paragraph, below))
        self.glyphless = paragraph.gap >= _LOST_GLYPHS or (paragraph.gap == 0 and self.head.gap > 0)
        return self.glyphless and not is_heading(paragraph, below)
