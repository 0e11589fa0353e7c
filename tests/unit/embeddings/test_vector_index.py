from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from embeddings.encoder import Vectors, normalised
from embeddings.errors import BadIndexFile, DimensionMismatch
from embeddings.vector_index import VectorIndex

DIM = 4
# Few directions, so that equal vectors and equal scores are common.
rows = st.lists(st.sampled_from([-1.0, 0.0, 1.0]), min_size=DIM, max_size=DIM)
stored = st.lists(st.tuples(st.integers(1, 6), rows, st.booleans()), min_size=1, max_size=30)


def vectors_of(numbers: list[list[float]]) -> Vectors:
    return normalised(np.array(numbers, dtype=np.float32).reshape(-1, DIM))


def brute_force(
    ids: list[int], vectors: Vectors, query: Vectors, k: int, allowed: list[bool]
) -> list[tuple[int, float]]:
    """Return what search promises, from the half-precision vectors that the index holds."""
    held = vectors.astype(np.float16).astype(np.float32)
    best: dict[int, float] = {}
    for id_, score, admitted in zip(ids, (held @ query).tolist(), allowed, strict=True):
        if admitted:
            best[id_] = max(score, best.get(id_, -2.0))
    return sorted(best.items(), key=lambda hit: (-hit[1], hit[0]))[:k]


@given(stored, rows, st.integers(1, 8))
def test_search_is_brute_force_over_what_is_allowed(
    given_rows: list[tuple[int, list[float], bool]], query_row: list[float], k: int
) -> None:
    ids = sorted(id_ for id_, _, _ in given_rows)
    vectors = vectors_of([row for _, row, _ in given_rows])
    allowed = [admitted for _, _, admitted in given_rows]
    query = vectors_of([query_row])[0]
    index = VectorIndex.build(np.array(ids, dtype=np.int64), vectors)
    found = index.search(query, k, np.array(allowed, dtype=np.bool_))
    wanted = brute_force(ids, vectors, query, k, allowed)
    assert [score for _, score in found] == pytest.approx([score for _, score in wanted], abs=1e-5)
    assert [id_ for id_, _ in found] == [id_ for id_, _ in wanted]


def test_an_id_with_many_vectors_does_not_crowd_out_the_others() -> None:
    near, far = [1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]
    index = VectorIndex.build(np.array([7] * 9 + [8]), vectors_of([near] * 9 + [far]))
    assert [id_ for id_, _ in index.search(vectors_of([near])[0], 2)] == [7, 8]


def test_a_mask_that_admits_nothing_gives_nothing() -> None:
    index = VectorIndex.build(np.array([1, 2]), vectors_of([[1, 0, 0, 0], [0, 1, 0, 0]]))
    assert index.search(vectors_of([[1, 0, 0, 0]])[0], 5, np.zeros(2, dtype=np.bool_)) == []


def test_an_index_without_vectors_gives_nothing() -> None:
    index = VectorIndex.build(np.array([], dtype=np.int64), vectors_of([]))
    assert index.search(vectors_of([[1, 0, 0, 0]])[0], 5) == []


def test_a_query_of_another_length_is_refused() -> None:
    index = VectorIndex.build(np.array([1]), vectors_of([[1, 0, 0, 0]]))
    with pytest.raises(DimensionMismatch) as caught:
        index.search(np.zeros(5, dtype=np.float32), 1)
    assert (caught.value.expected, caught.value.got) == (4, 5)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    ids: NDArray[np.int64] = np.array([5, 6])
    index = VectorIndex.build(ids, vectors_of([[1, 0, 0, 0], [0, 1, 0, 0]]))
    path = tmp_path / "v"
    index.write(path)
    query = vectors_of([[0, 1, 0, 0]])[0]
    assert VectorIndex.read(path, ids).search(query, 2) == index.search(query, 2)
    with pytest.raises(ValueError, match="1 ids for 2 vectors"):
        VectorIndex(ids[:1], index._index)  # noqa: SLF001


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "v"
    path.write_bytes(b"not an index")
    with pytest.raises(BadIndexFile):
        VectorIndex.read(path, np.array([1]))
