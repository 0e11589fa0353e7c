"""What is covered: a picture of meetings by committee and month, the same as a table, and what is missing."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa_service.web.browse import PageOfList
from qa_service.web.contents import OverviewDep
from qa_service.web.plots import MONTHS, coverage_plot, telling_year, years_of
from qa_service.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/coverage")
def coverage_page(
    request: Request, overview: OverviewDep, year: str = "", number: PageOfList = 1
) -> HTMLResponse:
    """Show the meetings of a year by committee and month, and the papers that could not be read whole."""
    years = years_of(overview.meetings)
    asked = int(year) if year.isdecimal() and len(year) == len("2024") else None
    chosen = telling_year(overview.meetings) if asked is None else asked
    context = {
        "years": years,
        "year": chosen,
        "plot": coverage_plot(overview.meetings, chosen, number) if chosen is not None else None,
        "months": MONTHS,
        "undated": sum(each.held_on is None for each in overview.meetings),
        "papers": len(overview.papers),
        "homeless": [
            each for each in overview.papers if not each.council and not each.body and not each.held_on
        ],
        "incomplete": sum(bool(each.problems) for each in overview.papers),
        "dates": overview.dates,
        "meetings": len(overview.meetings),
    }
    return page(request, "coverage.html", context)
