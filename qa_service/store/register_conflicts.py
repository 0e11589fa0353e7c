"""Reads what may not agree: places of one paper or of two, what a meeting was asked and what it decided."""

import json
from dataclasses import dataclass

from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery
from qa_service.domain.resolutions import Resolution
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among, iso
from qa_service.store.register import resolution_from


@dataclass(frozen=True, slots=True)
class FoundDiscrepancy:
    """Places of one paper that cannot all be right. `kind` and `note` as reading found them."""

    document_id: str
    kind: str
    note: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision of a meeting, and everything that its papers had recommended to it."""

    document_id: str
    document_row: int
    decided: Resolution
    recommended: tuple[tuple[str, int, Resolution], ...]


def discrepancies_within(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], most: int = 500
) -> list[FoundDiscrepancy]:
    """Return at most `most` discrepancies of papers, the newest paper first, in the order of their text."""
    parts, values = _where("d", query)
    rows = reader.query(
        f"""SELECT discrepancy.*, d.id AS document_id FROM discrepancy
            JOIN visible_document AS d ON d.row = discrepancy.document_row
            WHERE d.access IN {among(allowed)} AND {parts}
            ORDER BY d.held_on DESC NULLS LAST, d.row, discrepancy.ordinal LIMIT :most""",  # noqa: S608
        {**values, "most": most},
    )
    return [
        FoundDiscrepancy(
            row["document_id"],
            row["kind"],
            row["note"],
            tuple(Span(start, end) for start, end in json.loads(row["spans"])),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class FoundContradiction:
    """Places (document id, span) of two papers that give two figures for one fact, the earlier first."""

    note: str
    places: tuple[tuple[str, Span], ...]


def contradictions_between(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], most: int = 500
) -> list[FoundContradiction]:
    """Return at most `most` contradictions between papers that one may see, those of the newest paper first.

    A query admits one where it admits one of its sides.
    """
    parts, values = _where("side", query)
    rows = reader.query(
        f"""SELECT contradiction.row, contradiction.note, d.id AS document_id, side.start, side."end"
            FROM contradiction JOIN contradiction_place AS side ON side.contradiction_row = contradiction.row
            JOIN visible_document AS d ON d.row = side.document_row
            WHERE contradiction.access IN {among(allowed)} AND d.access IN {among(allowed)}
              AND contradiction.row IN (
                  SELECT side.contradiction_row FROM contradiction_place AS side WHERE {parts})
            ORDER BY (SELECT max(held_on) FROM contradiction_place AS newest
                      WHERE newest.contradiction_row = contradiction.row) DESC,
                     contradiction.row, side.ordinal
            LIMIT :most""",  # noqa: S608
        {**values, "most": 2 * most},
    )
    found: dict[int, FoundContradiction] = {}
    for row in rows:
        place = row["document_id"], Span(row["start"], row["end"])
        known = found.get(row["row"])
        found[row["row"]] = FoundContradiction(row["note"], (*known.places, place) if known else (place,))
    return [each for each in found.values() if len(each.places) > 1]


def decisions_with_recommendations(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], most: int = 500
) -> list[Asked]:
    """Return at most `most` decisions of meetings that reports had recommended things to, newest first.

    What members recommend to another body is their decision too.
    """
    parts, values = _where("decided", query)
    rows = reader.query(
        f"""SELECT decided.*, d.id AS document_id FROM resolution AS decided
            JOIN visible_document AS d ON d.row = decided.document_row
            WHERE d.access IN {among(allowed)} AND {parts}
              AND (decided.standing = 'resolved'
                   OR (decided.standing = 'recommended' AND decided.minute IS NOT NULL))
              AND decided.held_on IS NOT NULL AND {_SHOWN.format(name="decided")}
            ORDER BY decided.held_on DESC, decided.document_row, decided.start LIMIT :most""",  # noqa: S608
        {**values, "most": most},
    )
    found = [(row, _recommended(reader, row, allowed)) for row in rows]
    return [
        Asked(row["document_id"], row["document_row"], resolution_from(row), asked)
        for row, asked in found
        if asked
    ]


def _recommended(
    reader: Connection, decided: Row, allowed: frozenset[Access]
) -> tuple[tuple[str, int, Resolution], ...]:
    rows = reader.query(
        f"""SELECT asked.*, d.id AS document_id FROM resolution AS asked
            JOIN visible_document AS d ON d.row = asked.document_row
            WHERE d.access IN {among(allowed)} AND asked.standing = 'recommended' AND asked.minute IS NULL
              AND asked.held_on = :held_on AND asked.council IS :council
              AND (asked.body IS :body OR asked.addressed_to IS :body)
              AND {_SHOWN.format(name="asked")}
            ORDER BY asked.document_row, asked.start""",  # noqa: S608
        {name: decided[name] for name in ("held_on", "council", "body")},
    )
    return tuple((row["document_id"], row["document_row"], resolution_from(row)) for row in rows)


# Not a copy of a row that is itself shown: what stands for a copy may have been removed since.
_SHOWN = """NOT EXISTS (
    SELECT 1 FROM register_copy AS copy JOIN resolution AS first ON first.row = copy.of_row
    JOIN visible_document AS shown ON shown.row = first.document_row
    WHERE copy.kind = 'resolution' AND copy.row = {name}.row AND shown.access = d.access)"""


def _where(table: str, query: RegisterQuery) -> tuple[str, Row]:
    parts, values = ["1"], Row()
    for column, names in (("council", query.councils), ("body", query.bodies)):
        if names:
            parts.append(f"{table}.{column} IN (SELECT value FROM json_each(:wanted_{column}))")  # noqa: S608
            values[f"wanted_{column}"] = json.dumps(sorted(names))
    for name, sign, limit in (("held_from", ">=", query.held_from), ("held_to", "<=", query.held_to)):
        if limit:
            parts.append(f"{table}.held_on {sign} :{name}")
            values[name] = iso(limit)
    return " AND ".join(parts), values
