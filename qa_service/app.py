"""The application: routes, pages, errors and headers put together."""

import gc
import logging
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from threading import Thread

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from prometheus_client import Histogram
from starlette.exceptions import HTTPException

from qa_service.api import answers, documents, operations, register
from qa_service.api.body_limit import BodyLimit
from qa_service.api.problems import PROBLEMS, on_invalid_request, on_service_error, on_unexpected, problem
from qa_service.bootstrap import Services
from qa_service.errors import IndexUnavailable, QAServiceError, WriterBusy
from qa_service.ingestion.uploads import Failed, UploadWorker, run_job
from qa_service.store.blobs import BLOBS_FOLDER
from qa_service.store.journal import Job
from qa_service.web import (
    about,
    ask,
    assets,
    attendance,
    browse,
    commitment,
    coverage,
    evaluation,
    links,
    officers,
    paper,
    sign_in,
    source,
)
from qa_service.web import register as register_pages
from qa_service.web.contents import Contents
from qa_service.web.problems import (
    fault_page,
    http_error,
    invalid_request_page,
    is_page,
    problem_page,
    service_error_page,
)
from qa_service.web.sessions import Sessions
from qa_service.web.words import sentence

log = logging.getLogger(__name__)

PAGES = (
    assets,
    ask,
    browse,
    register_pages,
    commitment,
    attendance,
    coverage,
    paper,
    source,
    sign_in,
    officers,
    links,
    evaluation,
    about,
)
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
    key = services.settings.admin_key
    app.state.services = services
    app.state.sessions = Sessions(key.get_secret_value() if key else None)
    app.state.contents = Contents()
    routers = [answers.router, documents.router, operations.router, register.router]
    if services.settings.admin_key is not None:
        routers += [documents.admin_router, register.admin_router]
    for router in routers:
        app.include_router(router, responses=PROBLEMS)
    for module in PAGES:
        app.include_router(module.router)
    app.add_exception_handler(QAServiceError, _service_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(Exception, _unexpected)
    app.add_middleware(BodyLimit, refusal=_too_large)
    app.middleware("http")(_observed)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    services: Services = app.state.services
    Thread(target=_prepare_pictures, args=(services,), name="pictures", daemon=True).start()
    if services.journal is None:
        with _settled():
            yield
        return
    worker = UploadWorker(services.journal, partial(_work, services), partial(_repair, services))
    app.state.uploads = worker
    worker.start()
    try:
        with _settled():
            yield
    finally:
        worker.stop()


@contextmanager
def _settled() -> Iterator[None]:
    """Keep what lives as long as the service from being walked at every collection of garbage.

    A list of a large register makes garbage enough for a full collection: some pages took twice as long.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _work(services: Services, job: Job) -> Failed | None:
    """Do a job; whatever goes wrong ends this job and not the worker. Raises WriterBusy."""
    journal, data_dir = services.kept(), services.settings.data_dir
    try:
        with services.open_ingestion() as ingestion:
            return run_job(
                ingestion, data_dir, job, lambda: journal.update_job(job.id, "running", "publishing")
            )
    except WriterBusy:
        raise
    except QAServiceError as error:
        return error.code, str(error)
    except Exception:  # the outermost edge of the worker's thread
        log.exception("job failed", extra={"job": job.id})
        return "internal", "something went wrong on our side; the log has the details"


def _repair(services: Services) -> bool:
    """Rebuild damaged index files from their rows; return whether that was done."""
    try:
        with services.open_ingestion():  # opening recovers
            return True
    except QAServiceError:
        log.exception("index files not rebuilt")
        return False


def _prepare_pictures(services: Services) -> None:
    """Forget the pictures of papers that are gone, and have a process ready for the first page."""
    blobs = services.settings.data_dir / BLOBS_FOLDER
    services.pictures.discard(lambda sha256: (blobs / sha256).is_file())
    services.pictures.warm()


def _service_error(request: Request, error: Exception) -> Response:
    """Answer an error of ours as a page to people, as a problem to programs; have a damaged index mended."""
    assert isinstance(error, QAServiceError)
    if isinstance(error, IndexUnavailable) and (worker := getattr(request.app.state, "uploads", None)):
        worker.mend()
    return service_error_page(request, error) if is_page(request) else on_service_error(request, error)


def _too_large(request: Request, detail: str) -> Response:
    if is_page(request):
        return problem_page(request, 413, [sentence(detail)])
    return problem(413, "too_large", detail)


def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return invalid_request_page(request, error) if is_page(request) else on_invalid_request(request, error)


def _unexpected(request: Request, error: Exception) -> Response:
    """Answer what nobody foresaw. This runs outside of the middleware, so the headers are added here."""
    problem = on_unexpected(request, error)
    return _with_headers(request, fault_page(request) if is_page(request) else problem)


def _with_headers(request: Request, response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.url.scheme == "https":
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    response.headers["X-Request-Id"] = secrets.token_hex(8)
    return response


async def _observed(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    """Add the headers that every response has, and count."""
    started = time.perf_counter()
    response = _with_headers(request, await call_next(request))
    route = getattr(request.scope.get("route"), "path", "unknown")
    _SECONDS.labels(request.method, route, response.status_code).observe(time.perf_counter() - started)
    return response
