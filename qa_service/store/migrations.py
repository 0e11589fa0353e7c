"""Brings a database to the schema of this version: numbered SQL files, each in one transaction."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

import apsw

from qa_service.errors import NotADataDirectory, SchemaMismatch

_NAME = re.compile(r"(\d{4})_\w+\.sql")
PAPERS = "sql"
JOURNAL = "sql_journal"
# SQLite's own mark for whose file it is: without it any other program's database could be taken for ours.
_APPLICATION_ID = {PAPERS: 0x50436C6B, JOURNAL: 0x50436C6A}


@cache
def migrations(folder: str = PAPERS) -> tuple[tuple[int, str], ...]:
    """Return (number, SQL) of one database in order; numbers run from 1 without gap."""
    entries = files("qa_service.store").joinpath(folder).iterdir()
    named = ((_NAME.fullmatch(entry.name), entry) for entry in entries)
    return tuple(sorted((int(name[1]), entry.read_text(encoding="utf-8")) for name, entry in named if name))


def newest(folder: str = PAPERS) -> int:
    """Return the schema number that this version writes."""
    return migrations(folder)[-1][0]


def schema_version(connection: apsw.Connection, folder: str = PAPERS) -> int:
    """Return the database's schema number; 0 for an empty one. Raises NotADataDirectory for another's."""
    number = int(connection.pragma("user_version"))
    empty = not list(connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1"))
    if number == 0 and empty:
        return 0
    if int(connection.pragma("application_id")) != _APPLICATION_ID[folder]:
        raise NotADataDirectory(Path(connection.filename), "is a database of something else")
    return number


def migrate(connection: apsw.Connection, folder: str = PAPERS) -> None:
    """Apply what is missing. Raises SchemaMismatch if a newer version wrote it, NotADataDirectory."""
    at, known = schema_version(connection, folder), newest(folder)
    if at > known:
        raise SchemaMismatch(Path(connection.filename), at, known)
    for number, sql in migrations(folder):
        if number > at:
            with connection:
                connection.execute(sql)
                connection.pragma("application_id", _APPLICATION_ID[folder])
                connection.pragma("user_version", number)
