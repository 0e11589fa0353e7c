"""Resolutions and recommendations as stored rows."""

import json
from collections.abc import Sequence
from typing import Any

from qa_service.domain.documents import Status
from qa_service.domain.resolutions import Clause, Outcome, Resolution, Standing, Verb, Vote
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import day, iso


def insert_resolutions(writer: Connection, document_row: int, resolutions: Sequence[Resolution]) -> None:
    """Write what a paper resolved and recommended."""
    writer.execute_many(
        """INSERT INTO resolution (id, document_row, verb, standing, start, "end", clauses, council, body,
               held_on, status, minute, item, paragraph, heading, addressed_to, proposer, seconder, vote,
               outcome)
           VALUES (:id, :document_row, :verb, :standing, :start, :end, :clauses, :council, :body, :held_on,
               :status, :minute, :item, :paragraph, :heading, :addressed_to, :proposer, :seconder, :vote,
               :outcome)""",
        [{"document_row": document_row, **_values(resolution)} for resolution in resolutions],
    )


def resolution_from(row: Row) -> Resolution:
    """Return the resolution of a row."""
    return Resolution(
        id=row["id"],
        verb=Verb(row["verb"]),
        standing=Standing(row["standing"]),
        clauses=tuple(_clause_in(clause) for clause in json.loads(row["clauses"])),
        span=Span(row["start"], row["end"]),
        council=row["council"],
        body=row["body"],
        held_on=day(row["held_on"]),
        status=Status(row["status"]),
        minute=row["minute"],
        item=row["item"],
        paragraph=row["paragraph"],
        heading=row["heading"],
        addressed_to=row["addressed_to"],
        proposer=row["proposer"],
        seconder=row["seconder"],
        vote=_vote_in(row["vote"]),
        outcome=Outcome(row["outcome"]),
    )


def _values(resolution: Resolution) -> Row:
    return {
        "id": resolution.id,
        "verb": resolution.verb.value,
        "standing": resolution.standing.value,
        "start": resolution.span.start,
        "end": resolution.span.end,
        "clauses": json.dumps([_clause_out(clause) for clause in resolution.clauses]),
        "council": resolution.council,
        "body": resolution.body,
        "held_on": iso(resolution.held_on),
        "status": resolution.status.value,
        "minute": resolution.minute,
        "item": resolution.item,
        "paragraph": resolution.paragraph,
        "heading": resolution.heading,
        "addressed_to": resolution.addressed_to,
        "proposer": resolution.proposer,
        "seconder": resolution.seconder,
        "vote": _vote_out(resolution.vote),
        "outcome": resolution.outcome.value,
    }


def _clause_out(clause: Clause) -> list[Any]:
    return [
        clause.span.start,
        clause.span.end,
        clause.marker,
        [_clause_out(child) for child in clause.children],
    ]


def _clause_in(values: list[Any]) -> Clause:
    start, end, marker, children = values
    return Clause(Span(start, end), marker, tuple(_clause_in(child) for child in children))


_VOTE_FIELDS = (
    "supporters",
    "opponents",
    "abstainers",
    "for_count",
    "against_count",
    "abstained_count",
    "unanimous",
)


def _vote_out(vote: Vote | None) -> str | None:
    if vote is None:
        return None
    values = {name: getattr(vote, name) for name in _VOTE_FIELDS}
    return json.dumps({"start": vote.span.start, "end": vote.span.end, **values})


def _vote_in(text: str | None) -> Vote | None:
    if text is None:
        return None
    values = json.loads(text)
    span = Span(values.pop("start"), values.pop("end"))
    for name in ("supporters", "opponents", "abstainers"):
        values[name] = tuple(values[name])
    return Vote(span, **values)
