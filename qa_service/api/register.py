"""Routes of the register: decisions, commitments, matters, conflicts and rolls, as JSON, CSV or XLSX."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query, Request, Response

from qa_service.api.dependencies import ServicesDep, require_admin
from qa_service.api.register_alerts import (
    FeedQueryBody,
    due_events,
    resolution_news,
)
from qa_service.api.register_bodies import (
    CommitmentBody,
    CommitmentsBody,
    CommitmentsQueryBody,
    ResolutionsBody,
    ResolutionsQueryBody,
)
from qa_service.api.register_conflicts import ConflictsQueryBody, DifferencesBody, conflicts
from qa_service.api.register_links import KeptVerdictBody, NewLinkBody, VerdictBody, add_link, judge_link
from qa_service.api.register_matters import MatterDetailBody, MattersBody, MattersQueryBody, matter, matters
from qa_service.api.register_people import PeopleBody, PeopleQueryBody, every_attendance, people
from qa_service.api.register_tables import (
    ATTENDANCE_COLUMNS,
    COMMITMENT_COLUMNS,
    CONFLICT_COLUMNS,
    RESOLUTION_COLUMNS,
    STEP_COLUMNS,
    attendance_row,
    commitment_row,
    conflict_row,
    resolution_row,
    step_row,
)
from qa_service.api.registering import (
    commitment,
    commitments,
    every_commitment,
    every_resolution,
    resolutions,
)
from qa_service.bootstrap import Services
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.register import Verdicts
from qa_service.domain.resolutions import CommitmentState, Standing
from qa_service.register.export import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx
from qa_service.register.feeds import ATOM_TYPE, ICALENDAR_TYPE, as_atom, as_icalendar

router = APIRouter(prefix="/v1/register")
# Put to use only where an administrator's key is set.
admin_router = APIRouter(prefix="/v1/register", dependencies=[Depends(require_admin)])

Format = Literal["json", "csv", "xlsx"]
Accept = Annotated[str, Header(include_in_schema=False)]
_TABLES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {}, XLSX_TYPE: {}}, "description": "A page of the list, or all as a table"}
}


class _Resolutions(ResolutionsQueryBody):
    format: Format | None = None


class _Commitments(CommitmentsQueryBody):
    format: Format | None = None


class _Conflicts(ConflictsQueryBody):
    format: Format | None = None


class _People(PeopleQueryBody):
    format: Format | None = None


@router.get("/resolutions", response_model=ResolutionsBody, responses=_TABLES)
def get_resolutions(
    services: ServicesDep, query: Annotated[_Resolutions, Query()], accept: Accept = ""
) -> Any:  # noqa: ANN401 - a body or a file
    """Return decisions and recommendations, newest meeting first; as CSV or XLSX all of them at once."""
    wanted = _format(query.format, accept)
    with services.database.reading() as reader:
        if wanted == "json":
            return resolutions(reader, query.value(), query.cursor, query.limit, PUBLIC_ONLY)
        rows = [resolution_row(each) for each in every_resolution(reader, query.value(), PUBLIC_ONLY)]
    return table("resolutions", wanted, RESOLUTION_COLUMNS, rows)


@router.get("/commitments", response_model=CommitmentsBody, responses=_TABLES)
def get_commitments(
    services: ServicesDep, query: Annotated[_Commitments, Query()], accept: Accept = ""
) -> Any:  # noqa: ANN401 - a body or a file
    """Return who promised what by when and where it stands, soonest due first; as CSV or XLSX all of them."""
    wanted, on = _format(query.format, accept), query.on or today()
    with services.database.reading() as reader:
        asked, given = query.value(), verdicts_of(services)
        if wanted == "json":
            return commitments(reader, asked, given, on, query.cursor, query.limit, PUBLIC_ONLY)
        rows = [commitment_row(each) for each in every_commitment(reader, asked, given, on, PUBLIC_ONLY)]
    return table("commitments", wanted, COMMITMENT_COLUMNS, rows)


@router.get("/commitments/{key}")
def get_commitment(key: str, services: ServicesDep) -> CommitmentBody:
    """Return one commitment as it stands today, with the links that officers rejected."""
    with services.database.reading() as reader:
        return commitment(reader, key, verdicts_of(services), today(), PUBLIC_ONLY)


@router.get("/matters")
def get_matters(services: ServicesDep, query: Annotated[MattersQueryBody, Query()]) -> MattersBody:
    """Return the subjects that came before meetings more than once, the one that came up last first."""
    with services.database.reading() as reader:
        return matters(reader, query.value(), query.cursor, PUBLIC_ONLY)


@router.get("/matters/{matter_id}", response_model=MatterDetailBody, responses=_TABLES)
def get_matter(
    matter_id: str,
    services: ServicesDep,
    format: Format | None = None,  # noqa: A002 - the contract's name
    accept: Accept = "",
) -> Any:  # noqa: ANN401 - a body or a file
    """Return one subject across meetings, each step with its citation."""
    with services.database.reading() as reader:
        found = matter(reader, matter_id, PUBLIC_ONLY, verdicts_of(services))
    if (wanted := _format(format, accept)) == "json":
        return found
    rows = [step_row(found.title, number, step) for number, step in enumerate(found.steps, start=1)]
    return table("matter", wanted, STEP_COLUMNS, rows)


@router.get("/conflicts", response_model=DifferencesBody, responses=_TABLES)
def get_conflicts(services: ServicesDep, query: Annotated[_Conflicts, Query()], accept: Accept = "") -> Any:  # noqa: ANN401 - a body or a file
    """Return what papers do not agree on: dates, years, figures, sums, decisions against what was asked."""
    with services.database.reading() as reader:
        found = conflicts(reader, query.value(), query.kind, PUBLIC_ONLY)
    if (wanted := _format(query.format, accept)) == "json":
        return found
    return table("conflicts", wanted, CONFLICT_COLUMNS, [conflict_row(each) for each in found.conflicts])


@router.get("/attendance", response_model=PeopleBody, responses=_TABLES)
def get_attendance(services: ServicesDep, query: Annotated[_People, Query()], accept: Accept = "") -> Any:  # noqa: ANN401 - a body or a file
    """Return who attended and what was declared: of members and officers, not of private persons.

    As CSV or XLSX every line of the rolls at once, without the declarations.
    """
    wanted = _format(query.format, accept)
    with services.database.reading() as reader:
        if wanted == "json":
            return people(reader, query.value(), PUBLIC_ONLY)
        rows = [attendance_row(line) for line in every_attendance(reader, query.value(), PUBLIC_ONLY)]
    return table("attendance", wanted, ATTENDANCE_COLUMNS, rows)


@router.get("/due.ics", response_class=Response, responses={200: {"content": {"text/calendar": {}}}})
def get_due_calendar(
    request: Request, services: ServicesDep, query: Annotated[FeedQueryBody, Query()]
) -> Response:
    """Return open and overdue commitments with a day, per body if asked, as a calendar to subscribe to."""
    with services.database.reading() as reader:
        asked = replace(query.value(), states=frozenset({CommitmentState.OPEN, CommitmentState.OVERDUE}))
        events = due_events(reader, asked, verdicts_of(services), today(), str(request.base_url), PUBLIC_ONLY)
    return Response(as_icalendar(query.name("Due"), events, now()), media_type=ICALENDAR_TYPE)


@router.get("/resolutions.atom", response_class=Response, responses={200: {"content": {ATOM_TYPE: {}}}})
def get_resolutions_feed(
    request: Request, services: ServicesDep, query: Annotated[FeedQueryBody, Query()]
) -> Response:
    """Return the newest decisions, per body if asked, as a feed."""
    with services.database.reading() as reader:
        asked = replace(query.value(), standings=frozenset({Standing.RESOLVED}))
        news = resolution_news(reader, asked, str(request.base_url), PUBLIC_ONLY)
    feed = as_atom(query.name("Decisions"), str(request.url), news, now())
    return Response(feed, media_type=ATOM_TYPE)


@admin_router.post("/links", status_code=201)
def post_link_verdict(verdict: VerdictBody, services: ServicesDep) -> VerdictBody:
    """Keep what a person says of a link: confirmed, corrected or rejected. Earlier verdicts stay."""
    return judge_link(services, verdict, today())


@admin_router.post("/links/added", status_code=201)
def post_link(link: NewLinkBody, services: ServicesDep) -> KeptVerdictBody:
    """Keep a link that the register did not find; a verdict on it comes later like on any other."""
    return add_link(services, link, today())


@admin_router.get("/links")
def get_link_verdicts(services: ServicesDep) -> list[KeptVerdictBody]:
    """Return every verdict ever given on links and every link ever added, oldest first."""
    return [KeptVerdictBody.of(row) for row in services.kept().verdict_history()]


def verdicts_of(services: Services) -> Verdicts:
    """Return what people said of links; nothing where the service keeps no journal."""
    return services.journal.verdicts() if services.journal is not None else Verdicts()


def today() -> date:
    """Return the day by the calendar of the United Kingdom, near enough: that of UTC."""
    return now().date()


def now() -> datetime:
    """Return the moment."""
    return datetime.now(UTC)


def table(name: str, wanted: str, columns: tuple[str, ...], rows: Any) -> Response:  # noqa: ANN401 - cells
    """Return rows as a file to download."""
    content: str | bytes = as_csv(columns, rows) if wanted == "csv" else as_xlsx(name, columns, rows)
    return Response(
        content,
        media_type=CSV_TYPE if wanted == "csv" else XLSX_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}.{wanted}"'},
    )


def _format(asked: Format | None, accept: str) -> Format:
    """Return the format asked for by name, or else by the header Accept; JSON where neither says."""
    if asked is not None:
        return asked
    kinds = accept.split(",")
    if any(kind.strip().startswith("text/csv") for kind in kinds):
        return "csv"
    return "xlsx" if XLSX_TYPE in accept else "json"
