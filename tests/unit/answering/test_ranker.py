"""The model that ships: whole, and right where anyone would be."""

import numpy as np
import pytest

from qa_service.answering.doubt import HELD_BY, SAID_BY, doubts
from qa_service.answering.features import NAMES, feature_table
from qa_service.answering.ranker import (
    BENDS,
    PASSAGE_NAMES,
    Bends,
    Sentences,
    in_order,
    load_ranker,
    passage_table,
)
from qa_service.answering.refusal import load_refusal
from qa_service.answering.structure import MARKS
from tests.unit.answering.weighing_cases import asked, passage

QUESTION = "How much does the wooden bridge at Ebbfold cost?"
ANSWER, NEAR, FAR = "The wooden bridge at Ebbfold costs £4.", "The wooden bridge is wet.", "Fog came."


def best(question: str, *units: str) -> str:
    made = feature_table(asked(question), [passage(*units, question=question)])
    return units[int(np.argmax(load_ranker().scores(made)))]


def test_every_weight_that_ships_is_of_a_number_that_is_worked_out() -> None:
    ranker, refusal = load_ranker(), load_refusal()
    assert set(ranker.sentences.weights) == set(ranker.sentences.usual) == set(NAMES)
    bends = ranker.sentences.bends
    assert bends.into.shape == (len(NAMES), len(bends.at)) == (len(NAMES), len(bends.adds))
    for mark in MARKS:
        assert mark == "row_unasked" or not bends.into[NAMES.index(mark)].any(), mark
    assert set(ranker.passages) == set(PASSAGE_NAMES)
    assert set(refusal.held.weights) == set(HELD_BY)
    assert set(refusal.said.weights) == set(SAID_BY)
    assert 0.0 < refusal.least < 1.0


def test_the_sentence_that_holds_what_is_asked_for_comes_first() -> None:
    assert best(QUESTION, FAR, NEAR, ANSWER) == ANSWER


@pytest.mark.parametrize("mark", ["boilerplate", "recommended_not_resolved", "listed_not_resolved"])
def test_structure_that_speaks_against_a_sentence_lowers_it(mark: str) -> None:
    plain, marked = passage(ANSWER, question=QUESTION), passage(ANSWER, question=QUESTION, marks=[mark])
    scores = load_ranker().scores(feature_table(asked(QUESTION), [plain, marked]))
    assert scores[0] > scores[1] + 1.0


def test_passages_rank_by_their_best_sentences() -> None:
    buried = passage(FAR, "Rain fell.", ANSWER, question=QUESTION, document="d1")
    dull = passage(NEAR, FAR, question=QUESTION, document="d2")
    table = feature_table(asked(QUESTION), [dull, buried])
    ranker = load_ranker()
    found = ranker.passage_scores(table, ranker.scores(table))
    assert found[1] > found[0]


def test_a_passage_of_one_sentence_has_no_second() -> None:
    table = feature_table(asked(QUESTION), [passage(ANSWER, question=QUESTION)])
    numbers, values = passage_table(table, np.array([2.5], dtype=np.float32))
    assert numbers == [0]
    assert values[0, :2].tolist() == [2.5, 2.5]


def test_parts_add_up_to_the_score() -> None:
    table = feature_table(asked(QUESTION), [passage(ANSWER, NEAR, question=QUESTION)])
    ranker = load_ranker()
    parts = ranker.parts(table, 0)
    assert sum(parts.values()) + ranker.bias == pytest.approx(float(ranker.scores(table)[0]), abs=1e-3)
    sizes = [abs(part) for part in parts.values()]
    assert sizes == sorted(sizes, reverse=True)


def bent(at: float, adds: float, **into: float) -> Sentences:
    """Return a model of one bend beside a weight of 2 on what covers the question."""
    bends = Bends(
        np.array([at], dtype=np.float32),
        np.array([adds], dtype=np.float32),
        in_order(into, NAMES)[:, None],
    )
    return Sentences({"unit_cover": 2.0}, {"unit_cover": 0.5, "length": 3.0}, bends)


def row(**values: float) -> np.typing.NDArray[np.float32]:
    return in_order(values, NAMES)


def test_a_bend_counts_from_where_it_begins() -> None:
    model = bent(-1.0, 5.0, length=1.0)
    rows = np.stack([row(unit_cover=1.0, length=at) for at in (3.0, 4.0, 4.5)])
    assert model.scores(rows).tolist() == [1.0, 1.0, 3.5]


def test_what_a_feature_adds_is_told_with_the_bends_that_have_begun() -> None:
    model = bent(-1.0, 5.0, length=1.0)
    before, behind = (model.parts(row(unit_cover=1.0, length=at)) for at in (3.5, 5.0))
    assert (before["unit_cover"], before["length"], before[BENDS]) == (1.0, 0.0, 0.0)
    assert (behind["unit_cover"], behind["length"], behind[BENDS]) == (1.0, 10.0, -5.0)


def test_without_a_feature_every_sentence_is_as_usual_in_it() -> None:
    model = bent(-1.0, 5.0, length=1.0, unit_cover=1.0).without("length")
    rows = np.stack([row(unit_cover=2.0, length=at) for at in (0.0, 9.0)])
    assert model.scores(rows).tolist() == [5.5, 5.5]


def test_confidence_falls_where_nothing_resembles_the_question() -> None:
    ranker, refusal = load_ranker(), load_refusal()
    found = []
    for unit in (ANSWER, NEAR, FAR):
        table = feature_table(asked(QUESTION), [passage(unit, question=QUESTION)])
        values = doubts(table, ranker.scores(table), None, refusal.unread)
        found.append((refusal.held.of(values), refusal.said.of(values)))
    assert found == sorted(found, reverse=True)
    near, far = (held * said for held, said in (found[0], found[2]))
    assert near > 1.5 * far
