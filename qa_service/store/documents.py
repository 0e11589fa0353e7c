"""Documents, their pages and segments, and everything else that reading found in them."""

import hashlib
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from qa_service.domain.access import Access
from qa_service.domain.documents import (
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
from qa_service.domain.papers import Paper
from qa_service.domain.spans import Span
from qa_service.errors import IntegrityFailure, NotFound
from qa_service.store.database import Connection, Row

# Raised by hand whenever reading changes what it finds, so that papers are read again.
PARSER_VERSION = 1


def new_id(prefix: str) -> str:
    """Return a random id: counting ids would tell how many papers there are that one may not see."""
    return f"{prefix}{secrets.token_hex(8)}"


def insert_paper(writer: Connection, paper: Paper, origin: str, generation: int) -> int:
    """Write a paper, invisible until `generation` is published; return its row."""
    row = writer.execute(_INSERT_DOCUMENT, _document_values(paper.document, origin, generation))
    writer.execute_many(_INSERT_PAGE, list(_page_values(row, paper.document)))
    writer.execute_many(
        _INSERT_SEGMENT,
        [
            {"document_row": row, "ordinal": ordinal, **_segment_values(segment)}
            for ordinal, segment in enumerate(paper.segments)
        ],
    )
    for table, things in (
        ("agenda_item", paper.items),
        ("attendance", paper.attendance),
        ("acronym", paper.acronyms),
        ("discrepancy", paper.discrepancies),
        ("problem", paper.problems),
    ):
        writer.execute_many(
            _INSERT_FOUND[table], [_found_values(row, ordinal, thing) for ordinal, thing in enumerate(things)]
        )
    for segment in paper.segments:
        ensure_meeting(writer, segment, paper.document.access)
    return row


def ensure_meeting(writer: Connection, segment: Segment, access: Access) -> None:
    """Write the meeting that a segment belongs to, if it is new. A segment that knows no body has none."""
    if segment.body is None and segment.council is None:
        return
    writer.execute(
        """INSERT INTO meeting (id, access, council, body, held_on)
           VALUES (:id, :access, :council, :body, :held_on) ON CONFLICT DO NOTHING""",
        {
            "id": new_id("m"),
            "access": access.value,
            "council": segment.council,
            "body": segment.body,
            "held_on": iso(segment.held_on),
        },
    )


def close_documents(writer: Connection, rows: Iterable[int], generation: int) -> None:
    """Make documents end with the generation before `generation`, once that one is published."""
    writer.execute_many(
        "UPDATE document SET to_gen = :generation WHERE row = :row",
        [{"row": row, "generation": generation} for row in rows],
    )


def visible_documents(reader: Connection, allowed: frozenset[Access]) -> list[Row]:
    """Return the rows of all documents that one may see, by file name."""
    return reader.query(
        f"SELECT * FROM visible_document WHERE access IN {among(allowed)} ORDER BY file_name, id"  # noqa: S608
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


def meetings(reader: Connection, allowed: frozenset[Access]) -> list[Row]:
    """Return meetings with their number of papers, newest first, undated ones last."""
    return reader.query(
        f"""SELECT meeting.id, meeting.council, meeting.body, meeting.held_on,
                   count(DISTINCT d.row) AS documents
            FROM meeting
            JOIN segment ON segment.council IS meeting.council AND segment.body IS meeting.body
             AND segment.held_on IS meeting.held_on
            JOIN visible_document AS d ON d.row = segment.document_row AND d.access = meeting.access
            WHERE meeting.access IN {among(allowed)}
            GROUP BY meeting.id ORDER BY meeting.held_on DESC NULLS LAST, meeting.body, meeting.id"""  # noqa: S608
    )


def among(allowed: frozenset[Access]) -> str:
    """Return the SQL list of access levels. Values of our own enumeration only, so nothing is injected."""
    return "(" + ", ".join(f"'{level.value}'" for level in sorted(allowed)) + ")"


def pages_of(reader: Connection, document_row: int) -> list[Row]:
    """Return the page rows in order. A source without pages has one whose number is None."""
    return reader.query(
        "SELECT * FROM page WHERE document_row = :row ORDER BY ordinal", {"row": document_row}
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
    pages = reader.query(
        'SELECT start, text, sha256 FROM page WHERE document_row = :row AND start < :to AND "end" > :since '
        "ORDER BY ordinal",
        {"row": document_row, "since": span.start, "to": span.end},
    )
    for page in pages:
        if sha256_of(page["text"]) != page["sha256"]:
            raise IntegrityFailure("a page of a paper")
    joined = "".join(page["text"] for page in pages)
    return span.shifted(-pages[0]["start"]).of(joined) if pages else ""


def text_of(reader: Connection, document_row: int) -> str:
    """Return the whole normalised text."""
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
    """Return the document of a row, with its text and pages."""
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


def _document_values(document: Document, origin: str, generation: int) -> Row:
    source = document.source
    return {
        "id": document.id,
        "sha256": source.sha256,
        "file_name": source.file_name,
        "media_type": source.media_type,
        "size": source.size,
        "url": source.url,
        "fetched_at": source.fetched_at.isoformat() if source.fetched_at else None,
        "origin": origin,
        "kind": document.kind.value,
        "title": document.title,
        "council": document.council,
        "body": document.body,
        "held_on": iso(document.held_on),
        "language": document.language,
        "access": document.access.value,
        "supersedes": document.supersedes,
        "characters": len(document.text),
        "parser_version": PARSER_VERSION,
        "added_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "from_gen": generation,
    }


def _page_values(document_row: int, document: Document) -> Iterable[Row]:
    pages: Sequence[tuple[int | None, str | None, Span]] = [
        (page.number, page.label, page.span) for page in document.pages
    ] or [(None, None, Span(0, len(document.text)))]
    for ordinal, (number, label, span) in enumerate(pages):
        text = span.of(document.text)
        yield {
            "document_row": document_row,
            "ordinal": ordinal,
            "number": number,
            "label": label,
            "start": span.start,
            "end": span.end,
            "text": text,
            "sha256": sha256_of(text),
        }


def _segment_values(segment: Segment) -> Row:
    values = asdict(segment)
    span = values.pop("span")
    del values["document_id"]
    return values | {"start": span["start"], "end": span["end"], "held_on": iso(segment.held_on)}


def _found_values(document_row: int, ordinal: int, thing: Any) -> Row:  # noqa: ANN401 - five dataclasses
    values: Row = asdict(thing)
    if span := values.pop("span", None):
        values |= {"start": span["start"], "end": span["end"]}
    if spans := values.pop("spans", None):
        values["spans"] = json.dumps([[span["start"], span["end"]] for span in spans])
    if "held_on" in values:
        values["held_on"] = iso(values["held_on"])
    return values | {"document_row": document_row, "ordinal": ordinal}


def _insert(table: str, columns: str) -> str:
    names = columns.split()
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(':' + name for name in names)})"  # noqa: S608


_INSERT_DOCUMENT = _insert(
    "document",
    "id sha256 file_name media_type size url fetched_at origin kind title council body held_on language "
    "access supersedes characters parser_version added_at from_gen",
)
_INSERT_PAGE = _insert("page", "document_row ordinal number label start end text sha256")
_INSERT_SEGMENT = _insert(
    "segment",
    "document_row ordinal kind part start end council body held_on status item item_title minute paragraph "
    "heading addressed_to language",
)
_INSERT_FOUND = {
    "agenda_item": _insert("agenda_item", "document_row ordinal number title start end first_page last_page"),
    "attendance": _insert(
        "attendance",
        "document_row ordinal name state start end council body held_on role party minute item",
    ),
    "acronym": _insert("acronym", "document_row ordinal short long start end"),
    "discrepancy": _insert("discrepancy", "document_row ordinal kind note spans"),
    "problem": _insert("problem", "document_row ordinal code detail page"),
}
