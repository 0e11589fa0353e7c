"""The sides of a printed vote: labels in any of the usual forms, and all of the text in one piece each."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.documents.votes import fate_sentence, sides_in

PRINTED = """The Chairman put the motion to the vote.
For (2)
Councillors Ashe and Bray
Against (0)
Abstain: Councillor Cole
Motion carried."""


def test_the_sides_of_a_printed_vote_end_where_the_next_begins() -> None:
    pieces = [(side, PRINTED[start:end].strip()) for side, start, end in sides_in(PRINTED)]
    assert pieces == [
        (None, "The Chairman put the motion to the vote."),
        ("for", "For (2)\nCouncillors Ashe and Bray"),
        ("against", "Against (0)"),
        ("abstain", "Abstain: Councillor Cole"),
        (None, "Motion carried."),
    ]


def test_a_sentence_that_opens_with_for_is_no_side() -> None:
    assert sides_in("For this reason nobody voted.") == [(None, 0, 29)]


@given(st.lists(st.sampled_from([*PRINTED.splitlines(), "", "Names were taken."])).map("\n".join))
def test_the_pieces_are_all_of_the_text_in_order(text: str) -> None:
    pieces = sides_in(text)
    assert "".join(text[start:end] for _, start, end in pieces) == text


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            "Councillor Mole\nAmendment 3 was lost by 2 votes to 9.\nThe next",
            "Amendment 3 was lost by 2 votes to 9.",
        ),
        (
            "Nobody spoke.\n\n(4) On a show of hands the motion was carried.",
            "On a show of hands the motion was carried.",
        ),
        ("They went to lunch.", None),
    ],
)
def test_the_sentence_that_states_a_fate_is_found_whole(words: str, sentence: str | None) -> None:
    place = fate_sentence(words)
    assert (words[slice(*place)] if place else None) == sentence
