"""A name is a circumstance where the asker tells of themselves by it, and else what the question is about."""

import pytest

from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.names import names_in
from qa_service.retrieval.own_case import circumstances


def told(text: str) -> set[str]:
    return set(circumstances(text, names_in(asking_sentence(text))))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Can I take my foster child to live in Fribourg for a year?", {"Fribourg"}),
        ("Can I export my boat to Norway?", {"Norway"}),
        ("I live in Fribourg. How do I claim a permit in Fribourg?", {"Fribourg"}),
        ("Because of the recent ZQ35 changes I moved house, do I still have to pay?", {"ZQ35"}),
        ("As my mother is a ZQ citizen, am I eligible for help?", {"ZQ"}),
        ("Must I declare what my Fribourg shop earns?", {"Fribourg"}),
        ("Will my insurance be enough to drive in Norway?", {"Norway"}),
        ("will i have to pay if i move to Norway?", {"Norway"}),
        ("My son is ill. Can we move to Fribourg with him?", {"Fribourg"}),
        ("Do I need to tell Mrs Quill if I move to Fribourg?", {"Fribourg"}),
    ],
)
def test_where_somebody_lives_or_goes_tells_of_their_own_case(text: str, names: set[str]) -> None:
    assert told(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "What did the panel say about Fribourg?",
        "What is my council doing about Fribourg?",
        "Did I hear that you are moving to Fribourg?",
        "Can I find out who moved to Fribourg?",
        "Am I right that the panel is moving to Fribourg?",
        "I heard that the library moved to Fribourg, can I use it?",
        "Can we get a crossing for those who live in Fribourg?",
        "Can my road get a crossing before those who live in Fribourg?",
        "When will my road in Fribourg be gritted?",
        "Can I park in Quackwell Road?",
        "Can I switch to the Fribourg permit?",
        "As the Fribourg bridge is closed, can I park on the quay?",
    ],
)
def test_what_is_asked_of_a_place_itself_is_no_case_of_the_askers(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Can I adopt Ariana now that we are married?",
        "Can I move into Ariana's flat?",
        "Can I come from Mrs Quill for a permit?",
        "Because my neighbour Ted Orme moved away, can I have his allotment?",
    ],
)
def test_somebody_named_is_no_circumstance(text: str) -> None:
    assert told(text) == set()
