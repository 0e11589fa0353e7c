"""Brings a database to the schema of this version: numbered SQL files, each in one transaction."""

import re
from functools import cache
from importlib.resources import files

import apsw

from qa_service.errors import StoreError

_NAME = re.compile(r"(\d{4})_\w+\.sql")


PAPERS = "sql"
JOURNAL = "sql_journal"


@cache
def migrations(folder: str = PAPERS) -> tuple[tuple[int, str], ...]:
    """Return (number, SQL) of one database in order; numbers run from 1 without gap."""
    entries = files("qa_service.store").joinpath(folder).iterdir()
    named = ((_NAME.fullmatch(entry.name), entry) for entry in entries)
    return tuple(sorted((int(name[1]), entry.read_text(encoding="utf-8")) for name, entry in named if name))


def newest(folder: str = PAPERS) -> int:
    """Return the schema number that this version writes."""
    return migrations(folder)[-1][0]


def schema_version(connection: apsw.Connection) -> int:
    """Return the database's schema number; 0 for an empty one."""
    return int(connection.pragma("user_version"))


def migrate(connection: apsw.Connection, folder: str = PAPERS) -> None:
    """Apply what is missing. Raises StoreError if a newer version wrote the database."""
    at, known = schema_version(connection), newest(folder)
    if at > known:
        raise StoreError(f"the data was written by a newer version (schema {at}, this one knows {known})")
    for number, sql in migrations(folder):
        if number > at:
            with connection:
                connection.execute(sql)
                connection.pragma("user_version", number)
