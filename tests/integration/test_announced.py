"""An agenda names every matter first: what minutes tell of it answers, and an entry alone is no decision."""

from collections.abc import Iterator

import pytest

from embeddings.encoder import Encoder
from qa_service.answering.drafts import ONLY_LISTED
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Statement
from tests.factories import ingest

AGENDA = """ASHMERE COUNTY COUNCIL

LIDO PANEL

Agenda for a meeting of the Lido Panel to be held on 5 June 2024 at 2.00 pm in the County Hall, Ashmere.

AGENDA

1. To receive apologies for absence.

2. To consider who is to get the vacant seat on the Lido Trust.

3. To consider the plan for a skating rink beside the lido.
"""
MINUTES = """ASHMERE COUNTY COUNCIL

LIDO PANEL

MINUTES of a meeting of the Lido Panel held on 5 June 2024.

PRESENT: Ada Quill (Chairman), Tom Hask

2. Trust

Una Prewitt got the seat on the Lido Trust that had been vacant since March.
"""


@pytest.fixture(scope="module")
def services(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("lido")
    for name, text in {"agenda.txt": AGENDA, "minutes.txt": MINUTES}.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", folder / "agenda.txt", folder / "minutes.txt", encoder=onnx)
    with open_services(Settings(data_dir=folder / "data"), onnx) as opened:
        yield opened


def first(services: Services, text: str) -> Statement:
    outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    return outcome.statements[0]


def test_what_minutes_tell_goes_before_the_entry_that_announced_it(services: Services) -> None:
    told = first(services, "Is there a vacant seat on the Lido Trust?")
    assert "Una Prewitt got the seat" in told.text


def test_an_entry_found_alone_is_called_one_where_a_decision_is_asked_for(services: Services) -> None:
    listed = first(services, "What was decided about the skating rink plan?")
    assert listed.text.startswith(ONLY_LISTED.partition("{")[0])
