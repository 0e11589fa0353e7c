"""One paper: what it is, how it was read, its structure, a search in it; the text of one without pages."""

import json
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from qa_service.api.asking import search
from qa_service.api.dependencies import ServicesDep
from qa_service.api.question_bodies import AskBody, FiltersBody
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.spans import Span
from qa_service.errors import BadRequest
from qa_service.store.copies import papers_sharing
from qa_service.store.database import Connection, Row
from qa_service.store.documents import find_document, gaps_of, problems_of, slice_of
from qa_service.store.reading import (
    PagePlace,
    blocks_within,
    discrepancies_of,
    outline_rows,
    page_places,
    part_statuses,
)
from qa_service.web import words
from qa_service.web.contents import OverviewDep
from qa_service.web.found_words import searched_words
from qa_service.web.outline import outline
from qa_service.web.rendering import page
from qa_service.web.reply_view import place_view
from qa_service.web.source import Marked, marked_words
from qa_service.web.text_view import text_blocks

router = APIRouter(include_in_schema=False)

_STRETCH = 12_000
"""Characters of a source without pages that one page shows."""
_HITS = 20
_NEAREST = 5
"""Passages shown where none holds a word that was looked for."""


@dataclass(frozen=True, slots=True)
class ProblemView:
    """What reading could not do, as the end of a sentence on the pages that it concerns, or on the file."""

    meaning: str
    detail: str
    pages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DifferenceView:
    """A place where the paper contradicts itself, and where to see it."""

    note: str
    urls: tuple[str, ...]


@router.get("/documents/{document_id}", response_class=HTMLResponse)
def paper_page(
    request: Request,
    document_id: str,
    services: ServicesDep,
    overview: OverviewDep,
    start: str = "",
    end: str = "",
    at: str = "",
) -> Response:
    """Show what is known of a paper; below it, where it has no pages, a stretch of its text."""
    with services.database.reading() as reader:
        paper = find_document(reader, document_id, PUBLIC_ONLY)
        pages = page_places(reader, paper["row"])
        marked = marked_words(reader, paper, start, end)
        if marked.citation is not None and marked.citation.page is not None:
            return RedirectResponse(marked.citation.url, 303)
        place = marked.span.start if marked.span else int(at) if at.isdecimal() and len(at) < 12 else 0  # noqa: PLR2004 - digits
        context = {
            "paper": paper,
            "meeting": overview.meeting_of(document_id),
            "shared": papers_sharing(reader, paper["row"], PUBLIC_ONLY),
            "pages": sum(each.number is not None for each in pages),
            "marked": marked,
            "statuses": [
                words.STATUS[each] for each in part_statuses(reader, paper["row"]) if words.STATUS[each]
            ],
            "problems": _problems(problems_of(reader, paper["row"])),
            "gaps": gaps_of(reader, paper["row"]),
            "differences": _differences(document_id, discrepancies_of(reader, paper["row"]), pages),
            "outline": outline(document_id, outline_rows(reader, paper["row"]), pages, None),
            "stretch": _stretch(reader, paper, place, marked) if pages[0].number is None else None,
        }
    return page(request, "paper.html", context)


@router.get("/documents/{document_id}/find")
def find_page(
    request: Request, document_id: str, services: ServicesDep, overview: OverviewDep, q: str = ""
) -> HTMLResponse:
    """Show the passages of one paper that hold the words; where none does, the nearest in meaning."""
    with services.database.reading() as reader:
        paper = find_document(reader, document_id, PUBLIC_ONLY)
    hits, errors = [], {}
    q = " ".join(q.split())
    searched = searched_words(q)
    if q:
        try:
            asked = AskBody(
                question=q, filters=FiltersBody(documents=[document_id]), wide=["council", "body", "dates"]
            )
            hits = search(services, asked, _HITS, PUBLIC_ONLY).hits
        except BadRequest as error:
            errors["q"] = words.sentence(str(error))
    else:
        errors["q"] = "Type the words to look for"
    holding = [hit for hit in hits if searched and searched.search(hit.quote)]
    context = {
        "paper": paper,
        "meeting": overview.meeting_of(document_id),
        "q": q,
        "errors": errors,
        "searched": searched,
        "holding": bool(holding),
        "places": [place_view(services.database, hit) for hit in holding or hits[:_NEAREST]],
    }
    return page(request, "find.html", context, status=422 if errors else 200)


def _problems(rows: list[Row]) -> list[ProblemView]:
    """Return the problems, those of one kind and cause as one."""
    found: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        detail = "" if row["code"] == "no_text" else row["detail"]
        found.setdefault((row["code"], detail), []).extend([row["page"]] if row["page"] else [])
    return [
        ProblemView(words.PROBLEM[code][len(pages) > 1], detail, tuple(sorted(pages)))
        for (code, detail), pages in found.items()
    ]


def _differences(document_id: str, rows: list[Row], pages: list[PagePlace]) -> list[DifferenceView]:
    return [
        DifferenceView(
            words.sentence(row["note"]),
            tuple(place_url(document_id, start, end, pages) for start, end in json.loads(row["spans"])),
        )
        for row in rows
    ]


def place_url(document_id: str, start: int, end: int, pages: list[PagePlace]) -> str:
    """Return where a place of a paper is shown, marked."""
    found = pages[bisect_right([each.span.start for each in pages], start) - 1]
    place = f"/pages/{found.number}" if found.number is not None else ""
    return f"/documents/{document_id}{place}?start={start}&end={end}#quote"


def _stretch(reader: Connection, paper: Row, at: int, marked: Marked) -> dict[str, Any]:
    """Return the stretch of text that holds the character `at`, and where its neighbours begin."""
    whole = Span(0, paper["characters"])
    cuts = _cuts([block.span for block in blocks_within(reader, paper["row"], whole)])
    index = max(0, bisect_right(cuts[:-1], min(at, whole.end - 1)) - 1)
    span = Span(cuts[index], cuts[index + 1])
    text = slice_of(reader, paper["row"], span)
    return {
        "number": index + 1,
        "count": len(cuts) - 1,
        "before": cuts[index - 1] if index else None,
        "after": span.end if span.end < whole.end else None,
        "blocks": text_blocks(text, span.start, blocks_within(reader, paper["row"], span), marked.span),
    }


def _cuts(spans: list[Span]) -> list[int]:
    """Return where stretches begin, and where the last ends: at a segment's edge if one is near enough."""
    edges = [span.start for span in spans] + [spans[-1].end]
    cuts = [edges[0]]
    for edge, following in pairwise(edges):
        while following - cuts[-1] > _STRETCH:
            cuts.append(edge if edge > cuts[-1] else cuts[-1] + _STRETCH)
    return [*cuts, edges[-1]]
