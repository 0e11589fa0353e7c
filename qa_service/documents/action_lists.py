"""Lists of actions in reports: under a title or lead-in that says so, "will be reviewed" needs no day."""

import re
from collections.abc import Iterable, Sequence

from qa_service.documents.undertakings import NOT_PROMISED, PLANNED
from qa_service.domain.documents import Part, Segment, SegmentKind
from qa_service.domain.spans import Span

_TITLE = re.compile(
    r"(?:\W*\d[\d.]*\W*)?(?:recommendations?\s+(?:from|of|arising)\b.{0,60}|recommendations?|(?:agreed\s+|key\s+)?actions?"
    r"(?:\s+(?:agreed|proposed|required|plan|points|to\s+be\s+taken))?)\W*",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"\b(?:following|these)\s+(?:\w+\s+)?actions?\b[^.:]{0,40}\b(?:agreed|identified|proposed|taken)\b[^.:]{0,80}:\s*$"
)
_WILL = re.compile(
    r"\bwill\b(?!\s+(?:not|continue|always|usually|normally|need|have|remain|enable|help|allow|mean|depend)\b)"
)
_LEAST_WORDS = 5

_Section = tuple[Part, str | None, str | None]


def action_lists(text: str, segments: Iterable[Segment]) -> tuple[Span, ...]:
    """Return the stretches of reports and appendices that list actions, in the order of the text.

    A title counts until the next, unless the report's own recommendations stand under it; a lead-in ("The
    following actions were agreed:") counts until the section ends.
    """
    segments = tuple(segments)
    asking = {_section(each) for each in segments if each.kind is SegmentKind.RECOMMENDATION}
    found: list[Span] = []
    led: _Section | None = None
    for segment in segments:
        if segment.part not in {Part.REPORT, Part.APPENDIX} or segment.kind is not SegmentKind.TEXT:
            continue
        section = _section(segment)
        titled = _TITLE.fullmatch((segment.heading or "").strip()) and section not in asking
        if titled or section == led:
            found.append(segment.span)
        else:
            led = None
        if lead := _led(text, segment.span):
            led = section
            found.append(lead)
    return tuple(found)


def _section(segment: Segment) -> _Section:
    return segment.part, segment.item, segment.heading


def is_action(words: str, span: Span, lists: Sequence[Span]) -> bool:
    """Return whether a sentence within such a list says what will be done."""
    if not any(stretch.contains(span) for stretch in lists) or NOT_PROMISED.search(words):
        return False
    return len(words.split()) >= _LEAST_WORDS and bool(PLANNED.search(words) or _WILL.search(words))


def _led(text: str, span: Span) -> Span | None:
    """Return what follows a lead-in within a segment; None where none stands in it."""
    for match in re.finditer(r":[ \t]*(?:\n|$)", span.of(text)):
        end = span.start + match.end()
        sentence = " ".join(text[max(span.start, end - 240) : end].split())
        if _LEAD_IN.search(sentence):
            return Span(min(end, span.end), span.end)
    return None
