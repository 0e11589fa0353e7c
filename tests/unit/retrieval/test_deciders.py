"""Who is said to have decided, where no minutes of theirs are held."""

import pytest

from qa_service.retrieval.deciders import decider_in

KNOWN = ("Children and Learning Panel", "Cabinet", "Ashmere County Council")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Has the Schools Forum agreed to move the money?", "Schools Forum"),
        ("Did the Health and Wellbeing Board ever approve the homes?", "Health and Wellbeing Board"),
        ("Did the Government accept the bid?", "Government"),
        ("Did the Learning Panel agree to the plan?", None),
        ("Did the Board agree to the plan?", None),
        ("What did Cabinet tell the Schools Forum?", None),
    ],
)
def test_a_decider_is_a_body_that_is_none_of_those_held(text: str, found: str | None) -> None:
    assert decider_in(text, KNOWN) == found
