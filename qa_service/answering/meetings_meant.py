"""Which meetings a question means: those of a time that it names, or the last one.

A time is of meetings where it says when something was done there ("in February", "since 2019"), or of which
meeting ("the March panel"), business or office one speaks ("the motions of 2023", "the mayor for 2023"). It
is of the subject in "the 2023 budget", "the accounts for 2023" and "put off to the May meeting".
"""

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

_MEETING = (
    r"(?:meetings?|sessions?|sittings?|agm|debates?|council|cabinet|committees?|panels?|boards?|forums?|"
    r"executive)\b(?!\s+(?:tax|hous))"
)
_LAST = re.compile(
    rf"\b(?:last|latest|newest|most\s+recent)\s+(?:[\w’'-]+\s+){{0,5}}?{_MEETING}", re.IGNORECASE
)
_FULL_COUNCIL = re.compile(r"\b(?:last|latest|newest|most\s+recent)\s+(?:full\s+)?council\b", re.IGNORECASE)
# "Put off to the May meeting" is no time of the meeting that puts off.
_TOWARDS = re.compile(r"\b(?:to|until|till)\s+(?:(?:the|its|their)\s+)*$", re.IGNORECASE)
# Between a time and the meeting called by it stand words of its name, and none of these.
_NO_NAME = (
    "to|in|at|on|by|of|from|about|with|that|which|who|when|was|were|is|are|did|do|does|has|had|have|or|but|as|"
    "because|after|before|go|goes|went|come|came|the|an?|its|their"
)
_ITS_MEETING = re.compile(
    rf"(?:['’]s)?\s+(?:(?!(?:{_NO_NAME})\b)[\w’'&,-]+\s+){{0,6}}?{_MEETING}", re.IGNORECASE
)
_DONE_IN = re.compile(
    r"\b(?:in|at|during|throughout|within|between|on|from)\s+(?:(?:late|early|mid)\s+)?$", re.IGNORECASE
)
# "On 5 March" says when; on 2023 are a report or a plan.
_ON = re.compile(r"\bon\s+$", re.IGNORECASE)
_DONE_IN_THE = re.compile(
    r"\b(?:in|at|during|throughout|within)\s+(?:(?:the|its|their|late|early|mid)\s+)+$", re.IGNORECASE
)
# "In the March budget" names a budget, "in the spring of 2023, on fares" a time.
_NO_NOUN_BEHIND = re.compile(rf"\s*(?:$|[?.!,;:)]|(?:{_NO_NAME}|and|for)\b)", re.IGNORECASE)
_JOINED = re.compile(r"\b(?:of|for|by|the|its|their)\s+$", re.IGNORECASE)
_NOTHING_BEHIND = re.compile(r"\s*(?:$|[?.!,;:])")
# What meetings deal with and do, who holds office, and parts of the time itself: "the end of 2023".
_OF_MEETINGS = re.compile(
    r"""\b(?:meetings?|sessions?|sittings?|motions|amendments|proposals|decisions|resolutions|items|matters|
    applications|petitions|votes|minutes|council|cabinet|committee|panel|board|forum|executive|
    chair(?:man|woman|person|ed)?|mayor|leader|deputy|president|cathaoirleach|clerk|treasurer|secretary|head|
    director|officer|manager|members|councillors|
    lost|defeated|carried|deferred|postponed|withdrawn|rejected|
    beginning|start|middle|end|course|spring|summer|autumn|winter)
    \s+(?P<joined>(?:of|for|from)\s+)?(?P<the>(?:(?:the|its|their|late|early|mid)\s+)*)$""",
    re.IGNORECASE | re.VERBOSE,
)


def is_of_meetings(text: str, time: DateMention) -> bool:
    """Return whether a time that a text names is that of meetings, and not of a subject."""
    before = text[: time.start]
    if _TOWARDS.search(before):
        return False
    if time.is_open or _ITS_MEETING.match(text, time.end):
        return True
    if (said := _OF_MEETINGS.search(before)) is not None and said["joined"] and not said["the"]:
        return True
    if said or _DONE_IN_THE.search(before):
        return _NO_NOUN_BEHIND.match(text, time.end) is not None
    return _says_when(text, time)


def _says_when(text: str, time: DateMention) -> bool:
    """Return whether a time is said to be when something was done: "in March", or a day alone at the end."""
    before = text[: time.start]
    if _DONE_IN.search(before):
        return time.exact or _ON.search(before) is None
    # A year alone at the end names a budget as often.
    joined = _JOINED.search(before) is not None
    return not joined and not time.is_a_year and _NOTHING_BEHIND.match(text, time.end) is not None


def time_meant(reading: Reading) -> DateMention | None:
    """Return the first time that a question names as that of meetings; None where it names none."""
    return next((each for each in reading.mentions if is_of_meetings(reading.text, each)), None)


def within_time(reading: Reading, filters: Filters) -> Filters:
    """Return filters narrowed to the time of meetings that a question names; as they are without one.

    So they are where the reading limits them to a time already.
    """
    time = time_meant(reading)
    if time is None or reading.filters.held_from or reading.filters.held_to:
        return filters
    ends = [day for day in (time.last, reading.as_of) if day is not None]
    return replace(filters, held_from=time.first, held_to=min(ends, default=None))


def scope_of(reading: Reading) -> Filters | None:
    """Return the limits in force, with the time that is named; None where one is named that is no meetings'.

    Nor is one of several times taken for that of all meetings meant.
    """
    named = reading.filters.held_from or reading.filters.held_to
    if any(_TOWARDS.search(reading.text[: each.start]) for each in reading.mentions):
        return None
    if not named and (len(reading.mentions) > 1 or (reading.mentions and time_meant(reading) is None)):
        return None
    return within_time(reading, reading.limits)


def last_meetings(
    reader: Connection, reading: Reading, scope: Filters, allowed: frozenset[Access]
) -> list[CataloguedMeeting]:
    """Return the newest meetings of each council where the question asks for the last one; else none."""
    if time_meant(reading) is not None or not reading.is_undated or not _LAST.search(reading.own):
        return []
    held = meetings_holding(reader, Holding.DECISIONS, scope, allowed)
    if _FULL_COUNCIL.search(reading.own):
        held = [each for each in held if (each.body or "").endswith("Council")] or held
    return newest_of_each(held)


def newest_of_each(held: Sequence[CataloguedMeeting]) -> list[CataloguedMeeting]:
    """Return the newest meetings of each council, of meetings that are in the order of their days."""
    newest: dict[str | None, date | None] = {each.council: each.held_on for each in held}
    return [each for each in held if each.held_on == newest[each.council]]


def is_of(one: Resolution | Segment, meant: Sequence[CataloguedMeeting]) -> bool:
    """Return whether a thing is of one of the meetings meant; True where none is singled out."""
    return not meant or any(
        (one.council, one.body, one.held_on) == (each.council, each.body, each.held_on) for each in meant
    )


def names_of(meant: Iterable[CataloguedMeeting]) -> str:
    """Return the names of meetings in words, each once: "County Council, 6 June 2024"."""
    names = (
        f"{each.body or each.council or 'a meeting'}, {each.held_on:%-d %B %Y}"
        for each in meant
        if each.held_on is not None
    )
    return "; ".join(dict.fromkeys(names))
