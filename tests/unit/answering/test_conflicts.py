"""Two figures are a conflict only where both are of one thing at one time."""

from dataclasses import replace
from datetime import date

import pytest

from qa_service.answering.conflicts import disagree
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed

ALLOWANCE = "The harbour warden’s yearly allowance {} is £{} for the ferry."


def unit(text: str, held_on: date) -> WeighedUnit:
    (found,) = weighed([text], [UnitKind.SENTENCE], [1.0])
    segment = replace(found.passage.segment, held_on=held_on)
    return replace(found, candidate=replace(found.candidate, passage=replace(found.passage, segment=segment)))


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        (ALLOWANCE.format("then", 220), ALLOWANCE.format("then", 200), True),
        (ALLOWANCE.format("for 2017/18", 220), ALLOWANCE.format("then", 200), False),
        (ALLOWANCE.format("for 2016/17", 220), ALLOWANCE.format("then", 200), True),
        (ALLOWANCE.format("(Chq No 12)", 220), ALLOWANCE.format("then", 200), False),
        (ALLOWANCE.format("on 01/02/2017", 220), ALLOWANCE.format("on 01/03/2017", 200), False),
    ],
)
def test_figures_of_other_times_and_payments_are_no_conflict(one: str, other: str, *, conflict: bool) -> None:
    assert disagree(unit(one, date(2017, 3, 10)), unit(other, date(2017, 1, 11))) is conflict
