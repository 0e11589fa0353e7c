"""The ranking model: weighted sums of features, read from a file of numbers that anyone may read too."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from qa_service.answering.features import NAMES, FeatureTable

# What a passage is ranked by: its best two sentences, and what its sentences have in common.
PASSAGE_NAMES = (
    "best_unit",
    "second_unit",  # the best again where there is no other
    "passage_cosine",
    "passage_bm25",
    "passage_score",
    "passage_cover",
    "header_cover",
    "best_ask_in_passage",
    "rarest_missing",
    "document_mass",
    "document_cover",
)
_SHARED = [NAMES.index(name) for name in PASSAGE_NAMES[2:]]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Score = bias + sum of weight x feature: a log-odds scale, comparable between questions.

    `weights` are for sentences, `passages` for passages. What the numbers were fitted on stands beside them
    in the file, under "fitted".
    """

    bias: float
    weights: Mapping[str, float]
    passages: Mapping[str, float]

    def scores(self, table: FeatureTable) -> NDArray[np.float32]:
        """Return float32, shape (units,), one score a row of the table."""
        scores: NDArray[np.float32] = table.values @ in_order(self.weights, NAMES) + np.float32(self.bias)
        return scores

    def passage_scores(self, table: FeatureTable, scores: NDArray[np.float32]) -> dict[int, float]:
        """Return a score for each candidate of which the table has a row; `scores` are those of the rows."""
        candidates, values = passage_table(table, scores)
        found = values @ in_order(self.passages, PASSAGE_NAMES)
        return dict(zip(candidates, map(float, found), strict=True))

    def parts(self, table: FeatureTable, row: int) -> dict[str, float]:
        """Return what each feature adds to one row's score, largest first: why it ranks where it does."""
        added = {
            name: self.weights.get(name, 0.0) * float(table.values[row, at]) for at, name in enumerate(NAMES)
        }
        return dict(sorted(added.items(), key=lambda part: -abs(part[1])))


def passage_table(table: FeatureTable, scores: NDArray[np.float32]) -> tuple[list[int], NDArray[np.float32]]:
    """Return (candidate numbers, float32 of shape (candidates, len(PASSAGE_NAMES))), in order of number."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for row, (at, _) in enumerate(table.places):
        rows[at].append(row)
    values = np.zeros((len(rows), len(PASSAGE_NAMES)), dtype=np.float32)
    for place, at in enumerate(sorted(rows)):
        best = np.sort(scores[rows[at]])[::-1]
        values[place, 0], values[place, 1] = best[0], best[min(1, len(best) - 1)]
        values[place, 2:] = table.values[rows[at][0], _SHARED]
    return sorted(rows), values


def in_order(weights: Mapping[str, float], names: Sequence[str]) -> NDArray[np.float32]:
    """Return weights as a vector over names; 0 for a name without one."""
    return np.array([weights.get(name, 0.0) for name in names], dtype=np.float32)


@cache
def load_ranker() -> Ranker:
    """Return the model that ships with the service."""
    values = json.loads(files("qa_service.answering").joinpath("ranker.json").read_text(encoding="utf-8"))
    return Ranker(values["bias"], values["weights"], values["passages"])
