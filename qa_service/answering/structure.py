"""What the structure of papers says about where an answer stands: added to what words say.

Similarity is exhausted early; that a question about attendance is answered from the roll, and not from a
report that mentions the person, is something that only the structure knows.
"""

from qa_service.domain.documents import Part, Segment, SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent

# In the ranker's log-odds. Set on the development half of the sample council's questions.
_BOILERPLATE = -6.0
_FURNITURE = -1.0  # covers, agenda lists, headers: they name every subject and say nothing of it
_LEAD_IN = -1.0
_MATCH = 2.0
_CLASH = -3.0
_FURNITURE_KINDS = frozenset(
    {SegmentKind.COVER, SegmentKind.AGENDA_ITEM, SegmentKind.REPORT_HEADER, SegmentKind.MINUTES_HEADER}
)
_SOUGHT = {
    Intent.ATTENDANCE: SegmentKind.ATTENDANCE,
    Intent.VOTE: SegmentKind.VOTE,
    Intent.RESOLUTION: SegmentKind.RESOLUTION,
    Intent.RECOMMENDATION: SegmentKind.RECOMMENDATION,
}


def prior(segment: Segment, kind: UnitKind, intent: Intent, *, boilerplate: bool) -> float:
    """Return what is added to the score of a unit of a segment for a question of an intent."""
    score = 0.0
    if boilerplate:
        score += _BOILERPLATE
    if segment.kind in _FURNITURE_KINDS:
        score += _FURNITURE
    if kind is UnitKind.LEAD_IN:
        score += _LEAD_IN
    sought = _SOUGHT.get(intent)
    if sought is not None and segment.kind is sought:
        score += _MATCH
    if intent is Intent.RESOLUTION and segment.kind is SegmentKind.RECOMMENDATION:
        score += _CLASH
    if intent is not Intent.ATTENDANCE and segment.kind is SegmentKind.ATTENDANCE:
        score += _FURNITURE
    if segment.part is Part.AGENDA and intent is Intent.RESOLUTION:
        score += _CLASH
    return score
