"""Whether a question asks how a thing stood at several times."""

import pytest

from qa_service.retrieval.over_time import OverTime, names_second_time, over_time


@pytest.mark.parametrize(
    "text",
    [
        "What is the latest estimate for the harbour wall?",
        "Is the bridge still expected to cost £4 million?",
        "How many foster carers are there now?",
        "How many vacancies, at last count?",
    ],
)
def test_the_newest_word_is_asked_for(text: str) -> None:
    assert over_time(text) is OverTime.NEWEST


@pytest.mark.parametrize(
    "text",
    [
        "How has the estimate for the harbour wall changed since May 2022?",
        "Did the number of vacancies go up or down?",
        "How many vacancies were there in May 2022, and how many by the autumn?",
        "What was the waiting time between May 2022 and July 2023?",
        "How did the first estimate compare with the last?",
    ],
)
def test_a_change_is_asked_for(text: str) -> None:
    assert over_time(text) is OverTime.CHANGE


@pytest.mark.parametrize(
    "text",
    [
        "What did the report say of the harbour wall?",
        "How many vacancies were there in May 2022?",
        "Who is the chairman?",
        "Was the fee of £40 agreed?",
        "How did Dunmouth compare with its neighbours?",
        "Is the charge higher than that of other councils?",
    ],
)
def test_one_time_is_asked_for(text: str) -> None:
    assert over_time(text) is None


def test_a_second_time_may_be_named_without_its_year() -> None:
    assert names_second_time("How many in May 2022, and how many by the autumn?")
    assert not names_second_time("How many in May 2022, and how many of them in Dunmouth?")
