"""Reads matters: subjects that came before meetings more than once."""

import json
from dataclasses import dataclass
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery
from qa_service.domain.spans import Span
from qa_service.errors import NotFound
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, day, iso


@dataclass(frozen=True, slots=True)
class MatterLine:
    """A matter as lists show it: `meetings` is how many days it came up on."""

    id: str
    council: str | None
    title: str
    first_on: date | None
    last_on: date | None
    meetings: int


@dataclass(frozen=True, slots=True)
class MatterStep:
    """What one meeting did about a matter, and where that stands."""

    document_id: str
    span: Span
    body: str | None
    held_on: date | None
    what: str
    heading: str | None


def matter_lines(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], skip: int, most: int
) -> tuple[list[MatterLine], int]:
    """Return a page of matters, the one that came up last first, and how many there are.

    A body, a period and words narrow to matters with a step of that body, in that period, with that word in
    the title.
    """
    where, values = _where(query, allowed)
    rows = reader.query(
        f"""SELECT matter.id, matter.council, matter.title, matter.first_on, matter.last_on,
                   count(DISTINCT coalesce(step.held_on, '')) AS meetings
            FROM matter JOIN matter_step AS step ON step.matter_row = matter.row
            JOIN visible_document AS d ON d.row = step.document_row
            WHERE {where} GROUP BY matter.row
            ORDER BY matter.last_on DESC NULLS LAST, matter.title, matter.id""",  # noqa: S608 - constants
        values,
    )
    lines = [
        MatterLine(**{**row, "first_on": day(row["first_on"]), "last_on": day(row["last_on"])})
        for row in rows[skip : skip + most]
    ]
    return lines, len(rows)


def matter_steps(
    reader: Connection, id_: str, allowed: frozenset[Access]
) -> tuple[MatterLine, list[MatterStep]]:
    """Return a matter and its steps, oldest first, undated last. Raises NotFound."""
    steps = reader.query(
        f"""SELECT matter.id, matter.council, matter.title, matter.first_on, matter.last_on,
                   step.start, step."end", step.body, step.held_on, step.what, step.heading,
                   d.id AS document_id
            FROM matter JOIN matter_step AS step ON step.matter_row = matter.row
            JOIN visible_document AS d ON d.row = step.document_row
            WHERE matter.id = :id AND matter.access IN {among(allowed)} AND d.access IN {among(allowed)}
            ORDER BY step.ordinal""",  # noqa: S608 - an enumeration
        {"id": id_},
    )
    if not steps:
        raise NotFound("matter", id_)
    first = steps[0]
    line = MatterLine(
        id_,
        first["council"],
        first["title"],
        day(first["first_on"]),
        day(first["last_on"]),
        len({step["held_on"] for step in steps}),
    )
    return line, [_step(step) for step in steps]


def _step(row: Row) -> MatterStep:
    span = Span(row["start"], row["end"])
    return MatterStep(row["document_id"], span, row["body"], day(row["held_on"]), row["what"], row["heading"])


def _where(query: RegisterQuery, allowed: frozenset[Access]) -> tuple[str, Row]:
    parts = [f"matter.access IN {among(allowed)} AND d.access IN {among(allowed)}"]
    values: Row = {}
    if query.councils:
        parts.append("matter.council IN (SELECT value FROM json_each(:councils))")
        values["councils"] = json.dumps(sorted(query.councils))
    within = ["other.matter_row = matter.row"]
    if query.bodies:
        within.append("other.body IN (SELECT value FROM json_each(:bodies))")
        values["bodies"] = json.dumps(sorted(query.bodies))
    for name, sign, limit in (("held_from", ">=", query.held_from), ("held_to", "<=", query.held_to)):
        if limit:
            within.append(f"other.held_on {sign} :{name}")
            values[name] = iso(limit)
    if len(within) > 1:
        parts.append(f"EXISTS (SELECT 1 FROM matter_step AS other WHERE {' AND '.join(within)})")  # noqa: S608
    for number, word in enumerate(query.text.split()[:10]):
        parts.append(f"instr(lower(matter.title), :word{number}) > 0")
        values[f"word{number}"] = word.casefold()
    return " AND ".join(parts), values
