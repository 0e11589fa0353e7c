"""What is refused for want of what was asked, and how that is said: no sum, no matter, no private person."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Filters, Question, Refusal, Turn
from qa_service.domain.explanations import Stage
from tests.factories import ingest

_MINUTES = """COASTWICK TOWN COUNCIL

HARBOUR COMMITTEE

Minutes of the meeting held on Tuesday {day}

Present: Councillor Imogen Farr (Chair), Councillor Rhys Belamy.

1. THE TIDE GAUGE AT SALTER'S STEP

Members heard that the tide gauge at Salter's Step had been broken since the storm.
The tide gauge at Salter's Step was bought for £8,400 from a chandler.
Divers had looked for the lost mooring chain twice.
A visitor from the inn held the lamp for the divers.

2. THE SLIPWAY

RESOLVED that the slipway be closed to motor craft in the nesting season.
"""


@pytest.fixture(scope="module")
def services(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Yield a service with the minutes of two meetings."""
    root = tmp_path_factory.mktemp("refusals")
    papers = root / "papers"
    papers.mkdir()
    (papers / "may.txt").write_text(_MINUTES.format(day="14 May 2024"), encoding="utf-8")
    july = _MINUTES.format(day="9 July 2024").replace("SLIPWAY", "FERRY").replace("slipway", "ferry berth")
    (papers / "july.txt").write_text(july.replace("Salter's Step", "Gannet Point"), encoding="utf-8")
    ingest(root / "data", papers, encoder=onnx)
    with open_services(Settings(data_dir=root / "data"), onnx) as opened:
        yield opened


def refused(services: Services, question: Question) -> tuple[Refusal, Stage]:
    reply, explanation = services.answerer.explained(question, PUBLIC_ONLY)
    assert isinstance(reply.outcome, Refusal), reply.outcome
    return reply.outcome, explanation.stage


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("What did the divers cost who looked for the lost mooring chain?", "no sum of money"),
        ("When will the tide gauge at Salter's Step be mended?", "no date or time"),
        ("What is the name of the visitor who held the lamp for the divers?", "no name"),
    ],
)
def test_a_sentence_on_the_subject_without_what_was_asked_is_no_answer(
    services: Services, text: str, lacking: str
) -> None:
    refusal, stage = refused(services, Question(text))
    assert lacking in refusal.reason
    assert stage is Stage.NO_CLAUSE
    assert refusal.nearest


def test_a_decision_without_the_number_asked_is_no_answer(services: Services) -> None:
    refusal, _ = refused(services, Question("How many motor craft did members allow on the slipway?"))
    assert "no number" in refusal.reason


@pytest.mark.parametrize("text", ["What was decided?", "Who was there?", "How much did it cost in the end?"])
def test_a_question_that_names_no_matter_is_asked_back(services: Services, text: str) -> None:
    refusal, stage = refused(services, Question(text))
    assert stage is Stage.NO_SUBJECT
    assert "say which of them is meant" in refusal.reason


def test_limits_or_a_question_before_tell_which_matter_is_meant(services: Services) -> None:
    limited = Question("What was decided?", Filters(bodies=frozenset({"Harbour Committee"})))
    further = Question("What was decided?", history=(Turn("What of the slipway?"),))
    for question in (limited, further):
        _, explanation = services.answerer.explained(question, PUBLIC_ONLY)
        assert explanation.stage is not Stage.NO_SUBJECT


def test_of_a_single_meeting_no_matter_need_be_named(onnx: Encoder, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "may.txt").write_text(_MINUTES.format(day="14 May 2024"), encoding="utf-8")
    ingest(tmp_path / "data", papers, encoder=onnx)
    with open_services(Settings(data_dir=tmp_path / "data"), onnx) as alone:
        _, explanation = alone.answerer.explained(Question("Who was there?"), PUBLIC_ONLY)
    assert explanation.stage is not Stage.NO_SUBJECT


@pytest.mark.parametrize(
    "text",
    [
        "Which widow in Salter Row said that the lamps keep her awake?",
        "What is the name of the boy who fell from the quay?",
        "Who was the resident who complained of the gulls?",
        "Where does Mrs Quill live?",
        "What is the old man's full name?",
        "How old is Child B?",
        "Which school did the youngest boy go to?",
        "Mr A of the ferry, what is his real name?",
        "Who complained of the noise on the quay?",
    ],
)
def test_one_of_the_public_is_not_identified(services: Services, text: str) -> None:
    refusal, stage = refused(services, Question(text))
    assert stage is Stage.PRIVATE
    assert "private persons" in refusal.reason


@pytest.mark.parametrize(
    "text",
    [
        "Which family hub will close?",
        "Which resident parking zone was agreed?",
        "What is the name of the child development centre?",
        "Where do children in care live?",
        "Who is the carer champion?",
        "Where is Platform B of the pier?",
        "What became of Child B's swimming lessons?",
        "How old is the family hub?",
    ],
)
def test_a_thing_called_after_people_is_no_person(services: Services, text: str) -> None:
    _, explanation = services.answerer.explained(Question(text), PUBLIC_ONLY)
    assert explanation.stage is not Stage.PRIVATE
