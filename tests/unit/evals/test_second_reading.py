"""What the second reading counts is learnt from lists, and lists are read as the service reads."""

from dataclasses import replace

import numpy as np
import pytest

from evals.training.lists import CandidateList, ListKind
from evals.training.models import fitted
from evals.training.second_reading import fit_weight, neither_way, read_again
from evals.training.sets import WHOLE
from qa_service.answering.features import NAMES
from qa_service.answering.reranking import SecondReading
from tests.factories import RememberingCrossEncoder
from tests.unit.answering.weighing_cases import weighing
from tests.unit.evals.training_lists import made_lists


def weight_of(lists: list[CandidateList]) -> float:
    """Return the weight fitted on lists, whose scores are what tells the right row a little."""
    asked = [at for at, each in enumerate(lists) if each.kind is ListKind.ANSWERABLE]
    scores = [each.values[:, NAMES.index("unit_cover")] * np.float32(2.0) for each in lists]
    return fit_weight(lists, asked, [1.0] * len(lists), scores)


def test_a_reading_that_tells_counts_and_one_of_no_use_hardly_does() -> None:
    useful, useless = weight_of(made_lists(200, telling=2.0)), weight_of(made_lists(200))
    assert useful > 0.1
    assert abs(useless) < useful / 10


def test_rows_that_were_not_read_and_sets_without_gold_sentences_teach_no_weight() -> None:
    lists = made_lists(60, telling=2.0)
    known = weight_of(lists)
    turned = [replace(each, relevance=-each.relevance) for each in made_lists(60, telling=2.0)]
    of_whole = [replace(each, set=min(WHOLE)) for each in turned]
    unread = [replace(each, relevance=np.full_like(each.relevance, np.nan)) for each in turned]
    assert weight_of(lists + of_whole + unread) == pytest.approx(known, abs=1e-6)


def test_a_list_is_read_again_as_the_service_reads() -> None:
    given = [0.4, 3.0, 2.5, -2.0, 2.9, 2.8, 2.7, 2.6, 1.1]
    texts = [f"Member {at} gave the bridge {at * 7} years." for at in range(len(given))]
    before = weighing("What did members say of the bridge?", texts, given)
    served = SecondReading(RememberingCrossEncoder(relevance_in), 0.4)(before)
    relevance = np.array([relevance_in(text) for text in texts], dtype=np.float32)
    made = replace(made_lists(1)[0], values=before.table.values, relevance=relevance)
    scores, told = read_again(made, before.scores, 0.4)
    assert served.relevance is not None
    assert 0 < np.isnan(told).sum() < len(given)
    assert np.array_equal(told, served.relevance, equal_nan=True)
    assert scores.tolist() == served.scores.tolist()


def relevance_in(text: str) -> float:
    return float(text.split()[1]) ** 2


def test_what_tells_nothing_lies_midway_however_many_lists_are_answerable() -> None:
    one, other = made_lists(2)
    lists = [one, one, one, one, other, other]
    assert neither_way(lists, [4.0, 5.0, np.nan, 6.0, -3.0, np.nan]) == pytest.approx(1.0)
    assert neither_way([one, other], [4.0, np.nan]) == pytest.approx(4.0)


def test_a_model_learns_what_a_second_reading_counts_and_what_of_it_tells_nothing() -> None:
    models = fitted(made_lists(80, telling=3.0))
    assert models.second_reading > 0
    assert models.said.weights["relevance"] > 0
    assert 0.0 < models.unread < 3.0
