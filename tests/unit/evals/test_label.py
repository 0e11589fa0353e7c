import json
from pathlib import Path

import pytest

from evals.datasets import load_gold
from evals.errors import BadDataset
from evals.jsonl import JsonObject, rows
from evals.label import add_gold, gold_from_feedback, unjudged
from evals.questions import question_from_row
from tests.unit.evals.papers import CHARGES, answered, citation, corpus, reply_with, topic

RIGHT = ("minutes.pdf", "RESOLVED: that the charges stay as they are until April 2025.")
MEMBERS = ("minutes.pdf", "The following members were present: Alder, Birch, Cedar.")
ROW: JsonObject = {
    "question": "What was resolved about charges?",
    "answerable": True,
    "evidence": [{"file": RIGHT[0], "quote": RIGHT[1], "page": 1}],
}


def feedback(verdict: str, **more: object) -> JsonObject:
    reply = reply_with(citation(corpus(), *RIGHT))
    request = {"question": "What was resolved?", "filters": {"council": ["N"], "body": []}}
    return {
        "answer_id": "a-1",
        "verdict": verdict,
        "comment": "as in the minutes",
        "request": json.dumps(request),
        "reply": json.dumps(reply),
        **more,
    }


def test_a_labelled_question_loads_as_gold(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    added = add_gold(path, ROW, corpus())
    questions = load_gold([path]).questions
    assert [question.qid for question in questions] == [added["qid"]]
    assert topic(questions[0]).evidence == topic(CHARGES).evidence


def test_a_quote_that_is_not_in_the_paper_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    wrong = ROW | {"evidence": [{"file": "minutes.pdf", "quote": "words nobody wrote"}]}
    with pytest.raises(BadDataset, match="is not in"):
        add_gold(path, wrong, corpus())
    assert not path.exists()


def test_an_id_is_not_used_twice(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    add_gold(path, ROW | {"qid": "a"}, corpus())
    with pytest.raises(BadDataset, match="used already"):
        add_gold(path, ROW | {"qid": "a"}, corpus())
    assert len(rows(path)) == 1


def test_an_answer_called_right_becomes_gold_with_its_citations() -> None:
    found = gold_from_feedback([feedback("right")])
    question = question_from_row("feedback", 1, found.settled[0])
    assert (question.answerable, question.standing, question.filters) == (
        True,
        "resolved",
        {"council": ["N"]},
    )
    assert topic(question).evidence == topic(CHARGES).evidence
    assert found.open == ()


def test_an_answer_that_should_have_been_a_refusal_becomes_unanswerable_gold() -> None:
    found = gold_from_feedback([feedback("should_have_refused")])
    question = question_from_row("feedback", 1, found.settled[0])
    assert question.answerable is False
    assert [quoted.quote for quoted in question.must_not_cite] == [RIGHT[1]]


@pytest.mark.parametrize("verdict", ["wrong", "incomplete", "should_have_answered"])
def test_what_feedback_does_not_settle_stays_open(verdict: str) -> None:
    found = gold_from_feedback([feedback(verdict)])
    assert found.settled == ()
    assert found.open[0]["question"] == "What was resolved?"


def test_feedback_without_its_reply_is_refused() -> None:
    with pytest.raises(BadDataset, match="line 1, field 'reply'"):
        gold_from_feedback([feedback("right") | {"reply": ""}])


def test_only_places_that_nobody_judged_are_given_out_to_judge() -> None:
    found = unjudged([answered(CHARGES, RIGHT, MEMBERS)])
    assert [(row["qid"], row["quote"], row["verdict"]) for row in found] == [("charges", MEMBERS[1], "")]
