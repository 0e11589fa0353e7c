"""The plain text that the papers are written in."""

from pathlib import Path

import pytest

from qa_service.sample.markup import BadMarkup, Block, read_source


def source(tmp_path: Path, body: str) -> tuple[Block, ...]:
    path = tmp_path / "paper.txt"
    path.write_text(f"file: paper.pdf\ntitle: A paper\n---\n{body}", encoding="utf-8")
    return read_source(path).blocks


def test_settings_stand_above_the_rule(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("file: paper.pdf\ntitle: Minutes: a title\n---\nText.", encoding="utf-8")
    assert read_source(path).settings == {"file": "paper.pdf", "title": "Minutes: a title"}


def test_a_source_without_a_rule_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text("file: paper.pdf\n\nText.", encoding="utf-8")
    with pytest.raises(BadMarkup, match="no line '---'"):
        read_source(path)


def test_lines_of_a_paragraph_are_joined(tmp_path: Path) -> None:
    assert source(tmp_path, "One line\nand another.") == (Block("paragraph", "One line and another."),)


@pytest.mark.parametrize(
    ("written", "marker", "depth"),
    [("5.6 Text", "5.6", 0), ("12. Text", "12.", 0), ("(iv) Text", "(iv)", 0), ("> (b) Text", "(b)", 1)],
)
def test_a_number_or_a_clause_mark_hangs(tmp_path: Path, written: str, marker: str, depth: int) -> None:
    assert source(tmp_path, written) == (Block("hanging", "Text", marker, depth),)


def test_a_year_at_the_head_of_a_paragraph_is_no_number(tmp_path: Path) -> None:
    assert source(tmp_path, "2023 was wet.")[0].kind == "paragraph"


def test_an_indented_line_continues_its_bullet(tmp_path: Path) -> None:
    assert source(tmp_path, "- one\n  more\n- two") == (Block("bullets", rows=("one more", "two")),)


def test_a_comment_leaves_no_trace(tmp_path: Path) -> None:
    assert source(tmp_path, "One\n% a note to ourselves\ntwo.") == (Block("paragraph", "One two."),)


def test_an_included_text_takes_the_values_given(tmp_path: Path) -> None:
    (tmp_path / "part.txt").write_text("Within {wait}.", encoding="utf-8")
    assert source(tmp_path, "@include part\nwait: six weeks") == (Block("paragraph", "Within six weeks."),)


def test_an_included_text_with_a_value_missing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "part.txt").write_text("Within {wait}.", encoding="utf-8")
    with pytest.raises(BadMarkup, match=r"nothing given for \{wait\}"):
        source(tmp_path, "@include part")
