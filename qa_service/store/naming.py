"""Minutes and agendas of meetings that name a subject, all of them: a search brings the best alone."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Part, SegmentKind, Status
from qa_service.domain.passages import Unit
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Row
from qa_service.store.documents import among
from qa_service.store.findings import filtered
from qa_service.store.passages import units_in


@dataclass(frozen=True, slots=True)
class Place:
    """Whose meeting, and of which day."""

    council: str | None
    body: str | None
    held_on: date


@dataclass(frozen=True, slots=True)
class MinutedPlace:
    """A passage of minutes: its meeting, what tells its item from others in one record, and its words.

    `meeting` is None where the record bears no date; `title`: the headings that the passage stands under.
    """

    passage_row: int
    document_row: int
    document_id: str
    start: int
    meeting: Place | None
    status: Status
    item: tuple[str | None, str | None, str | None]
    title: str
    text: str
    stored_units: str

    @property
    def units(self) -> tuple[Unit, ...]:
        """The sentences, clauses, rows and headings of the passage."""
        return units_in(self.stored_units)

    def words_of(self, unit: Unit) -> str:
        """Return the words of a unit."""
        return " ".join(self.text[span.start - self.start : span.end - self.start] for span in unit.spans)


@dataclass(frozen=True, slots=True)
class ListedPlace:
    """An entry of an agenda: its meeting, its title and where in which paper it stands."""

    document_id: str
    meeting: Place
    title: str
    span: Span


def minutes_naming(
    reader: Connection, words: Collection[str], filters: Filters, allowed: frozenset[Access]
) -> list[MinutedPlace]:
    """Return the passages of minutes within filters that hold, or stand under, one of some words.

    By meeting day, those without one first, each paper's in the order of its text. Minutes without a day may
    be of any: a time limits the others alone. `words`: letters and digits alone, beginnings of words or whole
    ones, whatever their case.
    """
    where, values = filtered(replace(filters, held_from=None, held_to=None), "segment")
    of_time, days = filtered(Filters(held_from=filters.held_from, held_to=filters.held_to), "segment")
    # A cross join begins with passages, 20 ms of 9,600; SQLite would begin with segments, 320 (30 Nov 2026).
    held = _any_of(words, ("passage.text", "segment.heading", "segment.item_title"))
    rows = reader.query(
        f"""SELECT passage.row, passage.document_row, d.id AS document_id, passage.start AS from_,
                passage.text, passage.units, segment.council, segment.body,
                segment.held_on, segment.status, segment.minute, segment.item, segment.heading,
                segment.item_title
            FROM passage CROSS JOIN segment
              ON segment.document_row = passage.document_row AND segment.ordinal = passage.segment
            JOIN visible_document AS d ON d.row = passage.document_row
            WHERE d.access IN {among(allowed)} AND {where} AND segment.part = :part
              AND NOT passage.boilerplate AND (segment.held_on IS NULL OR {of_time})
              AND segment.kind NOT IN (:header, :roll) AND ({held})
            ORDER BY segment.held_on, passage.document_row, passage.start""",  # noqa: S608 - enumerations and our own names; every value is bound
        {
            **values,
            **days,
            **_values_of(words),
            "part": Part.MINUTES,
            "header": SegmentKind.MINUTES_HEADER,
            "roll": SegmentKind.ATTENDANCE,
        },
    )
    return [_minuted(row) for row in rows]


def _minuted(row: Row) -> MinutedPlace:
    return MinutedPlace(
        row["row"],
        row["document_row"],
        row["document_id"],
        row["from_"],
        None if row["held_on"] is None else _meeting(row),
        Status(row["status"]),
        (row["minute"], row["item"], None if row["minute"] or row["item"] else row["heading"]),
        " ".join(text for text in (row["item_title"], row["heading"]) if text),
        row["text"],
        row["units"],
    )


def agendas_naming(
    reader: Connection, words: Collection[str], filters: Filters, allowed: frozenset[Access]
) -> list[ListedPlace]:
    """Return the entries of the agendas of dated meetings within filters whose title holds one of some words.

    By meeting day, each paper's in the order of its text; `words` as in `minutes_naming`.
    """
    where, values = filtered(filters, "segment")
    # A cross join begins with the entries that match; SQLite would begin with all segments (182 ms, not 7).
    rows = reader.query(
        f"""SELECT d.id AS document_id, segment.council, segment.body, segment.held_on,
                agenda_item.title, agenda_item.start AS from_, agenda_item."end" AS to_
            FROM agenda_item CROSS JOIN segment ON segment.document_row = agenda_item.document_row
              AND segment.start <= agenda_item.start AND segment."end" > agenda_item.start
            JOIN visible_document AS d ON d.row = agenda_item.document_row
            WHERE d.access IN {among(allowed)} AND {where} AND segment.held_on IS NOT NULL
              AND ({_any_of(words, ("agenda_item.title",))})
            ORDER BY segment.held_on, d.row, agenda_item.ordinal""",  # noqa: S608 - enumerations and our own names; every value is bound
        {**values, **_values_of(words)},
    )
    return [
        ListedPlace(row["document_id"], _meeting(row), row["title"], Span(row["from_"], row["to_"]))
        for row in rows
    ]


def _any_of(words: Collection[str], columns: Collection[str]) -> str:
    return " OR ".join(f"{column} LIKE :word{at}" for at in range(len(words)) for column in columns)


def _values_of(words: Collection[str]) -> Row:
    return {f"word{at}": f"%{word}%" for at, word in enumerate(sorted(words))}


def _meeting(row: Row) -> Place:
    return Place(row["council"], row["body"], date.fromisoformat(row["held_on"]))
