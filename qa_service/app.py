"""The application: routes, pages, errors and headers put together."""

import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from prometheus_client import Histogram

from qa_service.api import answers, documents, operations
from qa_service.api.problems import on_invalid_request, on_service_error, on_unexpected
from qa_service.bootstrap import Services, open_ingestion
from qa_service.errors import QAServiceError
from qa_service.ingestion.uploads import UploadWorker
from qa_service.web import pages

_SECONDS = Histogram("qa_request_seconds", "Time to answer a request", ("method", "route", "status"))
# Every page is ours alone: no third party is asked for anything, and document text is never markup.
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def make_app(services: Services) -> FastAPI:
    """Return the application over open services. Routes that change data exist only with an admin key."""
    app = FastAPI(
        title="Paperclerk",
        summary="Answers from council papers, with verbatim, page-exact citations.",
        docs_url=None,  # FastAPI's pages load scripts from elsewhere
        redoc_url=None,
        openapi_url="/v1/openapi.json",
        lifespan=_lifespan,
    )
    app.state.services = services
    app.include_router(answers.router)
    app.include_router(documents.router)
    if services.settings.admin_key is not None:
        app.include_router(documents.admin_router)
    app.include_router(operations.router)
    app.include_router(pages.router)
    app.add_exception_handler(QAServiceError, on_service_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
    app.add_exception_handler(Exception, on_unexpected)
    app.middleware("http")(_observed)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    if services.settings.admin_key is None or services.journal is None:
        yield
        return
    worker = UploadWorker(
        services.journal, services.settings.data_dir, lambda: open_ingestion(services.settings)
    )
    app.state.uploads = worker
    worker.start()
    try:
        yield
    finally:
        worker.stop()


async def _observed(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Add the headers that every response has, and count."""
    started = time.perf_counter()
    response = await call_next(request)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-Id"] = secrets.token_hex(8)
    route = getattr(request.scope.get("route"), "path", "unknown")
    _SECONDS.labels(request.method, route, response.status_code).observe(time.perf_counter() - started)
    return response
