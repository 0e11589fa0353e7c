"""A paper as read: the document and everything that its structure says."""

from dataclasses import dataclass

from qa_service.domain.documents import (
    Acronym,
    AgendaItem,
    Attendance,
    Discrepancy,
    Document,
    Segment,
)
from qa_service.domain.resolutions import Commitment, Resolution


@dataclass(frozen=True, slots=True)
class ReadingProblem:
    """Something that reading could not do: a page that failed, a page without text, a parser's warning.

    `code` is one of "page_failed", "no_text", "parser_warning", "limit", "hidden_text"; `page` counts
    from 1. A paper with such problems is incomplete and says so.
    """

    code: str
    detail: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with its structure. `segments` tile `document.text` in order, without gap or overlap."""

    document: Document
    segments: tuple[Segment, ...]
    items: tuple[AgendaItem, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    problems: tuple[ReadingProblem, ...] = ()
