"""What the papers are about, in their own words: for examples of questions that they can answer."""

from dataclasses import dataclass
from datetime import date

from qa_service.domain.access import Access
from qa_service.store.database import Connection
from qa_service.store.documents import among, day

_MOST = 200


@dataclass(frozen=True, slots=True)
class Subject:
    """A title that a paper prints, and the meeting that it belongs to."""

    title: str
    body: str | None
    held_on: date | None


def decided_subjects(reader: Connection, allowed: frozenset[Access]) -> list[Subject]:
    """Return the headings under which something was resolved, newest meeting first."""
    return _subjects(
        reader,
        f"""SELECT resolution.heading AS title, resolution.body, resolution.held_on
            FROM resolution JOIN visible_document AS d ON d.row = resolution.document_row
            WHERE resolution.standing = 'resolved' AND resolution.heading <> ''
              AND d.access IN {among(allowed)}
            GROUP BY 1, 2, 3 ORDER BY resolution.held_on DESC NULLS LAST, 1 LIMIT :most""",  # noqa: S608 - an enumeration
    )


def reported_subjects(reader: Connection, allowed: frozenset[Access]) -> list[Subject]:
    """Return the titles of reports that are held, newest meeting first: an agenda may list what is not."""
    return _subjects(
        reader,
        f"""SELECT segment.item_title AS title, segment.body, segment.held_on
            FROM segment JOIN visible_document AS d ON d.row = segment.document_row
            WHERE segment.part = 'report' AND segment.item_title <> '' AND d.access IN {among(allowed)}
            GROUP BY 1, 2, 3 ORDER BY segment.held_on DESC NULLS LAST, 1 LIMIT :most""",  # noqa: S608
    )


def attended_meetings(reader: Connection, allowed: frozenset[Access]) -> list[Subject]:
    """Return the meetings whose papers say who was present, newest first; `title` is the body."""
    return _subjects(
        reader,
        f"""SELECT attendance.body AS title, attendance.body, attendance.held_on
            FROM attendance JOIN visible_document AS d ON d.row = attendance.document_row
            WHERE attendance.state = 'present' AND attendance.body <> '' AND attendance.held_on <> ''
              AND d.access IN {among(allowed)}
            GROUP BY 2, 3 ORDER BY attendance.held_on DESC, 2 LIMIT :most""",  # noqa: S608
    )


def short_forms(reader: Connection, allowed: frozenset[Access]) -> list[str]:
    """Return the short forms that most papers define, those of equally many by name."""
    rows = reader.query(
        f"""SELECT acronym.short FROM acronym JOIN visible_document AS d ON d.row = acronym.document_row
            WHERE d.access IN {among(allowed)}
            GROUP BY acronym.short ORDER BY count(DISTINCT d.row) DESC, acronym.short LIMIT 20"""  # noqa: S608
    )
    return [row["short"] for row in rows]


def _subjects(reader: Connection, sql: str) -> list[Subject]:
    return [
        Subject(row["title"], row["body"], day(row["held_on"])) for row in reader.query(sql, {"most": _MOST})
    ]
