"""Which passages are copies of others: derived, and replaced with every publication of their access level."""

import json
from collections.abc import Mapping, Sequence

from qa_service.domain.access import Access
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among


def replace_passage_copies(writer: Connection, access: Access, copies: Mapping[int, int]) -> None:
    """Write (copy, what it is a copy of) of one access level in place of what stood there."""
    _replace(writer, access, "passage_copy", "canonical_row", copies)


def replace_superseded(writer: Connection, access: Access, superseded: Mapping[int, int]) -> None:
    """Write (passage, its place in the reissue) of one access level in place of what stood there."""
    _replace(writer, access, "passage_superseded", "by_row", superseded)


def _replace(writer: Connection, access: Access, table: str, column: str, rows: Mapping[int, int]) -> None:
    writer.execute(
        f"""DELETE FROM {table} WHERE passage_row IN (
                SELECT passage.row FROM passage
                JOIN document ON document.row = passage.document_row WHERE document.access = :access)""",  # noqa: S608
        {"access": access.value},
    )
    writer.execute_many(
        f"INSERT INTO {table} (passage_row, {column}) VALUES (:one, :other)",  # noqa: S608 - our own names
        [{"one": one, "other": other} for one, other in rows.items()],
    )


def canonical_rows(reader: Connection, rows: Sequence[int]) -> dict[int, int]:
    """Return, of the passages given, those that are copies, each with what it is a copy of."""
    found = reader.query(
        """SELECT passage_row, canonical_row FROM passage_copy
           WHERE passage_row IN (SELECT value FROM json_each(:rows))""",
        {"rows": json.dumps(list(rows))},
    )
    return {row["passage_row"]: row["canonical_row"] for row in found}


# CROSS JOIN keeps the order: the other way about, SQLite reads every copy there is for each citation.
def other_places(reader: Connection, document_row: int, span: Span, allowed: frozenset[Access]) -> list[Row]:
    """Return where else the paper is filed in which a span begins, as far as one may see it.

    Rows of id, file_name, title, number and label of the page where its passage begins there; by file name.
    """
    return reader.query(
        f"""WITH here AS (
                SELECT passage.row, coalesce(canonical_row, passage.row) AS canonical FROM passage
                LEFT JOIN passage_copy ON passage_row = passage.row
                WHERE document_row = :document AND start <= :at AND "end" > :at),
            same AS (
                SELECT canonical AS row FROM here UNION
                SELECT passage_row FROM here CROSS JOIN passage_copy ON canonical_row = here.canonical)
            SELECT DISTINCT d.id, d.file_name, d.title, page.number, page.label FROM same
            JOIN passage ON passage.row = same.row
            JOIN visible_document AS d ON d.row = passage.document_row
            JOIN page ON page.document_row = d.row
             AND page.start <= passage.start AND page."end" > passage.start
            WHERE d.row <> :document AND d.access IN {among(allowed)}
            ORDER BY d.file_name, d.id""",  # noqa: S608 - an enumeration
        {"document": document_row, "at": span.start},
    )


def papers_sharing(reader: Connection, document_row: int, allowed: frozenset[Access]) -> list[Row]:
    """Return which other papers hold passages of this one word for word: rows of id, file_name and title."""
    return reader.query(
        f"""WITH here AS (
                SELECT coalesce(canonical_row, passage.row) AS canonical FROM passage
                LEFT JOIN passage_copy ON passage_row = passage.row WHERE document_row = :document),
            same AS (
                SELECT canonical AS row FROM here UNION
                SELECT passage_row FROM here CROSS JOIN passage_copy ON canonical_row = here.canonical)
            SELECT DISTINCT d.id, d.file_name, d.title FROM same
            JOIN passage ON passage.row = same.row
            JOIN visible_document AS d ON d.row = passage.document_row
            WHERE d.row <> :document AND d.access IN {among(allowed)}
            ORDER BY d.file_name, d.id""",  # noqa: S608 - an enumeration
        {"document": document_row},
    )


def reissued_place(
    reader: Connection, document_row: int, span: Span, words: str, allowed: frozenset[Access]
) -> Row | None:
    """Return where a reissue stands that does not have the words of a place any more; None where none does.

    A row of id, file_name and title of the reissue, number and label of the page where its passage begins.
    """
    rows = reader.query(
        f"""SELECT d.row, d.id, d.file_name, d.title, page.number, page.label FROM passage AS old
            JOIN passage_superseded ON passage_row = old.row
            JOIN passage ON passage.row = by_row
            JOIN visible_document AS d ON d.row = passage.document_row
            JOIN page ON page.document_row = d.row
             AND page.start <= passage.start AND page."end" > passage.start
            WHERE old.document_row = :document AND old.start <= :at AND old."end" > :at
              AND d.access IN {among(allowed)} LIMIT 1""",  # noqa: S608 - an enumeration
        {"document": document_row, "at": span.start},
    )
    if not rows:
        return None
    texts = reader.query("SELECT text FROM passage WHERE document_row = :row ORDER BY start", rows[0])
    kept = _letters(words) in _letters(" ".join(each["text"] for each in texts))
    return None if kept else rows[0]


def _letters(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())
