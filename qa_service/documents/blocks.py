"""Blocks of lines with their context, and the segments that they become: tiles without gap or overlap."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.documents.lines import Line
from qa_service.domain.documents import Part, Segment, SegmentKind, Status
from qa_service.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Context:
    """Where a block stands: the fields that a Segment takes over; `replace` makes the next one."""

    part: Part = Part.OTHER
    council: str | None = None
    body: str | None = None
    held_on: date | None = None
    status: Status = Status.UNKNOWN
    item: str | None = None
    item_title: str | None = None
    minute: str | None = None
    paragraph: str | None = None
    heading: str | None = None
    addressed_to: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines from `first` on, up to the next block: marks of the page that lie between stay apart."""

    kind: SegmentKind
    first: int
    context: Context


def segments_of(
    document_id: str,
    text: str,
    lines: Sequence[Line],
    blocks: Iterable[Block],
    marks: Mapping[int, SegmentKind],
) -> tuple[Segment, ...]:
    """Return the segments of a text: a line with words goes to its block or mark, blanks to what precedes.

    A mark inside a block interrupts it: the block goes on behind it as a second segment like the first.
    """
    starts = {block.first: block for block in sorted(blocks, key=lambda block: block.first)}
    runs: list[tuple[int, SegmentKind, Context]] = []
    current = Block(SegmentKind.TEXT, 0, starts[min(starts)].context if starts else Context())
    interrupted = True
    for index, line in enumerate(lines):
        if index in marks:
            current = starts.get(index, current)
            runs.append((line.start, marks[index], current.context))
            interrupted = True
        elif index in starts or (interrupted and not line.blank):
            current = starts.get(index, current)
            runs.append((line.start, current.kind, current.context))
            interrupted = False
    return tuple(_segments(document_id, text, _merged(runs)))


def _merged(runs: Sequence[tuple[int, SegmentKind, Context]]) -> list[tuple[int, SegmentKind, Context]]:
    """Return the runs with the first at 0, and marks of the page side by side as one."""
    merged: list[tuple[int, SegmentKind, Context]] = []
    for start, kind, context in runs:
        if merged and kind is merged[-1][1] is SegmentKind.PAGE_MARK:
            continue
        merged.append((start if merged else 0, kind, context))
    return merged


def _segments(
    document_id: str, text: str, runs: Sequence[tuple[int, SegmentKind, Context]]
) -> Iterable[Segment]:
    ends = [start for start, _, _ in runs[1:]] + [len(text)]
    for (start, kind, context), end in zip(runs, ends, strict=True):
        yield Segment(
            document_id,
            kind,
            context.part,
            Span(start, end),
            council=context.council,
            body=context.body,
            held_on=context.held_on,
            status=context.status,
            item=context.item,
            item_title=context.item_title,
            minute=context.minute,
            paragraph=context.paragraph,
            heading=context.heading,
            addressed_to=context.addressed_to,
            language=context.language,
        )
