"""Which rows of the register a query admits, of the papers that one may see: conditions and their values."""

import json

from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery
from qa_service.store.database import Row
from qa_service.store.documents import among, iso
from qa_service.store.words_match import words_match


def visible(allowed: frozenset[Access]) -> str:
    """Return the SQL that lists the papers that one may see."""
    return f"SELECT row FROM visible_document WHERE access IN {among(allowed)}"  # noqa: S608 - an enumeration


def _first_only(kind: str, allowed: frozenset[Access]) -> str:
    """Return the condition that a row is not a copy of one that is shown."""
    return f"""NOT EXISTS (
        SELECT 1 FROM register_copy AS copy JOIN {kind} AS first ON first.row = copy.of_row
        WHERE copy.kind = '{kind}' AND copy.row = {kind}.row
          AND first.document_row IN ({visible(allowed)}))"""  # noqa: S608


def resolutions_where(query: RegisterQuery, allowed: frozenset[Access]) -> tuple[str, Row]:
    """Return the condition that a decision is one that a query admits, and its values."""
    parts, values = _where("resolution", "held_on", query, allowed)
    for column, wanted in (("verb", query.verbs), ("standing", query.standings)):
        if wanted:
            parts.append(f"resolution.{column} IN (SELECT value FROM json_each(:{column}))")  # noqa: S608
            values[column] = json.dumps(sorted(wanted))
    return " AND ".join(parts), values


def commitments_where(query: RegisterQuery, allowed: frozenset[Access]) -> tuple[str, Row]:
    """Return the condition that a commitment is one that a query admits but for its state, and its values."""
    parts, values = _where("commitment", "made_at", query, allowed)
    if query.standings:
        parts.append("commitment.standing IN (SELECT value FROM json_each(:standing))")
        values["standing"] = json.dumps(sorted(query.standings))
    for name, sign, limit in (("due_from", ">=", query.due_from), ("due_to", "<=", query.due_to)):
        if limit:
            parts.append(f"commitment.due {sign} :{name}")
            values[name] = iso(limit)
    return " AND ".join(parts), values


def _where(
    kind: str, day_column: str, query: RegisterQuery, allowed: frozenset[Access]
) -> tuple[list[str], Row]:
    """Return the conditions that both lists share, and their values; every value is bound."""
    # "+" keeps this from choosing the index: the list's own order has one, and then nothing is sorted.
    parts = [f"+{kind}.document_row IN ({visible(allowed)})", _first_only(kind, allowed)]
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
