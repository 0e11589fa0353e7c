"""The command `qa` as a person runs it: what it prints, where, and how it exits."""

import json
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from qa_service.store.database import open_writer
from tests.factories import write_minutes

Run = Callable[..., "subprocess.CompletedProcess[str]"]
BRIDGE = "What did members hear about the bridge at Ebbfold?"


def error_of(done: "subprocess.CompletedProcess[str]", code: int) -> str:
    """Return the error of a command that failed with a code, having seen that it is one line."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    lines = [line for line in done.stderr.strip().splitlines() if "━" not in line]  # but for a progress bar
    assert len(lines) == 1, lines
    assert lines[0].startswith("error: ")
    return lines[0]


@pytest.fixture
def copied(served: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(served, tmp_path / "data", symlinks=True))


def test_an_answer_is_printed_with_its_places_and_as_the_json_of_the_api(qa: Run, served: Path) -> None:
    done = qa("ask", BRIDGE, "--data-dir", served)
    assert (done.returncode, done.stderr) == (0, "")
    assert "bridge.txt" in done.stdout
    reply = json.loads(qa("ask", BRIDGE, "--json", "--data-dir", served).stdout)
    assert reply["status"] == "answered"
    assert reply["citations"][0]["document"]["file_name"] == "bridge.txt"


def test_what_was_asked_is_echoed_letter_by_letter(qa: Run, served: Path) -> None:
    question = "Is [bold]the bridge[/bold] :closed_book: at Ebbfold?"
    reply = json.loads(qa("ask", question, "--json", "--data-dir", served).stdout)
    assert reply["question"] == question


def test_filters_narrow_what_is_searched(qa: Run, served: Path) -> None:
    done = qa("search", "bridge", "--json", "--council", "Nowhere", "--data-dir", served)
    assert json.loads(done.stdout)["hits"] == []
    done = qa("search", "bridge", "--from", "2024-02-01", "--to", "2024-02-28", "--data-dir", served)
    assert "bridge.txt" in done.stdout


def test_a_second_ingest_finds_nothing_to_do_and_status_lists_what_there_is(
    qa: Run, copied: Path, served: Path
) -> None:
    done = qa("ingest", served.parent / "papers", "--data-dir", copied)
    assert (done.returncode, done.stdout.split(";")[0]) == (0, "0 added, 0 replaced, 2 unchanged, 0 removed")
    status = json.loads(qa("status", "--json", "--data-dir", copied).stdout)
    assert [each["file_name"] for each in status["documents"]] == ["bridge.txt", "ford.txt"]
    assert "2 papers in" in qa("status", "--data-dir", copied).stdout


def test_files_that_are_left_out_are_named_and_fail_the_command(
    qa: Run, copied: Path, tmp_path: Path
) -> None:
    write_minutes(tmp_path / "more", "ferry.txt", "the ferry")
    (tmp_path / "more" / "empty.txt").touch()
    done = qa("ingest", tmp_path / "more", tmp_path / "gone.pdf", "--data-dir", copied)
    assert done.returncode == 1
    assert done.stdout.startswith("1 added")
    assert "left out: empty.txt: the file is empty" in done.stderr
    assert "gone.pdf: no such file or folder [not_found]" in done.stderr


def test_a_paper_is_removed_by_its_id(qa: Run, copied: Path) -> None:
    (bridge, _) = json.loads(qa("status", "--json", "--data-dir", copied).stdout)["documents"]
    assert qa("remove", bridge["id"], "--data-dir", copied).returncode == 0
    assert "no document with id" in error_of(qa("remove", bridge["id"], "--data-dir", copied), 1)
    assert "bridge.txt" not in qa("search", "the bridge at Ebbfold", "--data-dir", copied).stdout


def test_a_backup_restores_to_a_service_that_answers_alike(qa: Run, served: Path, tmp_path: Path) -> None:
    done = qa("backup", tmp_path / "papers.tar", "--data-dir", served)
    assert done.returncode == 0, done.stderr
    done = qa("restore", tmp_path / "papers.tar", "--data-dir", tmp_path / "restored")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "restored" / "models").exists()
    (tmp_path / "restored" / "models").symlink_to(served / "models")
    places = [
        [hit["quote"] for hit in json.loads(done.stdout)["hits"]]
        for data in (served, tmp_path / "restored")
        for done in [qa("search", BRIDGE, "--json", "--data-dir", data)]
    ]
    assert places[0] == places[1] != []
    assert qa("check", "--data-dir", tmp_path / "restored").stdout == "all is as it was stored\n"


def test_a_backup_that_was_tampered_with_is_refused_and_leaves_nothing(
    qa: Run, served: Path, tmp_path: Path
) -> None:
    backup = tmp_path / "papers.tar"
    qa("backup", backup, "--data-dir", served)
    content = backup.read_bytes()
    backup.write_bytes(content.replace(b"closed to lorries", b"closed to tractor"))
    assert "fails its stored hash" in error_of(qa("restore", backup, "--data-dir", tmp_path / "new"), 1)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("content", [b"", b"no backup", b"\0" * 2048])
def test_what_is_no_backup_is_not_restored(qa: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "papers.tar").write_bytes(content)
    done = qa("restore", tmp_path / "papers.tar", "--data-dir", tmp_path / "new")
    assert "is not a backup" in error_of(done, 1)


def test_nothing_is_restored_over_what_is_there(qa: Run, served: Path, tmp_path: Path) -> None:
    qa("backup", tmp_path / "papers.tar", "--data-dir", served)
    done = qa("restore", tmp_path / "papers.tar", "--data-dir", served)
    assert "is not empty; restore into a new directory" in error_of(done, 1)


def test_a_backup_needs_a_folder_to_go_to(qa: Run, served: Path, tmp_path: Path) -> None:
    done = qa("backup", tmp_path / "no" / "papers.tar", "--data-dir", served)
    assert "is no folder to write a backup into" in error_of(done, 1)


def test_the_check_names_what_is_not_as_it_was_stored(qa: Run, copied: Path) -> None:
    assert (qa("check", "--data-dir", copied).returncode) == 0
    with open_writer(copied) as writer:
        writer.execute("UPDATE page SET text = replace(text, 'lorries', 'tractors')")
    done = qa("check", "--data-dir", copied)
    assert done.returncode == 1
    assert "fault: bridge.txt: the text of part 1 fails its hash" in done.stderr


def test_papers_that_an_older_version_read_are_told(qa: Run, copied: Path) -> None:
    assert qa("check", "--data-dir", copied).stderr == ""
    with open_writer(copied) as writer:
        writer.execute("UPDATE document SET parser_version = 1 WHERE file_name = 'bridge.txt'")
    done = qa("check", "--data-dir", copied)
    assert done.returncode == 0
    assert "1 paper was read by an older version; 'qa ingest' of their folder reads them again" in " ".join(
        done.stderr.split()
    )


def test_a_damaged_index_is_rebuilt_and_the_question_answered(qa: Run, copied: Path) -> None:
    (copied / "index" / "public" / "gen-1" / "ids.npy").write_bytes(b"rot")
    done = qa("ask", BRIDGE, "--data-dir", copied)
    assert done.returncode == 0
    assert "index files are damaged" in done.stderr
    assert "bridge.txt" in done.stdout


def test_the_settings_in_force_are_printed_and_the_key_is_not(qa: Run, tmp_path: Path) -> None:
    given = {"QA_PORT": "8123", "QA_RERANKER": "/models/re", "QA_ADMIN_KEY": "a key of sixteen or more"}
    done = qa("config", "--data-dir", tmp_path, **given)
    assert f"data_dir = {tmp_path}" in done.stdout
    assert "port = 8123" in done.stdout
    assert "reranker = /models/re" in done.stdout
    assert "sixteen" not in done.stdout
    usual = qa("config", "--data-dir", tmp_path)
    assert "reranker = cross-encoder/ms-marco-MiniLM-L-12-v2" in usual.stdout


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("", "the question is empty: type a question in plain words [empty_question]"),
        ("?!", "the question is empty"),
        ("x" * 5000, "at most 4000 are read: shorten it [question_too_long]"),
    ],
)
def test_a_question_that_cannot_be_served_is_wrong_usage(
    qa: Run, served: Path, question: str, part: str
) -> None:
    assert part in error_of(qa("ask", question, "--data-dir", served), 2)


@pytest.mark.parametrize(
    ("option", "part"),
    [
        (("--kind", "gossip"), "filter 'kinds': must be 'agenda pack', 'minutes'"),
        (("--from", "yesterday"), "filter 'held_from': must be a date like 2021-02-09 [bad_filter]"),
        (("--as-of", "soon"), "as_of"),
        (("--max-statements", "0"), "max_statements"),
    ],
)
def test_a_filter_that_cannot_be_read_is_wrong_usage(
    qa: Run, served: Path, option: tuple[str, str], part: str
) -> None:
    assert part in error_of(qa("ask", BRIDGE, *option, "--data-dir", served), 2)


def test_an_unknown_option_is_wrong_usage(qa: Run, served: Path) -> None:
    done = qa("ask", BRIDGE, "--cuncil", "Marlshire", "--data-dir", served)
    assert done.returncode == 2
    assert "--cuncil" in done.stderr


@pytest.mark.parametrize(
    ("environment", "part"),
    [
        ({"QA_PORT": "99999"}, "setting QA_PORT: Input should be less than or equal to 65535"),
        ({"QA_ADMIN_KEY": "short-secret"}, "setting QA_ADMIN_KEY"),
        ({"QA_RETRIEVAL__DEPHT": "9"}, "setting QA_RETRIEVAL__DEPHT"),
        ({"QA_RETRIEVAL": "not json"}, "QA_"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_and_never_repeated(
    qa: Run, tmp_path: Path, environment: dict[str, str], part: str
) -> None:
    error = error_of(qa("config", "--data-dir", tmp_path, **environment), 2)
    assert part in error
    assert "short-secret" not in error


def test_a_folder_without_papers_is_told_from_one_with_them(qa: Run, tmp_path: Path) -> None:
    error = error_of(qa("ask", BRIDGE, "--data-dir", tmp_path), 1)
    assert "holds no papers yet; set QA_DATA_DIR, or run 'qa ingest' first [wrong_data_dir]" in error


def test_a_folder_of_other_things_is_not_made_a_data_directory(qa: Run, tmp_path: Path) -> None:
    paper = write_minutes(tmp_path / "papers")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "thesis.odt").touch()
    assert "holds other things (thesis.odt)" in error_of(
        qa("ingest", paper, "--data-dir", tmp_path / "data"), 1
    )


def test_a_second_writer_is_told_to_wait(qa: Run, copied: Path, tmp_path: Path) -> None:
    paper = write_minutes(tmp_path / "more", "ferry.txt", "the ferry")
    with open_writer(copied):
        error = error_of(qa("ingest", paper, "--data-dir", copied), 1)
    assert "another process is writing" in error
    assert error.endswith("[writer_busy]")
    assert qa("ingest", paper, "--data-dir", copied).returncode == 0


def test_an_index_made_by_another_encoder_is_refused_with_the_way_back(qa: Run, copied: Path) -> None:
    with open_writer(copied) as writer:
        writer.execute("UPDATE setting SET value = 'hashing/64/256' WHERE name = 'encoder'")
    paper = write_minutes(copied.parent / "more", "ferry.txt", "the ferry")
    error = error_of(qa("ingest", paper, "--data-dir", copied), 1)
    assert "built by 'hashing/64/256'" in error
    assert (
        "set QA_ENCODER and QA_PRECISION back, or ingest into a new data directory [index_mismatch]" in error
    )


def test_data_of_a_newer_version_is_refused(qa: Run, copied: Path) -> None:
    with sqlite3.connect(copied / "papers.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    assert "a newer version wrote it (schema 99" in error_of(qa("ask", BRIDGE, "--data-dir", copied), 1)


@pytest.mark.parametrize("model", ["all-MiniLM", "cross-encoder-"])
def test_weights_that_are_not_the_pinned_ones_are_refused(qa: Run, copied: Path, model: str) -> None:
    (name,) = (each for each in (copied / "models").iterdir() if model in each.name)
    own = Path(shutil.copytree(name, copied.parent / "own"))
    weights = next(own.glob("*.onnx"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"\0")
    name.unlink()
    name.symlink_to(own)
    error = error_of(qa("ask", BRIDGE, "--data-dir", copied), 1)
    assert "fails its SHA-256; delete the folder, it is exported again" in error


def test_a_port_in_use_is_named_with_the_way_out(qa: Run, served: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = qa("serve", "--port", str(port), "--data-dir", served)
    assert f"cannot listen on 127.0.0.1, port {port} (Address already in use); choose" in error_of(done, 1)
    assert "--port" in done.stderr
