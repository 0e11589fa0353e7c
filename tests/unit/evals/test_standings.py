"""The table of targets, on small sets in the shape of the public ones."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals import cli
from evals.errors import BadDataset
from evals.jsonl import write_rows
from evals.standings import standings, table
from evals.systems import Choice, SystemKind
from evals.targets import ADVERSARIAL
from evals.tiers import sets_with_targets
from tests.unit.evals.papers import PAGE_ONE

CHARGES = "that the charges stay as they are until April 2025."


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return a folder with one of the public sets, made of a paper of ours."""
    folder = tmp_path / "shared" / "eval" / ADVERSARIAL
    folder.mkdir(parents=True)
    write_rows(folder / "corpus.jsonl", [{"doc_id": "a", "title": "Minutes", "text": PAGE_ONE}])
    start = PAGE_ONE.index(CHARGES)
    at = {"doc_id": "a", "start": start, "end": start + len(CHARGES)}
    paragraph = {"doc_id": "a", "start": 0, "end": len(PAGE_ONE)}
    asked = {"paragraph": paragraph, "question": "Until when do the charges stay?"}
    rows = [
        asked | {"qid": "a1", "answerable": True, "evidence": [at]},
        asked | {"qid": "a2", "answerable": False, "question": "Who paid for the stairs?"},
    ]
    write_rows(folder / "questions.jsonl", rows)
    return tmp_path / "shared"


def test_the_oracle_reaches_a_target_and_one_who_refuses_misses_it(shared: Path, tmp_path: Path) -> None:
    def best_sentence(kind: SystemKind) -> str:
        found = list(standings(shared, tmp_path / kind, Choice(kind), [ADVERSARIAL]))
        return next(row for row in table(found).splitlines() if "best sentence right" in row)

    assert best_sentence(SystemKind.ORACLE).endswith("| 1.000 | 0.000 to 1.000 | 1 | yes |")
    assert best_sentence(SystemKind.REFUSING).endswith("| 0.000 | 0.000 to 1.000 | 1 | **no** |")


def test_a_second_run_says_what_changed(shared: Path, tmp_path: Path) -> None:
    runs = tmp_path / "runs"
    (first,) = standings(shared, runs, Choice(SystemKind.ORACLE), [ADVERSARIAL])
    (second,) = standings(shared, runs, Choice(SystemKind.REFUSING), [ADVERSARIAL])
    assert first.since == ()
    assert second.since[0] == "  since the run before: 0 fixed, 1 broken, 1 the same"


def test_a_set_that_is_not_there_is_no_silent_gap(shared: Path, tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match="holds no set 'seeds-dev'"):
        list(standings(shared, tmp_path / "runs", Choice(SystemKind.ORACLE), ["seeds-dev"]))


def test_the_sets_that_are_there_are_listed_with_our_own_first(shared: Path) -> None:
    assert [one.name for one in sets_with_targets(shared)] == ["own", ADVERSARIAL]


def test_the_command_prints_the_table_and_writes_it(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "table.md"
    arguments = ["targets", str(shared), "--only", ADVERSARIAL, "--system", "oracle", "--out", str(out)]
    found = CliRunner().invoke(cli.app, [*arguments, "--runs", str(tmp_path / "runs")])
    assert found.exit_code == 0, found.output
    assert out.read_text(encoding="utf-8") in found.output
    assert f"{ADVERSARIAL}: 2 questions, 0 errors" in found.output
