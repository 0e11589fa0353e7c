"""Which papers are one another's version in another language: derived anew with every publication."""

from collections.abc import Iterable

from qa_service.domain.access import Access
from qa_service.domain.documents import Segment
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, iso


def replace_language_pairs(writer: Connection, access: Access, pairs: Iterable[tuple[str, str]]) -> None:
    """Write pairs of document ids of one access level in place of what stood there."""
    writer.execute(
        """DELETE FROM other_language
           WHERE document_row IN (SELECT row FROM document WHERE access = :access)""",
        {"access": access.value},
    )
    writer.execute_many(
        """INSERT INTO other_language (document_row, other_row)
           SELECT one.row, other.row FROM document AS one, document AS other
           WHERE one.id = :one AND other.id = :other""",
        [{"one": one, "other": other} for one, other in pairs],
    )


def other_language_place(
    reader: Connection, document_row: int, segment: Segment, allowed: frozenset[Access]
) -> Row | None:
    """Return where the minutes of a segment stand in another language: the same minute; None where nowhere.

    A row of id, file_name and title of the paper, number and label of the page.
    """
    rows = reader.query(
        f"""SELECT d.id, d.file_name, d.title, page.number, page.label FROM other_language
            JOIN visible_document AS d ON d.row = other_row
            JOIN segment ON segment.document_row = d.row AND segment.part = 'minutes'
             AND segment.held_on IS :held_on AND segment.minute IS :minute
            JOIN page ON page.document_row = d.row
             AND page.start <= segment.start AND page."end" > segment.start
            WHERE other_language.document_row = :row AND d.access IN {among(allowed)}
            ORDER BY d.file_name, d.id, segment.ordinal LIMIT 1""",  # noqa: S608 - an enumeration
        {"row": document_row, "held_on": iso(segment.held_on), "minute": segment.minute},
    )
    return rows[0] if rows else None
