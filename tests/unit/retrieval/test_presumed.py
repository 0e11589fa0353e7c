"""Which questions take for granted that something was rejected, dropped, closed or sold."""

import pytest

from qa_service.retrieval.presumed import Deed, Presumed, presumed


@pytest.mark.parametrize(
    ("text", "deed", "why"),
    [
        ("Why did the cabinet reject the ferry plan?", Deed.REJECTED, True),
        ("When was the ferry plan thrown out?", Deed.REJECTED, False),
        ("Who voted the ferry plan down?", Deed.REJECTED, False),
        ("Why did the council vote against the ferry plan?", Deed.REJECTED, True),
        ("Why was the motion on ferries lost?", Deed.REJECTED, True),
        ("On what grounds were the ferry fares refused?", Deed.REJECTED, True),
        ("When did Saltby scrap the ferry?", Deed.DROPPED, False),
        ("When was the ferry plan dropped?", Deed.DROPPED, False),
        ("Which councillors decided to close the pier?", Deed.CLOSED, False),
        ("What made the council shut the pier?", Deed.CLOSED, True),
        ("When did the council agree to sell off the pier?", Deed.SOLD, False),
        ("When did the council approve the closure of the pier?", Deed.CLOSED, False),
        ("Why was the closure of the old pier agreed?", Deed.CLOSED, True),
        ("When was the sale of the pier approved?", Deed.SOLD, False),
        ("Why was the ferry plan put off?", Deed.DELAYED, True),
        ("When was the ferry contract extended?", Deed.EXTENDED, False),
        ("Who was awarded the ferry contract?", Deed.AWARDED, False),
        ("Who was elected chairman in May 2024?", Deed.CHOSEN, False),
        ("Why did the ferry's manager step down?", Deed.RESIGNED, True),
        ("When did the council approve the ferry plan?", Deed.APPROVED, False),
        ("How did the ferry firm get its licence?", Deed.APPROVED, False),
        ("How much did Saltby give the lifeboat?", Deed.GIVEN, False),
        ("What made ferry fares double?", Deed.MULTIPLIED, True),
        ("For how much was the pier sold?", Deed.SOLD, False),
        ("When did the new pier open?", Deed.OPENED, False),
        ("When was the new pier built?", Deed.BUILT, False),
        ("When was the pier repaired?", Deed.MENDED, False),
        ("Why were dogs banned from the pier?", Deed.BANNED, True),
        ("How much was the ferry firm fined?", Deed.FINED, False),
        ("When did Saltby win the regatta?", Deed.WON, False),
        ("Why did the keeper leave the council?", Deed.RESIGNED, True),
        ("Until when was the ferry contract extended?", Deed.EXTENDED, False),
    ],
)
def test_a_deed_is_taken_for_granted(text: str, deed: Deed, why: bool) -> None:  # noqa: FBT001
    assert presumed(text) == Presumed(deed, why)


@pytest.mark.parametrize(
    "text",
    [
        "Was the ferry plan rejected?",  # asks whether it was
        "Did the council sell the pier?",
        "Why did the council not reject the ferry plan?",
        "Why could the ferry plan be rejected?",
        "Why was my application refused?",  # the asker's own case
        "Why have ferry passengers dropped?",
        "How does the harbour find out why ferrymen quit?",
        "When is the pier closed?",
        "When does the pier open?",
        "Who won?",
        "Why did officers want to close the pier?",  # wished, not done
        "When does the consultation close?",
        "When was the consultation closed?",
        "When did the meeting close?",
        "Who voted against the ferry plan?",  # some do, whatever comes of it
        "Who was the elected member for the pier?",
    ],
)
def test_nothing_of_the_kind_is_taken_for_granted(text: str) -> None:
    assert presumed(text) is None
