import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evals import cli
from evals.jsonl import write_rows
from tests.unit.evals.papers import PAGE_ONE, corpus
from tests.unit.evals.running import ScriptedSystem, ran
from tests.unit.evals.test_compare_and_gate import MANY, refusing

INVOKE = CliRunner().invoke


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "minutes.txt").write_text(PAGE_ONE, encoding="utf-8")
    return folder


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "own.jsonl"
    evidence = [{"file": "minutes.txt", "quote": "that the charges stay as they are until April 2025."}]
    row = {"qid": "a", "question": "What about charges?", "answerable": True, "evidence": evidence}
    write_rows(path, [row, {"qid": "b", "question": "Who paid?", "answerable": False}])
    return path


def test_run_score_report_and_export_follow_one_another(tmp_path: Path, gold: Path, papers: Path) -> None:
    out = tmp_path / "run"
    asked = INVOKE(
        cli.app, ["run", str(gold), "--papers", str(papers), "--out", str(out), "--system", "oracle"]
    )
    assert asked.exit_code == 0, asked.output
    scored = INVOKE(cli.app, ["score", str(out)])
    assert "2 questions, 0 errors, fully correct 1.000" in scored.output
    page = tmp_path / "report.html"
    assert INVOKE(cli.app, ["report", str(out), "--out", str(page)]).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert INVOKE(cli.app, ["export", str(out), "--out", str(tmp_path / "trec")]).exit_code == 0
    assert (tmp_path / "trec" / "qrels.trec").read_text(encoding="utf-8").startswith("a 0 ")


def test_compare_prints_the_measures_and_writes_both_forms(tmp_path: Path) -> None:
    one, other = ran(tmp_path / "one"), ran(tmp_path / "other", ScriptedSystem(corpus(), fails=["charges"]))
    page, figures = tmp_path / "c.html", tmp_path / "c.json"
    found = INVOKE(cli.app, ["compare", str(one), str(other), "--html", str(page), "--json", str(figures)])
    assert "fictional: 0 fixed, 1 broken, 4 the same" in found.output
    assert json.loads(figures.read_text(encoding="utf-8"))["broken"] == ["charges"]
    assert "Broken: 1" in page.read_text(encoding="utf-8")


def test_gate_exits_one_for_a_real_drop_and_nought_without(tmp_path: Path) -> None:
    baselines = ["--baselines", str(tmp_path / "baselines")]
    good = str(ran(tmp_path / "good", questions=MANY))
    bad = str(ran(tmp_path / "bad", refusing(12), MANY))
    assert INVOKE(cli.app, ["gate", good, *baselines, "--accept", "first"]).exit_code == 0
    assert INVOKE(cli.app, ["gate", good, *baselines]).exit_code == 0
    failed = INVOKE(cli.app, ["gate", bad, *baselines])
    assert failed.exit_code == 1
    assert "fictional: FAILS" in failed.output


def test_the_template_is_printed_ready_to_fill() -> None:
    assert INVOKE(cli.app, ["template"]).output.startswith("qid,question,answerable,file,quote,page")


def test_every_measure_is_printed_with_its_definition() -> None:
    printed = INVOKE(cli.app, ["measures"]).output
    assert "evidence_cited (Citations; higher is better)" in printed
    assert "Share of the evidence groups that some citation shows" in printed


def test_what_nobody_judged_is_written_out(tmp_path: Path) -> None:
    out = tmp_path / "to-judge.jsonl"
    found = INVOKE(cli.app, ["label", "unjudged", str(ran(tmp_path / "run")), "--out", str(out)])
    assert found.output.startswith("0 places to judge")
    assert out.read_text(encoding="utf-8") == ""


def test_feedback_is_turned_into_gold_and_a_list(tmp_path: Path) -> None:
    feedback = tmp_path / "feedback.jsonl"
    row = {
        "answer_id": "a-1",
        "verdict": "should_have_refused",
        "comment": "",
        "request": {"question": "Who?"},
    }
    write_rows(feedback, [row | {"reply": {"citations": [], "statements": []}}])
    settled, still_open = tmp_path / "gold.jsonl", tmp_path / "open.jsonl"
    arguments = ["label", "feedback", str(feedback), "--out", str(settled), "--open", str(still_open)]
    assert "1 settled" in INVOKE(cli.app, arguments).output


def test_an_error_is_one_line_on_stderr_with_exit_one(
    tmp_path: Path,
    gold: Path,
    papers: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    gold.write_text('{"question": "One?", "answerable": true}\n', encoding="utf-8")
    arguments = ["qa-eval", "run", str(gold), "--papers", str(papers), "--out", str(tmp_path / "run")]
    monkeypatch.setattr("sys.argv", arguments)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 1
    assert capsys.readouterr().err == (
        "qa-eval: own.jsonl, line 1: answerable is true, so at least one evidence {file, quote} is needed\n"
    )


def test_wrong_usage_exits_two(tmp_path: Path) -> None:
    assert INVOKE(cli.app, ["run"]).exit_code == 2
    named = INVOKE(cli.app, ["report", str(tmp_path), "--out", "report.docx"])
    assert named.exit_code == 2
    assert "--form" in named.output


def test_a_file_that_cannot_be_written_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "no" / "folder" / "report.md"
    monkeypatch.setattr("sys.argv", ["qa-eval", "report", str(ran(tmp_path / "run")), "--out", str(out)])
    with pytest.raises(SystemExit):
        cli.main()
    assert capsys.readouterr().err.count("\n") == 1


def test_nothing_to_ask_is_said_in_words(
    tmp_path: Path, gold: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["qa-eval", "run", str(gold), "--out", str(tmp_path / "run")])
    with pytest.raises(SystemExit):
        cli.main()
    assert "give --papers, --data-dir or --url" in capsys.readouterr().err
