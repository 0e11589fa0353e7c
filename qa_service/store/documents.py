"""Documents, their pages and segments, and everything else that reading found in them."""

import hashlib
import json
import secrets
from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import (
    INTERRUPTIONS,
    Document,
    DocumentKind,
    Meeting,
    Page,
    Part,
    Segment,
    SegmentKind,
    SourceFile,
    Status,
)
from qa_service.domain.papers import GAP_CODES
from qa_service.domain.spans import Span
from qa_service.errors import IntegrityFailure, NotFound
from qa_service.store.database import Connection, Row

# A part of a pack is also found under the kind that it would have as a file of its own.
KIND_OF_PART = {
    Part.COVER: DocumentKind.AGENDA_PACK,
    Part.AGENDA: DocumentKind.AGENDA_PACK,
    Part.MINUTES: DocumentKind.MINUTES,
    Part.REPORT: DocumentKind.REPORT,
    Part.APPENDIX: DocumentKind.REPORT,
    Part.SLIDES: DocumentKind.PRESENTATION,
    Part.DECISION_RECORD: DocumentKind.DECISION_RECORD,
    Part.WEB_PAGE: DocumentKind.WEB_PAGE,
    Part.OTHER: DocumentKind.OTHER,
}
# Whether a segment of document d lies within filters, by the same rules as the indexes (columns.py).
_WITHIN = """
    (:councils IS NULL OR segment.council IN (SELECT value FROM json_each(:councils)))
    AND (:bodies IS NULL OR segment.body IN (SELECT value FROM json_each(:bodies)))
    AND (:documents IS NULL OR d.id IN (SELECT value FROM json_each(:documents)))
    AND (:kinds IS NULL OR d.kind IN (SELECT value FROM json_each(:kinds))
         OR segment.part IN (SELECT value FROM json_each(:parts)))
    AND (:since IS NULL OR segment.held_on >= :since)
    AND (:until IS NULL OR segment.held_on <= :until)"""


def new_id(prefix: str) -> str:
    """Return a random id: counting ids would tell how many papers there are that one may not see."""
    return f"{prefix}{secrets.token_hex(8)}"


def visible_documents(
    reader: Connection, allowed: frozenset[Access], filters: Filters | None = None
) -> list[Row]:
    """Return the rows of the documents that one may see, by file name; with segments within the filters."""
    return reader.query(
        f"""SELECT * FROM visible_document AS d
            WHERE d.access IN {among(allowed)}
              AND EXISTS (SELECT 1 FROM segment WHERE segment.document_row = d.row AND {_WITHIN})
            ORDER BY d.file_name, d.id""",  # noqa: S608 - an enumeration and a constant
        _limits(filters or Filters()),
    )


def find_document(reader: Connection, document_id: str, allowed: frozenset[Access]) -> Row:
    """Return a document's row. Raises NotFound for an unknown id and, alike, for one that may not be seen."""
    rows = reader.query(
        f"SELECT * FROM visible_document WHERE id = :id AND access IN {among(allowed)}",  # noqa: S608
        {"id": document_id},
    )
    if not rows:
        raise NotFound("document", document_id)
    return rows[0]


def successor_of(reader: Connection, document_id: str, allowed: frozenset[Access]) -> Row | None:
    """Return the visible document from the same origin as one that is no longer shown; None without one."""
    rows = reader.query(
        f"""SELECT newer.* FROM visible_document AS newer
            JOIN document AS older ON older.origin = newer.origin AND older.access = newer.access
            WHERE older.id = :id AND newer.id <> older.id AND newer.access IN {among(allowed)}""",  # noqa: S608
        {"id": document_id},
    )
    return rows[0] if rows else None


def problems_of(reader: Connection, document_row: int) -> list[Row]:
    """Return what reading a document could not do: rows of code, detail, page."""
    return reader.query(
        "SELECT code, detail, page FROM problem WHERE document_row = :row ORDER BY ordinal",
        {"row": document_row},
    )


def gaps_of(reader: Connection, document_row: int) -> int:
    """Return how many of a document's problems are words that could not be read."""
    return sum(row["code"] in GAP_CODES for row in problems_of(reader, document_row))


def meetings(reader: Connection, allowed: frozenset[Access], filters: Filters | None = None) -> list[Row]:
    """Return meetings with their number of papers, newest first, undated ones last.

    With filters, the meetings that a segment within them belongs to.
    """
    return reader.query(
        f"""SELECT meeting.id, meeting.council, meeting.body, meeting.held_on, count(*) AS documents
            FROM (SELECT DISTINCT d.row, d.access, coalesce(segment.council, '') AS council,
                         coalesce(segment.body, '') AS body, coalesce(segment.held_on, '') AS held_on
                  FROM segment JOIN visible_document AS d ON d.row = segment.document_row
                  WHERE d.access IN {among(allowed)} AND {_WITHIN}) AS used
            JOIN meeting ON meeting.access = used.access AND coalesce(meeting.council, '') = used.council
             AND coalesce(meeting.body, '') = used.body AND coalesce(meeting.held_on, '') = used.held_on
            GROUP BY meeting.id ORDER BY meeting.held_on DESC NULLS LAST, meeting.body, meeting.id""",  # noqa: S608
        _limits(filters or Filters()),
    )


def among(allowed: Iterable[StrEnum]) -> str:
    """Return the SQL list of values. Those of our own enumerations only, so nothing is injected."""
    return "(" + ", ".join(f"'{each.value}'" for each in sorted(allowed)) + ")"


def pages_of(reader: Connection, document_row: int) -> list[Row]:
    """Return the page rows in order. A source without pages has one whose number is None.

    Raises IntegrityFailure where a page is not what was stored.
    """
    return _whole(
        reader.query("SELECT * FROM page WHERE document_row = :row ORDER BY ordinal", {"row": document_row})
    )


def find_page(reader: Connection, document_row: int, number: int) -> Row:
    """Return the row of a page, counted from 1 in the file. Raises NotFound, IntegrityFailure."""
    pages = reader.query(
        "SELECT * FROM page WHERE document_row = :row AND number = :number",
        {"row": document_row, "number": number},
    )
    if not pages:
        raise NotFound("page", str(number))
    if sha256_of(pages[0]["text"]) != pages[0]["sha256"]:
        raise IntegrityFailure("a page of a paper")
    return pages[0]


def slice_of(reader: Connection, document_row: int, span: Span) -> str:
    """Return the stored text of a span, from pages whose hashes hold.

    Raises IntegrityFailure where a page is not what was stored.
    """
    pages = _whole(
        reader.query(
            """SELECT start, text, sha256 FROM page
               WHERE document_row = :row AND start < :to AND "end" > :since ORDER BY ordinal""",
            {"row": document_row, "since": span.start, "to": span.end},
        )
    )
    joined = "".join(page["text"] for page in pages)
    return span.shifted(-pages[0]["start"]).of(joined) if pages else ""


def text_behind(reader: Connection, document_row: int, start: int, most: int) -> str:
    """Return at most so many characters of the stored text from an offset on; "" at its end.

    Raises IntegrityFailure where a page is not what was stored.
    """
    rows = reader.query(
        'SELECT max("end") AS last FROM page WHERE document_row = :row', {"row": document_row}
    )
    last = min(start + most, next((row["last"] for row in rows if row["last"] is not None), start))
    return slice_of(reader, document_row, Span(start, last)) if last > start else ""


def uninterrupted(reader: Connection, document_row: int, span: Span) -> list[Span]:
    """Return the stretches of a span, in order, that no page mark and no footnote interrupts."""
    rows = reader.query(
        f"""SELECT start, "end" FROM segment WHERE document_row = :row AND start < :to AND "end" > :since
            AND kind IN {among(INTERRUPTIONS)} ORDER BY ordinal""",  # noqa: S608 - an enumeration
        {"row": document_row, "since": span.start, "to": span.end},
    )
    starts = [span.start, *(row["end"] for row in rows)]
    ends = [*(row["start"] for row in rows), span.end]
    return [Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def words_of(reader: Connection, document_row: int, span: Span) -> str:
    """Return the words of a span, one blank apart, without the page marks and footnotes that interrupt it.

    Raises IntegrityFailure.
    """
    text = slice_of(reader, document_row, span)
    kept = [part.shifted(-span.start).of(text) for part in uninterrupted(reader, document_row, span)]
    return " ".join("".join(kept).split())


def text_of(reader: Connection, document_row: int) -> str:
    """Return the whole normalised text. Raises IntegrityFailure."""
    return "".join(page["text"] for page in pages_of(reader, document_row))


def segments_of(reader: Connection, document: Row) -> list[Segment]:
    """Return the segments in order."""
    rows = reader.query(
        "SELECT * FROM segment WHERE document_row = :row ORDER BY ordinal", {"row": document["row"]}
    )
    return [segment_from(row, document["id"]) for row in rows]


def segment_from(row: Row, document_id: str) -> Segment:
    """Return the segment of a row of table segment, or of a row that carries its columns."""
    return Segment(
        document_id=document_id,
        kind=SegmentKind(row["kind"]),
        part=Part(row["part"]),
        span=Span(row["start"], row["end"]),
        council=row["council"],
        body=row["body"],
        held_on=day(row["held_on"]),
        status=Status(row["status"]),
        item=row["item"],
        item_title=row["item_title"],
        minute=row["minute"],
        paragraph=row["paragraph"],
        heading=row["heading"],
        addressed_to=row["addressed_to"],
        language=row["language"],
    )


def document_from(reader: Connection, row: Row) -> Document:
    """Return the document of a row, with its text and pages. Raises IntegrityFailure."""
    pages = pages_of(reader, row["row"])
    return Document(
        id=row["id"],
        source=SourceFile(
            row["sha256"],
            row["file_name"],
            row["media_type"],
            row["size"],
            row["url"],
            datetime.fromisoformat(row["fetched_at"]) if row["fetched_at"] else None,
        ),
        kind=DocumentKind(row["kind"]),
        title=row["title"],
        council=row["council"],
        body=row["body"],
        held_on=day(row["held_on"]),
        text="".join(page["text"] for page in pages),
        pages=tuple(
            Page(page["number"], page["label"], Span(page["start"], page["end"]))
            for page in pages
            if page["number"] is not None
        ),
        language=row["language"],
        access=Access(row["access"]),
        supersedes=row["supersedes"],
    )


def find_meeting(reader: Connection, segment: Segment, access: Access) -> Meeting | None:
    """Return the meeting that a segment belongs to; None where it knows neither council nor body."""
    found = reader.value(
        """SELECT id FROM meeting WHERE access = :access AND coalesce(council, '') = coalesce(:council, '')
           AND coalesce(body, '') = coalesce(:body, '') AND coalesce(held_on, '') = coalesce(:held_on, '')""",
        {
            "access": access.value,
            "council": segment.council,
            "body": segment.body,
            "held_on": iso(segment.held_on),
        },
    )
    return found and Meeting(found, segment.council, segment.body, segment.held_on, segment.status)


def iso(value: date | None) -> str | None:
    """Return a date as stored."""
    return value.isoformat() if value else None


def day(value: str | None) -> date | None:
    """Return a stored date."""
    return date.fromisoformat(value) if value else None


def sha256_of(text: str) -> str:
    """Return the SHA-256 of the text's UTF-8 bytes as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _whole(pages: list[Row]) -> list[Row]:
    """Return the page rows given, all of which have the hash that they were stored with."""
    if any(sha256_of(page["text"]) != page["sha256"] for page in pages):
        raise IntegrityFailure("a page of a paper")
    return pages


def _limits(filters: Filters) -> Row:
    """Return the parameters of _WITHIN; NULL where a field sets no limit."""
    parts = {part for part, kind in KIND_OF_PART.items() if kind in filters.kinds}
    return {
        "councils": _list(filters.councils),
        "bodies": _list(filters.bodies),
        "documents": _list(filters.documents),
        "kinds": _list(filters.kinds),
        "parts": _list(parts),
        "since": iso(filters.held_from),
        "until": iso(filters.held_to),
    }


def _list(values: Iterable[str]) -> str | None:
    return json.dumps(sorted(values)) if values else None
