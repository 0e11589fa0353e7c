"""What was told at the time asked of goes first only where it holds what is asked for."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.told_when import told_when_asked
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import date_mentions
from tests.unit.answering.weighing_cases import asked, weighed

QUESTION = "What share of the boats was mended between October and December 2023?"
LATER = "Of the boats 94% were mended."


def unit(text: str, score: float, held_on: date) -> WeighedUnit:
    (found,) = weighed([text], [UnitKind.SENTENCE], [score])
    segment = replace(found.passage.segment, held_on=held_on)
    vectors = np.ones((1, 2), dtype=np.float32) / np.sqrt(np.float32(2))
    passage = replace(found.passage, segment=segment, unit_vectors=vectors)
    return replace(found, candidate=replace(found.candidate, passage=passage))


@pytest.mark.parametrize(
    ("told_then", "goes_first"),
    [
        ("In these weeks 88% of the boats were mended.", True),
        ("The menders of the boats were thanked.", False),
    ],
)
def test_of_the_time_asked_of_a_sentence_without_what_is_demanded_passes_nothing_over(
    told_then: str, *, goes_first: bool
) -> None:
    units = (unit(LATER, 1.0, date(2024, 3, 4)), unit(told_then, 0.2, date(2023, 11, 19)))
    mentions = tuple(date_mentions(QUESTION, date(2024, 5, 10)))
    reading = Reading(QUESTION, QUESTION, "", Intent.NUMBER, Filters(), None, mentions=mentions, own=QUESTION)
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    found = told_when_asked(
        reading, Weighed(units, table, np.zeros(0, dtype=np.float32), asked(QUESTION), ())
    )
    assert [each.text for each in found.units] == ([told_then] if goes_first else [LATER, told_then])


@pytest.mark.parametrize(
    ("second", "goes_first"),
    [("Harbourbank dated 01/09/2023, £10,987", True), ("Harbourbank dated 01/08/2023, £10,987", False)],
)
def test_of_lines_of_one_form_that_of_the_month_asked_of_goes_first(second: str, *, goes_first: bool) -> None:
    question = "What was in the bank in September 2023?"
    first, day = "Harbourbank dated 01/07/2023, £8,922", date(2023, 9, 9)
    units = (unit(first, 1.7, day), unit(second, 0.9, day))
    mentions = tuple(date_mentions(question, date(2024, 5, 10)))
    reading = Reading(question, question, "", Intent.FACT, Filters(), None, mentions=mentions, own=question)
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    found = told_when_asked(
        reading, Weighed(units, table, np.zeros(0, dtype=np.float32), asked(question), ())
    )
    assert [each.text for each in found.units] == ([second, first] if goes_first else [first, second])
