"""What was searched is told in words, also where nothing is held or no meeting has a day."""

from datetime import date

import pytest

from qa_service.api.bodies import SearchedBody
from qa_service.cli.output import searched_in_words


@pytest.mark.parametrize(
    ("searched", "words"),
    [
        (
            SearchedBody(documents=0, bodies=[], held_from=None, held_to=None),
            "Searched 0 papers of 0 bodies.",
        ),
        (
            SearchedBody(
                documents=1, bodies=["Cabinet"], held_from=date(2024, 1, 18), held_to=date(2024, 3, 14)
            ),
            "Searched 1 paper of 1 body, meetings from 2024-01-18 to 2024-03-14.",
        ),
    ],
)
def test_what_was_searched_is_told_without_days_that_nobody_knows(searched: SearchedBody, words: str) -> None:
    assert searched_in_words(searched) == words
