"""A follow-up that asks one thing of the item before is known as such; one that names more is not."""

import pytest

from qa_service.retrieval.pointed import Pointed, in_full, pointed_at

FERRY = "How many voted for the ferry?"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("how many voted for it?", Pointed.VOTE),
        ("And who abstained?", Pointed.VOTE),
        ("how did Councillor Hask vote?", Pointed.VOTE),
        ("was there a vote", Pointed.VOTE),
        ("who seconded it?", Pointed.MOVER),
        ("who was that proposed by?", Pointed.MOVER),
        ("was it carried in the end?", Pointed.FATE),
        ("did it go through?", Pointed.FATE),
        ("so when is it due?", Pointed.DUE),
        ("when will it be done?", Pointed.DUE),
        ("was that followed up?", Pointed.SINCE),
        ("what happened to it after that?", Pointed.BECAME),
        ("who is responsible for it?", Pointed.OFFICER),
        ("who was there?", Pointed.PRESENT),
        ("who wasn't there?", Pointed.AWAY),
        ("who sent apologies?", Pointed.AWAY),
        ("what page is that on", Pointed.PAGE),
        ("why not?", Pointed.REASON),
        ("tell me more", Pointed.MORE),
        ("and the one before that", Pointed.ANOTHER),
    ],
)
def test_what_is_asked_of_the_item_is_known(text: str, kind: Pointed) -> None:
    assert pointed_at(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "how many voted for the ferry?",
        "who seconded the amendment on dues?",
        "was it agreed to tar the slipways?",
        "when is the ferry due?",
        "who was there when the ferry was discussed?",
        "why was the ferry stopped?",
        "what happened to the ferry?",
        "tell me more about the ferry",
        "and Barham?",
    ],
)
def test_what_names_more_is_no_such_question(text: str) -> None:
    assert pointed_at(text) is None


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("and the vote?", "How did they vote on it?"),
        ("what about the seconder?", "Who seconded it?"),
        ("and the deadline", "When is it due?"),
        ("whn is it due?", "When is it due?"),
        ("who propsed it?", "Who proposed it?"),
        ("how mny voted for it", "How many voted for it?"),
        ("and the votte?", "How did they vote on it?"),
        ("who seconded it?", "who seconded it?"),
    ],
)
def test_a_follow_up_is_read_in_full(text: str, whole: str) -> None:
    assert in_full(text, FERRY) == whole


@pytest.mark.parametrize(
    "text", ["And the note?", "And Bath?", "and the boat?", "how man ferries are there?"]
)
def test_a_word_that_no_slip_explains_stays(text: str) -> None:
    assert in_full(text, FERRY) == text


def test_the_other_side_of_a_vote_is_asked_for_in_full() -> None:
    assert in_full("and the other side?", "How many voted for it?") == "How many voted against it?"
    assert in_full("and for?", "How many voted against it?") == "How many voted for it?"
    assert in_full("and the other side?", "Who seconded it?") == "and the other side?"
    assert in_full("and against?", FERRY) == "How many voted against it?"
    assert in_full("and against?", "What did Cabinet decide on dues?") == "and against?"
