"""Which of the decisions under an item members took on its matter, and which were only put."""

import re
from collections.abc import Sequence

from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.documents import SegmentKind
from qa_service.domain.resolutions import Outcome, Resolution, Standing
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundResolution

# "The Cabinet took decision 24/00031, the terms of which are in the published record of decision."
_POINTS = re.compile(
    r"\bterms of which\b|"
    r"\b(?:set out|contained|published|given) in (?:the|a|its) (?:\w+ )?records? of decisions?\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\b(?:Councillor|Cllr|Mr|Mrs|Ms|Miss|Dr)\b|\b(?:report|presentation|update|statement)s?\s+(?:of|from|by)\b",
    re.IGNORECASE,
)
# What a meeting decides on its own debate says nothing of the matter debated.
_PROCEDURE = re.compile(
    r"\b(?:motion|question|amendment|matter)\b[^.]*\bbe (?:now )?put\b|"
    r"\b(?:extend|adjourn|suspend)\w* the meeting\b|\bproceed to (?:the )?next (?:business|item)\b",
    re.IGNORECASE,
)
# "That the forecast be noted" tells nothing of the forecast.
_NOTED = re.compile(
    r"\b(?:be|is|are|was|were)\s+(?:noted|received)\W*(?:and|with thanks)?\W*$", re.IGNORECASE
)
# Log-odds below a clause that only notes at which the sentence that tells what was noted goes first: of the
# same item, and of any.
_TOLD_HERE, _TOLD_ANYWHERE = 4.0, 1.5
# What was to be noted tells no more than that it was.
_CLAUSES = frozenset({SegmentKind.RESOLUTION, SegmentKind.RECOMMENDATION})
# A decision of more characters says more than that.
_SHORT = 400


def is_outcome(resolution: Resolution) -> bool:
    """Return whether members took the decision: also where it is to recommend something to others."""
    return resolution.standing is Standing.RESOLVED or resolution.outcome is Outcome.CARRIED


def outcomes_of(reader: Connection, decisions: Sequence[FoundResolution]) -> list[FoundResolution]:
    """Return the decisions that members took, in order.

    A carried amendment is none where the paper resolves on the same item: it went into what was resolved.
    What only points to a record of decision gives way to the record, what is of procedure to the rest.
    """
    resolved = {
        (each.document_id, each.resolution.heading)
        for each in decisions
        if each.resolution.standing is Standing.RESOLVED
    }
    taken = [
        each
        for each in decisions
        if is_outcome(each.resolution)
        and (
            each.resolution.standing is not Standing.PROPOSED
            or (each.document_id, each.resolution.heading) not in resolved
        )
    ]
    recorded = any(each.own_record for each in taken)
    telling = [each for each in taken if not (recorded and _says(reader, each, _POINTS))]
    return [each for each in telling if not is_procedure(reader, each)] or telling


def is_procedure(reader: Connection, found: FoundResolution) -> bool:
    """Return whether a decision is on the debate itself: that it end, or go to the vote."""
    return _says(reader, found, _PROCEDURE)


def telling_first(units: Sequence[WeighedUnit]) -> tuple[WeighedUnit, ...]:
    """Return weighed units, best first, without clauses of decisions, where the best one only notes a thing.

    Where a sentence is nearly as good, that is: who asks for a fact is not told that members noted it.
    """
    if not units or not (_is_clause(units[0]) and _NOTED.search(" ".join(units[0].text.split()))):
        return tuple(units)
    telling = [each for each in units if not _is_clause(each)]
    for at, each in enumerate(telling):
        margin = _TOLD_HERE if _item_of(each) == _item_of(units[0]) else _TOLD_ANYWHERE
        if each.score >= units[0].score - margin:
            return tuple(telling[at:])
    return tuple(units)


def naming_somebody(units: Sequence[WeighedUnit]) -> tuple[WeighedUnit, ...]:
    """Return weighed units without the entries of an agenda that name neither a person nor an officer.

    "Chairman's announcements: to receive any" tells nothing of who did what. All of them, where none is left.
    """
    kept = [
        each
        for each in units
        if each.passage.segment.kind is not SegmentKind.AGENDA_ITEM or _NAMED.search(each.text)
    ]
    return tuple(kept or units)


def _item_of(unit: WeighedUnit) -> tuple[object, ...]:
    segment = unit.passage.segment
    return unit.passage.document_row, segment.minute, segment.heading


def _is_clause(unit: WeighedUnit) -> bool:
    return unit.passage.segment.kind in _CLAUSES


def proposals_of(_: Connection, decisions: Sequence[FoundResolution]) -> list[FoundResolution]:
    """Return what was moved or proposed and not lost, in order."""
    return [
        each
        for each in decisions
        if each.resolution.standing is Standing.PROPOSED and each.resolution.outcome is not Outcome.LOST
    ]


def advice_of(_: Connection, decisions: Sequence[FoundResolution]) -> list[FoundResolution]:
    """Return what reports recommended, in order."""
    return [each for each in decisions if is_advice(each.resolution)]


def is_advice(resolution: Resolution) -> bool:
    """Return whether a report recommends it, as against members who recommend something to others."""
    return resolution.standing is Standing.RECOMMENDED and resolution.outcome is Outcome.UNSTATED


def _says(reader: Connection, found: FoundResolution, pattern: re.Pattern[str]) -> bool:
    return (
        pattern.search(" ".join(slice_of(reader, found.document_row, found.resolution.span).split()))
        is not None
    )
