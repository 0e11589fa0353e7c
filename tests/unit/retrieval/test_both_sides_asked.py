"""Whether what was recommended is asked for beside what was decided."""

import pytest

from qa_service.retrieval.intents import Intent, asks_both_sides, intent_of


@pytest.mark.parametrize(
    "text",
    [
        "What changed between the report and the resolution on the ferry?",
        "How does the decision on the ferry differ from what officers had proposed?",
        "Did Cabinet go against the advice on the ferry?",
        "Was the recommendation on the ferry accepted by the committee?",
        "Was the ferry contract longer than officers had asked for?",
        "Did the ferry get less money than was recommended?",
    ],
)
def test_both_sides_are_asked_for(text: str) -> None:
    assert asks_both_sides(text)
    assert intent_of(text) is Intent.RESOLUTION


@pytest.mark.parametrize(
    "text",
    [
        "What did officers recommend on the ferry?",
        "What did Cabinet decide on the report about the ferry?",
        "What had the officers wanted instead?",
        "What changed between the draft minutes and the final ones in the officers' report?",
        "How many members followed the officers' advice?",
        "Was the ferry longer than the report said?",
    ],
)
def test_one_side_is_asked_for(text: str) -> None:
    assert not asks_both_sides(text)


@pytest.mark.parametrize(
    "text",
    [
        "What happened to the recommendation that the ferry be sold?",
        "Did the plan to sell the ferry go ahead?",
        "Was the idea of selling the ferry thrown out?",
        "Did the quarry get its permit in the end?",
        "Was the higher fare turned down?",
        "Is the ferry to be sold, or was that only ever proposed?",
        "Where do things stand with the ferry?",
        "What is the latest on the ferry?",
    ],
)
def test_what_became_of_a_matter_is_told_by_what_was_decided(text: str) -> None:
    assert intent_of(text) is Intent.RESOLUTION


@pytest.mark.parametrize(
    "text",
    [
        "What is the latest figure for the ferry?",
        "Where does the ferry stand at night?",
        "Is there a plan of the ferry?",
        "Was the ferry only built in 1990?",
    ],
)
def test_other_questions_ask_for_no_decision(text: str) -> None:
    assert intent_of(text) is not Intent.RESOLUTION
