"""Commands over papers: ingest, remove, status, check, backup, restore, inspect."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from qa_service.cli.options import AsJson, DataDir, settings_of
from qa_service.cli.output import err, out, print_json

if TYPE_CHECKING:
    from qa_service.config import Settings
    from qa_service.ingestion.pipeline import IngestReport


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (ingest, remove, status, check, backup, restore, inspect):
        app.command(command.__name__)(command)


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders; folders are read whole.")],
    *,
    data_dir: DataDir = None,
    prune: Annotated[
        bool, typer.Option(help="Remove papers whose file under these folders is gone.")
    ] = False,
) -> None:
    """Read papers and publish them: only what is new or changed costs work."""
    settings = settings_of(data_dir)
    report = run_ingestion(settings, paths, prune=prune)
    out.print(
        f"{report.added} added, {report.replaced} replaced, {report.unchanged} unchanged, "
        f"{report.removed} removed; "
        f"{report.pages} pages, {report.passages} passages; generation {report.generation or 'unchanged'}",
    )
    for name in report.incomplete:
        err.print(f"incomplete: {name}: some pages gave no text; see 'qa inspect'")
    for failure in report.failures:
        err.print(f"left out: {failure.file}: {failure.why} [{failure.code}]")
    sys.exit(1 if report.failures else 0)


def run_ingestion(settings: "Settings", paths: list[Path], *, prune: bool = False) -> "IngestReport":
    """Ingest with a progress bar on standard error; return what was done."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    from qa_service.bootstrap import open_ingestion  # noqa: PLC0415
    from qa_service.ingestion.discovery import discover  # noqa: PLC0415
    from qa_service.ingestion.pipeline import Progress as Step  # noqa: PLC0415

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("files, {task.fields[pages]} pages, {task.fields[rate]:.1f} pages/s"),
        TimeElapsedColumn(),
    )
    with open_ingestion(settings) as ingestion, Progress(*columns, console=err) as bar:
        task = bar.add_task("preparing", total=None, pages=0, rate=0.0)

        def show(step: Step) -> None:
            elapsed = bar.tasks[0].elapsed or 1.0
            bar.update(
                task,
                description="reading" if step.files_done < step.files else "publishing",
                total=step.files,
                completed=step.files_done,
                pages=step.pages,
                rate=step.pages / elapsed,
            )

        folders = [path for path in paths if path.is_dir()] if prune else []
        return ingestion.run(discover(paths), prune_under=folders, progress=show)


def remove(
    document_id: Annotated[str, typer.Argument(help="Id of the paper, as 'qa status --json' lists it.")],
    *,
    data_dir: DataDir = None,
) -> None:
    """Take a paper out of sight, at once and for every later question."""
    from qa_service.bootstrap import open_ingestion  # noqa: PLC0415
    from qa_service.errors import NotFound  # noqa: PLC0415

    with open_ingestion(settings_of(data_dir)) as ingestion:
        if not ingestion.remove_by_id(document_id):
            raise NotFound("document", document_id, "'qa status --json' lists the ids")
    out.print(f"removed {document_id}")


def status(*, data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Show what papers there are and which need attention."""
    import json  # noqa: PLC0415

    from qa_service.domain.access import PUBLIC_ONLY  # noqa: PLC0415
    from qa_service.store.database import Database  # noqa: PLC0415
    from qa_service.store.documents import problems_of, visible_documents  # noqa: PLC0415

    settings = settings_of(data_dir)
    database = Database(settings.data_dir)
    with database.reading() as reader:
        rows = visible_documents(reader, PUBLIC_ONLY)
        papers = [
            {name: row[name] for name in ("id", "file_name", "kind", "title", "council", "body", "held_on")}
            | {"problems": problems_of(reader, row["row"])}
            for row in rows
        ]
    database.close()
    if as_json:
        print_json(json.dumps({"data_dir": str(settings.data_dir), "documents": papers}, indent=1))
        return
    out.print(f"{len(papers)} papers in {settings.data_dir}")
    for paper in papers:
        where = ", ".join(str(paper[name]) for name in ("council", "body", "held_on") if paper[name])
        problems = paper["problems"]
        note = f" ({len(problems)} problem{'s' if len(problems) > 1 else ''})" if problems else ""
        out.print(f"{paper['file_name']}: {paper['kind']}; {where or 'no meeting known'}{note}")


def tell_of_export(settings: "Settings") -> None:
    """Say so where models must be made ready before the first answer, which takes some seconds once."""
    from qa_service.bootstrap import is_ready  # noqa: PLC0415
    from qa_service.store.database import DATABASE_FILE  # noqa: PLC0415

    if (settings.data_dir / DATABASE_FILE).is_file() and not is_ready(settings):
        err.print("making the models ready: some seconds, once")


def tell_older(papers: int) -> None:
    """Say how many papers an older version read, if any: they are answered from, and less well."""
    if papers:
        was = "paper was" if papers == 1 else "papers were"
        err.print(f"{papers} {was} read by an older version; 'qa ingest' of their folder reads them again")


def check(*, data_dir: DataDir = None) -> None:
    """Hold everything stored against its hashes; exit 1 if anything is not as it was stored."""
    from qa_service.domain.access import Access  # noqa: PLC0415
    from qa_service.store.database import Database  # noqa: PLC0415
    from qa_service.store.integrity import faults  # noqa: PLC0415
    from qa_service.store.papers import read_before  # noqa: PLC0415

    settings = settings_of(data_dir)
    database = Database(settings.data_dir)
    with database.reading() as reader:
        found = list(faults(reader, settings.data_dir))
        tell_older(read_before(reader, frozenset(Access)))
    database.close()
    for fault in found:
        err.print(f"fault: {fault}")
    out.print("all is as it was stored" if not found else f"{len(found)} faults")
    sys.exit(1 if found else 0)


def backup(
    target: Annotated[Path, typer.Argument(help="The file to write.")], *, data_dir: DataDir = None
) -> None:
    """Write everything that cannot be rebuilt into one file."""
    from qa_service.store.backup import back_up  # noqa: PLC0415

    size = back_up(settings_of(data_dir).data_dir, target.resolve())
    out.print(f"wrote {target}, {size / 2**20:.1f} MiB")


def restore(
    source: Annotated[Path, typer.Argument(help="A file that 'qa backup' wrote.")],
    *,
    data_dir: DataDir = None,
) -> None:
    """Unpack a backup into a new data directory and rebuild its index."""
    from qa_service.bootstrap import open_ingestion  # noqa: PLC0415
    from qa_service.store.backup import restore as unpack  # noqa: PLC0415

    settings = settings_of(data_dir)
    files = unpack(source, settings.data_dir)
    with open_ingestion(settings):  # opening rebuilds the index from the rows
        pass
    out.print(f"restored {files} files into {settings.data_dir}")


def inspect(
    file: Annotated[Path, typer.Argument(help="A paper to read.", exists=True, dir_okay=False)],
    *,
    as_json: AsJson = False,
) -> None:
    """Show how a paper is read: its structure as a tree, without storing anything."""
    import json  # noqa: PLC0415

    from qa_service.documents.outline import as_text, outline  # noqa: PLC0415
    from qa_service.documents.sandbox import Sandbox  # noqa: PLC0415

    with Sandbox() as sandbox:
        tree = outline(sandbox.read(file, document_id="inspected"))
    if as_json:
        print_json(json.dumps(tree.as_json(), indent=1, ensure_ascii=False))
    else:
        out.print(as_text(tree))
