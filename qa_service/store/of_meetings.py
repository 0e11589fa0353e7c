"""Which meetings structure holds something of, and what was on their agendas."""

from dataclasses import dataclass
from enum import StrEnum

from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.spans import Span
from qa_service.store.catalogue import CataloguedMeeting
from qa_service.store.database import Connection
from qa_service.store.documents import among, day
from qa_service.store.findings import filtered


class Holding(StrEnum):
    """What is held of a meeting; the value is the table, or the paper, that names the meeting."""

    DECISIONS = "resolution"
    ROLL = "attendance"
    AGENDA = "d"


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One entry of an agenda: the title's place in its paper, and whose meeting that is for."""

    document_id: str
    span: Span
    council: str | None
    body: str | None


_FROM = {
    Holding.DECISIONS: "resolution JOIN visible_document AS d ON d.row = resolution.document_row",
    Holding.ROLL: "attendance JOIN visible_document AS d ON d.row = attendance.document_row",
    Holding.AGENDA: "agenda_item JOIN visible_document AS d ON d.row = agenda_item.document_row",
}
_ONLY = {
    Holding.DECISIONS: "resolution.standing = 'resolved'",
    Holding.ROLL: "attendance.minute IS NULL",
    Holding.AGENDA: "1",
}


def meetings_holding(
    reader: Connection, what: Holding, filters: Filters, allowed: frozenset[Access]
) -> list[CataloguedMeeting]:
    """Return the dated meetings within filters that something is held of, by day, body and council."""
    where, values = filtered(filters, what.value)
    rows = reader.query(
        f"""SELECT DISTINCT {what.value}.council AS council, {what.value}.body AS body,
                {what.value}.held_on AS held_on
            FROM {_FROM[what]}
            WHERE d.access IN {among(allowed)} AND {where} AND {_ONLY[what]}
                AND {what.value}.held_on IS NOT NULL
            ORDER BY 3, 2, 1""",  # noqa: S608 - enumerations; every value is bound
        values,
    )
    return [CataloguedMeeting(row["council"], row["body"], day(row["held_on"])) for row in rows]


def agenda_items(reader: Connection, filters: Filters, allowed: frozenset[Access]) -> list[FoundItem]:
    """Return the entries of the agendas of papers within filters, by paper and in the order of their text."""
    where, values = filtered(filters, Holding.AGENDA.value)
    rows = reader.query(
        f"""SELECT d.id AS document_id, d.council, d.body,
                agenda_item.start AS start, agenda_item."end" AS "end"
            FROM {_FROM[Holding.AGENDA]}
            WHERE d.access IN {among(allowed)} AND {where}
            ORDER BY d.row, agenda_item.ordinal""",  # noqa: S608 - an enumeration; every value is bound
        values,
    )
    return [
        FoundItem(row["document_id"], Span(row["start"], row["end"]), row["council"], row["body"])
        for row in rows
    ]
