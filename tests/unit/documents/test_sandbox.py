import sys
from pathlib import Path

import pytest

from qa_service.documents.sandbox import ReadingLimits, Sandbox, Sandboxes
from qa_service.documents.structure import read_paper
from qa_service.errors import EmptySource, ParserStopped, UnreadableSource, UnsupportedType
from tests.factories import child_processes

MINUTES = (
    "MERCHESTER CITY COUNCIL\n\nMINUTES OF THE MEETING HELD ON 3 MAY 2023\n\nRESOLVED that it be noted.\n"
)


def paper_file(folder: Path, text: str = MINUTES) -> Path:
    path = folder / "minutes.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_sandbox_reads_what_reading_in_this_process_reads(tmp_path: Path) -> None:
    path = paper_file(tmp_path)
    with Sandbox() as sandbox:
        read = sandbox.read(path, document_id="d1", url="https://example.org/m", title="Minutes of May")
    here = read_paper(
        path.read_bytes(),
        file_name="minutes.txt",
        document_id="d1",
        url="https://example.org/m",
        title="Minutes of May",
    )
    assert read == here


def test_an_error_of_the_source_arrives_as_it_was_raised(tmp_path: Path) -> None:
    path = tmp_path / "picture.pdf"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    with Sandbox() as sandbox, pytest.raises(UnsupportedType, match=r"picture\.pdf.*PNG") as caught:
        sandbox.read(path, document_id="d1")
    assert caught.value.found == "a PNG picture"
    assert caught.value.name == "picture.pdf"


def test_one_bad_file_does_not_spoil_the_next(tmp_path: Path) -> None:
    empty = paper_file(tmp_path, "  \n")
    with Sandbox() as sandbox:
        with pytest.raises(EmptySource):
            sandbox.read(empty, document_id="d1")
        assert sandbox.read(paper_file(tmp_path), document_id="d2").document.id == "d2"


def test_a_missing_file_is_an_unreadable_source(tmp_path: Path) -> None:
    with Sandbox() as sandbox, pytest.raises(UnreadableSource):
        sandbox.read(tmp_path / "gone.pdf", document_id="d1")


def test_a_file_beyond_the_wall_limit_is_stopped_and_the_next_is_read(tmp_path: Path) -> None:
    path = paper_file(tmp_path)
    with Sandbox(ReadingLimits(wall_seconds=0.0)) as sandbox:
        with pytest.raises(ParserStopped) as caught:
            sandbox.read(path, document_id="d1")
        assert (caught.value.limit, caught.value.code) == ("time", "parse_timeout")
        sandbox.limits = ReadingLimits()
        assert sandbox.read(path, document_id="d2").document.id == "d2"


def test_a_file_beyond_the_memory_limit_is_stopped(tmp_path: Path) -> None:
    path = paper_file(tmp_path, MINUTES * 150_000)
    with Sandbox(ReadingLimits(memory_bytes=120 * 2**20)) as sandbox, pytest.raises(ParserStopped) as caught:
        sandbox.read(path, document_id="d1")
    assert caught.value.limit == "memory"


def test_a_child_that_dies_is_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = paper_file(tmp_path)
    monkeypatch.setattr(sys, "path", [])  # the child gets our path: with none it cannot start
    with Sandbox() as sandbox, pytest.raises(ParserStopped) as caught:
        sandbox.read(path, document_id="d1")
    assert caught.value.limit == "crash"


def test_a_worker_is_replaced_after_its_share_of_files(tmp_path: Path) -> None:
    path = paper_file(tmp_path)
    with Sandbox(ReadingLimits(files_per_worker=2)) as sandbox:
        papers = [sandbox.read(path, document_id=f"d{number}") for number in range(5)]
    assert [paper.document.id for paper in papers] == ["d0", "d1", "d2", "d3", "d4"]


def test_two_sandboxes_work_side_by_side(tmp_path: Path) -> None:
    path = paper_file(tmp_path)
    with Sandbox() as one, Sandbox() as two:
        assert one.read(path, document_id="d") == two.read(path, document_id="d")
        one.close()
        assert two.read(path, document_id="d").document.id == "d"


def test_what_is_lent_is_nobody_elses_and_what_came_back_last_is_lent_first() -> None:
    with Sandboxes(2) as sandboxes:
        with sandboxes.lent() as one, sandboxes.lent() as two:
            assert one is not two
        with sandboxes.lent() as again:
            assert again is one


def test_children_outlive_a_loan_and_end_at_the_close(tmp_path: Path) -> None:
    path, others = paper_file(tmp_path), child_processes()
    with Sandboxes(1) as sandboxes:
        for _ in range(2):
            with sandboxes.lent() as sandbox:
                sandbox.read(path, document_id="d1")
                children = child_processes() - others
            assert len(children) == 1
            assert child_processes() - others == children
        sandboxes.close()
        assert child_processes() <= others
        with sandboxes.lent() as sandbox:
            assert sandbox.read(path, document_id="d2").document.id == "d2"
    assert child_processes() <= others
