"""Which clauses of a decision a name in the question calls for."""

import pytest

from qa_service.answering.clauses import _called_by_name
from tests.unit.answering.weighing_cases import asked

CLAUSES = ["slow lanes at all villages", "Upper Ebb be looked at again", "none on the Harbour Road"]


@pytest.mark.parametrize(
    ("topic", "known", "called"),
    [
        ("slow lanes at Upper Ebb", "Slow lanes", [1]),
        ("slow lanes at Ebb", "Slow lanes", [1]),
        ("slow lanes at Upper Marle", "Slow lanes", []),  # half of a name
        ("slow lanes at Upper Ebb", "Slow lanes at Upper Ebb", []),  # the title's own
        ("lanes for Marle", "Slow lanes", []),
    ],
)
def test_a_clause_that_holds_a_whole_name_is_called(topic: str, known: str, called: list[int]) -> None:
    assert _called_by_name(CLAUSES, known, asked(topic)) == called
