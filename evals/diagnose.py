"""`qa-eval diagnose`: the worst answers of a scored run, each with the stage at which it was lost."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from evals.cases import Case
from evals.datasets import Dataset, papers_in
from evals.diagnosis import Diagnosis, Lost, by_stage, diagnosed
from evals.errors import BadRun
from evals.excerpts import WITHHELD, Clearance
from evals.options import DEFAULT_WORK, DataDir, Folder, Key, Levels, Papers, Url, Work
from evals.questions import Quoted
from evals.report_view import verdict_of
from evals.results import Score
from evals.runs import open_run, read_scores
from evals.scoring import cases_of
from evals.systems import Choice, SystemKind, opened
from qa_service.domain.access import Access

_VERDICTS = ("error", "gate missed", "wrong", "partly right")
_LONGEST = 300  # characters shown of a quote


def worst_first(cases: Sequence[Case], scores: Mapping[str, Mapping[str, Score]]) -> list[Case]:
    """Return the cases that are not fully correct.

    By verdict, harmful before harmless, the surer of itself before the less sure, then by id.
    """

    def severity(case: Case) -> tuple[int, float, float, str]:
        of, sure = scores[case.qid], case.reply.confidence if case.reply is not None else None
        return _VERDICTS.index(verdict_of(of)), -(of["harmful"].value or 0.0), -(sure or 0.0), case.qid

    return sorted((case for case in cases if verdict_of(scores[case.qid]) in _VERDICTS), key=severity)


def diagnose(  # noqa: PLR0913 - one parameter an option
    folder: Folder,
    *,
    out: Annotated[Path, typer.Option(help="file to write (.md)")],
    papers: Papers = None,
    data_dir: DataDir = None,
    url: Url = None,
    key: Key = None,
    worst: Annotated[int, typer.Option(min=1, help="how many answers to show one by one")] = 20,
    split: Annotated[str | None, typer.Option(help="questions of this half of the gold alone")] = None,
    clearance: Levels = [Access.PUBLIC],  # noqa: B006 - typer reads it
    work: Work = DEFAULT_WORK,
) -> None:
    """Ask what was not fully correct again, and tell for each answer at which stage it was lost."""
    run, scores = open_run(folder), read_scores(folder)
    cases = [case for case in cases_of(run) if split in {None, case.topic.question.split}]
    if not cases:
        raise BadRun(str(folder), f"holds no question of the split {split!r}")
    wrong = worst_first(cases, scores)
    dataset = Dataset(run.name, (), papers_in(papers)) if papers else None
    with opened(Choice(SystemKind.SERVICE, url, key, data_dir, work), dataset) as system:
        found = [diagnosed(case, run.answers[case.qid].get("request") or {}, system) for case in wrong]
    shown = Clearance(frozenset(level.value for level in clearance))
    name = f"{run.name}, split {split}" if split else run.name
    text = as_text(name, len(cases), found, worst, shown)
    out.write_text(text, encoding="utf-8", newline="\n")
    typer.echo(f"{len(found)} of {len(cases)} questions not fully correct; the worst {worst} are in {out}")


def as_text(name: str, asked: int, found: Sequence[Diagnosis], worst: int, shown: Clearance) -> str:
    """Return the whole file: where answers were lost, then the worst one by one."""
    counts = by_stage(found)
    table = [f"| {lost.value} | {counts[lost]} |" for lost in Lost if counts[lost]]
    lines = [
        f"# Where answers of {name} were lost",
        f"{len(found)} of {asked} questions were not fully correct.",
        "",
        "| stage | questions |",
        "| --- | ---: |",
        *table,
        "",
        f"## The worst {min(worst, len(found))}",
    ]
    for each in found[:worst]:
        lines += ["", *_told(each, shown)]
    return "\n".join(lines) + "\n"


def _told(each: Diagnosis, shown: Clearance) -> Iterator[str]:
    question = each.case.topic.question
    yield f"### {each.case.qid} ({question.kind})"
    if not shown.sees_all_of(each.case):
        yield WITHHELD
        return
    yield f"**{_flat(question.question)}**"
    yield ""
    yield from (f"- wanted: {quoted.file}: {_words_of(quoted)}" for quoted in question.evidence)
    if not question.answerable:
        yield f"- wanted: a refusal ({question.unanswerable_kind})"
    yield from _said(each.case)
    yield f"- lost: {each.lost.value}{_how(each)}"


def _words_of(quoted: Quoted) -> str:
    """Return the words of gold, or where they stand: of papers that we may not ship there is a hash alone."""
    if quoted.quote or quoted.span is None:
        return f"“{_flat(quoted.quote)}”"
    return f"characters {quoted.span.start} to {quoted.span.end}"


def _said(case: Case) -> Iterator[str]:
    if case.reply is None:
        yield f"- error: {case.error}"
        return
    for statement in case.reply.statements:
        files = ", ".join(sorted({one.document.file_name for one in case.reply.cited_by(statement)}))
        yield f"- said ({statement.standing}; {files}): “{_flat(statement.text)}”"
    if case.reply.not_found is not None:
        yield f"- refused: {_flat(case.reply.not_found.reason)}"


def _how(each: Diagnosis) -> str:
    parts = []
    if each.rank is not None and each.rank > 1:
        held = ", ".join(f"{one.name} {one.behind:.1f}" for one in each.held)
        parts.append(f"it came {each.rank}., {each.behind:.1f} log-odds behind the first ({held})")
    if each.stage is not None and each.route is None:
        parts.append(f"stage: {each.stage}")
    if each.route is not None:
        parts.append(f"route: {each.route}")
    return f"; {'; '.join(parts)}" if parts else ""


def _flat(text: str) -> str:
    """Return a text on one line, cut aloud where it is long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]} [cut]"
