"""The cross-encoder that ships: what it scores, and how much of a text is read."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from embeddings.exporting import exported_weights
from embeddings.models import find_cross_encoder
from embeddings.onnx_cross_encoder import OnnxCrossEncoder
from embeddings.onnx_encoder import open_session

QUESTION = "Why was the bridge at Ebbfold closed to lorries?"
ANSWER = "The bridge at Ebbfold was closed to lorries because its timbers were worn."
TEXTS = [
    "Apologies were received from two members.",
    "RESOLVED: that the report on the bridge at Ebbfold be noted.",
    ANSWER,
    "Parking charges rise to £1.20 an hour.",
    "Yes.",
    "Members asked how long the works at the bridge would last, what they would cost and who would pay.",
]


def test_each_text_has_a_number_in_the_order_given(cross_encoder: OnnxCrossEncoder) -> None:
    scores = cross_encoder.scores(QUESTION, TEXTS)
    assert scores.shape == (len(TEXTS),)
    assert scores.dtype == np.float32
    assert len(set(scores.tolist())) == len(TEXTS)
    assert cross_encoder.scores(QUESTION, TEXTS[::-1]).tolist() == scores.tolist()[::-1]


def test_no_text_has_no_score(cross_encoder: OnnxCrossEncoder) -> None:
    scores = cross_encoder.scores(QUESTION, [])
    assert scores.shape == (0,)
    assert scores.dtype == np.float32


def test_the_sentence_that_answers_comes_first(cross_encoder: OnnxCrossEncoder) -> None:
    scores = cross_encoder.scores(QUESTION, TEXTS)
    best, second = np.argsort(-scores)[:2]
    assert TEXTS[best] == ANSWER
    assert scores[best] > scores[second] + 1.0


def test_a_pair_is_read_as_its_own_tokenizer_joins_it(
    cross_encoder: OnnxCrossEncoder, exported_cross_encoder: Path
) -> None:
    tokenizer = Tokenizer.from_file(str(find_cross_encoder().tokenizer))
    session = open_session(exported_weights(exported_cross_encoder)[0])
    tokenizer.no_padding()
    for text, score in zip(TEXTS, cross_encoder.scores(QUESTION, TEXTS), strict=True):
        pair = tokenizer.encode(QUESTION, text)
        feed = {"input_ids": pair.ids, "attention_mask": pair.attention_mask, "token_type_ids": pair.type_ids}
        (logits,) = session.run(None, {name: np.array([ids]) for name, ids in feed.items()})
        assert score == np.float32(logits[0, 0])


@pytest.mark.parametrize("marker", ["[SEP]", "[CLS]", "[PAD]", "[MASK]", "[UNK]"])
def test_a_marker_in_a_paper_or_a_question_is_read_as_its_characters(
    cross_encoder: OnnxCrossEncoder, marker: str
) -> None:
    # Set apart, its characters are no marker to any tokenizer, and to this one the same pieces.
    apart = f"[ {marker[1:-1]} ]"
    text, question = f"{TEXTS[0]} {{}} {ANSWER}", f"Apologies. {{}} {QUESTION}"
    marked, told = cross_encoder.scores(QUESTION, [text.format(marker), text.format(apart)])
    assert marked == told
    (of_marked,) = cross_encoder.scores(question.format(marker), [ANSWER])
    (of_told,) = cross_encoder.scores(question.format(apart), [ANSWER])
    assert of_marked == of_told


def test_a_text_has_the_same_score_alone_in_company_and_twice(cross_encoder: OnnxCrossEncoder) -> None:
    alone = [float(cross_encoder.scores(QUESTION, [text])[0]) for text in TEXTS]
    together = cross_encoder.scores(QUESTION, [*TEXTS, *TEXTS])
    assert together.tolist() == [*alone, *alone]


def test_of_a_text_beyond_the_limit_the_beginning_is_read(cross_encoder: OnnxCrossEncoder) -> None:
    long = "The bridge had been closed to lorries. " * 30
    first, second, other = cross_encoder.scores(QUESTION, [f"{long} Yes.", f"{long} No.", f"No. {long}"])
    assert first == second != other
    # Beyond what the model itself reads.
    assert np.isfinite(cross_encoder.scores(QUESTION, [long * 10])).all()


def test_a_very_long_question_leaves_room_for_the_text(cross_encoder: OnnxCrossEncoder) -> None:
    long = f"{QUESTION} " * 60
    scores = cross_encoder.scores(long, TEXTS)
    assert TEXTS[int(np.argmax(scores))] == ANSWER
    # Room for more than a sentence: what stands behind forty words still counts.
    before = "Apologies were received. " * 8
    one, two = cross_encoder.scores(long, [f"{before}{ANSWER}", f"{before}{TEXTS[3]}"])
    assert one > two


def test_several_questions_at_once_are_scored_as_one_by_one(cross_encoder: OnnxCrossEncoder) -> None:
    questions = [f"What was said of road {number}?" for number in range(16)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda question: cross_encoder.scores(question, TEXTS), questions))
    for question, scores in zip(questions, found, strict=True):
        assert scores.tolist() == cross_encoder.scores(question, TEXTS).tolist()
