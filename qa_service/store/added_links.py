"""Finds the places of links that people made: by the bytes of the paper and the words it prints."""

from qa_service.domain.access import Access
from qa_service.domain.register import AddedLink
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.quoted_words import quoted_words
from qa_service.store.reading import papers_by_hash


def place_of(reader: Connection, link: AddedLink, allowed: frozenset[Access]) -> tuple[Row, Span] | None:
    """Return (paper, span) of the words of a link; None where no paper that one may see prints them now."""
    for paper in papers_by_hash(reader, link.sha256, allowed):
        if found := quoted_words(reader, paper["id"], link.quote, allowed):
            return paper, found[1]
    return None
