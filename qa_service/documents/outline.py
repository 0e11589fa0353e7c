"""A paper's structure as a tree, for an officer who wants to see how it was read."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from qa_service.domain.documents import Document, Page, Segment, SegmentKind
from qa_service.domain.papers import Paper
from qa_service.domain.resolutions import Clause, Resolution
from qa_service.domain.spans import Span

_QUOTE = 72  # characters of a segment that its line shows


@dataclass(frozen=True, slots=True)
class Node:
    """One line of the tree. `label` says what it is, `detail` quotes it, `page` is where it stands."""

    label: str
    detail: str = ""
    page: str = ""
    children: tuple["Node", ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """Return the node and those below it as values that JSON carries."""
        return asdict(self)


def outline(paper: Paper) -> Node:
    """Return the tree of a paper: its parts with their blocks, its items, decisions, people and doubts."""
    document = paper.document
    told = [
        document.council,
        document.body,
        f"{document.held_on:%d %B %Y}" if document.held_on else "undated",
    ]
    return Node(
        f"{document.kind}: {document.title}",
        "; ".join(words for words in told if words),
        f"{len(document.pages)} pages" if document.pages else "",
        tuple(branch for branch in _branches(paper) if branch.children),
    )


def as_text(node: Node) -> str:
    """Return the tree as indented lines, one a node."""
    return "\n".join(_lines(node, 0))


def _lines(node: Node, depth: int) -> Iterator[str]:
    shown = [node.label, node.detail, f"[{node.page}]" if node.page else ""]
    yield "  " * depth + "  ".join(words for words in shown if words)
    for child in node.children:
        yield from _lines(child, depth + 1)


def _branches(paper: Paper) -> Iterator[Node]:
    document = paper.document
    yield Node(
        "problems",
        children=tuple(Node(p.code, p.detail, f"p. {p.page}" if p.page else "") for p in paper.problems),
    )
    yield Node(
        "agenda",
        children=tuple(
            Node(f"item {i.number}", i.title, _range(i.first_page, i.last_page)) for i in paper.items
        ),
    )
    yield Node("text", children=tuple(_parts(paper)))
    yield Node("decisions", children=tuple(_resolution(document, r) for r in paper.resolutions))
    yield Node(
        "people",
        children=tuple(
            Node(
                a.state.value, ", ".join(w for w in (a.name, a.role, a.party) if w), page_of(document, a.span)
            )
            for a in paper.attendance
        ),
    )
    yield Node(
        "acronyms", children=tuple(Node(a.short, a.long, page_of(document, a.span)) for a in paper.acronyms)
    )
    yield Node(
        "discrepancies",
        children=tuple(Node(d.kind, d.note, page_of(document, d.spans[0])) for d in paper.discrepancies),
    )


def _range(first: str | None, last: str | None) -> str:
    return f"pages {first} to {last}" if first else ""


def _parts(paper: Paper) -> Iterator[Node]:
    """Yield the runs of segments of one paper inside the file, each with its blocks."""
    run: list[Segment] = []
    for segment in paper.segments:
        if (
            run
            and _paper_of(segment) != _paper_of(run[-1])
            and segment.kind not in {SegmentKind.PAGE_MARK, SegmentKind.BLANK}
        ):
            yield _part(paper.document, run)
            run = []
        run.append(segment)
    if run:
        yield _part(paper.document, run)


def _paper_of(segment: Segment) -> tuple[object, ...]:
    return segment.part, segment.body, segment.held_on, segment.item, segment.addressed_to, segment.minute


def _part(document: Document, run: list[Segment]) -> Node:
    first = run[0]
    told = [
        first.body,
        f"{first.held_on:%d %B %Y}" if first.held_on else None,
        first.status.value,
        f"item {first.item}" if first.item else None,
        f"minute {first.minute}" if first.minute else None,
        f"to {first.addressed_to}" if first.addressed_to else None,
    ]
    blocks = tuple(_block(document, segment) for segment in run)
    return Node(
        first.part.value, "; ".join(words for words in told if words), page_of(document, first.span), blocks
    )


def _block(document: Document, segment: Segment) -> Node:
    words = " ".join(segment.span.of(document.text).split())
    quote = words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1]}\u2026"
    label = f"{segment.kind} {segment.paragraph}" if segment.paragraph else segment.kind.value
    return Node(label, quote, page_of(document, segment.span))


def _resolution(document: Document, resolution: Resolution) -> Node:
    told = [
        resolution.standing.value,
        resolution.outcome.value,
        f"minute {resolution.minute}" if resolution.minute else None,
        f"to {resolution.addressed_to}" if resolution.addressed_to else None,
        resolution.heading,
    ]
    clauses = tuple(_clause(document, clause) for clause in resolution.clauses)
    detail = "; ".join(words for words in told if words)
    return Node(resolution.verb.value, detail, page_of(document, resolution.span), clauses)


def _clause(document: Document, clause: Clause) -> Node:
    words = " ".join(clause.span.of(document.text).split())
    quote = words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1]}\u2026"
    children = tuple(_clause(document, child) for child in clause.children)
    return Node(clause.marker or "\u00b7", quote, page_of(document, clause.span), children)


def page_of(document: Document, span: Span) -> str:
    """Return the page where a span begins, as printed and as counted: "26 (PDF 28)"; "" without pages."""
    page = next((page for page in document.pages if page.span.start <= span.start < page.span.end), None)
    return _page_label(page) if page is not None else ""


def _page_label(page: Page) -> str:
    return f"p. {page.label} (PDF {page.number})" if page.label else f"PDF {page.number}"
