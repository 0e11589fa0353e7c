"""A paper as read: the document and everything that its structure says."""

from dataclasses import dataclass

from qa_service.domain.documents import (
    INTERRUPTIONS,
    Acronym,
    AgendaItem,
    Attendance,
    Confirmation,
    Discrepancy,
    Document,
    Segment,
)
from qa_service.domain.resolutions import Commitment, Resolution
from qa_service.domain.spans import Span

GAP_CODES = ("page_failed", "no_text", "limit")


@dataclass(frozen=True, slots=True)
class ReadingProblem:
    """Something that reading could not do: a page that failed, a page without text, a parser's warning.

    `code` is one of "page_failed", "no_text", "parser_warning", "limit", "hidden_text"; `page` counts
    from 1. A paper with gaps is incomplete and says so; a warning of the parser loses no word.
    """

    code: str
    detail: str
    page: int | None = None

    @property
    def is_gap(self) -> bool:
        """Whether words of the paper are missing for it."""
        return self.code in GAP_CODES


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with its structure. `segments` tile `document.text` in order, without gap or overlap.

    `reissue`: the words by which it says that it replaces a paper sent out before.
    """

    document: Document
    segments: tuple[Segment, ...]
    items: tuple[AgendaItem, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    problems: tuple[ReadingProblem, ...] = ()
    reissue: Span | None = None

    def words_within(self, span: Span) -> str:
        """Return the text of a span without the page marks, footnotes and empty pages that interrupt it."""
        text, at = "", span.start
        for segment in self.segments:
            if segment.kind in INTERRUPTIONS and segment.span.overlaps(span):
                text += self.document.text[at : max(at, segment.span.start)]
                at = max(at, segment.span.end)
        return text + self.document.text[at : max(at, span.end)]
