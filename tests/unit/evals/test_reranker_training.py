"""Training moves outputs the right way, alike every time, and says what it brought."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
import torch

from evals.training.exercises import Exercise
from evals.training.low_rank import Reader
from evals.training.reranker import (
    _DRAWN,
    _PROBES,
    _drawn,
    _in_halves,
    _loss,
    _probes,
    _right_first,
    _train,
)
from evals.training.sets import SETS, TAUGHT
from tests.unit.evals.tiny_reader import exercise, reader

GOLD, WRONG, OTHER = "It sails at noon.", "It sailed last year.", "Cllr Amos spoke of it."


class Told(Reader):
    """A reader whose outputs are told, by text, and remembers what it was given at once."""

    def __init__(self, outputs: dict[str, float]) -> None:
        self._told = outputs
        self.given: list[list[str]] = []

    def outputs(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        assert pairs, "nothing to read"
        self.given.append([text for _, text in pairs])
        return torch.tensor([self._told[text] for _, text in pairs])

    def teach(self, *, learning: bool) -> None:
        assert not learning


def loss(each: Exercise, **outputs: float) -> float:
    told = {GOLD: 0.0, WRONG: 0.0, OTHER: 0.0} | {globals()[name]: value for name, value in outputs.items()}
    return _loss(Told(told), [each]).item()


def test_the_loss_falls_as_the_right_sentence_rises_and_as_a_wrong_one_falls() -> None:
    asked = exercise(GOLD, WRONG, OTHER, scores=(1.0, 2.0, 0.0))
    rising = [loss(asked, GOLD=value) for value in (-4.0, -1.0, 0.0, 1.0, 4.0)]
    falling = [loss(asked, WRONG=value) for value in (4.0, 1.0, 0.0, -1.0, -4.0)]
    for losses in (rising, falling):
        assert losses == sorted(losses, reverse=True)
        assert len(set(losses)) == len(losses)


def test_a_wrong_sentence_that_the_ranker_likes_costs_more() -> None:
    liked, not_liked = (exercise(GOLD, WRONG, scores=(0.0, score)) for score in (3.0, -3.0))
    assert loss(liked) > loss(not_liked)


def test_where_nothing_answers_the_loss_falls_as_any_output_falls_and_scores_say_nothing() -> None:
    asked = exercise(WRONG, OTHER, gold=None, scores=(3.0, 0.0))
    for name in ("WRONG", "OTHER"):
        assert loss(asked, **{name: -2.0}) < loss(asked) < loss(asked, **{name: 2.0})
    assert loss(asked) == loss(exercise(WRONG, OTHER, gold=None))


def test_of_two_right_sentences_each_may_rise() -> None:
    both = exercise(GOLD, WRONG, OTHER)
    both.gold[2] = True
    assert loss(both, GOLD=2.0) < loss(both)
    assert loss(both, OTHER=2.0) < loss(both)
    assert loss(both, WRONG=2.0) > loss(both)


def test_outputs_come_back_in_the_order_given_and_short_pairs_are_read_together() -> None:
    texts = ["a" * size for size in (5, 90, 2, 40, 7)]
    told = Told({text: float(len(text)) for text in texts})
    assert _in_halves(told, [("Which?", text) for text in texts]).tolist() == [5.0, 90.0, 2.0, 40.0, 7.0]
    assert [sorted(map(len, half)) for half in told.given] == [[2, 5], [7, 40, 90]]
    assert _in_halves(told, [("Which?", texts[0])]).tolist() == [5.0]


def exercises() -> list[Exercise]:
    """Return questions that a sentence with a time answers, beside others that stand before it."""
    times = ("noon", "nine", "dusk", "one", "two", "six", "ten", "dawn")
    return [
        exercise(f"Amos spoke of {time}.", f"The ferry sails at {time}.", f"It cost {time}.", gold=1)
        for time in times
    ]


def trained(epochs: int, seed: int = 5) -> Reader:
    made = reader(seed=seed)
    _train(made, exercises(), epochs)
    return made


def test_training_twice_with_one_seed_gives_the_same_adapter() -> None:
    one, two, other = (trained(1, seed).adapter() for seed in (5, 5, 6))
    assert one.keys() == two.keys()
    assert all(np.array_equal(one[name], two[name]) for name in one)
    assert not all(np.array_equal(one[name], other[name]) for name in one)


def test_some_steps_on_a_small_task_put_the_right_sentence_first() -> None:
    asked = exercises()
    assert _right_first(reader(), asked)["made up"]["right_first"] < 0.8
    found = _right_first(trained(60), asked)["made up"]
    assert found["right_first"] == 1.0
    assert found["by_the_ranker_alone"] == 0.0


def test_going_on_sees_so_many_of_each_set_and_of_licensed_ones_most_with_an_answer() -> None:
    taught = [
        exercise(GOLD, f"{WRONG} {at}", gold=0 if at % 2 else None, of=name)
        for name, most in _DRAWN.items()
        for at in range(2 * most)
    ]
    drawn = list(_drawn(taught))
    assert Counter(each.set for each in drawn) == _DRAWN
    assert len({(each.set, each.texts) for each in drawn}) == len(drawn)
    for of in TAUGHT:
        answerable = sum(bool(each.gold.any()) for each in drawn if each.set == of.name)
        assert answerable == round(0.65 * of.most)
    assert [each.texts for each in _drawn(taught)] == [each.texts for each in drawn]


def test_the_adapter_is_taught_other_questions_than_the_ranking_is_fitted_on() -> None:
    fitted = {of.name: of.most for of in SETS}
    assert {of.name: of.skipped for of in TAUGHT} == {of.name: fitted[of.name] for of in TAUGHT}


def test_what_it_brought_is_told_by_set_and_of_questions_that_have_an_answer() -> None:
    told = Told({GOLD: 5.0, WRONG: -5.0})
    judged = [
        exercise(WRONG, GOLD, gold=1, scores=(0.1, 0.0), of="one"),
        exercise(GOLD, WRONG, gold=0, scores=(0.1, 0.0), of="one"),
        exercise(GOLD, WRONG, gold=1, scores=(0.1, 0.0), of="other"),
        exercise(WRONG, GOLD, gold=None, of="one"),
    ]
    assert _right_first(told, judged) == {
        "one": {"questions": 2, "by_the_ranker_alone": 0.5, "right_first": 1.0},
        "other": {"questions": 1, "by_the_ranker_alone": 0.0, "right_first": 0.0},
    }


def test_probes_are_the_model_s_own_outputs_for_pairs_of_ours() -> None:
    probes = _probes(reader())
    with torch.no_grad():
        wanted = [reader().outputs([pair]).item() for pair in _PROBES]
    assert [(each["question"], each["text"]) for each in probes] == list(_PROBES)
    assert [each["output"] for each in probes] == pytest.approx(wanted, abs=1e-3)
