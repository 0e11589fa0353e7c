"""Questions on the sample council that take for granted what its papers do not tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Refusal


@pytest.fixture(scope="module")
def services(sample: Path, onnx: Encoder) -> Iterator[Services]:
    with open_services(Settings(data_dir=sample), onnx) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("Why did the panel reject the IRS annual report?", "refused or rejected"),
        ("When was the library opening hours proposal thrown out?", "refused or rejected"),
        ("Who voted to close the libraries?", "closed"),
        ("Why were the parking charges voted down?", "refused or rejected"),
        ("When was the youth centre plan dropped?", "dropped or called off"),
        ("Who voted down the budget?", "refused or rejected"),  # it was carried
        ("When did Cabinet approve the closure of Tolbury Library?", "closed"),  # "be not closed"
        ("When did the council agree to sell the library?", "sold"),  # advised, and not decided
        ("What reasons were there for the resolution to close Tolbury Library?", "closed"),
    ],
)
def test_a_deed_that_no_paper_tells_of_is_not_explained(services: Services, text: str, deed: str) -> None:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Refusal), outcome
    assert outcome.reason == f"nothing that was found on this says that it was {deed}"
    assert outcome.nearest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Why was the bill withdrawn?", "withdrawn in December 2022"),
        ("When did the bus between Brindlesham and Tolbury get axed?", "withdrawn in 2022"),
        ("Why was the permit for Quarry Lane refused?", "be refused"),
        ("Who voted down amendment 2?", "Against (16)"),
        ("Who recommended closing Tolbury Library?", "be closed"),
    ],
)
def test_a_deed_that_a_paper_tells_of_is_answered(services: Services, text: str, words: str) -> None:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    assert any(words in statement.text for statement in outcome.statements)


@pytest.mark.parametrize(
    "text",
    [
        "Why did parking charges go down?",
        "How much did the electricity bill for street lamps fall?",
    ],
)
def test_a_rise_is_no_answer_to_why_or_how_much_something_fell(services: Services, text: str) -> None:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Refusal), outcome
    assert outcome.reason == "what was found on this tells of a rise, not of a fall"
    assert outcome.nearest


def test_how_much_something_rose_is_told_by_its_figures(services: Services) -> None:
    text = "How much did the electricity bill for street lamps rise?"
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    assert "from £2.1 million" in outcome.statements[0].text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Who seconded Councillor Naylor's election as Vice-Chairman of the Children and Learning Panel?",
            "no motion of Naylor's on this was found that says who seconded it",  # Naylor seconded it
        ),
        (
            "Who seconded Councillor Umeh's amendment on parking charges?",
            "no motion of Umeh's on this was found that says who seconded it",  # it was on sewage
        ),
        (
            "How did the quarry firm win its permit for lorries on Quarry Lane?",
            "nothing that was found on this says that it was approved or agreed",  # it was put off
        ),
        (
            "How much did the Executive use of reserves in October 2023?",
            "what the papers say of this gives no figure",  # "reserves be not used"
        ),
        (
            "How many pounds of reserves did the city Executive use in October 2023?",
            "what the papers say of this gives no number",
        ),
    ],
)
def test_what_is_taken_for_granted_is_not_made_true(services: Services, text: str, reason: str) -> None:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Refusal), outcome
    assert outcome.reason == reason


def test_who_seconded_the_election_of_somebody_is_told(services: Services) -> None:
    text = "Who seconded Councillor Quarmby's election as Vice-Chairman of the Children and Learning Panel?"
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    assert "seconded by Councillor Naylor" in outcome.statements[0].text
