"""The port that every encoder fills: texts in, unit vectors out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class EncodedText:
    """`vector`: float32, shape (dim,), norm 1. `words`: float32, shape (pieces, word_dim), rows of norm 1.

    `places`: int32, shape (pieces, 2), where each word piece starts and ends in the text, in characters.
    """

    vector: Vectors
    words: Vectors
    places: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class EncodedQuestion:
    """Vector and words as of `EncodedText`. `shares`: float32, shape (pieces,), what each counts; sum 1."""

    vector: Vectors
    words: Vectors
    shares: Vectors


class Encoder(Protocol):
    """Maps texts to unit vectors; queries and passages apart, since E5 and BGE prompt them differently."""

    @property
    def fingerprint(self) -> str:
        """Model, weights, precision, dimension. An index that another fingerprint built is refused."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    @property
    def word_dim(self) -> int:
        """How many numbers the vector of a word piece has; a multiple of 4."""

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

    def encode_in_context(self, texts: Sequence[str]) -> list[EncodedText]:
        """Return the vector of each text, as encode_passages gives it, and those of its word pieces.

        A piece's vector tells what it means among the words around it. Raises TextTooLong where the model
        would truncate.
        """

    def encode_question(self, text: str) -> EncodedQuestion:
        """Return a question's vector, as encode_queries gives it, and those of its word pieces."""


def normalised(vectors: NDArray[np.floating]) -> Vectors:
    """Return the rows as float32 with norm 1; a row of zeros stays zero."""
    rows = np.asarray(vectors, dtype=np.float32)
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    norms[norms == 0] = 1
    unit: Vectors = (rows / norms).astype(np.float32, copy=False)
    return unit
