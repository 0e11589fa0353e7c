"""What the papers of meetings say, block by block: also the lines that no passage holds."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Part, SegmentKind
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, day, slice_of
from qa_service.store.findings import filtered

# What of a segment stands on one page.
_ON_PAGE = """substr(page.text, max(segment.start - page.start, 0) + 1,
                     min(segment."end", page."end") - max(segment.start, page.start))"""


@dataclass(frozen=True, slots=True)
class MeetingText:
    """The stored text of one segment, where it stands, and whose meeting it belongs to."""

    document_id: str
    document_row: int
    kind: SegmentKind
    part: Part
    council: str | None
    body: str | None
    held_on: date | None
    span: Span
    text: str


def texts_of_meetings(
    reader: Connection,
    parts: Collection[Part],
    kinds: Collection[SegmentKind],
    words: Collection[str],
    filters: Filters,
    allowed: frozenset[Access],
    most: int,
) -> list[MeetingText]:
    """Return at most `most` segments of some parts within filters that are of a kind or hold any words.

    Newest meeting first, undated ones last, each paper's in the order of its text. `words`: patterns of
    SQL's LIKE. Raises IntegrityFailure where a page is not what was stored.
    """
    where, values = filtered(filters, "segment")
    held = "".join(f" OR {_ON_PAGE} LIKE :word{at}" for at in range(len(words)))
    rows = reader.query(
        f"""SELECT DISTINCT d.id AS document_id, segment.* FROM segment
            JOIN visible_document AS d ON d.row = segment.document_row
            JOIN page ON page.document_row = d.row
                AND page.start < segment."end" AND page."end" > segment.start
            WHERE d.access IN {among(allowed)} AND {where} AND segment.part IN {among(parts)}
                AND (segment.kind IN (SELECT value FROM json_each(:kinds)){held})
            ORDER BY segment.held_on DESC NULLS LAST, d.row, segment.ordinal LIMIT :most""",  # noqa: S608 - enumerations and our own names; every value is bound
        {
            **values,
            **{f"word{at}": f"%{word}%" for at, word in enumerate(sorted(words))},
            "kinds": json.dumps(sorted(kind.value for kind in kinds)),
            "most": most,
        },
    )
    return [_text_of(reader, row) for row in rows]


def _text_of(reader: Connection, row: Row) -> MeetingText:
    span = Span(row["start"], row["end"])
    return MeetingText(
        row["document_id"],
        row["document_row"],
        SegmentKind(row["kind"]),
        Part(row["part"]),
        row["council"],
        row["body"],
        day(row["held_on"]),
        span,
        slice_of(reader, row["document_row"], span),
    )
