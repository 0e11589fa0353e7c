"""The clauses of a decision: (i), a., 1. and bullets, nested as printed; page marks never inside one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from qa_service.documents.layout import Layout
from qa_service.documents.markers import Marker, Style, as_letter, shape
from qa_service.documents.paragraphs import Paragraph
from qa_service.domain.documents import SegmentKind
from qa_service.domain.resolutions import Clause
from qa_service.domain.spans import Span, trimmed


@dataclass(slots=True)
class _Node:
    """A clause that is being collected: `spans` are its own words, split where a page mark lies between."""

    marker: Marker | None
    spans: list[Span]
    children: list["_Node"] = field(default_factory=list)


@dataclass(slots=True)
class _Level:
    """One list that is open: its way of counting, where it stands, its clauses."""

    shape: str
    style: Style
    last: int
    nodes: list[_Node]


def words_of(layout: Layout, paragraph: Paragraph, skip: int = 0) -> list[Span]:
    """Return the spans of a paragraph's words, split at page marks, without the first `skip` characters."""
    spans: list[Span] = []
    start = layout.lines[paragraph.first].start + skip
    for index in range(paragraph.first, paragraph.last + 1):
        if layout.marks.kinds.get(index) is SegmentKind.PAGE_MARK:
            spans.extend(_span(layout, start, layout.lines[index].start))
            start = layout.lines[index].next
    spans.extend(_span(layout, start, layout.lines[paragraph.last].end))
    return spans


def _span(layout: Layout, start: int, end: int) -> Iterator[Span]:
    found = trimmed(layout.text, start, end)
    if found is not None:
        yield found


def clauses_of(layout: Layout, paragraphs: Sequence[Paragraph]) -> tuple[Clause, ...]:
    """Return the clauses of paragraphs that follow a decision's marker; () where none has a marker.

    A title between clauses is none. A clause that a page's footer interrupts goes on as one without marker.
    """
    if not any(paragraph.marker for paragraph in paragraphs):
        return ()
    root: list[_Node] = []
    levels: list[_Level] = []
    restarts = _restarts(paragraphs)
    for place, paragraph in enumerate(paragraphs):
        if paragraph.marker is not None:
            _add(levels, root, paragraph.marker, _Node(paragraph.marker, words_of(layout, paragraph)))
        elif place in restarts:
            node = _Node(None, words_of(layout, paragraph))
            root.append(node)
            levels[:] = [_Level("lead", Style.BULLET, 0, root)]
        elif levels and _runs_on(paragraph):
            levels[-1].nodes[-1].spans.extend(words_of(layout, paragraph))
    return tuple(clause for node in root for clause in _frozen(node))


def _restarts(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Return the places of lead-ins that open lists of their own; empty where there is one list only."""
    leads = {
        place
        for place, (paragraph, below) in enumerate(pairwise(paragraphs))
        if paragraph.marker is None
        and paragraph.words.endswith(":")
        and below.marker is not None
        and (below.marker.value == 1 or below.marker.style is Style.BULLET)
    }
    return leads if len(leads) > 1 else set()


def _runs_on(paragraph: Paragraph) -> bool:
    """Return whether an unmarked paragraph between clauses belongs to the clause above: it is no title."""
    return paragraph.ended and not paragraph.words.endswith(":")


def _add(levels: list[_Level], root: list[_Node], marker: Marker, node: _Node) -> None:
    for reading in (marker, as_letter(marker)):
        if reading is None:
            continue
        for depth in range(len(levels) - 1, -1, -1):
            level = levels[depth]
            if level.shape != "lead" and _follows(level, reading):
                del levels[depth + 1 :]
                level.last = reading.value
                level.nodes.append(node)
                return
    nodes = levels[-1].nodes[-1].children if levels and levels[-1].nodes else root
    nodes.append(node)
    levels.append(_Level(shape(marker), marker.style, marker.value, nodes))


def _follows(level: _Level, reading: Marker) -> bool:
    if level.style is not reading.style:
        return False
    if reading.style is Style.BULLET:
        return level.shape == shape(reading)
    return reading.value == level.last + 1


def _frozen(node: _Node) -> Iterator[Clause]:
    """Yield the clause, and its continuations behind page marks, which carry no marker."""
    if not node.spans:
        return
    children = tuple(clause for child in node.children for clause in _frozen(child))
    printed = node.marker.printed if node.marker is not None else None
    *interrupted, last = node.spans
    end = max([last.end, *(child.span.end for child in children)])
    for number, span in enumerate(interrupted):
        yield Clause(span, printed if number == 0 else None)
    yield Clause(Span(last.start, end), printed if not interrupted else None, children)


def plain_clause(layout: Layout, paragraphs: Sequence[Paragraph], skip: int) -> tuple[Clause, ...]:
    """Return one clause a paragraph, without markers, for a decision that numbers nothing."""
    spans = [
        span
        for number, paragraph in enumerate(paragraphs)
        for span in words_of(layout, paragraph, skip if number == 0 else 0)
    ]
    return tuple(Clause(span) for span in spans)
