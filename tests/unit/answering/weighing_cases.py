"""Candidates made of words alone, with vectors from the encoder that needs no weights."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from embeddings.hashing import HashingEncoder
from qa_service.answering.features import CandidateText, feature_table
from qa_service.answering.signals import Signals, content_stems, signals_of
from qa_service.answering.structure import MARKS
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.documents import DocumentKind, Part, Segment, SegmentKind, Status
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.hybrid import Candidate
from qa_service.store.passages import StoredPassage
from qa_service.store.unit_vectors import words_in, words_out
from tests.factories import NO_WORDS

_ENCODER = HashingEncoder(256)


def asked(text: str) -> Signals:
    """Return the signals of a question among papers in which all words are equally rare."""
    ask = asking_sentence(text)
    weights = dict.fromkeys(content_stems(text), 1.0)
    ask_sense = None if ask == text else _ENCODER.encode_question(ask)
    return signals_of(text, _ENCODER.encode_question(text), weights, ask_sense)


def passage(
    *units: str,
    question: str,
    document: str = "d1",
    header: str = "",
    leads: Sequence[int | None] | None = None,
    marks: Sequence[str] = (),
) -> CandidateText:
    """Return a candidate whose sentences are the units; `marks` names those that all of them bear."""
    vectors = _ENCODER.encode_passages(list(units))
    words = [each.words for each in _ENCODER.encode_in_context(list(units))]
    own, query = _ENCODER.encode_passages([" ".join(units)])[0], _ENCODER.encode_queries([question])[0]
    cosine = float(own @ query)
    return CandidateText(
        document=document,
        header=header,
        units=units,
        kinds=(UnitKind.SENTENCE,) * len(units),
        leads=tuple(leads or [None] * len(units)),
        unit_vectors=vectors,
        unit_words=words_in(words_out(words), len(words)),
        marks=np.array([[float(name in marks) for name in MARKS]] * len(units), dtype=np.float32),
        cosine=cosine,
        bm25=1.0,
        score=cosine,
    )


def weighed(
    texts: Sequence[str], kinds: Sequence[UnitKind], scores: Sequence[float], *, headed: bool = False
) -> list[WeighedUnit]:
    """Return the units of one passage, best first; all but the first stand under the first where it leads.

    `headed`: whether the first leads though it is no lead-in, as the header of a table does.
    """
    text = "\n".join(texts)
    spans: list[Span] = []
    for each in texts:
        start = spans[-1].end + 1 if spans else 0
        spans.append(Span(start, start + len(each)))
    whole = Span(0, len(text))
    segment = Segment("d", SegmentKind.TEXT, Part.MINUTES, whole, "A", "B", date(2024, 1, 1), Status.DRAFT)
    lead = 0 if headed or kinds[0] is UnitKind.LEAD_IN else None
    units = tuple(
        Unit(kind, (span,), lead if at else None)
        for at, (kind, span) in enumerate(zip(kinds, spans, strict=True))
    )
    vectors = np.zeros((len(units), 2), dtype=np.float32)
    kind = DocumentKind.MINUTES
    passage = StoredPassage(
        1, "p", 1, "d", "f", "t", kind, segment, whole, "", text, units, vectors, NO_WORDS, boilerplate=False
    )
    candidate = Candidate(passage, 0.5, 1.0, 1.0)
    found = [WeighedUnit(candidate, at, score, at) for at, score in enumerate(scores)]
    return sorted(found, key=lambda unit: -unit.score)


def weighing(question: str, texts: Sequence[str], scores: Sequence[float]) -> Weighed:
    """Return the weighing of a passage of so many of the texts, with these scores."""
    texts = texts[: len(scores)]
    units = weighed(texts, [UnitKind.SENTENCE] * len(texts), scores)
    table = feature_table(asked(question), [passage(*texts, question=question)])
    rows = np.array(scores, dtype=np.float32)
    return Weighed(tuple(units), table, rows, asked(question), (units[0].candidate,))
