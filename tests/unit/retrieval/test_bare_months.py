"""Months without a year, where a change between two times is asked of, or a meeting is named by one."""

from datetime import date

import pytest

from qa_service.retrieval.bare_months import with_bare_months
from qa_service.retrieval.question_dates import date_mentions

TODAY = date(2024, 5, 10)
HELD = [date(2021, 10, 5), date(2022, 1, 11), date(2022, 10, 4), date(2023, 1, 10), date(2024, 1, 9)]


def stretches(text: str) -> list[tuple[date | None, date | None]]:
    mentions = with_bare_months(text, tuple(date_mentions(text, TODAY)), lambda: HELD)
    return [(each.first, each.last) for each in mentions]


@pytest.mark.parametrize(
    "text",
    [
        "Did the fares rise or fall between October and January?",
        "Did the fares go up between the October and January meetings?",
    ],
)
def test_two_months_are_the_last_ones_that_a_winter_of_meetings_began_and_ended(text: str) -> None:
    assert stretches(text) == [(date(2022, 10, 1), date(2023, 1, 31))]


def test_a_month_beside_a_dated_one_is_the_nearest_on_its_side() -> None:
    before = stretches("How do the fares of January 2022 compare with October?")
    assert before == [(date(2022, 1, 1), date(2022, 1, 31)), (date(2021, 10, 1), date(2021, 10, 31))]
    after = stretches("How did the fares change in October 2021 and in January?")
    assert after[-1] == (date(2022, 1, 1), date(2022, 1, 31))


@pytest.mark.parametrize(
    "text",
    [
        "What was decided between October and January?",
        "Did the fares go up between June and July?",
        "Did the fares go up in May?",
        "Has the fare that may rise in march gone up?",
    ],
)
def test_other_months_without_a_year_stay_unread(text: str) -> None:
    assert stretches(text) == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("What did Cabinet decide in January?", date(2024, 1, 1), date(2024, 1, 31)),
        ("What was said at the meeting of 4th October?", date(2022, 10, 4), date(2022, 10, 4)),
        ("What came of the 11 January Cabinet?", date(2022, 1, 11), date(2022, 1, 11)),
        ("What was agreed at the October meeting?", date(2022, 10, 1), date(2022, 10, 31)),
    ],
)
def test_a_meeting_named_by_a_month_or_day_is_the_last_one_held_then(
    text: str, first: date, last: date
) -> None:
    assert stretches(text) == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "What did Cabinet decide in June?",
        "Did Cabinet agree to let the moorings in January?",
        "Will the fares go up in January?",
        "What was decided at the meeting on 12 January?",
    ],
)
def test_a_month_that_is_no_meetings_stays_unread(text: str) -> None:
    assert stretches(text) == []
