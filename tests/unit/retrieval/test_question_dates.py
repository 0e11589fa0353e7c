"""Dates in questions: English words, UK order."""

from datetime import date

import pytest

from qa_service.retrieval.question_dates import date_mentions, relative_year

TODAY = date(2024, 5, 10)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 9 February 2021", date(2021, 2, 9), date(2021, 2, 9)),
        ("on 9th Feb 2021", date(2021, 2, 9), date(2021, 2, 9)),
        ("on February 9, 2021", date(2021, 2, 9), date(2021, 2, 9)),
        ("on 03/04/2021", date(2021, 4, 3), date(2021, 4, 3)),
        ("in December 2020", date(2020, 12, 1), date(2020, 12, 31)),
        ("last February", date(2024, 2, 1), date(2024, 2, 29)),
        ("last June", date(2023, 6, 1), date(2023, 6, 30)),
        ("in 2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("since 2019", date(2019, 1, 1), None),
        ("before March 2022", None, date(2022, 2, 28)),
        ("after March 2022", date(2022, 4, 1), None),
        ("from March 2022", date(2022, 3, 1), None),
        ("from the March 2022 panel", date(2022, 3, 1), date(2022, 3, 31)),
        ("between October 2023 and January 2024", date(2023, 10, 1), date(2024, 1, 31)),
        ("between January and March 2024", date(2024, 1, 1), date(2024, 3, 31)),
        ("from November to February 2024", date(2023, 11, 1), date(2024, 2, 29)),
        ("between 2021 and 2022", date(2021, 1, 1), date(2022, 12, 31)),
        ("between the meetings of May 2022 and July 2023", date(2022, 5, 1), date(2023, 7, 31)),
        ("between the board's May 2022 meeting and its July 2023 one", date(2022, 5, 1), date(2023, 7, 31)),
        ("from the meeting in May 2022 to that of July 2023", date(2022, 5, 1), date(2023, 7, 31)),
        ("after May 2022 and before July 2023", date(2022, 6, 1), date(2023, 6, 30)),
        ("since May 2022 but before the end of 2023", date(2022, 5, 1), date(2023, 12, 31)),
        ("between 5 May and 3 July 2022", date(2022, 5, 5), date(2022, 7, 3)),
        ("from 20 November to 3 February 2022", date(2021, 11, 20), date(2022, 2, 3)),
        ("before the end of 2021", None, date(2021, 12, 31)),
        ("prior to the end of March 2022", None, date(2022, 3, 31)),
        ("before Christmas 2021", None, date(2021, 12, 24)),
        ("in the last three months of 2021", date(2021, 10, 1), date(2021, 12, 31)),
        ("in the first half of 2021", date(2021, 1, 1), date(2021, 6, 30)),
        ("in the second quarter of 2021", date(2021, 4, 1), date(2021, 6, 30)),
    ],
)
def test_a_date_is_read_as_the_stretch_of_days_that_it_means(
    text: str, first: date | None, last: date | None
) -> None:
    (mention,) = date_mentions(f"What was decided {text}?", TODAY)
    assert (mention.first, mention.last) == (first, last)


def test_two_dates_that_span_nothing_stay_two() -> None:
    assert len(list(date_mentions("What was said in May 2022 and in June 2023?", TODAY))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "What was agreed after May 2022 on the fares proposed before July 2021?",
        "Were the fares of May 2022 agreed and the new ones of July 2023?",
    ],
)
def test_two_dates_of_two_things_are_no_stretch(text: str) -> None:
    assert len(list(date_mentions(text, TODAY))) == 2


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    assert not [mention for mention in date_mentions("on 31 June 2021", TODAY) if mention.exact]


def test_a_financial_year_is_not_read_as_a_calendar_year() -> None:
    assert list(date_mentions("the report for 2022/23", TODAY)) == []


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("What was last year's toll?", 2023),
        ("What was decided this year?", 2024),
        ("How many came the previous year?", 2023),
        ("How many came in the last year?", None),
        ("What was last year of the plan to cost?", None),
        ("What was the toll?", None),
    ],
)
def test_a_year_named_by_the_day_of_asking_is_that_of_the_calendar(text: str, year: int | None) -> None:
    mention = relative_year(text, TODAY)
    found = None if mention is None else (mention.first, mention.last)
    assert found == (None if year is None else (date(year, 1, 1), date(year, 12, 31)))
