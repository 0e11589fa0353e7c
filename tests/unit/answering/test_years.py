"""The years asked of: single ones, financial ones, those that limit already, and open ends."""

from datetime import date

import pytest

from qa_service.answering.years import within_years, years_asked, years_in_words
from qa_service.domain.answers import Filters
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import date_mentions


def reading(text: str, filters: Filters | None = None) -> Reading:
    mentions = tuple(date_mentions(text, date(2024, 5, 10)))
    return Reading(text, text, "", Intent.NUMBER, filters or Filters(), None, mentions=mentions)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("How many were held in 2022?", [{2022}]),
        ("How many were held in 2019/20?", [{2019, 2020}]),
        ("Did it fall between 2019 and 2021?", [{2019}, {2021}]),
        ("How many since 2019?", []),
        ("How many in 2019, and how many by the winter?", []),
        ("How many are held?", []),
        ("I moved here in 2006. How many were held in 2022?", [{2022}]),
        ("Our allotment was let in 2006. Who may have one?", []),
    ],
)
def test_the_years_that_a_question_names(text: str, years: list[set[int]]) -> None:
    assert years_asked(reading(text)) == years


def test_a_year_that_already_limits_the_meetings_is_not_asked_again() -> None:
    limits = Filters(held_from=date(2023, 9, 1), held_to=date(2023, 9, 30))
    assert years_asked(reading("What did the panel hear in September 2023?", limits)) == []


def test_the_meetings_of_a_year_asked_of_are_searched_by_themselves() -> None:
    (limits,) = within_years(reading("How many were held in 2019/20?"), Filters(bodies=frozenset({"Panel"})))
    assert (limits.held_from, limits.held_to) == (date(2019, 1, 1), date(2020, 12, 31))
    assert limits.bodies == {"Panel"}
    assert within_years(reading("How many are held?"), Filters()) == []
    limited = Filters(held_from=date(2023, 1, 1))
    assert within_years(reading("How many were held in 2022?"), limited) == []


def test_years_are_written_as_they_are_asked() -> None:
    assert years_in_words([frozenset({2019, 2020}), frozenset({2022})]) == "2019/20 or 2022"
