"""Whether a question asks if minutes were confirmed, and of which meeting."""

from datetime import date

import pytest

from qa_service.retrieval.minutes_asked import minutes_asked
from qa_service.retrieval.question_dates import date_mentions

TODAY = date(2024, 5, 10)


def asked(text: str) -> date | None:
    mention = minutes_asked(text, tuple(date_mentions(text, TODAY)))
    return mention.first if mention else None


@pytest.mark.parametrize(
    "text",
    [
        "Have the minutes of 9 February 2021 been confirmed?",
        "Were the board's minutes of its meeting on 9 February 2021 approved?",
        "Are the 9 February 2021 minutes still a draft?",
        "Did the ferry board sign off the record of 9 February 2021?",
        "When were the minutes for the meeting held on 9 February 2021 signed?",
    ],
)
def test_the_date_beside_the_minutes_is_that_of_their_meeting(text: str) -> None:
    assert asked(text) == date(2021, 2, 9)


@pytest.mark.parametrize(
    "text",
    [
        "Which minutes were signed on 9 February 2021?",
        "What do the confirmed minutes of 9 February 2021 say about fares?",
        "Were the fares of 9 February 2021 approved?",
        "Were the minutes signed on 9 February 2021?",
        "Have the minutes been confirmed?",
    ],
)
def test_another_date_is_no_date_of_minutes_that_were_confirmed(text: str) -> None:
    assert asked(text) is None
