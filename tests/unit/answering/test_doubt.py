"""The doubts as numbers: what stands in where the best sentence was read no second time."""

from dataclasses import replace

import numpy as np
import pytest

from qa_service.answering.doubt import DOUBT_NAMES, doubts
from qa_service.answering.refusal import Chance, RefusalModel
from tests.unit.answering.weighing_cases import weighing

QUESTION = "What did members say of the bridge at Ebbfold?"
BEFORE = weighing(QUESTION, ["Members asked about the bridge.", "Fog came.", "They left."], [1.0, 2.5, 0.5])
UNREAD = -3.5


@pytest.mark.parametrize(
    ("relevance", "told"),
    [
        (None, UNREAD),
        ([np.nan, np.nan, np.nan], UNREAD),
        ([8.0, np.nan, 9.0], UNREAD),
        ([8.0, 0.0, 9.0], 0.0),
        ([np.nan, -7.25, np.nan], -7.25),
    ],
    ids=["no model", "none read", "only others read", "all read", "the best read"],
)
def test_the_relevance_is_of_the_best_unit_and_unread_where_it_has_none(
    relevance: list[float] | None, told: float
) -> None:
    given = None if relevance is None else np.array(relevance, dtype=np.float32)
    found = doubts(BEFORE.table, BEFORE.scores, given, UNREAD)
    assert found.shape == (len(DOUBT_NAMES),)
    assert found.dtype == np.float32
    named = dict(zip(DOUBT_NAMES, found.tolist(), strict=True))
    assert named["relevance"] == told
    assert (named["best_score"], named["lead"]) == (2.5, 2.0)


def test_without_a_second_reading_confidence_counts_what_tells_nothing() -> None:
    model = RefusalModel(Chance(0.0, {}), Chance(0.0, {"relevance": 1.0}), power=1.0, least=0.5, unread=2.0)
    assert model.confidence(BEFORE) == pytest.approx(0.5 / (1 + np.exp(-2.0)), abs=1e-6)
    assert replace(model, power=0.5).confidence(BEFORE) == pytest.approx(model.confidence(BEFORE) ** 0.5)
