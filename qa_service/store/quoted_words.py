"""Finds words that somebody typed or copied in the stored text of a paper: white space may differ."""

import re

from qa_service.domain.access import Access
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import find_document, pages_of


def quoted_words(
    reader: Connection, document_id: str, words: str, allowed: frozenset[Access]
) -> tuple[Row, Span, str, int | None] | None:
    """Return (paper, span, the words as the paper prints them, page) of their first place; None if nowhere.

    Raises NotFound for a paper that may not be seen.
    """
    paper = find_document(reader, document_id, allowed)
    pages = pages_of(reader, paper["row"])
    text = "".join(page["text"] for page in pages)
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    found = re.search(pattern, text) if pattern else None
    if found is None:
        return None
    page = next(page for page in pages if page["start"] <= found.start() < page["end"])
    return paper, Span(found.start(), found.end()), found[0], page["number"]
