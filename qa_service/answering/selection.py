"""Chooses which units make the answer: the best, what belongs to it, and what is as good."""

import re
from collections.abc import Sequence

from qa_service.answering.drafts import Draft, without_overlaps
from qa_service.answering.evidence import holds
from qa_service.answering.introduced import rows_under
from qa_service.answering.listing import lead_of, members_under
from qa_service.answering.quotable import can_be_quoted
from qa_service.answering.signals import AnswerType, content_stems
from qa_service.answering.tables import table_around
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.intents import Intent
from qa_service.store.passages import StoredPassage

# Log-odds below the best at which a table answers before a sentence, where several things are asked for; and
# where it has a word for them: "which directorates, and by how much" under a column of that name.
_NEARLY, _NAMES_THEM = 0.6, 3.0
_THINGS = re.compile(
    r"\b(?:which|what|each|every)\s+(?:of\s+the\s+)?(\w{4,})(?=.*\bhow\s+(?:much|many)\b)",
    re.IGNORECASE | re.DOTALL,
)
# A list longer than this in characters is quoted item by item.
_LONGEST_LIST = 1600
_LISTED = frozenset({UnitKind.LIST_ITEM, UnitKind.CLAUSE, UnitKind.ROW, UnitKind.LEAD_IN})


def select(units: Sequence[WeighedUnit], intent: Intent, most: int, several: str = "") -> list[Draft]:
    """Return at most `most` drafts, best first: whole units long enough to be quoted, no character twice.

    `several`: a question that asks for more than one thing; then a table comes whole.
    """
    best = next((each for each in units if can_be_quoted(each.passage, each.unit)), None)
    if best is None:
        return []
    if several and (table := _table_of(units, several)) is not None:
        return [table]
    drafts = [_list_of(best, intent) if _wants_list(best, intent) else _draft(best)]
    near = (each for each in units if each is not best and each.score >= best.score)
    drafts += [_draft(each) for each in near if can_be_quoted(each.passage, each.unit)]
    return without_overlaps(drafts)[:most]


def _table_of(units: Sequence[WeighedUnit], asked: str) -> Draft | None:
    """Return the table of the best unit that stands in one, of those that are nearly the best."""
    things = frozenset(content_stems(" ".join(_THINGS.findall(asked))))
    for unit in units:
        if unit.score < units[0].score - _NAMES_THEM:
            return None
        table = table_around(unit.passage, unit.index)
        words = " ".join(slice_between(unit.passage, span.start, span.end) for span in table)
        near = _NEARLY if things.isdisjoint(content_stems(words)) else _NAMES_THEM
        if table and unit.score >= units[0].score - near and len(words) <= _LONGEST_LIST:
            return Draft(unit.passage.document_id, table, unit.score)
    return None


def _wants_list(best: WeighedUnit, intent: Intent) -> bool:
    kind = best.unit.kind
    if intent is Intent.DATE and kind is UnitKind.LEAD_IN:
        # "It comes back on 11 February with the following:" says when without what follows.
        return not holds(best.text, (AnswerType.TIME,))[AnswerType.TIME]
    return (kind is UnitKind.LEAD_IN and not best.also) or (
        intent is Intent.LIST and kind in _LISTED and kind is not UnitKind.ROW
    )


def _draft(weighed: WeighedUnit) -> Draft:
    passage = weighed.passage
    spans = weighed.unit.spans
    for at in weighed.also or rows_under(weighed):
        spans = _joined_after(passage, spans, passage.units[at])
    if weighed.unit.kind is UnitKind.ROW and weighed.unit.lead is not None:
        spans = (*passage.units[weighed.unit.lead].spans, *spans)
    return Draft(passage.document_id, spans, weighed.score, focus=_focus(weighed))


def _focus(weighed: WeighedUnit) -> Span | None:
    """Return the span of a unit; None where a page mark interrupts it."""
    spans = weighed.unit.spans
    return spans[0] if len(spans) == 1 else None


def _joined_after(passage: StoredPassage, spans: tuple[Span, ...], after: Unit) -> tuple[Span, ...]:
    last, first = spans[-1], after.spans[0]
    if last.end <= first.start and not slice_between(passage, last.end, first.start).strip():
        return (*spans[:-1], Span(last.start, first.end), *after.spans[1:])
    return (*spans, *after.spans)


def slice_between(passage: StoredPassage, start: int, end: int) -> str:
    """Return the characters of a passage between two offsets of its document."""
    return passage.text[start - passage.span.start : end - passage.span.start]


def _list_of(best: WeighedUnit, intent: Intent) -> Draft:
    """Return the whole list that a unit introduces or belongs to, with what introduces it.

    Where no list was asked for, what introduces it answers: it is quoted by itself before the rest.
    """
    passage, units = best.passage, best.passage.units
    lead = lead_of(passage, best.index)
    if lead is None:
        return _draft(best)
    members = [units[at] for at in members_under(passage, lead)]
    apart = intent is not Intent.LIST and bool(members)
    spans: tuple[Span, ...] = members[0].spans if apart else units[lead].spans
    for unit in members[1:] if apart else members:
        spans = _joined_after(passage, spans, unit)
    if apart:
        spans = (*units[lead].spans, *spans)
    if sum(len(span) for span in spans) > _LONGEST_LIST:
        return _draft(best)
    return Draft(passage.document_id, spans, best.score, focus=_focus(best))
