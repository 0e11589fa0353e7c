"""Whether a question asks how a thing stood at several times."""

import pytest

from qa_service.retrieval.over_time import (
    OverTime,
    compared_with_before,
    compares,
    names_second_time,
    over_time,
    without_change,
)


@pytest.mark.parametrize(
    "text",
    [
        "What is the latest estimate for the harbour wall?",
        "Is the bridge still expected to cost £4 million?",
        "How many foster carers are there now?",
        "How many vacancies, at last count?",
        "As things stand, how many vacancies are there?",
        "What is the up-to-date number of vacancies?",
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
        "Were there more vacancies in May 2022 than the autumn before?",
        "Are more people waiting than two years ago?",
        "Was the estimate higher in May 2022 than in July 2021?",
        "Did the queue get longer or shorter?",
        "Has the ferry become busier since 2019?",
        "How did the estimate of May 2022 compare with that of July 2023?",
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
        "Is the charge higher than in Dunmouth?",
        "Were there more than 20 vacancies?",
    ],
)
def test_one_time_is_asked_for(text: str) -> None:
    assert over_time(text) is None


def test_a_second_time_may_be_named_without_its_year() -> None:
    assert names_second_time("How many in May 2022, and how many by the autumn?")
    assert not names_second_time("How many in May 2022, and how many of them in Dunmouth?")


def test_what_is_compared_with_stands_behind_than() -> None:
    text = "Were there more vacancies in May 2022 than the autumn before?"
    assert compared_with_before(text) == text.index("than")
    assert compared_with_before("Were there more than 20 vacancies?") is None


def test_a_comparison_may_be_of_another_place() -> None:
    assert compares("Was Dunmouth slower than its neighbours?")
    assert not compares("How many vacancies were there in Dunmouth?")


def test_what_is_left_of_a_change_names_its_subject() -> None:
    assert without_change("has the network grown between the 2021 and 2023 reports").split() == [
        "has", "the", "network", "the", "and",
    ]  # fmt: skip
