"""Brings a database to the schema of this version: numbered SQL files, each in one transaction."""

import re
from functools import cache
from importlib.resources import files

import apsw

from qa_service.errors import StoreError

_NAME = re.compile(r"(\d{4})_\w+\.sql")


@cache
def migrations() -> tuple[tuple[int, str], ...]:
    """Return (number, SQL) in order; numbers run from 1 without gap."""
    entries = files("qa_service.store").joinpath("sql").iterdir()
    named = ((_NAME.fullmatch(entry.name), entry) for entry in entries)
    return tuple(sorted((int(name[1]), entry.read_text(encoding="utf-8")) for name, entry in named if name))


def newest() -> int:
    """Return the schema number that this version writes."""
    return migrations()[-1][0]


def schema_version(connection: apsw.Connection) -> int:
    """Return the database's schema number; 0 for an empty one."""
    return int(connection.pragma("user_version"))


def migrate(connection: apsw.Connection) -> None:
    """Apply what is missing. Raises StoreError if a newer version wrote the database."""
    at = schema_version(connection)
    if at > newest():
        raise StoreError(f"the data was written by a newer version (schema {at}, this one knows {newest()})")
    for number, sql in migrations():
        if number > at:
            with connection:
                connection.execute(sql)
                connection.pragma("user_version", number)
