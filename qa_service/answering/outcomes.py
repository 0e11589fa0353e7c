"""Which of the decisions under an item members took on its matter, and which were only put."""

import re
from collections.abc import Sequence

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
# What a meeting decides on its own debate says nothing of the matter debated.
_PROCEDURE = re.compile(
    r"\b(?:motion|question|amendment|matter)\b[^.]*\bbe (?:now )?put\b|"
    r"\b(?:extend|adjourn|suspend)\w* the meeting\b|\bproceed to (?:the )?next (?:business|item)\b",
    re.IGNORECASE,
)
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
    return [each for each in telling if not _says(reader, each, _PROCEDURE)] or telling


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
