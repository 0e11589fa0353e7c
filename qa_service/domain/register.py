"""Questions to the register, and what a later paper says of a commitment."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from qa_service.domain.resolutions import CommitmentState, Standing, Verb


class Says(StrEnum):
    """What a later paper says of a commitment. Only `done` and `superseded` close it."""

    DONE = "done"
    PARTLY_DONE = "partly done"
    NOT_DONE = "not done"
    SUPERSEDED = "superseded"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """What narrows a list of the register. An empty set, None or "" sets no limit.

    `text` and `person` are words that must all occur, inflected as they may be. Dates are those of the
    meeting; a row without a date lies within no period. `key` is that of the row's content.
    """

    text: str = ""
    person: str = ""
    councils: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    held_from: date | None = None
    held_to: date | None = None
    verbs: frozenset[Verb] = frozenset()
    standings: frozenset[Standing] = frozenset()
    states: frozenset[CommitmentState] = frozenset()
    due_from: date | None = None
    due_to: date | None = None
    oldest_first: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What one later paper says of a commitment: `reported_on` is its meeting, None where undated."""

    says: Says
    reported_on: date | None


@dataclass(frozen=True, slots=True)
class AddedLink:
    """A link that a person made. `commitment` and `evidence` are content keys.

    The place is named by the bytes of its paper and its words: it outlives every reading of the paper.
    """

    commitment: str
    evidence: str
    sha256: str
    quote: str
    says: Says
    reported_on: date | None


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What people say of links: of those that were extracted or added, and links of their own.

    `said` has the newest (verdict, what the place says instead) by (commitment, evidence).
    """

    said: Mapping[tuple[str, str], tuple[str, Says | None]] = field(default_factory=dict)
    added: Mapping[str, tuple[AddedLink, ...]] = field(default_factory=dict)

    def of(self, commitment: str, evidence: str) -> tuple[str, Says | None]:
        """Return (verdict, what the place says instead) of one link; ("", None) where nobody judged it."""
        return self.said.get((commitment, evidence), ("", None))


def state_on(due: date | None, written: str | None, reports: list[Report], day: date) -> CommitmentState:
    """Return where a commitment stands on a day, by what papers of meetings held by then say.

    Only a paper closes it. A paper without a date counts, since it exists. Past its day and not closed it is
    overdue; with a due day in words that no calendar settles it is unknown once the meeting has passed.
    """
    known = [each for each in reports if each.reported_on is None or each.reported_on <= day]
    closing = [each for each in known if each.says in {Says.DONE, Says.SUPERSEDED}]
    if closing:
        done = any(each.says is Says.DONE for each in closing)
        return CommitmentState.REPORTED_DONE if done else CommitmentState.SUPERSEDED
    if due is not None:
        return CommitmentState.OVERDUE if due < day else CommitmentState.OPEN
    return CommitmentState.UNKNOWN if written else CommitmentState.OPEN


def content_key(*parts: object) -> str:
    """Return the hash of parts, white space and letter case folded: the same words read again keep it."""
    folded = (" ".join(str("" if part is None else part).split()).casefold() for part in parts)
    return hashlib.sha256("\x1f".join(folded).encode()).hexdigest()[:32]
