"""All that met one fate at meetings: the motions lost, the amendments carried, what was put off or referred.

Such a question is as like a motion that was carried as one that was lost: it is answered from the fates that
structure found, each beside its motion, and never from what the minutes leave out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa_service.answering.drafts import Draft
from qa_service.answering.fates_met import (
    OUTCOMES,
    PHRASES,
    SAYS,
    Met,
    amendments_instead,
    has_met,
    is_kind,
    met_of,
    of_kind,
)
from qa_service.answering.fates_told import ToldFate, told_fates
from qa_service.answering.meetings_meant import is_of, last_meetings, names_of, scope_of
from qa_service.answering.motions import told_with_fate
from qa_service.answering.quotable import is_quotable
from qa_service.answering.reasons import within
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Part
from qa_service.domain.resolutions import Outcome, Standing
from qa_service.domain.spans import Span
from qa_service.retrieval.fates_asked import Fate, FatesAsked, Sought, fates_asked
from qa_service.retrieval.question import Reading
from qa_service.store.catalogue import CataloguedMeeting
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundResolution, resolutions_with_fate, resolutions_within
from qa_service.store.headings import heading_above
from qa_service.store.of_meetings import Holding, meetings_holding

# More than this is no list, and takes seconds to read.
_MOST = 1000
_SCORE = 9.0  # what structure holds of a fate is no matter of likeness
_VOTED = {
    Fate.CARRIED: re.compile(r"\b(?:carried|passed|agreed)\b", re.IGNORECASE),
    Fate.LOST: re.compile(r"\b(?:lost|defeated|rejected|fell|not carried|voted down)\b", re.IGNORECASE),
}
# "This item was deferred" says nothing without its heading.
_POINTS = re.compile(
    r"\b(?:this|the|his|her|their)\s+(?:item|motion|notice\s+of\s+motion|matter|report|application)\b",
    re.IGNORECASE,
)
# Stems beside kind, fate and scope that name no subject.
_GENERIC = frozenset(
    content_stems(
        "motion amendment proposal notice item matter business decision thing point get got be been put take "
        "took else other another different one all each every list show give name tell me us please year "
        "month week day date time far recently ever actually end up finally minutes record recorded meeting "
        "session sitting full council committee panel board cabinet executive group debate debated consider "
        "discuss here hold held present agenda vote last latest newest most move moved propose proposed back "
        "councillor member later elsewhere over whole"
    )
)


# A draft and its place: the day, the paper's row and the first character.
_Placed = tuple[tuple[str, int, int], Draft]


@dataclass(frozen=True, slots=True)
class ByFate:
    """Drafts in the order of meetings and text, what was understood, and why there are none."""

    drafts: list[Draft]
    notes: tuple[str, ...] = ()
    reason: str = ""


def by_fate(
    reader: Connection, reading: Reading, weighed: Weighed, allowed: frozenset[Access]
) -> ByFate | None:
    """Return all that met the fate asked for, or why none is listed; None where no such list is asked for.

    None, too, where nothing of it is recorded and a sentence of minutes may tell it, or where nothing says
    whose meetings are meant.
    """
    asked = fates_asked(reading.own)
    scope = None if asked is None else scope_of(reading)
    if asked is None or scope is None:
        return None
    meant = last_meetings(reader, reading, scope, allowed)
    subject = _subject(reading, asked, scope)
    notes: tuple[str, ...] = (_note(meant),) if meant else ()
    every = _stated(reader, asked, scope, meant, allowed)
    if len(every) > _MOST:
        return None
    met = _on_subject(of_kind(reader, every, asked), subject)
    told = _told_besides(reader, asked, scope, every, allowed)
    told = [each for each in told if is_of(each.passage.segment, meant) and subject <= _stems_of(each)]
    if not (met or told) and (met := _on_subject(amendments_instead(reader, every, asked), subject)):
        notes = (*notes, "no motion of this fate was found: what is listed are amendments")
    if met or told:
        drafts, unstated = _listed(reader, asked, met, told, allowed)
        return ByFate(drafts, notes if subject else notes + unstated)
    if Fate.CARRIED in asked.fates and asked.kind is not Sought.AMENDMENT:
        return None  # what was moved and carried is often told by the resolution alone
    named = scope.bodies or scope.councils or scope.held_from or scope.held_to or meant
    held = named and meetings_holding(reader, Holding.DECISIONS, scope, allowed)
    # Of a named subject it is told, instead, what did become of it.
    if subject or not held or _may_tell(weighed, asked, scope):
        return None
    return ByFate([], notes, _reason(asked, scope, meant))


def _stated(
    reader: Connection,
    asked: FatesAsked,
    scope: Filters,
    meant: Sequence[CataloguedMeeting],
    allowed: frozenset[Access],
) -> list[Met]:
    """Return what may have met the fates asked for at the meetings meant, of any kind."""
    outcomes = [outcome for outcome, fate in OUTCOMES.items() if fate in asked.fates]
    phrases = [phrase for fate in asked.fates for phrase in PHRASES.get(fate, ())]
    found = resolutions_with_fate(reader, outcomes, phrases, scope, allowed)
    return [met_of(reader, each) for each in found[: _MOST + 1] if is_of(each.resolution, meant)]


def _listed(
    reader: Connection,
    asked: FatesAsked,
    met: Sequence[Met],
    told: Sequence[ToldFate],
    allowed: frozenset[Access],
) -> tuple[list[Draft], tuple[str, ...]]:
    """Return the drafts in the order of meetings and text, and a note on what has no fate beside it."""
    records = frozenset(each.found.document_id for each in met)
    beside = resolutions_within(reader, Filters(documents=records), allowed) if records else []
    placed = _placed(reader, met, asked.fates, beside) + [_told(reader, each) for each in told]
    ordered = [draft for _, draft in sorted(placed, key=lambda one: one[0])]
    meetings = {each.found.resolution.held_on for each in met}
    moved = [each for each in beside if each.resolution.standing is Standing.PROPOSED]
    unstated = [
        each
        for each in moved
        if each.resolution.outcome is Outcome.UNSTATED
        and each.resolution.held_on in meetings
        and is_kind(met_of(reader, each), asked.kind)
    ]
    if not unstated or asked.fates & SAYS.keys():
        return _under_one_heading(ordered), ()
    what = Sought.PROPOSAL if asked.kind is Sought.ANYTHING else asked.kind
    note = f"the same minutes hold {len(unstated)} more {what}(s) and state no fate beside them"
    return _under_one_heading(ordered), (note,)


def _subject(reading: Reading, asked: FatesAsked, scope: Filters) -> frozenset[str]:
    """Return the stems of the subject that a question names beside kind, fate and scope."""
    names = " ".join((*scope.bodies, *scope.councils, asked.noun))
    kept = frozenset(content_stems(reading.topic)) & frozenset(content_stems(asked.rest))
    stems = {stem for stem in kept if not stem.isdigit() and len(stem) > 1} - _GENERIC
    return frozenset(stems - (frozenset(content_stems(names)) - _noun_stems(asked)))


def _noun_stems(asked: FatesAsked) -> frozenset[str]:
    """Return the stems of a noun that narrows what is asked for: "applications", of all that was put off."""
    return frozenset(content_stems(asked.noun)) - _GENERIC


def _on_subject(every: Sequence[Met], subject: frozenset[str]) -> list[Met]:
    """Return what holds all of a subject: in its title where that of any does, else in its words."""
    titled = [each for each in every if subject <= frozenset(content_stems(each.found.title))]
    return titled or [each for each in every if subject <= frozenset(content_stems(each.about))]


def _told_besides(
    reader: Connection, asked: FatesAsked, scope: Filters, every: Sequence[Met], allowed: frozenset[Access]
) -> list[ToldFate]:
    """Return the sentences that tell a fate asked for, of the kind, outside of all decisions with it."""
    known = [
        (each.found.document_row, each.found.resolution.span)
        for each in every
        if any(has_met(each, fate) for fate in asked.fates)
    ]
    return [
        each
        for each in told_fates(reader, asked.fates, scope, allowed)
        if (asked.kind is Sought.ANYTHING or asked.kind.value in each.about.lower())
        and not any(
            row == each.passage.document_row and span.overlaps(each.unit.spans[0]) for row, span in known
        )
    ]


def _stems_of(told: ToldFate) -> frozenset[str]:
    return frozenset(content_stems(told.about))


def _placed(
    reader: Connection, met: Sequence[Met], fates: frozenset[Fate], beside: Sequence[FoundResolution]
) -> list[_Placed]:
    placed: list[_Placed] = []
    for each in met:
        one = each.found.resolution
        if any(has_met(each, fate) for fate in fates & SAYS.keys()):
            draft = _decided(reader, each)
        else:
            # A vote whose mover is not named begins with the vote, and says only as a whole what it was on.
            several = len(met) > 1 and one.proposer is not None
            draft = told_with_fate(reader, each.found, beside, _SCORE, several=several)
        placed.append(((str(one.held_on), each.found.document_row, one.span.start), draft))
    return placed


def _told(reader: Connection, told: ToldFate) -> _Placed:
    """Return the place of a sentence and its draft, with the heading where it only points."""
    passage, spans = told.passage, told.unit.spans
    place = str(passage.segment.held_on), passage.document_row, spans[0].start
    spans = _with_heading(reader, passage.document_row, spans, told.words)
    return place, Draft(passage.document_id, spans, _SCORE, standing=Standing.MINUTED)


def _under_one_heading(drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts of which only the first under a heading quotes it: else one would hide the next."""
    kept: list[Draft] = []
    for draft in drafts:
        shared = len(draft.spans) > 1 and any(
            each.document_id == draft.document_id and each.spans[0].overlaps(draft.spans[0]) for each in kept
        )
        kept.append(replace(draft, spans=draft.spans[1:]) if shared else draft)
    return kept


def _with_heading(reader: Connection, row: int, spans: tuple[Span, ...], words: str) -> tuple[Span, ...]:
    """Return spans with the heading above where the words only point to what it names."""
    above = heading_above(reader, row, spans[0].start) if _POINTS.search(words) else None
    if above is None or above.end > spans[0].start:
        return spans
    if slice_of(reader, row, Span(above.end, spans[0].start)).strip():
        return above, *spans
    return Span(above.start, spans[0].end), *spans[1:]


def _decided(reader: Connection, each: Met) -> Draft:
    """Return the draft of the clauses that put off or refer, with the heading where they only point to it."""
    resolution, row = each.found.resolution, each.found.document_row
    telling = [
        clause.span
        for clause in resolution.clauses
        if any(says.search(" ".join(slice_of(reader, row, clause.span).split())) for says in SAYS.values())
    ]
    spans = tuple(telling) if 0 < len(telling) < len(resolution.clauses) else (resolution.span,)
    # A short heading would be quoted with what stands beside it, and that is no part of the decision.
    with_heading = _with_heading(reader, row, spans, each.words)
    if is_quotable(slice_of(reader, row, with_heading[0])):
        spans = with_heading
    return Draft(each.found.document_id, spans, _SCORE, standing=resolution.standing)


def _may_tell(weighed: Weighed, asked: FatesAsked, scope: Filters) -> bool:
    """Return whether a sentence of minutes may tell what was carried or lost, though no vote does."""
    return any(
        unit.passage.segment.part is Part.MINUTES
        and _in_time(unit.passage.segment.held_on, scope)
        and (not asked.noun or asked.noun.removesuffix("s") in unit.text.lower())
        and any(_VOTED[fate].search(unit.text) for fate in asked.fates & _VOTED.keys())
        for unit in weighed.units
    )


def _in_time(held_on: date | None, scope: Filters) -> bool:
    first, last = scope.held_from, scope.held_to
    return held_on is None or not ((first and held_on < first) or (last and held_on > last))


def _note(meant: Iterable[CataloguedMeeting]) -> str:
    return f"the last meeting is taken to be {names_of(meant)}"


def _reason(asked: FatesAsked, scope: Filters, meant: Sequence[CataloguedMeeting]) -> str:
    """Say what was looked for and not found, and concludes nothing from it."""
    what = asked.noun.removesuffix("s") or "item"
    fates = " or ".join(fate.value for fate in Fate if fate in asked.fates)
    whose = f" of {names_of(meant)}" if meant else within(scope)
    return f"no {what} that was {fates} was found in the minutes{whose} that are held here"
