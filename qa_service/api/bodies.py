"""The JSON that the API and the command line give out: the contract's field names, nothing more."""

from datetime import date
from typing import Any, Literal, Self

from pydantic import Field

from qa_service.answering.citations import reference_of
from qa_service.api.question_bodies import Body, FiltersBody
from qa_service.domain.answers import (
    SURE,
    Answer,
    Citation,
    Place,
    Refusal,
    Reply,
    Statement,
    Understood,
)
from qa_service.domain.documents import DocumentKind

# Of our own questions answered with less, 24 in 65 were right, of those in everyday words 35 in 134.
DOUBT = "Unsure: little in the papers speaks for this answer. Read the place before you rely on it."
NOTICE = "Quotations from published papers. Not the official record: follow the citation to check."


class DocumentBody(Body):
    """What a citation says of a document."""

    id: str
    file_name: str
    title: str
    kind: DocumentKind
    council: str | None
    body: str | None
    sha256: str


class MeetingBody(Body):
    """The meeting that a cited place records, or is written for."""

    id: str
    body: str | None
    held_on: date | None
    status: str


class ItemBody(Body):
    """An agenda item."""

    number: str
    title: str | None


class PageBody(Body):
    """A page: its number in the file, for links, and its label as printed."""

    number: int
    label: str | None


class PlaceBody(Body):
    """A page of another file that holds the same paper, or that says that minutes were confirmed."""

    document: str
    file_name: str
    title: str
    page: PageBody | None

    @classmethod
    def of(cls, place: Place) -> Self:
        """Return the body of a place."""
        return cls(
            document=place.document_id,
            file_name=place.file_name,
            title=place.title,
            page=place.page and PageBody(number=place.page.number, label=place.page.label),
        )


class FocusBody(Body):
    """The part of a quote that was weighed best. Offsets count as the quote's own do."""

    start: int
    end: int


class CitationBody(Body):
    """A verbatim quote and its place. Offsets count characters of the document's stored text.

    `focus`: the sentence, clause or row that answers best, where more is quoted for its sake.
    """

    n: int
    quote: str
    start: int
    end: int
    sha256: str
    document: DocumentBody
    meeting: MeetingBody | None
    item: ItemBody | None
    minute: str | None
    paragraph: str | None
    page: PageBody | None
    reference: str
    url: str
    also_in: list[PlaceBody] = Field(default_factory=list)
    confirmed_in: PlaceBody | None = None
    superseded_by: PlaceBody | None = None
    other_language: PlaceBody | None = None
    focus: FocusBody | None = None

    @classmethod
    def of(cls, n: int, citation: Citation) -> Self:
        """Return the body of the n-th citation."""
        segment, document, meeting = citation.segment, citation.document, citation.meeting
        return cls(
            n=n,
            quote=citation.quote,
            start=citation.span.start,
            end=citation.span.end,
            sha256=citation.sha256,
            document=DocumentBody(
                id=document.id,
                file_name=document.file_name,
                title=document.title,
                kind=document.kind,
                council=segment.council or document.council,
                body=segment.body or document.body,
                sha256=document.sha256,
            ),
            meeting=meeting
            and MeetingBody(
                id=meeting.id, body=meeting.body, held_on=meeting.held_on, status=meeting.status.value
            ),
            item=ItemBody(number=segment.item, title=segment.item_title) if segment.item else None,
            minute=segment.minute,
            paragraph=segment.paragraph,
            page=PageBody(number=citation.page.number, label=citation.page.label) if citation.page else None,
            reference=reference_of(citation),
            url=url_of(citation),
            also_in=[PlaceBody.of(place) for place in citation.also_in],
            confirmed_in=citation.confirmed_in and PlaceBody.of(citation.confirmed_in),
            other_language=citation.other_language and PlaceBody.of(citation.other_language),
            superseded_by=citation.superseded_by and PlaceBody.of(citation.superseded_by),
            focus=citation.focus and FocusBody(start=citation.focus.start, end=citation.focus.end),
        )


def url_of(citation: Citation) -> str:
    """Return where the cited words are shown, marked, in their page."""
    place = f"/pages/{citation.page.number}" if citation.page else ""
    span = citation.span
    return f"/documents/{citation.document.id}{place}?start={span.start}&end={span.end}#quote"


class StatementBody(Body):
    """One thing said, its standing, and the numbers of its citations."""

    text: str
    standing: str
    citations: list[int]


class ConflictBody(Body):
    """Citations that do not agree."""

    about: str
    citations: list[int]


class UnderstoodBody(Body):
    """What was read out of the question."""

    intent: str
    filters: dict[str, Any]
    as_of: date | None = None
    expanded: dict[str, str]
    notes: list[str] = Field(default_factory=list)
    read_as: dict[str, str] = Field(
        default_factory=dict, description="words read otherwise than they were typed; see wide"
    )

    @classmethod
    def of(cls, understood: Understood) -> Self:
        """Return the body; filters that limit nothing are left out."""
        filters = FiltersBody.of(understood.filters).model_dump(mode="json")
        return cls(
            intent=understood.intent,
            filters={name: value for name, value in filters.items() if value},
            as_of=understood.as_of,
            expanded=dict(understood.expanded),
            notes=list(understood.notes),
            read_as=dict(understood.read_as),
        )


class PassageBody(CitationBody):
    """A passage. `text` is `quote`: the exact slice [start, end) of the document's text."""

    passage_id: str
    text: str

    @classmethod
    def of_passage(cls, n: int, id_: str, citation: Citation, **more: Any) -> Self:  # noqa: ANN401
        """Return the body of a passage that is cited whole; `more` are the fields of a subclass."""
        place = dict(CitationBody.of(n, citation))
        return cls(**place, passage_id=id_, text=citation.quote, **more)


class HitBody(PassageBody):
    """A ranked passage."""

    rank: int
    score: float


class SearchBody(Body):
    """Ranked passages, best first."""

    hits: list[HitBody]
    understood: UnderstoodBody
    generation: int


class SearchedBody(Body):
    """What was looked through before refusing."""

    documents: int
    bodies: list[str]
    held_from: date | None
    held_to: date | None


class NotFoundBody(Body):
    """Why there is no answer. `nearest` are passages that do not answer the question."""

    reason: str
    searched: SearchedBody
    nearest: list[CitationBody]


class ReplyBody(Body):
    """The reply to one question. `see_also`: other places that may answer, beside an unsure answer."""

    id: str
    status: Literal["answered", "not_found"]
    question: str
    understood: UnderstoodBody
    statements: list[StatementBody]
    citations: list[CitationBody]
    conflicts: list[ConflictBody]
    not_found: NotFoundBody | None
    see_also: list[CitationBody] = Field(default_factory=list)
    confidence: float | None
    generation: int
    seconds: float
    notice: str = NOTICE

    @property
    def doubt(self) -> str:
        """What is to be said with an answer that little speaks for; "" of others, and of refusals."""
        unsure = self.status == "answered" and self.confidence is not None and self.confidence < SURE
        return DOUBT if unsure else ""

    @classmethod
    def of(cls, id_: str, reply: Reply) -> Self:
        """Return the body of a reply; equal citations share one number."""
        numbers: dict[Citation, int] = {}
        outcome = reply.outcome
        answer = outcome if isinstance(outcome, Answer) else Answer(())
        statements = [_statement(each, numbers) for each in answer.statements]
        conflicts = [
            ConflictBody(about=each.about, citations=_numbered(each.citations, numbers))
            for each in answer.conflicts
        ]
        return cls(
            id=id_,
            status="not_found" if isinstance(outcome, Refusal) else "answered",
            question=reply.question.text,
            understood=UnderstoodBody.of(reply.understood),
            statements=statements,
            citations=[CitationBody.of(n, citation) for citation, n in numbers.items()],
            conflicts=conflicts,
            not_found=_not_found(outcome) if isinstance(outcome, Refusal) else None,
            see_also=[CitationBody.of(n, each) for n, each in enumerate(answer.see_also, start=1)],
            confidence=reply.confidence,
            generation=reply.generation,
            seconds=round(reply.seconds, 4),
        )


def _statement(statement: Statement, numbers: dict[Citation, int]) -> StatementBody:
    return StatementBody(
        text=statement.text,
        standing=statement.standing.value,
        citations=_numbered(statement.citations, numbers),
    )


def _numbered(citations: tuple[Citation, ...], numbers: dict[Citation, int]) -> list[int]:
    return [numbers.setdefault(citation, len(numbers) + 1) for citation in citations]


def _not_found(refusal: Refusal) -> NotFoundBody:
    searched = refusal.searched
    return NotFoundBody(
        reason=refusal.reason,
        searched=SearchedBody(
            documents=searched.documents,
            bodies=list(searched.bodies),
            held_from=searched.held_from,
            held_to=searched.held_to,
        ),
        nearest=[CitationBody.of(n, citation) for n, citation in enumerate(refusal.nearest, start=1)],
    )
