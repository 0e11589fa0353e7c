"""The sample council is asked what was promised: by whom, due when, at which meeting, and what is undone."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from qa_service.answering.drafts import OVERDUE
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Citation, Question


@pytest.fixture(scope="module")
def services(sample: Path, onnx: Encoder) -> Iterator[Services]:
    with open_services(Settings(data_dir=sample), onnx) as opened:
        yield opened


def answered(services: Services, text: str, as_of: date | None = None) -> Answer:
    outcome = services.answerer.answer(Question(text, as_of=as_of), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    return outcome


def cited(answer: Answer) -> list[Citation]:
    return [citation for statement in answer.statements for citation in statement.citations]


def test_what_is_due_in_a_month_is_listed_whenever_it_was_promised(services: Services) -> None:
    found = cited(answered(services, "What is due to be reported to Cabinet in July 2024?"))
    assert [("outturn" in each.quote, "solo taxis" in each.quote) for each in found] == [
        (True, False),
        (False, True),
    ]


def test_what_was_not_yet_promised_on_the_asked_day_is_not_due(services: Services) -> None:
    question = "Which commitments are due in September 2024?"
    days = [each.segment.held_on for each in cited(answered(services, question, as_of=date(2024, 1, 20)))]
    assert days
    assert all(day is not None and day <= date(2024, 1, 20) for day in days)


def test_the_commitments_of_one_meeting_are_of_that_meeting(services: Services) -> None:
    question = "What commitments were made at the Highways and Flood Risk Committee in November 2023?"
    segments = [each.segment for each in cited(answered(services, question))]
    assert segments
    assert {(each.body, each.held_on) for each in segments} == {
        ("Highways and Flood Risk Committee", date(2023, 11, 14))
    }


def test_the_year_of_a_meeting_is_no_subject_of_what_it_promised(services: Services) -> None:
    question = "What commitments were made at the Panel in September 2023?"
    quotes = [each.quote for each in cited(answered(services, question))]
    assert any("Larkfield contact centre" in " ".join(each.split()) for each in quotes)


def test_what_is_outstanding_is_said_to_be_past_its_day(services: Services) -> None:
    answer = answered(
        services, "Which actions of the Highways and Flood Risk Committee are still outstanding?"
    )
    assert len(answer.statements) > 1
    assert any(each.text.startswith(OVERDUE.partition("{")[0]) for each in answer.statements)


@pytest.mark.parametrize(
    ("question", "promise"),
    [
        ("What did the Head of SEND agree to send to members?", "figures for each area team"),
        ("What did Councillor Bhatt say she would do about late reviews?", "end of the month"),
    ],
)
def test_a_promise_answers_before_what_only_sounds_like_the_question(
    services: Services, question: str, promise: str
) -> None:
    (found,) = cited(answered(services, question))
    assert promise in " ".join(found.quote.split())


def test_what_is_overdue_is_of_the_time_that_is_named(services: Services) -> None:
    def all_of(text: str) -> list[str]:
        outcome = services.answerer.answer(Question(text, max_statements=50), PUBLIC_ONLY).outcome
        assert isinstance(outcome, Answer), outcome
        return [each.text for each in outcome.statements]

    every, of_2023 = all_of("Which actions are overdue?"), all_of("Which actions of 2023 are overdue?")
    assert 0 < len(of_2023) < len(every)
    reply = services.answerer.answer(Question("Which actions of 2019 are overdue?"), PUBLIC_ONLY)
    assert not isinstance(reply.outcome, Answer) or not any(
        each.text.startswith(OVERDUE.partition("{")[0]) for each in reply.outcome.statements
    )
