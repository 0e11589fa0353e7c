"""Candidate lists made by a rule that a fit must find again."""

from collections.abc import Iterator

import numpy as np

from evals.training.lists import CandidateList, ListKind
from qa_service.answering.features import NAMES

_ROWS = 6


def made_lists(count: int) -> list[CandidateList]:
    """Return lists, every second unanswerable: the row that covers most of the question answers it."""
    return list(_made(count))


def _made(count: int) -> Iterator[CandidateList]:
    chance = np.random.default_rng(5)
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
        )
