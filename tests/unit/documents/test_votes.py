"""The sides of a printed vote: labels in any of the usual forms, and all of the text in one piece each."""

from hypothesis import given
from hypothesis import strategies as st

from qa_service.documents.votes import sides_in

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
