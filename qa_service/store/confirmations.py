"""Minutes become confirmed where later minutes say so: derived anew with every publication of a level."""

from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.documents import Segment
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, iso

_VISIBLE = """d.access = :access AND d.from_gen <= :generation
              AND (d.to_gen IS NULL OR d.to_gen > :generation)"""
# A report for a meeting carries the meeting's day too: only minutes become confirmed.
_MINUTES = {
    "segment": "segment.part = 'minutes'",
    "resolution": """EXISTS (SELECT 1 FROM segment AS place WHERE place.document_row = resolution.document_row
                     AND place.start <= resolution.start AND place."end" > resolution.start
                     AND place.part = 'minutes')""",
}


def settle_statuses(writer: Connection, access: Access, generation: int) -> None:
    """Give the minutes that a generation shows the status that follows from all of its papers.

    Runs in the caller's transaction. Only papers of the same access level count: what a restricted paper says
    is told by nothing public.
    """
    values = {"access": access.value, "generation": generation}
    for table, minutes in _MINUTES.items():
        here = f"{table}.document_row IN (SELECT d.row FROM document AS d WHERE {_VISIBLE})"  # noqa: S608
        told = f"""EXISTS (SELECT 1 FROM confirmation AS told JOIN document AS d ON d.row = told.document_row
                   WHERE told.held_on = {table}.held_on AND told.body = {table}.body
                     AND told.council IS {table}.council AND {_VISIBLE})"""  # noqa: S608 - our own names
        writer.execute(
            f"""UPDATE {table} SET status = stated, stated = NULL
                WHERE stated IS NOT NULL AND {here} AND NOT {told}""",  # noqa: S608 - our own names
            values,
        )
        writer.execute(
            f"""UPDATE {table} SET stated = status, status = 'confirmed'
                WHERE stated IS NULL AND status IN ('draft', 'unknown')
                  AND {here} AND {told} AND {minutes}""",  # noqa: S608 - our own names
            values,
        )


def confirming_place(reader: Connection, segment: Segment, allowed: frozenset[Access]) -> Row | None:
    """Return where minutes are said to have been confirmed, the earliest place; None where nothing says it.

    A row of id, file_name and title of the paper, number and label of the page.
    """
    rows = reader.query(
        f"""SELECT d.id, d.file_name, d.title, page.number, page.label FROM confirmation AS told
            JOIN visible_document AS d ON d.row = told.document_row
            JOIN page ON page.document_row = d.row AND page.start <= told.start AND page."end" > told.start
            WHERE told.held_on = :held_on AND told.body = :body AND told.council IS :council
              AND d.access IN {among(allowed)}
            ORDER BY told.told_on, d.file_name, d.id LIMIT 1""",  # noqa: S608 - an enumeration
        {"held_on": iso(segment.held_on), "body": segment.body, "council": segment.council},
    )
    return rows[0] if rows else None


def confirmations_told(
    reader: Connection, held: tuple[date, date], told_by: date | None, allowed: frozenset[Access]
) -> list[Row]:
    """Return where minutes of meetings within two days, ends included, are said to have been confirmed.

    Rows of id and row of the paper, council, body, held_on, start and end of the words; those of one meeting
    in the order in which they were told, none told after `told_by`.
    """
    return reader.query(
        f"""SELECT d.id, d.row, told.council, told.body, told.held_on, told.start, told."end"
            FROM confirmation AS told JOIN visible_document AS d ON d.row = told.document_row
            WHERE told.held_on BETWEEN :first AND :last AND (:told_by IS NULL OR told.told_on <= :told_by)
              AND d.access IN {among(allowed)}
            ORDER BY told.held_on, told.council, told.body, told.told_on, d.file_name, d.id""",  # noqa: S608
        {"first": iso(held[0]), "last": iso(held[1]), "told_by": iso(told_by)},
    )


def draft_minutes(
    reader: Connection, held: tuple[date, date], told_by: date | None, allowed: frozenset[Access]
) -> list[Row]:
    """Return the papers that hold minutes of meetings within two days that nothing confirms, by day.

    Rows of id and row of the paper, council, body, held_on; of meetings held by `told_by` alone.
    """
    return reader.query(
        f"""SELECT DISTINCT d.id, d.row, segment.council, segment.body, segment.held_on FROM segment
            JOIN visible_document AS d ON d.row = segment.document_row
            WHERE segment.part = 'minutes' AND segment.status = 'draft'
              AND segment.held_on BETWEEN :first AND :last
              AND (:told_by IS NULL OR segment.held_on <= :told_by) AND d.access IN {among(allowed)}
            ORDER BY segment.held_on, d.file_name, d.id""",  # noqa: S608 - an enumeration
        {"first": iso(held[0]), "last": iso(held[1]), "told_by": iso(told_by)},
    )
