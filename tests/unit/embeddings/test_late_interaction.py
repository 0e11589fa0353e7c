from hashlib import sha256
from importlib.resources import files

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.encoder import Encoder, normalised
from embeddings.errors import TextTooLong
from embeddings.late_interaction import nearest, packed, projection_for, unpacked
from embeddings.models import find_model
from embeddings.sentence_transformer import SentenceTransformerEncoder
from qa_service.store.papers import PARSER_VERSION

# Stored word vectors are those of one matrix: whoever fits another must have every paper read again.
_MATRIX_OF_VERSION = {22: "4f9a90af2aa29c27"}
TEXTS = ["The bridge at Ebbfold is closed to lorries.", "Nobody spoke against the motion.", "Flood"]


def states(
    pieces: int, hidden: int = 384, seed: int = 0
) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Return hidden states drawn by chance."""
    return np.random.default_rng(seed).normal(size=(pieces, hidden)).astype(np.float32)


def test_a_new_matrix_comes_with_a_new_parser_version() -> None:
    digest = sha256(files("embeddings").joinpath("late_interaction.json").read_bytes()).hexdigest()
    assert {PARSER_VERSION: digest[:16]} == _MATRIX_OF_VERSION


def test_word_vectors_have_norm_one_and_pieces_share_one_whole() -> None:
    projection = projection_for(find_model().sha256, 384)
    words, shares = projection.words(states(7)), projection.shares(states(7))
    assert words.shape == (7, projection.dim)
    assert np.linalg.norm(words, axis=1) == pytest.approx(np.ones(7), abs=1e-5)
    assert shares.sum() == pytest.approx(1.0)
    assert shares.min() > 0.0
    assert projection.shares(states(0)).tolist() == []


def test_an_encoder_that_nothing_was_fitted_to_keeps_its_own_states() -> None:
    projection = projection_for("of other weights", 16)
    assert projection.words(states(3, 16)) == pytest.approx(normalised(states(3, 16)))
    assert projection.shares(states(4, 16)) == pytest.approx([0.25] * 4)


@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_each_piece_meets_the_best_of_every_sentence(lengths: list[int]) -> None:
    asked, words = states(3, 8), states(sum(lengths), 8, seed=1)
    ends = np.cumsum(lengths, dtype=np.int64)
    found = nearest(asked, words, ends)
    for at, (length, end) in enumerate(zip(lengths, ends, strict=True)):
        wanted = (asked @ words[end - length : end].T).max(axis=1) if length else np.zeros(3)
        assert found[:, at] == pytest.approx(wanted, abs=1e-5)


def test_two_bits_a_number_keep_how_near_words_are() -> None:
    one, other = normalised(states(200, 64)), normalised(states(200, 64, seed=1))
    other = normalised(other + one * np.linspace(0, 3, 200, dtype=np.float32)[:, None])
    stored = packed(other)
    assert len(stored) == 200 * 64 / 4
    exact, kept = (one * other).sum(axis=1), (one * unpacked(stored, 64)).sum(axis=1)
    assert np.corrcoef(exact, kept)[0, 1] > 0.98
    assert packed(unpacked(stored, 64)) == stored
    assert packed(states(0, 64)) == b""
    assert unpacked(b"", 64).shape == (0, 64)


def test_a_text_is_read_once_for_both_kinds_of_vectors(onnx: Encoder) -> None:
    read = onnx.encode_in_context(TEXTS)
    assert np.stack([each.vector for each in read]) == pytest.approx(onnx.encode_passages(TEXTS), abs=1e-6)
    assert [each.words.shape for each in read] == [(onnx.count(text) - 2, onnx.word_dim) for text in TEXTS]
    first, last = read[0].places[0], read[0].places[-1]
    assert (TEXTS[0][slice(*first)], TEXTS[0][slice(*last)]) == ("The", ".")
    asked = onnx.encode_question(TEXTS[0])
    assert asked.vector == pytest.approx(onnx.encode_queries([TEXTS[0]])[0], abs=1e-6)
    assert asked.words == pytest.approx(read[0].words, abs=1e-6)
    with pytest.raises(TextTooLong):
        onnx.encode_in_context(["road " * onnx.limit])


def test_a_question_meets_its_answer_more_than_another_sentence(onnx: Encoder) -> None:
    asked = onnx.encode_question("Why are heavy vehicles kept off the crossing?")
    read = onnx.encode_in_context(TEXTS)
    ends = np.cumsum([len(each.words) for each in read], dtype=np.int64)
    met = asked.shares @ nearest(asked.words, np.concatenate([each.words for each in read]), ends)
    assert met.argmax() == 0


@pytest.mark.model
def test_the_encoder_of_record_gives_the_same_words(onnx: Encoder) -> None:
    reference = SentenceTransformerEncoder(find_model())
    for ours, theirs in zip(onnx.encode_in_context(TEXTS), reference.encode_in_context(TEXTS), strict=True):
        assert (ours.places == theirs.places).all()
        assert (ours.words * theirs.words).sum(axis=1).min() > 0.9
    asked, wanted = onnx.encode_question(TEXTS[0]), reference.encode_question(TEXTS[0])
    assert asked.shares == pytest.approx(wanted.shares, abs=0.02)


def test_a_word_means_what_stands_around_it(onnx: Encoder) -> None:
    river, money = onnx.encode_in_context(["The bank of the river fell in.", "The bank lent the money."])
    bank = onnx.encode_question("loan from the bank").words[-1]
    assert bank @ money.words[1] > bank @ river.words[1]
