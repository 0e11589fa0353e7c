"""The business of one meeting: its items and minutes, and where in which paper each begins."""

import json
from dataclasses import dataclass

from qa_service.store.database import Connection
from qa_service.store.overview import MeetingLine


@dataclass(frozen=True, slots=True)
class ItemPlace:
    """An item or a minute of a meeting in one paper. `page` is None in a source without pages."""

    document_id: str
    part: str
    item: str | None
    minute: str | None
    title: str | None
    start: int
    ordinal: int
    page: int | None


def items_of_meeting(reader: Connection, meeting: MeetingLine) -> list[ItemPlace]:
    """Return the items and minutes of a meeting, paper by paper, in the order of each paper."""
    rows = reader.query(
        _ITEMS,
        {
            "ids": json.dumps([paper.id for paper in meeting.papers]),
            "council": meeting.council,
            "body": meeting.body,
            "held_on": meeting.held_on and meeting.held_on.isoformat(),
        },
    )
    return [ItemPlace(**row) for row in rows]


# min(start) makes SQLite take the other columns from that row: the place where the item begins.
_ITEMS = """
    SELECT d.id AS document_id, segment.part, segment.item, segment.minute,
           coalesce(segment.item_title, segment.heading) AS title, min(segment.start) AS start,
           segment.ordinal,
           (SELECT number FROM page WHERE page.document_row = d.row AND page.start <= segment.start
             AND page."end" > segment.start) AS page
    FROM visible_document AS d JOIN segment ON segment.document_row = d.row
    WHERE d.id IN (SELECT value FROM json_each(:ids))
      AND segment.council IS :council AND segment.body IS :body AND segment.held_on IS :held_on
      AND (segment.item IS NOT NULL OR segment.minute IS NOT NULL)
      AND segment.kind NOT IN ('page mark', 'blank', 'cover')
    GROUP BY d.row, segment.part, segment.item, segment.minute
    ORDER BY d.file_name, d.row, start"""
