from itertools import accumulate

from hypothesis import given
from hypothesis import strategies as st

from embeddings.chunking import Chunk, pack


def packed(parts: list[str], limit: int) -> list[Chunk]:
    return list(pack("".join(parts), list(accumulate(map(len, parts))), len, limit))


segments = st.text(alphabet="ab ", min_size=1, max_size=9)


@given(st.lists(segments, min_size=1), st.integers(min_value=1, max_value=20))
def test_chunks_tile_the_text_and_cut_only_between_segments(parts: list[str], limit: int) -> None:
    text, boundaries = "".join(parts), set(accumulate(map(len, parts)))
    chunks = packed(parts, limit)
    assert "".join(text[chunk.start : chunk.end] for chunk in chunks) == text
    assert {chunk.end for chunk in chunks} <= boundaries


@given(st.lists(segments, min_size=1), st.integers(min_value=1, max_value=20))
def test_a_chunk_over_the_limit_is_one_segment(parts: list[str], limit: int) -> None:
    starts = [0, *accumulate(map(len, parts))]
    whole = {(start, start + len(part)) for start, part in zip(starts, parts, strict=False)}
    over = {(chunk.start, chunk.end) for chunk in packed(parts, limit) if chunk.end - chunk.start > limit}
    assert over <= whole


@given(st.lists(segments, min_size=2), st.integers(min_value=1, max_value=20))
def test_no_two_neighbouring_chunks_would_fit_into_one_by_a_further_segment(
    parts: list[str], limit: int
) -> None:
    chunks = packed(parts, limit)
    ends = list(accumulate(map(len, parts)))
    for chunk in chunks[:-1]:
        further = ends[ends.index(chunk.end) + 1]
        assert further - chunk.start > limit


def test_an_empty_text_has_no_chunks() -> None:
    assert list(pack("", [], len, 5)) == []
