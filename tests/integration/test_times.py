"""The sample council is asked who holds an office now, of two times at once, and of last year."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from qa_service.answering.drafts import EARLIER, LATER, OVERTAKEN
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Reply


@pytest.fixture(scope="module")
def services(sample: Path, onnx: Encoder) -> Iterator[Services]:
    with open_services(Settings(data_dir=sample), onnx) as opened:
        yield opened


def asked(services: Services, text: str, as_of: date | None = None) -> Reply:
    return services.answerer.answer(Question(text, as_of=as_of), PUBLIC_ONLY)


def said(services: Services, text: str, as_of: date | None = None) -> list[str]:
    """The statements of the answer, without line ends."""
    outcome = asked(services, text, as_of).outcome
    assert isinstance(outcome, Answer), outcome
    return [" ".join(statement.text.split()) for statement in outcome.statements]


def opening(template: str) -> str:
    return template.partition("{")[0]


CHAIR = "Who is the current chairman of the Children and Learning Panel?"


def test_who_was_elected_last_is_in_the_chair_now(services: Services) -> None:
    (found,) = said(services, CHAIR)
    assert "be elected Chairman" in found
    assert "2024/25" in found


@pytest.mark.parametrize(
    "question",
    [
        "Who is the present Vice-Chairman of the Children and Learning Panel?",
        "Who is vice-chair of the children's panel now?",
    ],
)
def test_the_deputy_elected_last_is_deputy_now(services: Services, question: str) -> None:
    (found,) = said(services, question)
    assert "Meera Chaudhry" in found


def test_who_was_elected_later_is_not_in_the_chair_before(services: Services) -> None:
    outcome = asked(services, CHAIR, date(2023, 12, 31)).outcome
    assert isinstance(outcome, Answer)
    (statement,) = outcome.statements
    assert statement.citations[0].segment.held_on == date(2023, 9, 19)
    assert "Imogen Thackray" in statement.text


def test_either_of_two_months_has_the_forecast_that_it_was_told(services: Services) -> None:
    first, last = said(services, "What was the county's overspend in October 2023 and in January 2024?")
    assert first.startswith(opening(EARLIER))
    assert "£6.2 million" in first
    assert last.startswith(opening(LATER))
    assert "£4.8 million" in last


def test_of_two_times_the_one_without_an_answer_is_named(services: Services) -> None:
    reply = asked(services, "How many reviewing officers were there in October 2023 and in 2019?")
    assert isinstance(reply.outcome, Answer)
    assert "nothing that was found here tells this of 2019" in reply.understood.notes


@pytest.mark.parametrize(
    "text",
    [
        "How many children are in care in Marlshire now?",
        "What is the current vacancy rate of social workers?",
        "What was the first estimate for the children's home and what is it now?",
    ],
)
def test_what_is_not_the_thing_asked_of_is_not_said_to_be_overtaken(services: Services, text: str) -> None:
    outcome = asked(services, text).outcome
    told = [each.text for each in outcome.statements] if isinstance(outcome, Answer) else []
    assert not any(text.startswith(opening(OVERTAKEN)) for text in told)


def test_last_year_is_counted_from_the_day_that_is_asked_of(services: Services) -> None:
    reply = asked(services, "What did Cabinet decide last year on parking?", date(2024, 6, 30))
    assert isinstance(reply.outcome, Answer)
    held = {each.citations[0].segment.held_on for each in reply.outcome.statements}
    assert held == {date(2023, 10, 12)}


def test_papers_of_long_ago_know_no_last_year(services: Services) -> None:
    # Asked in 2026 or later: the sample's last meeting is of January 2025.
    reply = asked(services, "What did Cabinet decide last year on parking?", date(2027, 1, 1))
    assert reply.understood.filters.held_from is None


def test_what_was_first_expected_is_shown_with_what_came_after(services: Services) -> None:
    first, last = said(services, "What was the county's overspend first expected to be?")
    assert first.startswith(opening(EARLIER))
    assert "£6.2 million" in first
    assert "£3.1 million" in last
