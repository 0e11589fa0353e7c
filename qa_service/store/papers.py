"""Writes papers: everything that reading found in one, and what becomes of papers that are replaced."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from qa_service.domain.access import Access
from qa_service.domain.documents import Document, Segment
from qa_service.domain.papers import Paper
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, iso, new_id, sha256_of

# Raised by hand whenever reading changes what it finds, so that papers are read again.
PARSER_VERSION = 22


def read_before(reader: Connection, allowed: frozenset[Access]) -> int:
    """Return how many of the papers that one may see an older version read."""
    count = reader.value(
        f"SELECT count(*) FROM visible_document WHERE access IN {among(allowed)} AND parser_version < :now",  # noqa: S608
        {"now": PARSER_VERSION},
    )
    return int(count or 0)


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
        ("confirmation", paper.confirmations),
        ("problem", paper.problems),
    ):
        writer.execute_many(
            _INSERT_FOUND[table], [_found_values(row, ordinal, thing) for ordinal, thing in enumerate(things)]
        )
    if paper.reissue is not None:
        span = {"start": paper.reissue.start, "end": paper.reissue.end}
        writer.execute(_INSERT_REISSUE, {"document_row": row, **span})
    _ensure_meetings(writer, paper)
    return row


def _ensure_meetings(writer: Connection, paper: Paper) -> None:
    """Write the meetings that segments belong to, where new. A segment that knows no body has none."""
    known = {(segment.council, segment.body, segment.held_on) for segment in paper.segments}
    writer.execute_many(
        """INSERT INTO meeting (id, access, council, body, held_on)
           VALUES (:id, :access, :council, :body, :held_on) ON CONFLICT DO NOTHING""",
        [
            {
                "id": new_id("m"),
                "access": paper.document.access.value,
                "council": council,
                "body": body,
                "held_on": iso(held_on),
            }
            for council, body, held_on in known
            if council is not None or body is not None
        ],
    )


def close_documents(writer: Connection, rows: Iterable[int], generation: int) -> None:
    """Make documents end with the generation before `generation`, once that one is published."""
    writer.execute_many(
        "UPDATE document SET to_gen = :generation WHERE row = :row",
        [{"row": row, "generation": generation} for row in rows],
    )


def discard_closed(writer: Connection) -> int:
    """Delete the content of documents that no generation shows any more; return how many had some.

    Their own rows stay, so that an answer which quoted them can be told what became of its quotes.
    """
    closed = """SELECT document.row FROM document
                JOIN current_generation AS now ON now.access = document.access
                WHERE document.to_gen <= now.number"""
    with writer.transaction():
        count = int(
            writer.value(f"SELECT count(DISTINCT document_row) FROM page WHERE document_row IN ({closed})")  # noqa: S608
        )
        for table in _CONTENT:
            writer.execute(f"DELETE FROM {table} WHERE document_row IN ({closed})")  # noqa: S608
    return count


def kept_originals(reader: Connection) -> frozenset[str]:
    """Return the SHA-256 of every original file that a document still needs, published yet or not."""
    rows = reader.query(
        """SELECT DISTINCT document.sha256 FROM document
           LEFT JOIN current_generation AS now ON now.access = document.access
           WHERE document.to_gen IS NULL OR document.to_gen > coalesce(now.number, 0)"""
    )
    return frozenset(row["sha256"] for row in rows)


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
    edges = [0, *(span.end for _, _, span in pages)]
    if edges != [*(span.start for _, _, span in pages), len(document.text)]:
        raise ValueError(f"pages of {document.id} do not tile its text: offsets would lie")
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
    for name in {"held_on", "told_on"} & values.keys():
        values[name] = iso(values[name])
    return values | {"document_row": document_row, "ordinal": ordinal}


def _insert(table: str, columns: str) -> str:
    names = columns.split()
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join(':' + name for name in names)})"  # noqa: S608


_CONTENT = (
    "page",
    "segment",
    "passage",
    "agenda_item",
    "attendance",
    "resolution",
    "commitment",
    "follow_up",
    "matter_step",
    "contradiction_place",
    "acronym",
    "discrepancy",
    "confirmation",
    "reissue",
    "problem",
)
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
_INSERT_REISSUE = _insert("reissue", "document_row start end")
_INSERT_FOUND = {
    "agenda_item": _insert("agenda_item", "document_row ordinal number title start end first_page last_page"),
    "attendance": _insert(
        "attendance",
        "document_row ordinal name state start end council body held_on role party minute item",
    ),
    "acronym": _insert("acronym", "document_row ordinal short long start end"),
    "discrepancy": _insert("discrepancy", "document_row ordinal kind note spans"),
    "confirmation": _insert("confirmation", "document_row ordinal start end council body held_on told_on"),
    "problem": _insert("problem", "document_row ordinal code detail page"),
}
