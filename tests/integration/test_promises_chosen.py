"""Of many promises those asked for are chosen by their words: in few looks, and of what one may see alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.answering.promises import Wanted, kept_promises
from qa_service.bootstrap import Services, open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Answer, Filters, Question
from qa_service.domain.register import Verdicts
from qa_service.ingestion.pipeline import SourceInput
from qa_service.store.database import Connection, Database, Row
from tests.factories import ingest

SUBJECTS = (
    "blocked culverts",
    "flooded lanes",
    "broken gullies",
    "leaning lamps",
    "worn kerbs",
    "open drains",
)
QUESTIONS = (
    "What did the Network Manager promise about the swan pond?",
    "What was promised about lanes and lamps?",
    "What was promised about kerbs?",
    "Which actions are overdue?",
    "Which actions on drains are still outstanding?",
    "Has the list of gullies come back?",
)


def minutes(held_on: str, *subjects: str) -> str:
    items = "\n\n".join(
        f"{number}. {subject.title()}\n\nThe Network Manager undertook to send every member the list of "
        f"{subject} by 30 June 2024."
        for number, subject in enumerate(subjects, start=4)
    )
    return f"""MARLSHIRE COUNTY COUNCIL

HIGHWAYS AND FLOOD RISK COMMITTEE

MINUTES of a meeting of the Highways and Flood Risk Committee held on {held_on}.

PRESENT: Ada Quill (Chair), Tom Hask, Una Prewitt

{items}
"""


@contextmanager
def opened(folder: Path, *, closed: bool) -> Iterator[Services]:
    """Yield a service with public minutes and, if `closed` is set, with exempt ones of more promises."""
    folder.mkdir()
    (folder / "open.txt").write_text(minutes("6 February 2024", *SUBJECTS), encoding="utf-8")
    shut = minutes("5 December 2023", "the swan pond", *(f"{name} at the lanes" for name in SUBJECTS * 2))
    (folder / "shut.txt").write_text(shut, encoding="utf-8")
    settings, encoder = Settings(data_dir=folder / "data"), HashingEncoder(256)
    ingest(settings.data_dir, folder / "open.txt", encoder=encoder)
    if closed:
        with open_ingestion(settings, encoder) as ingestion:
            ingestion.run([SourceInput(folder / "shut.txt", "shut", "shut.txt", access=Access.EXEMPT)])
    with open_services(settings, encoder) as services:
        yield services


def replied(services: Services, text: str, allowed: frozenset[Access] = PUBLIC_ONLY) -> list[object]:
    """All that a reply tells: how sure it is, its notes, and its words or why there are none."""
    reply = services.answerer.answer(Question(text, as_of=date(2024, 8, 1)), allowed)
    told: Any = reply.outcome
    told = [each.text for each in told.statements] if isinstance(told, Answer) else told.reason
    return [reply.confidence, reply.understood.notes, told]


def test_the_promises_of_an_exempt_paper_are_not_found_and_change_no_reply(tmp_path: Path) -> None:
    with opened(tmp_path / "alone", closed=False) as alone, opened(tmp_path / "both", closed=True) as both:
        for question in QUESTIONS:
            assert replied(both, question) == replied(alone, question), question
        (told,) = replied(both, QUESTIONS[0], frozenset(Access))[2:]
        assert "swan pond" in str(told)
        assert "swan pond" not in str(replied(both, QUESTIONS[0])[2])


class Counted:
    """A connection that counts what is asked of it."""

    def __init__(self, reader: Connection) -> None:
        self._reader = reader
        self.asked = 0

    def query(self, sql: str, parameters: Row | None = None) -> list[Row]:
        self.asked += 1
        return self._reader.query(sql, parameters)


@pytest.mark.parametrize("text", [QUESTIONS[2], QUESTIONS[3], "Has the list of kerbs come back?"])
def test_more_promises_take_no_more_looks_into_the_store(tmp_path: Path, text: str) -> None:
    looks = []
    for number in (1, 30):
        folder = tmp_path / str(number)
        folder.mkdir()
        named = [f"{subject} of ward {ward}" for ward in range(number) for subject in SUBJECTS]
        (folder / "minutes.txt").write_text(minutes("6 February 2024", *named), encoding="utf-8")
        ingest(folder / "data", folder / "minutes.txt")
        database = Database(folder / "data")
        with database.reading() as reader:
            counted = Counted(reader)
            wanted = Wanted(text, Filters(), Filters(), date(2024, 8, 1), PUBLIC_ONLY, Verdicts(), 5)
            assert kept_promises(counted, wanted)  # type: ignore[arg-type]
        database.close()
        looks.append(counted.asked)
    assert looks[0] == looks[1] < 10
