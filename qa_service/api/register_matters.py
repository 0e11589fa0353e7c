"""Matters as JSON: one subject across meetings, each step with its citation."""

from datetime import date
from typing import Self

from pydantic import Field

from qa_service.answering.citations import cite
from qa_service.api.bodies import NOTICE, CitationBody
from qa_service.api.pagination import decode_cursor, encode_cursor
from qa_service.api.question_bodies import Body, Words
from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery, Verdicts
from qa_service.store.database import Connection
from qa_service.store.register_matters import MatterLine, MatterStep, matter_lines, matter_steps

PAGE_SIZE = 50


class MattersQueryBody(Body):
    """What narrows the list of matters, and which page of it."""

    text: Words = Field(default="", max_length=200, description="words that all occur in the title")
    council: list[Words] = Field(default=[])
    body: list[Words] = Field(default=[])
    held_from: date | None = None
    held_to: date | None = None
    cursor: str | None = None

    def value(self) -> RegisterQuery:
        """Return the query."""
        return RegisterQuery(
            text=self.text,
            councils=frozenset(self.council),
            bodies=frozenset(self.body),
            held_from=self.held_from,
            held_to=self.held_to,
        )


class MatterBody(Body):
    """One matter, without its steps."""

    id: str
    title: str
    council: str | None
    first_on: date | None
    last_on: date | None
    meetings: int

    @classmethod
    def of(cls, line: MatterLine) -> Self:
        """Return the body of a matter."""
        return cls(**{name: getattr(line, name) for name in MatterBody.model_fields})


class StepBody(Body):
    """What one meeting did about a matter: `what` is resolved, recommended, promised, reported done, ...

    `commitment` is the key of the promise that it makes or reports on. `verdict` is what an officer said of
    that link (confirmed, corrected, rejected, added), null where none looked; `extracted` is what the step
    was taken for before a correction.
    """

    held_on: date | None
    body: str | None
    what: str
    heading: str | None
    commitment: str | None
    verdict: str | None
    extracted: str | None
    citation: CitationBody

    @classmethod
    def of(cls, reader: Connection, step: MatterStep, allowed: frozenset[Access]) -> Self:
        """Return the body of a step, cited. Raises what `cite` raises."""
        citation = CitationBody.of(1, cite(reader, step.document_id, step.span, allowed))
        return cls(
            held_on=step.held_on,
            body=step.body,
            what=step.what,
            heading=step.heading,
            commitment=step.commitment,
            verdict=step.verdict or None,
            extracted=step.extracted,
            citation=citation,
        )


class MatterDetailBody(MatterBody):
    """One matter with its steps, oldest first, undated last."""

    steps: list[StepBody]
    notice: str = NOTICE


class MattersBody(Body):
    """A page of matters; `next` asks for the following one."""

    matters: list[MatterBody]
    total: int
    next: str | None


def matters(
    reader: Connection, query: RegisterQuery, cursor: str | None, allowed: frozenset[Access]
) -> MattersBody:
    """Return a page of matters. Raises BadFilter for a cursor that no list gave out."""
    skip = decode_cursor(cursor)
    lines, total = matter_lines(reader, query, allowed, skip, PAGE_SIZE)
    more = skip + PAGE_SIZE < total
    return MattersBody(
        matters=[MatterBody.of(line) for line in lines],
        total=total,
        next=encode_cursor(skip + PAGE_SIZE) if more else None,
    )


def matter(reader: Connection, id_: str, allowed: frozenset[Access], verdicts: Verdicts) -> MatterDetailBody:
    """Return a matter with its steps, as people left its links. Raises NotFound."""
    line, steps = matter_steps(reader, id_, allowed, verdicts)
    return MatterDetailBody(
        **dict(MatterBody.of(line)), steps=[StepBody.of(reader, step, allowed) for step in steps]
    )
