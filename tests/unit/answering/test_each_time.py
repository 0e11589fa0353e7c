"""Two times named side by side: either is answered, or said to be without an answer."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from qa_service.answering.drafts import EARLIER, LATER, QUOTE
from qa_service.answering.each_time import Told, told_of_each_time
from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from tests.unit.answering.weighing_cases import asked, weighed

OLD = "It was agreed that the toll for 2016-17 remain £500."
NEW = "The toll of £800 for 2019-2020 has been received."


def unit(text: str, held_on: date, score: float = 1.0, council: str = "A", body: str = "B") -> WeighedUnit:
    (found,) = weighed([text], [UnitKind.SENTENCE], [score])
    segment = replace(found.passage.segment, held_on=held_on, council=council, body=body)
    passage = replace(
        found.passage, segment=segment, document_id=text, unit_vectors=np.ones((1, 2), dtype=np.float32)
    )
    return replace(found, candidate=replace(found.candidate, passage=passage))


def told(question: str, *units: WeighedUnit, intent: Intent = Intent.FACT) -> Told | None:
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    reading = Reading(question, question, "toll", intent, Filters(), None, own=question)
    return told_of_each_time(
        reading, Weighed(tuple(units), table, np.zeros(0, dtype=np.float32), asked(question), ())
    )


def said(question: str, *units: WeighedUnit) -> list[tuple[str, str]]:
    found = told(question, *units)
    assert found is not None
    return [(each.template, each.document_id) for each in found.drafts]


def test_either_financial_year_has_its_own_figure() -> None:
    units = unit(OLD, date(2016, 1, 13)), unit(NEW, date(2019, 2, 6))
    question = "What was the toll in 2016-17 and in 2019-20?"
    assert said(question, *units) == [(EARLIER, OLD), (LATER, NEW)]


def test_a_year_without_an_answer_is_named() -> None:
    found = told(
        "What was the toll in 2012/13 and in 2019/20?",
        unit(OLD, date(2016, 1, 13)),
        unit(NEW, date(2019, 2, 6)),
    )
    assert found is not None
    assert [(each.template, each.document_id) for each in found.drafts] == [(QUOTE, NEW)]
    assert found.notes == ["nothing that was found here tells this of 2012/13"]


def test_one_sentence_that_names_both_times_stands_alone() -> None:
    both = "The toll was £81.20 in July 2019 and £71.80 in July 2020."
    units = unit(both, date(2021, 2, 9)), unit("The toll was £60 in July 2020.", date(2020, 7, 1))
    assert said("What was the toll in July 2019 and in July 2020?", *units) == [(QUOTE, both)]


def test_what_a_meeting_of_the_month_was_told_is_of_that_month() -> None:
    then = unit("The toll stood at £62.", date(2023, 10, 12))
    later = unit("The toll has come down to £48.", date(2024, 1, 18))
    of_march = unit("The toll is £31.", date(2024, 3, 14), score=3.0)
    question = "What was the toll in October 2023 and in January 2024?"
    assert said(question, of_march, then, later) == [
        (EARLIER, then.passage.document_id),
        (LATER, later.passage.document_id),
    ]


def test_what_a_year_was_told_of_another_is_not_of_that_year() -> None:
    of_2017 = unit("The toll for 2017 is to be £225.", date(2016, 10, 25), score=3.0)
    of_2016 = unit("The toll for 2016 is to be £275.", date(2015, 10, 20))
    of_2025 = unit("The toll for 2025 is to be £280.", date(2024, 11, 12))
    found = said("What was the toll in 2016 and in 2025?", of_2017, of_2016, of_2025)
    assert [text for _, text in found] == [of_2016.passage.document_id, of_2025.passage.document_id]


def test_two_banks_are_not_set_side_by_side() -> None:
    of_one = unit("Harbourbank, toll held £171 in May 2017.", date(2017, 6, 14), score=2.0)
    of_other = unit("Saltbank, toll held £7,176 in May 2017.", date(2017, 6, 14), score=1.0)
    later = unit("Saltbank, toll held £9,299 in May 2018.", date(2018, 6, 14))
    found = said("What was the toll in May 2017 and in May 2018?", of_one, of_other, later)
    assert [text for _, text in found] == [of_other.passage.document_id, later.passage.document_id]


def test_figures_of_two_councils_are_not_set_side_by_side() -> None:
    units = unit(OLD, date(2016, 1, 13)), unit(NEW, date(2019, 2, 6), council="C")
    assert told("What was the toll in 2016-17 and in 2019-20?", *units) is None


@pytest.mark.parametrize(
    "question",
    [
        "What was the toll in 2016-17?",
        "What was the toll between 2016-17 and 2019-20?",
        "How has the toll changed in 2016-17 and 2019-20?",
    ],
)
def test_one_time_and_the_ends_of_a_stretch_are_asked_of_elsewhere(question: str) -> None:
    assert told(question, unit(OLD, date(2016, 1, 13)), unit(NEW, date(2019, 2, 6))) is None


def test_what_was_decided_at_two_times_is_no_figure() -> None:
    units = unit(OLD, date(2016, 1, 13)), unit(NEW, date(2019, 2, 6))
    question = "What was decided on the toll in 2016-17 and in 2019-20?"
    assert told(question, *units, intent=Intent.RESOLUTION) is None


def test_what_names_a_year_stands_before_what_was_told_in_it() -> None:
    of_2016 = unit("The toll for 2016 is to be £275.", date(2015, 10, 20))
    in_2016 = unit("The toll was spoken of at £9.", date(2016, 3, 1), score=3.0)
    of_2025 = unit("The toll for 2025 is to be £280.", date(2024, 11, 12))
    found = said("What was the toll in 2016 and in 2025?", in_2016, of_2016, of_2025)
    assert [text for _, text in found] == [of_2016.passage.document_id, of_2025.passage.document_id]


@pytest.mark.parametrize(("year", "missing"), [("2022", False), ("2021", True)])
def test_what_is_said_of_the_year_before_tells_of_that_year(year: str, *, missing: bool) -> None:
    told_then = unit("The toll was £271 in September 2023, against £288 a year earlier.", date(2024, 1, 23))
    found = told(f"What was the toll in {year} and in 2023?", told_then)
    assert found is not None
    assert bool(found.notes) is missing
