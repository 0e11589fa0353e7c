"""Resolutions, recommendations and commitments as stored rows."""

import json
from typing import Any

from qa_service.domain.documents import Status
from qa_service.domain.papers import Paper
from qa_service.domain.register import content_key
from qa_service.domain.resolutions import Clause, Commitment, Outcome, Resolution, Standing, Verb, Vote
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import day, iso


def insert_resolutions(writer: Connection, document_row: int, paper: Paper) -> None:
    """Write what a paper resolved and recommended, with the words to find it by."""
    for resolution in paper.resolutions:
        words = paper.words_within(resolution.span)
        row = writer.execute(
            _INSERT_RESOLUTION,
            {
                "document_row": document_row,
                "key": _resolution_key(resolution, words),
                **_values(resolution),
            },
        )
        writer.execute(
            "INSERT INTO resolution_words (rowid, words, people) VALUES (:row, :words, :people)",
            {
                "row": row,
                "words": f"{resolution.heading or ''}\n{words}",
                "people": "\n".join(people_of(resolution)),
            },
        )


def insert_commitments(writer: Connection, document_row: int, paper: Paper) -> None:
    """Write what a paper promises, with the words to find it by."""
    under: dict[str, str | None] = {}
    for commitment in paper.commitments:
        words = paper.words_within(commitment.span)
        row = writer.execute(
            _INSERT_COMMITMENT,
            {
                "document_row": document_row,
                "key": _commitment_key(commitment, words, under),
                **_commitment_values(commitment),
            },
        )
        writer.execute(
            "INSERT INTO commitment_words (rowid, words, people) VALUES (:row, :words, :people)",
            {
                "row": row,
                "words": f"{commitment.heading or ''}\n{words}",
                "people": commitment.owner or "",
            },
        )


def people_of(resolution: Resolution) -> tuple[str, ...]:
    """Return the names that a decision gives: mover, seconder, those whose votes are named."""
    vote = resolution.vote
    named = (*vote.supporters, *vote.opponents, *vote.abstainers) if vote else ()
    return tuple(name for name in (resolution.proposer, resolution.seconder, *named) if name)


def commitment_from(row: Row) -> Commitment:
    """Return the commitment of a row."""
    owned = row["owner_start"] is not None
    return Commitment(
        id=row["id"],
        span=Span(row["start"], row["end"]),
        standing=Standing(row["standing"]),
        council=row["council"],
        body=row["body"],
        made_at=day(row["made_at"]),
        owner=row["owner"],
        owner_span=Span(row["owner_start"], row["owner_end"]) if owned else None,
        due_as_written=row["due_as_written"],
        due=day(row["due"]),
        minute=row["minute"],
        item=row["item"],
        paragraph=row["paragraph"],
        heading=row["heading"],
    )


def _commitment_values(commitment: Commitment) -> Row:
    owner = commitment.owner_span
    return {
        "id": commitment.id,
        "standing": commitment.standing.value,
        "start": commitment.span.start,
        "end": commitment.span.end,
        "council": commitment.council,
        "body": commitment.body,
        "made_at": iso(commitment.made_at),
        "owner": commitment.owner,
        "owner_start": owner and owner.start,
        "owner_end": owner and owner.end,
        "due_as_written": commitment.due_as_written,
        "due": iso(commitment.due),
        "minute": commitment.minute,
        "item": commitment.item,
        "paragraph": commitment.paragraph,
        "heading": commitment.heading,
    }


def _commitment_key(commitment: Commitment, words: str, under: dict[str, str | None]) -> str:
    """Return what tells a promise from every other, whichever paper prints it: its meeting and its words.

    `under` holds the keys of the paper so far with the item of each. Promised again in the same words under
    another item of the meeting, it is another promise: only its key names the item, so that older keys, by
    which people's verdicts are kept, stay what they were.
    """
    meeting = (commitment.council, commitment.body, commitment.made_at)
    item = commitment.minute or commitment.heading
    key = content_key(*meeting, words)
    return key if under.setdefault(key, item) == item else content_key(*meeting, item, words)


def _resolution_key(resolution: Resolution, words: str) -> str:
    """Return what tells a decision from every other: a meeting resolves "the report be noted" many times."""
    return content_key(
        resolution.standing.value,
        resolution.council,
        resolution.body,
        resolution.held_on,
        resolution.minute or resolution.heading,
        words,
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


_INSERT_RESOLUTION = """
    INSERT INTO resolution (id, document_row, key, verb, standing, start, "end", clauses, council, body,
        held_on, status, minute, item, paragraph, heading, addressed_to, proposer, seconder, vote, outcome)
    VALUES (:id, :document_row, :key, :verb, :standing, :start, :end, :clauses, :council, :body,
        :held_on, :status, :minute, :item, :paragraph, :heading, :addressed_to, :proposer, :seconder, :vote,
        :outcome)"""
_INSERT_COMMITMENT = """
    INSERT INTO commitment (id, document_row, key, standing, start, "end", council, body, made_at, owner,
        owner_start, owner_end, due_as_written, due, minute, item, paragraph, heading)
    VALUES (:id, :document_row, :key, :standing, :start, :end, :council, :body, :made_at, :owner,
        :owner_start, :owner_end, :due_as_written, :due, :minute, :item, :paragraph, :heading)"""
