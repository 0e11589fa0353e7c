"""Gold tied to the stored text: words become spans, or the gold is refused with its line named."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate

from evals.corpus import Corpus, StoredDocument
from evals.errors import BadDataset
from evals.folding import folded
from evals.questions import Question, Quoted
from qa_service.domain.spans import Span

_DIGITS = 16  # of a hash: enough to tell a moved text


@dataclass(frozen=True, slots=True)
class Place:
    """A span of one stored document that gold names."""

    document_id: str
    span: Span
    group: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class Topic:
    """One question with its gold as spans of the stored texts.

    `cluster` is the paper or meeting that the question is about: intervals resample whole clusters.
    """

    question: Question
    evidence: tuple[Place, ...]
    forbidden: tuple[Place, ...] = ()
    conditions: tuple[Place, ...] = ()
    judged_correct: tuple[Place, ...] = ()
    judged_wrong: tuple[Place, ...] = ()
    cluster: str = ""

    @property
    def groups(self) -> tuple[int, ...]:
        """The evidence groups, each to be covered, in order."""
        return tuple(sorted({place.group for place in self.evidence}))

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents that hold evidence."""
        return frozenset(place.document_id for place in self.evidence)


def anchored(question: Question, corpus: Corpus, file: str, line: int | None = None) -> Topic:
    """Return the question with its gold located in the stored texts.

    Evidence of an unanswerable question is context, not an answer: it is checked and then left out.
    Raises BadDataset, naming file, line and field, where words are absent from the paper or occur twice on
    the page (or, where no page is named, in the paper).
    """
    located = _all_located(question.evidence, corpus, file, line, "evidence")
    forbidden = _all_located(question.must_not_cite, corpus, file, line, "must_not_cite")
    allowed = _all_located(question.may_cite, corpus, file, line, "may_cite")
    judged = [
        (located_one(judgement.quoted, corpus, file, line, "judgement"), judgement.correct)
        for judgement in question.judged
    ]
    return Topic(
        question=question,
        evidence=located if question.answerable else (),
        forbidden=forbidden,
        conditions=_conditions(question, located, corpus),
        judged_correct=(*allowed, *(place for place, correct in judged if correct)),
        judged_wrong=tuple(place for place, correct in judged if not correct),
        cluster=_cluster(question),
    )


def _cluster(question: Question) -> str:
    files = [quoted.file for quoted in question.evidence]
    return question.cluster or question.scope_file or (files[0] if files else f"question {question.qid}")


def _all_located(
    quoted: Iterable[Quoted], corpus: Corpus, file: str, line: int | None, field: str
) -> tuple[Place, ...]:
    return tuple(
        located_one(one, corpus, file, line, f"{field}[{position}].quote")
        for position, one in enumerate(quoted)
    )


def _conditions(question: Question, evidence: tuple[Place, ...], corpus: Corpus) -> tuple[Place, ...]:
    """Conditions are sentences of the page that holds the evidence; each occurrence there is a place."""
    if not evidence:
        return ()
    document = corpus.documents[evidence[0].document_id]
    return tuple(
        Place(document.id, span, group)
        for group, words in enumerate(question.conditions)
        for span in corpus.folded(document).spans_of(folded(words))
    )


def located_one(quoted: Quoted, corpus: Corpus, file: str, line: int | None, field: str) -> Place:
    """Return where quoted words stand. Raises BadDataset as `anchored`."""
    try:
        document = corpus.of_file(quoted.file)
    except BadDataset as error:
        raise BadDataset(file, f"{quoted.file}: {error.why}", line, field) from error
    if quoted.sha256:
        return Place(
            document.id, _hashed_span(quoted, document, corpus, file, line), quoted.group, quoted.why
        )
    if quoted.span is not None:
        return Place(document.id, _given_span(quoted, document, file, line), quoted.group, quoted.why)
    spans = _spans_on_page(quoted, document, corpus)
    where = f"page {quoted.page} of {quoted.file}" if quoted.page else quoted.file
    if not spans:
        raise BadDataset(file, f"{quoted.quote[:60]!r} is not in {where}", line, field)
    if len(spans) > 1:
        raise BadDataset(
            file, f"{quoted.quote[:60]!r} stands {len(spans)} times in {where}; quote more", line, field
        )
    return Place(document.id, spans[0], quoted.group, quoted.why)


def _spans_on_page(quoted: Quoted, document: StoredDocument, corpus: Corpus) -> list[Span]:
    text = corpus.folded(document)
    plain = " ".join(quoted.quote.split())
    spans = text.spans_of(plain) or text.spans_of(unicodedata.normalize("NFC", plain))
    if quoted.page is None or not document.pages:
        return spans
    page = document.page(quoted.page)
    return [span for span in spans if page is not None and page.start <= span.start < page.end]


def hash_of(words: str) -> str:
    """Return the first 16 digits of the SHA-256 of words with white space folded."""
    return sha256(folded(words).encode()).hexdigest()[:_DIGITS]


def _hashed_span(
    quoted: Quoted, document: StoredDocument, corpus: Corpus, file: str, line: int | None
) -> Span:
    """Return the span whose words have the hash that gold gives: the one given, else the nearest to it."""
    assert quoted.span is not None
    stored = document.at(quoted.span.start, quoted.span.end)
    if stored is not None and hash_of(stored) == quoted.sha256:
        return quoted.span
    text = corpus.folded(document)
    words = text.text.split(" ")
    ends = list(accumulate((len(word) + 1 for word in words), initial=0))
    found = [
        text.source_span(ends[at], ends[at + quoted.words] - 1)
        for at in range(len(words) - quoted.words + 1)
        if hash_of(" ".join(words[at : at + quoted.words])) == quoted.sha256
    ]
    if not found:
        why = (
            f"no {quoted.words} words of {quoted.file} have the hash {quoted.sha256}: it reads otherwise now"
        )
        raise BadDataset(file, why, line, "evidence.sha256")
    start = quoted.span.start
    return min(found, key=lambda span: abs(span.start - start))


def _given_span(quoted: Quoted, document: StoredDocument, file: str, line: int | None) -> Span:
    """Return the span that gold gives by characters, once the stored text is seen to hold its words there."""
    assert quoted.span is not None
    stored = document.at(quoted.span.start, quoted.span.end)
    if stored is not None and folded(stored) == folded(quoted.quote):
        return quoted.span
    raise BadDataset(
        file,
        f"[{quoted.span.start}, {quoted.span.end}) of {quoted.file} is not {quoted.quote[:60]!r}: "
        "the stored text is not the text that gold was made on",
        line,
        "evidence.start",
    )
