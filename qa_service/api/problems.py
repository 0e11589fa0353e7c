"""Errors as RFC 9457 problems: one table, no stack, no path, no text of a document."""

import logging
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from qa_service.api.invalid import as_error, misfits
from qa_service.errors import (
    BadRequest,
    IndexMismatch,
    IndexUnavailable,
    NotFound,
    PicturesBusy,
    QAServiceError,
    SourceError,
    SourceTooLarge,
    StorageFull,
    StoreError,
    Unauthorised,
    UnsupportedType,
    WriterBusy,
)

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
# What a route may answer besides: FastAPI would else promise a form of error that we do not use.
PROBLEMS: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "What went wrong and what to do, as RFC 9457 has it, with a stable code",
        "content": {
            MEDIA_TYPE: {
                "schema": {
                    "type": "object",
                    "required": ["type", "title", "status", "code", "detail"],
                    "properties": {
                        "type": {"type": "string"},
                        "title": {"type": "string"},
                        "status": {"type": "integer"},
                        "code": {"type": "string"},
                        "detail": {"type": "string"},
                        "errors": {"type": "array", "items": {"type": "object"}},
                    },
                }
            }
        },
    }
}
# The first class that fits decides: special ones come before those that they are kinds of.
_STATUS: tuple[tuple[type[QAServiceError], int], ...] = (
    (Unauthorised, 401),
    (NotFound, 404),
    (WriterBusy, 409),
    (SourceTooLarge, 413),
    (UnsupportedType, 415),
    (PicturesBusy, 503),
    (SourceError, 422),
    (BadRequest, 422),
    (StorageFull, 507),
    (IndexMismatch, 503),
    (IndexUnavailable, 503),
    (StoreError, 503),
)


def status_of(error: QAServiceError) -> int:
    """Return the HTTP status of an error; 500 for one that the table forgot."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)


def problem(status: int, code: str, detail: str, **more: Any) -> JSONResponse:  # noqa: ANN401 - members are free
    """Return a problem document. `code` is stable; `detail` says what to do."""
    body = {"type": "about:blank", "title": code.replace("_", " "), "status": status, "code": code}
    return JSONResponse({**body, "detail": detail, **more}, status, media_type=MEDIA_TYPE)


def on_service_error(_: Request, error: Exception) -> JSONResponse:
    """Turn an error of ours into a problem."""
    assert isinstance(error, QAServiceError)
    status = status_of(error)
    if status >= 500:  # noqa: PLR2004 - where HTTP begins to blame the server
        log.error("request failed", extra={"code": error.code}, exc_info=error)
    response = problem(status, error.code, str(error))
    if status in {409, 503}:
        response.headers["Retry-After"] = "30"
    if isinstance(error, Unauthorised):
        response.headers["WWW-Authenticate"] = "X-Admin-Key"
    return response


def on_invalid_request(_: Request, error: Exception) -> JSONResponse:
    """Turn a body or query that does not fit the contract into a problem that names each field."""
    assert isinstance(error, RequestValidationError)
    ours = as_error(error.errors())
    fields = [{"field": field, "why": why} for field, why in misfits(error.errors())]
    return problem(422, ours.code, str(ours), errors=fields)


def on_unexpected(request: Request, error: Exception) -> JSONResponse:
    """Turn anything else into a problem that says nothing of its cause; the log has it."""
    log.error("unexpected", extra={"path": request.url.path}, exc_info=error)
    return problem(500, "internal", "something went wrong on our side; the log has the details")
