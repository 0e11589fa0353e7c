"""Minutes are confirmed by a later paper, in whatever order they come, and not without it."""

from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.answering.citations import cite
from qa_service.api.bodies import CitationBody
from qa_service.bootstrap import open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Answer, Citation, Question
from qa_service.domain.documents import Status
from qa_service.domain.spans import Span
from qa_service.ingestion.pipeline import SourceInput
from qa_service.store.database import Database
from tests.factories import ingest, minutes

EARLIER, LATER = "february.txt", "april.txt"
DECIDED = "RESOLVED"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / EARLIER).write_text(minutes(), encoding="utf-8")
    told = "The minutes of the meeting held on 6 February 2024 were agreed as a correct record."
    later = minutes("the ford at Sallow", "9 April 2024").replace("There were none.", told)
    (folder / LATER).write_text(later, encoding="utf-8")
    return folder


def cited(data: Path, file_name: str, allowed: frozenset[Access] = PUBLIC_ONLY) -> Citation:
    """Return the citation of what the minutes in a file resolved."""
    database = Database(data)
    with database.reading() as reader:
        row = reader.query("SELECT row, id FROM visible_document WHERE file_name = :f", {"f": file_name})[0]
        text = "".join(
            each["text"] for each in reader.query("SELECT text FROM page WHERE document_row = :row", row)
        )
        start = text.index(DECIDED)
        citation = cite(reader, row["id"], Span(start, start + len(DECIDED)), allowed)
        registered = reader.value("SELECT status FROM resolution WHERE document_row = :row", row)
    database.close()
    assert registered == citation.segment.status.value
    return citation


def standing(data: Path, file_name: str) -> tuple[Status, str | None]:
    found = cited(data, file_name)
    return found.segment.status, found.confirmed_in.file_name if found.confirmed_in else None


@pytest.mark.parametrize("order", [(EARLIER, LATER), (LATER, EARLIER)])
def test_the_order_in_which_the_papers_come_makes_no_difference(
    tmp_path: Path, papers: Path, order: tuple[str, str]
) -> None:
    data = tmp_path / "data"
    ingest(data, papers / order[0])
    assert standing(data, order[0]) == (Status.UNKNOWN, None)
    ingest(data, papers / order[1])
    assert standing(data, EARLIER) == (Status.CONFIRMED, LATER)
    assert standing(data, LATER) == (Status.UNKNOWN, None)


def test_when_the_paper_that_confirms_goes_so_does_the_status(tmp_path: Path, papers: Path) -> None:
    data = tmp_path / "data"
    ingest(data, papers)
    assert standing(data, EARLIER) == (Status.CONFIRMED, LATER)
    (papers / LATER).unlink()
    ingest(data, papers, prune=True)
    assert standing(data, EARLIER) == (Status.UNKNOWN, None)


def test_when_the_paper_that_confirms_is_replaced_by_one_that_does_not_the_status_follows(
    tmp_path: Path, papers: Path
) -> None:
    data = tmp_path / "data"
    ingest(data, papers)
    (papers / LATER).write_text(minutes("the ford at Sallow", "9 April 2024"), encoding="utf-8")
    ingest(data, papers)
    assert standing(data, EARLIER) == (Status.UNKNOWN, None)


def test_drafts_become_confirmed_and_are_drafts_again_without_the_paper_that_says_so(
    tmp_path: Path, papers: Path
) -> None:
    data = tmp_path / "data"
    draft = (papers / EARLIER).read_text(encoding="utf-8")
    (papers / EARLIER).write_text(f"DRAFT MINUTES\n\n{draft}", encoding="utf-8")
    ingest(data, papers)
    assert standing(data, EARLIER) == (Status.CONFIRMED, LATER)
    (papers / LATER).unlink()
    ingest(data, papers, prune=True)
    assert standing(data, EARLIER) == (Status.DRAFT, None)


def test_a_restricted_paper_confirms_nothing_public_and_is_named_to_nobody(
    tmp_path: Path, papers: Path
) -> None:
    data = tmp_path / "data"
    level = next(each for each in Access if each is not Access.PUBLIC)
    with open_ingestion(Settings(data_dir=data), HashingEncoder(64)) as ingestion:
        ingestion.run([SourceInput(papers / LATER, LATER, LATER, access=level)])
        ingestion.run([SourceInput(papers / EARLIER, EARLIER, EARLIER)])
    assert standing(data, EARLIER) == (Status.UNKNOWN, None)


def said(data: Path, text: str) -> list[str]:
    """The statements of the answer, without line ends."""
    with open_services(Settings(data_dir=data), HashingEncoder(64)) as services:
        outcome = services.answerer.answer(Question(text), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    return [" ".join(statement.text.split()) for statement in outcome.statements]


def test_who_asks_whether_minutes_were_confirmed_is_shown_where_it_says_so(
    tmp_path: Path, papers: Path
) -> None:
    data = tmp_path / "data"
    ingest(data, papers)
    expected = ["The minutes of the meeting held on 6 February 2024 were agreed as a correct record."]
    assert said(data, "Have the minutes of 6 February 2024 been confirmed?") == expected
    assert said(data, "Did the Committee sign off the February 2024 minutes?") == expected


def test_minutes_that_nothing_confirms_are_told_by_what_they_call_themselves(
    tmp_path: Path, papers: Path
) -> None:
    data = tmp_path / "data"
    banner = "DRAFT MINUTES: not yet confirmed by the Committee"
    draft = (papers / EARLIER).read_text(encoding="utf-8")
    (papers / EARLIER).write_text(f"{banner}\n\n{draft}", encoding="utf-8")
    ingest(data, papers / EARLIER)
    assert said(data, "Have the minutes of 6 February 2024 been confirmed?") == [banner]
    ingest(data, papers)
    assert said(data, "Have the minutes of 6 February 2024 been confirmed?") != [banner]


def test_the_api_says_which_page_confirms(tmp_path: Path, papers: Path) -> None:
    data = tmp_path / "data"
    ingest(data, papers)
    body = CitationBody.of(1, cited(data, EARLIER)).model_dump(mode="json")
    assert body["meeting"]["status"] == "confirmed"
    assert (body["confirmed_in"]["file_name"], body["confirmed_in"]["page"]) == (LATER, None)
    assert body["reference"].startswith(
        "Marlshire County Council, Highways and Flood Risk Committee, 6 February"
    )
    assert "confirmed minutes" in body["reference"]
