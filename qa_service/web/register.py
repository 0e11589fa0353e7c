"""The register for people: what was decided, promised, followed over meetings, and what does not agree."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa_service.api.dependencies import ServicesDep
from qa_service.api.pagination import encode_cursor
from qa_service.api.question_bodies import Body
from qa_service.api.register import today, verdicts_of
from qa_service.api.register_bodies import (
    SOURCE,
    CommitmentBody,
    CommitmentsQueryBody,
    RegisterQueryBody,
    ResolutionsQueryBody,
)
from qa_service.api.register_conflicts import ABOUT, ConflictsQueryBody
from qa_service.api.register_matters import PAGE_SIZE, MattersQueryBody, matter, matters
from qa_service.api.registering import resolutions
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.resolutions import Standing, Verb
from qa_service.store.register_lists import count_by_standing, page_of_commitments
from qa_service.web.contents import OverviewDep
from qa_service.web.register_form import FilledForm, Query, filled_form, pages_of
from qa_service.web.register_view import (
    CHECKED_STEP,
    STATES,
    TAGS,
    commitment_view,
    conflict_view,
    decision_view,
)
from qa_service.web.rendering import page
from qa_service.web.reply_view import place_view
from qa_service.web.timeline import timeline
from qa_service.web.words import upper_first

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_PAGE = 20
_DECIDED = {
    Standing.RESOLVED: "resolved by members",
    Standing.RECOMMENDED: "recommended, not resolved",
    Standing.PROPOSED: "proposed: motions and amendments",
}
# Who may stand behind a commitment.
_SOURCES = (
    Standing.RESOLVED,
    Standing.RECOMMENDED,
    Standing.MINUTED,
    Standing.REPORTED,
    Standing.PRESENTED,
)


@router.get("/register")
@router.get("/register/resolutions")
def resolutions_page(request: Request, services: ServicesDep, overview: OverviewDep) -> HTMLResponse:
    """List decisions and recommendations, newest meeting first."""
    form = filled_form(request.query_params, ResolutionsQueryBody)
    with services.database.reading() as reader:
        asked = form.query.value()
        counts = count_by_standing(reader, asked, PUBLIC_ONLY)
        total = sum(counts[standing] for standing in asked.standings or counts)
        numbers = pages_of(form, "/register/resolutions", total, _PAGE)
        cursor = encode_cursor((numbers.number - 1) * _PAGE)
        found = resolutions(reader, asked, cursor, _PAGE, PUBLIC_ONLY)
    context = {
        "listing": numbers,
        "total": total,
        "counts": {standing.value: counts[standing] for standing in _DECIDED},
        "standings": [(standing.value, name) for standing, name in _DECIDED.items()],
        "decisions": [decision_view(services.database, each) for each in found.resolutions],
        "feed": _followed("/v1/register/resolutions.atom", form.query),
        "verbs": [(each.value, upper_first(each.value)) for each in Verb],
    }
    return register_page(request, "register_resolutions.html", form, overview, context)


@router.get("/register/commitments")
def commitments_page(request: Request, services: ServicesDep, overview: OverviewDep) -> HTMLResponse:
    """List who promised what by when, the soonest due first, and what later papers say of it."""
    form = filled_form(request.query_params, CommitmentsQueryBody)
    on, asked = form.query.on or today(), form.query.value()
    verdicts = verdicts_of(services)
    with services.database.reading() as reader:
        listed, counts = page_of_commitments(reader, asked, PUBLIC_ONLY, on, verdicts, _slice(form.number))
        total = sum(counts[state] for state in asked.states or counts)
        numbers = pages_of(form, request.url.path, total, _PAGE)
        if numbers.number != form.number:
            last = _slice(numbers.number)
            listed, _ = page_of_commitments(reader, asked, PUBLIC_ONLY, on, verdicts, last)
        shown = [CommitmentBody.of(reader, each, PUBLIC_ONLY) for each in listed]
    context = {
        "listing": numbers,
        "total": total,
        "commitments": [commitment_view(services.database, each) for each in shown],
        "on": on,
        "state_names": [(each.value, upper_first(each.value)) for each in STATES],
        "counts": {each.value: counts[each] for each in STATES},
        "tags": TAGS,
        "sources": [(each.value, upper_first(SOURCE[each])) for each in _SOURCES],
        "calendar": _followed("/v1/register/due.ics", form.query),
    }
    return register_page(request, "register_commitments.html", form, overview, context)


def _slice(number: int) -> slice:
    return slice((number - 1) * _PAGE, number * _PAGE)


@router.get("/register/matters")
def matters_page(request: Request, services: ServicesDep, overview: OverviewDep) -> HTMLResponse:
    """List subjects that came before meetings more than once, the one that came up last first."""
    form = filled_form(request.query_params, MattersQueryBody)
    with services.database.reading() as reader:
        total = matters(reader, form.query.value(), None, PUBLIC_ONLY).total
        numbers = pages_of(form, request.url.path, total, PAGE_SIZE)
        cursor = encode_cursor((numbers.number - 1) * PAGE_SIZE)
        found = matters(reader, form.query.value(), cursor, PUBLIC_ONLY)
    context = {"listing": numbers, "total": total, "matters": found.matters}
    return register_page(request, "register_matters.html", form, overview, context)


@router.get("/register/matters/{matter_id}")
def matter_page(request: Request, matter_id: str, services: ServicesDep) -> HTMLResponse:
    """Show one subject across meetings: as a picture, and step by step."""
    with services.database.reading() as reader:
        found = matter(reader, matter_id, PUBLIC_ONLY, verdicts_of(services))
    steps = [
        (step.held_on, step.body or "Committee not stated", step.what == "resolved") for step in found.steps
    ]
    context = {
        "matter": found,
        "plot": timeline(steps),
        "checked": CHECKED_STEP,
        "steps": [(step, place_view(services.database, step.citation)) for step in found.steps],
    }
    return page(request, "register_matter.html", context)


@router.get("/register/conflicts")
def conflicts_page(request: Request, services: ServicesDep, overview: OverviewDep) -> HTMLResponse:
    """Show what papers do not agree on, both sides as printed."""
    form = filled_form(request.query_params, ConflictsQueryBody)
    with services.database.reading() as reader:
        found = request.app.state.contents.conflicts.current(reader, form.query, PUBLIC_ONLY)
    numbers = pages_of(form, request.url.path, len(found), _PAGE)
    first = (numbers.number - 1) * _PAGE
    context = {
        "listing": numbers,
        "total": len(found),
        "conflicts": [conflict_view(services.database, each) for each in found[first : first + _PAGE]],
        "kinds": [(kind, upper_first(about)) for kind, about in ABOUT.items()],
    }
    return register_page(request, "register_conflicts.html", form, overview, context)


def register_page(
    request: Request,
    name: str,
    form: FilledForm[Query],
    overview: OverviewDep,
    context: dict[str, Any],
) -> HTMLResponse:
    """Return a page of the register with its form."""
    bodies = sorted({body for council, body in overview.bodies if _fits(form.query, council)})
    given = {
        "form": form,
        "errors": form.errors,
        "several_councils": len(overview.councils) > 1,
        "councils": [(each, each) for each in overview.councils],
        "bodies": [(each, each) for each in bodies],
        **context,
    }
    return page(request, name, given, status=422 if form.errors else 200)


def _followed(path: str, query: RegisterQueryBody) -> str:
    """Return the address of a calendar or feed of the committees that a list is narrowed to."""
    pairs = [("council", each) for each in query.council] + [("body", each) for each in query.body]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _fits(query: Body, council: str | None) -> bool:
    wanted = getattr(query, "council", [])
    return not wanted or council in wanted
