"""A planning application is told by its own entry, and its item is not said to end without a decision."""

from collections.abc import Iterator

import pytest

from embeddings.encoder import Encoder
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Question, Refusal, Reply
from qa_service.domain.resolutions import Standing
from tests.factories import ingest

MINUTES = """TARN COMMUNITY COUNCIL

MINUTES of a meeting of the Community Council held on 11 July 2023.

PRESENT: Ada Quill (Chairman), Tom Hask, Una Prewitt

8. Lighting

No issues.

9. Planning

Tom Hask declared an interest in TC/40217 and left the room.

TC/40188      Slipway beside the ferry house
Otter Lane
Tarn
No Objections

TC/40217      Boat shed with a flat roof
The Old Kiln
Mossop Road
Mrs P Aldous
The Council objects to this application for the following reasons:
- The shed would hide the lock from the road.
- There is no room to turn a cart.

TC/40301      Porch
Saxby Row

TC/40355      Stable behind the mill
No Objections

Members supported a new bench for the green.

10. Accounts

The accounts were read.
"""


@pytest.fixture(scope="module")
def tarn(onnx: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("applications")
    (folder / "july.txt").write_text(MINUTES, encoding="utf-8")
    ingest(folder / "data", folder / "july.txt", encoder=onnx)
    with open_services(Settings(data_dir=folder / "data"), onnx) as opened:
        yield opened


def ask(services: Services, text: str) -> Reply:
    return services.answerer.answer(Question(text), PUBLIC_ONLY)


def told(reply: Reply) -> list[str]:
    """The words quoted, without line ends."""
    assert isinstance(reply.outcome, Answer), reply.outcome
    return [
        " ".join(" ".join(each.quote for each in statement.citations).split())
        for statement in reply.outcome.statements
    ]


@pytest.mark.parametrize(
    "text",
    [
        "What was decided on planning application TC/40217?",
        "On what grounds did we object to the boat shed at the Old Kiln?",
    ],
)
def test_an_application_is_told_by_its_entry_with_all_reasons(tarn: Services, text: str) -> None:
    reply = ask(tarn, text)
    (entry,) = told(reply)
    assert entry.startswith("TC/40217")
    assert entry.endswith("- There is no room to turn a cart.")
    assert "TC/40301" not in entry
    assert isinstance(reply.outcome, Answer)
    assert [each.standing for each in reply.outcome.statements] == [Standing.MINUTED]


def test_no_objection_is_told_of_the_application_above_it(tarn: Services) -> None:
    (entry,) = told(ask(tarn, "What did the council make of TC/40188?"))
    assert entry.startswith("TC/40188")
    assert entry.endswith("No Objections")


def test_what_follows_the_last_entry_is_no_part_of_it(tarn: Services) -> None:
    (entry,) = told(ask(tarn, "What did the council make of TC/40355?"))
    assert entry.endswith("No Objections")


def test_an_entry_without_a_view_is_not_said_to_end_without_a_decision(tarn: Services) -> None:
    reply = ask(tarn, "What was decided on application TC/40301?")
    shown = [] if isinstance(reply.outcome, Refusal) else told(reply)
    texts = [] if isinstance(reply.outcome, Refusal) else [each.text for each in reply.outcome.statements]
    assert not any("record no resolution" in text for text in texts), shown


def test_an_application_that_no_paper_names_is_not_told_by_another(tarn: Services) -> None:
    reply = ask(tarn, "What was decided on application TC/99999?")
    assert isinstance(reply.outcome, Refusal)
    assert reply.outcome.reason.endswith("names TC/99999")
