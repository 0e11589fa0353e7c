"""A change between two times is told of one council: another's figure or plan is no later word of it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.two_ends import both_ends
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import date_mentions
from tests.unit.answering.weighing_cases import asked, weighed

QUESTION = "How did the ferry timetable change between 2021 and 2023?"
BEFORE, AFTER = "The ferry timetable was short.", "The ferry timetable is printed in two colours."


def unit(text: str, year: int, council: str) -> WeighedUnit:
    (found,) = weighed([text], [UnitKind.SENTENCE], [2.0])
    segment = replace(found.passage.segment, held_on=date(year, 5, 1), council=council)
    vectors = np.eye(2, dtype=np.float32)[[int(year > 2021)]]
    passage = replace(found.passage, segment=segment, document_id=text, unit_vectors=vectors)
    return replace(found, candidate=replace(found.candidate, passage=passage))


@pytest.mark.parametrize(("later", "told"), [("Ashmere", [BEFORE, AFTER]), ("Saxby", [])])
def test_both_ends_are_of_one_council(later: str, told: list[str]) -> None:
    mentions = tuple(date_mentions(QUESTION, date(2024, 1, 1)))
    reading = Reading(
        QUESTION, QUESTION, "ferry timetable", Intent.FACT, Filters(), None, own=QUESTION, mentions=mentions
    )
    units = (unit(BEFORE, 2021, "Ashmere"), unit(AFTER, 2023, later))
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    found = Weighed(units, table, np.zeros(0, dtype=np.float32), asked(QUESTION), ())
    assert [each.document_id for each in both_ends(reading, found)] == told
