"""Officers sign in with the administrator's key, and out."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qa_service.api.dependencies import ServicesDep
from qa_service.errors import NotFound
from qa_service.web.rendering import page
from qa_service.web.sessions import COOKIE, SessionsDep, keep_cookie

router = APIRouter(prefix="/officers", include_in_schema=False)

_HOME = "/officers"
_OWN_PATH = re.compile(r"/(?:officers|evaluation)(?:/[\w-]+)*")


@router.get("/sign-in")
def sign_in_page(
    request: Request,
    services: ServicesDep,
    sessions: SessionsDep,
    onward: Annotated[str, "where to go then"] = _HOME,
) -> Response:
    """Show the form; go on to the officers' pages if signed in already."""
    if services.settings.admin_key is None:
        raise NotFound("page", "sign-in")
    if sessions.is_open(request):
        return RedirectResponse(_own(onward), 303)
    return _form(request, onward, {}, 200)


@router.post("/sign-in")
def sign_in(
    request: Request,
    services: ServicesDep,
    sessions: SessionsDep,
    key: Annotated[str, Form()] = "",
    token: Annotated[str, Form()] = "",
    onward: Annotated[str, Form()] = _HOME,
) -> Response:
    """Begin a session for the right key; show the form again for another."""
    if services.settings.admin_key is None:
        raise NotFound("page", "sign-in")
    sessions.check_form(request, token)
    session = sessions.sign_in(key.strip())
    if session is None:
        return _form(request, onward, {"key": "This is not the administrator's key"}, 401)
    response = RedirectResponse(_own(onward), 303)
    keep_cookie(request, response, session)
    return response


@router.post("/sign-out")
def sign_out(request: Request, sessions: SessionsDep, token: Annotated[str, Form()] = "") -> Response:
    """End the session."""
    sessions.check_form(request, token)
    sessions.end(request)
    response = RedirectResponse("/", 303)
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return response


def _form(request: Request, onward: str, errors: dict[str, str], status: int) -> HTMLResponse:
    context = {
        "errors": errors,
        "onward": _own(onward),
        "token": request.app.state.sessions.form_token(request),
    }
    return page(request, "sign_in.html", context, status=status)


def _own(path: str) -> str:
    """Return a path of the officers' pages: never another site, whatever an address says."""
    return path if _OWN_PATH.fullmatch(path) else _HOME
