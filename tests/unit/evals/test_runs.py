import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.datasets import Dataset
from evals.errors import BadDataset, BadRun
from evals.jsonl import JsonObject, rows
from evals.measures import BY_NAME
from evals.questions import Quoted
from evals.reference_systems import OracleSystem, RandomSystem, RefusingSystem
from evals.runner import run
from evals.runs import open_run, read_summary
from evals.scoring import score_run
from tests.unit.evals.papers import ALL, CHARGES, STANDS, corpus, topic
from tests.unit.evals.running import ScriptedSystem, dataset, figures, ran

BEST_IS_NOUGHT = {name for name, measure in BY_NAME.items() if measure.lower_is_better}
COUNTS = {name for name, measure in BY_NAME.items() if measure.unbounded}


def means(folder: Path) -> dict[str, float]:
    return {name: one.mean for name, one in read_summary(folder)[0].items() if one.mean is not None}


def test_an_oracle_scores_all_that_can_be_scored(tmp_path: Path) -> None:
    found = means(ran(tmp_path / "run", twice=99))
    by_question = {name: value for name, value in found.items() if name in BY_NAME and name not in COUNTS}
    wrong = {
        name: value
        for name, value in by_question.items()
        if value != pytest.approx(0.0 if name in BEST_IS_NOUGHT else 1.0)
    }
    assert wrong == {}
    assert found["auroc"] == 1.0
    assert found["refused_at_90_kept"] == 1.0


def test_a_guesser_scores_near_nought(tmp_path: Path) -> None:
    found = means(ran(tmp_path / "run", RandomSystem(corpus())))
    assert found["fully_correct"] == 0.0
    assert found["evidence_cited"] < 0.3
    assert found["refused_unanswerable"] == 0.0
    assert found["quote_exact"] == 1.0


def test_always_refusing_scores_exactly_the_unanswerable_share(tmp_path: Path) -> None:
    found = means(ran(tmp_path / "run", RefusingSystem(corpus())))
    assert found["fully_correct"] == pytest.approx(2 / 5)
    assert found["evidence_cited"] == 0.0
    assert found["refused_answerable"] == 1.0


def test_results_do_not_change_with_the_order_of_questions(tmp_path: Path) -> None:
    system = RandomSystem(corpus())
    ran(tmp_path / "one", system)
    ran(tmp_path / "two", system, tuple(reversed(ALL)))
    assert figures(tmp_path / "one") == figures(tmp_path / "two")
    assert means(tmp_path / "one") == means(tmp_path / "two")


def test_scoring_again_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = ran(tmp_path / "run")
    before = [(folder / name).read_bytes() for name in ("scores.jsonl", "summary.json")]
    score_run(folder)
    assert [(folder / name).read_bytes() for name in ("scores.jsonl", "summary.json")] == before


def test_scoring_needs_no_system_only_the_folder(tmp_path: Path) -> None:
    folder = ran(tmp_path / "run")
    moved = folder.rename(tmp_path / "elsewhere")
    assert means(moved)["fully_correct"] == 1.0
    assert score_run(moved)["questions"] == 5


def test_an_error_keeps_its_row_and_counts_as_wrong(tmp_path: Path) -> None:
    folder = ran(tmp_path / "run", ScriptedSystem(corpus(), fails=["charges", "payer"]))
    summary = read_summary(folder)[1]
    assert summary["errors"] == ["charges", "payer"]
    assert summary["questions"] == 5
    scores = figures(folder)
    assert scores["charges"]["evidence_cited"] == 0.0
    assert scores["charges"]["refused_answerable"] == 1.0
    assert scores["charges"]["replied"] == 0.0
    assert scores["payer"]["fully_correct"] == 0.0
    assert summary["measures"]["fully_correct"]["n"] == 5
    assert summary["refusals"]["answerable"] == {"answered": 2, "refused": 0, "error": 1}


def test_a_reply_that_breaks_the_contract_is_an_error_and_names_the_field(tmp_path: Path) -> None:
    def broken(raw: JsonObject) -> JsonObject:
        return raw | {"statements": [{"standing": "resolved", "citations": [1]}]}

    folder = ran(tmp_path / "run", ScriptedSystem(corpus(), replies={"charges": broken}))
    row = next(
        one
        for one in rows(folder / "scores.jsonl")
        if one["qid"] == "charges" and one["measure"] == "replied"
    )
    assert row["value"] == 0.0
    assert "statements.0.text" in row["reason"]


def test_nothing_is_asked_when_gold_is_not_in_the_papers(tmp_path: Path) -> None:
    system = ScriptedSystem(corpus())
    wrong = replace(CHARGES, evidence=(Quoted("minutes.pdf", "words nobody wrote"),))
    with pytest.raises(BadDataset, match="words nobody wrote"):
        run(Dataset("x", (wrong,), lines=(("charges", "own.jsonl", 4),)), system, tmp_path / "run")
    assert system.requests == []


def test_a_follow_up_is_asked_with_the_questions_before_it(tmp_path: Path) -> None:
    follow = replace(STANDS, qid="follow", question="And how many?", parent="charges")
    system = ScriptedSystem(corpus(), [CHARGES, follow])
    run(dataset([follow, CHARGES]), system, tmp_path / "run")
    asked = next(one for one in system.requests if one["question"] == "And how many?")
    assert asked["history"] == [{"question": CHARGES.question, "answer_id": "reference"}]


def test_names_of_papers_in_filters_become_ids(tmp_path: Path) -> None:
    scoped = replace(CHARGES, filters={"documents": ["minutes.pdf"]})
    system = ScriptedSystem(corpus(), [scoped])
    run(dataset([scoped]), system, tmp_path / "run")
    assert system.requests[0]["filters"] == {"documents": ["d-minutes"]}


def test_a_reply_that_differs_the_second_time_is_not_deterministic(tmp_path: Path) -> None:
    asked = iter(range(100))

    def counting(raw: JsonObject) -> JsonObject:
        return raw | {"understood": {"intent": str(next(asked))}}

    def same(raw: JsonObject) -> JsonObject:
        return raw | {"id": str(next(asked)), "seconds": next(asked)}

    system = ScriptedSystem(corpus(), replies={"charges": counting, "stands": same})
    scores = figures(ran(tmp_path / "run", system, twice=99))
    assert scores["charges"]["deterministic"] == 0.0
    assert scores["stands"]["deterministic"] == 1.0


def test_the_record_holds_what_a_run_stands_on(tmp_path: Path) -> None:
    record = open_run(ran(tmp_path / "run")).record
    assert record["state"] == "complete"
    assert record["gold_sha256"] == dataset().gold_sha256
    assert {"data_sha256", "system", "versions", "git", "options"} <= set(record)


def test_an_unfinished_run_cannot_be_scored(tmp_path: Path) -> None:
    folder = ran(tmp_path / "run")
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    (folder / "run.json").write_text(json.dumps(record | {"state": "running"}), encoding="utf-8")
    with pytest.raises(BadRun, match="not finished"):
        score_run(folder)


def test_a_row_that_was_dropped_is_noticed(tmp_path: Path) -> None:
    folder = ran(tmp_path / "run")
    lines = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "answers.jsonl").write_text("".join(lines[1:]), encoding="utf-8")
    with pytest.raises(BadRun, match="1 questions without a row"):
        score_run(folder)


def test_a_text_changed_after_the_run_is_noticed(tmp_path: Path) -> None:
    folder = ran(tmp_path / "run")
    text = next((folder / "texts").iterdir())
    text.write_bytes(text.read_bytes() + b"!")
    with pytest.raises(BadRun, match="changed after the run"):
        score_run(folder)


def test_a_run_is_not_written_over(tmp_path: Path) -> None:
    ran(tmp_path / "run")
    with pytest.raises(BadRun, match="already holds a run"):
        ran(tmp_path / "run")


def test_a_persons_judgements_change_what_counts_and_are_recorded(tmp_path: Path) -> None:
    papers = corpus()
    more = ("minutes.pdf", "The Committee heard that charges had not changed since 2019.")
    gold = topic(CHARGES, papers)

    def adds(raw: JsonObject) -> JsonObject:
        extra = replace(CHARGES, evidence=(*CHARGES.evidence, Quoted(*more, group=1)))
        return OracleSystem(papers, [topic(extra, papers)]).ask({"question": raw["question"]})

    folder = ran(tmp_path / "run", ScriptedSystem(papers, replies={"charges": adds}))
    assert gold.question.qid == "charges"
    assert figures(folder)["charges"]["citation_precision"] == 0.5
    verdicts = tmp_path / "verdicts.jsonl"
    verdicts.write_text(
        json.dumps({"qid": "charges", "file": more[0], "quote": more[1], "verdict": "correct"}),
        encoding="utf-8",
    )
    assert score_run(folder, verdicts)["judgements_sha256"]
    assert figures(folder)["charges"]["citation_precision"] == 1.0
    verdicts.write_text(
        json.dumps({"qid": "charges", "file": "f", "quote": "q", "verdict": "maybe"}), encoding="utf-8"
    )
    with pytest.raises(BadDataset, match="correct or wrong"):
        score_run(folder, verdicts)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"evidence": (Quoted("gone.pdf", "any words"),)}, "evidence[0].file"),
        ({"filters": {"documents": ["gone.pdf"]}}, "filters.documents"),
    ],
)
def test_a_paper_that_is_not_there_stops_the_run_before_anything_is_asked(
    tmp_path: Path, change: dict[str, Any], field: str
) -> None:
    system = ScriptedSystem(corpus())
    wrong = replace(CHARGES, qid="wrong", **change)
    place = Dataset("mine", (STANDS, wrong), lines=(("wrong", "mine.jsonl", 7),))
    with pytest.raises(BadDataset, match=r"mine\.jsonl, line 7, .*'gone\.pdf'.*holds no such file") as caught:
        run(place, system, tmp_path / "run")
    assert caught.value.field == field
    assert system.requests == []


def test_the_fault_of_a_csv_is_named_by_its_column(tmp_path: Path) -> None:
    wrong = replace(CHARGES, qid="wrong", evidence=(Quoted("minutes.pdf", "words that nobody wrote"),))
    place = Dataset("mine", (wrong,), lines=(("wrong", "mine.csv", 7),))
    with pytest.raises(BadDataset, match=r"^mine\.csv, line 7, field 'quote': "):
        run(place, ScriptedSystem(corpus()), tmp_path / "run")
