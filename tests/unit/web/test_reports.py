import json
import os
from pathlib import Path

import pytest

from qa_service.errors import NotFound
from qa_service.web.reports import history, read_reports, readable_reports, report_path


def report(folder: Path, name: str, finished: str, mean: float | None) -> None:
    (folder / "reports").mkdir(exist_ok=True)
    measure = {"measure": "evidence_cited", "n": 36, "mean": mean, "low": 0.5, "left_out": {"x": 1}}
    record = {"finished": finished, "git": {"commit": "abc"}, "versions": {"python": "3.11"}}
    content = {"clearance": "public", "sets": [{"name": "own", "record": record, "headline": [measure]}]}
    (folder / "reports" / name).write_text(json.dumps(content), encoding="utf-8")


def test_reports_come_oldest_first_whatever_their_names_and_file_times(tmp_path: Path) -> None:
    report(tmp_path, "a.json", "2026-02-01T00:00:00+00:00", 0.8)
    report(tmp_path, "b.json", "2026-01-01T00:00:00+00:00", 0.7)
    os.utime(tmp_path / "reports" / "a.json", (1, 1))
    reports, strange = read_reports(tmp_path)
    assert [each.name for each in reports] == ["b.json", "a.json"]
    assert strange == []
    assert [each.headline[0].mean for each in history(reports)["own"]] == [0.7, 0.8]


def test_what_was_not_measured_is_none_and_not_zero(tmp_path: Path) -> None:
    report(tmp_path, "a.json", "2026-01-01T00:00:00+00:00", None)
    reports, _ = read_reports(tmp_path)
    assert reports[0].sets[0].headline[0].mean is None


def test_a_file_that_is_no_report_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    report(tmp_path, "a.json", "2026-01-01T00:00:00+00:00", 0.7)
    (tmp_path / "reports" / "broken.json").write_text("{", encoding="utf-8")
    reports, strange = read_reports(tmp_path)
    assert len(reports) == 1
    assert strange == ["broken.json"]


def test_without_the_folder_there_are_no_reports(tmp_path: Path) -> None:
    assert read_reports(tmp_path) == ([], [])
    assert readable_reports(tmp_path) == []


@pytest.mark.parametrize("name", ["../papers.sqlite", "link.json", "absent.json", "notes.txt", ""])
def test_nothing_but_a_report_can_be_fetched(tmp_path: Path, name: str) -> None:
    report(tmp_path, "a.json", "2026-01-01T00:00:00+00:00", 0.7)
    (tmp_path / "papers.sqlite").write_bytes(b"secret")
    (tmp_path / "reports" / "notes.txt").write_bytes(b"secret")
    (tmp_path / "reports" / "link.json").symlink_to(tmp_path / "papers.sqlite")
    assert report_path(tmp_path, "a.json").is_file()
    with pytest.raises(NotFound):
        report_path(tmp_path, name)
