"""The JSON of the register: decisions and commitments with their citations."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Self

from pydantic import Field

from qa_service.answering.citations import cite
from qa_service.api.bodies import NOTICE, CitationBody
from qa_service.api.question_bodies import Body, Words
from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery, Says
from qa_service.domain.resolutions import Clause, CommitmentState, Standing, Verb, Vote
from qa_service.domain.spans import Span
from qa_service.store.database import Connection
from qa_service.store.register_lists import FollowUp, ListedCommitment, ListedResolution, copies_of

# Who stands behind a commitment, in words.
SOURCE = {
    Standing.RESOLVED: "resolved by members",
    Standing.MINUTED: "stated in a meeting",
    Standing.PROPOSED: "proposed",
    Standing.RECOMMENDED: "recommended, not resolved",
    Standing.REPORTED: "planned in a report",
    Standing.PRESENTED: "shown on a slide",
    Standing.LISTED: "printed on an agenda or a web page",
}
PAGE_SIZE = 50


class RegisterQueryBody(Body):
    """What narrows a list of the register, and which page of it."""

    text: Words = Field(default="", max_length=500, description="words that all occur, inflected or not")
    person: Words = Field(default="", max_length=200, description="mover, seconder, voter or owner")
    council: list[Words] = Field(default=[])
    body: list[Words] = Field(default=[])
    held_from: date | None = None
    held_to: date | None = None
    standing: list[Standing] = Field(default=[])
    sort: Annotated[str, Field(pattern="^(newest|oldest)$")] = "newest"
    limit: int = Field(default=PAGE_SIZE, ge=1, le=200)
    cursor: str | None = None

    def value(self) -> RegisterQuery:
        """Return the query."""
        return RegisterQuery(
            text=self.text,
            person=self.person,
            councils=frozenset(self.council),
            bodies=frozenset(self.body),
            held_from=self.held_from,
            held_to=self.held_to,
            standings=frozenset(self.standing),
            oldest_first=self.sort == "oldest",
        )


class ResolutionsQueryBody(RegisterQueryBody):
    """What narrows the list of decisions."""

    verb: list[Verb] = Field(default=[])

    def value(self) -> RegisterQuery:
        """Return the query."""
        return replace(super().value(), verbs=frozenset(self.verb))


class CommitmentsQueryBody(RegisterQueryBody):
    """What narrows the list of commitments. `on`: the day for which states are worked out, else today."""

    state: list[CommitmentState] = Field(default=[])
    due_from: date | None = None
    due_to: date | None = None
    on: date | None = None

    def value(self) -> RegisterQuery:
        """Return the query."""
        return replace(
            super().value(), states=frozenset(self.state), due_from=self.due_from, due_to=self.due_to
        )


class ClauseBody(Body):
    """One clause of a decision, as printed, and the clauses below it."""

    marker: str | None
    text: str
    start: int
    end: int
    clauses: list["ClauseBody"]

    @classmethod
    def of(cls, clause: Clause, citation: CitationBody) -> Self:
        """Return the body of a clause inside a cited decision."""
        span = clause.span
        return cls(
            marker=clause.marker,
            text=citation.quote[max(0, span.start - citation.start) : span.end - citation.start],
            start=span.start,
            end=span.end,
            clauses=[cls.of(child, citation) for child in clause.children],
        )


class VoteBody(Body):
    """A recorded vote: names and counts only where the paper prints them."""

    supporters: list[str]
    opponents: list[str]
    abstainers: list[str]
    for_count: int | None
    against_count: int | None
    abstained_count: int | None
    unanimous: bool
    start: int
    end: int

    @classmethod
    def of(cls, vote: Vote) -> Self:
        """Return the body of a vote."""
        return cls(
            supporters=list(vote.supporters),
            opponents=list(vote.opponents),
            abstainers=list(vote.abstainers),
            for_count=vote.for_count,
            against_count=vote.against_count,
            abstained_count=vote.abstained_count,
            unanimous=vote.unanimous,
            start=vote.span.start,
            end=vote.span.end,
        )


class CopyBody(Body):
    """Another place that prints the same words on the same meeting."""

    document: str
    start: int
    end: int


class ResolutionBody(Body):
    """One decision, recommendation or motion: `standing` says which, `verb` what its words do."""

    id: str
    verb: Verb
    standing: Standing
    outcome: str
    council: str | None
    body: str | None
    held_on: date | None
    status: str
    minute: str | None
    item: str | None
    paragraph: str | None
    heading: str | None
    addressed_to: str | None
    proposer: str | None
    seconder: str | None
    vote: VoteBody | None
    clauses: list[ClauseBody]
    citation: CitationBody
    also_in: list[CopyBody]

    @classmethod
    def of(cls, reader: Connection, listed: ListedResolution, allowed: frozenset[Access]) -> Self:
        """Return the body of a decision, cited. Raises what `cite` raises."""
        found = listed.resolution
        citation = CitationBody.of(1, cite(reader, listed.document_id, found.span, allowed))
        return cls(
            id=found.id,
            verb=found.verb,
            standing=found.standing,
            outcome=found.outcome.value,
            council=found.council,
            body=found.body,
            held_on=found.held_on,
            status=found.status.value,
            minute=found.minute,
            item=found.item,
            paragraph=found.paragraph,
            heading=found.heading,
            addressed_to=found.addressed_to,
            proposer=found.proposer,
            seconder=found.seconder,
            vote=found.vote and VoteBody.of(found.vote),
            clauses=[ClauseBody.of(clause, citation) for clause in found.clauses],
            citation=citation,
            also_in=_copies(reader, "resolution", listed.row, allowed) if listed.copies else [],
        )


class FollowUpBody(Body):
    """What a later paper says of a commitment. `key` names the place in a verdict on this link.

    `verdict` is what an officer said of it (confirmed, corrected, rejected, added), null where none looked;
    `extracted` is what it was first taken to say, and differs from `says` after a correction.
    """

    key: str
    says: Says
    reported_on: date | None
    why: str
    verdict: str | None
    extracted: Says
    citation: CitationBody

    @classmethod
    def of(cls, reader: Connection, link: FollowUp, allowed: frozenset[Access]) -> Self:
        """Return the body of a link, cited. Raises what `cite` raises."""
        citation = CitationBody.of(1, cite(reader, link.document_id, link.span, allowed))
        return cls(
            key=link.key,
            says=link.says,
            reported_on=link.reported_on,
            why=link.why,
            verdict=link.verdict or None,
            extracted=link.extracted,
            citation=citation,
        )


class CommitmentBody(Body):
    """Who will do what by when, and what later papers say of it. `source` says who stands behind it.

    `rejected` are links that an officer rejected: the state does not rest on them.
    """

    id: str
    key: str
    text: str
    source: str
    standing: Standing
    owner: str | None
    due_as_written: str | None
    due: date | None
    made_at: date | None
    council: str | None
    body: str | None
    minute: str | None
    item: str | None
    paragraph: str | None
    heading: str | None
    state: CommitmentState
    citation: CitationBody
    follow_ups: list[FollowUpBody]
    rejected: list[FollowUpBody]
    also_in: list[CopyBody]

    @classmethod
    def of(cls, reader: Connection, listed: ListedCommitment, allowed: frozenset[Access]) -> Self:
        """Return the body of a commitment, cited. Raises what `cite` raises."""
        found = listed.commitment
        citation = CitationBody.of(1, cite(reader, listed.document_id, found.span, allowed))
        return cls(
            id=found.id,
            key=listed.key,
            text=citation.quote,
            source=SOURCE[found.standing],
            standing=found.standing,
            owner=found.owner,
            due_as_written=found.due_as_written,
            due=found.due,
            made_at=found.made_at,
            council=found.council,
            body=found.body,
            minute=found.minute,
            item=found.item,
            paragraph=found.paragraph,
            heading=found.heading,
            state=listed.state,
            citation=citation,
            follow_ups=[FollowUpBody.of(reader, link, allowed) for link in listed.follow_ups],
            rejected=[FollowUpBody.of(reader, link, allowed) for link in listed.rejected],
            also_in=_copies(reader, "commitment", listed.row, allowed) if listed.copies else [],
        )


class ResolutionsBody(Body):
    """A page of decisions; `next` asks for the following one."""

    resolutions: list[ResolutionBody]
    total: int
    next: str | None
    notice: str = NOTICE


class CommitmentsBody(Body):
    """A page of commitments as they stand on a day; `next` asks for the following one."""

    commitments: list[CommitmentBody]
    on: date
    total: int
    next: str | None
    notice: str = NOTICE


def _copies(reader: Connection, kind: str, row: int, allowed: frozenset[Access]) -> list[CopyBody]:
    places: list[tuple[str, Span]] = copies_of(reader, kind, row, allowed)
    return [CopyBody(document=document, start=span.start, end=span.end) for document, span in places]
