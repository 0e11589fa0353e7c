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
from qa_service.store.documents import among, day, iso
from qa_service.store.register import commitment_from, resolution_from
from qa_service.store.words_match import words_match


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


REJECTED, ADDED = "rejected", "added"
_SOONEST = """ORDER BY commitment.due ASC NULLS LAST, commitment.made_at, commitment.document_row,
    commitment.start"""
_PRINTED_IN = """commitment.row IN (
    WITH printed AS (
        SELECT commitment.row FROM commitment WHERE commitment.document_row IN (
            SELECT document.row FROM document WHERE document.id IN (SELECT value FROM json_each(:documents))))
    SELECT row FROM printed UNION ALL
    SELECT copy.of_row FROM register_copy AS copy
    WHERE copy.kind = 'commitment' AND copy.row IN (SELECT row FROM printed))"""
BY_HAND = "a person linked them"


def count_resolutions(reader: Connection, query: RegisterQuery, allowed: frozenset[Access]) -> int:
    """Return how many decisions a query admits."""
    where, values = _resolutions_where(query, allowed)
    return int(reader.value(f"SELECT count(*) FROM resolution WHERE {where}", values))  # noqa: S608 - constants


def count_by_standing(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access]
) -> Counter[Standing]:
    """Return how many decisions of each standing a query admits, whatever standing it asks for."""
    where, values = _resolutions_where(replace(query, standings=frozenset()), allowed)
    rows = reader.query(
        f"SELECT standing, count(*) AS number FROM resolution WHERE {where} GROUP BY standing",  # noqa: S608
        values,
    )
    return Counter({Standing(row["standing"]): row["number"] for row in rows})


def list_resolutions(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], skip: int, most: int
) -> list[ListedResolution]:
    """Return decisions by meeting, newest first, undated last, in the order of their text."""
    where, values = _resolutions_where(query, allowed)
    # The page is found on the narrow index first: only its own rows are read whole.
    rows = reader.query(
        f"""SELECT resolution.*, document.id AS document_id,
                   (SELECT count(*) FROM register_copy AS copy
                    JOIN resolution AS other ON other.row = copy.row
                    WHERE copy.kind = 'resolution' AND copy.of_row = resolution.row
                      AND other.document_row IN ({_visible(allowed)})) AS copies
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
    where, values = _commitments_where(query, allowed)
    listed = _commitments(reader, where, values, allowed, on, verdicts)
    return [each for each in listed if not query.states or each.state in query.states]


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
    where, values = _commitments_where(query, allowed)
    rows = reader.query(
        f"""SELECT commitment.row, commitment.key, commitment.due, commitment.due_as_written FROM commitment
            WHERE {where} {_SOONEST}""",  # noqa: S608 - constants
        values,
    )
    found = _follow_ups(reader, [row["row"] for row in rows], allowed)
    states = {row["row"]: _state(row, *_links(reader, row, found, verdicts, allowed), on) for row in rows}
    asked = [row for row, state in states.items() if not query.states or state in query.states]
    shown = {"page": json.dumps(asked[page])}
    listed = _commitments(
        reader, "commitment.row IN (SELECT value FROM json_each(:page))", shown, allowed, on, verdicts
    )
    return listed, Counter(states.values())


def _commitments(
    reader: Connection, where: str, values: Row, allowed: frozenset[Access], on: date, verdicts: Verdicts
) -> list[ListedCommitment]:
    rows = reader.query(
        f"""SELECT commitment.*, document.id AS document_id,
                   (SELECT count(*) FROM register_copy AS copy
                    JOIN commitment AS other ON other.row = copy.row
                    WHERE copy.kind = 'commitment' AND copy.of_row = commitment.row
                      AND other.document_row IN ({_visible(allowed)})) AS copies
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
            WHERE copy.kind = :kind AND copy.of_row = :row AND other.document_row IN ({_visible(allowed)})
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


def _visible(allowed: frozenset[Access]) -> str:
    return f"SELECT row FROM visible_document WHERE access IN {among(allowed)}"  # noqa: S608 - an enumeration


def _first_only(kind: str, allowed: frozenset[Access]) -> str:
    """Return the condition that a row is not a copy of one that is shown."""
    return f"""NOT EXISTS (
        SELECT 1 FROM register_copy AS copy JOIN {kind} AS first ON first.row = copy.of_row
        WHERE copy.kind = '{kind}' AND copy.row = {kind}.row
          AND first.document_row IN ({_visible(allowed)}))"""  # noqa: S608


def _resolutions_where(query: RegisterQuery, allowed: frozenset[Access]) -> tuple[str, Row]:
    parts, values = _where("resolution", "held_on", query, allowed)
    for column, wanted in (("verb", query.verbs), ("standing", query.standings)):
        if wanted:
            parts.append(f"resolution.{column} IN (SELECT value FROM json_each(:{column}))")  # noqa: S608
            values[column] = json.dumps(sorted(wanted))
    return " AND ".join(parts), values


def _commitments_where(query: RegisterQuery, allowed: frozenset[Access]) -> tuple[str, Row]:
    parts, values = _where("commitment", "made_at", query, allowed)
    if query.standings:
        parts.append("commitment.standing IN (SELECT value FROM json_each(:standing))")
        values["standing"] = json.dumps(sorted(query.standings))
    for name, sign, limit in (("due_from", ">=", query.due_from), ("due_to", "<=", query.due_to)):
        if limit:
            parts.append(f"commitment.due {sign} :{name}")
            values[name] = iso(limit)
    if query.documents:
        parts.append(_PRINTED_IN)
        values["documents"] = json.dumps(sorted(query.documents))
    return " AND ".join(parts), values


def _where(
    kind: str, day_column: str, query: RegisterQuery, allowed: frozenset[Access]
) -> tuple[list[str], Row]:
    """Return the conditions that both lists share, and their values; every value is bound."""
    # "+" keeps this from choosing the index: the list's own order has one, and then nothing is sorted.
    parts = [f"+{kind}.document_row IN ({_visible(allowed)})", _first_only(kind, allowed)]
    values: Row = {}
    if query.key:
        parts.append(f"{kind}.key = :key")
        values["key"] = query.key
    for column, names in (("council", query.councils), ("body", query.bodies)):
        if names:
            parts.append(f"{kind}.{column} IN (SELECT value FROM json_each(:{column}))")  # noqa: S608
            values[column] = json.dumps(sorted(names))
    for name, sign, limit in (("held_from", ">=", query.held_from), ("held_to", "<=", query.held_to)):
        if limit:
            parts.append(f"{kind}.{day_column} {sign} :{name}")
            values[name] = iso(limit)
    for column, words in (("words", query.text), ("people", query.person)):
        if match := words_match(words):
            parts.append(
                f"{kind}.row IN (SELECT rowid FROM {kind}_words WHERE {kind}_words MATCH :{column})"  # noqa: S608
            )
            values[column] = f"{column} : ({match})"
        elif words.strip():
            parts.append("0")
    return parts, values
