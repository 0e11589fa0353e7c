"""Whether minutes were confirmed: told by the later minutes that say so, or by the draft's own words."""

import re

from qa_service.answering.drafts import Draft
from qa_service.answering.quotable import can_be_quoted, whole_unit
from qa_service.answering.weighing import text_of
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.spans import Span
from qa_service.retrieval.minutes_asked import minutes_asked
from qa_service.retrieval.question import Reading
from qa_service.store.confirmations import confirmations_told, draft_minutes
from qa_service.store.database import Connection, Row
from qa_service.store.passages import opening_passages, passage_at

# A paper calls itself a draft at its head, if anywhere.
_AT_THE_HEAD = 3
_IS_DRAFT = re.compile(
    r"\b(?:draft|unconfirmed)\s+minutes\b|\bminutes\b.*\b(?:draft|unconfirmed)\b|"
    r"\bnot\s+yet\s+(?:been\s+)?(?:confirmed|approved|signed|agreed)\b",
    re.IGNORECASE,
)


def confirmed_minutes(reader: Connection, reading: Reading, allowed: frozenset[Access]) -> list[Draft]:
    """Return drafts of what confirmed the minutes asked about, one a meeting; none where nothing says it.

    Of minutes that call themselves a draft, and that no later ones confirm, the words that call them one.
    """
    asked = minutes_asked(reading.own, reading.mentions)
    if asked is None or asked.first is None or asked.last is None:
        return []
    held = asked.first, asked.last
    drafts: dict[object, Draft] = {}
    for row in confirmations_told(reader, held, reading.as_of, allowed):
        if _meeting(row) in drafts or not _is_of(row, reading.filters):
            continue
        span = Span(row["start"], row["end"])
        passage = passage_at(reader, row["row"], span.start, allowed)
        drafts[_meeting(row)] = Draft(row["id"], whole_unit(passage, span) if passage else (span,), 0.0)
    for row in draft_minutes(reader, held, reading.as_of, allowed):
        if _meeting(row) not in drafts and _is_of(row, reading.filters):
            drafts.update({_meeting(row): each for each in _called_a_draft(reader, row, allowed)})
    return list(drafts.values())


def _called_a_draft(reader: Connection, row: Row, allowed: frozenset[Access]) -> list[Draft]:
    """Return a draft of the words with which minutes call themselves one; none where they do not."""
    for passage in opening_passages(reader, row["row"], _AT_THE_HEAD, allowed):
        for unit in passage.units:
            if _IS_DRAFT.search(text_of(passage, unit)) and can_be_quoted(passage, unit):
                return [Draft(row["id"], unit.spans, 0.0)]
    return []


def _meeting(row: Row) -> object:
    return row["council"], row["body"], row["held_on"]


def _is_of(row: Row, filters: Filters) -> bool:
    return (not filters.councils or row["council"] in filters.councils) and (
        not filters.bodies or row["body"] in filters.bodies
    )
