"""One question with everything that was seen of it: what every measure is computed from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evals.anchoring import Place, Topic
from evals.corpus import Corpus, span_of
from evals.folding import folded
from evals.replies import Citation, Hit, Reply
from qa_service.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Case:
    """A topic, the reply to it or the error instead, and what search found for it.

    `hits` None: search was not asked. `pool` are the passages of the papers that hold evidence, found by a
    search of those papers alone: they tell how many relevant passages the index holds. `same_twice` None:
    the question was asked once.
    """

    topic: Topic
    corpus: Corpus
    reply: Reply | None
    error: str | None = None
    hits: tuple[Hit, ...] | None = None
    pool: tuple[Hit, ...] = ()
    templates: tuple[str, ...] = ()
    same_twice: bool | None = None
    seconds: float = 0.0

    @property
    def qid(self) -> str:
        """The topic's id."""
        return self.topic.question.qid

    @property
    def answered(self) -> bool:
        """Whether the reply claims to answer; an error claims nothing."""
        return self.reply is not None and self.reply.answered

    @property
    def cited(self) -> tuple[Citation, ...]:
        """The citations that stand behind the answer; none for a refusal or an error."""
        return self.reply.citations if self.reply is not None and self.reply.answered else ()


def matches(one: Span, other: Span) -> bool:
    """Return whether two spans share at least half of the shorter one: the rule of relevance.

    Any chunking can be held against the same gold so. Source: design/evaluation.md section 3, after
    LegalBench-RAG (arXiv 2408.10343).
    """
    return 2 * one.overlap(other) >= min(len(one), len(other))


def matching(places: Iterable[Place], document_id: str, span: Span | None) -> list[Place]:
    """Return the places that a span of a document matches; none for no span."""
    if span is None:
        return []
    return [place for place in places if place.document_id == document_id and matches(place.span, span)]


def cited_span(case: Case, citation: Citation) -> Span | None:
    """Return the span that a citation truly shows, None where its words are not the paper's there.

    An invented id, offsets beyond the text, or altered words cite nothing: they can match no gold.
    """
    document = case.corpus.get(citation.document.id)
    if document is None:
        return None
    span = span_of(document, citation.start, citation.end)
    if span is None or folded(span.of(document.text)) != folded(citation.quote):
        return None
    return span


def gold_matched(case: Case, citation: Citation) -> list[Place]:
    """Return the evidence that a citation shows."""
    return matching(case.topic.evidence, citation.document.id, cited_span(case, citation))


def is_correct(case: Case, citation: Citation) -> bool:
    """Return whether a citation shows gold evidence, or a place that a person judged correct."""
    if gold_matched(case, citation):
        return True
    return bool(matching(case.topic.judged_correct, citation.document.id, cited_span(case, citation)))


def right_documents(case: Case) -> frozenset[str]:
    """Return the documents in which a correct citation can lie."""
    return case.topic.documents | {place.document_id for place in case.topic.judged_correct}


def groups_covered(case: Case, citations: Iterable[Citation]) -> set[int]:
    """Return the evidence groups that the citations show."""
    return {place.group for citation in citations for place in gold_matched(case, citation)}


def place_of(citation: Citation) -> str:
    """Return a citation as a place, without its words."""
    return f"[{citation.n}] {citation.document.file_name}:{citation.start}-{citation.end}"


def merged(spans: Iterable[tuple[str, Span]]) -> Iterator[tuple[str, Span]]:
    """Yield (document, span) without overlaps, in order, so that a character counts once."""
    current: tuple[str, Span] | None = None
    for document, span in sorted(spans, key=lambda one: (one[0], one[1].start, one[1].end)):
        if current and current[0] == document and span.start <= current[1].end:
            current = (document, Span(current[1].start, max(current[1].end, span.end)))
            continue
        if current:
            yield current
        current = (document, span)
    if current:
        yield current
