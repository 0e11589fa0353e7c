"""Whether a change may pass: exact gates, no new wrong council, no real drop against a recorded baseline.

A baseline is a file of figures for each question, without a word of any paper or question. It changes only
when somebody runs `qa-eval gate --accept` and commits what that writes.

On the processor that the baseline was recorded on, the same code gives the same figures: there every new case
of a wrong council fails, and each measure's own p decides. On another kind the encoder rounds differently and
a few questions flip either way. There a drop must hold after Holm's correction over the headline measures,
and new cases must be more than such flips explain; what falls short of that is a warning.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import fsum
from pathlib import Path

from evals.compare import Change, changes_between, unnamed
from evals.errors import BadRun, NoBaseline
from evals.jsonl import JsonObject
from evals.measures import BY_NAME, HEADLINE, MEASURES
from evals.results import Score
from evals.runs import Run, Scores, open_run, read_scores
from evals.statistics import paired_randomisation

NO_NEW_CASE = ("wrong_council", "false_resolution")
SIGNIFICANT = 0.05
LARGEST_DROP = 0.02
_DIGITS = 6
_ROUNDED = 10**-_DIGITS  # what writing a baseline down may cost a figure: no drop


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says of one run: `failures` stop a change, `warnings` are for a person to read."""

    name: str
    failures: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    changes: tuple[Change, ...] = field(default=())

    @property
    def passes(self) -> bool:
        """Whether nothing stops the change."""
        return not self.failures


def judge(folder: Path, baselines: Path) -> Verdict:
    """Return the verdict on a scored run.

    Raises NoBaseline where none is recorded or it was recorded on other data, BadRun where the run was not
    scored or does not say which encoder and generation answered.
    """
    run, scores = open_run(folder), read_scores(folder)
    if nameless := unnamed(run):
        raise BadRun(str(folder), "; ".join(nameless))
    baseline = read_baseline(baselines, run)
    clusters = {topic.question.qid: topic.cluster for topic in run.topics()}
    recorded = _recorded_scores(baseline, scores)
    guarded = {
        qid: {name: one for name, one in of_question.items() if name in HEADLINE}
        for qid, of_question in scores.items()
    }
    changes = changes_between(recorded, guarded, clusters)
    alike = _arithmetic(baseline) == _arithmetic(run.record)
    failures: list[str] = gate_misses(scores)
    warnings: list[str] = []
    for name in NO_NEW_CASE:
        lines, proven = _new_cases(name, baseline, scores)
        (failures if alike or proven else warnings).extend(lines)
    for drop in changes:
        if drop.gain < -_ROUNDED:
            (failures if _is_real(drop, alike=alike) else warnings).append(_line(drop))
    if not alike:
        warnings.append("the encoder rounds differently here than where the baseline was recorded")
    return Verdict(run.name, tuple(failures), tuple(warnings), changes)


def gate_misses(scores: Scores) -> list[str]:
    """Return one line for each question and exact gate that it misses."""
    return [
        f"{qid}: {measure.name}: {scores[qid][measure.name].reason}"
        for measure in MEASURES
        if measure.is_gate
        for qid in sorted(scores)
        if scores[qid][measure.name].value == 0
    ]


def _arithmetic(record: JsonObject) -> object:
    return record["system"].get("arithmetic")


def _new_cases(name: str, baseline: JsonObject, scores: Scores) -> tuple[list[str], bool]:
    """Return a line for each new case, and whether there are more than flips either way explain."""
    known, now = set(baseline["cases"].get(name, ())), set(_cases(scores, name))
    lines = [f"{qid}: new case of {name}: {scores[qid][name].reason}" for qid in sorted(now - known)]
    before, after = ({qid: (float(qid in cases), 1.0) for qid in scores} for cases in (known, now))
    proven = len(now) > len(known) and paired_randomisation(before, after) < SIGNIFICANT
    return lines, proven


def _cases(scores: Scores, name: str) -> list[str]:
    return sorted(qid for qid, of_question in scores.items() if of_question[name].value)


def _is_real(drop: Change, *, alike: bool) -> bool:
    """Significant and above 2 points; unbounded measures are never guarded, so points are shares."""
    p = drop.p if alike or drop.p_holm is None else drop.p_holm
    return p < SIGNIFICANT and -drop.gain > LARGEST_DROP


def _line(drop: Change) -> str:
    return (
        f"{drop.measure}: {drop.before:.3f} to {drop.after:.3f} over {drop.n} "
        f"(p = {drop.p:.4f}, Holm {drop.p_holm or 1.0:.4f})"
    )


def baseline_path(baselines: Path, name: str) -> Path:
    """Return the file of a set's baseline."""
    return baselines / (re.sub(r"[^A-Za-z0-9_.-]+", "-", name) + ".json")


def read_baseline(baselines: Path, run: Run) -> JsonObject:
    """Return the baseline of a run's set. Raises NoBaseline where there is none or it is of other data."""
    path = baseline_path(baselines, run.name)
    if not path.is_file():
        raise NoBaseline(run.name, f"{path} does not exist")
    baseline: JsonObject = json.loads(path.read_text(encoding="utf-8"))
    for name in ("gold_sha256", "data_sha256"):
        if baseline[name] != run.record[name]:
            what = "questions" if name == "gold_sha256" else "papers"
            raise NoBaseline(run.name, f"was recorded on other {what} ({name})")
    return baseline


def _recorded_scores(baseline: JsonObject, scores: Scores) -> Scores:
    """Return the baseline's figures as scores; the measures that were not recorded are left out."""
    found: dict[str, dict[str, Score]] = {qid: {} for qid in scores}
    for name, values in baseline["values"].items():
        if name not in BY_NAME:
            continue
        for qid, recorded in values.items():
            value, part, whole = recorded if isinstance(recorded, list) else (recorded, None, None)
            found[qid][name] = Score(value, "recorded", (), part, whole)
    return found


def accepted(folder: Path, baselines: Path, reason: str) -> Path:
    """Write a run's figures as the baseline of its set, and return the file. Raises BadRun."""
    run, scores = open_run(folder), read_scores(folder)
    values = {name: _figures(scores, name) for name in HEADLINE}
    baseline = {
        "name": run.name,
        "reason": reason,
        "recorded": run.record["finished"],
        "git": run.record["git"],
        "system": {
            name: value
            for name, value in run.record["system"].items()
            if name in {"kind", "encoder", "arithmetic"}
        },
        "gold_sha256": run.record["gold_sha256"],
        "data_sha256": run.record["data_sha256"],
        "means": {name: _mean(figures) for name, figures in values.items() if figures},
        "cases": {name: _cases(scores, name) for name in NO_NEW_CASE},
        "values": {name: figures for name, figures in values.items() if figures},
    }
    path = baseline_path(baselines, run.name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_compact(baseline), encoding="utf-8", newline="\n")
    return path


def _compact(baseline: JsonObject) -> str:
    """JSON with one line a measure: a changed figure shows as one changed line."""
    lines = [
        f" {json.dumps(name)}: {json.dumps(value, ensure_ascii=False, sort_keys=True)}"
        for name, value in baseline.items()
        if name != "values"
    ]
    values = [
        f"  {json.dumps(name)}: {json.dumps(one, sort_keys=True)}" for name, one in baseline["values"].items()
    ]
    return "{\n" + ",\n".join([*lines, ' "values": {\n' + ",\n".join(values) + "\n }"]) + "\n}\n"


def _figures(scores: Scores, name: str) -> dict[str, float | list[float]]:
    found: dict[str, float | list[float]] = {}
    for qid in sorted(scores):
        score = scores[qid][name]
        if score.value is None:
            continue
        value = round(score.value, _DIGITS)
        if BY_NAME[name].pooled and score.part is not None and score.whole is not None:
            found[qid] = [value, round(score.part, _DIGITS), round(score.whole, _DIGITS)]
        else:
            found[qid] = value
    return found


def _mean(figures: Mapping[str, float | list[float]]) -> float:
    parts = [(one[1], one[2]) if isinstance(one, list) else (one, 1.0) for one in figures.values()]
    whole = fsum(whole for _, whole in parts)
    return round(fsum(part for part, _ in parts) / whole, _DIGITS) if whole else 0.0
