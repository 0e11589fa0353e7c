"""From a run folder to scores and summaries. Never calls the system: old answers score again, the same."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import fsum
from pathlib import Path

from evals.cases import Case
from evals.errors import BadDataset, BadReply
from evals.jsonl import JsonObject, digest, numbered_rows
from evals.measures import MEASURES, SET_MEASURES, Measure, SetMeasure
from evals.metrics.refusal import Confident, confidences
from evals.questions import Judgement, Question, Quoted
from evals.replies import hits_of, reply_of
from evals.results import Label, Summary
from evals.runs import Run, Scores, open_run, write_scores
from evals.statistics import cluster_interval, smallest_detectable, spread_of_one_run, statistic_interval
from qa_service.domain.spans import Span

Parts = dict[str, tuple[float, float]]


def score_run(folder: Path, judgements: Path | None = None) -> JsonObject:
    """Score a run, write scores.jsonl and summary.json into its folder, and return the summary.

    `judgements` is what a person said of cited places that gold does not mention. Raises BadRun, BadDataset.
    """
    run = open_run(folder)
    if judgements is not None:
        run = with_judgements(run, judgements)
    cases = cases_of(run)
    scores = {case.qid: {measure.name: measure.score(case) for measure in MEASURES} for case in cases}
    summary = summarised(cases, scores)
    summary["judgements_sha256"] = (
        digest([row for _, row in numbered_rows(judgements)]) if judgements else None
    )
    write_scores(folder, scores, summary)
    return summary


def cases_of(run: Run) -> list[Case]:
    """Return every question of a run as a case, in the order of the gold. Raises BadDataset."""
    system = run.record.get("system") or {}
    templates = tuple(str(one) for one in system.get("templates") or ())
    cases: list[Case] = []
    for topic in run.topics():
        row = run.answers[topic.question.qid]
        case = Case(topic, run.corpus, None, row.get("error"), templates=templates)
        cases.append(_filled(case, row))
    return cases


def _filled(case: Case, row: JsonObject) -> Case:
    """Return the case with its reply and hits; what breaks the contract becomes its error."""
    if case.error is not None:
        return case
    try:
        reply = reply_of(row["reply"] or {})
        hits = None if row["hits"] is None else hits_of(row)
        pool = hits_of({"hits": row["pool"]})
    except BadReply as error:
        return replace(case, error=str(error))
    seconds = float(row.get("seconds") or 0.0)
    return replace(case, reply=reply, hits=hits, pool=pool, same_twice=row.get("same_twice"), seconds=seconds)


def with_judgements(run: Run, path: Path) -> Run:
    """Return the run with a person's verdicts added to its questions.

    A line holds qid, file, quote, verdict ("correct" or "wrong") and, where needed, page or start and end;
    `qa-eval label unjudged` writes such lines.
    Raises BadDataset, naming line and field.
    """
    found: dict[str, list[Judgement]] = {}
    for number, row in numbered_rows(path):
        for name in ("qid", "file", "quote", "verdict"):
            if not row.get(name):
                raise BadDataset(path.name, "is missing", number, name)
        if row["verdict"] not in {"correct", "wrong"}:
            raise BadDataset(path.name, "must be correct or wrong", number, "verdict")
        span = Span(row["start"], row["end"]) if row.get("end") else None
        quoted = Quoted(str(row["file"]), str(row["quote"]), 0, row.get("page"), span)
        found.setdefault(str(row["qid"]), []).append(Judgement(quoted, row["verdict"] == "correct"))
    known = {question.qid for question in run.questions}
    if strangers := sorted(set(found) - known):
        raise BadDataset(path.name, f"no question {strangers[0]!r} in this run", field="qid")
    questions = tuple(
        replace(question, judged=tuple(found.get(question.qid, ()))) for question in run.questions
    )
    return replace(run, questions=questions)


def summarised(cases: Sequence[Case], scores: Scores) -> JsonObject:
    """Return the summary of a run: measures, the same by kind of question, labels, speed, errors."""
    clusters = {case.qid: case.topic.cluster for case in cases}
    measures = {measure.name: _summary(measure, scores, clusters) for measure in MEASURES}
    rows, why_not = confidences(cases)
    measures |= {measure.name: _set_summary(measure, rows, why_not, len(cases)) for measure in SET_MEASURES}
    return {
        "questions": len(cases),
        "clusters": len(set(clusters.values())),
        "errors": sorted(case.qid for case in cases if case.error is not None),
        "measures": {name: summary.as_json() for name, summary in measures.items()},
        "kinds": _by_kind(cases, scores, clusters),
        "by_kind": _confidence_by_kind(cases),
        "refusals": _refusal_table(cases),
        "labels": dict(sorted(Counter(_labels(scores)).items())),
        "seconds": _seconds(cases),
    }


def _labels(scores: Scores) -> Iterable[Label]:
    """Each label once a question."""
    for of_question in scores.values():
        yield from {label for score in of_question.values() for label in score.labels}


def parts_of(measure: Measure, scores: Scores) -> Parts:
    """Return (part, whole) of each question that a measure applies to; wholes of 1 for a mean.

    A pooled measure takes what was counted; a question without a count (nothing cited) adds nothing to it.
    """
    found: Parts = {}
    for qid, of_question in scores.items():
        score = of_question.get(measure.name)
        if score is None or score.value is None:
            continue
        if measure.pooled:
            found[qid] = (score.part or 0.0, score.whole or 0.0)
        else:
            found[qid] = (score.value, 1.0)
    return found


def _summary(measure: Measure, scores: Scores, clusters: Mapping[str, str]) -> Summary:
    parts = parts_of(measure, scores)
    applied = [of_question[measure.name] for of_question in scores.values()]
    left_out = Counter(score.reason for score in applied if score.value is None)
    whole = fsum(whole for _, whole in parts.values())
    if not whole:
        reason = "applies to no question of this set"
        return Summary(measure.name, 0, None, left_out=dict(sorted(left_out.items())), reason=reason)
    interval = cluster_interval(parts, clusters)
    values = [score.value for score in applied if score.value is not None]
    return Summary(
        measure=measure.name,
        n=len(parts),
        mean=fsum(part for part, _ in parts.values()) / whole,
        low=interval.low,
        high=interval.high,
        clusters=interval.clusters,
        detectable=None if measure.unbounded else smallest_detectable(spread_of_one_run(values)),
        left_out=dict(sorted(left_out.items())),
    )


def _set_summary(measure: SetMeasure, rows: Sequence[Confident], why_not: str, n: int) -> Summary:
    if why_not:
        return Summary(measure.name, 0, None, reason=why_not)
    by_id = {row.qid: row for row in rows}
    clusters = {row.qid: row.cluster for row in rows}
    value = measure.of(rows)
    if value is None:
        return Summary(measure.name, 0, None, reason="needs answerable and unanswerable questions")
    interval = statistic_interval(
        list(by_id), clusters, lambda drawn: measure.of([by_id[qid] for qid in drawn])
    )
    if interval is None:
        return Summary(measure.name, n, value, reason="too few papers for an interval")
    return Summary(measure.name, n, value, interval.low, interval.high, interval.clusters)


def kind_of(question: Question) -> str:
    """Return the kind that a question is reported under."""
    if question.answerable:
        return question.kind or "question"
    return f"unanswerable: {question.unanswerable_kind}"


_OF_KINDS = (
    "fully_correct",
    "evidence_cited",
    "first_citation_right",
    "refused_unanswerable",
    "refused_answerable",
    "wrong_attribution",
)


_OF_UNANSWERABLE_KINDS = ("auroc", "refused_at_90_kept", "refused_at_90_held_out", "kept_at_90_held_out")


def _by_kind(cases: Sequence[Case], scores: Scores, clusters: Mapping[str, str]) -> JsonObject:
    kinds: dict[str, list[str]] = {}
    for case in cases:
        kinds.setdefault(kind_of(case.topic.question), []).append(case.qid)
    found: JsonObject = {}
    for kind in sorted(kinds):
        of_kind = {qid: scores[qid] for qid in kinds[kind]}
        summaries = [
            _summary(measure, of_kind, clusters) for measure in MEASURES if measure.name in _OF_KINDS
        ]
        found[kind] = {summary.measure: summary.as_json() for summary in summaries if summary.n}
    return found


def _confidence_by_kind(cases: Sequence[Case]) -> JsonObject:
    """Return the confidence measures for each kind of unanswerable question beside all answerable ones."""
    kinds = {
        str(case.topic.question.unanswerable_kind) for case in cases if not case.topic.question.answerable
    }
    found: JsonObject = {}
    for kind in sorted(kinds):
        of_kind = [
            case
            for case in cases
            if case.topic.question.answerable or case.topic.question.unanswerable_kind == kind
        ]
        rows, why_not = confidences(of_kind)
        found[kind] = {
            measure.name: _set_summary(measure, rows, why_not, len(of_kind)).as_json()
            for measure in SET_MEASURES
            if measure.name in _OF_UNANSWERABLE_KINDS
        }
    return found


def _refusal_table(cases: Sequence[Case]) -> JsonObject:
    """Count answered, refused and failed, by kind of unanswerable question and for the answerable."""
    table: dict[str, dict[str, int]] = {}
    for case in cases:
        question = case.topic.question
        kind = "answerable" if question.answerable else str(question.unanswerable_kind)
        row = table.setdefault(kind, {"answered": 0, "refused": 0, "error": 0})
        row["error" if case.error is not None else "answered" if case.answered else "refused"] += 1
    return dict(sorted(table.items()))


def _seconds(cases: Sequence[Case]) -> JsonObject:
    values = sorted(case.seconds for case in cases if case.error is None)
    if not values:
        return {"n": 0, "median": None, "p95": None}
    return {
        "n": len(values),
        "median": values[len(values) // 2],
        "p95": values[min(len(values) - 1, int(len(values) * 0.95))],
    }
