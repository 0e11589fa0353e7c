"""What the second reading counts is learnt from lists, and lists are read as the service reads."""

from dataclasses import replace

import numpy as np
import pytest

from evals.errors import BadDataset
from evals.training.lists import CandidateList, ListKind
from evals.training.models import Kept, fitted
from evals.training.second_reading import fit_weight, neither_way, read_again
from evals.training.sets import WHOLE
from qa_service.answering.features import NAMES
from qa_service.answering.ranker import PASSAGE_NAMES, Sentences
from qa_service.answering.refusal import Chance
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


def test_where_no_list_tells_a_reading_counts_nothing() -> None:
    lists = made_lists(8, telling=2.0)
    unread = [replace(each, relevance=np.full_like(each.relevance, np.nan)) for each in lists]
    without_gold = [replace(each, gold=np.zeros_like(each.gold)) for each in lists]
    all_gold = [replace(each, gold=np.ones_like(each.gold)) for each in lists]
    for telling_nothing in ([], unread, without_gold, all_gold):
        assert weight_of(telling_nothing) == 0.0


def test_a_reading_is_not_weighed_against_scores_that_mislead() -> None:
    lists = made_lists(60, telling=2.0)
    asked = [at for at, each in enumerate(lists) if each.kind is ListKind.ANSWERABLE]
    # The right row is among those that are read, but behind the others.
    others = np.array([0.0, -9.0] * 3, dtype=np.float32)
    misled = [np.where(each.gold, np.float32(-0.5), others) for each in lists]
    with pytest.raises(BadDataset, match="the ranker's score tells nothing"):
        fit_weight(lists, asked, [1.0] * len(lists), misled)


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
    return float(text.rpartition("» ")[2].split()[1]) ** 2


def test_what_tells_nothing_lies_midway_however_many_lists_are_answerable() -> None:
    one, other = made_lists(2)
    lists = [one, one, one, one, other, other]
    assert neither_way(lists, [4.0, 5.0, np.nan, 6.0, -3.0, np.nan]) == pytest.approx(1.0)
    assert neither_way([one, other], [4.0, np.nan]) == pytest.approx(4.0)
    assert neither_way([one, other], [np.nan, np.nan]) == 0.0


def test_a_model_learns_what_a_second_reading_counts_and_what_of_it_tells_nothing() -> None:
    models = fitted(made_lists(80, telling=3.0))
    assert models.second_reading > 0
    assert models.said.weights["relevance"] > 0
    assert 0.0 < models.unread < 3.0


def test_weights_that_are_kept_stay_and_all_else_is_fitted_to_them() -> None:
    lists = made_lists(80, telling=3.0)
    kept = Sentences({"unit_cover": 2.51234, "unit_cosine": -0.12346}, {})
    anew, models = fitted(lists), fitted(lists, Kept(sentences=kept))
    assert models.sentences is kept
    lists = sorted(lists, key=lambda each: (each.set, each.qid, each.kind))
    scores = [kept.scores(each.values) for each in lists]
    asked = [at for at, each in enumerate(lists) if each.kind is ListKind.ANSWERABLE]
    again = fit_weight(lists, asked, [1.0] * len(lists), scores)
    assert again > 0.0
    assert models.second_reading == pytest.approx(again, rel=0.2)  # lists count more there than one each
    assert models.second_reading != pytest.approx(anew.second_reading, rel=0.2)
    assert models.passages["best_unit"] > 0.0
    assert models.said.weights["best_score"] > 0.0
    assert models.said.weights["relevance"] > 0.0
    assert models.unread > 0.0
    assert models.bias != anew.bias


def test_passages_and_the_chance_that_they_hold_it_stay_where_they_are_kept() -> None:
    lists = made_lists(80, telling=3.0)
    held = Chance(0.25, {"lead": 1.5})
    passages = dict.fromkeys(PASSAGE_NAMES, 0.5)
    anew, models = fitted(lists), fitted(lists, Kept(passages=passages, held=held))
    assert models.passages == passages != anew.passages
    assert models.held == held != anew.held
    assert (models.sentences.weights, models.said, models.bias) == (
        anew.sentences.weights,
        anew.said,
        anew.bias,
    )
