"""Routes of the register: decisions and commitments, as JSON, CSV or XLSX."""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Response

from qa_service.api.dependencies import ServicesDep
from qa_service.api.register_bodies import (
    CommitmentsBody,
    CommitmentsQueryBody,
    ResolutionsBody,
    ResolutionsQueryBody,
)
from qa_service.api.register_tables import (
    COMMITMENT_COLUMNS,
    RESOLUTION_COLUMNS,
    commitment_row,
    resolution_row,
)
from qa_service.api.registering import commitments, every_commitment, every_resolution, resolutions
from qa_service.bootstrap import Services
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.register.export import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx
from qa_service.store.register_lists import Verdicts

router = APIRouter(prefix="/v1/register")

Format = Literal["json", "csv", "xlsx"]
Accept = Annotated[str, Header(include_in_schema=False)]
_TABLES: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {}, XLSX_TYPE: {}}, "description": "A page of the list, or all as a table"}
}


class _Resolutions(ResolutionsQueryBody):
    format: Format | None = None


class _Commitments(CommitmentsQueryBody):
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


def verdicts_of(services: Services) -> Verdicts:
    """Return what people said of links; nothing where the service keeps no journal."""
    return services.journal.verdicts() if services.journal is not None else {}


def today() -> date:
    """Return the day by the calendar of the United Kingdom, near enough: that of UTC."""
    return datetime.now(UTC).date()


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
