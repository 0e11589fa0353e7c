"""What is long enough to be quoted: a quotation of four words says nothing by itself.

A short sentence is quoted with its neighbour, a short clause with what introduces it. A table row stands
by its cells.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.drafts import Draft
from qa_service.domain.access import Access
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.store.database import Connection
from qa_service.store.documents import find_document, slice_of
from qa_service.store.passages import StoredPassage, passage_at

LEAST_WORDS = 5
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+(?:(?<=[-/_])\s\S+|\s\S*[/?=]\S*)*")
_MOSTLY = 0.4  # of the characters
_CELL = re.compile(r"\t|\|| {2,}")


def long_enough(reader: Connection, draft: Draft, allowed: frozenset[Access]) -> Draft:
    """Return the draft with every short span grown by whole units of its passage.

    A short span that cannot grow is left out where others carry the draft: a table's one-word header. What a
    span has grown by is no part of the decision that it tells: the place then says what the whole is worth.
    """
    row = find_document(reader, draft.document_id, allowed)["row"]
    spans: list[Span] = []
    for span in draft.spans:
        if is_quotable(slice_of(reader, row, span)):
            spans.append(span)
            continue
        passage = passage_at(reader, row, span.start, allowed)
        longer = grown(passage, span) if passage is not None else span
        if len(draft.spans) == 1 or (passage is not None and _stands(passage, longer)):
            spans.append(longer)
    kept = tuple(_apart(spans) or draft.spans)
    has_grown = any(not any(before.contains(span) for before in draft.spans) for span in kept)
    return replace(draft, spans=kept, standing=None if has_grown else draft.standing)


def is_quotable(text: str) -> bool:
    """Return whether a text has words enough, or is a row of several cells."""
    cells = [cell for cell in _CELL.split(text.strip()) if _WORD.search(cell)]
    return len(_WORD.findall(text)) >= LEAST_WORDS or len(cells) > 1


def whole_unit(passage: StoredPassage, span: Span) -> tuple[Span, ...]:
    """Return the spans of the unit in which a span begins; the span itself where none holds it."""
    unit = next((unit for unit in passage.units if unit.start <= span.start < unit.end), None)
    return unit.spans if unit is not None else (span,)


def grown(passage: StoredPassage, span: Span) -> Span:
    """Return the span, begun earlier, or else ended later, by units that only blanks part from it.

    It stays as it is where it can stand alone, or where nothing adjoins.
    """
    while not _stands(passage, span):
        longer = _one_more(passage.units, passage, span)
        if longer is None:
            return span
        span = longer
    return span


def can_be_quoted(passage: StoredPassage, unit: Unit) -> bool:
    """Return whether a unit is long enough by itself or with what adjoins it: a bare caption is not.

    Nor is a web address with the title of what it leads to: it tells where something is said.
    """
    text = " ".join(_slice(passage, span) for span in unit.spans)
    if sum(map(len, _ADDRESS.findall(text))) >= _MOSTLY * len(text):
        return False
    return any(_stands(passage, grown(passage, span)) for span in unit.spans)


def _stands(passage: StoredPassage, span: Span) -> bool:
    """Return whether a span may be quoted; a row may have each cell on a line of its own."""
    text = _slice(passage, span)
    if is_quotable(text):
        return True
    row = any(unit.kind is UnitKind.ROW and unit.start <= span.start < unit.end for unit in passage.units)
    return row and len(text.split("\n")) > 1


def _one_more(units: Sequence[Unit], passage: StoredPassage, span: Span) -> Span | None:
    before = [unit.spans[-1] for unit in units if unit.end <= span.start]
    if before and _adjoin(passage, before[-1].end, span.start):
        return Span(before[-1].start, span.end)
    after = next((unit.spans[0] for unit in units if unit.start >= span.end), None)
    if after is not None and _adjoin(passage, span.end, after.start):
        return Span(span.start, after.end)
    return None


def _adjoin(passage: StoredPassage, end: int, start: int) -> bool:
    return not passage.text[end - passage.span.start : start - passage.span.start].strip()


def _slice(passage: StoredPassage, span: Span) -> str:
    return passage.text[span.start - passage.span.start : span.end - passage.span.start]


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Return the spans in order; those that growing made overlap are one."""
    apart: list[Span] = []
    for span in spans:
        if apart and apart[-1].overlaps(span):
            apart[-1] = Span(min(apart[-1].start, span.start), max(apart[-1].end, span.end))
        else:
            apart.append(span)
    return apart
