"""Who was there and what was declared, meeting by meeting: of members and officers, newest first."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from qa_service.api.bodies import CitationBody
from qa_service.api.dependencies import ServicesDep
from qa_service.api.register_people import AttendedBody, DeclarationBody, PeopleQueryBody
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.register import RegisterQuery
from qa_service.store.database import Connection
from qa_service.store.register_people import (
    EVERY_LINE,
    AttendedMeeting,
    Declaration,
    attendance_lines,
    declarations,
)
from qa_service.web.contents import OverviewDep
from qa_service.web.register import register_page
from qa_service.web.register_form import filled_form, pages_of
from qa_service.web.reply_view import PlaceView, place_view

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_MEETINGS, _LINES = 20, 150
"""At most on one page of the list, but for a single longer roll: a full council has eighty members."""


@dataclass(frozen=True, slots=True)
class Roll:
    """One meeting's lines and declarations, not yet cited."""

    council: str | None
    body: str | None
    held_on: date | None
    lines: list[AttendedMeeting] = field(default_factory=list)
    declared: list[Declaration] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many were in each state, the most first."""
        return Counter(line.state for line in self.lines).most_common()


@dataclass(frozen=True, slots=True)
class RollView:
    """One meeting as the page shows it."""

    roll: Roll
    people: tuple[tuple[AttendedMeeting, CitationBody], ...]
    declared: tuple[PlaceView, ...]


@router.get("/register/attendance")
def attendance_page(request: Request, services: ServicesDep, overview: OverviewDep) -> HTMLResponse:
    """List who attended and what was declared, of members and officers, newest meeting first."""
    form = filled_form(request.query_params, PeopleQueryBody)
    with services.database.reading() as reader:
        found = _rolls(reader, form.query.value())
        pages = in_pages(found)
        numbers = pages_of(form, request.url.path, len(pages), 1)
        cited = [_cited(reader, roll) for roll in (pages[numbers.number - 1] if pages else ())]
    counts = Counter(line.state for roll in found for line in roll.lines)
    context = {
        "listing": numbers,
        "total": len(found),
        "counts": counts.most_common(),
        "rolls": [
            RollView(roll, people, tuple(place_view(services.database, each) for each in declared))
            for roll, people, declared in cited
        ],
    }
    return register_page(request, "register_attendance.html", form, overview, context)


def _rolls(reader: Connection, query: RegisterQuery) -> list[Roll]:
    """Return every meeting with a roll or a declaration that the query admits, the newest first."""
    found: dict[tuple[str | None, str | None, date | None], Roll] = {}
    for line in attendance_lines(reader, query, PUBLIC_ONLY, EVERY_LINE):
        key = line.council, line.body, line.held_on
        found.setdefault(key, Roll(*key)).lines.append(line)
    for each in declarations(reader, query, PUBLIC_ONLY, EVERY_LINE):
        key = each.council, each.body, each.held_on
        found.setdefault(key, Roll(*key)).declared.append(each)
    return sorted(found.values(), key=_newest_first)


def in_pages(rolls: list[Roll]) -> list[list[Roll]]:
    """Return the rolls in order, so many on a page as it can carry and one at least."""
    pages: list[list[Roll]] = []
    lines = 0
    for roll in rolls:
        more = len(roll.lines) + len(roll.declared)
        if not pages or len(pages[-1]) == _MEETINGS or lines + more > _LINES:
            pages.append([])
            lines = 0
        pages[-1].append(roll)
        lines += more
    return pages


def _newest_first(roll: Roll) -> tuple[int, str, str]:
    return -(roll.held_on or date.min).toordinal(), roll.council or "", roll.body or ""


def _cited(
    reader: Connection, roll: Roll
) -> tuple[Roll, tuple[tuple[AttendedMeeting, CitationBody], ...], list[CitationBody]]:
    people = tuple((line, AttendedBody.of(reader, line, PUBLIC_ONLY).citation) for line in roll.lines)
    return roll, people, [DeclarationBody.of(reader, each, PUBLIC_ONLY).citation for each in roll.declared]
