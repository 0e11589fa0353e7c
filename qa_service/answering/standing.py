"""What a quoted place is worth: decided, minuted, recommended, reported, shown or merely listed."""

from qa_service.domain.documents import DocumentKind, Part, Segment, SegmentKind
from qa_service.domain.resolutions import Standing

_OF_PART = {
    Part.COVER: Standing.LISTED,
    Part.AGENDA: Standing.LISTED,
    Part.MINUTES: Standing.MINUTED,
    Part.REPORT: Standing.REPORTED,
    Part.APPENDIX: Standing.REPORTED,
    Part.SLIDES: Standing.PRESENTED,
    Part.DECISION_RECORD: Standing.REPORTED,
    Part.WEB_PAGE: Standing.LISTED,
    Part.OTHER: Standing.REPORTED,
}


def standing_of(segment: Segment, kind: DocumentKind) -> Standing:
    """Return the standing of what a segment says. A resolution is resolved only in minutes or a record."""
    if segment.kind is SegmentKind.RECOMMENDATION:
        return Standing.RECOMMENDED
    if segment.kind is SegmentKind.MOTION:
        return Standing.PROPOSED
    if segment.kind is SegmentKind.RESOLUTION:
        return Standing.RESOLVED
    if segment.part is Part.OTHER and kind is DocumentKind.PRESENTATION:
        return Standing.PRESENTED
    return _OF_PART[segment.part]
