"""Files to a published generation, by the real reading processes and an encoder without weights."""

import os
import shutil
import threading
from collections import namedtuple
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.bootstrap import open_ingestion, open_services
from qa_service.config import Settings
from qa_service.documents.sandbox import Sandboxes
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.answers import Filters, Question
from qa_service.errors import IndexMismatch, StorageFull
from qa_service.ingestion.discovery import discover
from qa_service.ingestion.pipeline import Ingestion, Progress, SourceInput
from qa_service.sample import papers_directory
from qa_service.store.database import Database, Row
from qa_service.store.documents import pages_of, slice_of, text_of, visible_documents
from qa_service.store.passages import fetch_passages
from tests.factories import CountingEncoder, child_processes, ingest, minutes, write_minutes


def papers(data_dir: Path, allowed: frozenset[Access] = PUBLIC_ONLY) -> list[Row]:
    database = Database(data_dir)
    with database.reading() as reader:
        rows = visible_documents(reader, allowed)
    database.close()
    return rows


def names(data_dir: Path) -> list[str]:
    return [row["file_name"] for row in papers(data_dir)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def test_every_unit_of_a_real_pack_is_an_exact_slice_of_its_page_texts(data: Path) -> None:
    pack = Path(papers_directory()) / "marlshire-clp-2024-01-23-agenda-pack.pdf"
    report = ingest(data, pack)
    assert (report.added, report.failures) == (1, [])
    assert report.pages > 10
    database = Database(data)
    with database.reading() as reader:
        (row,) = visible_documents(reader, PUBLIC_ONLY)
        text = text_of(reader, row["row"])
        assert row["characters"] == len(text)
        for page in pages_of(reader, row["row"]):
            assert text[page["start"] : page["end"]] == page["text"]
        passages = fetch_passages(
            reader, [each["row"] for each in reader.query("SELECT row FROM passage")], PUBLIC_ONLY
        )
        assert len(passages) == report.passages
        for passage in passages.values():
            assert passage.text == passage.span.of(text)
            for unit in passage.units:
                for span in unit.spans:
                    assert slice_of(reader, row["row"], span) == span.of(text)
    database.close()


def test_an_unchanged_file_costs_no_work(tmp_path: Path, data: Path) -> None:
    path = write_minutes(tmp_path / "papers")
    encoder = CountingEncoder()
    first = ingest(data, path, encoder=encoder)
    encoder.passages.clear()
    second = ingest(data, path, encoder=encoder)
    assert (first.added, first.generation) == (1, 1)
    assert (second.added, second.unchanged, second.generation) == (0, 1, 0)
    assert encoder.passages == []


def test_a_changed_file_replaces_its_paper_and_only_what_is_new_is_encoded(
    tmp_path: Path, data: Path
) -> None:
    path = write_minutes(tmp_path / "papers")
    encoder = CountingEncoder()
    ingest(data, path, encoder=encoder)
    (old,), everything = papers(data), len(encoder.passages)
    encoder.passages.clear()
    path.write_text(minutes().replace("in June", "in July"), encoding="utf-8")
    report = ingest(data, path, encoder=encoder)
    (new,) = papers(data)
    assert (report.added, report.replaced) == (0, 1)
    assert (new["supersedes"], new["id"] != old["id"]) == (old["id"], True)
    assert 0 < len(encoder.passages) < everything


def test_a_paper_whose_file_is_gone_stays_until_it_is_pruned(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "papers"
    write_minutes(folder, "a.txt")
    gone = write_minutes(folder, "b.txt", "the culvert")
    elsewhere = write_minutes(tmp_path / "other", "c.txt", "the ford")
    ingest(data, folder, elsewhere)
    gone.unlink()
    assert ingest(data, folder).removed == 0
    assert names(data) == ["a.txt", "b.txt", "c.txt"]
    assert ingest(data, folder, prune=True).removed == 1
    assert names(data) == ["a.txt", "c.txt"]


def test_a_pruned_paper_leaves_neither_text_nor_original_behind(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "papers"
    write_minutes(folder, "a.txt")
    gone = write_minutes(folder, "b.txt", "the Zanzibar culvert")
    ingest(data, folder)
    for blob in (data / "blobs").iterdir():
        os.utime(blob, (0, 0))  # as if kept long ago
    gone.unlink()
    ingest(data, folder, prune=True)
    assert len(list((data / "blobs").iterdir())) == 1
    stored = b"".join(path.read_bytes() for path in data.glob("papers.sqlite*"))
    assert b"Zanzibar" not in stored


def test_a_file_that_cannot_be_read_is_reported_and_the_rest_goes_in(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "papers"
    write_minutes(folder, "good.txt")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "empty.txt").touch()
    (folder / "picture.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    report = ingest(data, folder, tmp_path / "nowhere")
    codes = {failure.file.rpartition("/")[2]: failure.code for failure in report.failures}
    assert codes == {
        "nowhere": "not_found",
        "broken.pdf": "malformed",
        "empty.txt": "empty_file",
        "picture.pdf": "unsupported_type",
    }
    assert names(data) == ["good.txt"]


def test_a_replacement_that_cannot_be_read_leaves_the_paper_that_was(tmp_path: Path, data: Path) -> None:
    path = write_minutes(tmp_path / "papers")
    ingest(data, path)
    before = papers(data)
    path.write_text(" ", encoding="utf-8")
    assert [failure.code for failure in ingest(data, path).failures] == ["empty_file"]
    assert papers(data) == before


def test_a_file_that_vanishes_before_it_is_read_is_reported(tmp_path: Path, data: Path) -> None:
    path = write_minutes(tmp_path / "papers", "vanishing.txt")
    stays = write_minutes(tmp_path / "papers", "staying.txt", "the ford")
    with open_ingestion(Settings(data_dir=data), HashingEncoder(64)) as ingestion:
        given = list(discover([path, stays]))
        path.unlink()
        report = ingestion.run(given)
    assert [(failure.file, failure.code) for failure in report.failures] == [("vanishing.txt", "malformed")]
    assert names(data) == ["staying.txt"]


class ChangesFiles(HashingEncoder):
    """Lets the first paper through, then changes a file that was already looked at."""

    def __init__(self, path: Path, go_on: threading.Event) -> None:
        super().__init__(64)
        self._path, self._go_on = path, go_on

    @property
    def fingerprint(self) -> str:
        if not self._go_on.is_set():
            self._path.write_text(minutes("another bridge"), encoding="utf-8")
            self._go_on.set()
        return "hashing/64/256"


def test_a_file_that_changes_while_the_folder_is_read_is_left_for_the_next_run(
    tmp_path: Path, data: Path
) -> None:
    folder = tmp_path / "papers"
    for number in range(12):
        write_minutes(folder, f"{number:02}.txt", f"bridge number {number}")
    late = write_minutes(folder, "99.txt", "the last bridge")
    report = ingest(data, folder, encoder=ChangesFiles(late, threading.Event()))
    assert [(failure.file, failure.code) for failure in report.failures] == [
        ("99.txt", "changed_during_read")
    ]
    assert len(names(data)) == 12
    assert ingest(data, folder).added == 1


def test_a_name_whose_bytes_are_no_text_is_ingested(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "papers"
    write_minutes(folder, os.fsdecode(b"caf\xe9.txt"))
    assert ingest(data, folder).added == 1
    assert names(data) == [r"caf\xe9.txt"]
    assert ingest(data, folder, prune=True).unchanged == 1


def test_the_same_bytes_in_two_places_are_two_papers_with_one_original(tmp_path: Path, data: Path) -> None:
    one = write_minutes(tmp_path / "papers" / "june")
    (tmp_path / "papers" / "july").mkdir()
    shutil.copy(one, tmp_path / "papers" / "july")
    encoder = CountingEncoder()
    assert ingest(data, tmp_path / "papers", encoder=encoder).added == 2
    assert len(encoder.passages) == len(set(encoder.passages))
    assert len(list((data / "blobs").iterdir())) == 1


def test_progress_counts_files_and_ends_with_all_of_them(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "papers"
    write_minutes(folder, "a.txt")
    write_minutes(folder, "b.txt", "the ford")
    steps: list[Progress] = []
    with open_ingestion(Settings(data_dir=data), HashingEncoder(64)) as ingestion:
        ingestion.run(discover([folder]), progress=steps.append)
    assert [(step.files_done, step.files, step.file) for step in steps] == [(1, 2, "a.txt"), (2, 2, "b.txt")]


def test_a_long_run_is_published_in_instalments(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "papers"
    for number in range(3):
        write_minutes(folder, f"{number}.txt", f"bridge number {number}")
    with open_ingestion(Settings(data_dir=data), HashingEncoder(64)) as opened:
        instalments = Ingestion(opened._writer, data, lambda: HashingEncoder(64), instalment_seconds=0.0)  # noqa: SLF001
        assert instalments.run(discover([folder])).generation == 3
    assert len(names(data)) == 3


def test_another_encoder_is_refused_before_anything_is_written(tmp_path: Path, data: Path) -> None:
    folder = tmp_path / "papers"
    write_minutes(folder, "a.txt")
    ingest(data, folder)
    write_minutes(folder, "b.txt", "the ford")
    with pytest.raises(IndexMismatch, match=r"built by 'hashing/64.*QA_ENCODER"):
        ingest(data, folder, encoder=HashingEncoder(32))
    assert names(data) == ["a.txt"]
    with open_services(Settings(data_dir=data), HashingEncoder(32)) as services, pytest.raises(IndexMismatch):
        services.answerer.answer(Question("What was resolved?"), PUBLIC_ONLY)


def test_too_little_space_is_said_before_anything_is_written(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_minutes(tmp_path / "papers")
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - as shutil returns it
    with open_ingestion(Settings(data_dir=data), HashingEncoder(64)) as ingestion:
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(1000, 990, 10))
        with pytest.raises(StorageFull):
            ingestion.run(discover([path]))
    assert names(data) == []
    assert not (data / "blobs").exists()


def test_a_paper_made_exempt_leaves_the_public_at_once_and_keeps_its_history(
    tmp_path: Path, data: Path
) -> None:
    path = write_minutes(tmp_path / "papers")
    write_minutes(tmp_path / "papers", "b.txt", "the ford")
    ingest(data, tmp_path / "papers")
    with open_ingestion(Settings(data_dir=data), HashingEncoder(64)) as ingestion:
        report = ingestion.run([SourceInput(path, str(path.resolve()), path.name, access=Access.EXEMPT)])
    assert report.replaced == 1
    assert names(data) == ["b.txt"]
    assert [row["file_name"] for row in papers(data, frozenset({Access.EXEMPT}))] == ["minutes.txt"]
    with open_services(Settings(data_dir=data), HashingEncoder(64)) as services:
        found = services.answerer.search(Question("the bridge at Ebbfold closed"), 10, PUBLIC_ONLY)
    assert {candidate.passage.file_name for candidate in found.candidates} <= {"b.txt"}


def test_removing_the_last_paper_leaves_a_service_that_finds_nothing(tmp_path: Path, data: Path) -> None:
    ingest(data, write_minutes(tmp_path / "papers"))
    (row,) = papers(data)
    with open_ingestion(Settings(data_dir=data), HashingEncoder(64)) as ingestion:
        assert ingestion.remove_by_id(row["id"])
        assert not ingestion.remove_by_id(row["id"])
    with open_services(Settings(data_dir=data), HashingEncoder(64)) as services:
        question = Question("Which bridge is closed?", Filters())
        assert services.answerer.search(question, 5, PUBLIC_ONLY).candidates == []


def test_a_run_ends_its_own_children_and_leaves_those_that_it_was_given(tmp_path: Path) -> None:
    first = discover([write_minutes(tmp_path / "papers", "a.txt")])
    second = discover([write_minutes(tmp_path / "papers", "b.txt", "the ford")])
    settings, others = Settings(data_dir=tmp_path / "data"), child_processes()
    with open_ingestion(settings, HashingEncoder(64)) as ingestion:
        assert ingestion.run(first).added == 1
        assert child_processes() <= others
    with Sandboxes(1) as sandboxes:
        with open_ingestion(settings, HashingEncoder(64), sandboxes) as ingestion:
            assert ingestion.run(second).added == 1
        assert len(child_processes() - others) == 1
