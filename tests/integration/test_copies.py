"""One paper filed several times is found once, cited once and its other places listed; access holds."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from embeddings.hashing import HashingEncoder
from qa_service.answering.citations import cite
from qa_service.app import make_app
from qa_service.bootstrap import open_ingestion, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Filters
from qa_service.ingestion.pipeline import SourceInput
from qa_service.retrieval.hybrid import Candidate, HybridRetriever
from qa_service.retrieval.snapshot import Snapshots
from qa_service.store.database import Database
from tests.factories import ingest, write_minutes

ENCODER = HashingEncoder(64)
ASKED = "how long would the works at the bridge last"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def retrieved(data: Path, filters: Filters | None = None) -> list[Candidate]:
    database = Database(data)
    with database.reading() as reader:
        retriever = HybridRetriever(ENCODER, Snapshots(data, ENCODER.fingerprint), depth=50)
        vector = retriever.encode(ASKED).vector
        found = retriever.retrieve(
            reader, ASKED, vector, 20, filters=filters or Filters(), allowed=PUBLIC_ONLY
        )
    database.close()
    return found


def places(data: Path, allowed: frozenset[Access] = PUBLIC_ONLY) -> dict[str, list[str]]:
    """Return, for each file whose passage is found first, the files that hold its paper too."""
    best = retrieved(data)[0].passage
    database = Database(data)
    with database.reading() as reader:
        citation = cite(reader, best.document_id, best.span, allowed)
    database.close()
    return {best.file_name: [place.file_name for place in citation.also_in]}


def test_the_same_minutes_filed_twice_are_found_once_and_both_places_are_named(
    tmp_path: Path, data: Path
) -> None:
    first = write_minutes(tmp_path / "papers", "first.txt")
    second = write_minutes(tmp_path / "papers", "second.txt")
    second.write_text(first.read_text() + "\nThe meeting closed.\n")
    ingest(data, first, second)
    texts = [each.passage.text for each in retrieved(data)]
    assert len(texts) == len(set(texts))
    assert places(data) == {"first.txt": ["second.txt"]}


def test_who_asks_of_one_file_is_answered_from_it_though_it_is_a_copy(tmp_path: Path, data: Path) -> None:
    first = write_minutes(tmp_path / "papers", "first.txt")
    ingest(data, first)
    second = write_minutes(tmp_path / "papers", "second.txt")
    ingest(data, second)
    copies = {each.passage.document_id for each in retrieved(data)}
    database = Database(data)
    with database.reading() as reader:
        ids = {row["id"]: row["file_name"] for row in reader.query("SELECT * FROM visible_document")}
    database.close()
    (copy,) = ids.keys() - copies
    found = retrieved(data, Filters(documents=frozenset({copy})))
    assert {each.passage.document_id for each in found} == {copy}


def test_when_the_original_goes_the_copy_takes_its_place(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "papers"
    first, _ = write_minutes(folder, "first.txt"), write_minutes(folder, "second.txt")
    ingest(data, folder)
    assert places(data) == {"first.txt": ["second.txt"]}
    first.unlink()
    ingest(data, folder, prune=True)
    assert places(data) == {"second.txt": []}


def test_a_restricted_copy_changes_nothing_public_and_is_named_to_nobody_else(
    tmp_path: Path, data: Path
) -> None:
    public = write_minutes(tmp_path / "papers", "public.txt")
    secret = write_minutes(tmp_path / "papers", "secret.txt")
    level = next(each for each in Access if each is not Access.PUBLIC)
    with open_ingestion(Settings(data_dir=data), ENCODER) as ingestion:
        ingestion.run([SourceInput(secret, "secret", "secret.txt", access=level)])
        ingestion.run([SourceInput(public, "public", "public.txt")])
    assert places(data) == {"public.txt": []}
    assert places(data, frozenset(Access)) == {"public.txt": []}
    database = Database(data)
    with database.reading() as reader:
        assert reader.value("SELECT count(*) FROM passage_copy") == 0
    database.close()


def test_the_page_of_a_citation_names_the_other_files(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "papers"
    write_minutes(folder, "first.txt")
    write_minutes(folder, "second.txt")
    ingest(data, folder)
    best = retrieved(data)[0].passage
    with open_services(Settings(data_dir=data), ENCODER, journal=True) as services:
        client = TestClient(make_app(services), base_url="http://papers.example")
        shown = client.get(f"/documents/{best.document_id}?start={best.span.start}&end={best.span.end}").text
        plain = client.get(f"/documents/{best.document_id}").text
    assert "is also filed in" in shown
    assert ">second.txt</a>" in shown
    assert "is also filed in" not in plain
