import sqlite3
from collections.abc import Callable
from itertools import count
from pathlib import Path

import apsw
import pytest

from qa_service.errors import NotADataDirectory, SchemaMismatch, StorageReadOnly, WriterBusy
from qa_service.store.database import DATABASE_FILE, Connection, Database, open_writer, sqlite_version
from qa_service.store.migrations import newest

SETTING = "INSERT INTO setting (name, value) VALUES (:name, 'x')"
COUNT = "SELECT count(*) FROM setting"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_writer(tmp_path / "data"):
        pass
    return tmp_path / "data"


def test_the_sqlite_in_use_lies_outside_the_range_that_can_lose_a_commit() -> None:
    assert tuple(int(part) for part in sqlite_version().split(".")) > (3, 51, 2)


def test_a_second_writer_is_refused_while_the_first_has_the_lock(folder: Path) -> None:
    with open_writer(folder), pytest.raises(WriterBusy, match="wait for it to end"), open_writer(folder):
        pass
    with open_writer(folder) as writer:
        assert writer.value(COUNT) == 0


def test_a_reader_sees_one_moment_whatever_is_committed_meanwhile(folder: Path) -> None:
    database = Database(folder)
    with open_writer(folder) as writer:
        with database.reading() as reader:
            before = reader.value(COUNT)
            writer.execute(SETTING, {"name": "late"})
            assert (before, reader.value(COUNT)) == (0, 0)
        with database.reading() as reader:
            assert reader.value(COUNT) == 1
    database.close()


def test_readers_side_by_side_each_have_their_own_moment(folder: Path) -> None:
    database = Database(folder)
    with open_writer(folder) as writer, database.reading() as old:
        assert old.value(COUNT) == 0
        writer.execute(SETTING, {"name": "late"})
        with database.reading() as new:
            assert (old.value(COUNT), new.value(COUNT)) == (0, 1)
    database.close()


def test_a_reader_cannot_write(folder: Path) -> None:
    database = Database(folder)
    with pytest.raises(StorageReadOnly), database.reading() as reader:
        reader.execute(SETTING, {"name": "x"})
    database.close()


def interrupted(writer: Connection) -> None:
    with writer.transaction():
        writer.execute(SETTING, {"name": "half"})
        raise KeyError


def dangling(writer: Connection) -> None:
    """Fail not in the transaction but in its commit, where deferred keys are checked."""
    with writer.transaction():
        writer.execute("PRAGMA defer_foreign_keys = ON")
        writer.execute(
            """INSERT INTO vector (passage_row, encoded_sha256, vector, sha256)
               VALUES (99, x'', x'', x'')"""
        )


@pytest.mark.parametrize(("work", "error"), [(interrupted, KeyError), (dangling, apsw.ConstraintError)])
def test_a_transaction_that_fails_leaves_nothing_and_the_connection_usable(
    folder: Path, work: Callable[[Connection], None], error: type[Exception]
) -> None:
    with open_writer(folder) as writer:
        with pytest.raises(error):
            work(writer)
        with writer.transaction():
            assert (writer.value(COUNT), writer.value("SELECT count(*) FROM vector")) == (0, 0)


def test_a_folder_without_papers_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotADataDirectory, match="holds no papers yet; set QA_DATA_DIR"):
        Database(tmp_path)


def test_a_database_without_tables_yet_holds_no_papers(tmp_path: Path) -> None:
    (tmp_path / DATABASE_FILE).touch()
    with pytest.raises(NotADataDirectory, match="holds no papers yet"):
        Database(tmp_path)


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with (
        pytest.raises(NotADataDirectory, match=r"holds other things \(holiday\.jpg\)"),
        open_writer(tmp_path),
    ):
        pass
    assert [entry.name for entry in tmp_path.iterdir()] == ["holiday.jpg"]


def test_a_folder_that_served_only_the_sample_may_take_papers(tmp_path: Path) -> None:
    (tmp_path / "sample").mkdir()
    with open_writer(tmp_path) as writer:
        assert writer.value(COUNT) == 0


def test_a_file_in_place_of_the_folder_is_named(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.touch()
    with pytest.raises(NotADataDirectory, match="is a file"), open_writer(path):
        pass


def test_a_file_that_is_no_database_is_named_to_readers_and_writers(tmp_path: Path) -> None:
    (tmp_path / DATABASE_FILE).write_bytes(b"these are not the papers you seek" * 40)
    with pytest.raises(NotADataDirectory, match="is not a database"):
        Database(tmp_path)
    with pytest.raises(NotADataDirectory, match="is not a database"), open_writer(tmp_path):
        pass


def test_the_database_of_another_program_is_neither_read_nor_migrated(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / DATABASE_FILE) as other:
        other.execute("CREATE TABLE recipe (name)")
        other.execute("PRAGMA user_version = 1")
    other.close()
    with pytest.raises(NotADataDirectory, match="database of something else"):
        Database(tmp_path)
    with pytest.raises(NotADataDirectory, match="database of something else"), open_writer(tmp_path):
        pass


def test_data_of_a_newer_version_is_refused_to_readers_and_writers(folder: Path) -> None:
    with open_writer(folder) as writer:
        writer.execute(f"PRAGMA user_version = {newest() + 1}")
    with pytest.raises(SchemaMismatch, match="a newer version wrote it"):
        Database(folder)
    with pytest.raises(SchemaMismatch, match="install that version"), open_writer(folder):
        pass


def test_what_a_read_transaction_makes_is_made_once_in_it_and_anew_in_the_next(folder: Path) -> None:
    made = count()
    with open_writer(folder) as writer:
        assert [writer.once("key", lambda: next(made)) for _ in range(2)] == [0, 1]  # rows change under it
    database = Database(folder)
    with database.reading() as reader:
        assert [reader.once("key", lambda: next(made)) for _ in range(2)] == [2, 2]
        assert reader.once("another", lambda: next(made)) == 3
    with database.reading() as again:
        assert again is reader
        assert again.once("key", lambda: next(made)) == 4
    database.close()


def test_a_transaction_of_thousands_of_questions_does_not_keep_all_that_they_made(folder: Path) -> None:
    database = Database(folder)
    with database.reading() as reader:
        for key in range(1000):
            reader.once(key, lambda: "made before")
        assert reader.once(999, lambda: "made anew") == "made before"
        assert reader.once(0, lambda: "made anew") == "made anew"
    database.close()
