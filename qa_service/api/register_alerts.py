"""Alerts of the register: what is due, as events; what was decided, as news; verdicts on links."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from qa_service.api.bodies import Body, Words
from qa_service.api.register_bodies import SOURCE, CommitmentBody, ResolutionBody
from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery, Says
from qa_service.register.feeds import Event, News
from qa_service.store.database import Connection, Row
from qa_service.store.journal import LinkVerdict
from qa_service.store.register_lists import Verdicts, list_commitments, list_resolutions

_NEWEST = 50
_TITLE = 110


class FeedQueryBody(Body):
    """Whose calendar or feed it is."""

    council: list[Words] = Field(default=[])
    body: list[Words] = Field(default=[])

    def value(self) -> RegisterQuery:
        """Return the query."""
        return RegisterQuery(councils=frozenset(self.council), bodies=frozenset(self.body))

    def name(self, what: str) -> str:
        """Return the name of the calendar or feed."""
        return ": ".join([what, ", ".join([*self.body, *self.council]) or "all committees"])


class VerdictBody(Body):
    """What a person says of a link. `commitment` and `evidence` are the keys that the list gives out."""

    commitment: Words = Field(min_length=8, max_length=64)
    evidence: Words = Field(min_length=8, max_length=64)
    verdict: Literal["confirmed", "corrected", "rejected"]
    says: Says | None = Field(default=None, description="what the place says instead: with a correction only")
    note: Words = Field(default="", max_length=500)
    editor: Words = Field(default="administrator", min_length=1, max_length=100)

    @model_validator(mode="after")
    def _only_a_correction_says_otherwise(self) -> Self:
        if (self.says is not None) != (self.verdict == "corrected"):
            raise ValueError("'says' comes with a correction, and with nothing else")
        return self

    def value(self) -> LinkVerdict:
        """Return the verdict."""
        says = self.says.value if self.says else None
        return LinkVerdict(self.commitment, self.evidence, self.verdict, says, self.note, self.editor)


class KeptVerdictBody(VerdictBody):
    """A verdict as kept."""

    made_at: str

    @classmethod
    def of(cls, row: Row) -> Self:
        """Return the body of a kept verdict."""
        return cls(**{name: row[name] for name in KeptVerdictBody.model_fields})


def due_events(
    reader: Connection,
    query: RegisterQuery,
    verdicts: Verdicts,
    on: date,
    address: str,
    allowed: frozenset[Access],
) -> list[Event]:
    """Return the commitments that have a day as events, the soonest first."""
    events = []
    for listed in list_commitments(reader, query, allowed, on, verdicts):
        if listed.commitment.due is None:
            continue
        body = CommitmentBody.of(reader, listed, allowed)
        title = f"Due: {_short(body.text)}" if body.state.value == "open" else f"Overdue: {_short(body.text)}"
        text = f"{body.text} — {SOURCE[body.standing]}; {body.citation.reference}"
        url = address.rstrip("/") + body.citation.url
        events.append(Event(body.key, listed.commitment.due, title, text, url))
    return events


def resolution_news(
    reader: Connection, query: RegisterQuery, address: str, allowed: frozenset[Access]
) -> list[News]:
    """Return the newest decisions as news."""
    news = []
    for listed in list_resolutions(reader, query, allowed, 0, _NEWEST):
        body = ResolutionBody.of(reader, listed, allowed)
        title = ": ".join(each for each in (body.body, body.heading or _short(body.citation.quote)) if each)
        text = f"{body.citation.quote}\n{body.citation.reference}"
        news.append(News(listed.key, body.held_on, title, text, address.rstrip("/") + body.citation.url))
    return news


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _TITLE else flat[:_TITLE].rsplit(" ", 1)[0] + " …"
