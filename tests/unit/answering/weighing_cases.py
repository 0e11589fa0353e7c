"""Candidates made of words alone, with vectors from the encoder that needs no weights."""

from collections.abc import Sequence

import numpy as np

from embeddings.hashing import HashingEncoder
from qa_service.answering.features import CandidateText
from qa_service.answering.signals import Signals, content_stems, signals_of
from qa_service.answering.structure import MARKS
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.asking import asking_sentence

_ENCODER = HashingEncoder(256)


def asked(text: str) -> Signals:
    """Return the signals of a question among papers in which all words are equally rare."""
    ask = asking_sentence(text)
    vector, ask_vector = _ENCODER.encode_queries([text, ask])
    weights = dict.fromkeys(content_stems(text), 1.0)
    return signals_of(text, vector, weights, None if ask == text else ask_vector)


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
    own, query = _ENCODER.encode_passages([" ".join(units)])[0], _ENCODER.encode_queries([question])[0]
    cosine = float(own @ query)
    return CandidateText(
        document=document,
        header=header,
        units=units,
        kinds=(UnitKind.SENTENCE,) * len(units),
        leads=tuple(leads or [None] * len(units)),
        unit_vectors=vectors,
        marks=np.array([[float(name in marks) for name in MARKS]] * len(units), dtype=np.float32),
        cosine=cosine,
        bm25=1.0,
        score=cosine,
    )
