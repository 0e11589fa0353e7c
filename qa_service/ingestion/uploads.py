"""Uploads: what is checked before anything is kept, and the thread that works the queue."""

import logging
import re
import threading
import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from qa_service.domain.access import Access
from qa_service.errors import EmptySource, QAServiceError, UnsupportedType, WriterBusy
from qa_service.ingestion.pipeline import Ingestion, SourceInput
from qa_service.store.blobs import blob_path
from qa_service.store.journal import Job, Journal

log = logging.getLogger(__name__)

# Bidirectional overrides can make "fdp.exe" of "exe.pdf"; slashes and dots can leave the folder.
_UNWANTED = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:]")
_LONGEST_NAME = 200
_RETRY_SECONDS = 2.0


def clean_name(name: str) -> str:
    """Return a file name to show: no path, no control or direction marks, at most 200 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    cleaned = _UNWANTED.sub("", last).strip(" .")
    return cleaned[-_LONGEST_NAME:] or "unnamed"


def check_upload(name: str, beginning: bytes) -> str:
    """Return the cleaned name of an upload. Raises EmptySource or UnsupportedType from its first bytes."""
    cleaned = clean_name(name)
    if not beginning.strip():
        raise EmptySource(cleaned)
    if beginning.startswith(
        (b"MZ", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")
    ):
        raise UnsupportedType(cleaned, "a program, a picture or an archive")
    return cleaned


class UploadWorker:
    """Works queued jobs one after another; what a stop leaves unfinished is taken up again at the start."""

    def __init__(
        self,
        journal: Journal,
        data_dir: Path,
        open_ingestion: Callable[[], AbstractContextManager[Ingestion]],
    ) -> None:
        self._journal, self._data_dir, self._open = journal, data_dir, open_ingestion
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="uploads", daemon=True)

    def start(self) -> None:
        """Begin, with jobs that an earlier process left."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the job in hand, then end."""
        self._stopping.set()
        self._wake.set()
        self._thread.join()

    def wake(self) -> None:
        """Say that a job was queued."""
        self._wake.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            for job in self._journal.jobs(("queued", "running")):
                if self._stopping.is_set():
                    return
                self._run(job)
            self._wake.wait(_RETRY_SECONDS)
            self._wake.clear()

    def _run(self, job: Job) -> None:
        self._journal.update_job(job.id, "running", "reading")
        try:
            with self._open() as ingestion:
                failure = (
                    self._ingest(ingestion, job) if job.kind == "ingest" else self._remove(ingestion, job)
                )
        except WriterBusy:
            self._journal.update_job(job.id, "queued", "waiting for another writer")
            return
        except QAServiceError as error:
            failure = (error.code, str(error))
        if failure:
            self._journal.update_job(job.id, "failed", "ended", *failure)
        else:
            self._journal.update_job(job.id, "done", "published")

    def _ingest(self, ingestion: Ingestion, job: Job) -> tuple[str, str] | None:
        source = SourceInput(
            blob_path(self._data_dir, job.target),
            f"upload:{job.file_name}",
            job.file_name,
            access=Access.PUBLIC,
        )
        report = ingestion.run(
            [source], progress=lambda _: self._journal.update_job(job.id, "running", "publishing")
        )
        return (report.failures[0].code, report.failures[0].why) if report.failures else None

    def _remove(self, ingestion: Ingestion, job: Job) -> tuple[str, str] | None:
        return None if ingestion.remove_by_id(job.target) else ("not_found", "the paper is no longer there")
