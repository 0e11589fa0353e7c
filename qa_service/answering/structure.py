"""What the structure of papers says about where an answer stands, as marks that the ranker weighs.

Similarity is exhausted early; that a question about attendance is answered from the roll, and not from a
report that mentions the person, is something that only the structure knows.
"""

from qa_service.domain.documents import Part, Segment, SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent

MARKS = (
    "boilerplate",
    "furniture",  # covers, agenda lists, headers: they name every subject and say nothing of it
    "roll_unasked",  # an attendance list where nobody asked who attended
    "sought_kind",  # a roll, vote, resolution or recommendation, where just that is asked for
    "recommended_not_resolved",  # a recommendation where a decision is asked for
    "listed_not_resolved",  # an agenda where a decision is asked for
    "row_unasked",  # a table row where no figure, date or person is asked for
)
_FURNITURE = frozenset(
    {SegmentKind.COVER, SegmentKind.AGENDA_ITEM, SegmentKind.REPORT_HEADER, SegmentKind.MINUTES_HEADER}
)
_SOUGHT = {
    Intent.ATTENDANCE: SegmentKind.ATTENDANCE,
    Intent.VOTE: SegmentKind.VOTE,
    Intent.RESOLUTION: SegmentKind.RESOLUTION,
    Intent.RECOMMENDATION: SegmentKind.RECOMMENDATION,
}
_IN_ROWS = frozenset({Intent.NUMBER, Intent.DATE, Intent.PERSON, Intent.ATTENDANCE, Intent.VOTE})


def marks(segment: Segment, kind: UnitKind, intent: Intent, *, boilerplate: bool) -> tuple[float, ...]:
    """Return the marks, in the order of MARKS, of a unit of a segment for a question of an intent."""
    decides = intent is Intent.RESOLUTION
    return (
        float(boilerplate),
        float(segment.kind in _FURNITURE),
        float(segment.kind is SegmentKind.ATTENDANCE and intent is not Intent.ATTENDANCE),
        float(intent in _SOUGHT and segment.kind is _SOUGHT[intent]),
        float(decides and segment.kind is SegmentKind.RECOMMENDATION),
        float(decides and segment.part is Part.AGENDA),
        float(kind is UnitKind.ROW and intent not in _IN_ROWS),
    )
