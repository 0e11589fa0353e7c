"""Writes what the register derives of one access level: copies, follow-ups, matters, contradictions.

Everything here can be made again from the papers; each function replaces what stood there before.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import iso


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One follow-up to be written."""

    commitment_row: int
    document_row: int
    span: Span
    key: str
    says: str
    reported_on: date | None
    why: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a matter to be written."""

    document_row: int
    span: Span
    body: str | None
    held_on: date | None
    what: str
    heading: str | None


@dataclass(frozen=True, slots=True)
class MatterRow:
    """One matter to be written, its steps in order. `id` depends on content alone."""

    id: str
    council: str | None
    title: str
    steps: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True)
class SideRow:
    """One side of a contradiction to be written."""

    document_row: int
    span: Span
    council: str | None
    body: str | None
    held_on: date | None


@dataclass(frozen=True, slots=True)
class ContradictionRow:
    """Places that give two figures for one fact, the earlier meeting's first; `note` says what differs."""

    note: str
    sides: tuple[SideRow, SideRow]


def replace_copies(writer: Connection, access: Access) -> None:
    """Find rows of one content anew: of those, confirmed minutes stand for drafts, then the older row."""
    for kind in ("resolution", "commitment"):
        writer.execute(
            f"""DELETE FROM register_copy WHERE kind = :kind AND row NOT IN (
                    SELECT {kind}.row FROM {kind} JOIN document ON document.row = {kind}.document_row
                    WHERE document.access <> :access)""",  # noqa: S608 - names of our own
            {"kind": kind, "access": access.value},
        )
        writer.execute(_COPIES[kind], {"access": access.value})


def replace_follow_ups(writer: Connection, access: Access, links: Iterable[LinkRow]) -> None:
    """Write the links of one access level in place of those that stood there."""
    writer.execute(
        """DELETE FROM follow_up WHERE commitment_row IN (
               SELECT commitment.row FROM commitment
               JOIN document ON document.row = commitment.document_row WHERE document.access = :access)""",
        {"access": access.value},
    )
    writer.execute_many(
        """INSERT INTO follow_up (commitment_row, document_row, start, "end", key, says, reported_on, why)
           VALUES (:commitment, :document, :start, :end, :key, :says, :reported_on, :why)
           ON CONFLICT DO NOTHING""",
        [
            {
                "commitment": link.commitment_row,
                "document": link.document_row,
                "start": link.span.start,
                "end": link.span.end,
                "key": link.key,
                "says": link.says,
                "reported_on": iso(link.reported_on),
                "why": link.why,
            }
            for link in links
        ],
    )


def replace_matters(writer: Connection, access: Access, matters: Iterable[MatterRow]) -> None:
    """Write the matters of one access level in place of those that stood there."""
    writer.execute("DELETE FROM matter WHERE access = :access", {"access": access.value})
    for matter in matters:
        held = sorted(step.held_on for step in matter.steps if step.held_on)
        row = writer.execute(
            """INSERT INTO matter (id, access, council, title, first_on, last_on)
               VALUES (:id, :access, :council, :title, :first_on, :last_on)""",
            {
                "id": matter.id,
                "access": access.value,
                "council": matter.council,
                "title": matter.title,
                "first_on": iso(held[0]) if held else None,
                "last_on": iso(held[-1]) if held else None,
            },
        )
        writer.execute_many(_INSERT_STEP, [_step(row, at, step) for at, step in enumerate(matter.steps)])


def replace_contradictions(writer: Connection, access: Access, found: Iterable[ContradictionRow]) -> None:
    """Write the contradictions of one access level in place of those that stood there."""
    writer.execute("DELETE FROM contradiction WHERE access = :access", {"access": access.value})
    for each in found:
        row = writer.execute(
            "INSERT INTO contradiction (access, note) VALUES (:access, :note)",
            {"access": access.value, "note": each.note},
        )
        writer.execute_many(_INSERT_SIDE, [_side(row, at, side) for at, side in enumerate(each.sides)])


def visible_rows(writer: Connection, table: str, access: Access) -> list[Row]:
    """Return the rows of the decisions or commitments that a level shows, in the order of their text."""
    named = {"resolution": "resolution", "commitment": "commitment"}[table]
    return writer.query(
        f"""SELECT {named}.*, EXISTS (SELECT 1 FROM register_copy AS copy
                   WHERE copy.kind = '{named}' AND copy.row = {named}.row) AS is_copy
            FROM {named} JOIN visible_document AS d ON d.row = {named}.document_row
            WHERE d.access = :access ORDER BY {named}.document_row, {named}.start""",  # noqa: S608
        {"access": access.value},
    )


def passage_rows_of(writer: Connection, document_rows: Iterable[int]) -> list[int]:
    """Return the rows of the passages of some documents, in the order of their text, copies too."""
    rows = writer.query(
        """SELECT row FROM passage WHERE document_row IN (SELECT value FROM json_each(:rows))
           ORDER BY document_row, start""",
        {"rows": json.dumps(list(document_rows))},
    )
    return [row["row"] for row in rows]


def _step(matter_row: int, ordinal: int, step: StepRow) -> Row:
    return {
        "matter": matter_row,
        "ordinal": ordinal,
        "document": step.document_row,
        "start": step.span.start,
        "end": step.span.end,
        "body": step.body,
        "held_on": iso(step.held_on),
        "what": step.what,
        "heading": step.heading,
    }


def _side(row: int, ordinal: int, side: SideRow) -> Row:
    return {
        "row": row,
        "ordinal": ordinal,
        "document": side.document_row,
        "start": side.span.start,
        "end": side.span.end,
        "council": side.council,
        "body": side.body,
        "held_on": iso(side.held_on),
    }


_INSERT_SIDE = """
    INSERT INTO contradiction_place
        (contradiction_row, ordinal, document_row, start, "end", council, body, held_on)
    VALUES (:row, :ordinal, :document, :start, :end, :council, :body, :held_on)"""
_INSERT_STEP = """
    INSERT INTO matter_step (matter_row, ordinal, document_row, start, "end", body, held_on, what, heading)
    VALUES (:matter, :ordinal, :document, :start, :end, :body, :held_on, :what, :heading)"""
_RANKED = {
    "resolution": """CASE resolution.status WHEN 'confirmed' THEN 0 WHEN 'unknown' THEN 1
                     WHEN 'draft' THEN 2 ELSE 3 END""",
    # A promise has no status of its own: minutes by themselves come before those inside a later pack.
    "commitment": "d.kind = 'agenda pack'",
}
_COPIES = {
    kind: f"""
    INSERT INTO register_copy (kind, row, of_row)
    SELECT '{kind}', row, first FROM (
        SELECT {kind}.row, first_value({kind}.row) OVER (
            PARTITION BY {kind}.key ORDER BY {rank}, {kind}.document_row, {kind}.row) AS first
        FROM {kind} JOIN visible_document AS d ON d.row = {kind}.document_row
        WHERE d.access = :access AND {kind}.key <> '')
    WHERE row <> first"""  # noqa: S608 - names of our own
    for kind, rank in _RANKED.items()
}


def visible_documents_by_council(writer: Connection, access: Access) -> dict[str | None, list[int]]:
    """Return the rows of the documents that a level shows, by the council that published them.

    A page that names a body and no council stands with the council that alone has such a body here; this
    serves to look for links only, and the page itself stays without a council.
    """
    rows = writer.query(
        "SELECT row, council, body FROM visible_document WHERE access = :access ORDER BY row",
        {"access": access.value},
    )
    having: dict[str, set[str]] = {}
    for row in rows:
        if row["council"] and row["body"]:
            having.setdefault(row["body"], set()).add(row["council"])
    found: dict[str | None, list[int]] = {}
    for row in rows:
        owners = having.get(row["body"], set())
        council = row["council"] or (next(iter(owners)) if len(owners) == 1 else None)
        found.setdefault(council, []).append(row["row"])
    return found
