"""`qa-eval register`: one offline command that says how true a data directory's register is."""

from pathlib import Path
from typing import Annotated

import typer

from evals.errors import BadDataset
from evals.jsonl import write_json
from evals.register.found import read_register
from evals.register.gold import days_of, load_gold
from evals.register.report import as_json, as_text
from evals.register.score import score

GOLD = tuple(
    Path(__file__).parent.parent / "data" / name for name in ("register_expected.json", "register_real.json")
)


def register(
    data_dir: Annotated[
        Path, typer.Argument(help="data directory with the papers ingested", exists=True, file_okay=False)
    ],
    *,
    gold: Annotated[list[Path] | None, typer.Option(help="rows read by hand; ours if not given")] = None,
    out: Annotated[Path | None, typer.Option("--json", help="write the figures here")] = None,
) -> None:
    """Score a register's rows, links and conflicts against rows read by hand; exit 1 where a gate fails."""
    files = tuple(gold or GOLD)
    days = {day for path in files for day in days_of(path)}
    held = read_register(data_dir, sorted(days))
    papers = {paper.file_name: paper for paper in held.papers}
    sets = [load_gold(path, papers) for path in files]
    scores = [score(held, each) for each in sets if each is not None]
    if not scores:
        raise BadDataset(str(data_dir), "holds none of the papers that the gold is about; ingest them first")
    if out:
        write_json(out, as_json(scores))
    typer.echo(as_text(scores), nl=False)
    if any(each.broken for each in scores):
        raise typer.Exit(1)
