"""What papers keep lists of or tell in set words: acronyms, offices, who was there, who moved, where it was.

A list that holds it answers before a text.
"""

from qa_service.answering.acronyms import spelt_out
from qa_service.answering.applications import said_of_application
from qa_service.answering.authors import report_authors
from qa_service.answering.by_fate import by_fate
from qa_service.answering.deeds import told_of_persons
from qa_service.answering.described import meeting_described
from qa_service.answering.drafts import Draft
from qa_service.answering.each_time import told_of_each_time
from qa_service.answering.explaining import Trace
from qa_service.answering.in_office_now import in_office_now
from qa_service.answering.meeting_places import place_and_time
from qa_service.answering.meeting_times import hours_of_meeting
from qa_service.answering.meetings_meant import within_time
from qa_service.answering.next_meeting import next_meeting
from qa_service.answering.offices import asks_for_chair, holding_office
from qa_service.answering.reasons import within
from qa_service.answering.refusal import Judgement, judge
from qa_service.answering.replies import put_and_replied
from qa_service.answering.rolls import asks_for_roll, attended, minuted
from qa_service.answering.talked_of import talked_of
from qa_service.answering.weighing import Weighed
from qa_service.answering.whole_meeting import of_whole_meeting
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.explanations import Route
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection

_SURE = Judgement(0.95, "")
_TOLD = Judgement(0.6, "")
_UNSURE = 0.1
_MOST = 50


def listed(
    reader: Connection,
    reading: Reading,
    weighed: Weighed,
    filters: Filters,
    allowed: frozenset[Access],
    trace: Trace,
) -> tuple[list[Draft], Judgement] | None:
    """Return drafts from the lists that the question asks for, or why they hold none.

    None where the question asks for no list, or where the text may answer instead.
    """
    told = _of_meetings(reader, reading, weighed, allowed, trace)
    if told is not None:
        return told
    if (said := said_of_application(reader, reading, weighed, filters, allowed)) is not None:
        trace.attempted(Route.DEED, len(said[0]))
        return said
    if (replies := put_and_replied(reader, reading, weighed, allowed)) is not None:
        trace.attempted(Route.SENTENCES, len(replies[0]))
        trace.notes += replies[2]
        return replies[:2]
    if (described := meeting_described(reading, weighed, filters)) is not None:
        return _described(reader, weighed, *described, allowed, trace)
    if reading.intent is Intent.ACRONYM:
        return _spelt_out(reader, weighed, filters, allowed, trace)
    return _of_people(reader, reading, weighed, filters, allowed, trace)


def _of_meetings(
    reader: Connection,
    reading: Reading,
    weighed: Weighed,
    allowed: frozenset[Access],
    trace: Trace,
) -> tuple[list[Draft], Judgement] | None:
    """Return what lines of papers print of meetings and reports, or all that meetings did of one kind.

    Or what was told of each of two times.
    """
    for printed in (next_meeting, hours_of_meeting, report_authors):
        if (found := printed(reader, reading, allowed)) is not None:
            trace.attempted(Route.ROLL, len(found[0]))
            trace.notes += found[2]
            return found[:2]
    if (whole := of_whole_meeting(reader, reading, allowed)) is not None:
        trace.attempted(whole.route, len(whole.drafts))
        trace.notes.append(whole.note)
        return whole.drafts, _SURE
    if (talked := talked_of(reader, reading, weighed, allowed)) is not None:
        trace.attempted(Route.AGENDA, len(talked.drafts))
        trace.notes += talked.notes
        return talked.drafts, _SURE if talked.surely else _TOLD
    if (met := by_fate(reader, reading, weighed, allowed)) is not None:
        trace.attempted(Route.DECISION, len(met.drafts))
        trace.notes += met.notes
        return met.drafts, _SURE if met.drafts else Judgement(_UNSURE, met.reason)
    if (each := told_of_each_time(reading, weighed)) is not None:
        trace.attempted(Route.SENTENCES, len(each.drafts))
        trace.notes += each.notes
        return each.drafts, judge(weighed)
    return None


def _of_people(
    reader: Connection,
    reading: Reading,
    weighed: Weighed,
    filters: Filters,
    allowed: frozenset[Access],
    trace: Trace,
) -> tuple[list[Draft], Judgement] | None:
    """Return who held an office, did a thing or was there, and where a meeting was."""
    places = place_and_time(reading, weighed)
    of_people = reading.intent in {Intent.ATTENDANCE, Intent.PERSON}
    drafts = places or (in_office_now(reader, reading, filters, allowed) if of_people else [])
    if of_people and not drafts:
        drafts = holding_office(reader, reading, weighed, within_time(reading, filters), allowed)
    if not drafts and (deeds := told_of_persons(reader, reading.own, weighed)):
        trace.attempted(Route.DEED, len(deeds))
        return deeds, judge(weighed)
    if not (of_people or places):
        return None
    of_chair = asks_for_chair(reading)
    if reading.intent is Intent.ATTENDANCE and not (drafts or of_chair):
        drafts = attended(reader, weighed, filters, allowed, _MOST)
    trace.attempted(Route.ROLL, len(drafts))
    if drafts:
        return drafts, _SURE
    of_meeting = reading.intent is Intent.ATTENDANCE and filters.bodies and asks_for_roll(reading.text)
    if of_meeting and not minuted(weighed):
        return [], Judgement(_UNSURE, f"no minutes{within(filters)} are held here: only they say who came")
    if of_chair and filters.bodies and (filters.held_from or filters.held_to):
        return [], Judgement(_UNSURE, f"no minutes{within(filters)} say who was in the chair")
    return None


def _described(
    reader: Connection,
    weighed: Weighed,
    filters: Filters,
    note: str,
    allowed: frozenset[Access],
    trace: Trace,
) -> tuple[list[Draft], Judgement]:
    """Return who was, or was not, at the one meeting that filters admit, or that no paper of it says so."""
    drafts = attended(reader, weighed, filters, allowed, _MOST)
    trace.notes.append(note)
    trace.attempted(Route.ROLL, len(drafts))
    if drafts:
        return drafts, _SURE
    return [], Judgement(_UNSURE, f"no minutes{within(filters)} that are held here tell this")


def _spelt_out(
    reader: Connection, weighed: Weighed, filters: Filters, allowed: frozenset[Access], trace: Trace
) -> tuple[list[Draft], Judgement] | None:
    drafts, unknown = spelt_out(reader, weighed.signals, filters, allowed)
    trace.attempted(Route.ACRONYM, len(drafts))
    if not drafts and unknown:
        return [], Judgement(_UNSURE, f"no paper here spells out {', '.join(unknown)}")
    return (drafts, _SURE) if drafts else None
