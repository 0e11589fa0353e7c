"""The model that ships: whole, and right where anyone would be."""

import numpy as np
import pytest

from qa_service.answering.doubt import HELD_BY, SAID_BY, doubts
from qa_service.answering.features import NAMES, feature_table
from qa_service.answering.ranker import PASSAGE_NAMES, load_ranker, passage_table
from qa_service.answering.refusal import load_refusal
from tests.unit.answering.weighing_cases import asked, passage

QUESTION = "How much does the wooden bridge at Ebbfold cost?"
ANSWER, NEAR, FAR = "The wooden bridge at Ebbfold costs £4.", "The wooden bridge is wet.", "Fog came."


def best(question: str, *units: str) -> str:
    made = feature_table(asked(question), [passage(*units, question=question)])
    return units[int(np.argmax(load_ranker().scores(made)))]


def test_every_weight_that_ships_is_of_a_number_that_is_worked_out() -> None:
    ranker, refusal = load_ranker(), load_refusal()
    assert set(ranker.weights) == set(NAMES)
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
