"""Whose a sentence is, by who is named in it and before it."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from qa_service.answering.features import NAMES, FeatureTable
from qa_service.answering.said_by import doers_asked, is_of, is_of_a_vote, of_those_asked
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from tests.unit.answering.weighing_cases import asked, weighed

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


def deed(question: str, units: Sequence[WeighedUnit]) -> tuple[list[str], str | None]:
    reading = Reading(question, question, "mill", Intent.FACT, Filters(), None, own=question)
    table = FeatureTable(np.zeros((0, len(NAMES)), dtype=np.float32), ())
    whole = Weighed(tuple(units), table, np.zeros(0, dtype=np.float32), asked(question), ())
    found, why = of_those_asked(reading, whole)
    return [each.text for each in found.units], why


def alone(text: str, score: float) -> WeighedUnit:
    (unit,) = weighed((text,), (UnitKind.SENTENCE,), (score,))
    return unit


def test_a_deed_is_told_close_to_whoever_did_it() -> None:
    question = "Why did Mr Hask leave the mill?"
    band, hask = alone("The band left at noon.", 1.0), alone("Mr Hask left at ten.", 0.0)
    assert deed(question, (band, hask)) == (["Mr Hask left at ten."], None)
    assert deed(question, (band,)) == ([], "nothing that was found on this names Hask")
    assert deed(question, (band, alone("Mr Hask left at ten.", -2.0)))[0] == []
    texts = ("Mr Hask was ill.", "So the mill stopped.")
    beside = weighed(texts, (UnitKind.SENTENCE,) * 2, (0.0, 1.0))
    assert deed(question, beside)[0] == ["So the mill stopped.", "Mr Hask was ill."]
    parted = ("Mr Hask was ill.", "It rained.", "It hailed.", "So the mill stopped.")
    apart = weighed(parted, (UnitKind.SENTENCE,) * 4, (0.0, -9.0, -9.0, 1.0))
    assert deed(question, apart)[0] == ["Mr Hask was ill."]
