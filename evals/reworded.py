"""`qa-eval reworded`: what rewording costs. A set asked as written, and reworded as people send questions."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from evals.datasets import Dataset, load
from evals.jsonl import JsonObject
from evals.options import DEFAULT_SHARED, DEFAULT_WORK, DataDir, Key, Papers, Runs, Url, Work
from evals.rewording import Rewording, reworded
from evals.runs import open_run, read_scores, read_summary
from evals.scoring import Parts
from evals.statistics import Interval, cluster_interval
from evals.systems import Choice, System, SystemKind, opened
from evals.tiers import Tier, ask_and_score, run_folder, sets_of

SHOWN: Mapping[str, str] = {
    "fully_correct": "fully right",
    "first_citation_right": "first citation right",
    "harmful": "harmful",
    "refused_answerable": "answerable refused",
    "refused_unanswerable": "unanswerable refused",
}
AS_WRITTEN = "as written"
_HEAD = f"| asked | questions | changed | {' | '.join(SHOWN.values())} | right as written, still right |"
Opening = Callable[[Dataset], AbstractContextManager[System]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A set asked in one way. `changed`: how many questions read otherwise than they were written.

    `still` gives 1 for each changed question that was fully right as written and still is, 0 for one that no
    longer is.
    """

    way: str
    questions: int
    changed: int
    measures: JsonObject
    still: Parts
    interval: Interval | None


def asked_each_way(
    dataset: Dataset, ways: Sequence[Rewording], opening: Opening, runs: Path, say: Callable[[str], None]
) -> list[Asked]:
    """Return the set asked as written, then in each way, runs kept as `<set>` and `<set>-<way>`.

    Raises BadDataset, SystemFailed.
    """
    written = _asked(dataset, opening, runs, say)
    found = [compared(AS_WRITTEN, written, written)]
    for way in ways:
        folder = _asked(reworded(dataset, way), opening, runs, say)
        found.append(compared(way.value, written, folder))
    return found


def _asked(dataset: Dataset, opening: Opening, runs: Path, say: Callable[[str], None]) -> Path:
    """Ask and score a set, and return the folder of the run."""
    folder = run_folder(dataset.name, runs)
    with opening(dataset) as system:
        summary = ask_and_score(dataset, system, folder)
    say(f"{dataset.name}: {summary['questions']} questions, {len(summary['errors'])} errors, in {folder}")
    return folder


def compared(way: str, written: Path, folder: Path) -> Asked:
    """Return what a scored run shows beside that of the same questions as written. Raises BadRun."""
    before, after = open_run(written), open_run(folder)
    was = {question.qid: question.question for question in before.questions}
    changed = [one.qid for one in after.questions if one.question != was[one.qid]]
    first, then = read_scores(written), read_scores(folder)
    right = [qid for qid in changed if first[qid]["fully_correct"].value == 1]
    still = {qid: (float(then[qid]["fully_correct"].value == 1), 1.0) for qid in right}
    clusters = {topic.question.qid: topic.cluster for topic in before.topics()}
    interval = cluster_interval(still, clusters) if still else None
    measures = read_summary(folder)[1]["measures"]
    return Asked(way, len(after.questions), len(changed), measures, still, interval)


def table(found: Sequence[Asked]) -> str:
    """Return the ways of asking as a Markdown table, a line each, with 95 % intervals by paper or meeting."""
    columns = _HEAD.count("|") - 1
    lines = [_HEAD, "| --- |" + " ---: |" * (columns - 1), *(_line(one) for one in found)]
    return "\n".join(lines) + "\n"


def _line(one: Asked) -> str:
    figures = (one.measures[name] for name in SHOWN)
    cells = [one.way, str(one.questions), str(one.changed) if one.way != AS_WRITTEN else ""]
    cells += [_figure(figure["mean"], figure["low"], figure["high"]) for figure in figures]
    return f"| {' | '.join([*cells, _still(one)])} |"


def _figure(mean: float | None, low: float | None, high: float | None) -> str:
    if mean is None:
        return ""
    return f"{mean:.3f}" if low is None or high is None else f"{mean:.3f} [{low:.3f}, {high:.3f}]"


def _still(one: Asked) -> str:
    if one.interval is None:
        return ""
    kept = sum(part for part, _ in one.still.values())
    share = _figure(kept / len(one.still), one.interval.low, one.interval.high)
    return f"{kept:.0f} of {len(one.still)}: {share}"


def _named(gold: str, papers: Path | None, shared: Path) -> Dataset:
    """Return the set of a name, or the one at a path. Raises BadDataset."""
    known = {one.name: one for one in sets_of(Tier.FULL, shared)}
    return known[gold].read() if gold in known else load(Path(gold), papers)


def reworded_command(  # noqa: PLR0913 - one parameter an option
    gold: Annotated[
        str,
        typer.Argument(metavar="SET", help="a set by name (own, seeds-dev, ...), or gold as `run` takes it"),
    ],
    *,
    only: Annotated[list[Rewording] | None, typer.Option(help="reword so alone; may be given again")] = None,
    papers: Papers = None,
    url: Url = None,
    key: Key = None,
    data_dir: DataDir = None,
    system: Annotated[
        SystemKind, typer.Option(help="what to ask; the others test the harness")
    ] = SystemKind.SERVICE,
    shared: Annotated[Path, typer.Option(help="the folder that holds eval/ and corpus/")] = DEFAULT_SHARED,
    out: Annotated[Path | None, typer.Option(help="write the table here too (.md)")] = None,
    runs: Runs = DEFAULT_WORK / "reworded",
    work: Work = DEFAULT_WORK,
) -> None:
    """Ask a set as written and reworded as people send questions, and table what each rewording costs."""
    dataset = _named(gold, papers, shared)
    choice = Choice(system, url, key, data_dir, work)
    ways = list(dict.fromkeys(only or Rewording))
    found = asked_each_way(
        dataset, ways, lambda one: opened(choice, one), runs, lambda line: typer.echo(line, err=True)
    )
    if out:
        out.write_text(table(found), encoding="utf-8", newline="\n")
    typer.echo(table(found), nl=False)
