"""Candidate lists made by a rule that a fit must find again."""

from collections.abc import Iterator

import numpy as np

from evals.training.lists import CandidateList, ListKind
from qa_service.answering.features import NAMES

_ROWS = 6


def made_lists(count: int, telling: float = 0.0) -> list[CandidateList]:
    """Return lists, every second unanswerable: the row that covers most of the question answers it.

    `telling`: by how much a second reading finds that row more relevant than the others.
    """
    return list(_made(count, telling))


def _made(count: int, telling: float) -> Iterator[CandidateList]:
    chance, reading = np.random.default_rng(5), np.random.default_rng(6)
    cover = NAMES.index("unit_cover")
    for at in range(count):
        answerable = at % 2 == 0
        values = np.zeros((_ROWS, len(NAMES)), dtype=np.float32)
        values[:, NAMES.index("unit_cosine")] = chance.random(_ROWS)
        values[:, cover] = chance.random(_ROWS) * (1.0 if answerable else 0.5)
        gold = (values[:, cover] == values[:, cover].max()) & answerable
        passages = np.array([0, 0, 1, 1, 2, 2], dtype=np.int32)
        yield CandidateList(
            set="sample_questions",
            qid=f"q{at}",
            kind=ListKind.ANSWERABLE if answerable else ListKind.UNANSWERABLE,
            cluster=f"paper{at % 7}",
            values=values,
            passages=passages,
            gold=gold,
            gold_passage=np.isin(passages, passages[gold]),
            relevance=(reading.normal(size=_ROWS) + telling * gold).astype(np.float32),
        )
