"""Who is in the chair now: what the newest meeting says of it, and not whom an older one elected."""

import re
from dataclasses import replace
from datetime import date, timedelta

from qa_service.answering.drafts import Draft
from qa_service.answering.offices import OF_CHAIRING, TOOK_THE_CHAIR, chairs, narrowed
from qa_service.answering.rolls import drafts_of
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import text_of
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundAttendance, attendance_within
from qa_service.store.minuted import minutes_holding

_NOW = r"(?:current(?:ly)?|present(?:ly)?|incumbent|now|nowadays|these\ days|at\ the\ moment|today)"
_ASKS = re.compile(
    rf"""^(?:and\ |so\ )?who(?:['’]s|\ is)\ (?:{_NOW}\ )?(?:(?:the|our)\ )?(?:{_NOW}\ )?(?:an\ )?
    (?P<office>(?:(?P<deputy>vice|deputy)[\ -]?)?chair(?:man|woman|person)?|cathaoirleach|mayor)\b
    (?!['’]s)(?P<rest>[^?]*)""",
    re.IGNORECASE | re.VERBOSE,
)
_SAYS_NOW = re.compile(rf"\b{_NOW}\b", re.IGNORECASE | re.VERBOSE)
_OWN_TITLES = frozenset({"cathaoirleach", "mayor"})
_OF_OFFICE = OF_CHAIRING | frozenset(
    content_stems("current currently present presently incumbent now nowadays these days moment today")
    + content_stems("cathaoirleach mayor council district municipal vice deputy vice-chair vice-chairman")
)
_AS = r"(?:(?:as|to|be|the|an)\s+)*"
_CHAIR = r"chair(?:man|woman|person)?"
# "elected Chairman, and Councillor B Vice-Chairman"
_DEPUTY = rf"[^.;]{{0,90}}?\b(?:vice|deputy)[ -]?{_CHAIR}"
# Behind a name in a roll stands its title: "Councillor A. Bee, An Cathaoirleach.".
_BEHIND_A_NAME = 40
# In so many days before the newest meeting somebody took the chair; the roll of one need not say who.
_NEWEST_DAYS, _MOST_PASSAGES = 200, 100
# A deputy is elected once a year, and is named nowhere else where the chair is there.
_A_YEAR_OF_OFFICE = 400


def in_office_now(
    reader: Connection, reading: Reading, filters: Filters, allowed: frozenset[Access]
) -> list[Draft]:
    """Return what the newest papers within filters say of who is in the chair; nothing where it is not asked.

    Nor where no one council or body is asked of, or where its papers do not say it.
    """
    asked = _ASKS.match(reading.own)
    if asked is None or reading.newest is None or not (filters.bodies or len(filters.councils) == 1):
        return []
    own_title = asked["office"].lower() in _OWN_TITLES
    if not (own_title or _SAYS_NOW.search(reading.own)) or _names_more(reading):
        return []
    if asked["deputy"]:
        since = (reading.newest - timedelta(days=_A_YEAR_OF_OFFICE)).isoformat()
        elected = _elected_since(reader, since, _DEPUTY, filters, allowed)
        return [elected] if elected else []
    lines = [line for line in attendance_within(reader, filters, allowed) if chairs(line)]
    if own_title:
        lines = [line for line in lines if _bears(reader, line, asked["office"])]
    told = None if own_title else _last_told(reader, reading, filters, allowed)
    held_on = max(lines[0].held_on or "" if lines else "", told[0] if told else "")
    office = re.escape(asked["office"]) if own_title else _CHAIR
    if held_on and (elected := _elected_since(reader, held_on, _AS + office, filters, allowed)):
        return [elected]
    if lines and lines[0].held_on == held_on:
        return [narrowed(reader, each, lines[:1]) for each in drafts_of(reader, lines[:1], 1)]
    return [told[1]] if told is not None else []


def _names_more(reading: Reading) -> bool:
    """Return whether a question names more than the office and whose it is: "the chair of governors"."""
    scope = (*reading.filters.bodies, *reading.filters.councils)
    of_scope = {stem for name in scope for stem in content_stems(name)}
    named = {stem for stem in content_stems(reading.topic) if len(stem) > 1}  # no "s" of "the panel's"
    return not named <= _OF_OFFICE | of_scope


def _bears(reader: Connection, line: FoundAttendance, title: str) -> bool:
    """Return whether a roll prints a title behind the name that a line gives."""
    behind = slice_of(reader, line.document_row, Span(line.span.end, line.span.end + _BEHIND_A_NAME))
    return re.match(rf"[,*\s]*(?:(?:an|the)\s+)?{re.escape(title)}\b", behind, re.IGNORECASE) is not None


def _elected_since(
    reader: Connection, held_on: str, office: str, filters: Filters, allowed: frozenset[Access]
) -> Draft | None:
    """Return the sentence that says who was elected at a meeting of that day or later; None without one.

    `office` is the pattern of what stands behind "elected", the newest meeting's first. Who opens an annual
    meeting in the chair is not who leaves it so.
    """
    since = replace(filters, held_from=date.fromisoformat(held_on))
    for verb in ("elected", "appointed"):
        said = re.compile(rf"\b(?:re-?)?{verb}\s+{office}\b", re.IGNORECASE)
        for passage in minutes_holding(reader, (verb,), since, allowed, _MOST_PASSAGES):
            for unit in passage.units:
                if unit.kind is not UnitKind.HEADING and said.search(text_of(passage, unit)):
                    return Draft(passage.document_id, unit.spans, 0.0)
    return None


def _last_told(
    reader: Connection, reading: Reading, filters: Filters, allowed: frozenset[Access]
) -> tuple[str, Draft] | None:
    """Return the day and the sentence of the newest minutes that say who took the chair."""
    if reading.newest is None:
        return None
    newest = replace(filters, held_from=reading.newest - timedelta(days=_NEWEST_DAYS))
    for passage in minutes_holding(reader, ("chair", "presid"), newest, allowed, _MOST_PASSAGES):
        for unit in passage.units:
            if unit.kind is not UnitKind.HEADING and TOOK_THE_CHAIR.search(text_of(passage, unit)):
                day = passage.segment.held_on
                return (day.isoformat() if day else ""), Draft(passage.document_id, unit.spans, 0.0)
    return None
