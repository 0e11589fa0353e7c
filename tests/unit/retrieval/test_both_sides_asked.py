"""Whether what was recommended is asked for beside what was decided."""

import pytest

from qa_service.retrieval.intents import Intent, asks_both_sides, intent_of


@pytest.mark.parametrize(
    "text",
    [
        "What changed between the report and the resolution on the ferry?",
        "How does the decision on the ferry differ from what officers had proposed?",
        "Did Cabinet go against the advice on the ferry?",
        "Was the recommendation on the ferry accepted by the committee?",
    ],
)
def test_both_sides_are_asked_for(text: str) -> None:
    assert asks_both_sides(text)
    assert intent_of(text) is Intent.RESOLUTION


@pytest.mark.parametrize(
    "text",
    [
        "What did officers recommend on the ferry?",
        "What did Cabinet decide on the report about the ferry?",
        "What had the officers wanted instead?",
        "What changed between the draft minutes and the final ones in the officers' report?",
        "How many members followed the officers' advice?",
    ],
)
def test_one_side_is_asked_for(text: str) -> None:
    assert not asks_both_sides(text)
