"""What tells how a thing stands, and what only wishes or proposes it."""

from dataclasses import replace

import numpy as np
import pytest

from qa_service.answering.states import counts, is_state, tells_the_same
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import asked, weighed


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        (
            "It was proposed by A, seconded by B and agreed that the toll should be raised to £40.",
            True,
        ),
        ("The fee is £115; it was proposed by A, seconded by B and agreed that this be paid.", True),
        ("It was proposed by A Reed and agreed to renew the lease at a rent of €236.", True),
        ("It was proposed by A Reed that the toll should be raised to £40.", False),
        ("It was agreed to recommend that the toll should be raised to £40.", False),
        ("It was proposed by A Reed and agreed that the ford should be dredged.", False),
    ],
)
def test_a_sum_stands_once_it_is_agreed(text: str, *, stands: bool) -> None:
    (unit,) = weighed([text], [UnitKind.SENTENCE], [1.0])
    assert is_state(unit, asked("What is the toll now?")) is stands


@pytest.mark.parametrize(
    ("text", "money"),
    [
        ("iv) Guild Membership, Chq No 305 236.00", True),
        ("Membership costs €236.", True),
        ("There were 236 members.", False),
        ("It is open 12.30 to 14.00 daily.", False),
    ],
)
def test_pounds_in_a_list_of_payments_bear_no_sign(text: str, *, money: bool) -> None:
    (unit,) = weighed([text], [UnitKind.SENTENCE], [1.0])
    assert counts(unit, asked("How much is the membership now?")) is money


def alike(text: str) -> WeighedUnit:
    (found,) = weighed([text], [UnitKind.SENTENCE], [1.0])
    vectors = np.ones((1, 2), dtype=np.float32) / np.sqrt(np.float32(2))
    return replace(
        found, candidate=replace(found.candidate, passage=replace(found.passage, unit_vectors=vectors))
    )


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("In spring 910 boats sailed, a fall of 5%.", True),
        ("In spring 40 otters sailed, a rise of 19%.", False),
    ],
)
def test_a_share_in_common_is_no_figure_of_one_thing(other: str, *, same: bool) -> None:
    first = alike("In spring 900 boats sailed, a fall of 6%.")
    assert tells_the_same(first, alike(other), asked("How many sailed?")) is same
