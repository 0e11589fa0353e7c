"""Routes over papers: what there is, how it was read, its text and its original bytes."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from starlette.datastructures import UploadFile

from qa_service.api.dependencies import ServicesDep, require_admin
from qa_service.api.pagination import decode_cursor, encode_cursor
from qa_service.api.question_bodies import Body, FiltersBody
from qa_service.bootstrap import Services
from qa_service.documents.page_picture import PICTURE_WIDTHS, PdfFile
from qa_service.documents.source_text import PDF
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.errors import BadRequest, NotFound
from qa_service.ingestion.pipeline import LARGEST_FILE
from qa_service.ingestion.uploads import check_upload
from qa_service.store.blobs import blob_path, keep_stream
from qa_service.store.database import Row
from qa_service.store.documents import (
    find_document,
    find_page,
    meetings,
    pages_of,
    problems_of,
    text_of,
    visible_documents,
)
from qa_service.store.journal import Job

router = APIRouter(prefix="/v1")
# Put to use only where an administrator's key is set.
admin_router = APIRouter(prefix="/v1", dependencies=[Depends(require_admin)])
PageNumber = Annotated[int, Path(ge=1, le=1_000_000, description="counted from 1 in the file")]
_PAGE_SIZE = 100
_CHUNK = 1 << 20
_HEAD = 1024
# The form as OpenAPI says it, since the route reads it by itself.
_UPLOAD = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


class ProblemBody(Body):
    """Something that reading could not do."""

    code: str
    detail: str
    page: int | None


class PageSpanBody(Body):
    """A page and the characters that it covers."""

    number: int
    label: str | None
    start: int
    end: int


class PaperBody(Body):
    """One paper, without its text."""

    id: str
    file_name: str
    title: str
    kind: str
    council: str | None
    body: str | None
    held_on: date | None
    language: str
    access: str
    sha256: str
    media_type: str
    size: int
    characters: int
    added_at: str
    supersedes: str | None
    url: str | None

    @classmethod
    def of(cls, row: Row) -> "PaperBody":
        """Return the body of a document's row."""
        return cls(**{name: row[name] for name in PaperBody.model_fields})


class PaperDetailBody(PaperBody):
    """One paper with its pages and what reading it could not do."""

    pages: list[PageSpanBody]
    problems: list[ProblemBody]


class PapersBody(Body):
    """A page of papers; `next` asks for the following one."""

    documents: list[PaperBody]
    next: str | None


class PageTextBody(Body):
    """The text of one page and where it begins in the document."""

    number: int
    label: str | None
    start: int
    end: int
    text: str


class TextBody(Body):
    """The whole stored text: what every offset counts in."""

    text: str


class MeetingSummaryBody(Body):
    """One meeting and how many papers belong to it."""

    id: str
    council: str | None
    body: str | None
    held_on: date | None
    documents: int


class JobBody(Body):
    """An upload or removal and how far it is. `state`: queued, running, done or failed."""

    id: str
    made_at: str
    changed_at: str
    kind: str
    file_name: str
    state: str
    stage: str
    code: str | None
    detail: str | None

    @classmethod
    def of(cls, job: Job) -> "JobBody":
        """Return the body of a job."""
        return cls(**{name: getattr(job, name) for name in JobBody.model_fields})


class ListQuery(FiltersBody):
    """Which papers to list. A paper is listed where a part of it lies within all filters."""

    cursor: str | None = None


@router.get("/documents")
def list_documents(services: ServicesDep, query: Annotated[ListQuery, Query()]) -> PapersBody:
    """Return the papers by file name, a hundred at a time."""
    start = decode_cursor(query.cursor)
    with services.database.reading() as reader:
        rows = visible_documents(reader, PUBLIC_ONLY, query.value())
    page = rows[start : start + _PAGE_SIZE]
    more = start + _PAGE_SIZE < len(rows)
    return PapersBody(
        documents=[PaperBody.of(row) for row in page],
        next=encode_cursor(start + _PAGE_SIZE) if more else None,
    )


@router.get("/documents/{document_id}")
def get_document(document_id: str, services: ServicesDep) -> PaperDetailBody:
    """Return a paper, its pages, and what reading it could not do."""
    with services.database.reading() as reader:
        row = find_document(reader, document_id, PUBLIC_ONLY)
        pages = [
            PageSpanBody(number=page["number"], label=page["label"], start=page["start"], end=page["end"])
            for page in pages_of(reader, row["row"])
            if page["number"] is not None
        ]
        problems = [ProblemBody(**problem) for problem in problems_of(reader, row["row"])]
    return PaperDetailBody(**dict(PaperBody.of(row)), pages=pages, problems=problems)


@router.get("/documents/{document_id}/text")
def get_text(document_id: str, services: ServicesDep) -> TextBody:
    """Return the stored text of a paper."""
    with services.database.reading() as reader:
        return TextBody(text=text_of(reader, find_document(reader, document_id, PUBLIC_ONLY)["row"]))


@router.get(
    "/documents/{document_id}/pages/{number}.png",
    response_class=Response,
    responses={200: {"content": {"image/png": {}}, "description": "The picture"}},
)
def get_page_picture(
    request: Request,
    document_id: str,
    number: PageNumber,
    services: ServicesDep,
    *,
    large: Annotated[bool, Query(description="2,000 pixels wide instead of 1,000")] = False,
) -> Response:
    """Return a picture of a page of a PDF, counted from 1 in the file."""
    with services.database.reading() as reader:
        row = find_document(reader, document_id, PUBLIC_ONLY)
        find_page(reader, row["row"], number)
    width = PICTURE_WIDTHS[large]
    tag = f'"{row["sha256"][:32]}-{number}-{width}"'
    # Never shared, and asked for again: a paper that was removed is gone for those who saw it before too.
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if request.headers.get("If-None-Match") == tag:
        return Response(status_code=304, headers=headers)
    picture = services.pictures.picture(pdf_file(services, row), number, width)
    return Response(picture, media_type="image/png", headers=headers)


def pdf_file(services: Services, row: Row) -> PdfFile:
    """Return the stored PDF of a document's row. Raises NotFound for a paper of another kind."""
    if row["media_type"] != PDF:
        raise NotFound("page picture", row["id"])
    return PdfFile(blob_path(services.settings.data_dir, row["sha256"]), row["sha256"], row["file_name"])


@router.get("/documents/{document_id}/pages/{number}")
def get_page(document_id: str, number: PageNumber, services: ServicesDep) -> PageTextBody:
    """Return the text of a page, counted from 1 in the file."""
    with services.database.reading() as reader:
        page = find_page(reader, find_document(reader, document_id, PUBLIC_ONLY)["row"], number)
    return PageTextBody(**{name: page[name] for name in PageTextBody.model_fields})


@router.get("/documents/{document_id}/original")
def get_original(document_id: str, services: ServicesDep) -> FileResponse:
    """Return the file as it was ingested, to download and not to show."""
    with services.database.reading() as reader:
        row = find_document(reader, document_id, PUBLIC_ONLY)
    return FileResponse(
        blob_path(services.settings.data_dir, row["sha256"]),
        media_type=row["media_type"],
        filename=row["file_name"],
        headers={"Content-Security-Policy": "sandbox"},
    )


@router.get("/meetings")
def list_meetings(services: ServicesDep, query: Annotated[FiltersBody, Query()]) -> list[MeetingSummaryBody]:
    """Return the meetings that the papers record or were written for, newest first, undated ones last."""
    with services.database.reading() as reader:
        return [MeetingSummaryBody(**row) for row in meetings(reader, PUBLIC_ONLY, query.value())]


@admin_router.post("/documents", status_code=202, openapi_extra=_UPLOAD)
async def post_document(request: Request, services: ServicesDep) -> JobBody:
    """Take a paper in: kept and queued when this answers, read and published by the job.

    `async`, since the form must not be read before the key is: FastAPI reads the forms of plain routes first.
    """
    async with request.form(max_files=1, max_fields=1) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise BadRequest("the form has no file; send one as the field 'file'")
        name, sha256 = await run_in_threadpool(_kept, services, file)
    job = services.kept().queue("ingest", name, sha256)
    request.app.state.uploads.wake()
    return JobBody.of(job)


def _kept(services: Services, upload: UploadFile) -> tuple[str, str]:
    """Keep an upload's bytes; return its cleaned name and their SHA-256."""
    file = upload.file
    name = check_upload(upload.filename or "", file.read(_HEAD))
    file.seek(0)
    chunks = iter(lambda: file.read(_CHUNK), b"")
    return name, keep_stream(services.settings.data_dir, chunks, name, LARGEST_FILE)


@admin_router.delete("/documents/{document_id}", status_code=202)
def delete_document(document_id: str, request: Request, services: ServicesDep) -> JobBody:
    """Take a paper out of sight: queued when this answers."""
    with services.database.reading() as reader:
        row = find_document(reader, document_id, PUBLIC_ONLY)
    job = services.kept().queue("remove", row["file_name"], document_id)
    request.app.state.uploads.wake()
    return JobBody.of(job)


@admin_router.get("/jobs/{job_id}")
def get_job(job_id: str, services: ServicesDep) -> JobBody:
    """Return how far an upload or removal is."""
    return JobBody.of(services.kept().job(job_id))
