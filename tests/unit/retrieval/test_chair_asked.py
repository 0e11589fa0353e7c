"""Whether a question asks who was in the chair, and whether who stayed away is a question of the roll."""

import pytest

from qa_service.retrieval.chair_asked import asks_who_chaired
from qa_service.retrieval.intents import Intent, intent_of


@pytest.mark.parametrize(
    "text",
    [
        "Who chaired the panel in May?",
        "Who was in the chair?",
        "Who ran the panel meeting in October 2020?",
        "Who was running the meeting?",
        "Who led the ferry board's May meeting?",
        "Who presided over the panel in May 2021?",
        "Who was in charge of the meeting on 4 May?",
        "Who headed the committee on 4 May?",
    ],
)
def test_whoever_ran_a_meeting_chaired_it(text: str) -> None:
    assert asks_who_chaired(text)
    assert intent_of(text) is Intent.ATTENDANCE


@pytest.mark.parametrize(
    "text",
    [
        "Who ran the ferry service?",
        "Who leads the review of ferries?",
        "Who is in charge of libraries?",
        "Who runs the panel of experts?",
        "Who led the committee's review?",
        "Who runs the meeting rooms?",
    ],
)
def test_whoever_runs_a_service_chairs_nothing(text: str) -> None:
    assert not asks_who_chaired(text)
    assert intent_of(text) is Intent.PERSON


@pytest.mark.parametrize(
    "text",
    [
        "Did anybody miss the panel on 9 February 2021?",
        "Who couldn't make it to the board in May?",
        "Who was away?",
        "Who skipped the ferry board in May?",
        "Who wasn't at the panel in May?",
        "Was anyone missing in May?",
        "Which members stayed away from the meeting in May?",
        "And who missed it?",
    ],
)
def test_whoever_missed_a_meeting_is_asked_of_its_roll(text: str) -> None:
    assert intent_of(text) is Intent.ATTENDANCE


@pytest.mark.parametrize(
    "text",
    [
        "Did the panel miss its target?",
        "Did schools miss the committee deadline?",
        "Which bins were missed in May?",
        "How many children were away from home?",
        "Did members skip that in the budget?",
    ],
)
def test_what_else_is_missed_is_no_question_of_the_roll(text: str) -> None:
    assert intent_of(text) is not Intent.ATTENDANCE
