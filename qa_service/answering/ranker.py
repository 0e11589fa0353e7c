"""The ranking model: sums of features that bend, read from a file of numbers that anyone may read too."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

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
# What the bends add by themselves, where an explanation names what each feature adds.
BENDS = "bends"


@dataclass(frozen=True, slots=True)
class Bends:
    """Where a sum of features begins to count: `adds` x max(0, `at` + features @ `into`), summed over bends.

    `at` and `adds`: float32, shape (bends,); `into`: float32, shape (len(NAMES), bends).
    Source: a layer of rectified units (Nair and Hinton, ICML 2010) beside a linear sum.
    """

    at: NDArray[np.float32]
    adds: NDArray[np.float32]
    into: NDArray[np.float32]


NO_BENDS = Bends(*(np.zeros(shape, dtype=np.float32) for shape in ((0,), (0,), (len(NAMES), 0))))


@dataclass(frozen=True, slots=True)
class Sentences:
    """What a sentence's features say: a weighted sum of how far they are from the usual, and bends of it.

    Features that stand for the papers' structure are in no bend, so that what they say has one sign.
    """

    weights: Mapping[str, float]
    usual: Mapping[str, float]
    bends: Bends = NO_BENDS

    def scores(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return float32, shape (rows,), for float32 of shape (rows, len(NAMES)); a bias is not added."""
        away = values - in_order(self.usual, NAMES)
        bent = np.maximum(away @ self.bends.into + self.bends.at, np.float32(0)) @ self.bends.adds
        return (away @ in_order(self.weights, NAMES) + bent).astype(np.float32)

    def parts(self, values: NDArray[np.float32]) -> dict[str, float]:
        """Return what each feature of one row adds, and under BENDS what the bends add by themselves.

        Exact: around a row the model is a weighted sum, of the bends that have begun to count there.
        """
        away = values - in_order(self.usual, NAMES)
        begun = self.bends.adds * (away @ self.bends.into + self.bends.at > 0.0)
        weights = in_order(self.weights, NAMES) + self.bends.into @ begun
        added = dict(zip(NAMES, map(float, weights * away), strict=True))
        return added | {BENDS: float(self.bends.at @ begun)}

    def without(self, part: str) -> "Sentences":
        """Return the model to which every feature with this in its name is as usual."""
        deaf = np.array([part in name for name in NAMES])
        return replace(
            self,
            weights={name: 0.0 if part in name else weight for name, weight in self.weights.items()},
            bends=replace(self.bends, into=np.where(deaf[:, None], np.float32(0), self.bends.into)),
        )


@dataclass(frozen=True, slots=True)
class Ranker:
    """Score = bias + what a sentence's features say: a log-odds scale, comparable between questions.

    `passages` are weights for passages. What the numbers were fitted on stands beside them in the file, under
    "fitted".
    """

    bias: float
    sentences: Sentences
    passages: Mapping[str, float]

    def scores(self, table: FeatureTable) -> NDArray[np.float32]:
        """Return float32, shape (units,), one score a row of the table."""
        return self.sentences.scores(table.values) + np.float32(self.bias)

    def passage_scores(self, table: FeatureTable, scores: NDArray[np.float32]) -> dict[int, float]:
        """Return a score for each candidate of which the table has a row; `scores` are those of the rows."""
        candidates, values = passage_table(table, scores)
        found = values @ in_order(self.passages, PASSAGE_NAMES)
        return dict(zip(candidates, map(float, found), strict=True))

    def parts(self, table: FeatureTable, row: int) -> dict[str, float]:
        """Return what each feature adds to one row's score, largest first: why it ranks where it does."""
        added = self.sentences.parts(table.values[row])
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
    return Ranker(
        values["bias"],
        Sentences(values["weights"], values["usual"], _bends(values["bends"])),
        values["passages"],
    )


def _bends(values: Mapping[str, Any]) -> Bends:
    at, adds = (np.array(values[name], dtype=np.float32) for name in ("at", "adds"))
    none = [0.0] * len(at)
    into = np.array([values["weights"].get(name, none) for name in NAMES], dtype=np.float32)
    return Bends(at, adds, into)
