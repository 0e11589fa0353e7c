from datetime import date

import pytest

from qa_service.documents.due_dates import due_in, easter

MADE = date(2023, 9, 19)


@pytest.mark.parametrize(
    ("words", "written", "day"),
    [
        ("be sent to members by 31 October 2023", "by 31 October 2023", date(2023, 10, 31)),
        ("be held from 23 October to 1 December 2023;", "to 1 December 2023", date(2023, 12, 1)),
        ("be laid by 30 April 2024 and finished in the autumn", "by 30 April 2024", date(2024, 4, 30)),
        ("to the meeting of the Panel on 18 June 2024.", None, date(2024, 6, 18)),
        ("be launched by Easter 2024", "by Easter 2024", date(2024, 3, 31)),
        ("call there before Christmas", "before Christmas", date(2023, 12, 24)),
        ("report in the autumn", "in the autumn", date(2023, 11, 30)),
        ("report in the spring", "in the spring", date(2024, 5, 31)),
        ("answer by the end of the month", "by the end of the month", date(2023, 9, 30)),
        ("reply within ten working days", "within ten working days", date(2023, 10, 3)),
        ("return in six months with figures", "in six months", date(2024, 3, 19)),
        ("be finalised by March 2024", "by March 2024", date(2024, 3, 31)),
        ("come back when the owners had replied", "when the owners had replied", None),
    ],
)
def test_the_last_day_that_the_words_allow_is_when_a_thing_is_due(
    words: str, written: str | None, day: date | None
) -> None:
    due = due_in(words, 0, len(words), MADE, None)
    assert due is not None
    assert due.day == day
    assert written is None or due.span.of(words) == written


@pytest.mark.parametrize("words", ["the letter of 4 May 2022 be noted", "thank officers for their work"])
def test_a_day_that_is_past_and_words_without_a_day_are_not_due(words: str) -> None:
    assert due_in(words, 0, len(words), MADE, None) is None


def test_the_next_meeting_is_the_day_that_the_paper_prints_and_no_other() -> None:
    words = "come back to the next meeting of the Panel"
    printed = due_in(words, 0, len(words), MADE, date(2023, 11, 21))
    unprinted = due_in(words, 0, len(words), MADE, None)
    assert printed is not None
    assert printed.day == date(2023, 11, 21)
    assert unprinted is not None
    assert unprinted.day is None


def test_an_undated_paper_settles_no_year() -> None:
    words = "be rebuilt in the spring"
    due = due_in(words, 0, len(words), None, None)
    assert due is not None
    assert due.day is None


def test_easter_is_a_sunday_of_spring() -> None:
    days = [easter(year) for year in range(1900, 2100)]
    assert all(day.weekday() == 6 and date(day.year, 3, 22) <= day <= date(day.year, 4, 25) for day in days)
    assert easter(2025) == date(2025, 4, 20)
