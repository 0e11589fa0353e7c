"""The port that every cross-encoder fills: it reads a question and a text together and says how they fit."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class CrossEncoder(Protocol):
    """Scores texts by how well they answer a question."""

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return float32, shape (len(texts),), in the order given: the raw output, higher is better.

        Equal texts have equal scores. Where question and text together are longer than the model reads, what
        is cut off does not count. Only the score is of less than the whole then: nothing is quoted from here.
        """
