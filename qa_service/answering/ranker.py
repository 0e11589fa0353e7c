"""The ranking model: a weighted sum of features, read from a file of numbers that anyone may read too."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from qa_service.answering.features import NAMES, FeatureTable


@dataclass(frozen=True, slots=True)
class Ranker:
    """Score = bias + sum of weight x feature: a log-odds scale, comparable between questions.

    What the numbers were fitted on stands in ARCHITECTURE.md, under its dated decisions.
    """

    bias: float
    weights: Mapping[str, float]

    def scores(self, table: FeatureTable) -> NDArray[np.float32]:
        """Return float32, shape (units,), one score a row of the table."""
        vector = np.array([self.weights.get(name, 0.0) for name in NAMES], dtype=np.float32)
        scores: NDArray[np.float32] = table.values @ vector + np.float32(self.bias)
        return scores

    def parts(self, table: FeatureTable, row: int) -> dict[str, float]:
        """Return what each feature adds to one row's score, largest first: why it ranks where it does."""
        added = {
            name: self.weights.get(name, 0.0) * float(table.values[row, at]) for at, name in enumerate(NAMES)
        }
        return dict(sorted(added.items(), key=lambda part: -abs(part[1])))


@cache
def load_ranker() -> Ranker:
    """Return the model that ships with the service."""
    values = json.loads(files("qa_service.answering").joinpath("ranker.json").read_text(encoding="utf-8"))
    return Ranker(values["bias"], values["weights"])
