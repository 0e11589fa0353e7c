"""A fee that one sentence announces and the next one gives is told with both."""

from collections.abc import Iterator

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question
from tests.factories import ingest

_PAPER = """COASTWICK TOWN COUNCIL

HARBOUR COMMITTEE

Minutes of the meeting held on Tuesday 14 May 2024

Present: Councillor Imogen Farr (Chair), Councillor Rhys Belamy.

1. THE SLIPWAY

There is a charge to launch a rowing boat from the slipway.
Visitors without papers give £7 and locals nothing.
"""


@pytest.fixture(scope="module")
def services(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """Yield a service with the minutes of one meeting."""
    root = tmp_path_factory.mktemp("introduced")
    papers = root / "papers"
    papers.mkdir()
    (papers / "may.txt").write_text(_PAPER, encoding="utf-8")
    ingest(root / "data", papers, encoder=onnx)
    with open_services(Settings(data_dir=root / "data"), onnx) as opened:
        yield opened


def test_the_charge_comes_with_the_sentence_that_announces_it(services: Services) -> None:
    question = Question("How much does it cost to launch a rowing boat from the slipway?")
    reply = services.answerer.answer(question, PUBLIC_ONLY)
    assert isinstance(reply.outcome, Answer), reply.outcome
    quote = " ".join(reply.outcome.statements[0].citations[0].quote.split())
    assert quote.startswith("There is a charge to launch")
    assert quote.endswith("Visitors without papers give £7 and locals nothing.")
