"""What rewording costs, counted over systems that read it well, badly, and not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals import cli
from evals.compare import compare
from evals.datasets import Dataset
from evals.errors import NotComparable
from evals.jsonl import write_rows
from evals.reworded import AS_WRITTEN, asked_each_way, compared, table
from evals.rewording import Rewording
from evals.systems import System
from evals.targets import ADVERSARIAL
from tests.unit.evals.papers import CHARGES, PAGE_ONE, PAYER, STANDS, corpus
from tests.unit.evals.running import ScriptedSystem, dataset


@contextmanager
def deaf_to_small_letters(asked: Dataset) -> Iterator[System]:
    """An oracle that fails on one question in small letters, and on another however it is asked."""
    fails = [STANDS.qid] + [CHARGES.qid] * asked.name.endswith("small")
    yield ScriptedSystem(corpus(), asked.questions, fails=fails)


def test_of_what_was_right_as_written_the_still_right_are_counted(tmp_path: Path) -> None:
    lines: list[str] = []
    ways = [Rewording.SMALL, Rewording.SLIP]
    written, small, slip = asked_each_way(dataset(), ways, deaf_to_small_letters, tmp_path, lines.append)
    assert (written.way, written.changed, written.still) == (AS_WRITTEN, 0, {})
    assert written.measures["fully_correct"]["mean"] == pytest.approx(4 / 5)
    assert (small.questions, small.changed) == (5, 5)
    # What was wrong as written is not asked whether it still is right.
    assert {qid: part for qid, (part, _) in small.still.items()} == {
        "charges": 0.0,
        "south": 1.0,
        "payer": 1.0,
        "wrong": 1.0,
    }
    assert set(slip.still.values()) == {(1.0, 1.0)}
    assert lines[1] == f"fictional:small: 5 questions, 2 errors, in {tmp_path / 'fictional-small'}"


def test_a_question_that_no_rewording_changed_is_not_counted(tmp_path: Path) -> None:
    stays = replace(PAYER, question="By whom were the parking machines paid for?")
    asked = dataset((CHARGES, stays))
    found = asked_each_way(asked, [Rewording.INDIRECT], deaf_to_small_letters, tmp_path, print)
    assert (found[1].questions, found[1].changed) == (2, 1)
    assert set(found[1].still) == {CHARGES.qid}


def test_the_table_shows_each_way_with_its_intervals(tmp_path: Path) -> None:
    found = asked_each_way(dataset(), [Rewording.SMALL], deaf_to_small_letters, tmp_path, print)
    head, rule, written, small = table(found).splitlines()
    assert head.startswith("| asked | questions | changed | fully right | first citation right | harmful |")
    assert {line.count("|") for line in (head, rule, written, small)} == {10}
    assert written.startswith("| as written | 5 |  | 0.800 [")
    assert written.endswith("|  |")
    assert small.startswith("| small | 5 | 5 | 0.600 [")
    assert "| 3 of 4: 0.750 [" in small
    nothing_right = compared("small", tmp_path / "fictional-small", tmp_path / "fictional-small")
    assert table([nothing_right]).splitlines()[-1].endswith("|  |")


def test_runs_of_one_rewording_compare_and_those_of_two_do_not(tmp_path: Path) -> None:
    for runs in ("before", "after"):
        asked_each_way(dataset(), [Rewording.SMALL], deaf_to_small_letters, tmp_path / runs, print)
    before, after = tmp_path / "before", tmp_path / "after"
    assert compare(before / "fictional-small", after / "fictional-small").same == 5
    with pytest.raises(NotComparable):
        compare(before / "fictional", after / "fictional-small")


@pytest.fixture
def gold(tmp_path: Path) -> tuple[Path, Path]:
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "minutes.txt").write_text(PAGE_ONE, encoding="utf-8")
    evidence = [{"file": "minutes.txt", "quote": "that the charges stay as they are until April 2025."}]
    row = {"qid": "a", "question": "What about charges?", "answerable": True, "evidence": evidence}
    path = tmp_path / "mine.jsonl"
    write_rows(path, [row, {"qid": "b", "question": "Who paid?", "answerable": False}])
    return path, papers


def test_the_command_asks_prints_and_writes(gold: tuple[Path, Path], tmp_path: Path) -> None:
    out, runs = tmp_path / "table.md", tmp_path / "runs"
    arguments = ["reworded", str(gold[0]), "--papers", str(gold[1]), "--system", "oracle"]
    found = CliRunner().invoke(cli.app, [*arguments, "--runs", str(runs), "--out", str(out)])
    assert found.exit_code == 0, found.output
    assert out.read_text(encoding="utf-8") in found.output
    rows = out.read_text(encoding="utf-8").splitlines()[2:]
    assert [row.split(" | ")[0].strip("| ") for row in rows] == [AS_WRITTEN, *Rewording]
    names = sorted(folder.name for folder in runs.iterdir())
    assert names == ["mine", *(f"mine-{way}" for way in sorted(Rewording))]


def test_a_rewording_may_be_chosen(gold: tuple[Path, Path], tmp_path: Path) -> None:
    arguments = ["reworded", str(gold[0]), "--papers", str(gold[1]), "--system", "oracle", "--only", "words"]
    found = CliRunner().invoke(cli.app, [*arguments, "--runs", str(tmp_path / "runs")])
    assert found.exit_code == 0, found.output
    assert sorted(folder.name for folder in (tmp_path / "runs").iterdir()) == ["mine", "mine-words"]


def test_a_set_may_be_named(tmp_path: Path) -> None:
    folder = tmp_path / "shared" / "eval" / ADVERSARIAL
    folder.mkdir(parents=True)
    write_rows(folder / "corpus.jsonl", [{"doc_id": "a", "title": "Minutes", "text": PAGE_ONE}])
    asked = {"qid": "a", "question": "Who paid?", "answerable": False}
    write_rows(folder / "questions.jsonl", [asked])
    arguments = ["reworded", ADVERSARIAL, "--shared", str(tmp_path / "shared"), "--system", "oracle"]
    found = CliRunner().invoke(cli.app, [*arguments, "--only", "small", "--runs", str(tmp_path / "runs")])
    assert found.exit_code == 0, found.output
    assert f"{ADVERSARIAL}:small: 1 questions, 0 errors" in found.output


def test_a_set_that_is_not_there_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["qa-eval", "reworded", "nowhere", "--runs", str(tmp_path)])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 1
