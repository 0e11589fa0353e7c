"""Looking through what there is: meetings by council, committee and year; papers by kind; one meeting."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, Field

from qa_service.api.dependencies import ServicesDep
from qa_service.store.meeting_items import ItemPlace, items_of_meeting
from qa_service.store.overview import MeetingLine, Overview, PaperLine
from qa_service.web import words
from qa_service.web.contents import OverviewDep
from qa_service.web.rendering import page

router = APIRouter(include_in_schema=False)

Line = TypeVar("Line", MeetingLine, PaperLine)
PageOfList = Annotated[int, Query(alias="page", ge=1, le=100_000)]
_PAGE = 50
_UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Listing(Generic[Line]):
    """One page of a list, and the addresses of its neighbours."""

    items: Sequence[Line]
    total: int
    number: int
    pages: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a list can be narrowed to, and how many lines have it."""

    value: str
    count: int
    chosen: bool


@router.get("/meetings")
def meetings_page(
    request: Request,
    overview: OverviewDep,
    council: str = "",
    body: str = "",
    year: str = "",
    number: PageOfList = 1,
) -> HTMLResponse:
    """List meetings, newest first."""
    chosen = {"council": council, "body": body, "year": year}
    of_council = [each for each in overview.meetings if _fits(each.council, council)]
    found = [each for each in of_council if _fits(each.body, body) and _fits(_year(each), year)]
    context = {
        "councils": _choices(overview.meetings, lambda each: each.council, council),
        "bodies": _choices(of_council, lambda each: each.body, body),
        "years": _choices(of_council, _year, year)[::-1],
        "listing": _listing(found, number, "/meetings", chosen),
        "status_words": words.STATUS,
    }
    return page(request, "meetings.html", context)


class PapersQuery(BaseModel):
    """What narrows the list of papers. `title`: words that all occur in it; `attention`: not read whole."""

    council: str = ""
    body: str = ""
    kind: str = ""
    title: str = Field(default="", max_length=200)
    attention: str = ""
    page: int = Field(default=1, ge=1, le=100_000)


@router.get("/papers")
def papers_page(
    request: Request, overview: OverviewDep, asked: Annotated[PapersQuery, Query()]
) -> HTMLResponse:
    """List papers by title."""
    wanted = asked.title.casefold().split()
    of_council = [each for each in overview.papers if _fits(each.council, asked.council)]
    found = [
        each
        for each in of_council
        if _fits(each.body, asked.body)
        and _fits(each.kind, asked.kind)
        and (each.problems or not asked.attention)
        and all(word in each.title.casefold() for word in wanted)
    ]
    context = {
        "councils": _choices(overview.papers, lambda each: each.council, asked.council),
        "bodies": _choices(of_council, lambda each: each.body, asked.body),
        "kinds": _choices(of_council, lambda each: each.kind, asked.kind),
        "title": asked.title,
        "attention": bool(asked.attention),
        "listing": _listing(
            sorted(found, key=_by_title), asked.page, "/papers", asked.model_dump(exclude={"page"})
        ),
        "repeated": _repeated(overview.papers),
    }
    return page(request, "papers.html", context)


@router.get("/meetings/{meeting_id}")
def meeting_page(
    request: Request, meeting_id: str, services: ServicesDep, overview: OverviewDep
) -> HTMLResponse:
    """Show one meeting: its papers, and its items and minutes with where each begins."""
    meeting = overview.meeting(meeting_id)
    with services.database.reading() as reader:
        items = items_of_meeting(reader, meeting)
    earlier, later = neighbours(overview, meeting)
    context = {
        "meeting": meeting,
        "statuses": [words.STATUS[each] for each in meeting.statuses if words.STATUS.get(each)],
        "by_paper": _by_paper(items),
        "repeated": _repeated(meeting.papers),
        "earlier": earlier,
        "later": later,
    }
    return page(request, "meeting.html", context)


def _by_paper(items: Iterable[ItemPlace]) -> dict[str, list[ItemPlace]]:
    """Return the items of each paper. A web page prints an item's title and then its minute: that is one."""
    found: dict[str, list[ItemPlace]] = {}
    for item in items:
        listed = found.setdefault(item.document_id, [])
        if not listed or _point(listed[-1]) != _point(item):
            listed.append(item)
    return found


def _point(item: ItemPlace) -> tuple[str | None, str | None, str | None]:
    return item.item, item.minute, item.title


def neighbours(overview: Overview, meeting: MeetingLine) -> tuple[MeetingLine | None, MeetingLine | None]:
    """Return the committee's meetings before and after; one without a date has no place among them."""
    same_body = [
        each
        for each in overview.meetings
        if each.held_on and (each.council, each.body) == (meeting.council, meeting.body)
    ]
    if meeting not in same_body:
        return None, None
    at = same_body.index(meeting)
    return same_body[at + 1] if at + 1 < len(same_body) else None, same_body[at - 1] if at else None


def _repeated(papers: Iterable[PaperLine]) -> set[str]:
    """Return the titles that several papers share: a list tells those apart by their files."""
    return {title for title, times in Counter(paper.title for paper in papers).items() if times > 1}


def _choices(lines: Iterable[Line], name: Callable[[Line], str | None], chosen: str) -> list[Choice]:
    counts = Counter(value for each in lines if (value := name(each)))
    return [Choice(value, counts[value], value == chosen) for value in sorted(counts)]


def _fits(value: str | None, wanted: str) -> bool:
    return not wanted or value == wanted


def _year(meeting: MeetingLine) -> str:
    return str(meeting.held_on.year) if meeting.held_on else _UNDATED


def _by_title(paper: PaperLine) -> tuple[str, str]:
    return paper.title.casefold(), paper.id


def _listing(found: Sequence[Line], number: int, path: str, chosen: dict[str, str]) -> Listing[Line]:
    pages = max(1, -(-len(found) // _PAGE))
    number = min(number, pages)

    def url(wanted: int) -> str:
        kept = {name: value for name, value in chosen.items() if value}
        return f"{path}?{urlencode(kept | {'page': str(wanted)})}"

    return Listing(
        found[(number - 1) * _PAGE : number * _PAGE],
        len(found),
        number,
        pages,
        url(number - 1) if number > 1 else None,
        url(number + 1) if number < pages else None,
    )
