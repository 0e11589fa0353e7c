"""A paper as one reads it: its outline, and the blocks of text that stand on a page."""

from dataclasses import dataclass
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.documents import SegmentKind
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, day


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Which characters a page covers, without its text. `number` is None in a source without pages."""

    number: int | None
    label: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """One segment as far as it stands on a page or in a stretch of text."""

    ordinal: int
    kind: SegmentKind
    span: Span
    language: str


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """Where something new begins in a paper: another part, item, minute or heading."""

    ordinal: int
    start: int
    part: str
    body: str | None
    held_on: date | None
    status: str
    item: str | None
    item_title: str | None
    minute: str | None
    heading: str | None


def page_places(reader: Connection, document_row: int) -> list[PagePlace]:
    """Return the pages in order, without their text."""
    rows = reader.query(
        'SELECT number, label, start, "end" FROM page WHERE document_row = :row ORDER BY ordinal',
        {"row": document_row},
    )
    return [PagePlace(row["number"], row["label"], Span(row["start"], row["end"])) for row in rows]


def blocks_within(reader: Connection, document_row: int, span: Span) -> list[Block]:
    """Return the segments that overlap a span, in order, each cut to it."""
    rows = reader.query(
        'SELECT ordinal, kind, start, "end", language FROM segment '
        'WHERE document_row = :row AND start < :to AND "end" > :since ORDER BY ordinal',
        {"row": document_row, "since": span.start, "to": span.end},
    )
    return [
        Block(
            row["ordinal"],
            SegmentKind(row["kind"]),
            Span(max(row["start"], span.start), min(row["end"], span.end)),
            row["language"],
        )
        for row in rows
    ]


def outline_rows(reader: Connection, document_row: int) -> list[OutlineRow]:
    """Return the places where part, meeting, item, minute or heading change, in order."""
    return [
        OutlineRow(**{**row, "held_on": day(row["held_on"])})
        for row in reader.query(_OUTLINE, {"row": document_row})
    ]


def part_statuses(reader: Connection, document_row: int) -> list[str]:
    """Return how far the minutes in a paper have come, each status once."""
    rows = reader.query(
        "SELECT DISTINCT status FROM segment WHERE document_row = :row AND part = 'minutes' ORDER BY status",
        {"row": document_row},
    )
    return [row["status"] for row in rows]


def segment_at(
    reader: Connection, document_id: str, at: int, allowed: frozenset[Access]
) -> tuple[str | None, str | None]:
    """Return (language, item title or heading) of the segment at a place; None for what is not known."""
    rows = reader.query(
        f"""SELECT segment.language, coalesce(segment.item_title, segment.heading) AS heading
            FROM segment JOIN visible_document AS d ON d.row = segment.document_row
            WHERE d.id = :id AND d.access IN {among(allowed)} AND start <= :at AND "end" > :at""",  # noqa: S608 - an enumeration
        {"id": document_id, "at": at},
    )
    return (rows[0]["language"], rows[0]["heading"]) if rows else (None, None)


def papers_by_hash(reader: Connection, sha256: str, allowed: frozenset[Access]) -> list[Row]:
    """Return the visible documents whose original has these bytes."""
    return reader.query(
        f"SELECT * FROM visible_document WHERE sha256 = :sha256 AND access IN {among(allowed)} ORDER BY id",  # noqa: S608
        {"sha256": sha256},
    )


def discrepancies_of(reader: Connection, document_row: int) -> list[Row]:
    """Return where a paper contradicts itself: rows of kind, note and spans (JSON)."""
    return reader.query(
        "SELECT kind, note, spans FROM discrepancy WHERE document_row = :row ORDER BY ordinal",
        {"row": document_row},
    )


# Blank and standing blocks open nothing: a running head between two pages of one minute is no new place.
_OUTLINE = """
    WITH block AS (
        SELECT ordinal, start, part, body, held_on, status, item, item_title, minute, heading,
               lag(ordinal) OVER w AS before, lag(part) OVER w AS part_, lag(body) OVER w AS body_,
               lag(held_on) OVER w AS held_on_, lag(item) OVER w AS item_, lag(minute) OVER w AS minute_,
               lag(heading) OVER w AS heading_
        FROM segment WHERE document_row = :row AND kind NOT IN ('page mark', 'blank', 'footnote')
        WINDOW w AS (ORDER BY ordinal)
    )
    SELECT ordinal, start, part, body, held_on, status, item, item_title, minute, heading FROM block
    WHERE before IS NULL OR part IS NOT part_ OR body IS NOT body_ OR held_on IS NOT held_on_
       OR item IS NOT item_ OR minute IS NOT minute_ OR heading IS NOT heading_
    ORDER BY ordinal"""
