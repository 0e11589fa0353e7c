"""Pages out of templates: everything that comes from a paper is text, never markup."""

from datetime import date
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from qa_service.web import words
from qa_service.web.assets import asset_url
from qa_service.web.focus import focused_lines
from qa_service.web.found_words import runs
from qa_service.web.line_breaks import heading_mark, lines, opening, symbols


def radio_id(name: str, number: int) -> str:
    """Return the id of a choice of a field: the first has the field's own, where errors lead to."""
    return name if number == 1 else f"{name}-{number}"


# Autoescape is on for every template and nothing in the templates switches it off: a test holds them to it.
ENVIRONMENT = Environment(
    loader=PackageLoader("qa_service.web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)
ENVIRONMENT.filters |= {
    "day": words.day,
    "moment": words.moment,
    "counted": words.counted,
    "in_state": words.in_state,
    "file_size": words.file_size,
    "sentence": words.sentence,
    "upper_first": words.upper_first,
    "kind_name": words.kind_name,
    "breakable": words.breakable,
    "lines": lines,
    "focused_lines": focused_lines,
    "opening": opening,
    "heading_mark": heading_mark,
    "symbols": symbols,
    "runs": runs,
}
ENVIRONMENT.globals |= {
    "asset_url": asset_url,
    "meeting_name": words.meeting_name,
    "page_name": words.page_name,
    "radio_id": radio_id,
}


def page(
    request: Request,
    name: str,
    context: dict[str, Any],
    *,
    status: int = 200,
    headers: dict[str, str] | None = None,
) -> HTMLResponse:
    """Return a page. Every template is given the request's path, and whether an officer is signed in."""
    sessions = request.app.state.sessions
    settings = request.app.state.services.settings
    given = {
        "path": request.url.path,
        "signed_in": sessions.is_open(request),
        "can_sign_in": settings.admin_key is not None,
        "operator": settings.operator,
        "contact": settings.contact,
        "several_councils": False,
        "today": date.today(),  # noqa: DTZ011 - the reader's calendar, as printed on the page
        **context,
    }
    return HTMLResponse(ENVIRONMENT.get_template(name).render(given), status, headers)
