"""FAISS search by int64 id, exact, with a filter that is applied before ranking."""

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Vectors
from embeddings.errors import BadIndexFile, DimensionMismatch

# Flat, since filters stay exact and nothing hidden can sway a rank (an approximate graph does both wrong:
# shared/design/reliability.md, section 1.5). Half precision: the same ten best as float32 at half the bytes
# (performance.md, section 3).
_STORAGE = faiss.ScalarQuantizer.QT_fp16


class VectorIndex:
    """An immutable snapshot of vectors. An id may have several vectors: its best one counts."""

    def __init__(self, ids: NDArray[np.int64], index: faiss.Index) -> None:
        if len(ids) != index.ntotal:
            raise ValueError(f"{len(ids)} ids for {index.ntotal} vectors")
        self.ids = ids
        self._index = index

    @classmethod
    def build(cls, ids: NDArray[np.int64], vectors: Vectors) -> "VectorIndex":
        """Return an index of the rows of `vectors`, float32, shape (len(ids), dim), norm 1."""
        index = faiss.IndexScalarQuantizer(vectors.shape[1], _STORAGE, faiss.METRIC_INNER_PRODUCT)
        index.add(np.ascontiguousarray(vectors))
        return cls(ids, index)

    @classmethod
    def read(cls, path: Path, ids: NDArray[np.int64]) -> "VectorIndex":
        """Return the index that `write` wrote. Only for files whose SHA-256 a manifest vouches for.

        Raises BadIndexFile.
        """
        try:
            return cls(ids, faiss.read_index(str(path)))
        except (RuntimeError, ValueError) as error:
            raise BadIndexFile(path, str(error)) from error

    def write(self, path: Path) -> None:
        """Write the vectors; the ids are the caller's to keep."""
        faiss.write_index(self._index, str(path))

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    def __len__(self) -> int:
        return len(self.ids)

    def search(
        self, query: Vectors, k: int, allowed: NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """Return at most k (id, cosine), best first, ties by id. query: float32, shape (dim,), norm 1.

        `allowed` has one entry a vector, in the order of `ids`; no entry true means no results.
        Raises DimensionMismatch.
        """
        if query.shape != (self.dim,):
            raise DimensionMismatch(expected=self.dim, got=query.shape[-1])
        admitted = len(self) if allowed is None else int(np.count_nonzero(allowed))
        if k < 1 or admitted == 0:
            return []
        selection = _selection(allowed)
        # Copies of a paper tie: with one more than asked most searches would have to be made again.
        wanted = min(2 * k + 1, admitted)
        while True:
            scores, rows = self._index.search(query[np.newaxis], wanted, params=selection)
            best: dict[int, float] = {}
            for row, score in zip(rows[0].tolist(), scores[0].tolist(), strict=True):
                best.setdefault(int(self.ids[row]), score)
            ranked = sorted(best.items(), key=lambda hit: (-hit[1], hit[0]))
            # Enough are k ids strictly above the last score seen: what was not seen could tie with that one,
            # or the rows seen could be several of few ids.
            if wanted == admitted or (len(ranked) > k - 1 and ranked[k - 1][1] > scores[0][-1]):
                return ranked[:k]
            wanted = min(2 * wanted, admitted)


def _selection(allowed: NDArray[np.bool_] | None) -> faiss.SearchParameters | None:
    if allowed is None:
        return None
    bits = np.packbits(allowed, bitorder="little")
    # faiss's own stubs describe the C++ constructors, not the Python ones that stand before them.
    return faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))  # type: ignore[call-arg, arg-type]
