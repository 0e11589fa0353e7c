"""Attendance and declarations as JSON, each line with its citation."""

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import Field

from qa_service.answering.citations import cite
from qa_service.api.bodies import NOTICE, CitationBody
from qa_service.api.question_bodies import Body, Words
from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery
from qa_service.store.database import Connection
from qa_service.store.register_people import (
    EVERY_LINE,
    AttendedMeeting,
    Declaration,
    attendance_lines,
    declarations,
)


class PeopleQueryBody(Body):
    """Whose attendance: a name as rolls print it, a body, a period."""

    person: Words = Field(default="", max_length=100)
    council: list[Words] = Field(default=[])
    body: list[Words] = Field(default=[])
    held_from: date | None = None
    held_to: date | None = None

    def value(self) -> RegisterQuery:
        """Return the query."""
        return RegisterQuery(
            person=self.person,
            councils=frozenset(self.council),
            bodies=frozenset(self.body),
            held_from=self.held_from,
            held_to=self.held_to,
        )


class AttendedBody(Body):
    """One person at one meeting, in the paper's own state: present, apologies, absent, deputy, ..."""

    name: str
    state: str
    role: str | None
    council: str | None
    body: str | None
    held_on: date | None
    citation: CitationBody

    @classmethod
    def of(cls, reader: Connection, line: AttendedMeeting, allowed: frozenset[Access]) -> Self:
        """Return the body of a line, cited. Raises what `cite` raises."""
        return cls(
            name=line.name,
            state=line.state,
            role=line.role,
            council=line.council,
            body=line.body,
            held_on=line.held_on,
            citation=CitationBody.of(1, cite(reader, line.document_id, line.span, allowed)),
        )


class DeclarationBody(Body):
    """What the minutes say under declarations of interest."""

    council: str | None
    body: str | None
    held_on: date | None
    minute: str | None
    citation: CitationBody

    @classmethod
    def of(cls, reader: Connection, found: Declaration, allowed: frozenset[Access]) -> Self:
        """Return the body of a declaration, cited. Raises what `cite` raises."""
        return cls(
            council=found.council,
            body=found.body,
            held_on=found.held_on,
            minute=found.minute,
            citation=CitationBody.of(1, cite(reader, found.document_id, found.span, allowed)),
        )


class PeopleBody(Body):
    """Attendance of members and officers, and declarations, newest meeting first."""

    attendance: list[AttendedBody]
    declarations: list[DeclarationBody]
    notice: str = NOTICE


def every_attendance(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access]
) -> Iterator[AttendedBody]:
    """Yield all lines of rolls that a query admits, in the order of the list."""
    for line in attendance_lines(reader, query, allowed, EVERY_LINE):
        yield AttendedBody.of(reader, line, allowed)


def people(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], most: int = 200
) -> PeopleBody:
    """Return at most `most` lines of attendance and of declarations."""
    return PeopleBody(
        attendance=[
            AttendedBody.of(reader, line, allowed) for line in attendance_lines(reader, query, allowed)[:most]
        ],
        declarations=[
            DeclarationBody.of(reader, each, allowed) for each in declarations(reader, query, allowed)[:most]
        ],
    )
