"""What became of a quote since it was given: papers are replaced, and answers are kept."""

from enum import StrEnum

from qa_service.answering.citations import cite
from qa_service.domain.access import Access
from qa_service.domain.answers import Citation
from qa_service.domain.spans import Span
from qa_service.errors import NotFound, UnsupportedCitation
from qa_service.store.database import Connection
from qa_service.store.documents import successor_of, text_of


class Verdict(StrEnum):
    """The same words at the same place; elsewhere in the newer paper; gone from it; the paper gone."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    ALTERED = "altered"
    WITHDRAWN = "withdrawn"


def verify(
    reader: Connection, document_id: str, start: int, quote: str, allowed: frozenset[Access]
) -> tuple[Verdict, Citation | None]:
    """Return the verdict on a quote and where it stands now, if it does."""
    span = Span(start, start + len(quote))
    try:
        citation = cite(reader, document_id, span, allowed)
    except UnsupportedCitation:
        return Verdict.ALTERED, None
    except NotFound:
        return _in_successor(reader, document_id, quote, allowed)
    return (Verdict.UNCHANGED, citation) if citation.quote == quote else (Verdict.ALTERED, None)


def _in_successor(
    reader: Connection, document_id: str, quote: str, allowed: frozenset[Access]
) -> tuple[Verdict, Citation | None]:
    """Look in the paper that replaced one that is no longer shown."""
    newer = successor_of(reader, document_id, allowed)
    if newer is None:
        return Verdict.WITHDRAWN, None
    at = text_of(reader, newer["row"]).find(quote)
    if at == -1:
        return Verdict.ALTERED, None
    return Verdict.MOVED, cite(reader, newer["id"], Span(at, at + len(quote)), allowed)
