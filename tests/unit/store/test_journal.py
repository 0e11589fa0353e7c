from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.errors import NotADataDirectory, NotFound, SchemaMismatch
from qa_service.store.journal import JOURNAL_FILE, Journal, awaited_originals
from qa_service.store.migrations import JOURNAL, newest


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path) as kept:
        yield kept


def test_an_answer_is_replayed_as_it_was_given(journal: Journal) -> None:
    journal.keep_answer("a1", "asked", "replied", PUBLIC_ONLY, 90)
    row = journal.answer("a1", PUBLIC_ONLY)
    assert (row["request"], row["reply"]) == ("asked", "replied")
    with pytest.raises(NotFound):
        journal.answer("a2", PUBLIC_ONLY)


def test_an_answer_for_a_higher_clearance_looks_like_none(journal: Journal) -> None:
    journal.keep_answer("a1", "asked", "replied", frozenset({Access.PUBLIC, Access.EXEMPT}), 90)
    with pytest.raises(NotFound):
        journal.answer("a1", PUBLIC_ONLY)
    assert journal.answer("a1", frozenset(Access))["reply"] == "replied"


def test_answers_beyond_their_days_are_forgotten_with_their_feedback(journal: Journal) -> None:
    journal.keep_answer("a1", "asked", "replied", PUBLIC_ONLY, 90)
    journal.keep_feedback("a1", "right", "")
    journal.keep_answer("a2", "asked", "replied", PUBLIC_ONLY, -1)
    with pytest.raises(NotFound):
        journal.answer("a1", PUBLIC_ONLY)
    assert journal.feedback() == []


def test_feedback_comes_with_the_answer_it_is_about(journal: Journal) -> None:
    journal.keep_answer("a1", "asked", "replied", PUBLIC_ONLY, 90)
    id_ = journal.keep_feedback("a1", "wrong", "the date")
    (row,) = journal.feedback()
    assert (row["id"], row["verdict"], row["comment"], row["reply"]) == (id_, "wrong", "the date", "replied")


def test_a_queued_job_outlives_the_process_that_queued_it(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        queued = journal.queue("ingest", "a.pdf", "ab12")
    with Journal(tmp_path) as journal:
        assert journal.job(queued.id) == queued
        assert (queued.state, queued.stage) == ("queued", "waiting")


def test_jobs_are_worked_oldest_first_and_shown_newest_first(journal: Journal) -> None:
    ids = [journal.queue("ingest", name, name).id for name in "abc"]
    journal.update_job(ids[1], "failed", "ended", "empty_file", "the file is empty")
    assert [job.id for job in journal.jobs(("queued", "running"))] == [ids[0], ids[2]]
    assert {job.id for job in journal.jobs()} == set(ids)
    failed = journal.job(ids[1])
    assert (failed.state, failed.code, failed.detail) == ("failed", "empty_file", "the file is empty")


def test_originals_of_unfinished_uploads_are_awaited(tmp_path: Path) -> None:
    assert awaited_originals(tmp_path) == frozenset()
    with Journal(tmp_path) as journal:
        journal.queue("ingest", "a.pdf", "queued")
        journal.update_job(journal.queue("ingest", "b.pdf", "running").id, "running", "reading")
        journal.update_job(journal.queue("ingest", "c.pdf", "done").id, "done", "published")
        journal.queue("remove", "d.pdf", "d4")
    assert awaited_originals(tmp_path) == {"queued", "running"}


def test_a_journal_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / JOURNAL_FILE).write_bytes(b"not a journal at all" * 60)
    with pytest.raises(NotADataDirectory, match="is not a database"):
        Journal(tmp_path)


def test_a_journal_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        journal._connection.execute(f"PRAGMA user_version = {newest(JOURNAL) + 1}")  # noqa: SLF001
    with pytest.raises(SchemaMismatch):
        Journal(tmp_path)
