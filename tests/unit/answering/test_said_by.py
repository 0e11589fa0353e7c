"""Whose a sentence is, by who is named in it and before it."""

from dataclasses import replace

import pytest

from qa_service.answering.said_by import doers_asked, is_of, is_of_a_vote
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed

_HASK = "Mr Hask said that the weir was old."


@pytest.mark.parametrize(
    ("texts", "his"),
    [
        ((_HASK, "He asked for a new one."), True),
        ((_HASK, "Mrs Lund wished for two."), False),
        ((_HASK, "Proposed purpose:"), False),
        (("Question by Tom Hask to the Chairman", "The weir leaks."), True),
        (("Question by Tom Hask to the Chairman", "The weir leaks.", "Reply", "It was mended."), False),
        (("Question by Ann Lund to the Chairman", "The weir leaks."), False),
        (("The weir leaks.", "Proposer: Mr Hask"), False),
        (("The weir leaks.", "Present: Mr Hask"), False),
        (("The weir leaks.", "To: Cabinet From: the weir keeper Cabinet Member: Mr Hask"), False),
        (("The weir leaks.", "Mr Hask had sent his apologies."), False),
        (("The weir leaks.", "In Mr Hask's absence the Leader spoke."), False),
        (("The weir leaks.", "In the absence of Mr Hask the Leader spoke."), False),
    ],
)
def test_the_last_sentence_is_his_or_not(texts: tuple[str, ...], his: bool) -> None:  # noqa: FBT001
    units = weighed(texts, (UnitKind.SENTENCE,) * len(texts), tuple(range(len(texts))))
    (last,) = (each for each in units if each.text == texts[-1])
    assert is_of(last, {"Hask"}) is his


@pytest.mark.parametrize(
    ("texts", "his"),
    [
        (("The weir leaks.", "It was built in haste."), True),
        (("The weir leaks.", "Reply", "It was mended."), False),
        (("The weir leaks.", "Reply: it was mended."), False),
    ],
)
def test_what_stands_under_a_heading_of_his_is_his_up_to_the_reply(texts: tuple[str, ...], his: bool) -> None:  # noqa: FBT001
    units = weighed(texts, (UnitKind.SENTENCE,) * len(texts), tuple(range(len(texts))))
    (last,) = (each for each in units if each.text == texts[-1])
    passage = replace(last.candidate.passage, header="Question from Mr Hask")
    headed = replace(last, candidate=replace(last.candidate, passage=passage))
    assert is_of(headed, {"Hask"}) is his


@pytest.mark.parametrize(
    ("texts", "tells"),
    [
        (("For (2)", "Mr Hask, Mrs Lund"), True),
        (("Motion lost.", "Against (2) Mr Hask, Mrs Lund"), True),
        (("The weir leaks.", "Mr Hask abstained."), True),
        (("Present:", "Mr Hask, Mrs Lund"), False),
        (("For the weir there was no money.", "Mr Hask declared that he owns it."), False),
    ],
)
def test_the_last_sentence_tells_of_a_vote_or_not(texts: tuple[str, ...], tells: bool) -> None:  # noqa: FBT001
    units = weighed(texts, (UnitKind.SENTENCE,) * len(texts), tuple(range(len(texts))))
    (last,) = (each for each in units if each.text == texts[-1])
    assert is_of_a_vote(last) is tells


@pytest.mark.parametrize(
    ("text", "doers"),
    [
        ("Why did Mr Hask leave the meeting?", ("Hask",)),
        ("When was Councillor Ann Lund elected?", ("Lund",)),
        ("How much did Mrs Lund ask for?", ("Lund",)),
        ("Why did the board thank Mr Hask?", ()),
        ("Did Mr Hask leave the meeting?", ()),
        ("Who left with Mr Hask?", ()),
    ],
)
def test_whose_deed_is_asked_about(text: str, doers: tuple[str, ...]) -> None:
    assert doers_asked(text) == doers
