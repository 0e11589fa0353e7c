"""What a body resolved, what was recommended to it, and what somebody promised."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qa_service.domain.documents import Status
from qa_service.domain.spans import Span


class Verb(StrEnum):
    """What the decision does. Noting is not approving."""

    RESOLVED = "resolved"
    RECOMMENDED = "recommended"
    AGREED = "agreed"
    NOTED = "noted"
    APPROVED = "approved"
    REFERRED = "referred"
    DEFERRED = "deferred"
    DELEGATED = "delegated"


class Standing(StrEnum):
    """What a statement is worth, strongest first. A recommendation is never stored as resolved."""

    RESOLVED = "resolved"  # by members, in minutes or a decision record
    MINUTED = "minuted"  # recorded in minutes, not a decision
    PROPOSED = "proposed"  # a motion, an amendment or a *proposed* record of decision
    RECOMMENDED = "recommended"  # asked of a body by a report
    REPORTED = "reported"  # said in a report or an appendix
    PRESENTED = "presented"  # on a slide
    LISTED = "listed"  # on an agenda, a cover or a web page


class Outcome(StrEnum):
    """The fate of a motion or amendment, as the paper states it."""

    CARRIED = "carried"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a decision: its marker as printed ("(i)", "a.") and the clauses below it.

    `span` covers the marker, the clause's own words and its children.
    """

    span: Span
    marker: str | None = None
    children: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """A recorded vote: names and counts only where the paper prints them; never inferred."""

    span: Span
    supporters: tuple[str, ...] = ()
    opponents: tuple[str, ...] = ()
    abstainers: tuple[str, ...] = ()
    for_count: int | None = None
    against_count: int | None = None
    abstained_count: int | None = None
    unanimous: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """One decision or recommendation, with every clause, where it stands and what it was worth.

    `standing` keeps resolved, proposed and recommended apart; `verb` says what the words do. `span` runs
    from the decision marker ("RESOLVED:") to the end of the last clause. `addressed_to` is the body that
    a recommendation asks. `heading` is the title of the minute, item or report.
    """

    id: str
    verb: Verb
    standing: Standing
    clauses: tuple[Clause, ...]
    span: Span
    council: str | None
    body: str | None
    held_on: date | None
    status: Status
    minute: str | None = None
    item: str | None = None
    paragraph: str | None = None
    heading: str | None = None
    addressed_to: str | None = None
    proposer: str | None = None
    seconder: str | None = None
    vote: Vote | None = None
    outcome: Outcome = Outcome.UNSTATED


class CommitmentState(StrEnum):
    """Where a commitment stands; no state without a citation, and silence changes nothing."""

    OPEN = "open"
    REPORTED_DONE = "reported done"
    OVERDUE = "overdue"
    SUPERSEDED = "superseded"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who will do what by when, in the paper's own words. `due` is resolved only where the words allow."""

    id: str
    span: Span
    standing: Standing
    council: str | None
    body: str | None
    made_at: date | None
    owner: str | None = None
    owner_span: Span | None = None
    due_as_written: str | None = None
    due: date | None = None
    minute: str | None = None
    item: str | None = None
    paragraph: str | None = None
    heading: str | None = None
