"""Names are told by capital letters, and by nothing that only looks like one."""

import pytest

from qa_service.retrieval.names import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("When do the trams in Birmingham start?", ["Birmingham"]),
        ("What became of Tolbury Library and the Saxby Heath land?", ["Tolbury Library", "Saxby Heath"]),
        ("What did the Leader tell the Panel on Tuesday 4 June 2024?", []),
        ("How much does TfL pay? Does anybody know?", ["TfL"]),
        ("The bridge fell As a carter, may I cross it?", []),
        ("Do pensions rise in the US?", []),
        ("WHAT DID BIRMINGHAM DECIDE?", []),
        ("What Did The Panel Decide On Birmingham?", []),
        ("what did birmingham decide?", []),
    ],
)
def test_what_a_question_names(text: str, names: list[str]) -> None:
    assert names_in(text) == names


def test_the_names_of_those_searched_are_no_subject() -> None:
    asked = "What did Marlport's Executive hear about Pier House?"
    assert names_in(asked, ["Marlport City Council", "Executive"]) == ["Pier House"]
