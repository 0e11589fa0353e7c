"""The sample council gives one answer to one question, however politely it is put."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Turn


@pytest.fixture(scope="module")
def services(sample: Path, onnx: Encoder) -> Iterator[Services]:
    with open_services(Settings(data_dir=sample), onnx) as opened:
        yield opened


def cited(services: Services, text: str, history: tuple[Turn, ...] = ()) -> list[tuple[str, int, int]]:
    """Where the answer's quotations stand, in order."""
    reply = services.answerer.answer(Question(text, history=history), PUBLIC_ONLY)
    assert reply.question.text == text
    assert isinstance(reply.outcome, Answer), reply.outcome
    citations = [each for statement in reply.outcome.statements for each in statement.citations]
    return [(each.document.id, each.span.start, each.span.end) for each in citations]


@pytest.mark.parametrize(
    ("plain", "wordings"),
    [
        (
            "What did Cabinet resolve on Tolbury Library in January 2024?",
            [
                "Please can you tell me what did Cabinet resolve on Tolbury Library in January 2024?",
                "I'd like to know what Cabinet resolved on Tolbury Library in January 2024.",
                "Hi, quick question: what did Cabinet resolve on Tolbury Library in January 2024? Thanks!",
                "Does anyone know what Cabinet resolved on Tolbury Library in January 2024?",
                "According to the minutes, what did Cabinet resolve on Tolbury Library in January 2024?",
            ],
        ),
        (
            "Was the quarry given its permit on 6 February 2024?",
            [
                "Do you know whether the quarry was given its permit on 6 February 2024?",
                "Could you find out if the quarry was given its permit on 6 February 2024, please",
            ],
        ),
        (
            "Who sits on the Highways and Flood Risk Committee?",
            ["Can you tell me who sits on the Highways and Flood Risk Committee?"],
        ),
    ],
)
def test_however_it_is_put_one_question_has_one_answer(
    services: Services, plain: str, wordings: list[str]
) -> None:
    found = cited(services, plain)
    assert [cited(services, wording) for wording in wordings] == [found] * len(wordings)


def test_a_question_goes_on_from_one_that_was_put_politely(services: Services) -> None:
    before = "What did Marlshire's Cabinet resolve about parking in January 2024?"
    polite = "Could you kindly tell me what Marlshire's Cabinet resolved about parking in January 2024?"
    asked = "Please, and in October 2023?"
    plain = cited(services, "And in October 2023?", (Turn(before),))
    assert cited(services, asked, (Turn(polite),)) == plain
