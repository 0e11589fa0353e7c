"""Evidence is located or refused: a citation is made from stored text, and from nothing else."""

import hashlib

from qa_service.domain.access import Access
from qa_service.domain.answers import Citation, DocumentFacts, PageRef, Place
from qa_service.domain.documents import DocumentKind, Part, Segment, Status
from qa_service.domain.spans import Span
from qa_service.errors import UnsupportedCitation
from qa_service.store.confirmations import confirming_place
from qa_service.store.copies import other_places, reissued_place
from qa_service.store.database import Connection, Row
from qa_service.store.documents import find_document, find_meeting, segment_from, slice_of
from qa_service.store.languages import other_language_place


def cite(reader: Connection, document_id: str, span: Span, allowed: frozenset[Access]) -> Citation:
    """Return the citation of a span. Raises NotFound, IntegrityFailure, UnsupportedCitation."""
    document = find_document(reader, document_id, allowed)
    quote = slice_of(reader, document["row"], span)
    if len(quote) != len(span) or not quote.strip():
        raise UnsupportedCitation(document["file_name"], quote)
    segment = _segment_at(reader, document, span)
    return Citation(
        document=facts_of(reader, document),
        segment=segment,
        meeting=find_meeting(reader, segment, Access(document["access"])),
        span=span,
        quote=quote,
        sha256=hashlib.sha256(quote.encode()).hexdigest(),
        page=_page_at(reader, document["row"], span),
        confirmed_in=_confirmed_in(reader, segment, allowed),
        superseded_by=_place_of(reissued_place(reader, document["row"], span, quote, allowed)),
        other_language=_in_other_language(reader, document["row"], segment, allowed),
        also_in=tuple(_place(row) for row in other_places(reader, document["row"], span, allowed)),
    )


def _place(row: Row) -> Place:
    page = PageRef(row["number"], row["label"]) if row["number"] is not None else None
    return Place(row["id"], row["file_name"], row["title"], page)


def _confirmed_in(reader: Connection, segment: Segment, allowed: frozenset[Access]) -> Place | None:
    """Return the place that says that the minutes cited were confirmed; None where they say it themselves."""
    if segment.part is not Part.MINUTES or segment.status is not Status.CONFIRMED:
        return None
    return _place_of(confirming_place(reader, segment, allowed))


def _in_other_language(
    reader: Connection, document_row: int, segment: Segment, allowed: frozenset[Access]
) -> Place | None:
    if segment.part is not Part.MINUTES:
        return None
    return _place_of(other_language_place(reader, document_row, segment, allowed))


def _place_of(row: Row | None) -> Place | None:
    return None if row is None else _place(row)


def facts_of(reader: Connection, document: Row) -> DocumentFacts:
    """Return what a citation says of a document."""
    paged = reader.value(
        "SELECT number IS NOT NULL FROM page WHERE document_row = :row AND ordinal = 0",
        {"row": document["row"]},
    )
    return DocumentFacts(
        document["id"],
        document["file_name"],
        document["title"],
        DocumentKind(document["kind"]),
        document["council"],
        document["body"],
        document["sha256"],
        paged=bool(paged),
    )


def _segment_at(reader: Connection, document: Row, span: Span) -> Segment:
    """Return the segment in which the span begins: it knows minute and paragraph exactly."""
    rows = reader.query(
        'SELECT * FROM segment WHERE document_row = :row AND start <= :at AND "end" > :at',
        {"row": document["row"], "at": span.start},
    )
    return segment_from(rows[0], document["id"])


def _page_at(reader: Connection, document_row: int, span: Span) -> PageRef | None:
    """Return the page on which the span begins; None for a source without pages."""
    rows = reader.query(
        'SELECT number, label FROM page WHERE document_row = :row AND start <= :at AND "end" > :at',
        {"row": document_row, "at": span.start},
    )
    return PageRef(rows[0]["number"], rows[0]["label"]) if rows and rows[0]["number"] is not None else None


def reference_of(citation: Citation) -> str:
    """Return one line to paste into a report: who met when, where in the paper, which page of which file."""
    segment, page = citation.segment, citation.page
    held_on = segment.held_on
    parts = [
        segment.council,
        segment.body,
        f"{held_on.day} {held_on:%B %Y}" if held_on else "undated",
        _paper_named(segment),
        f"item {segment.item}" if segment.item else None,
        f"minute {segment.minute}" if segment.minute else None,
        f"paragraph {segment.paragraph}" if segment.paragraph else None,
        f"page {page.label}" if page and page.label else None,
        f"PDF page {page.number}" if page else None,
        citation.document.file_name,
        "since reissued" if citation.superseded_by else None,
    ]
    return ", ".join(part for part in parts if part)


def _paper_named(segment: Segment) -> str | None:
    """Return what sort of paper the words stand in; a part of no known sort is not named."""
    if segment.part is not Part.MINUTES:
        return None if segment.part is Part.OTHER else segment.part.value
    stated = segment.status in {Status.DRAFT, Status.CONFIRMED}
    return f"{segment.status.value} minutes" if stated else "minutes"
