"""Which motions, amendments and decisions met a fate, by what structure found and by their own words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.answering.motions import moves_amendment
from qa_service.answering.outcomes import is_outcome, is_procedure
from qa_service.answering.signals import content_stems
from qa_service.domain.resolutions import Outcome, Standing
from qa_service.retrieval.fates_asked import Fate, FatesAsked, Sought
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundResolution, authority

# Share of the shorter one's words that two records of one thing have in common.
_COPIES = 0.8
OUTCOMES = {
    Outcome.CARRIED: Fate.CARRIED,
    Outcome.LOST: Fate.LOST,
    Outcome.WITHDRAWN: Fate.WITHDRAWN,
}
# "Deferred from May" tells where a thing comes from, "deferred income" is money.
SAYS = {
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
# What is searched for before the words are read; stems are alike.
PHRASES = {
    Fate.DEFERRED: ("defer", "postpone", "put off", "held over", "carried over"),
    Fate.REFERRED: ("refer",),
}
# A motion that was carried, and that no resolution repeats, is itself what was resolved. Where things are
# agreed in one breath, "proposed by A, seconded by B and agreed", they are proposals.
_MOVED = re.compile(r"\b(?:moved|proposed),?\s+and\b[^:“\"]{1,80}\bseconded\b", re.IGNORECASE)
_PROPOSED = re.compile(r"\b(?:moved|proposed)\b[^:“\"]{1,120}\bseconded\b", re.IGNORECASE)
# What a motion became is a motion, though its head names the amendment.
_BECAME = re.compile(r"\bbecame\s+the\s+substantive\s+motion\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Met:
    """A decision or motion, its words with its title's and movers', and its own words."""

    found: FoundResolution
    about: str
    words: str


def met_of(reader: Connection, found: FoundResolution) -> Met:
    """Return a decision or motion with its words."""
    one = found.resolution
    words = " ".join(slice_of(reader, found.document_row, one.span).split())
    people = f"{one.proposer or ''} {one.seconder or ''}"
    return Met(found, f"{found.title} {found.paper} {people} {words}", words)


def of_kind(reader: Connection, every: Sequence[Met], asked: FatesAsked) -> list[Met]:
    """Return what is of the kind and met a fate asked for, each once."""
    kept = [
        each
        for each in every
        if is_kind(each, asked.kind, *asked.fates)
        and any(has_met(each, fate) for fate in asked.fates)
        and not is_procedure(reader, each.found)
    ]
    meetings: dict[tuple[object, ...], list[Met]] = {}
    for each in kept:
        one = each.found.resolution
        undated = each.found.document_id if one.held_on is None else ""
        meetings.setdefault((one.council, one.body, one.held_on, undated), []).append(each)
    return [each for of_one in meetings.values() for each in _each_once(of_one)]


def _each_once(of_one_meeting: Sequence[Met]) -> list[Met]:
    """Return what met a fate at one meeting, each once though minutes are filed twice, best record first."""
    kept: list[Met] = []
    for each in sorted(of_one_meeting, key=lambda each: authority(each.found.resolution.status)):
        others = [one for one in kept if one.found.document_id != each.found.document_id]
        if not any(_are_copies(each, one) for one in others):
            kept.append(each)
    return kept


def _are_copies(one: Met, other: Met) -> bool:
    mine, theirs = frozenset(content_stems(one.about)), frozenset(content_stems(other.about))
    return len(mine & theirs) >= _COPIES * min(len(mine), len(theirs))


def amendments_instead(reader: Connection, every: Sequence[Met], asked: FatesAsked) -> list[Met]:
    """Return the amendments that met the fate, where motions are asked for: they too are moved.

    Not those carried: that an amendment was says nothing of the motion.
    """
    if asked.kind is not Sought.MOTION or asked.fates & {*SAYS, Fate.CARRIED}:
        return []
    return of_kind(reader, every, replace(asked, kind=Sought.AMENDMENT))


def is_kind(each: Met, kind: Sought, *fates: Fate) -> bool:
    """Return whether a thing is of a kind: by how it was moved, or by its words of what members put off."""
    if set(fates) & SAYS.keys():
        return kind is Sought.ANYTHING or kind.value in each.about.lower()
    proposed = each.found.resolution.standing is Standing.PROPOSED
    if kind in {Sought.MOTION, Sought.AMENDMENT}:
        is_amendment = moves_amendment(each.words) and not _BECAME.search(each.words)
        moved = proposed or _MOVED.search(each.words) is not None
        return moved and is_amendment is (kind is Sought.AMENDMENT)
    return proposed or _PROPOSED.search(each.words) is not None


def has_met(each: Met, fate: Fate) -> bool:
    """Return whether the paper states that a thing met a fate; members decide what is put off or referred."""
    resolution = each.found.resolution
    if (says := SAYS.get(fate)) is not None:
        return is_outcome(resolution) and says.search(each.words) is not None
    return OUTCOMES.get(resolution.outcome) is fate
