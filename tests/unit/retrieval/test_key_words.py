"""Which key words stand for a question, which one, and what is left as it was typed."""

import pytest

from qa_service.domain.answers import Question
from qa_service.retrieval.key_words import are_key_words, in_full, plain_question
from qa_service.store.catalogue import Catalogue

PLACES = ("Ashmere County Council", "Ashmere")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("next meeting mill board", "When is the next meeting of the mill board?"),
        ("mill board next meeting", "When is the next meeting of the mill board?"),
        ("date of next meeting", "When is the next meeting?"),
        ("weir report decision", "What was decided on weir report?"),
        ("outcome of the weir review", "What was decided on weir review?"),
        ("decisions cabinet 12 october 2023", "What did the cabinet decide on 12 October 2023?"),
        ("cabinet agreed ferry fares May 2024", "What did cabinet decide on ferry fares in May 2024?"),
        ("Ashmere decided ferry fares", "What did Ashmere decide on ferry fares?"),
        ("what decided ferry fares", "What was decided on ferry fares?"),
        ("weir repair approved", "Was weir repair approved?"),
        (
            "ferry fares decision October 2023 - May 2024",
            "What was decided on ferry fares between October 2023 and May 2024?",
        ),
        ("apologies October 2020", "Who sent apologies in October 2020?"),
        ("apologies mill board march", "Who sent apologies for the mill board in March?"),
        ("attendance mill board 3 May 2021", "Who attended the mill board on 3 May 2021?"),
        ("who attended june", "Who attended in June?"),
        ("vote solar farm", "What was the result of the vote on solar farm?"),
        ("ferry fares vote", "What was the result of the vote on ferry fares?"),
        ("votes against the budget", "Who voted against budget?"),
        ("chair mill board", "Who is the chair of the mill board?"),
        ("mill board vice-chair May 2021", "Who was the vice-chair of the mill board in May 2021?"),
        ("clerk of the council", "Who is the clerk of the council?"),
        ("director of finance", "Who is the director of finance?"),
        ("weir manager", "Who is the weir manager?"),
        ("cost of new roof", "What is the cost of new roof?"),
        ("play area cost?", "What is the cost of play area?"),
        ("weir budget", "What is the weir budget?"),
        ("number of foster carers", "What is the number of foster carers?"),
        ("percentage of lamps mended", "What percentage of lamps mended?"),
        ("reasons for the refusal", "What was the reason for refusal?"),
        ("deadline for comments", "What is the deadline for comments?"),
        ("recommendations weir", "What was recommended on weir?"),
        ("promises Weir Lane", "What was promised on Weir Lane?"),
        ("actions from last meeting", "What actions were agreed at the last meeting?"),
        ("declarations of interest march", "Who declared an interest in March?"),
        ("declaration of interest Cllr Quill", "What interests did Cllr Quill declare?"),
        ("agenda mill board May 2021", "What was on the agenda of the mill board in May 2021?"),
        ("minutes cabinet 12 October 2023", "What happened at the cabinet on 12 October 2023?"),
        (
            "Cabinet's minutes 12 October 2023 confirmed",
            "Were the minutes of the Cabinet of 12 October 2023 confirmed?",
        ),
    ],
)
def test_a_noun_that_asks_is_put_as_a_question(typed: str, meant: str) -> None:
    assert plain_question(typed, PLACES) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "What was decided about the weir?",
        "Who chaired the mill board?",
        "Who attended in June?",
        "who got the seat on the lido board",
        "how many potholes were repaired",
        "Was the library closed?",
        "Tell me the decision on the weir",
        "List the decisions on parking",
        "Name the clerk",
        "The board agreed the report",
        "Cabinet agreed the budget on 12 October 2023",
        "council agreed to sell land",
        "The library was closed. Cost of the roof",
        "and the cost of the roof",
        "solar farm",
        "library opening hours",
        "minutes",
        "decision",
        "school attendance",
        "chair lift repairs",
        "decision making process",
        "record of decisions",
        "cost of living crisis",
        "director of public health annual report",
        "ferry budget 2021",
        "health outcomes",
        "cost of the roof if it is mended",
        "who voted for the budget",
        "Any proposals thrown out in February 2024?",
        "what became of the library decision",
    ],
)
def test_a_question_a_statement_and_a_bare_subject_stay_as_they_were_typed(typed: str) -> None:
    assert plain_question(typed, PLACES) == typed


@pytest.mark.parametrize("typed", ["ferry fares since May 2021 decision", "decision march through town"])
def test_a_month_that_is_no_meeting_s_stays_in_its_place(typed: str) -> None:
    assert plain_question(typed).startswith("What was decided on ")
    assert " in " not in plain_question(typed)


def test_only_a_few_words_without_a_verb_are_key_words() -> None:
    assert are_key_words("ferry fares")
    assert are_key_words("IT budget")
    assert not are_key_words("ferry fares were raised")
    assert not are_key_words(" ".join(["ferry"] * 15))
    assert not are_key_words("who got the seat")
    assert not are_key_words("?")


def test_a_body_gets_back_the_small_words_of_its_name() -> None:
    catalogue = Catalogue(1, (), ((None, "Highways and Flood Risk Committee"),), (), {})

    read = in_full(Question("attendance highways flood risk committee"), catalogue)
    asked = in_full(Question("Who is on the highways flood risk committee?"), catalogue)

    assert read.text == "Who attended the Highways and Flood Risk Committee?"
    assert asked.text == "Who is on the highways flood risk committee?"
