"""One SQLite file: readers that never block, and one writer that holds a lock for life.

apsw carries a SQLite outside the range in which two connections that write and checkpoint at once can lose a
committed transaction (3.7.0 to 3.51.2); even so only the writer checkpoints.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import apsw

from qa_service.errors import NotADataDirectory, StoreError, WriterBusy
from qa_service.store.migrations import migrate, newest, schema_version

DATABASE_FILE = "papers.sqlite"
_LOCK_FILE = "writer.lock"
_BUSY_MS = 10_000

Row = dict[str, Any]
Parameters = Mapping[str, object]


class Connection:
    """A thin face on apsw: named parameters in, dictionaries out."""

    def __init__(self, raw: apsw.Connection) -> None:
        raw.set_busy_timeout(_BUSY_MS)
        raw.row_trace = _as_dictionary
        self.raw = raw

    def query(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows as dictionaries by column name."""
        return list(self.raw.execute(sql, parameters or {}))

    def value(self, sql: str, parameters: Parameters | None = None) -> Any:  # noqa: ANN401 - SQL decides
        """Return the first column of the first row; None without rows."""
        for row in self.raw.execute(sql, parameters or {}):
            return next(iter(row.values()))
        return None

    def execute(self, sql: str, parameters: Parameters | None = None) -> int:
        """Run one statement; return the row number of the last insert."""
        self.raw.execute(sql, parameters or {})
        return self.raw.last_insert_rowid()

    def execute_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        """Run one statement once a row."""
        self.raw.executemany(sql, rows)

    @contextmanager
    def transaction(self, mode: str = "IMMEDIATE") -> Iterator[None]:
        """Commit at the end, roll back on any error."""
        self.raw.execute(f"BEGIN {mode}")
        try:
            yield
        except BaseException:
            self.raw.execute("ROLLBACK")
            raise
        self.raw.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self.raw.close()


class Database:
    """The readers' side: a pool of read-only connections, each read in one transaction."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / DATABASE_FILE
        if not self.path.is_file():
            raise NotADataDirectory(folder, "holds no papers yet")
        self._idle: SimpleQueue[Connection] = SimpleQueue()
        probe = self._open()
        if (found := schema_version(probe.raw)) != newest():
            probe.close()
            raise StoreError(
                f"{self.path}: schema {found}, this version reads {newest()}; run 'qa ingest' once"
            )
        self._idle.put(probe)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection inside one read transaction: all that is read belongs together."""
        try:
            connection = self._idle.get_nowait()
        except Empty:
            connection = self._open()
        try:
            with connection.transaction("DEFERRED"):
                yield connection
        finally:
            self._idle.put(connection)

    def close(self) -> None:
        """Close every idle connection."""
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def _open(self) -> Connection:
        try:
            raw = apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READONLY)
            raw.wal_autocheckpoint(0)
            raw.pragma("query_only", True)  # noqa: FBT003 - SQLite's own spelling
        except apsw.Error as error:
            raise NotADataDirectory(self.path, f"is not a readable database ({error})") from error
        return Connection(raw)


@contextmanager
def open_writer(folder: Path) -> Iterator[Connection]:
    """Yield the one writing connection, creating folder and schema where there are none.

    Raises WriterBusy while another process has it, NotADataDirectory for a folder that holds other things.
    """
    known = {DATABASE_FILE, _LOCK_FILE, "index", "models", "blobs", "staging", "pictures", "reports"}
    if folder.exists() and not (folder / DATABASE_FILE).exists():
        strange = sorted(
            entry.name
            for entry in folder.iterdir()
            if not entry.name.startswith("journal.sqlite") and entry.name not in known
        )
        if strange:
            raise NotADataDirectory(folder, f"holds other things ({', '.join(strange[:3])})")
    folder.mkdir(parents=True, exist_ok=True)
    with _lock(folder):
        raw = _open_for_writing(folder / DATABASE_FILE)
        try:
            migrate(raw)
            yield Connection(raw)
        finally:
            raw.close()


def sqlite_version() -> str:
    """Return the version of the SQLite library in use."""
    return apsw.sqlite_lib_version()


def _open_for_writing(path: Path) -> apsw.Connection:
    try:
        raw = apsw.Connection(str(path))
        raw.pragma("journal_mode", "wal")
        raw.pragma("synchronous", "full")
        raw.pragma("foreign_keys", True)  # noqa: FBT003 - SQLite's own spelling
        raw.pragma("secure_delete", True)  # noqa: FBT003
    except apsw.NotADBError as error:
        raise NotADataDirectory(path, "is not one of our databases") from error
    return raw


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the writer's lock: a file lock, which the system drops when the process dies however it dies."""
    descriptor = os.open(folder / _LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WriterBusy(folder) from error
        yield
    finally:
        os.close(descriptor)


def _as_dictionary(cursor: apsw.Cursor, row: tuple[Any, ...]) -> Row:
    return {column[0]: value for column, value in zip(cursor.get_description(), row, strict=True)}
