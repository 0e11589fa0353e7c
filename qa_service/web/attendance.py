"""Who was there and what was declared, meeting by meeting: of members and officers, newest first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa_service.api.bodies import CitationBody
from qa_service.api.dependencies import ServicesDep
from qa_service.api.register_people import DeclarationBody, PeopleQueryBody
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.register import RegisterQuery
from qa_service.store.database import Connection
from qa_service.store.documents import find_document
from qa_service.store.reading import PagePlace, page_places
from qa_service.store.register_people import (
    EVERY_LINE,
    AttendedMeeting,
    Declaration,
    attendance_lines,
    declarations,
    roll_counts,
)
from qa_service.web.contents import OverviewDep
from qa_service.web.paper import place_url
from qa_service.web.register import register_page
from qa_service.web.register_form import filled_form, pages_of
from qa_service.web.reply_view import PlaceView, place_view

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_MEETINGS, _LINES = 20, 120
"""At most on one page of the list, but for a single longer roll: a full council has eighty members."""


Key = tuple[str | None, str | None, date | None]


@dataclass(frozen=True, slots=True)
class Roll:
    """One meeting: how many were in each state, and what was declared, not yet cited."""

    council: str | None
    body: str | None
    held_on: date | None
    counts: Counter[str] = field(default_factory=Counter)
    declared: list[Declaration] = field(default_factory=list)

    @property
    def key(self) -> Key:
        """What tells the meeting from others."""
        return self.council, self.body, self.held_on


@dataclass(frozen=True, slots=True)
class RollView:
    """One meeting as the page shows it: each line of its roll with where it stands."""

    roll: Roll
    people: tuple[tuple[AttendedMeeting, str], ...]
    declared: tuple[PlaceView, ...]


@router.get("/register/attendance")
def attendance_page(request: Request, services: ServicesDep, overview: OverviewDep) -> HTMLResponse:
    """List who attended and what was declared, of members and officers, newest meeting first."""
    form = filled_form(request.query_params, PeopleQueryBody)
    query = form.query.value()
    with services.database.reading() as reader:
        found = _rolls(reader, query)
        pages = in_pages(found)
        numbers = pages_of(form, request.url.path, len(pages), 1)
        shown = pages[numbers.number - 1] if pages else []
        cited = _cited(reader, query, shown)
    context = {
        "listing": numbers,
        "total": len(found),
        "counts": sum((roll.counts for roll in found), Counter[str]()).most_common(),
        "rolls": [
            RollView(roll, tuple(people), tuple(place_view(services.database, each) for each in declared))
            for roll, people, declared in cited
        ],
    }
    return register_page(request, "register_attendance.html", form, overview, context)


def _rolls(reader: Connection, query: RegisterQuery) -> list[Roll]:
    """Return every meeting with a roll or a declaration that the query admits, the newest first."""
    found: dict[Key, Roll] = {}
    for council, body, held_on, state, number in _counted(reader, query):
        roll = found.setdefault((council, body, held_on), Roll(council, body, held_on))
        roll.counts[state] += number
    for each in declarations(reader, query, PUBLIC_ONLY, EVERY_LINE):
        key = each.council, each.body, each.held_on
        found.setdefault(key, Roll(*key)).declared.append(each)
    return sorted(found.values(), key=_newest_first)


def _counted(
    reader: Connection, query: RegisterQuery
) -> Iterable[tuple[str | None, str | None, date | None, str, int]]:
    if not query.person:
        return roll_counts(reader, query, PUBLIC_ONLY)
    lines = attendance_lines(reader, query, PUBLIC_ONLY, EVERY_LINE)
    return [(line.council, line.body, line.held_on, line.state, 1) for line in lines]


def in_pages(rolls: list[Roll]) -> list[list[Roll]]:
    """Return the rolls in order, so many on a page as it can carry and one at least."""
    pages: list[list[Roll]] = []
    lines = 0
    for roll in rolls:
        more = roll.counts.total() + len(roll.declared)
        if not pages or len(pages[-1]) == _MEETINGS or lines + more > _LINES:
            pages.append([])
            lines = 0
        pages[-1].append(roll)
        lines += more
    return pages


def _newest_first(roll: Roll) -> tuple[int, str, str]:
    return -(roll.held_on or date.min).toordinal(), roll.council or "", roll.body or ""


def _cited(
    reader: Connection, query: RegisterQuery, shown: list[Roll]
) -> list[tuple[Roll, list[tuple[AttendedMeeting, str]], list[CitationBody]]]:
    """Return the rolls of a page, each line with its address, and their declarations cited."""
    lines: dict[Key, list[AttendedMeeting]] = {roll.key: [] for roll in shown}
    for line in attendance_lines(reader, _of_the_days(query, shown), PUBLIC_ONLY, EVERY_LINE):
        if (key := (line.council, line.body, line.held_on)) in lines:
            lines[key].append(line)
    pages: dict[str, list[PagePlace]] = {}
    return [
        (
            roll,
            [(line, _url(reader, line, pages)) for line in lines[roll.key]],
            [DeclarationBody.of(reader, each, PUBLIC_ONLY).citation for each in roll.declared],
        )
        for roll in shown
    ]


def _url(reader: Connection, line: AttendedMeeting, pages: dict[str, list[PagePlace]]) -> str:
    """Return where a line stands. A name has no words of its own to check: the page shows them, marked."""
    id_ = line.document_id
    if id_ not in pages:
        pages[id_] = page_places(reader, find_document(reader, id_, PUBLIC_ONLY)["row"])
    return place_url(id_, line.span.start, line.span.end, pages[id_])


def _of_the_days(query: RegisterQuery, shown: list[Roll]) -> RegisterQuery:
    """Return the query for no more than the days of a page; undated rolls are on no day."""
    days = [roll.held_on for roll in shown if roll.held_on]
    if len(days) < len(shown) or not days:
        return query
    return replace(query, held_from=min(days), held_to=max(days))
