"""The conflicts view: what a clerk would look at before minutes are signed, both sides cited."""

from collections.abc import Iterator
from datetime import date
from typing import Self

from pydantic import Field

from qa_service.answering.citations import cite
from qa_service.api.bodies import NOTICE, CitationBody
from qa_service.api.question_bodies import Body, Words
from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery
from qa_service.domain.spans import Span
from qa_service.register.departures import departures
from qa_service.register.differences import Change, other_year
from qa_service.store.database import Connection
from qa_service.store.documents import words_of
from qa_service.store.register_conflicts import (
    Asked,
    contradictions_between,
    decisions_with_recommendations,
    discrepancies_within,
)

# What a conflict is about, in words. The first word is the stable kind.
ABOUT = {
    "weekday": "a date whose weekday is another one",
    "meeting date": "two dates for one meeting",
    "year": "a year that differs",
    "figure": "figures that differ",
    "arithmetic": "a sum or percentage that does not come out",
    "wording": "a decision that differs from the recommendation",
}


class ConflictsQueryBody(Body):
    """Whose conflicts, and of which meetings."""

    council: list[Words] = Field(default=[])
    body: list[Words] = Field(default=[])
    held_from: date | None = None
    held_to: date | None = None
    kind: list[str] = Field(default=[], description="only these: " + ", ".join(ABOUT))

    def value(self) -> RegisterQuery:
        """Return the query."""
        return RegisterQuery(
            councils=frozenset(self.council),
            bodies=frozenset(self.body),
            held_from=self.held_from,
            held_to=self.held_to,
        )


class ChangeBody(Body):
    """A run of words: same, dropped from the recommendation, or added by the decision."""

    kind: str
    words: str

    @classmethod
    def of(cls, change: Change) -> Self:
        """Return the body of a change."""
        return cls(kind=change.kind, words=change.words)


class DifferenceBody(Body):
    """Places that do not agree. `note` says in plain words what differs; both sides stand as printed."""

    kind: str
    note: str
    citations: list[CitationBody]
    changes: list[ChangeBody]


class DifferencesBody(Body):
    """What does not agree, the newest first."""

    conflicts: list[DifferenceBody]
    notice: str = NOTICE


def conflicts(
    reader: Connection, query: RegisterQuery, kinds: list[str], allowed: frozenset[Access]
) -> DifferencesBody:
    """Return what does not agree: wording first, then figures of two papers, then what one paper holds."""
    found = [
        *_worded(reader, query, allowed),
        *_told_twice(reader, query, allowed),
        *_printed(reader, query, allowed),
    ]
    return DifferencesBody(conflicts=[each for each in found if not kinds or each.kind in kinds])


def _told_twice(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access]
) -> Iterator[DifferenceBody]:
    for each in contradictions_between(reader, query, allowed):
        cited = _cited(reader, list(each.places), allowed)
        yield DifferenceBody(kind="figure", note=each.note, citations=cited, changes=[])


def _printed(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access]
) -> Iterator[DifferenceBody]:
    seen: set[tuple[str, ...]] = set()
    for each in discrepancies_within(reader, query, allowed):
        cited = _cited(reader, [(each.document_id, span) for span in each.spans], allowed)
        said = (each.kind, each.note, *(citation.quote for citation in cited))
        if said not in seen:  # the same minutes, filed again
            seen.add(said)
            yield DifferenceBody(kind=each.kind, note=each.note, citations=cited, changes=[])


def _worded(reader: Connection, query: RegisterQuery, allowed: frozenset[Access]) -> Iterator[DifferenceBody]:
    for asked in decisions_with_recommendations(reader, query, allowed):
        text = words_of(reader, asked.document_row, asked.decided.span)
        yield from _of_year(reader, asked, text, allowed)
    for each in departures(reader, query, allowed):
        document_id, _, other = each.recommended
        places = [(document_id, other.span), (each.asked.document_id, each.asked.decided.span)]
        yield DifferenceBody(
            kind="wording",
            note="recommended first, then decided; words dropped and added are marked",
            citations=_cited(reader, places, allowed),
            changes=[ChangeBody.of(change) for change in each.changes],
        )


def _of_year(
    reader: Connection, asked: Asked, text: str, allowed: frozenset[Access]
) -> Iterator[DifferenceBody]:
    years = other_year(asked.decided.heading or "", text)
    if years is not None:
        places = [(asked.document_id, asked.decided.span)]
        note = f"the title says {years[0]}, the decision says {years[1]}"
        yield DifferenceBody(kind="year", note=note, citations=_cited(reader, places, allowed), changes=[])


def _cited(
    reader: Connection, places: list[tuple[str, Span]], allowed: frozenset[Access]
) -> list[CitationBody]:
    return [
        CitationBody.of(n, cite(reader, document_id, span, allowed))
        for n, (document_id, span) in enumerate(places, start=1)
    ]
