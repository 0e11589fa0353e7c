import os
from pathlib import Path

import pytest

from qa_service.ingestion.discovery import discover
from qa_service.ingestion.pipeline import Failure, SourceInput


def found(*paths: Path) -> list[str]:
    return [each.file_name for each in discover(paths) if isinstance(each, SourceInput)]


def failures(*paths: Path) -> list[tuple[str, str]]:
    return [(Path(each.file).name, each.code) for each in discover(paths) if isinstance(each, Failure)]


def test_folders_are_read_whole_in_order_and_only_papers_count(tmp_path: Path) -> None:
    for name in ("b/z.PDF", "b/a.md", "a.html", "a.css", "b/x.docx", ".git/notes.txt", "b/.hidden.pdf"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert found(tmp_path) == ["a.html", "a.md", "x.docx", "z.PDF"]


def test_a_file_that_is_named_itself_is_read_whatever_its_ending(tmp_path: Path) -> None:
    (tmp_path / "minutes").touch()
    assert found(tmp_path / "minutes") == ["minutes"]
    assert found(tmp_path) == []


def test_a_folder_with_the_ending_of_a_paper_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "papers.pdf").mkdir()
    (tmp_path / "papers.pdf" / "one.pdf").touch()
    assert found(tmp_path) == ["one.pdf"]
    assert failures(tmp_path) == []


def test_a_path_that_is_not_there_is_a_failure(tmp_path: Path) -> None:
    assert failures(tmp_path / "gone.pdf") == [("gone.pdf", "not_found")]


def test_links_and_devices_are_refused_with_a_reason(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.touch()
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "link.txt").symlink_to(outside)
    os.mkfifo(folder / "pipe.txt")
    assert found(folder) == []
    assert failures(folder) == [("link.txt", "not_a_file"), ("pipe.txt", "not_a_file")]


def test_linked_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.txt").touch()
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "linked").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert found(tmp_path / "papers") == []


def test_a_name_whose_bytes_are_no_text_is_written_out(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"caf\xe9.txt")  # noqa: PTH118 - bytes
    Path(os.fsdecode(path)).touch()
    (each,) = discover([tmp_path])
    assert isinstance(each, SourceInput)
    assert each.file_name == r"caf\xe9.txt"
    assert each.origin.endswith(r"caf\xe9.txt")
    each.origin.encode()


@pytest.mark.parametrize("name", ["a b.txt", "–.txt", "x" * 200 + ".txt"])
def test_odd_but_sound_names_stay_as_they_are(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert found(tmp_path) == [name]
