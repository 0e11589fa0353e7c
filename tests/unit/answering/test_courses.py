"""What was told at several meetings of one thing: the sum that was set, and not what names it in passing."""

from dataclasses import replace
from datetime import date

import numpy as np

from qa_service.answering.courses import over_meetings
from qa_service.answering.drafts import OVERTAKEN, QUOTE, Draft
from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from tests.unit.answering.weighing_cases import asked, weighed

AGREED = "It was proposed by A Reed and agreed that the toll be raised to £{}."
IN_PASSING = "The bank held £{}, which included the toll."


def unit(text: str, held_on: date, score: float, title: str) -> WeighedUnit:
    (found,) = weighed([text], [UnitKind.SENTENCE], [score])
    segment = replace(found.passage.segment, held_on=held_on, item_title=title)
    vectors = np.ones((1, 2), dtype=np.float32) / np.sqrt(np.float32(2))
    passage = replace(found.passage, segment=segment, document_id=text, unit_vectors=vectors)
    return replace(found, candidate=replace(found.candidate, passage=passage))


def told(question: str, topic: str, *units: WeighedUnit) -> list[tuple[str, str]]:
    """The templates and documents of what is told, where the first of the units would be quoted alone."""
    reading = Reading(question, question, topic, Intent.FACT, Filters(), None, own=question)
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    found = Weighed(units, table, np.zeros(0, dtype=np.float32), asked(question), ())
    first = Draft(units[0].passage.document_id, units[0].unit.spans, units[0].score)
    return [(each.template, each.document_id) for each in over_meetings(reading, found, [first])]


def test_the_sum_that_was_set_last_overtakes_the_one_set_before() -> None:
    found = told(
        "What is the toll now?",
        "toll now",
        unit(IN_PASSING.format(920), date(2018, 9, 12), 2.0, "Accounts"),
        unit(AGREED.format(40), date(2016, 1, 13), 1.9, "Toll to be set"),
        unit(AGREED.format(50), date(2017, 1, 11), 1.8, "Toll"),
        unit(AGREED.format(60), date(2018, 1, 10), 1.7, "To agree the toll"),
        unit(IN_PASSING.format(880), date(2017, 9, 13), 1.0, "Accounts"),
    )
    assert found == [(QUOTE, AGREED.format(60)), (OVERTAKEN, AGREED.format(50))]


def test_the_newest_line_of_one_form_answers_where_nothing_is_sure_to_be_overtaken() -> None:
    lines = [f"i) A Reed, Warden’s Wage {year}, £{sum_}.00" for year, sum_ in ((2015, 375), (2019, 450))]
    hall = "ii) Hire of Hall 2020, £42.00"
    found = told(
        "How much does the ferry’s head warden get paid now?",
        "ferry’s head warden get paid now",
        unit(lines[0], date(2015, 11, 11), 2.0, "Accounts"),
        unit(lines[1], date(2019, 9, 11), 1.0, "Accounts"),
        unit(hall, date(2020, 1, 8), 1.5, "Accounts"),
    )
    assert found == [(QUOTE, lines[1])]


def test_the_payment_of_another_month_is_not_said_to_be_overtaken() -> None:
    lines = ["i) Hall, April and May 2019, £49.00", "ii) Hall, July 2019, £38.00"]
    days = (date(2019, 6, 12), date(2019, 8, 14))
    units = (unit(line, day, 1.0, "Accounts") for line, day in zip(lines, days, strict=True))
    assert told("How much is the hall now?", "hall now", *units) == [(QUOTE, lines[1])]
