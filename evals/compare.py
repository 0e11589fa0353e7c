"""Two runs held against each other: refused where they are unlike, else effect first, then its p."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from math import fsum
from pathlib import Path

from evals.errors import NotComparable
from evals.jsonl import JsonObject
from evals.measures import HEADLINE, MEASURES, Measure
from evals.questions import row_of
from evals.runs import Run, Scores, open_run, read_scores, read_summary
from evals.scoring import parts_of
from evals.statistics import difference_interval, holm, paired_randomisation, smallest_detectable

_ASKED_ALIKE = ("format", "name", "data_sha256", "options")
_STANDS_ON = ("system", "git", "versions")
_SERVICES = ("http", "in process")
QUALITY = ("fully_correct", "evidence_cited", "first_citation_right", "citation_precision")


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in both runs, over the `n` questions that it applies to in both.

    `p` is of the paired randomisation test. `p_holm` is adjusted for the headline measures together; None
    for the others, which are there to explore and prove nothing by themselves. `detectable` is the smallest
    difference that this many questions, so spread, would have shown.
    """

    measure: str
    title: str
    n: int
    before: float
    after: float
    low: float | None
    high: float | None
    p: float
    p_holm: float | None
    detectable: float | None
    lower_is_better: bool
    only_one: int = 0

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before

    @property
    def gain(self) -> float:
        """The difference with better as positive."""
        return -self.difference if self.lower_is_better else self.difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every change of measure, and the questions that got better (`fixed`) or worse (`broken`).

    `systems` says what differs between the two systems, one line each: that is what is being compared.
    """

    name: str
    systems: tuple[str, ...]
    changes: tuple[Change, ...]
    fixed: tuple[str, ...]
    broken: tuple[str, ...]
    same: int

    def as_json(self) -> JsonObject:
        """Return the comparison as JSON."""
        raw = asdict(self)
        for row, change in zip(raw["changes"], self.changes, strict=True):
            row["difference"] = change.difference
        return raw


def compare(before: Path, after: Path) -> Comparison:
    """Return what changed from one scored run to another.

    Raises NotComparable where gold, papers, options or judgements differ, BadRun where one was not scored.
    """
    one, other = open_run(before), open_run(after)
    reasons = differences(one, other)
    if reasons:
        raise NotComparable(reasons)
    first, second = read_scores(before), read_scores(after)
    clusters = {topic.question.qid: topic.cluster for topic in one.topics()}
    changes = changes_between(first, second, clusters)
    fixed = sorted(qid for qid in first if _quality(second[qid]) > _quality(first[qid]))
    broken = sorted(qid for qid in first if _quality(second[qid]) < _quality(first[qid]))
    same = len(first) - len(fixed) - len(broken)
    return Comparison(one.name, tuple(_systems(one, other)), changes, tuple(fixed), tuple(broken), same)


def _systems(one: Run, other: Run) -> Iterator[str]:
    """Yield what differs in system, settings, code and versions, as "name: before, then after"."""
    before, after = (_flat(run.record, _STANDS_ON) for run in (one, other))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield f"{name}: {before.get(name)}, then {after.get(name)}"


def _flat(value: object, names: Iterable[str] = (), prefix: str = "") -> dict[str, object]:
    if not isinstance(value, dict):
        return {prefix: value}
    found: dict[str, object] = {}
    for name in names or value:
        found |= _flat(value.get(name), (), f"{prefix}.{name}" if prefix else str(name))
    return found


def _quality(scores: Mapping[str, object]) -> tuple[float, ...]:
    """Order two replies to one question: fully correct first, then evidence, first citation, precision."""
    values = (getattr(scores.get(name), "value", None) for name in QUALITY)
    return tuple(0.0 if value is None else value for value in values)


def differences(one: Run, other: Run) -> list[str]:
    """Return why two runs are unlike, one line each; [] where they can be compared."""
    reasons = [
        f"{name} differs: {one.record.get(name)!r} and {other.record.get(name)!r}"
        for name in _ASKED_ALIKE
        if one.record.get(name) != other.record.get(name)
    ]
    reasons += [reason for run in (one, other) for reason in unnamed(run)]
    if one.record.get("gold_sha256") != other.record.get("gold_sha256"):
        reasons += _gold_differences(one, other)
    judged = [read_summary(run.folder)[1].get("judgements_sha256") for run in (one, other)]
    if judged[0] != judged[1]:
        reasons.append("they were scored with different judgements")
    return reasons


def unnamed(run: Run) -> list[str]:
    """Return what a run of the service does not say of itself, one line each: it cannot be compared then."""
    system = run.record.get("system") or {}
    if system.get("kind") not in _SERVICES:
        return []
    return [
        f"{run.folder}: the record names no {name}"
        for name in ("encoder", "generation")
        if not system.get(name)
    ]


def _gold_differences(one: Run, other: Run) -> list[str]:
    first = {question.qid: row_of(question) for question in one.questions}
    second = {question.qid: row_of(question) for question in other.questions}
    named = {
        "added": sorted(second.keys() - first.keys()),
        "removed": sorted(first.keys() - second.keys()),
        "changed": sorted(qid for qid in first.keys() & second.keys() if first[qid] != second[qid]),
    }
    return [
        f"gold {what}: {len(qids)} questions ({', '.join(qids[:20])})" for what, qids in named.items() if qids
    ]


def changes_between(first: Scores, second: Scores, clusters: Mapping[str, str]) -> tuple[Change, ...]:
    """Return the change of every measure that applies to some question in both."""
    found = [_change(measure, first, second, clusters) for measure in MEASURES]
    changes = [change for change in found if change is not None]
    adjusted = holm({change.measure: change.p for change in changes if change.measure in HEADLINE})
    return tuple(replace(change, p_holm=adjusted.get(change.measure)) for change in changes)


def _change(measure: Measure, first: Scores, second: Scores, clusters: Mapping[str, str]) -> Change | None:
    one, other = parts_of(measure, first), parts_of(measure, second)
    both = one.keys() & other.keys()
    before, after = {qid: one[qid] for qid in both}, {qid: other[qid] for qid in both}
    wholes = [fsum(whole for _, whole in parts.values()) for parts in (before, after)]
    if not all(wholes):
        return None
    interval = difference_interval(before, after, clusters)
    moved = [_value(second, qid, measure) - _value(first, qid, measure) for qid in sorted(both)]
    return Change(
        measure=measure.name,
        title=measure.title,
        n=len(both),
        before=fsum(part for part, _ in before.values()) / wholes[0],
        after=fsum(part for part, _ in after.values()) / wholes[1],
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        p=paired_randomisation(before, after),
        p_holm=None,
        detectable=None if measure.unbounded else smallest_detectable(moved),
        lower_is_better=measure.lower_is_better,
        only_one=len(one.keys() ^ other.keys()),
    )


def _value(scores: Scores, qid: str, measure: Measure) -> float:
    value = scores[qid][measure.name].value
    assert value is not None
    return value
