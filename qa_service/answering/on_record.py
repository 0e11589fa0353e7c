"""Items of meetings found by what was decided or voted under them, where their papers rank too low.

Long reports and appendices on a subject stand before the minutes in which members decided on it.
"""

from collections.abc import Sequence
from datetime import date

from qa_service.answering.clauses import share_held
from qa_service.answering.matters import Matter, words_of
from qa_service.answering.signals import Signals, content_stems
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundResolution, Recorded, resolutions_on_record

# Share of the subject that the title of an item, or else what was put under it, must name.
_NAMED = 0.75


def last_on_record(
    reader: Connection,
    topic: Signals,
    recorded: Recorded,
    filters: Filters,
    allowed: frozenset[Access],
) -> list[Matter]:
    """Return the item of the last meeting that decided or voted on a subject, in a list; empty without one.

    The decision or its title holds all words of the subject. One whose title names most of it comes before
    one where only the decision does.
    """
    titled: dict[tuple[object, ...], Matter] = {}
    told: dict[tuple[object, ...], Matter] = {}
    for found in resolutions_on_record(reader, topic.text, recorded, filters, allowed):
        of, title = found.resolution, words_of(found.title)
        items = titled if share_held(title, topic) >= _NAMED else told
        if items is titled or share_held({*title, *_stems(reader, found)}, topic) >= _NAMED:
            item = Matter(of.council, of.held_on, title)
            items.setdefault((of.council, of.held_on, title), item).decisions.append(found)
    return _last(list(titled.values())) or _last(list(told.values()))


def _stems(reader: Connection, found: FoundResolution) -> Sequence[str]:
    return content_stems(slice_of(reader, found.document_row, found.resolution.span))


def _last(items: list[Matter]) -> list[Matter]:
    return sorted(items, key=lambda each: each.held_on or date.min)[-1:]
