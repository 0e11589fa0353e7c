"""What the second reading counts beside the ranker's score, and what of it tells nothing."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from evals.errors import BadDataset
from evals.training.lists import CandidateList, ListKind
from evals.training.listwise import Lists, fit
from evals.training.sets import WHOLE
from qa_service.answering.reranking import blended, to_read

_RIDGE = 3.0


def fit_weight(
    lists: Sequence[CandidateList],
    among: Sequence[int],
    worth: Sequence[float],
    scores: Sequence[NDArray[np.float32]],
) -> float:
    """Return what a point of relevance counts, in log-odds of the ranker.

    Fitted on the rows that are read, of the lists `among` that gold tells sentences of: which is right
    is told by score and relevance, and only their proportion matters. 0.0 where no list tells.
    Raises BadDataset.
    """
    tables, right, weights = [], [], []
    for at in among:
        relevance = _as_served(lists[at], scores[at])
        read = ~np.isnan(relevance)
        if lists[at].set in WHOLE or read.sum() < 2:  # noqa: PLR2004 - nothing to choose between
            continue
        tables.append(np.column_stack([scores[at][read], relevance[read]]).astype(np.float64))
        right.append(lists[at].gold[read])
        weights.append(worth[at])
    if not any(each.any() and not each.all() for each in right):
        return 0.0
    score, relevant = fit(Lists.of(tables, right, weights), _RIDGE)
    if score <= 0.0:
        raise BadDataset("the lists", "the ranker's score tells nothing of them to weigh relevance against")
    return float(relevant / score)


def read_again(
    of: CandidateList, scores: NDArray[np.float32], weight: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return a list's scores after the second reading, and the relevance of its rows, NaN where unread."""
    relevance = _as_served(of, scores)
    return blended(scores, relevance, weight), relevance


def neither_way(lists: Sequence[CandidateList], best: Sequence[float]) -> float:
    """Return the relevance midway between the best rows of answerable lists and of the others."""
    told = np.array(best)
    answerable = np.array([each.kind is ListKind.ANSWERABLE for each in lists])
    sides = [told[side & ~np.isnan(told)] for side in (answerable, ~answerable)]
    means = [side.mean() for side in sides if len(side)]
    return float(np.mean(means)) if means else 0.0


def _as_served(of: CandidateList, scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the relevance of the rows that the service would read for these scores; NaN for the others."""
    relevance = np.full(len(scores), np.nan, dtype=np.float32)
    read = to_read(scores)
    relevance[read] = of.relevance[read]
    return relevance
