"""Where the heading of a place in a paper is printed."""

from qa_service.domain.documents import SegmentKind
from qa_service.domain.spans import Span, trimmed
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of


def heading_above(reader: Connection, document_row: int, start: int) -> Span | None:
    """Return where the heading that a place stands under is printed; None where it has none.

    Raises IntegrityFailure where a page is not what was stored.
    """
    rows = reader.query(
        """SELECT above.start AS start, above."end" AS "end"
           FROM segment AS own JOIN segment AS above ON above.document_row = own.document_row
           WHERE own.document_row = :row AND own.start <= :start AND own."end" > :start
               AND above.heading = own.heading AND above.start < own.start AND above.kind IN (:heading, :item)
           ORDER BY above.start DESC LIMIT 1""",
        {
            "row": document_row,
            "start": start,
            "heading": SegmentKind.HEADING,
            "item": SegmentKind.AGENDA_ITEM,
        },
    )
    if not rows:
        return None
    span = Span(rows[0]["start"], rows[0]["end"])
    text = slice_of(reader, document_row, span)
    kept = trimmed(text, 0, len(text))
    return kept.shifted(span.start) if kept is not None else None
