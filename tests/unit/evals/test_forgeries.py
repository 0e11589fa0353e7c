from pathlib import Path

import pytest

from evals.errors import BadDataset
from evals.fabrications import Detection, detections, files_named
from evals.jsonl import JsonObject, write_rows
from tests.unit.evals.papers import corpus

RESOLVED = "RESOLVED: that the charges stay as they are until April 2025."
CHANGED_DIGIT = RESOLVED.replace("2025", "2026")
JOINED = "The Committee heard that charges had not changed RESOLVED: that forty cycle stands be bought"
FORGERIES: list[tuple[JsonObject, str]] = [
    ({"quote": CHANGED_DIGIT}, "altered"),
    ({"quote": RESOLVED.replace("charges", "fees")}, "altered"),
    ({"quote": JOINED}, "stitched"),
    ({"quote": "The Panel agreed that parking charges rise by five pence at once."}, "misattributed"),
    ({"file": "report.pdf"}, "misattributed"),
    ({"page": 2}, "wrong page"),
    ({"council": "SOUTHMOOR DISTRICT COUNCIL"}, "wrong_metadata"),
    ({"body": "FINANCE COMMITTEE"}, "wrong metadata"),
    ({"held_on": "2023-03-05"}, "wrong metadata"),
    ({"document_id": "d-invented"}, "unresolved id"),
    ({"quote": "Bananas were planted beside every lamp post."}, "not found"),
    ({"start": 0, "end": 61}, "misplaced"),
]


def detected(path: Path, *forged: tuple[JsonObject, str], true: str = RESOLVED) -> list[Detection]:
    rows = [
        {
            "id": f"f{n}",
            "file": "minutes.pdf",
            "true_quote": true,
            "page": 1,
            "fabricated": lies,
            "label": label,
        }
        for n, (lies, label) in enumerate(forged)
    ]
    write_rows(path, rows)
    return detections(path, corpus())


def test_every_forgery_is_caught_and_named(tmp_path: Path) -> None:
    found = detected(tmp_path / "fabrications.jsonl", *FORGERIES)
    assert [one.id for one in found if not one.caught] == []
    assert [(one.expected, one.labels) for one in found if not one.named] == []


def test_a_forger_mends_the_hash_and_is_caught_all_the_same(tmp_path: Path) -> None:
    found = detected(tmp_path / "f.jsonl", ({"quote": CHANGED_DIGIT}, "altered"))
    assert "quote_exact" in found[0].gates


def test_a_forgery_that_changes_nothing_passes_unseen_and_is_reported_so(tmp_path: Path) -> None:
    assert not detected(tmp_path / "f.jsonl", ({"page": 1}, "wrong page"))[0].caught


def test_a_true_quote_that_is_not_in_the_paper_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match="is not in page 1"):
        detected(tmp_path / "f.jsonl", ({"page": 2}, "wrong page"), true="words nobody wrote")


def test_a_true_place_that_the_store_is_wrong_about_is_told_apart(tmp_path: Path) -> None:
    row = {"id": "f", "file": "minutes.pdf", "true_quote": RESOLVED, "page": 1, "body": "LICENSING PANEL"}
    write_rows(tmp_path / "f.jsonl", [row | {"fabricated": {"quote": CHANGED_DIGIT}, "label": "altered"}])
    found = detections(tmp_path / "f.jsonl", corpus())[0]
    assert found.caught
    assert found.true_fails == ("metadata_consistent",)


def test_a_true_citation_that_was_not_asked_for_is_caught_by_its_scope(tmp_path: Path) -> None:
    row = {"id": "f", "file": "minutes.pdf", "true_quote": RESOLVED, "page": 1, "fabricated": {}}
    scopes = [{"council": ["Southmoor District Council"]}, {"as_of": "2024-01-01"}]
    rows = [
        row | {"id": f"f{n}", "filters": scope, "label": "out_of_scope"} for n, scope in enumerate(scopes)
    ]
    write_rows(tmp_path / "f.jsonl", rows)
    found = detections(tmp_path / "f.jsonl", corpus())
    assert [one.gates for one in found] == [("scope_respected",), ("scope_respected",)]
    assert all(one.named for one in found)


def test_an_unknown_lie_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match="no such field"):
        detected(tmp_path / "f.jsonl", ({"colour": "red"}, "altered"))


def test_the_files_to_fetch_are_those_forged_from_and_to(tmp_path: Path) -> None:
    detected(tmp_path / "f.jsonl", ({"file": "report.pdf"}, "misattributed"))
    assert files_named(tmp_path / "f.jsonl") == {"minutes.pdf", "report.pdf"}
