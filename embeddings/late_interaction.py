"""Late interaction: each word piece of a question meets the word piece of a sentence that is most like it.

Source: Khattab and Zaharia, "ColBERT: Efficient and Effective Passage Search via Contextualized Late
Interaction over BERT", SIGIR 2020. The encoder's weights stay as they are; what is learned is one matrix, and
how much each piece of a question counts. Both are numbers in a file that says what they were fitted on and
for which weights (`python -m evals.training.late_interaction`).
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors, normalised

_FILE = "late_interaction.json"
SCALE = 1e-4  # numbers are stored as whole multiples of this
# The levels of a normal variable in two bits that lose least, and where one gives way to the next.
# Source: Max, "Quantizing for Minimum Distortion", IRE Transactions on Information Theory 1960, table I.
_LEVELS = np.array([-1.510, -0.4528, 0.4528, 1.510], dtype=np.float32)
_EDGES = np.array([-0.9816, 0.0, 0.9816], dtype=np.float32)
_PER_BYTE = 4
_PLACES = np.array([1, 4, 16, 64], dtype=np.uint8)


@dataclass(frozen=True, slots=True)
class Projection:
    """From the encoder's hidden states to word vectors.

    `matrix`: float32, shape (dim, hidden); its rows are turned so that every number of a word vector varies
    alike. `attention`: float32, shape (hidden,); with `offset` it says how much a piece counts.
    """

    matrix: NDArray[np.float32]
    attention: NDArray[np.float32]
    offset: float

    @property
    def dim(self) -> int:
        """How many numbers a word vector has; a multiple of 4."""
        return len(self.matrix)

    def words(self, hidden: NDArray[np.float32]) -> Vectors:
        """Return the word vectors of hidden states, shape (pieces, dim), rows of norm 1."""
        return normalised(hidden @ self.matrix.T)

    def shares(self, hidden: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return how much each piece of a question counts, shape (pieces,); together 1, or none."""
        counts = np.logaddexp(0.0, hidden @ self.attention + self.offset).astype(np.float32)
        shares: NDArray[np.float32] = counts / (counts.sum() or 1.0)
        return shares


def projection_sha256() -> str:
    """Return the SHA-256 of the file of numbers: word vectors of another file are of another space."""
    return hashlib.sha256(files("embeddings").joinpath(_FILE).read_bytes()).hexdigest()


@cache
def _trained() -> tuple[str, Projection]:
    values = json.loads(files("embeddings").joinpath(_FILE).read_text(encoding="utf-8"))
    matrix = np.stack([_numbers(row) for row in values["matrix"]])
    projection = Projection(matrix, _numbers(values["attention"]), float(values["offset"]))
    return values["weights_sha256"], projection


def _numbers(row: str) -> NDArray[np.float32]:
    return np.array(row.split(), dtype=np.float32) * np.float32(SCALE)


def projection_for(weights_sha256: str, hidden: int) -> Projection:
    """Return the projection fitted to these weights; for others one that leaves states as they are."""
    made_for, projection = _trained()
    if made_for == weights_sha256:
        return projection
    return Projection(np.eye(hidden, dtype=np.float32), np.zeros(hidden, dtype=np.float32), 0.0)


def nearest(
    asked: NDArray[np.float32], words: NDArray[np.float32], ends: NDArray[np.int64]
) -> NDArray[np.float32]:
    """Return for each piece asked its best product in each sentence, shape (asked, sentences).

    `words` are the pieces of all sentences, one sentence after the other; `ends` where each stops. A sentence
    without pieces gets 0.
    """
    best = np.zeros((len(asked), len(ends)), dtype=np.float32)
    starts = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1]])
    held = np.flatnonzero(ends > starts)
    if len(held) and len(asked):
        best[:, held] = np.maximum.reduceat(asked @ words.T, starts[held], axis=1)
    return best


def packed(words: NDArray[np.float32]) -> bytes:
    """Return word vectors, shape (pieces, dim), in two bits a number: dim / 4 bytes a piece."""
    codes = np.searchsorted(_EDGES, words * np.float32(np.sqrt(words.shape[1]))).astype(np.uint8)
    grouped = codes.reshape(len(words), words.shape[1] // _PER_BYTE, _PER_BYTE) * _PLACES
    return bytes(grouped.sum(axis=2, dtype=np.uint8).tobytes())


def unpacked(stored: bytes, dim: int) -> NDArray[np.float32]:
    """Return what `packed` stored, float32, shape (pieces, dim); norms are near 1."""
    return _decoded()[np.frombuffer(stored, dtype=np.uint8)].reshape(-1, dim) / np.float32(np.sqrt(dim))


@cache
def _decoded() -> NDArray[np.float32]:
    """Return the four numbers of every byte, shape (256, 4)."""
    codes = np.arange(256)[:, None] // _PLACES.astype(np.int64) % _PER_BYTE
    return _LEVELS[codes]
