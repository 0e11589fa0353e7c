"""What a cross-encoder of the operator's own may change of a weighing, and what it may not."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from embeddings.cross_encoder import CrossEncoder
from embeddings.torch_cross_encoder import TorchCrossEncoder
from qa_service.answering.refusal import judge
from qa_service.answering.reranking import RERANKED, OwnOrder
from qa_service.answering.weighing import Weighed
from tests.factories import write_cross_encoder
from tests.unit.answering.weighing_cases import weighing as weighing_of

QUESTION = "What did members say of the bridge at Ebbfold?"
TEXTS = [f"Member {number} gave the bridge {number * 7} years." for number in range(25)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> CrossEncoder:
    return TorchCrossEncoder(write_cross_encoder(tmp_path_factory.mktemp("model")))


def weighing(scores: Sequence[float], texts: Sequence[str] = TEXTS) -> Weighed:
    return weighing_of(QUESTION, texts, scores)


def wanted(model: CrossEncoder, before: Weighed) -> list[int]:
    """Return the rows of the best units as the model orders them, by itself."""
    best = before.units[:RERANKED]
    scores = model.scores(QUESTION, [f"{each.passage.header}\n{each.text}" for each in best])
    return [best[at].row for at in np.argsort(-scores, kind="stable")]


def test_the_best_units_change_places_and_the_scores_stay_in_theirs(model: CrossEncoder) -> None:
    before = weighing([float(score) for score in np.linspace(3, -2, len(TEXTS))])
    assert len(before.units) == RERANKED + 5
    after = OwnOrder(model)(before)
    assert [each.row for each in after.units[:RERANKED]] == wanted(model, before) != list(range(RERANKED))
    assert [each.score for each in after.units] == [each.score for each in before.units]
    assert after.units[RERANKED:] == before.units[RERANKED:]


def test_each_row_has_the_score_of_its_unit_and_how_sure_an_answer_is_stays(model: CrossEncoder) -> None:
    before = weighing([float(score) for score in np.linspace(3, -2, len(TEXTS))])
    given = before.scores.tolist()
    after = OwnOrder(model)(before)
    assert all(after.scores[each.row] == np.float32(each.score) for each in after.units)
    assert sorted(after.scores.tolist()) == sorted(before.scores.tolist())
    assert judge(after).confidence == judge(before).confidence
    assert before.scores.tolist() == given


def test_units_of_equal_scores_are_in_the_models_order_all_the_same(model: CrossEncoder) -> None:
    before = weighing([1.0] * len(TEXTS))
    assert [each.row for each in OwnOrder(model)(before).units[:RERANKED]] == wanted(model, before)


def test_rows_are_dealt_their_own_scores_where_a_unit_was_raised(model: CrossEncoder) -> None:
    before = weighing([float(score) for score in np.linspace(3, -2, len(TEXTS))])
    raised = replace(before.units[1], score=9.0)
    before = replace(before, units=(raised, before.units[0], *before.units[2:]))
    after = OwnOrder(model)(before)
    assert [each.score for each in after.units] == [each.score for each in before.units]
    assert sorted(after.scores.tolist()) == sorted(before.scores.tolist())


def test_where_the_model_finds_all_alike_nothing_changes(tmp_path: Path) -> None:
    alike = TorchCrossEncoder(write_cross_encoder(tmp_path, weight=0.0))
    before = weighing([float(score) for score in np.linspace(3, -2, len(TEXTS))])
    assert OwnOrder(alike)(before).units == before.units


def test_texts_that_the_model_finds_alike_stay_in_the_rankers_order(model: CrossEncoder) -> None:
    before = weighing([float(score) for score in np.linspace(3, -2, RERANKED)], TEXTS[:2] * 10)
    rows = [each.row for each in OwnOrder(model)(before).units]
    assert rows in ([*range(0, 20, 2), *range(1, 20, 2)], [*range(1, 20, 2), *range(0, 20, 2)])


@pytest.mark.parametrize("count", [0, 1])
def test_few_units_are_no_trouble(model: CrossEncoder, count: int) -> None:
    before = weighing([0.5])
    fewer = Weighed(before.units[:count], before.table, before.scores, before.signals, before.candidates)
    assert OwnOrder(model)(fewer).units == fewer.units
