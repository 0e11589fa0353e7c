import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.errors import EmptySource, UnsupportedType, WriterBusy
from qa_service.ingestion import uploads
from qa_service.ingestion.uploads import Failed, UploadWorker, check_upload, clean_name
from qa_service.store.journal import Job, Journal


@given(st.text(st.characters(), max_size=400))
def test_a_cleaned_name_is_short_leads_nowhere_and_hides_nothing(name: str) -> None:
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 200
    assert not set(cleaned) & set("/\\:\x00\n\u202e\u2066")
    assert cleaned not in {".", ".."}
    cleaned.encode()


@given(st.text(st.characters(), max_size=400))
def test_cleaning_a_clean_name_changes_nothing(name: str) -> None:
    assert clean_name(clean_name(name)) == clean_name(name)


def test_a_file_of_no_bytes_is_empty_and_one_that_begins_with_blanks_is_for_its_reader() -> None:
    with pytest.raises(EmptySource):
        check_upload("a.txt", b"")
    assert check_upload("a.txt", b" " * 1024) == "a.txt"


@pytest.mark.parametrize(
    "beginning", [b"MZ\x90", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"GIF89a", b"Rar!"]
)
def test_programs_pictures_and_archives_are_refused_whatever_their_name(beginning: bytes) -> None:
    with pytest.raises(UnsupportedType):
        check_upload("minutes.pdf", beginning)


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path) as kept:
        yield kept


class Worker:
    """A worker whose jobs the test decides about, and which says when each has been done."""

    def __init__(self, journal: Journal, work: Callable[[Job], Failed | None]) -> None:
        self.done: list[str] = []
        self.mended = threading.Event()
        self._reached = threading.Semaphore(0)
        self._given = work
        self.worker = UploadWorker(journal, self._work, self._mend)

    def _work(self, job: Job) -> Failed | None:
        self.done.append(job.file_name)
        self._reached.release()
        return self._given(job)

    def _mend(self) -> bool:
        self.mended.set()
        return True

    def wait_for(self, count: int) -> None:
        for _ in range(count):
            assert self._reached.acquire(timeout=30)


def test_jobs_of_an_earlier_process_are_done_first_and_in_order(journal: Journal) -> None:
    first = journal.queue("ingest", "a", "1")
    journal.update_job(first.id, "running", "reading")  # it was killed there
    journal.queue("ingest", "b", "2")
    worker = Worker(journal, lambda _: None)
    worker.worker.start()
    worker.wait_for(2)
    worker.worker.stop()
    assert worker.done == ["a", "b"]
    assert {job.state for job in journal.jobs()} == {"done"}


def test_a_failed_job_says_why_and_the_next_one_is_done(journal: Journal) -> None:
    journal.queue("ingest", "bad", "1")
    journal.queue("ingest", "good", "2")
    worker = Worker(journal, lambda job: ("malformed", "why") if job.file_name == "bad" else None)
    worker.worker.start()
    worker.wait_for(2)
    worker.worker.stop()
    assert {job.file_name: (job.state, job.code) for job in journal.jobs()} == {
        "bad": ("failed", "malformed"),
        "good": ("done", None),
    }


def test_a_job_that_meets_another_writer_waits_and_is_tried_again(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "_RETRY_SECONDS", 0.01)
    busy = [WriterBusy(tmp_path), WriterBusy(tmp_path)]

    def work(_: Job) -> None:
        if busy:
            raise busy.pop()

    journal.queue("ingest", "a", "1")
    worker = Worker(journal, work)
    worker.worker.start()
    worker.wait_for(3)
    worker.worker.stop()
    assert [job.state for job in journal.jobs()] == ["done"]


def test_a_damaged_index_is_mended_when_it_is_reported(journal: Journal) -> None:
    worker = Worker(journal, lambda _: None)
    worker.worker.start()
    worker.worker.mend()
    assert worker.mended.wait(30)
    worker.worker.stop()
