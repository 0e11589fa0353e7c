"""All that met one fate at meetings: the motions lost, the amendments carried, what was put off or referred.

Such a question is as like a motion that was carried as one that was lost: it is answered from the fates that
structure found, each beside its motion, and never from what the minutes leave out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa_service.answering.choosing import once
from qa_service.answering.drafts import Draft
from qa_service.answering.motions import moves_amendment, told_with_fate
from qa_service.answering.outcomes import is_outcome, is_procedure
from qa_service.answering.reasons import within
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Part
from qa_service.domain.resolutions import Outcome, Standing
from qa_service.retrieval.fates_asked import Fate, FatesAsked, Sought, fates_asked
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import DateMention
from qa_service.store.catalogue import CataloguedMeeting
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundResolution, resolutions_within
from qa_service.store.headings import heading_above
from qa_service.store.of_meetings import Holding, meetings_holding

_SCORE = 9.0  # what structure holds of a fate is no matter of likeness
_OUTCOMES = {
    Outcome.CARRIED: Fate.CARRIED,
    Outcome.LOST: Fate.LOST,
    Outcome.WITHDRAWN: Fate.WITHDRAWN,
}
# "Deferred from May" tells where a thing comes from, "deferred income" is money.
_SAYS = {
    Fate.DEFERRED: re.compile(
        r"\b(?:defer|defers|postpone|postpones)\b|"
        r"\b(?:be|been|is|are|was|were|and|or)\s+(?:\w+ly\s+)?(?:deferred|postponed|put\s+off|held\s+over|"
        r"carried\s+over)\b(?!\s+(?:from|income|capital|payments?))",
        re.IGNORECASE,
    ),
    Fate.REFERRED: re.compile(
        r"\brefers?\s+(?!to\b)[^.;]{3,160}?\sto\s|"
        r"\b(?:be|been|is|are|was|were)\s+(?:\w+ly\s+)?referred\s+(?:back\s+|on\s+)?to\b",
        re.IGNORECASE,
    ),
}
_TELLS = {
    **_SAYS,
    Fate.CARRIED: re.compile(r"\b(?:carried|passed|agreed)\b", re.IGNORECASE),
    Fate.LOST: re.compile(r"\b(?:lost|defeated|rejected|fell|not carried|voted down)\b", re.IGNORECASE),
    Fate.WITHDRAWN: re.compile(r"\bwithdr[ea]wn?\b", re.IGNORECASE),
}
# "This item was deferred" says nothing without its heading.
_POINTS = re.compile(
    r"\b(?:this|the)\s+(?:item|motion|notice\s+of\s+motion|matter|report|application)\b", re.IGNORECASE
)
# A motion that was carried, and that no resolution repeats, is itself what was resolved. Where things are
# agreed in one breath, "proposed by A, seconded by B and agreed", they are proposals.
_MOVED = re.compile(r"\b(?:moved|proposed),?\s+and\b[^:“\"]{1,80}\bseconded\b", re.IGNORECASE)
_PROPOSED = re.compile(r"\b(?:moved|proposed)\b[^:“\"]{1,120}\bseconded\b", re.IGNORECASE)
# What a motion became is a motion, though its head names the amendment.
_BECAME = re.compile(r"\bbecame\s+the\s+substantive\s+motion\b", re.IGNORECASE)
_MEETING = r"(?:meetings?|sessions?|sittings?|council|cabinet|committee|panel|board|executive)"
_LAST = re.compile(
    rf"\b(?:last|latest|newest|most\s+recent)\s+(?:[\w’'-]+\s+){{0,5}}?{_MEETING}\b", re.IGNORECASE
)
_FULL_COUNCIL = re.compile(r"\b(?:last|latest|newest|most\s+recent)\s+(?:full\s+)?council\b", re.IGNORECASE)
# What a time is said of stands before it: "in February"; "put off to May" is no scope.
_OF_TIME = re.compile(
    r"\b(?:in|on|at|of|for|from|during|throughout)\s+(?:(?:the|its|their|late|early)\s+)*$", re.IGNORECASE
)
_ITS_MEETING = re.compile(rf"^(?:[’']s)?\s+(?:[\w’'-]+\s+){{0,3}}?{_MEETING}\b", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class ByFate:
    """Drafts in the order of meetings and text, what was understood, and why there are none."""

    drafts: list[Draft]
    notes: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Met:
    """A decision or motion, its words with its title's and movers', and its own words."""

    found: FoundResolution
    about: str
    words: str


def by_fate(
    reader: Connection, reading: Reading, weighed: Weighed, allowed: frozenset[Access]
) -> ByFate | None:
    """Return all that met the fate asked for, or why none is listed; None where no such list is asked for.

    None, too, where nothing of it is recorded and a sentence of minutes may tell it, or where nothing says
    whose meetings are meant.
    """
    asked = fates_asked(reading.own)
    scope = None if asked is None else _scope(reading)
    if asked is None or scope is None:
        return None
    meant = _last_meetings(reader, reading, scope, allowed)
    within_scope = [each for each in resolutions_within(reader, scope, allowed) if _is_of(each, meant)]
    every = [_met(reader, each) for each in within_scope]
    subject = _subject(reading, asked, scope)
    about = _on_subject(every, subject)
    notes = (_note(meant),) if meant else ()
    if (met := _of_kind(reader, about, asked)) or (other := _amendments_instead(reader, about, asked)):
        if not met:
            met, notes = other, (*notes, "no motion of this fate was found: what is listed are amendments")
        return ByFate(_drafts(reader, met, asked.fates, within_scope), notes)
    pool = [each for each in about if _is_kind(each, asked.kind)]
    named = bool(scope.bodies or scope.councils or scope.held_from or scope.held_to or meant)
    plain = named and every and not subject
    if not (plain or (asked.kind is not Sought.ANYTHING and pool)) or _told(weighed, asked, scope):
        return None
    return ByFate([], notes, _reason(asked, scope, meant))


def _scope(reading: Reading) -> Filters | None:
    """Return the limits in force with the time that is named; None where that is said of no meeting."""
    limits = reading.limits
    if limits.held_from or limits.held_to or not reading.mentions:
        return limits
    if len(reading.mentions) > 1 or not _is_of_meetings(reading, reading.mentions[0]):
        return None
    (mention,) = reading.mentions
    return replace(limits, held_from=mention.first, held_to=mention.last)


def _is_of_meetings(reading: Reading, mention: DateMention) -> bool:
    before, behind = reading.text[: mention.start], reading.text[mention.end :]
    return mention.is_open or bool(_OF_TIME.search(before)) or bool(_ITS_MEETING.match(behind))


def _last_meetings(
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


def _is_of(found: FoundResolution, meant: Sequence[CataloguedMeeting]) -> bool:
    one = found.resolution
    return not meant or any(
        (one.council, one.body, one.held_on) == (each.council, each.body, each.held_on) for each in meant
    )


def _met(reader: Connection, found: FoundResolution) -> _Met:
    one = found.resolution
    words = " ".join(slice_of(reader, found.document_row, one.span).split())
    people = f"{one.proposer or ''} {one.seconder or ''}"
    return _Met(found, f"{found.title} {found.paper} {people} {words}", words)


def _subject(reading: Reading, asked: FatesAsked, scope: Filters) -> frozenset[str]:
    """Return the stems of the subject that a question names beside kind, fate and scope."""
    names = " ".join((*scope.bodies, *scope.councils, asked.noun))
    kept = frozenset(content_stems(reading.topic)) & frozenset(content_stems(asked.rest))
    stems = {stem for stem in kept if not stem.isdigit() and len(stem) > 1} - _GENERIC
    return frozenset(stems - (frozenset(content_stems(names)) - _noun_stems(asked)))


def _noun_stems(asked: FatesAsked) -> frozenset[str]:
    """Return the stems of a noun that narrows what is asked for: "applications", of all that was put off."""
    return frozenset(content_stems(asked.noun)) - _GENERIC


def _on_subject(every: Sequence[_Met], subject: frozenset[str]) -> list[_Met]:
    """Return what holds all of a subject: in its title where that of any does, else in its words."""
    titled = [each for each in every if subject <= frozenset(content_stems(each.found.title))]
    return titled or [each for each in every if subject <= frozenset(content_stems(each.about))]


def _of_kind(reader: Connection, every: Sequence[_Met], asked: FatesAsked) -> list[_Met]:
    """Return what is of the kind and met a fate asked for, of one record a meeting, in order."""
    kept = [
        each
        for each in every
        if _is_kind(each, asked.kind, *asked.fates)
        and any(_met_fate(each, fate) for fate in asked.fates)
        and not is_procedure(reader, each.found)
    ]
    meetings: dict[tuple[object, ...], list[_Met]] = {}
    for each in kept:
        one = each.found.resolution
        undated = each.found.document_id if one.held_on is None else ""
        meetings.setdefault((one.council, one.body, one.held_on, undated), []).append(each)
    ordered = sorted(meetings.values(), key=lambda of_one: str(of_one[0].found.resolution.held_on))
    kept_once: list[_Met] = []
    for of_one in ordered:
        records = {id(found) for found in once(each.found for each in of_one)}
        kept_once += [each for each in of_one if id(each.found) in records]
    return kept_once


def _amendments_instead(reader: Connection, every: Sequence[_Met], asked: FatesAsked) -> list[_Met]:
    """Return the amendments that met the fate, where motions are asked for: they too are moved."""
    if asked.kind is not Sought.MOTION or asked.fates & _SAYS.keys():
        return []
    return _of_kind(reader, every, replace(asked, kind=Sought.AMENDMENT))


def _is_kind(each: _Met, kind: Sought, *fates: Fate) -> bool:
    if set(fates) & _SAYS.keys():
        return kind is Sought.ANYTHING or kind.value in each.about.lower()
    proposed = each.found.resolution.standing is Standing.PROPOSED
    if kind in {Sought.MOTION, Sought.AMENDMENT}:
        is_amendment = moves_amendment(each.words) and not _BECAME.search(each.words)
        moved = proposed or _MOVED.search(each.words) is not None
        return moved and is_amendment is (kind is Sought.AMENDMENT)
    return proposed or _PROPOSED.search(each.words) is not None


def _met_fate(each: _Met, fate: Fate) -> bool:
    """Return whether the paper states that a thing met a fate; members decide what is put off or referred."""
    resolution = each.found.resolution
    if (says := _SAYS.get(fate)) is not None:
        return is_outcome(resolution) and says.search(each.words) is not None
    return _OUTCOMES.get(resolution.outcome) is fate


def _drafts(
    reader: Connection, met: Sequence[_Met], fates: frozenset[Fate], beside: Sequence[FoundResolution]
) -> list[Draft]:
    several = len(met) > 1
    return [
        _decided(reader, each)
        if any(_met_fate(each, fate) for fate in fates & _SAYS.keys())
        else told_with_fate(reader, each.found, beside, _SCORE, several=several)
        for each in met
    ]


def _decided(reader: Connection, each: _Met) -> Draft:
    """Return the draft of the clauses that put off or refer, with the heading where they only point to it."""
    resolution, row = each.found.resolution, each.found.document_row
    telling = [
        clause.span
        for clause in resolution.clauses
        if any(says.search(" ".join(slice_of(reader, row, clause.span).split())) for says in _SAYS.values())
    ]
    spans = tuple(telling) if 0 < len(telling) < len(resolution.clauses) else (resolution.span,)
    above = heading_above(reader, row, resolution.span.start) if _POINTS.search(each.words) else None
    if above is not None and not above.overlaps(spans[0]):
        spans = (above, *spans)
    return Draft(each.found.document_id, spans, _SCORE, standing=resolution.standing)


def _told(weighed: Weighed, asked: FatesAsked, scope: Filters) -> bool:
    """Return whether a sentence of minutes may tell of such a fate, though no decision was read from it."""
    return any(
        unit.passage.segment.part is Part.MINUTES
        and _in_time(unit.passage.segment.held_on, scope)
        and (not asked.noun or asked.noun.removesuffix("s") in unit.text.lower())
        and any(_TELLS[fate].search(unit.text) for fate in asked.fates)
        for unit in weighed.units
    )


def _in_time(held_on: date | None, scope: Filters) -> bool:
    first, last = scope.held_from, scope.held_to
    return held_on is None or not ((first and held_on < first) or (last and held_on > last))


def _note(meant: Iterable[CataloguedMeeting]) -> str:
    return f"the last meeting is taken to be {_names(meant)}"


def _names(meant: Iterable[CataloguedMeeting]) -> str:
    return "; ".join(
        f"{each.body or each.council or 'a meeting'}, {each.held_on:%-d %B %Y}"
        for each in meant
        if each.held_on is not None
    )


def _reason(asked: FatesAsked, scope: Filters, meant: Sequence[CataloguedMeeting]) -> str:
    """Say what was looked for and not found, and concludes nothing from it."""
    what = asked.noun.removesuffix("s") or "item"
    fates = " or ".join(fate.value for fate in Fate if fate in asked.fates)
    whose = f" of {_names(meant)}" if meant else within(scope)
    return f"no {what} that was {fates} was found in the minutes{whose} that are held here"
