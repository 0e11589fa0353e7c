"""A quote in the page around it, with the gold marked, for readers who are cleared for the paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evals.cases import Case
from evals.corpus import Corpus, StoredDocument
from evals.replies import Citation
from qa_service.domain.access import Access
from qa_service.domain.spans import Span

CONTEXT = 350  # characters of the page shown on each side
LONGEST = 3000
WITHHELD = "withheld: this paper is not public"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that are cited or not, and gold or not."""

    text: str
    cited: bool
    gold: bool


@dataclass(frozen=True, slots=True)
class Clearance:
    """Which access levels a report may show. A paper that the run does not know counts as not public."""

    levels: frozenset[str] = frozenset({Access.PUBLIC.value})

    def sees(self, document: StoredDocument | None) -> bool:
        """Return whether words of a document may be shown."""
        if document is None:
            return self.levels >= {level.value for level in Access}
        return document.access in self.levels

    def sees_all_of(self, case: Case) -> bool:
        """Return whether every paper that a case touches may be shown: gold, cited, nearest, forbidden."""
        topic = case.topic
        places = (
            *topic.evidence,
            *topic.forbidden,
            *topic.conditions,
            *topic.judged_correct,
            *topic.judged_wrong,
        )
        ids = {place.document_id for place in places}
        if case.reply is not None:
            ids |= {citation.document.id for citation in case.reply.shown}
        question = topic.question
        named = (*question.evidence, *question.must_not_cite, *question.may_cite)
        of_files = [case.corpus.of_file(quoted.file) for quoted in named if case.corpus.holds(quoted.file)]
        return all(map(self.sees, [*map(case.corpus.get, ids), *of_files]))


def excerpt(
    document: StoredDocument, focus: Span, cited: Sequence[Span], gold: Sequence[Span]
) -> tuple[Piece, ...]:
    """Return the focus in its page, at most `CONTEXT` characters around it, cut into marked pieces."""
    page = document.page_at(focus.start)
    low, high = (page.start, page.end) if page else (0, len(document.text))
    start = max(min(low, focus.start), focus.start - CONTEXT)
    end = min(max(high, focus.end), focus.end + CONTEXT, start + LONGEST)
    text = document.text
    while low < start < focus.start and not text[start - 1].isspace():
        start += 1
    while focus.end < end < high and not text[end].isspace():
        end -= 1
    return (*_mark(low < start), *_pieces(text, start, end, cited, gold), *_mark(end < high))


def _mark(cut: bool) -> tuple[Piece, ...]:  # noqa: FBT001 - says whether there is more
    return (Piece(" … ", cited=False, gold=False),) if cut else ()


def _pieces(text: str, start: int, end: int, cited: Sequence[Span], gold: Sequence[Span]) -> Iterable[Piece]:
    edges = {start, end}
    for span in (*cited, *gold):
        edges |= {min(max(span.start, start), end), min(max(span.end, start), end)}
    ordered = sorted(edges)
    for one, two in pairwise(ordered):
        here = Span(one, two)
        yield Piece(text[one:two], any(s.contains(here) for s in cited), any(s.contains(here) for s in gold))


def of_citation(case: Case, citation: Citation, corpus: Corpus) -> tuple[Piece, ...]:
    """Return the page around a citation; () where its offsets lie outside the paper."""
    document = corpus.get(citation.document.id)
    if document is None or document.at(citation.start, citation.end) is None:
        return ()
    focus = Span(citation.start, citation.end)
    gold = [place.span for place in case.topic.evidence if place.document_id == document.id]
    return excerpt(document, focus, [focus], gold)
