"""For officers: send papers in, watch them being read, see what failed and what to do, take papers out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, BinaryIO

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from qa_service.api.dependencies import ServicesDep
from qa_service.bootstrap import Services
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.errors import SourceError
from qa_service.ingestion.pipeline import LARGEST_FILE
from qa_service.ingestion.uploads import check_upload, clean_name
from qa_service.store.blobs import keep_stream
from qa_service.store.database import Row
from qa_service.store.documents import find_document, gaps_of
from qa_service.store.journal import Job
from qa_service.store.reading import papers_by_hash
from qa_service.web import words
from qa_service.web.rendering import page
from qa_service.web.sessions import SessionsDep, require_officer

router = APIRouter(prefix="/officers", include_in_schema=False, dependencies=[Depends(require_officer)])

_HEAD = 1024
_CHUNK = 1 << 20
_MOST_FILES = 100
_RELOAD_SECONDS = "5"
_STAGES = ("Waiting", "Reading", "Publishing", "Done")
_STAGE_OF = {"waiting": 0, "waiting for another writer": 0, "reading": 1, "publishing": 2, "published": 3}


@dataclass(frozen=True, slots=True)
class JobView:
    """A job in words. `paper` is the row of the paper that it made; `gaps` counts what could not be read."""

    job: Job
    state: str
    doing: str
    at: str
    advice: str | None
    paper: Row | None
    gaps: int

    @property
    def reason(self) -> str:
        """Why it failed, in plain words; empty if it did not fail."""
        return words.REASON.get(self.job.code or "") or words.sentence(self.job.detail or "")

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that a job of this kind goes through."""
        return _STAGES if self.job.kind == "ingest" else tuple(each for each in _STAGES if each != "Reading")

    @property
    def unfinished(self) -> bool:
        """Whether it will still change by itself."""
        return self.job.state in {"queued", "running"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one file that was sent: a job, or the reason why it was not taken."""

    name: str
    job: Job | None = None
    why_not: str | None = None
    advice: str | None = None


@router.get("")
def officers_page(request: Request, services: ServicesDep) -> HTMLResponse:
    """Show the form to send papers, and the latest jobs."""
    return _start(request, services, {}, [], 200)


@router.post("/upload")
async def upload(request: Request, services: ServicesDep, sessions: SessionsDep) -> Response:
    """Take files in: each is kept and queued when this answers, or refused with a reason.

    The one route that is `async`: the form must not be read before the officer is known, and FastAPI
    reads the forms of plain routes first.
    """
    async with request.form(max_files=_MOST_FILES, max_fields=4) as form:
        sessions.check_form(request, str(form.get("token", "")))
        files = [each for each in form.getlist("files") if isinstance(each, UploadFile) and each.filename]
        sent = [await run_in_threadpool(_taken, services, each.filename or "", each.file) for each in files]
    request.app.state.uploads.wake()
    if not sent:
        return _start(request, services, {"files": "Choose at least one file"}, [], 422)
    if all(each.job for each in sent):
        return RedirectResponse("/officers/jobs", 303)
    return _start(request, services, {}, sent, 422)


@router.get("/jobs")
def jobs_page(request: Request, services: ServicesDep, *, watch: bool = False) -> HTMLResponse:
    """Show what was done and what is being done; with `watch`, load again by itself until all is done."""
    jobs = [_view(services, job) for job in services.kept().jobs()]
    return _watched(
        request, "jobs.html", {"jobs": jobs}, unfinished=any(each.unfinished for each in jobs), watch=watch
    )


@router.get("/jobs/{job_id}")
def job_page(request: Request, job_id: str, services: ServicesDep, *, watch: bool = False) -> HTMLResponse:
    """Show one job: its stages, or why it failed and what to do."""
    view = _view(services, services.kept().job(job_id))
    return _watched(request, "job.html", {"view": view}, unfinished=view.unfinished, watch=watch)


@router.get("/papers/{document_id}/remove")
def remove_page(request: Request, document_id: str, services: ServicesDep) -> HTMLResponse:
    """Ask whether a paper is really to go."""
    with services.database.reading() as reader:
        paper = find_document(reader, document_id, PUBLIC_ONLY)
    token = request.app.state.sessions.form_token(request)
    return page(request, "remove.html", {"paper": paper, "token": token})


@router.post("/papers/{document_id}/remove")
def remove(
    request: Request,
    document_id: str,
    services: ServicesDep,
    sessions: SessionsDep,
    token: Annotated[str, Form()] = "",
) -> Response:
    """Queue the removal of a paper, and go on to its job."""
    sessions.check_form(request, token)
    with services.database.reading() as reader:
        paper = find_document(reader, document_id, PUBLIC_ONLY)
    job = services.kept().queue("remove", paper["file_name"], document_id)
    request.app.state.uploads.wake()
    return RedirectResponse(f"/officers/jobs/{job.id}", 303)


def _start(
    request: Request, services: Services, errors: dict[str, str], sent: list[Sent], status: int
) -> HTMLResponse:
    jobs = [_view(services, job) for job in services.kept().jobs()[:5]]
    context = {
        "errors": errors,
        "sent": sent,
        "jobs": jobs,
        "unfinished": any(each.unfinished for each in jobs),
        "token": request.app.state.sessions.form_token(request),
        "largest": f"{LARGEST_FILE // 2**20} MB",
    }
    return page(request, "officers.html", context, status=status)


def _taken(services: Services, name: str, file: BinaryIO) -> Sent:
    """Keep a file and queue it, or say why not."""
    try:
        cleaned = check_upload(name, file.read(_HEAD))
        file.seek(0)
        read: Callable[[], bytes] = lambda: file.read(_CHUNK)  # noqa: E731 - a name for iter's sake
        sha256 = keep_stream(services.settings.data_dir, iter(read, b""), cleaned, LARGEST_FILE)
    except SourceError as error:
        why_not = words.REASON.get(error.code) or words.sentence(error.why)
        return Sent(clean_name(name), why_not=why_not, advice=words.ADVICE.get(error.code))
    return Sent(cleaned, services.kept().queue("ingest", cleaned, sha256))


def _watched(
    request: Request, template: str, context: dict[str, Any], *, unfinished: bool, watch: bool
) -> HTMLResponse:
    """Return a page that a script keeps fresh; without one it loads again by itself where that was chosen."""
    headers = {"Refresh": _RELOAD_SECONDS} if watch and unfinished else None
    given = {**context, "unfinished": unfinished, "watch": watch, "seconds": _RELOAD_SECONDS}
    return page(request, template, given, headers=headers)


def _view(services: Services, job: Job) -> JobView:
    paper, gaps = _made(services, job) if job.state == "done" and job.kind == "ingest" else (None, 0)
    at = _STAGES[_STAGE_OF.get(job.stage, 1)]
    at = "Publishing" if at == "Reading" and job.kind != "ingest" else at  # nothing is read to remove a paper
    return JobView(
        job=job,
        state=words.STATE[job.state],
        doing=at if job.state == "running" else words.STATE[job.state],
        at=at,
        advice=words.ADVICE.get(job.code or "") if job.state == "failed" else None,
        paper=paper,
        gaps=gaps,
    )


def _made(services: Services, job: Job) -> tuple[Row | None, int]:
    """Return the paper that an upload made, if it is still there, and how many gaps it has."""
    with services.database.reading() as reader:
        papers = papers_by_hash(reader, job.target, PUBLIC_ONLY)
        named = [each for each in papers if each["file_name"] == job.file_name] or papers
        if not named:
            return None, 0
        return named[0], gaps_of(reader, named[0]["row"])
