"""All that met one fate at meetings: the motions lost, the amendments carried, what was put off or referred.

Such a question is as like a motion that was carried as one that was lost: it is answered from the fates that
structure found, each beside its motion, and never from what the minutes leave out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa_service.answering.drafts import Draft
from qa_service.answering.fates_told import ToldFate, told_fates
from qa_service.answering.meetings_meant import is_of, last_meetings, names_of, scope_of
from qa_service.answering.motions import moves_amendment, told_with_fate
from qa_service.answering.outcomes import is_outcome, is_procedure
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
from qa_service.store.findings import FoundResolution, authority, resolutions_within
from qa_service.store.headings import heading_above

_SCORE = 9.0  # what structure holds of a fate is no matter of likeness
# Share of the shorter one's words that two records of one thing have in common.
_COPIES = 0.8
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
_VOTED = {
    Fate.CARRIED: re.compile(r"\b(?:carried|passed|agreed)\b", re.IGNORECASE),
    Fate.LOST: re.compile(r"\b(?:lost|defeated|rejected|fell|not carried|voted down)\b", re.IGNORECASE),
}
# "This item was deferred" says nothing without its heading.
_POINTS = re.compile(
    r"\b(?:this|the|his|her|their)\s+(?:item|motion|notice\s+of\s+motion|matter|report|application)\b",
    re.IGNORECASE,
)
# A motion that was carried, and that no resolution repeats, is itself what was resolved. Where things are
# agreed in one breath, "proposed by A, seconded by B and agreed", they are proposals.
_MOVED = re.compile(r"\b(?:moved|proposed),?\s+and\b[^:“\"]{1,80}\bseconded\b", re.IGNORECASE)
_PROPOSED = re.compile(r"\b(?:moved|proposed)\b[^:“\"]{1,120}\bseconded\b", re.IGNORECASE)
# What a motion became is a motion, though its head names the amendment.
_BECAME = re.compile(r"\bbecame\s+the\s+substantive\s+motion\b", re.IGNORECASE)
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
    scope = None if asked is None else scope_of(reading)
    if asked is None or scope is None:
        return None
    meant = last_meetings(reader, reading, scope, allowed)
    within_scope = [
        each for each in resolutions_within(reader, scope, allowed) if is_of(each.resolution, meant)
    ]
    every = [_met(reader, each) for each in within_scope]
    subject = _subject(reading, asked, scope)
    about = _on_subject(every, subject)
    notes: tuple[str, ...] = (_note(meant),) if meant else ()
    met = _of_kind(reader, about, asked)
    told = _told_besides(reader, asked, scope, every, allowed)
    told = [each for each in told if is_of(each.passage.segment, meant) and subject <= _stems_of(each)]
    if not (met or told) and (met := _amendments_instead(reader, about, asked)):
        notes = (*notes, "no motion of this fate was found: what is listed are amendments")
    if met or told:
        placed = _placed(reader, met, asked.fates, within_scope) + [_told(reader, each) for each in told]
        notes += _of_unstated(met, about, asked)
        ordered = [draft for _, draft in sorted(placed, key=lambda one: one[0])]
        return ByFate(_under_one_heading(ordered), notes)
    pool = [each for each in about if _is_kind(each, asked.kind)]
    named = bool(scope.bodies or scope.councils or scope.held_from or scope.held_to or meant)
    plain = named and every and not subject
    if Fate.CARRIED in asked.fates and asked.kind is not Sought.AMENDMENT:
        return None  # what was moved and carried is often told by the resolution alone
    if not (plain or (asked.kind is not Sought.ANYTHING and pool)) or _may_tell(weighed, asked, scope):
        return None
    return ByFate([], notes, _reason(asked, scope, meant))


def _of_unstated(met: Sequence[_Met], about: Sequence[_Met], asked: FatesAsked) -> tuple[str, ...]:
    """Say of how many more, moved in the same records, no fate is stated beside them; nothing of none."""
    records = {each.found.document_id for each in met}
    unstated = [
        each
        for each in about
        if each.found.document_id in records
        and each.found.resolution.outcome is Outcome.UNSTATED
        and _is_kind(each, asked.kind)
    ]
    if not unstated or asked.fates & _SAYS.keys():
        return ()
    what = Sought.PROPOSAL if asked.kind is Sought.ANYTHING else asked.kind
    return (f"the same minutes hold {len(unstated)} more {what}(s) and state no fate beside them",)


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
    """Return what is of the kind and met a fate asked for, each once."""
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
    return [each for of_one in meetings.values() for each in _each_once(of_one)]


def _each_once(of_one_meeting: Sequence[_Met]) -> list[_Met]:
    """Return what met a fate at one meeting, each once though minutes are filed twice, best record first."""
    kept: list[_Met] = []
    for each in sorted(of_one_meeting, key=lambda each: authority(each.found.resolution.status)):
        others = [one for one in kept if one.found.document_id != each.found.document_id]
        if not any(_are_copies(each, one) for one in others):
            kept.append(each)
    return kept


def _are_copies(one: _Met, other: _Met) -> bool:
    mine, theirs = frozenset(content_stems(one.about)), frozenset(content_stems(other.about))
    return len(mine & theirs) >= _COPIES * min(len(mine), len(theirs))


def _amendments_instead(reader: Connection, every: Sequence[_Met], asked: FatesAsked) -> list[_Met]:
    """Return the amendments that met the fate, where motions are asked for: they too are moved.

    Not those carried: that an amendment was says nothing of the motion.
    """
    if asked.kind is not Sought.MOTION or asked.fates & {*_SAYS, Fate.CARRIED}:
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


def _told_besides(
    reader: Connection, asked: FatesAsked, scope: Filters, every: Sequence[_Met], allowed: frozenset[Access]
) -> list[ToldFate]:
    """Return the sentences that tell a fate asked for, of the kind, outside of all decisions with it."""
    known = [
        (each.found.document_row, each.found.resolution.span)
        for each in every
        if any(_met_fate(each, fate) for fate in asked.fates)
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
    reader: Connection, met: Sequence[_Met], fates: frozenset[Fate], beside: Sequence[FoundResolution]
) -> list[_Placed]:
    placed: list[_Placed] = []
    for each in met:
        one = each.found.resolution
        if any(_met_fate(each, fate) for fate in fates & _SAYS.keys()):
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
            each.document_id == draft.document_id and each.spans[0] == draft.spans[0] for each in kept
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


def _decided(reader: Connection, each: _Met) -> Draft:
    """Return the draft of the clauses that put off or refer, with the heading where they only point to it."""
    resolution, row = each.found.resolution, each.found.document_row
    telling = [
        clause.span
        for clause in resolution.clauses
        if any(says.search(" ".join(slice_of(reader, row, clause.span).split())) for says in _SAYS.values())
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
