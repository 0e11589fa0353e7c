"""A meeting told by its matter: its roll answers, and that of no other meeting."""

from collections.abc import Iterator

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Refusal, Reply
from tests.factories import ingest

_MINUTES = """ASHMERE COUNTY COUNCIL

CABINET

MINUTES of a meeting of the Cabinet held on {held_on}.

PRESENT: Ada Quill (Leader), {present}

APOLOGIES: {apologies}

1. {title}

{told}
"""
PAPERS = {
    "jan.txt": _MINUTES.format(
        held_on="9 January 2024",
        present="Tom Hask, Una Prewitt",
        apologies="Bea Orme",
        title="Peat",
        told="Members debated whether the peat of Saxby Moor should be sold, and left it in the ground.",
    ),
    "feb.txt": _MINUTES.format(
        held_on="6 February 2024",
        present="Bea Orme",
        apologies="Tom Hask, Una Prewitt",
        title="Ferry fares",
        told="Members debated the fares of the ferry and put them up by a tenth.",
    ),
}


@pytest.fixture(scope="module")
def ashmere(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("described")
    for name, text in PAPERS.items():
        (folder / name).write_text(text, encoding="utf-8")
    ingest(folder / "data", *(folder / name for name in PAPERS), encoder=onnx)
    with open_services(Settings(data_dir=folder / "data"), onnx) as opened:
        yield opened


def ask(services: Services, text: str) -> Reply:
    return services.answerer.answer(Question(text), PUBLIC_ONLY)


def quotes(reply: Reply) -> list[str]:
    assert isinstance(reply.outcome, Answer), reply.outcome
    return [each.quote for statement in reply.outcome.statements for each in statement.citations]


def test_the_roll_of_the_meeting_that_dealt_with_it_answers(ashmere: Services) -> None:
    reply = ask(ashmere, "Who sent apologies for the meeting that debated the ferry fares?")
    assert quotes(reply) == ["APOLOGIES: Tom Hask, Una Prewitt"]
    assert reply.understood.notes == ("taken to be the meeting of Cabinet on 6 February 2024",)


def test_another_matter_is_another_meeting(ashmere: Services) -> None:
    (quote,) = quotes(ask(ashmere, "Who sent apologies for the meeting about the peat of Saxby Moor?"))
    assert quote.endswith("APOLOGIES: Bea Orme")


def test_what_the_roll_does_not_tell_is_not_told_by_another_meeting(ashmere: Services) -> None:
    reply = ask(ashmere, "Who deputised at the meeting that debated the ferry fares?")
    assert isinstance(reply.outcome, Refusal)
    assert "2024-02-06" in reply.outcome.reason


def test_a_matter_that_no_meeting_dealt_with_is_not_taken_for_one(ashmere: Services) -> None:
    reply = ask(ashmere, "Who sent apologies for the meeting that debated the burial ground?")
    assert not any("taken to be" in note for note in reply.understood.notes)


def test_a_day_that_is_named_says_which_meeting(ashmere: Services) -> None:
    asked = "Who sent apologies for the meeting on 9 January 2024 about the ferry fares?"
    (quote,) = quotes(ask(ashmere, asked))
    assert quote.endswith("APOLOGIES: Bea Orme")
