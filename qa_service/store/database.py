"""One SQLite file: readers that never block, and one writer that holds a lock for life.

apsw carries a SQLite outside the range in which two connections that write and checkpoint at once can lose a
committed transaction (3.7.0 to 3.51.2); even so only the writer checkpoints.
"""

import fcntl
import os
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

import apsw

from qa_service.errors import (
    IntegrityFailure,
    NotADataDirectory,
    QAServiceError,
    SchemaMismatch,
    StorageBroken,
    StorageFull,
    StorageReadOnly,
    WriterBusy,
)
from qa_service.store.migrations import migrate, newest, schema_version

DATABASE_FILE = "papers.sqlite"
_LOCK_FILE = "writer.lock"
_BUSY_MS = 10_000
# What a data directory may hold before its database: a crash or 'qa serve --sample' left it.
_OURS = {
    *(DATABASE_FILE, _LOCK_FILE, "journal.sqlite"),
    *("blobs", "index", "models", "pictures", "reports", "sample", "staging"),
}
_SIDECARS = ("-wal", "-shm", "-journal")

Row = dict[str, Any]
Parameters = Mapping[str, object]
Made = TypeVar("Made")
# A question makes fewer; whoever asks thousands in one transaction does not keep them all.
_MOST_MADE = 100


class Connection:
    """A thin face on apsw: named parameters in, dictionaries out, errors of ours."""

    def __init__(self, raw: apsw.Connection) -> None:
        raw.set_busy_timeout(_BUSY_MS)
        self._raw = raw
        self._made: dict[Hashable, Any] | None = None
        self.path = Path(raw.filename)

    def query(self, sql: str, parameters: Parameters | None = None) -> list[Row]:
        """Return all rows as dictionaries by column name."""
        return list(self.stream(sql, parameters))

    def stream(self, sql: str, parameters: Parameters | None = None) -> Iterator[Row]:
        """Yield rows as they are read: for what does not fit in memory twice."""
        with _errors_of_ours(self.path):
            names: list[str] = []
            for row in (cursor := self._raw.execute(sql, parameters or {})):
                # Read once a statement: a question reads thousands of rows.
                names = names or [column[0] for column in cursor.get_description()]
                yield dict(zip(names, row, strict=True))

    def value(self, sql: str, parameters: Parameters | None = None) -> Any:  # noqa: ANN401 - SQL decides
        """Return the first column of the first row; None without rows."""
        for row in self.stream(sql, parameters):
            return next(iter(row.values()))
        return None

    def execute(self, sql: str, parameters: Parameters | None = None) -> int:
        """Run one statement; return the row number of the last insert."""
        with _errors_of_ours(self.path):
            self._raw.execute(sql, parameters or {})
            return self._raw.last_insert_rowid()

    def execute_many(self, sql: str, rows: Sequence[Parameters]) -> None:
        """Run one statement once a row."""
        with _errors_of_ours(self.path):
            self._raw.executemany(sql, rows)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what `make` returns, made once a key in a read transaction of the pool; elsewhere each time.

        For what follows from the rows read, which stay as they are so long, and from the key: who may see
        what is made belongs in it.
        """
        if self._made is None:
            return make()
        if key not in self._made:
            made = make()
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            self._made[key] = made
        found: Made = self._made[key]
        return found

    @contextmanager
    def remembering(self) -> Iterator[None]:
        """Keep what `once` makes until the end, for a transaction that only reads."""
        self._made = {}
        try:
            yield
        finally:
            self._made = None

    @contextmanager
    def transaction(self, mode: str = "IMMEDIATE") -> Iterator[None]:
        """Commit at the end, roll back on any error, the commit's own included."""
        self.execute(f"BEGIN {mode}")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._raw.in_transaction:  # SQLite ends it by itself where the disk is full
                self.execute("ROLLBACK")
            raise

    def empty_log(self) -> bool:
        """Move the write-ahead log into the database and empty it; return whether no reader was in the way.

        What was deleted may stand in the log until this succeeds. For the writer alone.
        """
        self._raw.set_busy_timeout(0)
        try:
            with _errors_of_ours(self.path):
                self._raw.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        except WriterBusy:
            return False
        finally:
            self._raw.set_busy_timeout(_BUSY_MS)
        return True

    def close(self) -> None:
        """Close the file."""
        self._raw.close()


class Database:
    """The readers' side: a pool of read-only connections, each read in one transaction."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / DATABASE_FILE
        if not self.path.is_file():
            raise NotADataDirectory(folder, "holds no papers yet")
        self._idle: SimpleQueue[Connection] = SimpleQueue()
        self._idle.put(self._open())

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection inside one read transaction: all that is read belongs together."""
        try:
            connection = self._idle.get_nowait()
        except Empty:
            connection = self._open()
        try:
            with connection.transaction("DEFERRED"), connection.remembering():
                yield connection
        finally:
            self._idle.put(connection)

    def close(self) -> None:
        """Close every idle connection."""
        while not self._idle.empty():
            self._idle.get_nowait().close()

    def _open(self) -> Connection:
        with _errors_of_ours(self.path):
            raw = apsw.Connection(str(self.path), flags=apsw.SQLITE_OPEN_READONLY)
            try:
                raw.set_busy_timeout(_BUSY_MS)
                raw.wal_autocheckpoint(0)
                raw.pragma("query_only", True)  # noqa: FBT003 - SQLite's own spelling
                _require_schema(raw, self.path)
            except BaseException:
                raw.close()
                raise
        return Connection(raw)


@contextmanager
def open_writer(folder: Path) -> Iterator[Connection]:
    """Yield the one writing connection, creating folder and schema where there are none.

    Raises WriterBusy while another process has it, NotADataDirectory for a folder that holds other things.
    """
    _prepare(folder)
    with _lock(folder):
        raw = open_database(folder / DATABASE_FILE)
        try:
            raw.pragma("secure_delete", True)  # noqa: FBT003 - SQLite's own spelling
            with _errors_of_ours(folder / DATABASE_FILE):
                migrate(raw)
            yield Connection(raw)
        finally:
            raw.close()


def open_database(path: Path) -> apsw.Connection:
    """Return a connection that writes and that loses nothing it has committed, even in a power cut."""
    with _errors_of_ours(path):
        raw = apsw.Connection(str(path))
        try:
            raw.set_busy_timeout(_BUSY_MS)
            raw.pragma("journal_mode", "wal")
            raw.pragma("synchronous", "full")
            raw.pragma("foreign_keys", True)  # noqa: FBT003 - SQLite's own spelling
        except BaseException:
            raw.close()
            raise
    return raw


def sqlite_version() -> str:
    """Return the version of the SQLite library in use."""
    return apsw.sqlite_lib_version()


def _require_schema(raw: apsw.Connection, path: Path) -> None:
    found = schema_version(raw)
    if found == 0:
        raise NotADataDirectory(path, "holds no papers yet")
    if found != newest():
        raise SchemaMismatch(path, found, newest())


def _prepare(folder: Path) -> None:
    """Make the folder. Raises NotADataDirectory where something else lies there already."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        entries = {entry.name for entry in folder.iterdir()}
    except (FileExistsError, NotADirectoryError) as error:
        raise NotADataDirectory(folder, "is a file, not a folder") from error
    except OSError as error:
        raise StorageReadOnly(folder) from error
    if DATABASE_FILE not in entries:
        known = _OURS | {name + suffix for name in _OURS for suffix in _SIDECARS}
        if strange := sorted(entries - known):
            raise NotADataDirectory(folder, f"holds other things ({', '.join(strange[:3])})")


@contextmanager
def _lock(folder: Path) -> Iterator[None]:
    """Hold the writer's lock: a file lock, which the system drops when the process dies however it dies."""
    try:
        descriptor = os.open(folder / _LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StorageReadOnly(folder) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise WriterBusy(folder) from error
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _errors_of_ours(path: Path) -> Iterator[None]:
    """Turn what the disk or the file does to SQLite into errors that say what to do.

    What only a mistake of ours could cause, such as wrong SQL, passes as it is.
    """
    try:
        yield
    except apsw.NotADBError as error:
        raise NotADataDirectory(path, "is not a database") from error
    except apsw.Error as error:
        if (ours := _error_of_ours(error, path)) is None:
            raise
        raise ours from error


def _error_of_ours(error: apsw.Error, path: Path) -> QAServiceError | None:
    match error:
        case apsw.CorruptError():
            return IntegrityFailure(f"the database {path.name}")
        case apsw.FullError():
            return StorageFull(path)
        case apsw.ReadOnlyError():
            return StorageReadOnly(path)
        case apsw.BusyError() | apsw.LockedError():
            return WriterBusy(path.parent)
        case apsw.IOError() | apsw.CantOpenError():
            return StorageBroken(path, str(error))
        case _:
            return None
