"""What the second reading by the shipped model may change of a weighing, and what it may not."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from embeddings.onnx_cross_encoder import OnnxCrossEncoder
from qa_service.answering.in_context import in_context
from qa_service.answering.reranking import READ, WITHIN, SecondReading, blended, load_weight, to_read
from qa_service.answering.weighing import Weighed
from tests.factories import RememberingCrossEncoder
from tests.unit.answering.weighing_cases import weighing as weighing_of

QUESTION = "What did members say of the bridge at Ebbfold?"
TEXTS = [f"Member {number} gave the bridge {number * 7} years." for number in range(12)]


def weighing(scores: Sequence[float], question: str = QUESTION) -> Weighed:
    return weighing_of(question, TEXTS, scores)


def number_in(text: str) -> float:
    """Find a text the better the higher its member's number: the order turned round."""
    return float(told(text).split()[1])


def told(text: str) -> str:
    """Return the words that are weighed, without those before their mark."""
    return text.rpartition("» ")[2]


def row(scores: Sequence[float]) -> NDArray[np.float32]:
    return np.array(scores, dtype=np.float32)


def test_only_the_nearly_best_are_read() -> None:
    model = RememberingCrossEncoder(number_in)
    within, beyond = 3.0 - WITHIN, 3.0 - WITHIN - 0.01
    after = SecondReading(model, 0.5)(weighing([beyond, 3.0, within, -4.0, 2.0]))
    assert [told(text) for text in model.read] == [TEXTS[1], TEXTS[4], TEXTS[2]]
    assert after.relevance is not None
    assert after.relevance.dtype == np.float32
    assert after.relevance.tolist() == pytest.approx([np.nan, 1.0, 2.0, np.nan, 4.0], nan_ok=True)


def test_of_many_that_are_nearly_the_best_few_are_read() -> None:
    model = RememberingCrossEncoder(number_in)
    SecondReading(model, 0.5)(weighing([3.0 - 0.01 * at for at in range(12)]))
    assert [told(text) for text in model.read] == TEXTS[:READ]


def test_what_is_read_keeps_its_mean_and_the_rest_its_scores() -> None:
    given = [3.0, 2.5, 2.2, 1.5, 0.4, 0.3, -1.0]
    before = weighing(given)
    after = SecondReading(RememberingCrossEncoder(number_in), 0.8)(before)
    assert after.scores.dtype == np.float32
    assert after.scores[:4].mean() == pytest.approx(np.mean(given[:4]), abs=1e-6)
    assert after.scores[4:].tolist() == before.scores[4:].tolist()
    # The last of four is one and a half points over their mean.
    assert after.scores[3] == pytest.approx(1.5 + 0.8 * 1.5, abs=1e-6)
    assert before.scores.tolist() == row(given).tolist()


def test_units_are_sorted_by_what_both_say_and_rows_have_their_scores() -> None:
    before = weighing([3.0, 2.9, 2.8, 1.6, 0.4, -1.0])
    after = SecondReading(RememberingCrossEncoder(number_in), 1.0)(before)
    assert [unit.row for unit in after.units] == [2, 3, 1, 0, 4, 5]
    assert [unit.score for unit in after.units] == sorted((each.score for each in after.units), reverse=True)
    assert all(after.scores[unit.row] == np.float32(unit.score) for unit in after.units)
    assert {unit.index for unit in after.units} == {unit.index for unit in before.units}


def test_one_that_was_not_read_passes_those_that_fall_behind_it() -> None:
    after = SecondReading(RememberingCrossEncoder(number_in), 3.0)(weighing([3.0, 2.9, 2.0, 0.4]))
    assert [unit.row for unit in after.units] == [2, 1, 3, 0]


def test_a_unit_raised_above_its_row_keeps_what_it_was_raised_by() -> None:
    before = weighing([2.0, 1.5, 1.0, -3.0])
    raised = replace(before.units[2], score=before.units[2].score + 1.5)
    before = replace(before, units=(raised, before.units[0], before.units[1], before.units[3]))
    after = SecondReading(RememberingCrossEncoder(lambda _: 1.0), 0.8)(before)
    assert [(unit.row, unit.score) for unit in after.units] == [(2, 2.5), (0, 2.0), (1, 1.5), (3, -3.0)]
    assert after.scores.tolist() == before.scores.tolist()


def test_a_unit_alone_is_read_and_keeps_its_score() -> None:
    model = RememberingCrossEncoder(number_in)
    before = weighing([0.5])
    after = SecondReading(model, 5.0)(before)
    assert after.units == before.units
    assert after.scores.tolist() == [0.5]
    assert after.relevance is not None
    assert after.relevance.tolist() == [0.0]
    assert len(model.read) == 1


@pytest.mark.parametrize("shipped", [False, True])
def test_no_unit_at_all_is_no_trouble(cross_encoder: OnnxCrossEncoder, *, shipped: bool) -> None:
    one = weighing([0.5])
    none = Weighed((), one.table.kept([]), one.scores[:0], one.signals, ())
    after = SecondReading(cross_encoder if shipped else RememberingCrossEncoder(), 0.5)(none)
    assert after.units == ()
    assert after.scores.shape == (0,)
    assert after.relevance is not None
    assert after.relevance.shape == (0,)


def test_the_model_is_asked_the_question_and_reads_each_unit_in_its_context() -> None:
    model = RememberingCrossEncoder(number_in)
    before = weighing([1.0, 0.5])
    SecondReading(model, 0.5)(before)
    assert model.asked == [QUESTION]
    assert model.read == [in_context(unit) for unit in before.units]
    assert model.read[1] == f"\n{TEXTS[0]} » {TEXTS[1]}"  # a passage of these cases has no words above it


def test_the_shipped_model_brings_forward_the_sentence_that_answers(cross_encoder: OnnxCrossEncoder) -> None:
    question = "Why was the bridge at Ebbfold closed?"
    answer = "The bridge at Ebbfold was closed because its timbers were worn."
    texts = ["The bridge at Ebbfold is painted green.", "Apologies were received.", answer]
    before = weighing_of(question, texts, [2.0, 1.9, 1.2])
    after = SecondReading(cross_encoder, load_weight())(before)
    assert [before.units[0].text, after.units[0].text] == [texts[0], answer]


def test_a_point_of_relevance_counts_for_a_sentence() -> None:
    assert 0.0 < load_weight() < 5.0


def test_the_nearly_best_are_named_best_first() -> None:
    assert to_read(row([2.0, 3.0, -5.0, 2.5, 2.0])).tolist() == [1, 3, 0, 4]
    assert to_read(row([1.0] * 9)).tolist() == list(range(READ))
    assert to_read(row([-9.0])).tolist() == [0]
    assert to_read(row([])).tolist() == []


def test_scores_are_blended_around_the_mean_of_what_was_read() -> None:
    scores = row([2.0, 1.0, 0.0])
    assert blended(scores, row([-5.0, 5.0, np.nan]), 0.2).tolist() == pytest.approx([1.0, 2.0, 0.0])
    assert blended(scores, row([7.0, 7.0, np.nan]), 0.2).tolist() == scores.tolist()
    assert blended(scores, row([np.nan] * 3), 0.2).tolist() == scores.tolist()
    assert scores.tolist() == [2.0, 1.0, 0.0]


def test_a_question_with_what_led_to_it_is_read_with_it() -> None:
    model = RememberingCrossEncoder(number_in)
    story = f"I live by the river and walk there often. {QUESTION}"
    SecondReading(model, 0.5)(weighing([1.0, 0.5], story))
    assert model.asked == [story]
    assert len(model.read) == 2
