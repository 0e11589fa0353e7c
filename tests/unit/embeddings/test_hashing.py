import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.errors import TextTooLong
from embeddings.hashing import HashingEncoder

words = st.lists(st.sampled_from("bridge parking library budget flood".split()), min_size=1, max_size=8)


@given(words)
def test_the_order_and_case_of_words_do_not_matter(given_words: list[str]) -> None:
    encoder = HashingEncoder()
    there, back = encoder.encode_passages([" ".join(given_words), " ".join(reversed(given_words)).upper()])
    assert there == pytest.approx(back)


@given(words)
def test_every_row_has_norm_one(given_words: list[str]) -> None:
    row = HashingEncoder().encode_queries([" ".join(given_words)])[0]
    assert np.linalg.norm(row) == pytest.approx(1)


def test_a_text_without_words_is_zero_and_no_texts_have_no_rows() -> None:
    encoder = HashingEncoder(dim=16)
    assert not encoder.encode_queries(["?!"]).any()
    assert encoder.encode_passages([]).shape == (0, 16)


def test_a_passage_beyond_the_limit_is_refused_and_a_question_is_read_up_to_it() -> None:
    encoder = HashingEncoder(limit=2)
    with pytest.raises(TextTooLong) as caught:
        encoder.encode_passages(["one two three"])
    assert (caught.value.tokens, caught.value.limit) == (3, 2)
    assert encoder.encode_queries(["one two three"]) == pytest.approx(encoder.encode_queries(["one two"]))
