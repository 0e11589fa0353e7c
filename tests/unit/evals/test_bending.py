"""What sentences say is fitted with bends, and structure keeps the sign it was given."""

import numpy as np
import pytest

from evals.training.bending import fit_sentences
from evals.training.listwise import Lists
from qa_service.answering.features import NAMES
from qa_service.answering.ranker import Sentences

FOUND, MARK = NAMES.index("length"), NAMES.index("recommended_not_resolved")


def choices(count: int = 400, *, marked: bool = False) -> Lists:
    """Lists of five rows of which the one of middling length is right: no weighted sum finds it."""
    chance = np.random.default_rng(3)
    tables, right = [], []
    for _ in range(count):
        table = np.zeros((5, len(NAMES)))
        table[:, FOUND] = chance.permutation([0.0, 1.0, 2.0, 3.0, 4.0])
        gold = table[:, FOUND] == 2.0
        table[:, MARK] = gold & marked
        tables.append(table)
        right.append(gold)
    return Lists.of(tables, right, [1.0] * count)


def right_first(model: Sentences, lists: Lists) -> float:
    scores = model.scores(lists.values.astype(np.float32)).reshape(-1, 5)
    return float(np.mean(lists.right.reshape(-1, 5)[np.arange(len(scores)), scores.argmax(axis=1)]))


def test_what_no_sum_finds_the_bends_find() -> None:
    lists = choices()
    model = fit_sentences(lists, {})
    assert right_first(model, lists) == 1.0
    assert model.bends.adds.any()


def test_structure_that_would_turn_stays_as_given_and_is_in_no_bend() -> None:
    lists = choices(marked=True)
    model = fit_sentences(lists, {"recommended_not_resolved": -0.5})
    assert model.weights["recommended_not_resolved"] == pytest.approx(-0.5)
    assert not model.bends.into[MARK].any()
    assert right_first(model, lists) == 1.0
    assert fit_sentences(lists, {}).parts(row(MARK))["recommended_not_resolved"] > 0.0


def row(at: int) -> np.typing.NDArray[np.float32]:
    found = np.zeros(len(NAMES), dtype=np.float32)
    found[at] = 1.0
    return found


def test_fitting_twice_gives_the_same_and_leaves_chance_as_it_was() -> None:
    one, two = fit_sentences(choices(60), {}), fit_sentences(choices(60), {})
    assert one.weights == two.weights
    assert np.array_equal(one.bends.into, two.bends.into)


def test_without_lists_there_is_what_is_given_alone() -> None:
    model = fit_sentences(
        Lists(np.zeros((0, len(NAMES))), np.zeros(0, bool), np.zeros(0, int), np.zeros(0)),
        {"boilerplate": -6.0},
    )
    assert model.scores(np.stack([row(NAMES.index("boilerplate"))])).tolist() == [-6.0]
