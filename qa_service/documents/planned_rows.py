"""Rows of action plans: what, who and when, as converters leave them, one cell a line or a row a line."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa_service.documents.dates import dates_in
from qa_service.documents.due_dates import due_in
from qa_service.domain.documents import Part, Segment, SegmentKind
from qa_service.domain.resolutions import Commitment, Standing
from qa_service.domain.spans import Span

_KINDS = frozenset({SegmentKind.TABLE, SegmentKind.TEXT})
_PARTS = frozenset({Part.REPORT, Part.APPENDIX})
_WHAT = re.compile(
    r"\b(?:actions?|steps?|tasks?|milestones?|what|recommendations?|objectives?)\b", re.IGNORECASE
)
_WHEN = re.compile(
    r"\b(?:by when|when|deadline|target date|due(?: date)?|timescales?|completion date|date due)\b",
    re.IGNORECASE,
)
# A log of what became of actions is what later papers say, not what is promised.
_STATE = re.compile(r"\b(?:state|status|progress|outcome|position|response|update|result)\b", re.IGNORECASE)
_OFFICE = re.compile(
    r"\b(?:Head|Director|Manager|Officer|Lead|Member|Solicitor|Psychologist|Service|Team|Chair(?:man)?|Leader|"
    r"Councillor|Cllr|Coordinator|Principal|Executive|Clerk|Treasurer|Commissioner)\b"
)
_LEAST_ROWS = 2
_HEAD_LINES = 8
_LONGEST_CELL = 160


@dataclass(frozen=True, slots=True)
class _Line:
    span: Span
    words: str


def planned_rows(text: str, segments: Sequence[Segment]) -> Iterator[Commitment]:
    """Yield the rows of tables of a report whose header asks what, and by when."""
    for at, segment in enumerate(segments):
        if segment.kind not in _KINDS or segment.part not in _PARTS or segment.held_on is None:
            continue
        lines = list(_lines(text, segment.span))
        head = " ".join([*_above(text, segments, at), *(line.words for line in lines[:_HEAD_LINES])])
        if not (_WHAT.search(head) and _WHEN.search(head)) or _STATE.search(head):
            continue
        rows = list(_rows(text, lines, segment))
        if len(rows) >= _LEAST_ROWS:
            yield from rows


def _above(text: str, segments: Sequence[Segment], at: int) -> Iterator[str]:
    """Yield the short blocks right above: a header that was taken for headings."""
    for segment in segments[max(0, at - 4) : at]:
        words = " ".join(segment.span.of(text).split())
        if len(words) <= 40:  # noqa: PLR2004 - a cell, not a paragraph
            yield words


def _lines(text: str, within: Span) -> Iterator[_Line]:
    start = within.start
    for raw in within.of(text).splitlines(keepends=True):
        words = " ".join(raw.split())
        if words:
            begin = start + len(raw) - len(raw.lstrip())
            yield _Line(Span(begin, start + len(raw.rstrip())), words)
        start += len(raw)


def _rows(text: str, lines: Iterable[_Line], segment: Segment) -> Iterator[Commitment]:
    """Yield a row for each date that stands alone in its cell, with the cells since the row before."""
    cells: list[_Line] = []
    for line in lines:
        mention = next(iter(dates_in(text, line.span.start, line.span.end)), None)
        alone = mention is not None and len(mention.span) >= len(line.span) - 4
        if not alone:
            cells.append(line)
            continue
        made = _row(cells, line, segment)
        cells = []
        if made is not None:
            yield made


def _row(cells: Sequence[_Line], when: _Line, segment: Segment) -> Commitment | None:
    behind = [n for n, cell in enumerate(cells) if _WHEN.fullmatch(cell.words)]  # the header ends here
    cells = cells[behind[-1] + 1 :] if behind else cells
    owners = [
        n for n, cell in enumerate(cells) if n and _OFFICE.search(cell.words) and cell.words[0].isupper()
    ]
    if not cells or sum(len(cell.words) for cell in cells) > _LONGEST_CELL:
        return None
    padded = f"by {when.words}"
    due = due_in(padded, 0, len(padded), segment.held_on, None)
    if due is None or due.day is None:
        return None
    owner = cells[owners[0] :] if owners else ()
    return Commitment(
        id="",
        span=Span(cells[0].span.start, when.span.end),
        standing=Standing.REPORTED,
        council=segment.council,
        body=segment.body,
        made_at=segment.held_on,
        owner=" ".join(cell.words for cell in owner) or None,
        owner_span=Span(owner[0].span.start, owner[-1].span.end) if owner else None,
        due_as_written=when.words,
        due=due.day,
        item=segment.item,
        heading=None if segment.heading and _WHEN.fullmatch(segment.heading) else segment.heading,
    )
