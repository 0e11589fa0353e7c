import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evals.compare import compare
from evals.datasets import Dataset
from evals.errors import BadRun, NoBaseline, NotComparable
from evals.gate import accepted, baseline_path, judge
from evals.jsonl import JsonObject
from evals.questions import Question
from evals.reference_systems import RefusingSystem, refusal_json
from evals.report import comparison_text
from evals.runner import RunOptions, run
from evals.scoring import score_run
from tests.unit.evals.papers import ALL, CHARGES, STANDS, WRONG, citation, corpus, document, reply_with
from tests.unit.evals.running import ScriptedSystem, ran

MANY = tuple(replace(CHARGES, qid=f"charges {n}", question=f"{CHARGES.question} {n}") for n in range(40))


def refuses(raw: JsonObject) -> JsonObject:
    return refusal_json(raw["question"], "nothing found", 0.0)


def quotes_other_council(_raw: JsonObject) -> JsonObject:
    words = "The Panel agreed that parking charges rise by five pence at once."
    return reply_with(citation(corpus(), "other.pdf", words)) | {"confidence": 0.5}


def refusing(count: int, questions: tuple[Question, ...] = MANY) -> ScriptedSystem:
    chosen = {question.qid: refuses for question in questions[:count]}
    return ScriptedSystem(corpus(), questions, replies=chosen)


def test_fixed_and_broken_questions_are_told_apart(tmp_path: Path) -> None:
    before = ran(tmp_path / "before", ScriptedSystem(corpus(), replies={"charges": refuses}))
    after = ran(tmp_path / "after", ScriptedSystem(corpus(), replies={"stands": refuses}))
    found = compare(before, after)
    assert (found.fixed, found.broken, found.same) == (("charges",), ("stands",), 3)


def test_a_change_gives_effect_interval_p_and_what_could_have_been_seen(tmp_path: Path) -> None:
    found = compare(ran(tmp_path / "a", refusing(10), MANY), ran(tmp_path / "b", refusing(0), MANY))
    change = next(one for one in found.changes if one.measure == "evidence_cited")
    assert (change.n, change.before, change.after) == (40, 0.75, 1.0)
    assert change.p == pytest.approx(2 / 2**10, abs=0.002)
    assert change.p_holm is not None
    assert change.p_holm > change.p
    assert change.detectable == pytest.approx(2.8016 * 0.4385 / 40**0.5, abs=0.01)
    assert "better" in comparison_text(found)


def test_a_difference_that_chance_explains_is_called_so(tmp_path: Path) -> None:
    found = compare(ran(tmp_path / "a", refusing(2), MANY), ran(tmp_path / "b", refusing(0), MANY))
    line = next(line for line in comparison_text(found).splitlines() if line.startswith("evidence_cited "))
    assert "cannot be told from chance" in line


def test_runs_of_other_gold_are_refused_with_the_questions_that_differ(tmp_path: Path) -> None:
    one = ran(tmp_path / "one", questions=ALL)
    other = ran(tmp_path / "other", questions=(*ALL[:-1], replace(STANDS, qid="new", question="New?")))
    with pytest.raises(NotComparable) as caught:
        compare(one, other)
    assert "gold added: 1 questions (new)" in caught.value.reasons
    assert "gold removed: 1 questions (wrong)" in caught.value.reasons


def test_runs_over_other_papers_are_refused(tmp_path: Path) -> None:
    more = corpus(document("extra.pdf", "One more paper."))
    one, other = ran(tmp_path / "one"), ran(tmp_path / "other", ScriptedSystem(more))
    with pytest.raises(NotComparable, match="data_sha256 differs"):
        compare(one, other)


def test_runs_scored_with_other_judgements_are_refused(tmp_path: Path) -> None:
    one, other = ran(tmp_path / "one"), ran(tmp_path / "other")
    verdicts = tmp_path / "verdicts.jsonl"
    quote = "The following members were present: Alder, Birch, Cedar."
    row = {"qid": "charges", "file": "minutes.pdf", "quote": quote, "verdict": "wrong"}
    verdicts.write_text(json.dumps(row), encoding="utf-8")
    score_run(other, verdicts)
    with pytest.raises(NotComparable, match="different judgements"):
        compare(one, other)


def test_what_differs_between_the_systems_is_listed(tmp_path: Path) -> None:
    one = ran(tmp_path / "one")
    other = ran(tmp_path / "other", RefusingSystem(corpus()))
    assert "system.kind: oracle, then refusing" in compare(one, other).systems


class Nameless(ScriptedSystem):
    """A service that does not say which encoder it used."""

    def describe(self) -> JsonObject:
        return {"kind": "in process", "encoder": None, "generation": 3}


def test_a_service_that_does_not_name_its_encoder_is_neither_compared_nor_judged(tmp_path: Path) -> None:
    baselines = recorded(tmp_path, None, ALL)
    folder = ran(tmp_path / "run", Nameless(corpus()))
    with pytest.raises(BadRun, match="names no encoder"):
        judge(folder, baselines)
    with pytest.raises(NotComparable, match="names no encoder"):
        compare(tmp_path / "recorded", folder)


def recorded(
    tmp_path: Path, system: ScriptedSystem | None = None, questions: tuple[Question, ...] = MANY
) -> Path:
    baselines = tmp_path / "baselines"
    accepted(ran(tmp_path / "recorded", system, questions), baselines, "the first figures")
    return baselines


def test_the_same_figures_pass(tmp_path: Path) -> None:
    baselines = recorded(tmp_path)
    verdict = judge(ran(tmp_path / "run", questions=MANY), baselines)
    assert verdict.passes
    assert verdict.warnings == ()


def test_what_writing_a_baseline_down_rounds_away_is_no_drop(tmp_path: Path) -> None:
    path = next(recorded(tmp_path).iterdir())
    baseline = json.loads(path.read_text(encoding="utf-8"))
    values = baseline["values"]["evidence_cited"]
    baseline["values"]["evidence_cited"] = {qid: value + 4e-7 for qid, value in values.items()}
    path.write_text(json.dumps(baseline), encoding="utf-8")
    assert judge(tmp_path / "recorded", path.parent).warnings == ()


def test_a_real_drop_above_two_points_fails(tmp_path: Path) -> None:
    baselines = recorded(tmp_path)
    verdict = judge(ran(tmp_path / "run", refusing(8), MANY), baselines)
    assert any(line.startswith("evidence_cited: 1.000 to 0.800") for line in verdict.failures)


def test_a_drop_that_may_be_chance_warns_and_passes(tmp_path: Path) -> None:
    baselines = recorded(tmp_path)
    verdict = judge(ran(tmp_path / "run", refusing(2), MANY), baselines)
    assert verdict.passes
    assert any(line.startswith("evidence_cited: 1.000 to 0.950") for line in verdict.warnings)


def test_one_missed_gate_fails_whatever_the_figures(tmp_path: Path) -> None:
    baselines = recorded(tmp_path)

    def altered(raw: JsonObject) -> JsonObject:
        cited = raw["citations"][0]
        return raw | {"citations": [cited | {"quote": cited["quote"].replace("2025", "2026")}]}

    system = ScriptedSystem(corpus(), MANY, replies={"charges 7": altered})
    verdict = judge(ran(tmp_path / "run", system, MANY), baselines)
    assert any(line.startswith("charges 7: quote_exact: ") for line in verdict.failures)


def test_an_error_fails_the_gate(tmp_path: Path) -> None:
    baselines = recorded(tmp_path)
    verdict = judge(
        ran(tmp_path / "run", ScriptedSystem(corpus(), MANY, fails=["charges 3"]), MANY), baselines
    )
    assert "charges 3: replied: ask: out of memory" in verdict.failures


def test_a_new_wrong_council_fails_and_a_known_one_does_not(tmp_path: Path) -> None:
    wrong = ScriptedSystem(corpus(), replies={"charges": quotes_other_council})
    worse = ScriptedSystem(corpus(), replies=dict.fromkeys(("charges", "stands"), quotes_other_council))
    baselines = recorded(tmp_path, wrong, ALL)
    assert judge(ran(tmp_path / "same", wrong), baselines).failures == ()
    failures = judge(ran(tmp_path / "worse", worse), baselines).failures
    assert [line for line in failures if "wrong_council" in line] == [
        "stands: new case of wrong_council: 1 of 1 citations from another council"
    ]


def test_answering_for_the_wrong_council_is_a_new_case(tmp_path: Path) -> None:
    baselines = recorded(tmp_path, None, ALL)
    system = ScriptedSystem(corpus(), replies={WRONG.qid: quotes_other_council})
    assert (
        "wrong: new case of wrong_council: answered"
        in judge(ran(tmp_path / "run", system), baselines).failures
    )


class Elsewhere(ScriptedSystem):
    """A service on another kind of processor."""

    def describe(self) -> JsonObject:
        return {"kind": "in process", "encoder": "same", "generation": 3, "arithmetic": "another"}


def elsewhere(reply: Callable[[JsonObject], JsonObject], count: int) -> Elsewhere:
    return Elsewhere(corpus(), MANY, replies={question.qid: reply for question in MANY[:count]})


@pytest.mark.parametrize(("count", "fails"), [(2, False), (8, True)])
def test_on_another_processor_new_cases_must_be_more_than_flips(
    tmp_path: Path, count: int, *, fails: bool
) -> None:
    verdict = judge(ran(tmp_path / "run", elsewhere(quotes_other_council, count), MANY), recorded(tmp_path))
    lines = verdict.failures if fails else verdict.warnings
    assert len([line for line in lines if "new case of wrong_council" in line]) == count
    assert verdict.passes is not fails


@pytest.mark.parametrize(("count", "fails"), [(7, False), (14, True)])
def test_on_another_processor_a_drop_must_hold_after_correction(
    tmp_path: Path, count: int, *, fails: bool
) -> None:
    baselines = recorded(tmp_path)
    here = judge(ran(tmp_path / "here", refusing(count), MANY), baselines)
    there = judge(ran(tmp_path / "there", elsewhere(refuses, count), MANY), baselines)
    assert not here.passes
    assert there.passes is not fails
    assert "the encoder rounds differently" in there.warnings[-1]


def test_without_a_baseline_nothing_is_judged(tmp_path: Path) -> None:
    with pytest.raises(NoBaseline, match="qa-eval gate --accept"):
        judge(ran(tmp_path / "run"), tmp_path / "baselines")


def test_a_baseline_of_other_questions_is_not_used(tmp_path: Path) -> None:
    baselines = recorded(tmp_path, None, ALL)
    changed = (*ALL[:-1], replace(WRONG, notes="reworded"))
    with pytest.raises(NoBaseline, match="other questions"):
        judge(ran(tmp_path / "run", questions=changed), baselines)


def test_judging_never_writes_a_baseline(tmp_path: Path) -> None:
    baselines = recorded(tmp_path)
    before = baseline_path(baselines, "fictional").read_bytes()
    judge(ran(tmp_path / "run", refusing(8), MANY), baselines)
    assert baseline_path(baselines, "fictional").read_bytes() == before


def test_a_baseline_holds_no_word_of_question_or_paper(tmp_path: Path) -> None:
    text = baseline_path(recorded(tmp_path, None, ALL), "fictional").read_text(encoding="utf-8")
    for word in ("Northmoor", "parking", "resolve", "stands be"):
        assert word not in text
    assert json.loads(text)["reason"] == "the first figures"


def test_a_baseline_keeps_pooled_counts(tmp_path: Path) -> None:
    baseline = json.loads(
        baseline_path(recorded(tmp_path, None, ALL), "fictional").read_text(encoding="utf-8")
    )
    assert baseline["values"]["cited_characters_gold"]["charges"] == [1.0, 61.0, 61.0]


def test_a_system_that_refuses_everything_is_stopped(tmp_path: Path) -> None:
    baselines = recorded(tmp_path)
    folder = tmp_path / "run"
    run(Dataset("fictional", MANY), RefusingSystem(corpus()), folder, RunOptions(twice=0))
    score_run(folder)
    assert not judge(folder, baselines).passes
