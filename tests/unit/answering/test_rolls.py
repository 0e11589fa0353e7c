import pytest

from qa_service.answering.rolls import _names


@pytest.mark.parametrize(
    ("asked", "on_the_roll", "same"),
    [
        ("Was Lavinia Rook there?", "Councillor L Rook", True),
        ("Was Lavinia Rook there?", "Councillor Lavinia Rook", True),
        ("Was Lavinia Rook there?", "Councillor M Rook", False),
        ("Was Councillor Rook there?", "Councillor M Rook", True),
        ("Was Lavinia Rook there?", "Councillor L Rookley", False),
    ],
)
def test_a_first_name_is_met_by_its_initial(asked: str, on_the_roll: str, same: bool) -> None:  # noqa: FBT001 - a case's outcome
    assert _names(asked, on_the_roll) is same
