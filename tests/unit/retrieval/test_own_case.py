"""What is asked of the asker's own case, and what is asked of papers and of meetings."""

import pytest

from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.intents import Intent, intent_of
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


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What steps can I take to have the decision changed?", Intent.FACT),
        ("How do I appeal this decision?", Intent.FACT),
        ("My brother was refused. Can he challenge the decision?", Intent.FACT),
        ("Are we still able to appeal this decision?", Intent.FACT),
        ("How much time do I have to challenge a decision?", Intent.NUMBER),
        ("Do I have to pay if I agree to go?", Intent.FACT),
        ("What happens to my application now?", Intent.FACT),
        ("What actions can I take if the permit is refused?", Intent.FACT),
    ],
)
def test_what_may_be_done_about_a_decision_is_no_decision(text: str, intent: Intent) -> None:
    assert intent_of(text) is intent


@pytest.mark.parametrize(
    "text",
    [
        "What was the decision on my application?",
        "Can I get the council's decision on the appeal at Larkfield?",
        "Can I see the decision on the appeal?",
        "Please could I ask what members agreed about the complaint?",
        "Can you tell me what was decided on the appeal?",
        "Are we going to overturn the decision on parking?",
        "Did I agree to that?",
        "What happened to my petition?",
        "What happens to my library?",
        "Can the council reverse its decision on the car park?",
    ],
)
def test_what_was_decided_is_still_asked_for(text: str) -> None:
    assert intent_of(text) is Intent.RESOLUTION
