"""Whom a question names with a title."""

import pytest

from qa_service.answering.votes import persons_named, without_voters


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("How did Mr Hale vote?", ("Hale",)),
        ("How did Councillor Ann Hale vote?", ("Hale",)),
        ("How did Sir Paul Tern vote?", ("Tern",)),
        ("How did Mr A. B. Hale vote?", ("Hale",)),
        ("How did Cllr Hale MBE vote?", ("Hale",)),
        ("What of Mrs O’Neil’s vote, and Dr Tern’s?", ("O’Neil", "Tern")),
        ("How did the members vote?", ()),
    ],
)
def test_persons_are_named_by_their_last_name(text: str, named: tuple[str, ...]) -> None:
    assert persons_named(text) == named


def test_neither_voters_nor_their_side_are_a_subject() -> None:
    text = "Did Sir Paul Tern vote against the first amendment on the pier?"
    assert without_voters("Sir Paul Tern against first amendment pier", text) == "first amendment pier"
