"""Reads back what structure found: decisions, attendance and acronyms of the papers that one may see."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import AttendanceState, DocumentKind, Status
from qa_service.domain.resolutions import Outcome, Resolution, Standing
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, iso
from qa_service.store.register import resolution_from
from qa_service.store.words_match import words_match


@dataclass(frozen=True, slots=True)
class FoundResolution:
    """A decision, the paper that it stands in and its title. `own_record`: if that paper is of it alone."""

    document_id: str
    document_row: int
    resolution: Resolution
    paper: str = ""
    own_record: bool = False

    @property
    def title(self) -> str:
        """What the decision is on: the title of the minute, item or report, or else of its paper."""
        return self.paper if self.own_record else self.resolution.heading or self.paper


@dataclass(frozen=True, slots=True)
class FoundAttendance:
    """One person's line on a roll."""

    document_id: str
    document_row: int
    name: str
    state: AttendanceState
    role: str | None
    span: Span
    minute: str | None
    council: str | None
    body: str | None
    held_on: str | None


@dataclass(frozen=True, slots=True)
class FoundAcronym:
    """A place that defines an acronym."""

    document_id: str
    document_row: int
    short: str
    long: str
    span: Span
    body: str | None


def resolutions_of_days(
    reader: Connection,
    days: Collection[date],
    document_rows: Collection[int],
    filters: Filters,
    allowed: frozenset[Access],
) -> list[FoundResolution]:
    """Return the decisions that the filters admit of meetings held on some days, in the order of their text.

    Those without a date come from the given documents alone.
    """
    return _resolutions(
        reader,
        filters,
        allowed,
        """(resolution.held_on IN (SELECT value FROM json_each(:days))
            OR resolution.held_on IS NULL
            AND resolution.document_row IN (SELECT value FROM json_each(:rows)))""",
        {"days": _json([day.isoformat() for day in days]), "rows": _json(document_rows)},
    )


def resolutions_within(
    reader: Connection, filters: Filters, allowed: frozenset[Access]
) -> list[FoundResolution]:
    """Return the decisions that the filters admit, in the order of their text."""
    return _resolutions(reader, filters, allowed, "1", {})


class Recorded(StrEnum):
    """What must be on record of a decision; the value is the condition in SQL."""

    VOTE = "resolution.vote IS NOT NULL"
    RESOLVED = "resolution.standing = 'resolved'"


def resolutions_on_record(
    reader: Connection, words: str, recorded: Recorded, filters: Filters, allowed: frozenset[Access]
) -> list[FoundResolution]:
    """Return the decisions on record that hold all of some words, in the order of their text; none without.

    Those of their title count among theirs.
    """
    if not (match := words_match(words)):
        return []
    condition = f"""{recorded.value} AND resolution.row IN
        (SELECT rowid FROM resolution_words WHERE resolution_words MATCH :match)"""  # noqa: S608 - an enumeration
    return _resolutions(reader, filters, allowed, condition, {"match": f"words : ({match})"})


def resolutions_with_fate(
    reader: Connection,
    outcomes: Collection[Outcome],
    phrases: Collection[str],
    filters: Filters,
    allowed: frozenset[Access],
) -> list[FoundResolution]:
    """Return what was moved and met one of some outcomes, and what holds any of some phrases, in order."""
    condition = """(resolution.outcome IN (SELECT value FROM json_each(:outcomes))
            AND (resolution.standing = 'proposed' OR resolution.proposer IS NOT NULL)"""
    more: dict[str, str] = {"outcomes": _json([outcome.value for outcome in outcomes])}
    if phrases:
        condition += """ OR resolution.row IN
            (SELECT rowid FROM resolution_words WHERE resolution_words MATCH :match)"""
        any_of = " OR ".join(f'"{phrase}"' for phrase in sorted(phrases))
        more["match"] = f"words : ({any_of})"
    return _resolutions(reader, filters, allowed, f"{condition})", more)


def _resolutions(
    reader: Connection,
    filters: Filters,
    allowed: frozenset[Access],
    condition: str,
    more: Mapping[str, str],
) -> list[FoundResolution]:
    where, values = filtered(filters, "resolution")
    rows = reader.query(
        f"""SELECT resolution.*, d.id AS document_id, d.title AS paper, d.kind = :record AS own_record
            FROM resolution JOIN visible_document AS d ON d.row = resolution.document_row
            WHERE d.access IN {among(allowed)} AND {where} AND {condition}
            ORDER BY resolution.document_row, resolution.start""",  # noqa: S608 - enumerations, our own words
        {**values, **more, "record": DocumentKind.DECISION_RECORD},
    )
    return [
        FoundResolution(
            row["document_id"],
            row["document_row"],
            resolution_from(row),
            row["paper"],
            bool(row["own_record"]),
        )
        for row in rows
    ]


def tells_resolution(reader: Connection, document_row: int, span: Span) -> bool:
    """Return whether a span lies within what the paper's minutes resolved, marked or told in a sentence."""
    rows = reader.query(
        """SELECT 1 FROM resolution
           WHERE document_row = :row AND standing = :standing AND start <= :start AND "end" >= :end""",
        {
            "row": document_row,
            "standing": Standing.RESOLVED,
            "start": span.start,
            "end": span.end,
        },
    )
    return bool(rows)


def attendance_within(
    reader: Connection, filters: Filters, allowed: frozenset[Access], most: int = 2000
) -> list[FoundAttendance]:
    """Return the rolls of the meetings that the filters admit, newest first, in the order of their text."""
    where, values = filtered(filters, "attendance")
    rows = reader.query(
        f"""SELECT attendance.*, d.id AS document_id FROM attendance
            JOIN visible_document AS d ON d.row = attendance.document_row
            WHERE d.access IN {among(allowed)} AND {where}
            ORDER BY attendance.held_on DESC, attendance.document_row, attendance.ordinal LIMIT :most""",  # noqa: S608
        {**values, "most": most},
    )
    return [
        FoundAttendance(
            row["document_id"],
            row["document_row"],
            row["name"],
            AttendanceState(row["state"]),
            row["role"],
            Span(row["start"], row["end"]),
            row["minute"],
            row["council"],
            row["body"],
            row["held_on"],
        )
        for row in rows
    ]


def acronyms_of(
    reader: Connection, shorts: Collection[str], allowed: frozenset[Access]
) -> list[FoundAcronym]:
    """Return the places that define any of the acronyms, by document and place."""
    rows = reader.query(
        f"""SELECT acronym.*, d.id AS document_id, d.body FROM acronym
            JOIN visible_document AS d ON d.row = acronym.document_row
            WHERE d.access IN {among(allowed)} AND acronym.short IN (SELECT value FROM json_each(:shorts))
            ORDER BY d.held_on DESC NULLS LAST, acronym.document_row, acronym.start""",  # noqa: S608
        {"shorts": _json(shorts)},
    )
    return [
        FoundAcronym(
            row["document_id"],
            row["document_row"],
            row["short"],
            row["long"],
            Span(row["start"], row["end"]),
            row["body"],
        )
        for row in rows
    ]


def authority(status: Status) -> int:
    """Return how much a record is worth: confirmed minutes before others, drafts last."""
    return {Status.CONFIRMED: 0, Status.UNKNOWN: 1, Status.DRAFT: 2, Status.FUTURE: 3}[status]


def filtered(filters: Filters, table: str) -> tuple[str, Row]:
    """Return the SQL condition of filters on a table beside the document `d`, and its values, all bound."""
    parts: list[str] = ["1"]
    values: Row = {}
    for column, names in (("council", filters.councils), ("body", filters.bodies)):
        if names:
            parts.append(f"{table}.{column} IN (SELECT value FROM json_each(:{column}))")  # noqa: S608 - our names
            values[column] = _json(names)
    if filters.documents:
        parts.append("d.id IN (SELECT value FROM json_each(:documents))")
        values["documents"] = _json(filters.documents)
    if filters.held_from:
        parts.append(f"{table}.held_on >= :held_from")
        values["held_from"] = iso(filters.held_from)
    if filters.held_to:
        parts.append(f"{table}.held_on <= :held_to")
        values["held_to"] = iso(filters.held_to)
    return " AND ".join(parts), values


def _json(values: Collection[int] | Collection[str]) -> str:
    return json.dumps(sorted(values))
