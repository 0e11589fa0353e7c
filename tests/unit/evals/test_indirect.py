"""Indirect order where a rule is sure of it; else the question as it was."""

import pytest

from evals.indirect import indirect, past


@pytest.mark.parametrize(
    ("direct", "turned"),
    [
        ("When was the bridge mended?", "when the bridge was mended"),
        ("Where was the revised plan put on show?", "where the revised plan was put on show"),
        ("When is the next meeting of the Panel?", "when the next meeting of the Panel is"),
        ("What is the fee for an evening by the quay?", "what the fee for an evening by the quay is"),
        ("What was decided about parking?", "what was decided about parking"),
        ("How big is the overspend expected to be?", "how big the overspend is expected to be"),
        ("How many runs were there in May?", "how many runs there were in May"),
        ("How hard is it to park?", "how hard it is to park"),
        ("How big is the Panel's expected overspend?", "how big the Panel's expected overspend is"),
        ("Where is the old shed of the park?", "where the old shed of the park is"),
        ("Which streets were in the report?", "which streets were in the report"),
        ("How many fires were there?", "how many fires there were"),
        ("How long was the bridge closed?", "how long the bridge was closed"),
        ("What is the council asked to do?", "what the council is asked to do"),
        ("Who was there?", "who was there"),
        ("Who chaired the Panel?", "who chaired the Panel"),
        ("What did the Parks and Open Spaces Panel decide?", "what the Parks and Open Spaces Panel decided"),
        ("What did officers do about it?", "what officers did about it"),
        ("When did the children's board first meet?", "when the children's board first met"),
        ("Did Northmoor's Executive defer the plan?", "whether Northmoor's Executive deferred the plan"),
        ("Was the quarry given its permit?", "whether the quarry was given its permit"),
        ("Is Northmoor Library to be shut?", "whether Northmoor Library is to be shut"),
        ("Has the Schools Forum agreed to it?", "whether the Schools Forum has agreed to it"),
        ("Will members vote on it?", "whether members will vote on it"),
    ],
)
def test_a_question_is_turned(direct: str, turned: str) -> None:
    assert indirect(direct) == f"Do you know {turned}?"


@pytest.mark.parametrize(
    "text",
    [
        "When did the overspend forecast change?",  # whose subject nobody listed
        "Did the Northmoor youth hub open?",  # a noun after a name
        "Has the Northmoor youth hub opened?",
        "Did Northmoor's charge rise?",
        "What was the amount agreed by the Panel?",  # the amount that was agreed, or what it was agreed as
        "When was the plan agreed by the Panel put on show?",
        "Where was the Chair meaning to go?",
        "What is the fee once the hour ends?",
        "What is the report on care about?",
        "How old was the oldest member fined?",
        "What is parking like?",
        "Which of the streets that flooded did they mend?",
        "After the storm, what did they mend?",
        "Which of the many streets in town did they mend?",
        "Is the library open, or was it shut?",
        "When did it open, and was that on time?",
        "How long is the wait once the limit has gone by?",
        "By how much did the fee rise?",
        "What about parking?",
        "Why hasn't it opened?",
        "Was the Chair in the room?",
        "Name the streets.",
        "What shows that it is the plan agreed by the Panel?",
        "How big is the gap it has left?",
        "Where?",
        "What was?",
    ],
)
def test_where_no_rule_is_sure_the_question_stays(text: str) -> None:
    assert indirect(text) == text


@pytest.mark.parametrize(
    ("base", "wanted"),
    [
        ("agree", "agreed"),
        ("carry", "carried"),
        ("delay", "delayed"),
        ("plan", "planned"),
        ("hear", "heard"),
        ("award", "awarded"),
    ],
)
def test_a_verb_is_put_into_the_past(base: str, wanted: str) -> None:
    assert past(base) == wanted
