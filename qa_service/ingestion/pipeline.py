"""From files to a published generation: discover, read in a sandbox, cut, encode, write, publish."""

import hashlib
import logging
import stat
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from embeddings.encoder import Encoder
from embeddings.tokens import llm_tokens
from qa_service.documents.sandbox import ReadingLimits, Sandbox
from qa_service.domain.access import Access
from qa_service.domain.papers import Paper
from qa_service.errors import ChangedDuringRead, IndexMismatch, SourceError, SourceTooLarge
from qa_service.ingestion.encoding import encode
from qa_service.ingestion.passages import passages_of
from qa_service.ingestion.publish import publish, recover, require_space
from qa_service.store.blobs import keep_file
from qa_service.store.database import Connection
from qa_service.store.documents import PARSER_VERSION, close_documents, insert_paper, new_id
from qa_service.store.generations import current_number, discard_unpublished, setting, store_setting
from qa_service.store.passages import insert_passage
from qa_service.store.register import insert_resolutions
from qa_service.store.vectors import insert_vectors

log = logging.getLogger(__name__)

SUFFIXES = frozenset({".pdf", ".html", ".htm", ".md", ".markdown", ".txt", ".docx"})
LARGEST_FILE = 100 * 2**20
_READERS = 2
# Rows, vectors and index files per byte of source, on the large side: PDFs measured 0.3, plain text 9.
_GROWTH = 10
_CHUNK = 1 << 20


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


def discover(paths: Iterable[Path]) -> Iterator[SourceInput | Failure]:
    """Yield the files under the paths given, recursively, sorted; what is not read comes as a Failure.

    Links, devices and hidden files inside folders are not followed: a folder of papers holds papers.
    """
    for path in paths:
        if path.is_dir():
            found = sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES)
            inside = [each for each in found if not _hidden(each.relative_to(path))]
            yield from (_input(each) for each in inside)
        elif path.exists():
            yield _input(path)
        else:
            yield Failure(str(path), "not_found", "no such file or folder")


def _hidden(relative: Path) -> bool:
    return any(part.startswith(".") for part in relative.parts)


def _input(path: Path) -> SourceInput | Failure:
    if path.is_symlink() or not stat.S_ISREG(path.stat(follow_symlinks=False).st_mode):
        return Failure(str(path), "not_a_file", "links and devices are not followed")
    return SourceInput(path, str(path.resolve()), path.name)


class Ingestion:
    """One run of the writer over one data directory. Use inside `open_writer`."""

    def __init__(
        self,
        writer: Connection,
        data_dir: Path,
        encoder: Callable[[], Encoder],
        limits: ReadingLimits | None = None,
    ) -> None:
        self._writer, self._data_dir, self._limits = writer, data_dir, limits
        self._make_encoder = encoder
        self._encoder: Encoder | None = None
        self._sandboxes: SimpleQueue[Sandbox] = SimpleQueue()

    def run(
        self,
        inputs: Iterable[SourceInput | Failure],
        *,
        prune_under: Iterable[Path] = (),
        progress: Report = lambda _: None,
    ) -> IngestReport:
        """Ingest what is new or changed, publish once, and return what was done.

        `prune_under`: folders whose papers are removed where their file is gone. Raises WriterBusy,
        IndexMismatch, StorageFull before anything is written.
        """
        discard_unpublished(self._writer)
        report = IngestReport()
        given = list(inputs)
        report.failures.extend(each for each in given if isinstance(each, Failure))
        files = [each for each in given if isinstance(each, SourceInput)]
        todo = list(self._new_or_changed(files, report))
        gone = self._gone(prune_under, files)
        require_space(self._data_dir, _GROWTH * sum(each.path.stat().st_size for each, _ in todo))
        touched: set[Access] = set()
        if todo:
            self._read_and_write(todo, report, touched, progress)
        if gone:
            report.removed = len(gone)
            touched |= self._close(gone)
        self._publish(touched, report)
        return report

    def remove(self, document_rows: Iterable[int]) -> IngestReport:
        """Take documents out of sight and publish."""
        discard_unpublished(self._writer)
        report = IngestReport()
        rows = list(document_rows)
        report.removed = len(rows)
        self._publish(self._close(rows), report)
        return report

    def remove_by_id(self, document_id: str) -> bool:
        """Take one document out of sight and publish; return whether it was there."""
        rows = self._writer.query("SELECT row FROM visible_document WHERE id = :id", {"id": document_id})
        if rows:
            self.remove(row["row"] for row in rows)
        return bool(rows)

    def rebuild(self) -> None:
        """Make the index files of every level anew from the rows, where they are missing or damaged."""
        encoder = self.encoder
        recover(self._writer, self._data_dir, encoder.dim, encoder.fingerprint)

    @property
    def encoder(self) -> Encoder:
        """The encoder, made at first need. Raises IndexMismatch if another one built what is stored."""
        if self._encoder is None:
            self._encoder = self._make_encoder()
            built_by = setting(self._writer, "encoder")
            if built_by is not None and built_by != self._encoder.fingerprint:
                raise IndexMismatch(built_by, self._encoder.fingerprint)
        return self._encoder

    def _new_or_changed(
        self, files: Iterable[SourceInput], report: IngestReport
    ) -> Iterator[tuple[SourceInput, str]]:
        """Yield (file, its SHA-256) of files whose bytes are not what was read before."""
        known = {
            (row["origin"], row["access"]): (row["sha256"], row["parser_version"])
            for row in self._writer.query(
                "SELECT origin, access, sha256, parser_version FROM visible_document"
            )
        }
        for each in files:
            size = each.path.stat().st_size
            if size > LARGEST_FILE:
                self._fail(report, each, SourceTooLarge(each.file_name, "bytes", LARGEST_FILE))
                continue
            sha256 = _sha256(each.path)
            if known.get((each.origin, each.access.value)) == (sha256, PARSER_VERSION):
                report.unchanged += 1
            else:
                yield each, sha256

    def _gone(self, folders: Iterable[Path], files: Iterable[SourceInput]) -> list[int]:
        present = {each.origin for each in files}
        roots = [str(folder.resolve()) + "/" for folder in folders]
        rows = self._writer.query("SELECT row, origin FROM visible_document")
        return [
            row["row"]
            for row in rows
            if row["origin"] not in present and any(row["origin"].startswith(root) for root in roots)
        ]

    def _read_and_write(
        self,
        todo: list[tuple[SourceInput, str]],
        report: IngestReport,
        touched: set[Access],
        progress: Report,
    ) -> None:
        """Read in child processes while this one encodes and writes; order of files is kept."""
        with ThreadPoolExecutor(_READERS) as pool:
            for _ in range(_READERS):
                self._sandboxes.put(Sandbox(self._limits))
            try:
                pending = [(each, sha256, pool.submit(self._read, each, sha256)) for each, sha256 in todo]
                self.encoder  # noqa: B018 - made while the first papers are being read
                for done, (each, sha256, future) in enumerate(pending, start=1):
                    self._write(each, sha256, future, report, touched)
                    progress(Progress(done, len(todo), report.pages, each.file_name))
            finally:
                pool.shutdown(cancel_futures=True)
                while not self._sandboxes.empty():
                    self._sandboxes.get().close()

    def _read(self, each: SourceInput, sha256: str) -> Paper:
        sandbox = self._sandboxes.get()
        try:
            paper = sandbox.read(
                each.path,
                document_id=new_id("d"),
                file_name=each.file_name,
                url=each.url,
                access=each.access,
                title=each.title,
            )
        finally:
            self._sandboxes.put(sandbox)
        if paper.document.source.sha256 != sha256:
            raise ChangedDuringRead(each.file_name)
        return paper

    def _write(
        self,
        each: SourceInput,
        sha256: str,
        future: "Future[Paper]",
        report: IngestReport,
        touched: set[Access],
    ) -> None:
        try:
            paper = future.result()
        except SourceError as error:
            self._fail(report, each, error)
            return
        log.debug("read", extra={"file": each.file_name, "sha256": sha256})
        old = [
            row["row"]
            for row in self._writer.query(
                "SELECT row FROM visible_document WHERE origin = :origin", {"origin": each.origin}
            )
        ]
        report.passages += self._insert(paper, each.path, each.origin, old)
        report.pages += len(paper.document.pages)
        if paper.problems:
            report.incomplete.append(each.file_name)
        if old:
            report.replaced += 1
        else:
            report.added += 1
        touched.add(each.access)

    def _insert(self, paper: Paper, path: Path, origin: str, old: list[int]) -> int:
        """Write one paper in one transaction, invisible until published; return its number of passages."""
        document, encoder = paper.document, self.encoder
        passages = list(passages_of(paper, encoder.count, encoder.limit, lambda: new_id("p")))
        encoded = encode(passages, document.text, encoder, self._writer)
        generation = current_number(self._writer, document.access) + 1
        keep_file(self._data_dir, path)
        with self._writer.transaction():
            row = insert_paper(self._writer, paper, origin, generation)
            insert_resolutions(self._writer, row, paper.resolutions)
            for each in encoded:
                text = each.passage.span.of(document.text)
                passage_row = insert_passage(
                    self._writer, row, each.passage, text, llm_tokens(text), each.unit_vectors
                )
                insert_vectors(self._writer, passage_row, each.keys, each.vectors)
            close_documents(self._writer, old, generation)
            store_setting(self._writer, "encoder", encoder.fingerprint)
        return len(encoded)

    def _close(self, rows: list[int]) -> set[Access]:
        touched = set()
        for row in rows:
            access = Access(self._writer.value("SELECT access FROM document WHERE row = :row", {"row": row}))
            close_documents(self._writer, [row], current_number(self._writer, access) + 1)
            touched.add(access)
        return touched

    def _publish(self, touched: set[Access], report: IngestReport) -> None:
        for access in sorted(touched):
            encoder = self.encoder
            recover(self._writer, self._data_dir, encoder.dim, encoder.fingerprint)
            report.generation = publish(
                self._writer, self._data_dir, access, encoder.fingerprint, encoder.dim
            ).number

    @staticmethod
    def _fail(report: IngestReport, each: SourceInput, error: SourceError) -> None:
        report.failures.append(Failure(each.file_name, error.code, error.why))
        log.info("left out", extra={"file": each.file_name, "code": error.code})


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
