"""Uploads: what is checked before anything is kept, and the thread that works the queue."""

import logging
import re
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path

from qa_service.errors import EmptySource, UnsupportedType, WriterBusy
from qa_service.ingestion.pipeline import Ingestion, SourceInput
from qa_service.store.blobs import blob_path
from qa_service.store.journal import Job, Journal

log = logging.getLogger(__name__)

# Bidirectional overrides can make "fdp.exe" of "exe.pdf"; slashes and dots can leave the folder.
_UNWANTED = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069/\\:]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_LONGEST_NAME = 200
_FOREIGN = (b"MZ", b"\x7fELF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf")
_RETRY_SECONDS = 2.0
# A job that is not done by then is left: it is taken up again at the next start.
_STOP_SECONDS = 10.0

Failed = tuple[str, str]
"""Why a job failed: a code, and a sentence."""


def clean_name(name: str) -> str:
    """Return a file name to show: no path, no control or direction marks, at most 200 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    cleaned = _SURROGATES.sub("\ufffd", _UNWANTED.sub("", last)).strip(" .")
    return cleaned[-_LONGEST_NAME:].strip(" .") or "unnamed"


def check_upload(name: str, beginning: bytes) -> str:
    """Return the cleaned name of an upload. Raises EmptySource or UnsupportedType from its first bytes.

    A file that merely begins with blanks is for its reader to judge.
    """
    cleaned = clean_name(name)
    if not beginning:
        raise EmptySource(cleaned)
    if beginning.startswith(_FOREIGN):
        raise UnsupportedType(cleaned, "a program, a picture or an archive")
    return cleaned


def run_job(ingestion: Ingestion, data_dir: Path, job: Job, publishing: Callable[[], None]) -> Failed | None:
    """Do what a job asks; return why it failed, None where it did not.

    An upload is known by its bytes: the same ones are the same paper whatever their name, and other ones
    never replace it, for "minutes.pdf" is what every meeting's minutes are called.
    """
    if job.kind == "remove":
        return None if ingestion.remove_by_id(job.target) else ("not_found", "the paper is no longer there")
    source = SourceInput(blob_path(data_dir, job.target), f"upload:{job.target}", job.file_name)
    report = ingestion.run([source], progress=lambda _: publishing())
    return (report.failures[0].code, report.failures[0].why) if report.failures else None


class UploadWorker:
    """Works queued jobs one after another; what a stop leaves unfinished is taken up again at the start.

    `work` does a job and says why it failed; it raises WriterBusy and nothing else. `repair` rebuilds damaged
    index files and returns whether it could.
    """

    def __init__(
        self, journal: Journal, work: Callable[[Job], Failed | None], repair: Callable[[], bool]
    ) -> None:
        self._journal, self._job, self._repair = journal, work, repair
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._damaged = threading.Event()
        self._thread = threading.Thread(target=self._work, name="uploads", daemon=True)

    def start(self) -> None:
        """Begin, with jobs that an earlier process left."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the job in hand if that takes no longer than ten seconds, then end."""
        self._stopping.set()
        self._wake.set()
        self._thread.join(_STOP_SECONDS)

    def wake(self) -> None:
        """Say that a job was queued."""
        self._wake.set()

    def mend(self) -> None:
        """Say that index files are damaged."""
        self._damaged.set()
        self._wake.set()

    def _work(self) -> None:
        while not self._stopping.is_set():
            if self._damaged.is_set() and self._repair():
                self._damaged.clear()
            for job in self._journal.jobs(("queued", "running")):
                if self._stopping.is_set():
                    return
                self._run(job)
            self._wake.wait(_RETRY_SECONDS)
            self._wake.clear()

    def _run(self, job: Job) -> None:
        self._journal.update_job(job.id, "running", "reading")
        try:
            failed = self._job(job)
        except WriterBusy:
            self._journal.update_job(job.id, "queued", "waiting for another writer")
            return
        if failed:
            self._journal.update_job(job.id, "failed", "ended", *failed)
        else:
            self._journal.update_job(job.id, "done", "published")
