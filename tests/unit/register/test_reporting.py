import pytest

from qa_service.domain.register import Says
from qa_service.register.reporting import HAD, heads_a_log, says_of


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("The milestones had been sent to all members on 27 October 2023.", Says.DONE),
        ("Launched on 25 March 2024", Says.DONE),
        ("Answer received on 9 February 2024", Says.DONE),
        ("Done on 27 October 2023", Says.DONE),
        ("Written update 18 June 2024 Outstanding", Says.NOT_DONE),
        ("Not begun: no money found", Says.NOT_DONE),
        ("The figures had not been circulated.", Says.NOT_DONE),
        ("Eight are in post. Two schools dropped out", Says.PARTLY_DONE),
        ("Moved to the meeting of 21 January 2025", Says.SUPERSEDED),
        ("The house should now be ready by November.", Says.SUPERSEDED),
        ("The bridge is blue.", None),
    ],
)
def test_what_words_say_of_a_promise(words: str, says: Says | None) -> None:
    assert says_of(words) is says


def test_a_report_that_came_was_received_considered_or_presented() -> None:
    assert HAD.search("The Panel considered a report of the Director.")
    assert HAD.search("The Director of Place reported the survey.")
    assert not HAD.search("The Panel asked for a report.")


def test_a_log_has_a_column_for_what_was_to_be_done_and_one_for_what_became_of_it() -> None:
    assert heads_a_log("Meeting What was to be done Due State")
    assert not heads_a_log("Action Who By when")
