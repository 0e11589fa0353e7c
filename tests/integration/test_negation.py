"""What is so is no answer to what is not: the sample council asked who did not, and what was not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import SURE, Answer, Question, Refusal


@pytest.fixture(scope="module")
def services(sample: Path, onnx: Encoder) -> Iterator[Services]:
    with open_services(Settings(data_dir=sample), onnx) as opened:
        yield opened


def told(services: Services, text: str) -> list[str]:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    return [statement.text for statement in outcome.statements]


def test_who_did_not_vote_for_it_voted_against_it_or_abstained(services: Services) -> None:
    (text,) = told(services, "Who did not vote for the budget?")
    assert "Against (7)" in text
    assert "Abstain (2)" in text
    assert "For (19)" not in text


@pytest.mark.parametrize(
    "text",
    [
        "What did Cabinet not approve?",  # decisions that approve had answered
        "Which priorities were not endorsed?",
    ],
)
def test_a_list_of_what_was_done_is_no_answer(services: Services, text: str) -> None:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Refusal), outcome
    assert outcome.reason == "nothing that was found on this says what was not done or is not so"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Which libraries will not close?", "Tolbury Library be not closed"),
        ("Which councillors did not attend the Cabinet meeting in January 2024?", "sent her apologies"),
        ("Which streets are not to be switched off?", "left out"),
    ],
)
def test_what_denies_answers(services: Services, text: str, words: str) -> None:
    assert any(words in each for each in told(services, text))


def test_a_sentence_that_denies_nothing_is_told_as_unsure(services: Services) -> None:
    mended = services.answerer.answer(Question("What could be mended at the library?"), PUBLIC_ONLY)
    not_mended = services.answerer.answer(Question("What could not be mended at the library?"), PUBLIC_ONLY)
    assert isinstance(not_mended.outcome, Answer), not_mended.outcome
    assert mended.confidence is not None
    assert not_mended.confidence is not None
    assert not_mended.confidence < SURE / 2 < mended.confidence
