import apsw
import pytest

from qa_service.store.migrations import JOURNAL, PAPERS, migrate, migrations, newest, schema_version


@pytest.mark.parametrize("folder", [PAPERS, JOURNAL])
def test_migrations_are_numbered_from_one_without_gap(folder: str) -> None:
    assert [number for number, _ in migrations(folder)] == list(range(1, newest(folder) + 1))


@pytest.mark.parametrize("folder", [PAPERS, JOURNAL])
def test_migrating_twice_changes_nothing(folder: str) -> None:
    connection = apsw.Connection(":memory:")
    migrate(connection, folder)
    schema = list(connection.execute("SELECT sql FROM sqlite_schema"))
    migrate(connection, folder)
    assert list(connection.execute("SELECT sql FROM sqlite_schema")) == schema
    assert schema_version(connection, folder) == newest(folder)


def test_every_table_is_strict() -> None:
    connection = apsw.Connection(":memory:")
    migrate(connection)
    loose = connection.execute(
        """SELECT name FROM pragma_table_list
           WHERE schema = 'main' AND type = 'table' AND NOT strict AND name NOT LIKE 'sqlite_%'"""
    ).fetchall()
    assert loose == []
