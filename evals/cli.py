"""`qa-eval`: questions in, a run folder out, and everything that is read from it."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from evals import compare as comparing
from evals import gate as gating
from evals.ablation import ablate
from evals.bench.peer_environment import peer_environment
from evals.bench.scaling import measure as scaling
from evals.bench.side_by_side import Bench
from evals.bench.side_by_side import measure as side_by_side
from evals.bench.timing import FEWEST_REPEATS
from evals.datasets import Dataset, Scope, Wording, load, papers_in
from evals.diagnose import diagnose
from evals.errors import EvalError
from evals.excerpts import Clearance
from evals.fabrications import detections, files_named
from evals.jsonl import rows, write_json, write_rows
from evals.label import add_gold, gold_from_feedback, unjudged
from evals.measures import MEASURES
from evals.options import (
    DEFAULT_RUNS,
    DEFAULT_SHARED,
    DEFAULT_WORK,
    Baselines,
    DataDir,
    Folder,
    Folders,
    Key,
    Levels,
    Papers,
    Runs,
    Shared,
    Url,
    Work,
)
from evals.provenance import git_state, versions
from evals.register.command import register
from evals.report import Form, comparison_page, comparison_text
from evals.report import report as report_text
from evals.reworded import reworded_command
from evals.runner import RunOptions, corpus_of_files
from evals.runner import run as run_questions
from evals.runs import open_run
from evals.scoring import cases_of, score_run
from evals.standings import Standing, standings
from evals.standings import table as standings_table
from evals.systems import Choice, SystemKind, opened
from evals.tiers import DATA, SAMPLE_PAPERS, Tier, run_tier
from evals.trec import export as export_trec
from evals.user_files import template as csv_template
from qa_service.domain.access import Access
from qa_service.errors import QAServiceError

app = typer.Typer(
    name="qa-eval",
    help="Measures citation accuracy: run, score, compare, report, gate, bench.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
label_app = typer.Typer(help="Makes gold from questions, papers and feedback.", no_args_is_help=True)
app.add_typer(label_app, name="label")
app.command()(register)
app.command()(ablate)
app.command()(diagnose)
app.command("reworded")(reworded_command)

DEFAULT_BASELINES = Path(__file__).parent / "baselines"


@app.command()
def run(  # noqa: PLR0913 - one parameter an option
    gold: Annotated[
        Path, typer.Argument(help="a set's folder, a folder of gold, or one .jsonl or .csv file")
    ],
    out: Annotated[Path, typer.Option(help="folder to write the run into")],
    *,
    papers: Papers = None,
    url: Url = None,
    key: Key = None,
    data_dir: DataDir = None,
    system: Annotated[
        SystemKind, typer.Option(help="what to ask; the others test the harness")
    ] = SystemKind.SERVICE,
    scope: Annotated[Scope, typer.Option(help="gold: ask each question of its own paper only")] = Scope.NONE,
    wording: Annotated[Wording, typer.Option(help="short: the question without its scenario")] = Wording.FULL,
    hits: Annotated[int, typer.Option(min=1, max=100, help="passages to search for each question")] = 20,
    twice: Annotated[int, typer.Option(min=0, help="how many questions to ask a second time")] = 50,
    work: Work = DEFAULT_WORK,
) -> None:
    """Ask every question and keep what came back."""
    dataset = load(gold, papers, scope, wording)
    choice = Choice(system, url, key, data_dir, work)
    with opened(choice, dataset) as asked:
        run_questions(dataset, asked, out, RunOptions(hits=hits, twice=twice), _progress)
    typer.echo(f"{len(dataset.questions)} questions asked; now: qa-eval score {out}")


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty() and (done == of or done % 10 == 0):
        sys.stderr.write(f"\r{done}/{of} questions")
        sys.stderr.write("\n" if done == of else "")


@app.command()
def score(
    folders: Folders,
    judgements: Annotated[Path | None, typer.Option(help="a person's verdicts on cited places")] = None,
) -> None:
    """Compute every measure from what was kept; the system is not asked again."""
    for folder in folders:
        summary = score_run(folder, judgements)
        headline = summary["measures"]["fully_correct"]
        typer.echo(
            f"{folder}: {summary['questions']} questions, {len(summary['errors'])} errors, "
            f"fully correct {headline['mean']:.3f} [{headline['low']:.3f}, {headline['high']:.3f}]"
        )


@app.command()
def compare(
    before: Folder,
    after: Folder,
    html: Annotated[Path | None, typer.Option(help="write the side-by-side page here")] = None,
    as_json: Annotated[Path | None, typer.Option("--json", help="write the figures here")] = None,
    clearance: Levels = [Access.PUBLIC],  # noqa: B006 - typer reads it
) -> None:
    """Hold two scored runs of the same questions against each other."""
    comparison = comparing.compare(before, after)
    typer.echo(comparison_text(comparison))
    if html:
        html.write_text(comparison_page(before, after, _cleared(clearance)), encoding="utf-8")
    if as_json:
        write_json(as_json, comparison.as_json())


@app.command()
def report(
    folders: Folders,
    out: Annotated[Path, typer.Option(help="file to write")],
    form: Annotated[
        Form | None, typer.Option(help="html, md or json; from the file's name if not given")
    ] = None,
    clearance: Levels = [Access.PUBLIC],  # noqa: B006 - typer reads it
) -> None:
    """Write one file that a person can read."""
    chosen = form or _form_of(out)
    out.write_text(report_text(folders, chosen, _cleared(clearance)), encoding="utf-8", newline="\n")
    typer.echo(f"wrote {out}")


def _form_of(out: Path) -> Form:
    try:
        return Form(out.suffix.removeprefix("."))
    except ValueError as error:
        raise typer.BadParameter("name it .html, .md or .json, or give --form", param_hint="--out") from error


def _cleared(levels: list[Access]) -> Clearance:
    return Clearance(frozenset(level.value for level in levels))


@app.command()
def gate(
    folders: Annotated[list[Path] | None, typer.Argument(help="scored runs; none: run a tier")] = None,
    *,
    tier: Annotated[Tier, typer.Option(help="which sets to run where no folder is given")] = Tier.FAST,
    shared: Annotated[Path, typer.Option(help="the folder that holds eval/ and corpus/")] = DEFAULT_SHARED,
    baselines: Baselines = DEFAULT_BASELINES,
    accept: Annotated[
        str | None, typer.Option(help="record these runs as the baseline, for this reason")
    ] = None,
    runs: Runs = DEFAULT_RUNS,
    work: Work = DEFAULT_WORK,
) -> None:
    """Stop a change that breaks an exact gate, attributes to a new wrong council, or really drops."""
    unseen: tuple[str, ...] = ()
    judged = folders or []
    if not folders:
        result = run_tier(tier, shared, runs, work, typer.echo)
        judged, unseen = list(result.folders), result.unseen
    if accept is not None:
        for folder in judged:
            typer.echo(f"recorded {gating.accepted(folder, baselines, accept)}")
        return
    verdicts = [gating.judge(folder, baselines) for folder in judged]
    for verdict in verdicts:
        typer.echo(f"{verdict.name}: {'passes' if verdict.passes else 'FAILS'}")
        for line in verdict.failures:
            typer.echo(f"  fails: {line}")
        for line in verdict.warnings:
            typer.echo(f"  lower, not proven: {line}")
    for line in unseen:
        typer.echo(f"FAILS: {line}")
    if unseen or not all(verdict.passes for verdict in verdicts):
        raise typer.Exit(1)


@app.command()
def targets(
    shared: Shared = DEFAULT_SHARED,
    *,
    only: Annotated[list[str] | None, typer.Option(help="run this set alone; may be given again")] = None,
    system: Annotated[
        SystemKind, typer.Option(help="what to ask; the others test the harness")
    ] = SystemKind.SERVICE,
    out: Annotated[Path | None, typer.Option(help="write the table here too (.md)")] = None,
    runs: Runs = DEFAULT_RUNS,
    work: Work = DEFAULT_WORK,
) -> None:
    """Run our own gold and every development set that is there, and print where the targets stand."""
    found: list[Standing] = []
    for one in standings(shared, runs, Choice(system, work=work), only or ()):
        found.append(one)
        typer.echo("\n".join(one.notes()), err=True)
    text = standings_table(found)
    if out:
        out.write_text(text, encoding="utf-8", newline="\n")
    typer.echo(text, nl=False)


@app.command()
def bench(
    out: Annotated[Path, typer.Option(help="file for the table (.md); the figures go beside it as .json")],
    *,
    papers: Annotated[Path, typer.Option(help="folder of papers to ingest")] = SAMPLE_PAPERS,
    questions: Annotated[Path, typer.Option(help="gold file or folder whose questions are asked")] = DATA,
    repeats: Annotated[int, typer.Option(min=FEWEST_REPEATS, help="measurements of each contender")] = 5,
    peer: Annotated[
        bool, typer.Option("--peer", help="measure txtai too, in an environment of its own")
    ] = False,
    scale: Annotated[list[int] | None, typer.Option(help="passages to make up for the indexes alone")] = None,
    work: Work = DEFAULT_WORK,
) -> None:
    """Measure speed and cost beside bare libraries, taking turns, as ratios."""
    if scale:
        table = scaling(scale, work / "scale", repeats)
    else:
        files = tuple(
            source.path for source in papers_in(papers) if source.path and source.path.suffix == ".pdf"
        )
        asked = tuple(question.question for question in load(questions).questions)
        python, model = peer_environment(work.resolve() / "peer") if peer else (None, None)
        folder = work.resolve() / "bench"
        table = side_by_side(Bench(files, asked, repeats, folder, python, model))
    out.write_text(table.as_text(), encoding="utf-8", newline="\n")
    write_json(
        out.with_suffix(".json"), {"rows": table.as_json(), "versions": versions(), "git": git_state()}
    )
    typer.echo(table.as_text(), nl=False)


@app.command()
def export(
    folder: Folder, out: Annotated[Path, typer.Option(help="folder for run.trec and qrels.trec")]
) -> None:
    """Write the search results and relevance judgements as TREC files."""
    for path in export_trec(cases_of(open_run(folder)), out):
        typer.echo(f"wrote {path}")


@app.command()
def measures() -> None:
    """Print every measure with its definition."""
    for one in MEASURES:
        words = (one.of.__doc__ or one.title).split("\n\n")[0]
        better = "lower is better" if one.lower_is_better else "higher is better"
        typer.echo(f"{one.name} ({one.group.value}; {better})\n    {one.title}. {' '.join(words.split())}")


@app.command()
def template() -> None:
    """Print a CSV to fill with questions of your own."""
    typer.echo(csv_template(), nl=False)


@app.command()
def forgeries(
    file: Annotated[Path, typer.Argument(help="fabrications.jsonl", exists=True)],
    *,
    papers: Papers = None,
    url: Url = None,
    key: Key = None,
    data_dir: DataDir = None,
    work: Work = DEFAULT_WORK,
) -> None:
    """Check that the gates catch every forged citation; exit 1 if one passes."""
    dataset = Dataset("forgeries", (), papers_in(papers)) if papers else None
    with opened(Choice(SystemKind.SERVICE, url, key, data_dir, work), dataset) as system:
        found = detections(file, corpus_of_files(system, files_named(file)))
    for one in found:
        if not one.caught:
            typer.echo(f"{one.id}: passed unseen, expected {one.expected}")
        elif not one.named:
            typer.echo(f"{one.id}: caught as {', '.join(one.labels)}, expected {one.expected}")
        if one.true_fails:
            typer.echo(f"{one.id}: the store is wrong about the true place: {', '.join(one.true_fails)}")
    caught = sum(one.caught for one in found)
    typer.echo(f"{caught} of {len(found)} forgeries caught")
    if caught < len(found):
        raise typer.Exit(1)


@label_app.command()
def add(  # noqa: PLR0913 - one parameter a field of gold
    gold: Annotated[Path, typer.Argument(help="gold file (.jsonl) to append to")],
    question: Annotated[str, typer.Option(prompt=True)],
    *,
    file: Annotated[str, typer.Option(help="name of the paper; empty: nothing answers")] = "",
    quote: Annotated[str, typer.Option(help="its words, copied exactly")] = "",
    page: Annotated[int | None, typer.Option(help="page in the file, from 1")] = None,
    answer: Annotated[str, typer.Option(help="a short answer in your words")] = "",
    kind: str = "",
    standing: str | None = None,
    url: Url = None,
    key: Key = None,
    data_dir: DataDir = None,
    work: Work = DEFAULT_WORK,
) -> None:
    """Append one question, once its quote is found in the paper as stored."""
    row = {
        "question": question,
        "answerable": bool(file),
        "answer": answer,
        "kind": kind,
        "standing": standing,
    }
    row["evidence"] = [{"file": file, "quote": quote, "page": page}] if file else []
    with opened(Choice(SystemKind.SERVICE, url, key, data_dir, work), None) as system:
        added = add_gold(gold, row, corpus_of_files(system, {file} - {""}))
    typer.echo(f"{added['qid']} added to {gold}")


@label_app.command()
def find(
    question: str,
    *,
    number: Annotated[int, typer.Option(min=1, max=100, help="passages to show")] = 5,
    url: Url = None,
    key: Key = None,
    data_dir: DataDir = None,
    work: Work = DEFAULT_WORK,
) -> None:
    """Show the passages found for a question, to copy the words that answer it."""
    with opened(Choice(SystemKind.SERVICE, url, key, data_dir, work), None) as system:
        for hit in system.search({"q": question, "k": number})["hits"]:
            page = (hit.get("page") or {}).get("number")
            typer.echo(f"{hit['rank']}. {hit['document']['file_name']}, page {page}\n{hit['text']}\n")


@label_app.command("unjudged")
def label_unjudged(folder: Folder, out: Annotated[Path, typer.Option(help="file to write")]) -> None:
    """Write the cited places that nobody has judged, for a person to fill in and `score --judgements`."""
    found = unjudged(cases_of(open_run(folder)))
    write_rows(out, found)
    typer.echo(f"{len(found)} places to judge in {out}")


@label_app.command("feedback")
def label_feedback(
    exported: Annotated[
        Path, typer.Argument(help="feedback as the service exports it (.jsonl)", exists=True)
    ],
    out: Annotated[Path, typer.Option(help="gold file to write")],
    still_open: Annotated[Path, typer.Option("--open", help="file for questions whose evidence is unknown")],
) -> None:
    """Turn what readers said of answers into gold, and list what a person must still settle."""
    found = gold_from_feedback(rows(exported))
    write_rows(out, found.settled)
    write_rows(still_open, found.open)
    typer.echo(f"{len(found.settled)} settled in {out}, {len(found.open)} open in {still_open}")


def main() -> None:
    """Run the command line. Exit 0 done, 1 failed, 2 wrong usage; errors are one line on stderr."""
    try:
        app()
    except (EvalError, QAServiceError, OSError) as error:
        sys.stderr.write(f"qa-eval: {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
