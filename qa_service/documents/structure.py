"""A file's bytes to its structure: the whole reading, pure and deterministic."""

import hashlib
import re
from itertools import pairwise

from qa_service.documents.bodies import likely_council, title_case
from qa_service.documents.dates import first_date
from qa_service.documents.readers import read_source
from qa_service.documents.source_text import SourceText
from qa_service.domain.access import Access
from qa_service.domain.documents import Document, DocumentKind, Page, Part, Segment, SegmentKind, SourceFile
from qa_service.domain.papers import Paper
from qa_service.domain.spans import Span

_PARAGRAPH_END = re.compile(r"\n[ \t]*\n\s*")
_HEAD = 3000
_BODY = re.compile(r"meeting of the (?P<body>[A-Z][\w &\n-]{3,80}?)\s+(?:of [A-Z]|held)", re.IGNORECASE)


def read_paper(
    data: bytes,
    *,
    file_name: str,
    document_id: str,
    url: str | None = None,
    access: Access = Access.PUBLIC,
    title: str | None = None,
) -> Paper:
    """Return the paper that the bytes hold. `title` overrides the one that the file gives itself.

    Raises a SourceError where the file cannot be read.
    """
    source = read_source(data, file_name)
    body = _BODY.search(source.text[:_HEAD])
    document = Document(
        id=document_id,
        source=SourceFile(hashlib.sha256(data).hexdigest(), file_name, source.media_type, len(data), url),
        kind=DocumentKind.OTHER,
        title=title or source.title or file_name,
        council=likely_council(source.text),
        body=title_case(body["body"]) if body else None,
        held_on=first_date(source.text[:_HEAD]),
        text=source.text,
        pages=_pages(source),
        language=source.language or "en",
        access=access,
    )
    return Paper(document, _segments(document), problems=source.problems)


def _pages(source: SourceText) -> tuple[Page, ...]:
    pages: list[Page] = []
    at = 0
    for page in source.pages:
        end = at + len(page.text) + 1
        pages.append(Page(page.number, page.label, Span(at, end)))
        at = end
    return tuple(pages)


def _segments(document: Document) -> tuple[Segment, ...]:
    cuts = [0, *(match.end() for match in _PARAGRAPH_END.finditer(document.text)), len(document.text)]
    spans = [Span(start, end) for start, end in pairwise(sorted(set(cuts)))]
    return tuple(
        Segment(
            document.id,
            SegmentKind.TEXT,
            Part.OTHER,
            span,
            council=document.council,
            body=document.body,
            held_on=document.held_on,
            language=document.language,
        )
        for span in spans
    )
