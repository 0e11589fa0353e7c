"""Somebody's own case: a place that no paper names does not bar the rule, told openly and less surely."""

from collections.abc import Iterator

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import SURE, Answer, Question, Refusal
from qa_service.domain.explanations import Stage
from tests.factories import ingest

_PAPER = """COASTWICK TOWN COUNCIL

HARBOUR COMMITTEE

Minutes of the meeting held on Tuesday 14 May 2024

Present: Councillor Imogen Farr (Chair), Councillor Rhys Belamy.

1. MOORING PERMITS

A mooring permit stays in force for six months while its holder lives abroad.
Whoever stays abroad for longer must hand the mooring permit back to the harbour office.
A lobster licence may be kept while its holder lives in Gannet Point, and nowhere else.
Whoever is refused a mooring permit may write to the harbour master and have it looked at again.

2. THE SLIPWAY

RESOLVED that the slipway be closed to motor craft in the nesting season.
"""


@pytest.fixture(scope="module")
def services(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Yield a service with the minutes of one meeting."""
    root = tmp_path_factory.mktemp("own_case")
    papers = root / "papers"
    papers.mkdir()
    (papers / "may.txt").write_text(_PAPER, encoding="utf-8")
    ingest(root / "data", papers, encoder=onnx)
    with open_services(Settings(data_dir=root / "data"), onnx) as opened:
        yield opened


def test_the_rule_is_told_to_who_names_where_they_live(services: Services) -> None:
    question = Question("Does my mooring permit stay in force while I live in Fribourg, or can I lose it?")
    reply = services.answerer.answer(question, PUBLIC_ONLY)
    assert isinstance(reply.outcome, Answer), reply.outcome
    assert "six months" in reply.outcome.statements[0].text
    assert "no paper held here names Fribourg: what follows is said in general" in reply.understood.notes
    assert reply.confidence is not None
    assert reply.confidence < SURE


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("What did members say about mooring permits while holders live in Fribourg?", Stage.NOT_NAMED),
        ("Can I find out which mooring permits stay in force in Fribourg?", Stage.NOT_NAMED),
        # What is said of Gannet Point is no rule for all.
        ("Can I keep my lobster licence while I live in Fribourg?", Stage.NO_CLAUSE),
    ],
)
def test_what_is_not_of_the_case_or_not_general_is_refused(
    services: Services, text: str, stage: Stage
) -> None:
    reply, explanation = services.answerer.explained(Question(text), PUBLIC_ONLY)
    assert isinstance(reply.outcome, Refusal), reply.outcome
    assert reply.outcome.reason == "no paper held here names Fribourg"
    assert explanation.stage is stage
    assert not reply.understood.notes


def test_who_was_refused_is_told_what_they_may_do_about_it(services: Services) -> None:
    scenario = "I purchased an enormous barge, renovating its galley and cinema, and my permit was declined. "
    reply = services.answerer.answer(
        Question(scenario + "What steps can I take to have the decision changed?"), PUBLIC_ONLY
    )
    assert isinstance(reply.outcome, Answer), reply.outcome
    assert "looked at again" in reply.outcome.statements[0].text
