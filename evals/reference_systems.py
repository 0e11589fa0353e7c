"""Systems whose score is known beforehand: they test the harness, not the service.

An oracle must score 100 %, a guesser near 0, one that always refuses exactly the unanswerable share.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from random import Random

from evals.anchoring import Place, Topic, anchored
from evals.cases import matching
from evals.corpus import Corpus, StoredDocument, metadata_of
from evals.datasets import Dataset
from evals.errors import SystemFailed
from evals.jsonl import JsonObject
from evals.metrics.citations import sentence_spans
from evals.metrics.gates import FEWEST_WORDS
from evals.metrics.quotes import words_in
from qa_service.domain.spans import Span, trimmed

_GENERATION = 1


def corpus_of(dataset: Dataset) -> Corpus:
    """Return the papers of a set of plain texts as they would be stored: unchanged, one document a file."""
    documents = [
        StoredDocument(
            id=f"doc-{source.sha256[:16]}",
            file_name=source.file_name,
            title=source.title or source.file_name,
            text=source.text if source.text is not None else _read(source.path),
            sha256=source.sha256,
            kind="other",
        )
        for source in dataset.sources
    ]
    return Corpus(documents)


def _read(path: object) -> str:
    with open(str(path), encoding="utf-8", newline="") as file:  # noqa: PTH123 - newline must stay as it is
        return file.read()


def topics_of(dataset: Dataset, corpus: Corpus) -> list[Topic]:
    """Return the questions of a set with their gold located. Raises BadDataset."""
    return [anchored(question, corpus, *dataset.line_of(question.qid)) for question in dataset.questions]


def citation_json(document: StoredDocument, span: Span, number: int) -> JsonObject:
    """Return a true citation of a span, in the form of the API."""
    quote = span.of(document.text)
    page = document.page_at(span.start)
    shown = ("id", "file_name", "title", "kind", "council", "body", "sha256")
    meeting = {"id": None, "body": document.body, "held_on": document.held_on, "status": "unknown"}
    return {
        "n": number,
        "quote": quote,
        "start": span.start,
        "end": span.end,
        "sha256": hashlib.sha256(quote.encode("utf-8", "surrogatepass")).hexdigest(),
        "document": {name: getattr(document, name) for name in shown},
        "meeting": meeting if document.held_on else None,
        "item": None,
        "minute": None,
        "paragraph": None,
        "page": {"number": page.number, "label": page.label} if page else None,
        "reference": document.title,
        "url": f"/documents/{document.id}",
    }


def refusal_json(question: str, reason: str, confidence: float) -> JsonObject:
    """Return a refusal in the form of the API."""
    return {
        "id": "reference",
        "status": "not_found",
        "question": question,
        "statements": [],
        "citations": [],
        "conflicts": [],
        "not_found": {"reason": reason, "nearest": []},
        "confidence": confidence,
        "generation": _GENERATION,
    }


def answer_json(
    question: str, cited: Sequence[tuple[StoredDocument, Span]], standing: str | None
) -> JsonObject:
    """Return an answer of quotes alone, one statement a citation, in the form of the API."""
    citations = [citation_json(document, span, n) for n, (document, span) in enumerate(cited, start=1)]
    statements = [
        {"text": citation["quote"], "standing": standing or "reported", "citations": [citation["n"]]}
        for citation in citations
    ]
    return {
        "id": "reference",
        "status": "answered",
        "question": question,
        "statements": statements,
        "citations": citations,
        "conflicts": [{"about": "", "citations": [one["n"] for one in citations]}],
        "not_found": None,
        "confidence": 1.0,
        "generation": _GENERATION,
    }


class _ReferenceSystem:
    """What every reference system shares: a corpus, and topics known by their request."""

    kind = "reference"

    def __init__(self, corpus: Corpus, topics: Iterable[Topic] = ()) -> None:
        self.corpus = corpus
        self._topics = {_key(topic.question.question, topic.question.filters): topic for topic in topics}

    def topic(self, question: str, filters: JsonObject) -> Topic | None:
        """Return the topic of a request, None for a question that gold does not know."""
        named = dict(filters)
        if ids := named.get("documents"):
            named["documents"] = [self.corpus.documents[id_].file_name for id_ in ids]
        return self._topics.get(_key(question, named))

    def documents(self) -> list[JsonObject]:
        """Return the metadata of every document."""
        return [metadata_of(document) for document in self.corpus.documents.values()]

    def document(self, document_id: str) -> JsonObject:
        """Return the metadata of one document. Raises SystemFailed for an unknown id."""
        return metadata_of(self._stored(document_id))

    def document_text(self, document_id: str) -> str:
        """Return the text of one document. Raises SystemFailed for an unknown id."""
        return self._stored(document_id).text

    def segments(self, document_id: str) -> list[JsonObject]:
        """Return the segments of one document. Raises SystemFailed for an unknown id."""
        return [asdict(segment) for segment in self._stored(document_id).segments]

    def _stored(self, document_id: str) -> StoredDocument:
        found = self.corpus.get(document_id)
        if found is None:
            raise SystemFailed("document", f"no document {document_id!r}")
        return found

    def describe(self) -> JsonObject:
        """Return what the run records."""
        return {"kind": self.kind, "encoder": None, "generation": _GENERATION, "templates": []}


def _key(question: str, filters: JsonObject) -> str:
    return f"{question}\n{sorted(filters.items())}"


def _hits(found: Iterable[tuple[StoredDocument, Span]]) -> JsonObject:
    hits = []
    for rank, (document, span) in enumerate(found, start=1):
        citation = citation_json(document, span, rank)
        hits.append(
            {
                "passage_id": f"{document.id}:{span.start}-{span.end}",
                "rank": rank,
                "score": 1.0 / rank,
                "document": citation["document"],
                "start": span.start,
                "end": span.end,
                "text": citation["quote"],
                "meeting": citation["meeting"],
            }
        )
    return {"hits": hits, "understood": {}, "generation": _GENERATION}


class OracleSystem(_ReferenceSystem):
    """Knows the gold: cites one place of each evidence group and refuses what nothing answers."""

    kind = "oracle"

    def ask(self, request: JsonObject) -> JsonObject:
        """Return the perfect reply. Raises SystemFailed for a question that gold does not know."""
        topic = self._known(request["question"], request.get("filters") or {})
        if not topic.question.answerable:
            return refusal_json(request["question"], "gold says so", 0.0)
        gold = self._gold(topic)
        shown = {
            found.group for one in gold for found in matching(topic.conditions, one.document_id, one.span)
        }
        more = {place.group: place for place in reversed(topic.conditions) if place.group not in shown}
        cited = [self._enough(place) for place in [*gold, *more.values()]]
        return answer_json(request["question"], list(dict.fromkeys(cited)), topic.question.standing)

    def search(self, query: JsonObject) -> JsonObject:
        """Return the gold's own spans, best first; nothing for a question without."""
        filters = {name: value for name, value in query.items() if name not in {"q", "k", "as_of"}}
        topic = self.topic(query["q"], filters) or self.topic(query["q"], {})
        found = [] if topic is None else [self._located(place) for place in self._gold(topic)]
        return _hits(found[: query["k"]])

    def _known(self, question: str, filters: JsonObject) -> Topic:
        topic = self.topic(question, filters)
        if topic is None:
            raise SystemFailed("ask", "the oracle does not know this question")
        return topic

    def _gold(self, topic: Topic) -> list[Place]:
        return [next(place for place in topic.evidence if place.group == group) for group in topic.groups]

    def _located(self, place: Place) -> tuple[StoredDocument, Span]:
        return self.corpus.documents[place.document_id], place.span

    def _enough(self, place: Place) -> tuple[StoredDocument, Span]:
        """Return the place, widened to sentences and then lines where its words are too few."""
        document, span = self._located(place)
        text = document.text
        if words_in(span.of(text)) >= FEWEST_WORDS:
            return document, span
        line = _line(text, span.start, span.end)
        touched = [one for one in sentence_spans(text, line) if one.overlaps(span)]
        start, end = touched[0].start, touched[-1].end
        while words_in(text[start:end]) < FEWEST_WORDS and end - start < len(text):
            line = _line(text, max(0, start - 1), min(len(text), end + 1))
            start, end = line.start, line.end
        return document, trimmed(text, start, end) or span


def _line(text: str, start: int, end: int) -> Span:
    """Return the lines that hold [start, end)."""
    line_end = text.find("\n", end)
    return Span(text.rfind("\n", 0, start) + 1, len(text) if line_end == -1 else line_end)


class RefusingSystem(_ReferenceSystem):
    """Refuses everything and finds nothing."""

    kind = "refusing"

    def ask(self, request: JsonObject) -> JsonObject:
        """Return a refusal."""
        return refusal_json(request["question"], "always", 0.0)

    def search(self, query: JsonObject) -> JsonObject:
        """Return no hits, whatever the query."""
        return _hits([][: query["k"]])


class RandomSystem(_ReferenceSystem):
    """Cites one sentence at random, drawn by the question's words, and never refuses."""

    kind = "random"

    def ask(self, request: JsonObject) -> JsonObject:
        """Return an answer that quotes any sentence of any paper."""
        return answer_json(request["question"], [self._drawn(Random(request["question"]))], None)  # noqa: S311

    def search(self, query: JsonObject) -> JsonObject:
        """Return sentences at random, each once."""
        random = Random(query["q"])  # noqa: S311 - no secret
        found = dict.fromkeys(self._drawn(random) for _ in range(query["k"]))
        return _hits(found)

    def _drawn(self, random: Random) -> tuple[StoredDocument, Span]:
        documents = sorted(self.corpus.documents.values(), key=lambda document: document.id)
        document = random.choice([one for one in documents if one.text.strip()])
        whole = trimmed(document.text, 0, len(document.text))
        assert whole is not None
        return document, random.choice(sentence_spans(document.text, whole))
