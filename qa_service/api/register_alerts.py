"""Alerts of the register: what is due, as events; what was decided, as news."""

import re
from datetime import date

from pydantic import Field

from qa_service.api.question_bodies import Body, Words
from qa_service.api.register_bodies import SOURCE, CommitmentBody, ResolutionBody
from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery, Verdicts
from qa_service.register.feeds import Event, News
from qa_service.store.database import Connection
from qa_service.store.register_lists import list_commitments, list_resolutions

_NEWEST = 50
_TITLE = 110
# "- (i) That the plan be sent": the whole of it stands in the event's own text.
_MARKER = re.compile(
    r"^(?:[^\w\s(\u201c\u00a3]+\s+)?(?:\(?(?:[ivxl]{1,5}|[a-z]|\d{1,2})[.)]\s+|\d{1,2}(?:\.\d{1,2})+\.?\s+)?(?:[Tt]hat\s+)?"
)


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
    """Return the first words of a text as a title, without the marker of its clause and "That"."""
    flat = _MARKER.sub("", " ".join(text.split()))
    flat = flat[:1].upper() + flat[1:]
    return flat if len(flat) <= _TITLE else flat[:_TITLE].rsplit(" ", 1)[0] + " …"
