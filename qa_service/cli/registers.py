"""`qa register`: what was resolved, what was promised, and what became of it."""

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from qa_service.cli.options import AsJson, Body, Council, DataDir, HeldFrom, HeldTo, settings_of
from qa_service.cli.output import out, print_json

if TYPE_CHECKING:
    from qa_service.api.register_bodies import CommitmentBody, ResolutionBody
    from qa_service.domain.register import Verdicts
    from qa_service.store.database import Connection

_WITHIN = re.compile(r"(\d{1,4})([dwm])")
_DAYS = {"d": 1, "w": 7, "m": 30}

register_app = typer.Typer(help="What was resolved, what was promised, and what became of it.")

Text = Annotated[str, typer.Option("--text", help="Only rows in which all these words occur.")]
Person = Annotated[str, typer.Option("--person", help="Only rows that name this mover, voter or owner.")]
Standings = Annotated[
    list[str] | None,
    typer.Option("--standing", help="Only rows of this standing: resolved, recommended, ..."),
]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV, safe to open in a spreadsheet.")]
Xlsx = Annotated[Path | None, typer.Option("--xlsx", help="Write an Excel file.", dir_okay=False)]
On = Annotated[str | None, typer.Option("--on", help="States as of this day; today if not given.")]
State = Annotated[
    list[str] | None, typer.Option("--state", help="Only: open, overdue, reported done, superseded, unknown.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (resolutions, commitments, due, matters, conflicts, attendance):
        register_app.command(command.__name__)(command)
    app.add_typer(register_app, name="register")


def resolutions(  # noqa: PLR0913 - one parameter an option
    *,
    data_dir: DataDir = None,
    text: Text = "",
    person: Person = "",
    council: Council = None,
    body: Body = None,
    held_from: HeldFrom = None,
    held_to: HeldTo = None,
    standing: Standings = None,
    verb: Annotated[list[str] | None, typer.Option("--verb", help="Only: noted, approved, ...")] = None,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
    as_json: AsJson = False,
) -> None:
    """List decisions and recommendations, newest meeting first, each with its citation."""
    from qa_service.api.register_bodies import ResolutionsQueryBody  # noqa: PLC0415
    from qa_service.api.register_tables import RESOLUTION_COLUMNS, resolution_row  # noqa: PLC0415
    from qa_service.api.registering import every_resolution  # noqa: PLC0415
    from qa_service.domain.access import PUBLIC_ONLY  # noqa: PLC0415

    asked = _shared(text, person, council, body, held_from, held_to, standing)
    query = _read(ResolutionsQueryBody, {**asked, "verb": verb or []}).value()
    with _opened(data_dir) as (reader, _):
        bodies = list(every_resolution(reader, query, PUBLIC_ONLY))
    table = RESOLUTION_COLUMNS, [resolution_row(each) for each in bodies]
    _print("resolutions", bodies, table, _print_resolution, as_csv=as_csv, xlsx=xlsx, as_json=as_json)


def commitments(  # noqa: PLR0913
    *,
    data_dir: DataDir = None,
    text: Text = "",
    person: Person = "",
    council: Council = None,
    body: Body = None,
    held_from: HeldFrom = None,
    held_to: HeldTo = None,
    standing: Standings = None,
    state: State = None,
    on: On = None,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
    as_json: AsJson = False,
) -> None:
    """List who promised what by when, the soonest due first, with what later papers say of it."""
    asked = _shared(text, person, council, body, held_from, held_to, standing)
    _commitments(
        data_dir, {**asked, "state": state or [], "on": on}, as_csv=as_csv, xlsx=xlsx, as_json=as_json
    )


def due(  # noqa: PLR0913
    *,
    data_dir: DataDir = None,
    within: Annotated[str, typer.Option("--within", help="How far ahead: 30d, 6w, 3m.")] = "30d",
    council: Council = None,
    body: Body = None,
    on: On = None,
    as_csv: AsCsv = False,
    xlsx: Xlsx = None,
    as_json: AsJson = False,
) -> None:
    """List what is overdue and what falls due soon; a calendar of it is GET /v1/register/due.ics."""
    from qa_service.api.register import today  # noqa: PLC0415
    from qa_service.errors import BadFilter  # noqa: PLC0415

    match = _WITHIN.fullmatch(within)
    if match is None:
        raise BadFilter("within", "is not a number of days, weeks or months: 30d, 6w, 3m")
    asked = _shared("", "", council, body, None, None, None)
    try:
        start = date.fromisoformat(on) if on else today()
    except ValueError as error:
        raise BadFilter("on", "is not a day: 2024-02-06") from error
    until = start + timedelta(int(match[1]) * _DAYS[match[2]])
    query = {**asked, "state": ["open", "overdue"], "on": start, "due_to": until}
    _commitments(data_dir, query, as_csv=as_csv, xlsx=xlsx, as_json=as_json)


def matters(
    matter_id: Annotated[str | None, typer.Argument(help="Show one matter, step by step.")] = None,
    *,
    data_dir: DataDir = None,
    text: Text = "",
    council: Council = None,
    body: Body = None,
    as_json: AsJson = False,
) -> None:
    """List subjects that came before meetings more than once, or follow one of them."""
    from qa_service.api.register_matters import matter  # noqa: PLC0415
    from qa_service.api.register_matters import matters as page_of  # noqa: PLC0415
    from qa_service.domain.access import PUBLIC_ONLY  # noqa: PLC0415
    from qa_service.domain.register import RegisterQuery  # noqa: PLC0415

    query = RegisterQuery(text=text, councils=frozenset(council or ()), bodies=frozenset(body or ()))
    with _opened(data_dir) as (reader, verdicts):
        found: Any = (
            matter(reader, matter_id, PUBLIC_ONLY, verdicts)
            if matter_id
            else page_of(reader, query, None, PUBLIC_ONLY)
        )
    if as_json:
        print_json(found.model_dump_json(indent=1))
        return
    for each in () if matter_id else found.matters:
        out.print(f"{each.id}  {each.title} ({each.council}): {each.meetings} meetings, last {each.last_on}")
    for step in found.steps if matter_id else ():
        out.print(f"{step.held_on or 'undated'} {step.body}, {step.what}: {_folded(step.citation.quote)}")
        out.print(f"    {step.citation.reference}")


def conflicts(
    *,
    data_dir: DataDir = None,
    council: Council = None,
    body: Body = None,
    held_from: HeldFrom = None,
    held_to: HeldTo = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="Only: wording, year, meeting date, figure, ...")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what papers do not agree on, both sides cited: for a clerk before minutes are signed."""
    from qa_service.api.register_conflicts import ConflictsQueryBody  # noqa: PLC0415
    from qa_service.api.register_conflicts import conflicts as found_in  # noqa: PLC0415
    from qa_service.domain.access import PUBLIC_ONLY  # noqa: PLC0415

    asked = _scope(council, body, held_from, held_to)
    query = _read(ConflictsQueryBody, {**asked, "kind": kind or []})
    with _opened(data_dir) as (reader, _):
        found = found_in(reader, query.value(), query.kind, PUBLIC_ONLY)
    if as_json:
        print_json(found.model_dump_json(indent=1))
        return
    marks = {"same": "{}", "dropped": "[-{}-]", "added": "{{+{}+}}"}
    for each in found.conflicts:
        out.print(f"{each.kind.upper()}: {each.note}")
        if each.changes:
            out.print(f"    {' '.join(marks[run.kind].format(run.words) for run in each.changes)}")
        for citation in each.citations:
            out.print(f"    “{_folded(citation.quote)}”\n        {citation.reference}")
    out.print(f"{len(found.conflicts)} conflicts; not the official record")


def attendance(
    *,
    data_dir: DataDir = None,
    person: Annotated[str, typer.Option("--person", help="Only this member or officer.")] = "",
    council: Council = None,
    body: Body = None,
    held_from: HeldFrom = None,
    held_to: HeldTo = None,
    as_json: AsJson = False,
) -> None:
    """List who attended and what was declared, newest meeting first; private persons have no profile."""
    from qa_service.api.register_people import PeopleQueryBody, people  # noqa: PLC0415
    from qa_service.domain.access import PUBLIC_ONLY  # noqa: PLC0415

    query = _read(PeopleQueryBody, {**_scope(council, body, held_from, held_to), "person": person})
    with _opened(data_dir) as (reader, _):
        found = people(reader, query.value(), PUBLIC_ONLY)
    if as_json:
        print_json(found.model_dump_json(indent=1))
        return
    for line in found.attendance:
        role = f" ({line.role})" if line.role else ""
        out.print(f"{line.held_on or 'undated'} {line.body}: {line.name}{role}, {line.state}")
        out.print(f"    {line.citation.reference}")
    for each in found.declarations:
        out.print(f"{each.held_on or 'undated'} {each.body}, declared: {_folded(each.citation.quote)}")
        out.print(f"    {each.citation.reference}")


def _commitments(
    data_dir: Path | None, asked: dict[str, Any], *, as_csv: bool, xlsx: Path | None, as_json: bool
) -> None:
    from qa_service.api.register import today  # noqa: PLC0415
    from qa_service.api.register_bodies import CommitmentsQueryBody  # noqa: PLC0415
    from qa_service.api.register_tables import COMMITMENT_COLUMNS, commitment_row  # noqa: PLC0415
    from qa_service.api.registering import every_commitment  # noqa: PLC0415
    from qa_service.domain.access import PUBLIC_ONLY  # noqa: PLC0415

    query = _read(CommitmentsQueryBody, asked)
    with _opened(data_dir) as (reader, verdicts):
        on = query.on or today()
        bodies = list(every_commitment(reader, query.value(), verdicts, on, PUBLIC_ONLY))
    table = COMMITMENT_COLUMNS, [commitment_row(each) for each in bodies]
    shown = partial(_print_commitment, on=on)
    _print("commitments", bodies, table, shown, as_csv=as_csv, xlsx=xlsx, as_json=as_json)


@contextmanager
def _opened(data_dir: Path | None) -> "Iterator[tuple[Connection, Verdicts]]":
    """Yield a reader and what people said of links; no encoder is needed."""
    from qa_service.domain.register import Verdicts  # noqa: PLC0415
    from qa_service.store.database import Database  # noqa: PLC0415
    from qa_service.store.journal import JOURNAL_FILE, Journal  # noqa: PLC0415

    settings = settings_of(data_dir)
    database = Database(settings.data_dir)
    verdicts = Verdicts()
    if (settings.data_dir / JOURNAL_FILE).is_file():
        with Journal(settings.data_dir) as journal:
            verdicts = journal.verdicts()
    try:
        with database.reading() as reader:
            yield reader, verdicts
    finally:
        database.close()


def _shared(
    text: str,
    person: str,
    council: list[str] | None,
    body: list[str] | None,
    held_from: str | None,
    held_to: str | None,
    standing: list[str] | None,
) -> dict[str, Any]:
    scope = _scope(council, body, held_from, held_to)
    return {**scope, "text": text, "person": person, "standing": standing or []}


def _scope(
    council: list[str] | None, body: list[str] | None, held_from: str | None, held_to: str | None
) -> dict[str, Any]:
    return {"council": council or [], "body": body or [], "held_from": held_from, "held_to": held_to}


def _read(kind: Any, asked: dict[str, Any]) -> Any:  # noqa: ANN401 - bodies are imported when a command runs
    from pydantic import ValidationError  # noqa: PLC0415

    from qa_service.api.invalid import as_error  # noqa: PLC0415

    try:
        return kind.model_validate(asked)
    except ValidationError as error:
        raise as_error(error.errors()) from error


def _print(
    name: str,
    bodies: list[Any],
    table: tuple[tuple[str, ...], list[Any]],
    shown: Callable[[Any], None],
    *,
    as_csv: bool,
    xlsx: Path | None,
    as_json: bool,
) -> None:
    from qa_service.register.export import as_csv as csv_of  # noqa: PLC0415
    from qa_service.register.export import as_xlsx  # noqa: PLC0415

    if xlsx is not None:
        xlsx.write_bytes(as_xlsx(name, *table))
        out.print(f"wrote {xlsx}, {len(bodies)} rows")
    elif as_csv:
        sys.stdout.buffer.write(csv_of(*table).encode())
    elif as_json:
        rows = ",\n".join(each.model_dump_json(indent=1) for each in bodies)
        print_json(f'{{"{name}": [{rows}], "total": {len(bodies)}}}')
    else:
        for each in bodies:
            shown(each)
        out.print(f"{len(bodies)} {name}; not the official record")


def _print_resolution(body: "ResolutionBody") -> None:
    out.print(f"{body.standing.value.upper()} ({body.verb.value}): {_folded(body.citation.quote)}")
    out.print(f"    {body.citation.reference}")


def _print_commitment(body: "CommitmentBody", on: date) -> None:
    """Print a commitment as it stood on a day; what a later paper says is told apart."""
    due = f"due {body.due}" if body.due else body.due_as_written or "no date"
    out.print(f"{body.state.value.upper()}, {due}, {body.owner or 'no owner named'}: {_folded(body.text)}")
    out.print(f"    {body.source}: {body.citation.reference}")
    for link in body.follow_ups:
        later = f"later, on {link.reported_on}, " if link.reported_on and link.reported_on > on else ""
        quote = _folded(link.citation.quote)
        out.print(f"    {later}{link.says.value}: “{quote}”\n        {link.citation.reference}")


def _folded(text: str) -> str:
    return " ".join(text.split())
