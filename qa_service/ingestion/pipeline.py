"""From files to a published generation: discover, read in a sandbox, cut, encode, write, publish."""

import logging
import os
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from embeddings.encoder import Encoder
from embeddings.tokens import llm_tokens
from qa_service.documents.sandbox import Sandboxes
from qa_service.domain.access import Access
from qa_service.domain.papers import Paper
from qa_service.errors import ChangedDuringRead, IndexMismatch, SourceError, SourceTooLarge, UnreadableSource
from qa_service.ingestion.encoding import encode
from qa_service.ingestion.passages import passages_of
from qa_service.ingestion.publish import publish, recover, require_space
from qa_service.store.blobs import BLOBS_FOLDER, blob_path, discard_strays, keep_file, source_sha256
from qa_service.store.database import Connection, Row
from qa_service.store.documents import new_id
from qa_service.store.generations import current_number, discard_unpublished, setting, store_setting
from qa_service.store.journal import awaited_originals
from qa_service.store.papers import (
    PARSER_VERSION,
    close_documents,
    discard_closed,
    insert_paper,
    kept_originals,
)
from qa_service.store.passages import insert_passage
from qa_service.store.register import insert_commitments, insert_resolutions
from qa_service.store.vectors import insert_vectors

log = logging.getLogger(__name__)

LARGEST_FILE = 100 * 2**20
_READERS = 2
# Papers that may wait, read, for the encoder: more would only fill memory.
_AHEAD = 8
# Rows, vectors, index files and the kept original per byte of source, on the large side: measured were
# 1.3 for PDFs and 10 for plain text.
_GROWTH = {".pdf": 2}
_GROWTH_OF_TEXT = 12
# A long run is published in instalments, so that a crash costs minutes of work and not hours.
_INSTALMENT_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class SourceInput:
    """One file to ingest. `origin` names where it comes from: the same origin is the same paper."""

    path: Path
    origin: str
    file_name: str
    title: str | None = None
    url: str | None = None
    access: Access = Access.PUBLIC


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was left out, and why."""

    file: str
    code: str
    why: str


@dataclass(slots=True)
class IngestReport:
    """What one run did. `failures` did not stop the rest."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    removed: int = 0
    pages: int = 0
    passages: int = 0
    incomplete: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is, for a progress bar."""

    files_done: int
    files: int
    pages: int
    file: str


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _Task:
    """A file to read, the SHA-256 that it must still have then, and the bytes that it may cost on disk."""

    source: SourceInput
    sha256: str
    growth: int


def shown(path: Path) -> str:
    """Return a path as text: bytes of its name that are no UTF-8 are written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


class Ingestion:
    """The writer's work on one data directory. Use inside `open_writer`; begin with `recover`.

    Papers are read in `sandboxes`, which stay open, or else in some of its own that end with each run.
    """

    def __init__(
        self,
        writer: Connection,
        data_dir: Path,
        encoder: Callable[[], Encoder],
        sandboxes: Sandboxes | None = None,
        instalment_seconds: float = _INSTALMENT_SECONDS,
        relink: Callable[[Connection, Access], None] = lambda _writer, _access: None,
    ) -> None:
        self._writer, self._data_dir, self._sandboxes = writer, data_dir, sandboxes
        self._relink = relink  # the register's part, which lies above this floor
        self._make_encoder = encoder
        self._encoder: Encoder | None = None
        self._instalment_seconds = instalment_seconds

    def recover(self) -> None:
        """Put right what a crash left, and rebuild damaged index files from rows: that needs no encoder."""
        discard_unpublished(self._writer)
        recover(self._writer, self._data_dir)
        for access in Access:
            self._relink(self._writer, access)
        self._tidy()

    def run(
        self,
        inputs: Iterable[SourceInput | Failure],
        *,
        prune_under: Iterable[Path] = (),
        progress: Report = lambda _: None,
    ) -> IngestReport:
        """Ingest what is new or changed, publish, and return what was done.

        `prune_under`: folders whose papers are removed where their file is gone. Raises IndexMismatch or
        StorageFull before anything is written.
        """
        report = IngestReport()
        given = list(inputs)
        report.failures.extend(each for each in given if isinstance(each, Failure))
        files = [each for each in given if isinstance(each, SourceInput)]
        todo = list(self._new_or_changed(files, report))
        gone = self._gone(prune_under, files)
        require_space(self._data_dir, sum(each.growth for each in todo))
        touched = self._read_and_write(todo, report, progress) if todo else set()
        report.removed = len(gone)
        self._publish(touched | self._close(gone), report)
        return report

    def remove_by_id(self, document_id: str) -> bool:
        """Take one document out of sight and publish; return whether it was there."""
        rows = self._writer.query(
            "SELECT row, access FROM visible_document WHERE id = :id", {"id": document_id}
        )
        self._publish(self._close(rows), IngestReport())
        return bool(rows)

    @property
    def encoder(self) -> Encoder:
        """The encoder, made at first need. Raises IndexMismatch if another one built what is stored."""
        if self._encoder is None:
            encoder = self._make_encoder()
            built_by = setting(self._writer, "encoder")
            if built_by is not None and built_by != encoder.fingerprint:
                raise IndexMismatch(built_by, encoder.fingerprint)
            self._encoder = encoder
        return self._encoder

    def _new_or_changed(self, files: Iterable[SourceInput], report: IngestReport) -> Iterator[_Task]:
        """Yield the files whose bytes are not what was read before."""
        known = {
            (row["origin"], row["access"]): (row["sha256"], row["parser_version"])
            for row in self._writer.query(
                "SELECT origin, access, sha256, parser_version FROM visible_document"
            )
        }
        for each in files:
            try:
                task = _task(each)
            except SourceError as error:
                _fail(report, each, error)
                continue
            if known.get((each.origin, each.access.value)) == (task.sha256, PARSER_VERSION):
                report.unchanged += 1
            else:
                yield task

    def _gone(self, folders: Iterable[Path], files: Iterable[SourceInput]) -> list[Row]:
        present = {each.origin for each in files}
        roots = tuple(shown(folder.resolve()) + "/" for folder in folders)
        rows = self._writer.query("SELECT row, access, origin FROM visible_document")
        return [row for row in rows if row["origin"] not in present and row["origin"].startswith(roots)]

    def _read_and_write(self, todo: list[_Task], report: IngestReport, progress: Report) -> set[Access]:
        """Write papers one after another; return the levels that are still to be published."""
        touched: set[Access] = set()
        published = time.monotonic()
        with closing(self._outcomes(todo)) as outcomes:
            for done, (each, outcome) in enumerate(outcomes, start=1):
                self.encoder  # noqa: B018 - made, and perhaps exported, while the first papers are being read
                if isinstance(outcome, SourceError):
                    _fail(report, each, outcome)
                else:
                    touched |= self._write(each, outcome, report)
                progress(Progress(done, len(todo), report.pages, each.file_name))
                if time.monotonic() - published > self._instalment_seconds:
                    self._publish(touched, report)
                    touched, published = set(), time.monotonic()
        return touched

    def _outcomes(self, todo: list[_Task]) -> Generator[tuple[SourceInput, Paper | SourceError], None, None]:
        """Yield (file, its paper or why not) in order, reading a few files ahead in child processes."""
        waiting: deque[tuple[SourceInput, Future[Paper]]] = deque()
        opened = nullcontext(self._sandboxes) if self._sandboxes else Sandboxes(_READERS)
        with opened as sandboxes, ThreadPoolExecutor(_READERS) as pool:
            try:
                for task in todo:
                    waiting.append((task.source, pool.submit(self._read, task, sandboxes)))
                    if len(waiting) == _AHEAD:
                        yield _outcome(*waiting.popleft())
                while waiting:
                    yield _outcome(*waiting.popleft())
            finally:
                pool.shutdown(cancel_futures=True)

    def _read(self, task: _Task, sandboxes: Sandboxes) -> Paper:
        """Keep the file's bytes and read what was kept: what is cited is what can be downloaded."""
        each, sha256 = task.source, task.sha256
        uploaded = each.path.parent == self._data_dir / BLOBS_FOLDER
        if not uploaded and keep_file(self._data_dir, each.path, each.file_name) != sha256:
            raise ChangedDuringRead(each.file_name)
        with sandboxes.lent() as sandbox:
            return sandbox.read(
                blob_path(self._data_dir, sha256),
                document_id=new_id("d"),
                file_name=each.file_name,
                url=each.url,
                access=each.access,
                title=each.title,
            )

    def _write(self, each: SourceInput, paper: Paper, report: IngestReport) -> set[Access]:
        """Write one paper in place of the one from the same origin; return the levels touched."""
        old = self._writer.query(
            "SELECT row, id, access FROM visible_document WHERE origin = :origin", {"origin": each.origin}
        )
        if old:
            document = replace(paper.document, supersedes=old[0]["id"])
            paper = replace(paper, document=document)
        passages = self._insert(paper, each.origin, old)
        report.passages += passages
        report.pages += len(paper.document.pages)
        report.replaced += bool(old)
        report.added += not old
        if any(problem.is_gap for problem in paper.problems):
            report.incomplete.append(each.file_name)
        return {each.access, *(Access(row["access"]) for row in old)}

    def _insert(self, paper: Paper, origin: str, old: list[Row]) -> int:
        """Write one paper in one transaction, invisible until published; return its number of passages."""
        document, encoder = paper.document, self.encoder
        passages = list(passages_of(paper, encoder.count, encoder.limit, lambda: new_id("p")))
        encoded = encode(passages, document, encoder, self._writer)
        with self._writer.transaction():
            generation = current_number(self._writer, document.access) + 1
            row = insert_paper(self._writer, paper, origin, generation)
            insert_resolutions(self._writer, row, paper)
            insert_commitments(self._writer, row, paper)
            for each in encoded:
                text = each.passage.span.of(document.text)
                passage_row = insert_passage(
                    self._writer, row, each.passage, text, llm_tokens(text), each.units
                )
                insert_vectors(self._writer, passage_row, each.keys, each.vectors)
            self._close(old)
            store_setting(self._writer, "encoder", encoder.fingerprint)
            store_setting(self._writer, "dimension", str(encoder.dim))
        return len(encoded)

    def _close(self, rows: list[Row]) -> set[Access]:
        """Make documents end with the next generation of their own level; return the levels."""
        for row in rows:
            next_one = current_number(self._writer, Access(row["access"])) + 1
            close_documents(self._writer, [row["row"]], next_one)
        return {Access(row["access"]) for row in rows}

    def _publish(self, touched: set[Access], report: IngestReport) -> None:
        for access in sorted(touched):
            report.generation = publish(self._writer, self._data_dir, access).number
            self._relink(self._writer, access)
        if touched:
            self._tidy()

    def _tidy(self) -> None:
        """Delete for good what no generation shows any more: content, and originals that no paper has."""
        if discard_closed(self._writer):
            self._writer.empty_log()
        wanted = kept_originals(self._writer) | awaited_originals(self._data_dir)
        discard_strays(self._data_dir, wanted)


def _outcome(each: SourceInput, reading: "Future[Paper]") -> tuple[SourceInput, Paper | SourceError]:
    try:
        return each, reading.result()
    except SourceError as error:
        return each, error


def _fail(report: IngestReport, each: SourceInput, error: SourceError) -> None:
    report.failures.append(Failure(each.file_name, error.code, error.why))
    log.info("left out", extra={"file": each.file_name, "code": error.code})


def _task(each: SourceInput) -> _Task:
    """Return what there is to do for a file. Raises UnreadableSource, SourceTooLarge."""
    try:
        size = each.path.stat().st_size
    except OSError as error:
        raise UnreadableSource(each.file_name, error.strerror or "I/O error") from error
    if size > LARGEST_FILE:
        raise SourceTooLarge(each.file_name, "bytes", LARGEST_FILE)
    factor = _GROWTH.get(Path(each.file_name).suffix.lower(), _GROWTH_OF_TEXT)
    return _Task(each, source_sha256(each.path, each.file_name), factor * size)
