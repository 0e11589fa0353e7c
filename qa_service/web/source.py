"""The source view: the very page that a citation names, its picture and its text, with the words marked."""

from dataclasses import dataclass, replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qa_service.answering.citations import cite, reference_of
from qa_service.api.bodies import CitationBody
from qa_service.api.dependencies import ServicesDep
from qa_service.api.documents import PageNumber, pdf_file
from qa_service.bootstrap import Services
from qa_service.documents.quote_boxes import Box, PageCharacters, quote_boxes
from qa_service.documents.source_text import PDF
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.spans import Span
from qa_service.errors import IntegrityFailure, NotFound, SourceError, UnsupportedCitation
from qa_service.store.database import Connection, Row
from qa_service.store.documents import find_document, find_page
from qa_service.store.reading import blocks_within, outline_rows, page_places
from qa_service.web import words
from qa_service.web.contents import OverviewDep
from qa_service.web.outline import outline
from qa_service.web.problems import problem_page
from qa_service.web.rendering import page
from qa_service.web.text_view import text_blocks

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class PictureView:
    """The picture of a page in points, with the boxes of the quoted words; or why there is none.

    `unplaced`: words were quoted that could not be found on the picture.
    """

    width: float = 0.0
    height: float = 0.0
    boxes: tuple[Box, ...] = ()
    unplaced: bool = False
    why_not: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """The words that the address asks to be marked, cited; `wrong` where it names no words of the paper."""

    span: Span | None = None
    citation: CitationBody | None = None
    wrong: bool = False


@router.get("/documents/{document_id}/pages", response_class=HTMLResponse)
def go_to_page(
    request: Request, document_id: str, services: ServicesDep, asked: Annotated[str, Query(alias="page")] = ""
) -> Response:
    """Go to the page with this printed number, or else to that page of the file."""
    with services.database.reading() as reader:
        paper = find_document(reader, document_id, PUBLIC_ONLY)
        pages = [each for each in page_places(reader, paper["row"]) if each.number is not None]
    wanted = asked.strip().casefold()
    found = next((each for each in pages if wanted and (each.label or "").casefold() == wanted), None)
    found = found or next((each for each in pages if wanted == str(each.number)), None)
    if found is None:
        said = f"This paper has no page “{asked.strip()}”. It has {words.counted(len(pages), 'page')}."
        return problem_page(request, 404, [said])
    return RedirectResponse(f"/documents/{document_id}/pages/{found.number}", 303)


@router.get("/documents/{document_id}/pages/{number}")
def page_view(
    request: Request,
    document_id: str,
    number: PageNumber,
    services: ServicesDep,
    overview: OverviewDep,
    start: str = "",
    end: str = "",
) -> HTMLResponse:
    """Show a page of a paper, with the words from `start` to `end` marked."""
    with services.database.reading() as reader:
        paper = find_document(reader, document_id, PUBLIC_ONLY)
        row = find_page(reader, paper["row"], number)
        span = Span(row["start"], row["end"])
        marked = marked_words(reader, paper, start, end)
        pages = page_places(reader, paper["row"])
        at = marked.span.start if marked.span and marked.span.overlaps(span) else row["start"]
        context: dict[str, Any] = {
            "paper": paper,
            "meeting": overview.meeting_of(document_id),
            "number": number,
            "label": row["label"],
            "pages": len(pages),
            "marked": marked,
            "reference": _reference(reader, paper, span),
            "on_page": marked.span is not None and marked.span.overlaps(span),
            "before": marked.span is not None and marked.span.start < span.start,
            "after": marked.span is not None and marked.span.end > span.end,
            "blocks": text_blocks(
                row["text"], row["start"], blocks_within(reader, paper["row"], span), marked.span
            ),
            "outline": outline(document_id, outline_rows(reader, paper["row"]), pages, at),
        }
    context["picture"] = _picture(services, paper, row, marked.span)
    return page(request, "page.html", context)


def marked_words(reader: Connection, paper: Row, start: str, end: str) -> Marked:
    """Return the words that an address marks. Nothing in it can fail: a wrong place is said to be wrong."""
    if not start and not end:
        return Marked()
    try:
        span = Span(int(start), int(end))
        return Marked(span, CitationBody.of(1, cite(reader, paper["id"], span, PUBLIC_ONLY)))
    except (ValueError, IndexError, OverflowError, UnsupportedCitation):
        return Marked(wrong=True)


def _reference(reader: Connection, paper: Row, page: Span) -> str | None:
    """Return the line to cite a whole page by, without item or minute: it may hold several. None if blank."""
    try:
        found = cite(reader, paper["id"], page, PUBLIC_ONLY)
    except UnsupportedCitation:
        return None
    segment = replace(found.segment, item=None, minute=None, paragraph=None)
    return reference_of(replace(found, segment=segment))


def _picture(services: Services, paper: Row, row: Row, quote: Span | None) -> PictureView:
    if paper["media_type"] != PDF:
        return PictureView(why_not="Only PDF files have pictures of their pages.")
    try:
        characters = services.pictures.characters(pdf_file(services, paper), row["number"])
    except (SourceError, IntegrityFailure, NotFound) as error:
        return PictureView(why_not=f"There is no picture of this page: {error}.")
    boxes = _boxes(row, quote, characters)
    return PictureView(characters.width, characters.height, boxes or (), unplaced=boxes is None, why_not=None)


def _boxes(row: Row, quote: Span | None, characters: PageCharacters) -> tuple[Box, ...] | None:
    """Return the boxes of the part of the quote that stands on the page; None where they cannot be told."""
    span = Span(row["start"], row["end"])
    if quote is None or not quote.overlaps(span):
        return ()
    inside = Span(max(quote.start, span.start), min(quote.end, span.end)).shifted(-span.start)
    if not inside.of(row["text"]).strip():
        return ()
    return quote_boxes(row["text"], inside, characters)
