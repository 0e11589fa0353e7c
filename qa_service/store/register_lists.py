"""Lists of the register: decisions and commitments of the papers that one may see, filtered and in order."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.register import AddedLink, RegisterQuery, Report, Says, Verdicts, state_on
from qa_service.domain.resolutions import Commitment, CommitmentState, Resolution, Standing
from qa_service.domain.spans import Span
from qa_service.store.added_links import place_of
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, day
from qa_service.store.register import commitment_from, resolution_from
from qa_service.store.register_conditions import commitments_where, resolutions_where, visible


@dataclass(frozen=True, slots=True)
class ListedResolution:
    """A decision, the document that it stands in, and how many more places print it."""

    row: int
    key: str
    document_id: str
    document_row: int
    resolution: Resolution
    copies: int


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A place in a later paper that reports on a commitment. `why` says what ties the two together.

    `verdict` is what a person said of the link, "added" where one made it, "" where nobody looked at it;
    `extracted` is what the place was first taken to say, by the program or by who added it.
    """

    document_id: str
    span: Span
    says: Says
    reported_on: date | None
    why: str
    key: str
    extracted: Says
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class ListedCommitment:
    """A commitment, where it stands, and what later papers say of it, oldest first.

    `rejected` are links that a person rejected: they count for nothing, and are not forgotten.
    """

    row: int
    key: str
    document_id: str
    document_row: int
    commitment: Commitment
    state: CommitmentState
    follow_ups: tuple[FollowUp, ...]
    rejected: tuple[FollowUp, ...]
    copies: int


@dataclass(frozen=True, slots=True)
class BriefCommitment:
    """What a choice among many commitments needs of one: its row, its heading and words, and its days."""

    row: int
    words: str
    made_at: date | None
    due: date | None


REJECTED, ADDED = "rejected", "added"
_SOONEST = """ORDER BY commitment.due ASC NULLS LAST, commitment.made_at, commitment.document_row,
    commitment.start"""
BY_HAND = "a person linked them"


def count_resolutions(reader: Connection, query: RegisterQuery, allowed: frozenset[Access]) -> int:
    """Return how many decisions a query admits."""
    where, values = resolutions_where(query, allowed)
    return int(reader.value(f"SELECT count(*) FROM resolution WHERE {where}", values))  # noqa: S608 - constants


def count_by_standing(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access]
) -> Counter[Standing]:
    """Return how many decisions of each standing a query admits, whatever standing it asks for."""
    where, values = resolutions_where(replace(query, standings=frozenset()), allowed)
    rows = reader.query(
        f"SELECT standing, count(*) AS number FROM resolution WHERE {where} GROUP BY standing",  # noqa: S608
        values,
    )
    return Counter({Standing(row["standing"]): row["number"] for row in rows})


def list_resolutions(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], skip: int, most: int
) -> list[ListedResolution]:
    """Return decisions by meeting, newest first, undated last, in the order of their text."""
    where, values = resolutions_where(query, allowed)
    # The page is found on the narrow index first: only its own rows are read whole.
    rows = reader.query(
        f"""SELECT resolution.*, document.id AS document_id,
                   (SELECT count(*) FROM register_copy AS copy
                    JOIN resolution AS other ON other.row = copy.row
                    WHERE copy.kind = 'resolution' AND copy.of_row = resolution.row
                      AND other.document_row IN ({visible(allowed)})) AS copies
            FROM (SELECT resolution.row FROM resolution WHERE {where}
                  ORDER BY {_order("resolution.held_on", query)}, resolution.document_row, resolution.start
                  LIMIT :most OFFSET :skip) AS page
            JOIN resolution ON resolution.row = page.row
            JOIN document ON document.row = resolution.document_row
            ORDER BY {_order("resolution.held_on", query)}, resolution.document_row, resolution.start""",  # noqa: S608
        {**values, "most": most, "skip": skip},
    )
    return [
        ListedResolution(
            row["row"],
            row["key"],
            row["document_id"],
            row["document_row"],
            resolution_from(row),
            row["copies"],
        )
        for row in rows
    ]


def list_commitments(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], on: date, verdicts: Verdicts
) -> list[ListedCommitment]:
    """Return every commitment a query admits, with its state on a day, the soonest due first, undue last."""
    where, values = commitments_where(query, allowed)
    listed = _commitments(reader, where, values, allowed, on, verdicts)
    return [each for each in listed if not query.states or each.state in query.states]


def brief_commitments(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], on: date, verdicts: Verdicts
) -> list[BriefCommitment]:
    """Return in brief what `list_commitments` returns, in its order: all words by one question to the store.

    The words are those that ingestion wrote to search by. They choose a commitment and are never quoted.
    """
    where, values = commitments_where(query, allowed)
    rows = reader.query(
        f"""SELECT commitment.row, commitment.key, commitment.made_at, commitment.due,
                   commitment.due_as_written, searched.words
            FROM commitment JOIN commitment_words AS searched ON searched.rowid = commitment.row
            WHERE {where} {_SOONEST}""",  # noqa: S608 - constants
        values,
    )
    if query.states:
        states = _states(reader, rows, allowed, on, verdicts)
        rows = [row for row in rows if states[row["row"]] in query.states]
    return [BriefCommitment(row["row"], row["words"], day(row["made_at"]), day(row["due"])) for row in rows]


def commitments_in_rows(
    reader: Connection, rows: Collection[int], allowed: frozenset[Access], on: date, verdicts: Verdicts
) -> list[ListedCommitment]:
    """Return the commitments of some rows that one may see, in the order of `list_commitments`."""
    shown = {"page": json.dumps(list(rows))}
    where = f"""commitment.row IN (SELECT value FROM json_each(:page))
        AND +commitment.document_row IN ({visible(allowed)})"""  # noqa: S608 - an enumeration
    return _commitments(reader, where, shown, allowed, on, verdicts)


def commitments_at(
    reader: Connection,
    places: Sequence[tuple[str, Span]],
    query: RegisterQuery,
    allowed: frozenset[Access],
    on: date,
    verdicts: Verdicts,
) -> list[ListedCommitment]:
    """Return those of `list_commitments` that stand at some (document id, span), or of which a copy does."""
    # Most places print none: a commitment has hundreds of copies, and they are not counted to learn that.
    printed = reader.query(
        f"""SELECT other.row, copy.of_row FROM json_each(:places) AS place
            CROSS JOIN visible_document AS d ON d.id = json_extract(place.value, '$[0]')
            CROSS JOIN commitment AS other ON other.document_row = d.row
             AND other.start < json_extract(place.value, '$[2]')
             AND other."end" > json_extract(place.value, '$[1]')
            LEFT JOIN register_copy AS copy ON copy.kind = 'commitment' AND copy.row = other.row
            WHERE d.access IN {among(allowed)}""",  # noqa: S608 - an enumeration
        {"places": json.dumps([(document_id, span.start, span.end) for document_id, span in places])},
    )
    if not printed:
        return []
    where, values = commitments_where(query, allowed)
    rows = {row for each in printed for row in (each["row"], each["of_row"]) if row is not None}
    within = f"{where} AND commitment.row IN (SELECT value FROM json_each(:at))"  # noqa: S608
    listed = _commitments(reader, within, {**values, "at": json.dumps(sorted(rows))}, allowed, on, verdicts)
    return [each for each in listed if not query.states or each.state in query.states]


def commitments_reported_in(
    reader: Connection,
    document_id: str,
    query: RegisterQuery,
    allowed: frozenset[Access],
    on: date,
    verdicts: Verdicts,
) -> list[ListedCommitment]:
    """Return those of `list_commitments` on which a paper may report, by a link found or one made by hand."""
    where, values = commitments_where(query, allowed)
    linked = f"""{where} AND (commitment.key IN (SELECT value FROM json_each(:by_hand)) OR commitment.row IN (
        SELECT follow_up.commitment_row FROM follow_up
        JOIN document ON document.row = follow_up.document_row WHERE document.id = :reporting))"""  # noqa: S608
    values |= {"by_hand": json.dumps(list(verdicts.added)), "reporting": document_id}
    return _commitments(reader, linked, values, allowed, on, verdicts)


def page_of_commitments(
    reader: Connection,
    query: RegisterQuery,
    allowed: frozenset[Access],
    on: date,
    verdicts: Verdicts,
    page: slice,
) -> tuple[list[ListedCommitment], Counter[CommitmentState]]:
    """Return one page of what `list_commitments` returns, and how many commitments are in each state.

    The counts are of every state, also where the query asks for some. A state takes all of a commitment's
    links, but none of its words: only those on the page are read whole.
    """
    where, values = commitments_where(query, allowed)
    rows = reader.query(
        f"""SELECT commitment.row, commitment.key, commitment.due, commitment.due_as_written FROM commitment
            WHERE {where} {_SOONEST}""",  # noqa: S608 - constants
        values,
    )
    states = _states(reader, rows, allowed, on, verdicts)
    asked = [row for row, state in states.items() if not query.states or state in query.states]
    return commitments_in_rows(reader, asked[page], allowed, on, verdicts), Counter(states.values())


def _states(
    reader: Connection, rows: Sequence[Row], allowed: frozenset[Access], on: date, verdicts: Verdicts
) -> dict[int, CommitmentState]:
    """Return the state on a day of the commitment of each row, in the order of the rows."""
    found = _follow_ups(reader, [row["row"] for row in rows], allowed)
    return {row["row"]: _state(row, *_links(reader, row, found, verdicts, allowed), on) for row in rows}


def _commitments(
    reader: Connection, where: str, values: Row, allowed: frozenset[Access], on: date, verdicts: Verdicts
) -> list[ListedCommitment]:
    rows = reader.query(
        f"""SELECT commitment.*, document.id AS document_id,
                   (SELECT count(*) FROM register_copy AS copy
                    JOIN commitment AS other ON other.row = copy.row
                    WHERE copy.kind = 'commitment' AND copy.of_row = commitment.row
                      AND other.document_row IN ({visible(allowed)})) AS copies
            FROM commitment JOIN document ON document.row = commitment.document_row
            WHERE {where} {_SOONEST}""",  # noqa: S608
        values,
    )
    found = _follow_ups(reader, [row["row"] for row in rows], allowed)
    return [_listed(row, *_links(reader, row, found, verdicts, allowed), on) for row in rows]


def _links(
    reader: Connection,
    row: Row,
    found: Mapping[int, Sequence[FollowUp]],
    verdicts: Verdicts,
    allowed: frozenset[Access],
) -> tuple[list[FollowUp], list[FollowUp]]:
    """Return (kept, rejected) links of a commitment as people left them, those that they made included."""
    links = found.get(row["row"], [])
    if by_hand := _added(reader, links, verdicts.added.get(row["key"], ()), allowed):
        links = sorted([*links, *by_hand], key=lambda each: each.reported_on or date.max)
    judged = [_judged(row["key"], each, verdicts) for each in links]
    kept = [each for each in judged if each.verdict != REJECTED]
    return kept, [each for each in judged if each.verdict == REJECTED]


def _state(row: Row, kept: Sequence[FollowUp], _rejected: Sequence[FollowUp], on: date) -> CommitmentState:
    reports = [Report(each.says, each.reported_on) for each in kept]
    return state_on(day(row["due"]), row["due_as_written"], reports, on)


def copies_of(reader: Connection, kind: str, row: int, allowed: frozenset[Access]) -> list[tuple[str, Span]]:
    """Return (document id, span) of the other places that print a decision or commitment."""
    table = {"resolution": "resolution", "commitment": "commitment"}[kind]
    rows = reader.query(
        f"""SELECT document.id, other.start, other."end" FROM register_copy AS copy
            JOIN {table} AS other ON other.row = copy.row JOIN document ON document.row = other.document_row
            WHERE copy.kind = :kind AND copy.of_row = :row AND other.document_row IN ({visible(allowed)})
            ORDER BY document.id, other.start""",  # noqa: S608 - names of our own
        {"kind": kind, "row": row},
    )
    return [(found["id"], Span(found["start"], found["end"])) for found in rows]


def _listed(row: Row, kept: Sequence[FollowUp], rejected: Sequence[FollowUp], on: date) -> ListedCommitment:
    return ListedCommitment(
        row["row"],
        row["key"],
        row["document_id"],
        row["document_row"],
        commitment_from(row),
        _state(row, kept, rejected, on),
        tuple(kept),
        tuple(rejected),
        row["copies"],
    )


def _judged(key: str, follow_up: FollowUp, verdicts: Verdicts) -> FollowUp:
    """Return a link as people left it."""
    verdict, says = verdicts.of(key, follow_up.key)
    return replace(follow_up, verdict=verdict, says=says or follow_up.says) if verdict else follow_up


def _added(
    reader: Connection, links: Sequence[FollowUp], added: Sequence[AddedLink], allowed: frozenset[Access]
) -> list[FollowUp]:
    """Return the links that people made, where the paper is here and prints the words still.

    One that the program has found since is the program's.
    """
    known = {each.key for each in links}
    found = []
    for link in added:
        if link.evidence in known or (place := place_of(reader, link, allowed)) is None:
            continue
        known.add(link.evidence)
        says, on = link.says, link.reported_on
        found.append(FollowUp(place[0]["id"], place[1], says, on, BY_HAND, link.evidence, says, ADDED))
    return found


def _follow_ups(
    reader: Connection, rows: Collection[int], allowed: frozenset[Access]
) -> dict[int, list[FollowUp]]:
    found: dict[int, list[FollowUp]] = {}
    for row in reader.query(
        # CROSS JOIN keeps the order: with two lists to choose from, SQLite tries every pair of them.
        f"""SELECT follow_up.*, d.id AS document_id FROM json_each(:rows) AS wanted
            CROSS JOIN follow_up ON follow_up.commitment_row = wanted.value
            CROSS JOIN visible_document AS d ON d.row = follow_up.document_row
            WHERE d.access IN {among(allowed)}
            ORDER BY follow_up.reported_on ASC NULLS LAST, follow_up.document_row, follow_up.start""",  # noqa: S608
        {"rows": json.dumps(list(rows))},
    ):
        found.setdefault(row["commitment_row"], []).append(
            FollowUp(
                row["document_id"],
                Span(row["start"], row["end"]),
                Says(row["says"]),
                day(row["reported_on"]),
                row["why"],
                row["key"],
                Says(row["says"]),
            )
        )
    return found


def _order(column: str, query: RegisterQuery) -> str:
    return f"{column} ASC NULLS LAST" if query.oldest_first else f"{column} DESC"
