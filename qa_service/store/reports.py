"""The reports that papers hold, by title: also those within a pack."""

from dataclasses import dataclass
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Part
from qa_service.domain.spans import Span
from qa_service.store.database import Connection
from qa_service.store.documents import among, day
from qa_service.store.findings import filtered

_REPORTS = frozenset({Part.REPORT, Part.DECISION_RECORD})


@dataclass(frozen=True, slots=True)
class TitledReport:
    """One report: its title, the meeting it is for, and where it stands in its paper."""

    document_id: str
    document_row: int
    title: str
    held_on: date | None
    span: Span


def titled_reports(reader: Connection, filters: Filters, allowed: frozenset[Access]) -> list[TitledReport]:
    """Return the reports within filters that have a title, newest meeting first, undated ones last."""
    where, values = filtered(filters, "segment")
    rows = reader.query(
        f"""SELECT d.id AS document_id, d.row AS document_row, max(segment.held_on) AS held_on,
                coalesce(segment.item_title, d.title) AS title,
                min(segment.start) AS start, max(segment."end") AS "end"
            FROM segment JOIN visible_document AS d ON d.row = segment.document_row
            WHERE d.access IN {among(allowed)} AND {where} AND segment.part IN {among(_REPORTS)}
            GROUP BY d.row, segment.part, coalesce(segment.item_title, d.title)
            ORDER BY 3 DESC NULLS LAST, d.row, 5""",  # noqa: S608 - enumerations; every value is bound
        values,
    )
    return [
        TitledReport(
            row["document_id"],
            row["document_row"],
            row["title"],
            day(row["held_on"]),
            Span(row["start"], row["end"]),
        )
        for row in rows
        if row["title"]
    ]
