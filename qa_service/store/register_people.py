"""Attendance and declarations by person and body: of those who hold an office, and of nobody else."""

import json
import re
from dataclasses import dataclass, replace
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, day, iso

# Who may be looked up: members on a body's roll, and officers named by their office. Somebody who came to
# speak, a petitioner or a resident, has no line here, whatever the roll calls them.
_IN_OFFICE = """(attendance.state IN ('present', 'apologies', 'absent', 'deputy', 'not required', 'listed')
                 OR attendance.role IS NOT NULL)"""
EVERY_LINE = 1_000_000
"""More than any store holds: asked for where a list is counted or taken away whole."""
_PRIVATE = re.compile(
    r"\b(?:residents?|public|petitioners?|parents?|carers?|witness\w*|applicants?|objectors?|speakers?|"
    r"press|observers?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AttendedMeeting:
    """One person's line on the roll of one meeting, in the paper's own state."""

    document_id: str
    span: Span
    name: str
    state: str
    role: str | None
    council: str | None
    body: str | None
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What the minutes say under declarations of interest."""

    document_id: str
    span: Span
    council: str | None
    body: str | None
    held_on: date | None
    minute: str | None


def attendance_lines(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], most: int = 1000
) -> list[AttendedMeeting]:
    """Return at most `most` lines of rolls, newest meeting first, by name; each person once a meeting."""
    where, values = _where("attendance", query)
    rows = reader.query(
        f"""SELECT attendance.*, d.id AS document_id, min(attendance.document_row) AS first
            FROM attendance JOIN visible_document AS d ON d.row = attendance.document_row
            WHERE d.access IN {among(allowed)} AND {_IN_OFFICE} AND attendance.minute IS NULL AND {where}
            GROUP BY attendance.council, attendance.body, attendance.held_on, attendance.name,
                     attendance.state
            ORDER BY attendance.held_on DESC NULLS LAST, attendance.body, attendance.name LIMIT :most""",  # noqa: S608
        {**values, "most": most},
    )
    return [
        AttendedMeeting(
            row["document_id"],
            Span(row["start"], row["end"]),
            row["name"],
            row["state"],
            row["role"],
            row["council"],
            row["body"],
            day(row["held_on"]),
        )
        for row in rows
        if _named(row["name"], query.person) and not _PRIVATE.search(row["role"] or "")
    ]


def roll_counts(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access]
) -> list[tuple[str | None, str | None, date | None, str, int]]:
    """Return (council, body, day, state, how many) of every roll: `attendance_lines` counted, not listed.

    The person of a query is left out: names are told apart only line by line.
    """
    where, values = _where("attendance", replace(query, person=""))
    roles = reader.query("SELECT DISTINCT role FROM attendance WHERE role IS NOT NULL")
    private = [row["role"] for row in roles if _PRIVATE.search(row["role"])]
    rows = reader.query(
        f"""SELECT attendance.council, attendance.body, attendance.held_on, attendance.state,
                   count(DISTINCT attendance.name) AS number
            FROM attendance JOIN visible_document AS d ON d.row = attendance.document_row
            WHERE d.access IN {among(allowed)} AND {_IN_OFFICE} AND attendance.minute IS NULL AND {where}
              AND coalesce(attendance.role, '') NOT IN (SELECT value FROM json_each(:private))
            GROUP BY 1, 2, 3, 4 ORDER BY number DESC, attendance.state""",  # noqa: S608
        {**values, "private": json.dumps(private)},
    )
    return [(row["council"], row["body"], day(row["held_on"]), row["state"], row["number"]) for row in rows]


def declarations(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], most: int = 300
) -> list[Declaration]:
    """Return at most `most` passages of minutes on interests declared, newest meeting first."""
    where, values = _where("segment", query)
    words = query.person.split()[:6]
    for number, word in enumerate(words):
        where += f" AND instr(lower(passage.text), :person{number}) > 0"
        values[f"person{number}"] = word.casefold()
    rows = reader.query(
        f"""SELECT segment.start, segment."end", segment.council, segment.body, segment.held_on,
                   segment.minute, d.id AS document_id, min(d.row) AS first
            FROM segment JOIN visible_document AS d ON d.row = segment.document_row
            JOIN passage ON passage.document_row = d.row AND passage.start <= segment.start
                        AND passage."end" >= segment."end"
            WHERE d.access IN {among(allowed)} AND segment.part = 'minutes' AND segment.kind = 'text'
              AND segment.heading LIKE '%declaration%interest%' AND {where}
            GROUP BY segment.council, segment.body, segment.held_on, segment.minute, passage.text,
                     segment.ordinal
            ORDER BY segment.held_on DESC NULLS LAST, segment.body, segment.start LIMIT :most""",  # noqa: S608
        {**values, "most": most},
    )
    return [
        Declaration(
            row["document_id"],
            Span(row["start"], row["end"]),
            row["council"],
            row["body"],
            day(row["held_on"]),
            row["minute"],
        )
        for row in rows
    ]


def _named(name: str, wanted: str) -> bool:
    """Return whether every word of a name asked for occurs in one on a roll."""
    words = name.casefold().replace(",", " ").split()
    return all(each in words for each in wanted.casefold().split())


def _where(table: str, query: RegisterQuery) -> tuple[str, Row]:
    parts, values = ["1"], Row()
    for column, names in (("council", query.councils), ("body", query.bodies)):
        if names:
            parts.append(f"{table}.{column} IN (SELECT value FROM json_each(:{column}))")  # noqa: S608
            values[column] = json.dumps(sorted(names))
    for name, sign, limit in (("held_from", ">=", query.held_from), ("held_to", "<=", query.held_to)):
        if limit:
            parts.append(f"{table}.held_on {sign} :{name}")
            values[name] = iso(limit)
    if table == "attendance" and query.person.split():
        parts.append("instr(lower(attendance.name), :surname) > 0")
        values["surname"] = query.person.split()[-1].casefold()
    return " AND ".join(parts), values
