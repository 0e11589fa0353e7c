"""Rows of the register made ready for their pages: standings and states in words, places, people, copies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.api.register_bodies import CommitmentBody, CopyBody, FollowUpBody, ResolutionBody, VoteBody
from qa_service.api.register_conflicts import ABOUT, ChangeBody, DifferenceBody
from qa_service.domain.documents import Status
from qa_service.domain.register import Says
from qa_service.domain.resolutions import CommitmentState, Standing, Verb
from qa_service.store.database import Database
from qa_service.web import words
from qa_service.web.reply_view import PlaceView, place_view

STATES = {
    CommitmentState.OVERDUE: "Its day has passed, and no paper here says that it was done.",
    CommitmentState.OPEN: "Its day has not passed, or none was given; no paper here says that it was done.",
    CommitmentState.UNKNOWN: "When it is due stands in words that no calendar settles.",
    CommitmentState.REPORTED_DONE: "A later paper says that it was done.",
    CommitmentState.SUPERSEDED: "A later paper puts something else in its place.",
}
TAGS = {
    CommitmentState.OVERDUE: "failed",
    CommitmentState.OPEN: "minuted",
    CommitmentState.UNKNOWN: "minuted",
    CommitmentState.REPORTED_DONE: "done",
    CommitmentState.SUPERSEDED: "minuted",
}
SAYS = {
    Says.DONE: "says that it was done",
    Says.PARTLY_DONE: "says that it was done in part",
    Says.NOT_DONE: "says that it was not done",
    Says.SUPERSEDED: "puts something else in its place",
    Says.PROGRESS: "tells of progress",
}
_CHECKED = {
    "confirmed": "An officer confirmed this link.",
    "corrected": "An officer corrected this link. At first it was taken so: the paper {first}.",
    "rejected": "An officer rejected this link: the paper does not report on this. It had been taken so: "
    "the paper {first}.",
    "added": "An officer made this link.",
}
CHECKED_STEP = {
    "confirmed": "An officer confirmed this.",
    "corrected": "An officer corrected this.",
    "rejected": "An officer rejected this: the paper does not report on what was promised.",
    "added": "An officer added this.",
}
_TO = {
    Verb.RESOLVED: "decide",
    Verb.RECOMMENDED: "recommend",
    Verb.AGREED: "agree",
    Verb.NOTED: "note",
    Verb.APPROVED: "approve",
    Verb.REFERRED: "refer",
    Verb.DEFERRED: "put off",
    Verb.DELEGATED: "delegate",
}
_OUTCOMES = {"carried": "Carried.", "lost": "Lost.", "withdrawn": "Withdrawn."}


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as its page shows it. `people` are sentences on who moved it and how they voted.

    `does` says what its words do where its standing does not say it: what was done, or what was asked.

    `status` is that of the minutes: what a report asks of a meeting to come says so by its standing.
    """

    body: ResolutionBody
    title: str
    where: str
    meaning: str
    does: str
    status: str
    place: PlaceView
    people: tuple[str, ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """What a later paper says of a commitment, and where. `checked`: what an officer said of the link."""

    body: FollowUpBody
    says: str
    place: PlaceView
    checked: str


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment as its page shows it."""

    body: CommitmentBody
    title: str
    where: str
    state: str
    due: str
    place: PlaceView
    follow_ups: tuple[FollowUpView, ...]
    rejected: tuple[FollowUpView, ...]
    copies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConflictView:
    """What does not agree: a title in words, the places, and the words that were dropped and added."""

    title: str
    note: str
    places: tuple[PlaceView, ...]
    changes: tuple[ChangeBody, ...]


def decision_view(database: Database, body: ResolutionBody) -> DecisionView:
    """Return the view of a decision."""
    place = place_view(database, body.citation)
    return DecisionView(
        body,
        *_headed(body.heading, place),
        words.STANDING[body.standing],
        _does(body),
        place.status if body.status != Status.FUTURE else "",
        place,
        tuple(_people(body)),
        tuple(_copy_url(each) for each in body.also_in),
    )


def commitment_view(database: Database, body: CommitmentBody) -> CommitmentView:
    """Return the view of a commitment."""
    place = place_view(database, body.citation)
    return CommitmentView(
        body,
        *_headed(body.heading, place),
        STATES[body.state],
        _due(body.due, body.due_as_written),
        place,
        tuple(follow_up_view(database, link) for link in body.follow_ups),
        tuple(follow_up_view(database, link) for link in body.rejected),
        tuple(_copy_url(each) for each in body.also_in),
    )


def follow_up_view(database: Database, link: FollowUpBody) -> FollowUpView:
    """Return the view of a link. What it was first taken to say stays beside a correction."""
    checked = _CHECKED.get(link.verdict or "", "").format(first=SAYS[link.extracted])
    return FollowUpView(link, SAYS[link.says], place_view(database, link.citation), checked)


def conflict_view(database: Database, body: DifferenceBody) -> ConflictView:
    """Return the view of a conflict."""
    return ConflictView(
        words.upper_first(ABOUT.get(body.kind, body.kind)),
        words.sentence(body.note),
        tuple(place_view(database, citation) for citation in body.citations),
        tuple(body.changes),
    )


def _headed(heading: str | None, place: PlaceView) -> tuple[str, str]:
    """Return (the title of the item, the place without it); without a title the place is the title."""
    title = " ".join((heading or "").split())
    return (title, place.place.replace(f", “{title}”", "")) if title else (place.place, "")


def _does(body: ResolutionBody) -> str:
    """Return what the words of a decision do, in words; "" where its standing says it already."""
    if body.verb is Verb.RESOLVED or body.verb.value == body.standing.value:
        return ""
    if body.standing is Standing.RESOLVED:
        return f"What was done: {body.verb.value}."
    return f"What is asked: to {_TO[body.verb]}."


def _people(body: ResolutionBody) -> Iterable[str]:
    if body.outcome in _OUTCOMES:
        yield _OUTCOMES[body.outcome]
    if body.addressed_to and body.addressed_to not in (body.body or ""):
        yield f"Asked of: {body.addressed_to}."
    if body.proposer:
        seconder = f", seconded by {body.seconder}" if body.seconder else ""
        yield f"Proposed by {body.proposer}{seconder}."
    if body.vote:
        yield from _vote(body.vote)


def _vote(vote: VoteBody) -> Iterable[str]:
    if vote.unanimous:
        yield "Unanimous."
    sides: Sequence[tuple[str, int | None, list[str]]] = (
        ("For", vote.for_count, vote.supporters),
        ("Against", vote.against_count, vote.opponents),
        ("Abstained", vote.abstained_count, vote.abstainers),
    )
    for name, count, names in sides:
        if count is not None or names:
            number = f" {count}" if count is not None else ""
            yield f"{name}{number}{': ' + ', '.join(names) if names else ''}."


def _due(day: date | None, written: str | None) -> str:
    """Return when a thing is due: the day, and the paper's own words where they say it otherwise."""
    if day is None:
        return f"“{written}”" if written else "no day given"
    plain = words.day(day)
    return f"{plain} (printed: “{written}”)" if written and plain not in written else plain


def _copy_url(copy: CopyBody) -> str:
    return f"/documents/{copy.document}?start={copy.start}&end={copy.end}#quote"
