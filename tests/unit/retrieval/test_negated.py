"""Which questions ask what is not so."""

import pytest

from qa_service.retrieval.negated import asks_what_is_not


@pytest.mark.parametrize(
    "text",
    [
        "Who did not vote for the ferry?",
        "Which harbours aren't dredged?",
        "What did the panel not agree to?",
        "How many boats were never found?",
        "Which members of the harbour board couldn't come?",
        "The ferry was late. What has not been mended?",
    ],
)
def test_what_is_not_so_is_asked(text: str) -> None:
    assert asks_what_is_not(text)


@pytest.mark.parametrize(
    "text",
    [
        "Who voted for the ferry?",
        "Was the ferry not approved?",  # whether it was
        "What became of the plan that was not approved?",  # of another clause
        "Who pays when the ferry does not sail?",
        "Why was the pier not closed?",  # a reason need deny nothing
        "What was not only agreed but paid for?",
    ],
)
def test_what_is_so_is_asked(text: str) -> None:
    assert not asks_what_is_not(text)
