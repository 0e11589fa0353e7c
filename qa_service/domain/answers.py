"""Questions asked and replies given. A refusal is a reply, not an error."""

from dataclasses import dataclass, field
from datetime import date

from qa_service.domain.documents import Document, DocumentKind, Meeting, Segment
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span

MOST_STATEMENTS, MOST_LISTED = 5, 20
"""Statements of an answer, and of a list: what a meeting decided, who was there."""


SURE = 0.5
"""The confidence from which on an answer is given without a word of doubt.

Source: of our own test questions sure by .4 to .5, 19 of 41 were fully right, by .5 to .6 22 of 36; of those
on real papers a quarter and a third.
"""


@dataclass(frozen=True, slots=True)
class Filters:
    """What the asker narrows the search to. An empty set of a field means no limit by that field."""

    councils: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    held_from: date | None = None
    held_to: date | None = None
    kinds: frozenset[DocumentKind] = frozenset()
    documents: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of a conversation."""

    question: str
    answer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question as put: words, limits, and what was asked before. `as_of` hides every later meeting.

    `max_statements`: None for as many as the kind of answer has: `MOST_STATEMENTS`, of a list `MOST_LISTED`.
    `wide` names the limits ("council", "body", "dates") that must not be read out of the words, and may hold
    "spelling": the words count as they were typed. The asker saw how they were read and took it back.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    history: tuple[Turn, ...] = ()
    as_of: date | None = None
    max_statements: int | None = None
    wide: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What a citation says of the document, without its text."""

    id: str
    file_name: str
    title: str
    kind: DocumentKind
    council: str | None
    body: str | None
    sha256: str
    paged: bool

    @classmethod
    def of(cls, document: Document) -> "DocumentFacts":
        """Return the facts of a document."""
        return cls(
            document.id,
            document.source.file_name,
            document.title,
            document.kind,
            document.council,
            document.body,
            document.source.sha256,
            paged=bool(document.pages),
        )


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page as linked to (`number`, 1-based in the file) and as printed (`label`)."""

    number: int
    label: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """A page of another file: where the same paper is filed too, or what says that minutes were confirmed."""

    document_id: str
    file_name: str
    title: str
    page: PageRef | None


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim slice of a stored text and everything that is known of its place.

    `quote == span.of(text of the document)`, always; `sha256` is that of the quote's UTF-8 bytes.
    `confirmed_in`: the later minutes that say that these were confirmed, where that is how it is known;
    `superseded_by`: a reissue of the paper that says that it replaces it and words this place otherwise;
    `other_language`: the same minute in the minutes that the council keeps in another language.
    `focus`: the sentence, clause or row within the span that was weighed best, where more is quoted for its
    sake; None where the whole quote is meant.
    """

    document: DocumentFacts
    segment: Segment
    meeting: Meeting | None
    span: Span
    quote: str
    sha256: str
    page: PageRef | None
    also_in: tuple[Place, ...] = ()
    confirmed_in: Place | None = None
    superseded_by: Place | None = None
    other_language: Place | None = None
    focus: Span | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said, what it is worth, and the citations that carry it: at least one."""

    text: str
    standing: Standing
    citations: tuple[Citation, ...]

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a statement without a citation cannot be made")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Places that do not agree. Both are shown; `about` says in fixed words what differs."""

    about: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Understood:
    """What was read out of the question: shown, and removable. `read_as`: (word as typed, as read)."""

    intent: str
    filters: Filters = field(default_factory=Filters)
    as_of: date | None = None
    expanded: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    read_as: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """What a refusal looked through."""

    documents: int
    bodies: tuple[str, ...]
    held_from: date | None
    held_to: date | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Statements with citations, best first. `see_also`: other places that may answer, no part of it."""

    statements: tuple[Statement, ...]
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    see_also: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no answer, what was searched, and the nearest passages, which are not an answer."""

    reason: str
    searched: Searched
    nearest: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the service says to one question."""

    question: Question
    understood: Understood
    outcome: Answer | Refusal
    generation: int
    confidence: float | None = None
    seconds: float = 0.0
