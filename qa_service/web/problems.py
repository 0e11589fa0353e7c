"""Errors as pages: what went wrong and what to do, in words; never a stack, a path or a paper's text."""

import logging

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from qa_service.api.problems import problem, status_of
from qa_service.errors import NotFound, QAServiceError
from qa_service.web import words
from qa_service.web.rendering import page
from qa_service.web.sessions import SignInNeeded, TooManyAttempts

log = logging.getLogger(__name__)

_HEADINGS = {
    400: "That could not be read",
    404: "Page not found",
    405: "That cannot be done here",
    409: "Busy just now",
    413: "That is too large",
    415: "That kind of file is not read",
    422: "That could not be done",
    429: "Too many attempts",
    503: "Not available just now",
    507: "No space left",
}
_FAULT = "Something went wrong"
_API = ("/v1/", "/healthz", "/readyz", "/metrics")


def is_page(request: Request) -> bool:
    """Return whether the request is for a page for people, and not for the API."""
    return not request.url.path.startswith(_API)


def service_error_page(request: Request, error: QAServiceError) -> Response:
    """Return the page of an error of ours; the sign-in page for somebody who must sign in first."""
    if isinstance(error, SignInNeeded):
        onward = request.url.path if request.method == "GET" else "/officers"
        return RedirectResponse(f"/officers/sign-in?onward={onward}", 303)
    status = 429 if isinstance(error, TooManyAttempts) else status_of(error)
    if status >= 500:  # noqa: PLR2004 - where HTTP begins to blame the server
        log.error("page failed", extra={"code": error.code}, exc_info=error)
    if isinstance(error, NotFound):
        lines = ["There is nothing at this address. It may have been removed, or the link may be incomplete."]
    else:
        lines = [words.sentence(str(error))]
    headers = {"Retry-After": "60"} if status in {429, 503} else None
    return problem_page(request, status, lines, headers)


def http_error_page(request: Request, error: HTTPException) -> Response:
    """Return the page of an error that the framework found: no such route, no such method."""
    lines = {
        404: ["There is nothing at this address. Check it for a slip, or begin from one of these:"],
        405: ["There is nothing to look at here: this address takes a form. Go back and send it again."],
    }
    return problem_page(
        request, error.status_code, lines.get(error.status_code, [words.sentence(str(error.detail))])
    )


def http_error(request: Request, error: Exception) -> Response:
    """Return a framework's error as a page or as a problem, as was asked for."""
    assert isinstance(error, HTTPException)
    if is_page(request):
        return http_error_page(request, error)
    code = error.detail.lower().replace(" ", "_")
    return problem(error.status_code, code, str(error.detail))


def invalid_request_page(request: Request, _: RequestValidationError) -> Response:
    """Return the page for an address or a form that does not fit."""
    return problem_page(
        request, 422, ["The address or the form was not complete. Go back and try once more."]
    )


def fault_page(request: Request) -> Response:
    """Return the page for anything that nobody foresaw; the log has the cause."""
    return problem_page(
        request, 500, ["This is a fault of the service, not yours. Its log has the details. Try again later."]
    )


def problem_page(
    request: Request, status: int, lines: list[str], headers: dict[str, str] | None = None
) -> Response:
    """Return a page that says what went wrong."""
    context = {"heading": _HEADINGS.get(status, _FAULT), "lines": lines}
    return page(request, "problem.html", context, status=status, headers=headers)
