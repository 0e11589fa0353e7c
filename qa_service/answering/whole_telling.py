"""A sentence is quoted with the rest of its short paragraph: what answers often stands behind.

Minutes and reports name a matter in one sentence and say what came of it in the next: "The car park was
closed on 6 January. The water had filled the pipes." The first is most like the question, the second answers.
The sentence stays marked as the focus of the quotation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.drafts import QUOTE, Draft
from qa_service.answering.features import POINTS_BACK
from qa_service.answering.request import Request
from qa_service.answering.under_side import told_with_side
from qa_service.answering.whole_lists import lists_whole
from qa_service.domain.access import Access
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.store.database import Connection
from qa_service.store.documents import find_document
from qa_service.store.findings import tells_resolution
from qa_service.store.passages import StoredPassage, passage_at

LONGEST = 600
"""Characters of a quotation that is still read at a glance: some four sentences."""
# Sentences behind: a third tells no more than two (272 real questions), and costs its characters.
_BEHIND = 2
_PROSE = frozenset({UnitKind.SENTENCE, UnitKind.LIST_ITEM})
# A new paragraph, item or bullet begins.
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MARKER = re.compile(r"\W*(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,4}|[A-Z])[.)]|\d+(?:\.\d+)+\.?|[•●▪o\uf0b7*–-])\s")


def all_whole(request: Request, drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts as `lists_whole` and `told_whole` do; one that a later one has come to hold gives way."""
    listed = [told_with_side(request, each) for each in lists_whole(request, drafts)]
    whole = [told_whole(request.reader, each, request.allowed) for each in listed]
    return [next((each for each in whole if _holds(each, draft)), draft) for draft in whole]


def _holds(one: Draft, other: Draft) -> bool:
    """Return whether a draft says another's words and more, of which nothing else is said."""
    if len(one.spans) + len(other.spans) > 2 or (other.template, other.standing) != (QUOTE, None):  # noqa: PLR2004
        return False
    same = one.document_id == other.document_id and one.spans[0].contains(other.spans[0])
    return same and one.spans != other.spans


def told_whole(reader: Connection, draft: Draft, allowed: frozenset[Access]) -> Draft:
    """Return a draft of one sentence with its paragraph; as it was where more or something else is said.

    That is where several places are quoted, where what it is worth is known, and where no ranking chose it.
    """
    bare = draft.template == QUOTE and draft.standing is None
    if not bare or len(draft.spans) > 1 or draft.focus != draft.spans[0]:
        return draft
    return replace(draft, spans=(paragraph_of(reader, draft.document_id, draft.spans[0], allowed),))


def paragraph_of(reader: Connection, document_id: str, span: Span, allowed: frozenset[Access]) -> Span:
    """Return a sentence with those behind it in its paragraph, and with what it points back to.

    As it was where it is a clause, a row or a decision, and where nothing short adjoins.
    """
    row = find_document(reader, document_id, allowed)["row"]
    passage = passage_at(reader, row, span.start, allowed)
    if passage is None or tells_resolution(reader, row, span):
        return span
    at = next((at for at, unit in enumerate(passage.units) if unit.spans == (span,)), None)
    if at is None or passage.units[at].kind not in _PROSE:
        return span
    first, last = _paragraph(reader, row, passage, at)
    return Span(passage.units[first].start, passage.units[last].end)


def _paragraph(reader: Connection, row: int, passage: StoredPassage, at: int) -> tuple[int, int]:
    """Return the first and last unit of the paragraph around a unit, as far as both together are short."""
    units, first, last = passage.units, at, at

    def fits(start: int, end: int, new: Unit) -> bool:
        short = units[end].end - units[start].start <= LONGEST
        return short and not any(tells_resolution(reader, row, span) for span in new.spans)

    while (
        last < min(at + _BEHIND, len(units) - 1)
        and follows(passage, last)
        and fits(first, last + 1, units[last + 1])
    ):
        last += 1
    while (
        _points_back(passage, first)
        and follows(passage, first - 1)
        and fits(first - 1, last, units[first - 1])
    ):
        first -= 1
    return first, last


def _points_back(passage: StoredPassage, at: int) -> bool:
    """Return whether a unit begins with "this", "they", "he": what it is about stands before it."""
    start = passage.units[at].start - passage.span.start
    return at > 0 and POINTS_BACK.match(passage.text[start:]) is not None


def follows(passage: StoredPassage, at: int) -> bool:
    """Return whether the unit behind another goes on with its paragraph, with nothing between them."""
    one, next_ = passage.units[at], passage.units[at + 1]
    if not {one.kind, next_.kind} <= _PROSE or len(one.spans) + len(next_.spans) > 2:  # noqa: PLR2004 - one each
        return False
    return adjoins(passage, at) and _MARKER.match(passage.text, next_.start - passage.span.start) is None


def adjoins(passage: StoredPassage, at: int) -> bool:
    """Return whether no more than the end of a line parts a unit from the one behind it."""
    one, next_ = passage.units[at], passage.units[at + 1]
    # A footnote between two paragraphs comes behind both of them, though it stands before the second.
    if next_.start < one.end:
        return False
    between = passage.text[one.end - passage.span.start : next_.start - passage.span.start]
    return not between.strip() and _BLANK_LINE.search(between) is None
