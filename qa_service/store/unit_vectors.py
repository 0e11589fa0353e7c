"""The vectors of a passage's units as they are stored: one a unit in eight bits, one a word piece in two."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.late_interaction import packed, unpacked

_STEPS = 127
_COUNT = np.dtype("<u2")


@dataclass(frozen=True, slots=True)
class WordVectors:
    """The word pieces of a passage's units, in order.

    `values`: float32, shape (pieces, word_dim); `ends`: int64, shape (units,), where each unit's pieces stop.
    """

    values: NDArray[np.float32]
    ends: NDArray[np.int64]

    def of(self, units: Sequence[int]) -> "WordVectors":
        """Return the pieces of some units, in the order given."""
        starts = np.concatenate([np.zeros(1, dtype=np.int64), self.ends[:-1]])
        rows = [self.values[starts[unit] : self.ends[unit]] for unit in units]
        ends = np.cumsum([len(each) for each in rows], dtype=np.int64)
        return WordVectors(np.concatenate(rows) if rows else self.values[:0], ends)


@dataclass(frozen=True, slots=True)
class UnitVectors:
    """What a passage keeps of its units. `sentences`: float32, shape (units, dim); `words` as stored."""

    sentences: NDArray[np.float32]
    words: bytes


def words_out(of_units: Sequence[NDArray[np.float32]]) -> bytes:
    """Return the word vectors of a passage's units, each of shape (pieces, word_dim), as they are stored.

    The number of dimensions, then how many pieces each unit has, then the pieces.
    """
    dim = of_units[0].shape[1] if of_units else 0
    head = np.array([dim, *(len(words) for words in of_units)], dtype=_COUNT)
    return head.tobytes() + b"".join(packed(words) for words in of_units)


def words_in(stored: bytes, units: int) -> WordVectors:
    """Return the word vectors that `words_out` stored for so many units; none where nothing was stored."""
    if not stored:
        return WordVectors(np.zeros((0, 0), dtype=np.float32), np.zeros(units, dtype=np.int64))
    head = np.frombuffer(stored[: _COUNT.itemsize * (units + 1)], dtype=_COUNT).astype(np.int64)
    dim = int(head[0])
    codes = stored[_COUNT.itemsize * (units + 1) :]
    values = unpacked(codes, dim) if dim else np.zeros((0, 0), dtype=np.float32)
    return WordVectors(values, np.cumsum(head[1:], dtype=np.int64))


def sentences_out(vectors: NDArray[np.float32]) -> bytes:
    """Return unit vectors, shape (units, dim), as they are stored."""
    return np.rint(vectors * _STEPS).astype(np.int8).tobytes()


def sentences_in(stored: bytes, dim: int) -> NDArray[np.float32]:
    """Return stored unit vectors, float32, shape (units, dim), norm 1 to within a step of storage."""
    vectors = np.frombuffer(stored, dtype=np.int8).astype(np.float32) / np.float32(_STEPS)
    return vectors.reshape(-1, dim) if dim else vectors.reshape(0, 0)
