"""Two doubts as numbers that calibrated models weigh: do the papers hold this, does the sentence say it.

Few numbers on purpose: with 39 the models refused more where they were fitted and less on sets unseen.
"""

import numpy as np
from numpy.typing import NDArray

from qa_service.answering.features import FeatureTable

DOUBT_NAMES = (
    "best_score",  # the ranker's, of the best unit
    "lead",  # of the best unit over the fifth after it: what is asked stands out from its neighbours
    "most_passage_score",  # of any passage, as retrieval fused it
    "relevance",  # what the second reading says of the best unit
)
HELD_BY = ("lead", "most_passage_score", "relevance")
SAID_BY = ("best_score", "lead", "relevance")
_NEXT = 5


def doubts(
    table: FeatureTable, scores: NDArray[np.float32], relevance: NDArray[np.float32] | None, unread: float
) -> NDArray[np.float32]:
    """Return float32, shape (len(DOUBT_NAMES),), for a table with at least one row.

    `relevance`: of its rows, NaN where none was read; `unread` stands for that of a best unit not read.
    """
    ordered = np.sort(scores)[::-1]
    lead = ordered[0] - ordered[min(_NEXT, len(ordered) - 1)]
    told = np.nan if relevance is None else relevance[int(np.argmax(scores))]
    read = unread if np.isnan(told) else told
    return np.array([ordered[0], lead, table.column("passage_score").max(), read], dtype=np.float32)
