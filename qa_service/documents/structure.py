"""A file's bytes to its structure: the whole reading, pure and deterministic."""

import hashlib
import re
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from qa_service.documents.acronyms import acronyms_in
from qa_service.documents.attendance import merged
from qa_service.documents.blocks import segments_of
from qa_service.documents.commitments import commitments_in
from qa_service.documents.confirmations import confirmations_in
from qa_service.documents.dates import first_date
from qa_service.documents.discrepancies import discrepancies_in
from qa_service.documents.language import language_of
from qa_service.documents.layout import Layout, layout_of
from qa_service.documents.publishers import publisher
from qa_service.documents.readers import read_source
from qa_service.documents.reissues import reissue_in
from qa_service.documents.segments import Structure, numbered, structure_of
from qa_service.documents.source_text import HTML, SourceText
from qa_service.domain.access import Access
from qa_service.domain.documents import Document, DocumentKind, Page, Segment, SourceFile
from qa_service.domain.papers import Paper
from qa_service.domain.spans import Span

_JUNK_TITLES = re.compile(
    r"(?:microsoft word|powerpoint|untitled|document\d*$|agenda template|the report|minutes$|"
    r"record of decision$|"
    r"executive decision$|title$|template)",
    re.IGNORECASE,
)
_PACK_TITLE = re.compile(r"\bfor (?P<body>[^,]{3,90}), (?P<date>\d\d/\d\d/\d{4})")
_NAMED_BY_MEETING = {DocumentKind.MINUTES: "minutes", DocumentKind.AGENDA_PACK: "agenda and papers"}
_SEPARATORS = re.compile(r"[_\s]+")
_FETCHED = re.compile(r"^\d{4}-\d\d-\d\d\s+(?=\S)")  # the day of a folder, written before a file's name
_LABEL = re.compile(r"\b(?:appendix|annexe?|item)\s+(?P<label>[A-Z]|\d{1,2})\b", re.IGNORECASE)


def read_paper(
    data: bytes,
    *,
    file_name: str,
    document_id: str,
    url: str | None = None,
    access: Access = Access.PUBLIC,
    title: str | None = None,
    council: str | None = None,
) -> Paper:
    """Return the paper that the bytes hold. `title` overrides the one that the file gives itself.

    `council` is the publisher as the source of the file states it, for a paper that names none.
    Raises a SourceError where the file cannot be read.
    """
    source = read_source(data, file_name)
    language = language_of(source.text, source.language)
    layout = layout_of(source.text, _pages(source))
    found = _structure(layout, source, publisher(source.text, url) or council, language)
    document = Document(
        id=document_id,
        source=SourceFile(hashlib.sha256(data).hexdigest(), file_name, source.media_type, len(data), url),
        kind=_kind(found, source),
        title=title or _title(found, source, file_name),
        council=found.council,
        body=found.body,
        held_on=found.held_on or _date_of_pack(source),
        text=source.text,
        pages=_labelled(source, layout),
        language=language,
        access=access,
    )
    segments = segments_of(document_id, source.text, layout.lines, found.blocks, layout.marks.kinds)
    return _paper(document, segments, found, source)


def _paper(document: Document, segments: tuple[Segment, ...], found: Structure, source: SourceText) -> Paper:
    """Return the paper with what only its segments show: promises, acronyms, what differs."""
    text, resolutions = document.text, numbered(document.id, found.resolutions)
    return Paper(
        document,
        segments,
        items=found.items,
        attendance=merged(found.attendance),
        resolutions=resolutions,
        commitments=commitments_in(document.id, text, segments, resolutions),
        acronyms=acronyms_in(text),
        discrepancies=discrepancies_in(text, segments, found.items, resolutions),
        confirmations=confirmations_in(text, segments),
        problems=source.problems,
        reissue=reissue_in(text, segments),
    )


def _structure(layout: Layout, source: SourceText, council: str | None, language: str) -> Structure:
    return structure_of(layout, council, language, web=source.media_type == HTML)


def _pages(source: SourceText) -> tuple[Page, ...]:
    pages: list[Page] = []
    at = 0
    for page in source.pages:
        end = at + len(page.text) + 1
        pages.append(Page(page.number, page.label, Span(at, end)))
        at = end
    return tuple(pages)


def _labelled(source: SourceText, layout: Layout) -> tuple[Page, ...]:
    """Return the pages with the file's own labels, or else what is stamped on each page."""
    stamped = layout.marks.labels
    return tuple(
        replace(page, label=page.label if page.label is not None else stamped.get(index))
        for index, page in enumerate(_pages(source))
    )


def _kind(found: Structure, source: SourceText) -> DocumentKind:
    if found.kind is DocumentKind.OTHER and source.media_type == HTML:
        return DocumentKind.WEB_PAGE
    return found.kind


def _date_of_pack(source: SourceText) -> date | None:
    match = _PACK_TITLE.search(source.title or "")
    return first_date(match["date"]) if match else None


def _title(found: Structure, source: SourceText, file_name: str) -> str:
    """Return the paper's title: the report's, the file's own unless a template's, or the file's name."""
    if found.title:
        return found.title
    if found.body and found.held_on and found.kind in _NAMED_BY_MEETING:
        return f"{found.body}, {found.held_on.day} {found.held_on:%B %Y}: {_NAMED_BY_MEETING[found.kind]}"
    named = _named(file_name)
    if source.title and not _JUNK_TITLES.match(source.title) and not _is_another(source.title, named):
        return source.title
    return named


def _named(file_name: str) -> str:
    """Return a file's name as a title, without a day before it unless a label alone would be left."""
    words = _SEPARATORS.sub(" ", PurePath(file_name).stem).strip()
    rest = _FETCHED.sub("", words)
    return (words if _LABEL.fullmatch(rest) else rest) or file_name


def _is_another(title: str, named: str) -> bool:
    """Return whether a file's own title is a label alone, or that of the paper it was made from.

    "Appendix D" says less than the file's name; "Appendix E" of a file named Appendix O is left over.
    """
    own, given = _LABEL.search(title), _LABEL.search(named)
    if own is None:
        return False
    alone = own[0] == title.strip()
    return alone or (given is not None and own["label"].upper() != given["label"].upper())
