"""Key words are answered as the question that they stand for: the sample council's papers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Refusal, Reply


@pytest.fixture(scope="module")
def services(sample: Path) -> Iterator[Services]:
    """Return services over the papers of the sample council."""
    with open_services(Settings(data_dir=sample)) as opened:
        yield opened


def asked(services: Services, text: str) -> Reply:
    return services.answerer.answer(Question(text), PUBLIC_ONLY)


def said(reply: Reply) -> list[str]:
    assert isinstance(reply.outcome, Answer), reply.outcome
    return [" ".join(statement.text.split()) for statement in reply.outcome.statements]


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("apologies Cabinet January 2024", "Who sent apologies for the Cabinet in January 2024?"),
        ("chair children learning panel", "Who is the chair of the Children and Learning Panel?"),
        ("Tolbury Library decision", "What was decided on Tolbury Library?"),
        ("agenda cabinet January 2024", "What was on the agenda of the cabinet in January 2024?"),
        ("Marlshire decided parking March 2024", "What did Marlshire decide on parking in March 2024?"),
        ("promises Quay Street", "What was promised on Quay Street?"),
        ("minutes Cabinet 12 October 2023", "What happened at the Cabinet on 12 October 2023?"),
    ],
)
def test_key_words_get_the_answer_of_their_question(services: Services, typed: str, question: str) -> None:
    reply = asked(services, typed)

    assert said(reply) == said(asked(services, question))
    assert reply.question.text == typed


def test_a_noun_that_asks_brings_what_it_asks_for(services: Services) -> None:
    assert said(asked(services, "apologies Cabinet January 2024")) == [
        "Councillor L Rook had sent her apologies."
    ]
    assert "Tolbury Library be not closed" in said(asked(services, "decision Tolbury Library"))[0]
    assert "Imogen Thackray" in said(asked(services, "chair children and learning panel"))[0]


@pytest.mark.parametrize(
    ("typed", "subject"),
    [
        ("spaceport decision", "spaceport"),
        ("cost of hovercraft", "hovercraft"),
        ("vote on dragons", "dragons"),
        ("chair of the circus committee", "circus"),
        ("clown lessons", "clown"),
    ],
)
def test_a_subject_that_stands_nowhere_is_refused(services: Services, typed: str, subject: str) -> None:
    outcome = asked(services, typed).outcome

    assert isinstance(outcome, Refusal)
    assert subject in outcome.reason


@pytest.mark.parametrize("typed", ["percentage of reviews on time", "reasons for gritting overspend"])
def test_the_noun_that_asks_need_stand_nowhere(services: Services, typed: str) -> None:
    said(asked(services, typed))


def test_a_bare_subject_is_told_by_more_than_an_entry_of_an_agenda(services: Services) -> None:
    answer = asked(services, "home care contract").outcome

    assert isinstance(answer, Answer)
    assert not any("Report of the Director" in statement.text for statement in answer.statements)


@pytest.mark.parametrize("typed", ["apologies Cabinet January 2024", "Apologies Cabinet January 2024"])
def test_key_words_are_told_as_the_question_they_were_read_as(services: Services, typed: str) -> None:
    notes = asked(services, typed).understood.notes
    assert "read as: Who sent apologies for the Cabinet in January 2024?" in notes


def test_the_capital_letter_that_telephones_put_first_makes_no_name(services: Services) -> None:
    outcome = asked(services, "Spaceport decision").outcome
    assert isinstance(outcome, Refusal)
    assert "“spaceport”" in outcome.reason
