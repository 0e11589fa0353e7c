"""The port that every encoder fills: texts in, unit vectors out."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Maps texts to unit vectors; queries and passages apart, since E5 and BGE prompt them differently."""

    @property
    def fingerprint(self) -> str:
        """Model, weights, precision, dimension. An index that another fingerprint built is refused."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    @property
    def limit(self) -> int:
        """How many of the encoder's own tokens a text may have, special tokens included."""

    def count(self, text: str) -> int:
        """Return how many of the encoder's own tokens the text has, special tokens included."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return float32, shape (len(texts), dim), rows of norm 1; shape (0, dim) for no texts.

        A question beyond `limit` is read up to the limit.
        """

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As encode_queries. Raises TextTooLong where the model would truncate."""


def normalised(vectors: NDArray[np.floating]) -> Vectors:
    """Return the rows as float32 with norm 1; a row of zeros stays zero."""
    rows = np.asarray(vectors, dtype=np.float32)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    norms[norms == 0] = 1
    unit: Vectors = (rows / norms).astype(np.float32, copy=False)
    return unit
