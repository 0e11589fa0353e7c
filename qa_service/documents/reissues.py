"""Where a paper says at its head that it takes the place of one sent out before."""

import re
from collections.abc import Sequence

from qa_service.domain.documents import Part, Segment, SegmentKind
from qa_service.domain.spans import Span

_PAPER = r"(?:report|paper|version|appendix|annex|document|agenda|item|pages?)"
_REPLACES = re.compile(
    rf"\b(?:takes?|taking)\s+the\s+place\s+of\s+(?:the|that|any)\s+(?:one|(?:\w+\s+)?{_PAPER})\b|"
    rf"\b(?:replac|supersed)(?:es?|ing)\s+(?:the|that|any)\s+(?:\w+\s+){{0,2}}{_PAPER}\b|"
    rf"\b(?:corrected|revised|amended|updated)\s+{_PAPER}\b[^.\n]{{0,90}}\bre-?issued\b|"
    r"\bre-?issued\s+(?:on\s+)?\d",
    re.IGNORECASE,
)
_PAPERS = frozenset({Part.REPORT, Part.MINUTES, Part.DECISION_RECORD, Part.SLIDES})
_HEAD = 4_000  # characters: a letter, an agenda of one item, a report's header


def reissue_in(text: str, segments: Sequence[Segment]) -> Span | None:
    """Return the words at the head of a paper that say that it replaces another; None where none do.

    Behind the head the paper's own text begins, which may tell of other papers that were replaced.
    """
    body = (one for one in segments if one.part in _PAPERS and one.kind is not SegmentKind.REPORT_HEADER)
    end = min(_HEAD, next((one.span.start for one in body), _HEAD))
    match = _REPLACES.search(text, 0, end)
    return Span(match.start(), match.end()) if match else None
