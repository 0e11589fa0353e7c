"""The years asked of: single ones, financial ones, those that limit already, and open ends."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from qa_service.answering.features import feature_table
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.answering.years import of_years, within_years, years_asked, years_in_words
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import date_mentions, relative_year
from tests.unit.answering.weighing_cases import asked as signals_asked
from tests.unit.answering.weighing_cases import weighed


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


OTTERS = (
    "The river was counted in 2019 and in 2021.",
    "In 2021 there were 40 otters.",
    "In 2019 there were 12 otters.",
    "Otters are shy.",
)
OF_2019 = [frozenset({2019})]


def told_of_years(units: list[WeighedUnit], asked: list[frozenset[int]]) -> list[str]:
    """Return the sentences that stay where years are asked of; a weighing is known by its units alone."""
    empty = np.zeros(0, dtype=np.float32)
    table = feature_table(signals_asked("otters"), [])
    held = Weighed(tuple(units), table, empty, signals_asked("otters"), ())
    return [each.text for each in of_years(held, asked).units]


def test_a_sentence_of_another_year_does_not_tell_of_the_year_that_its_neighbour_names() -> None:
    units = weighed(OTTERS, (UnitKind.SENTENCE,) * 4, (4.0, 3.0, 2.0, 1.0))
    assert told_of_years(units, OF_2019) == [OTTERS[0], OTTERS[2], OTTERS[3]]
    assert told_of_years(units, []) == list(OTTERS)
    assert told_of_years(units, [frozenset({2017})]) == []


@pytest.mark.parametrize(("title", "header"), [("Count", "Otters in 2019"), ("Count of 2019", "Otters")])
def test_all_of_a_passage_is_of_the_year_that_heads_it(title: str, header: str) -> None:
    units = [
        replace(
            each,
            candidate=replace(each.candidate, passage=replace(each.passage, title=title, header=header)),
        )
        for each in weighed(OTTERS, (UnitKind.SENTENCE,) * 4, (4.0, 3.0, 2.0, 1.0))
    ]
    assert told_of_years(units, OF_2019) == list(OTTERS)


@pytest.mark.parametrize(
    ("second", "score", "first"),
    [
        ("In 2019 there were 12 otters.", 3.5, "second"),
        ("In 2019 there were 12 otters.", 2.5, "best"),
        ("In 2019 the otters were shy.", 3.5, "best"),
        ("Of otters there were 12.", 3.5, "best"),
    ],
)
def test_what_a_year_was_told_of_the_next_stands_behind_what_names_it(
    second: str, score: float, first: str
) -> None:
    best = "For 2020 there shall be 40 otters."
    units = [
        replace(each, candidate=replace(each.candidate, passage=replace(each.passage, title="Count of 2019")))
        for each in weighed((best, second), (UnitKind.SENTENCE,) * 2, (4.0, score))
    ]
    assert told_of_years(units, OF_2019)[0] == (second if first == "second" else best)


def test_a_year_named_without_its_number_is_asked_of_too() -> None:
    text = "How many otters came last year?"
    mention = relative_year(text, date(2024, 5, 10))
    assert mention is not None
    named = Reading(text, text, "", Intent.NUMBER, Filters(), None, mentions=(mention,))
    assert years_asked(named) == [frozenset({2023})]
