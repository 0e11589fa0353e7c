"""Whose meetings are meant by a question for all of something: those of the time named, or the last one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Segment
from qa_service.domain.resolutions import Resolution
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import DateMention
from qa_service.store.catalogue import CataloguedMeeting
from qa_service.store.database import Connection
from qa_service.store.of_meetings import Holding, meetings_holding

_MEETING = r"(?:meetings?|sessions?|sittings?|council|cabinet|committee|panel|board|executive)"
_LAST = re.compile(
    rf"\b(?:last|latest|newest|most\s+recent)\s+(?:[\w’'-]+\s+){{0,5}}?{_MEETING}\b", re.IGNORECASE
)
_FULL_COUNCIL = re.compile(r"\b(?:last|latest|newest|most\s+recent)\s+(?:full\s+)?council\b", re.IGNORECASE)
# What a time is said of stands before it: "in February"; "put off to the May meeting" is no scope.
_TOWARDS = re.compile(r"\b(?:to|until|till)\s+(?:(?:the|its|their)\s+)*$", re.IGNORECASE)
_OF_TIME = re.compile(
    r"\b(?:in|on|at|of|for|from|during|throughout)\s+(?:(?:the|its|their|late|early)\s+)*$", re.IGNORECASE
)
_ITS_MEETING = re.compile(rf"^(?:[’']s)?\s+(?:[\w’'-]+\s+){{0,3}}?{_MEETING}\b", re.IGNORECASE)


def scope_of(reading: Reading) -> Filters | None:
    """Return the limits in force with the time that is named; None where that is said of no meeting."""
    limits = reading.limits
    if any(_TOWARDS.search(reading.text[: each.start]) for each in reading.mentions):
        return None
    if limits.held_from or limits.held_to or not reading.mentions:
        return limits
    if len(reading.mentions) > 1 or not _is_of_meetings(reading, reading.mentions[0]):
        return None
    (mention,) = reading.mentions
    return replace(limits, held_from=mention.first, held_to=mention.last)


def _is_of_meetings(reading: Reading, mention: DateMention) -> bool:
    before, behind = reading.text[: mention.start], reading.text[mention.end :]
    return mention.is_open or bool(_OF_TIME.search(before)) or bool(_ITS_MEETING.match(behind))


def last_meetings(
    reader: Connection, reading: Reading, scope: Filters, allowed: frozenset[Access]
) -> list[CataloguedMeeting]:
    """Return the newest meetings of each council where the question asks for the last one; else none."""
    if scope.held_from or scope.held_to or not _LAST.search(reading.own):
        return []
    held = meetings_holding(reader, Holding.DECISIONS, scope, allowed)
    if _FULL_COUNCIL.search(reading.own):
        held = [each for each in held if (each.body or "").endswith("Council")] or held
    newest: dict[str | None, date | None] = {each.council: each.held_on for each in held}
    return [each for each in held if each.held_on == newest[each.council]]


def is_of(one: Resolution | Segment, meant: Sequence[CataloguedMeeting]) -> bool:
    """Return whether a thing is of one of the meetings meant; True where none is singled out."""
    return not meant or any(
        (one.council, one.body, one.held_on) == (each.council, each.body, each.held_on) for each in meant
    )


def names_of(meant: Iterable[CataloguedMeeting]) -> str:
    """Return the names of meetings in words: "County Council, 6 June 2024"."""
    return "; ".join(
        f"{each.body or each.council or 'a meeting'}, {each.held_on:%-d %B %Y}"
        for each in meant
        if each.held_on is not None
    )
