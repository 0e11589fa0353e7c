"""The structure of a paper as a list to go by: parts, items, minutes and headings with their places."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_service.store.reading import OutlineRow, PagePlace
from qa_service.web import words

_MOST = 160
_LONGEST = 110
_HEADING = 3
_FEW_LETTERS = 3  # "A G E N D A" is a word printed wide; "A B C" may be three names
_REPEATED = 3  # times in one paper


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list. `level` 1 is a part of the paper, 2 an item or minute, 3 a heading in it."""

    level: int
    title: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class _Place:
    level: int
    title: str
    start: int
    ordinal: int


def outline(
    document_id: str, rows: Sequence[OutlineRow], pages: Sequence[PagePlace], at: int | None
) -> list[Entry]:
    """Return the list, with the entry marked in which the character `at` stands.

    A long paper's headings are listed only around that place; its parts, items and minutes always are.
    """
    places = _thinned(_telling(list(_places(rows))), at)
    here = max(
        (index for index, place in enumerate(places) if at is not None and place.start <= at), default=None
    )
    deepest, entries = 0, []
    for index, place in enumerate(places):
        deepest = min(place.level, deepest + 1)  # a heading before the first item stands beside the items
        entries.append(Entry(deepest, place.title, _url(document_id, place, pages), index == here))
    return entries


def _places(rows: Sequence[OutlineRow]) -> Iterator[_Place]:
    """Yield an entry wherever a level opens; a heading that only repeats its item's title is none."""
    before: OutlineRow | None = None
    for row in rows:
        part = before is None or _part(row) != _part(before)
        point = _point(row)
        if part:
            yield _Place(1, _part_title(row), row.start, row.ordinal)
        if point and (part or before is None or point != _point(before)):
            yield _Place(2, _point_title(row), row.start, row.ordinal)
        elif (
            row.heading
            and (before is None or row.heading != before.heading)
            and row.heading != row.item_title
        ):
            yield _Place(_HEADING, _short(row.heading), row.start, row.ordinal)
        before = row


def _part(row: OutlineRow) -> tuple[object, ...]:
    return row.part, row.body, row.held_on


def _point(row: OutlineRow) -> tuple[str, str] | None:
    if row.minute:
        return "minute", row.minute
    return ("item", row.item) if row.item else None


def _part_title(row: OutlineRow) -> str:
    name = {"other": "Paper", "slides": "Slides"}.get(row.part, row.part.capitalize())
    about = ", ".join(part for part in (row.body, words.day(row.held_on) if row.held_on else None) if part)
    return f"{name}: {about}" if about else name


def _point_title(row: OutlineRow) -> str:
    kind, number = _point(row) or ("", "")
    title = row.item_title if kind == "item" else row.heading
    return _short(f"{kind.capitalize()} {number}" + (f": {title}" if title else ""))


def _short(title: str) -> str:
    letters = title.split()
    spaced = len(letters) > _FEW_LETTERS and all(len(each) == 1 for each in letters)
    title = ("" if spaced else " ").join(letters)
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1].rstrip() + "…"


def _telling(places: list[_Place]) -> list[_Place]:
    """Return the places without the headings that every report repeats: they tell none from another."""
    often = Counter(place.title.casefold() for place in places if place.level == _HEADING)
    return [
        place
        for place in places
        if place.level < _HEADING
        or (often[place.title.casefold()] < _REPEATED and not place.title.endswith(":"))
    ]


def _thinned(places: list[_Place], at: int | None) -> list[_Place]:
    """Return at most so many places as a page can carry: those around `at`, the weightier ones first."""
    if len(places) <= _MOST:
        return places
    current = max(0, bisect_right([place.start for place in places], at or 0) - 1)
    near, around = _MOST // 8, _MOST // 2
    kept = [
        (index, place)
        for index, place in enumerate(places)
        if place.level < _HEADING or abs(index - current) < near
    ]
    if len(kept) > _MOST:
        kept = [(index, place) for index, place in kept if abs(index - current) < around]
    return [place for _, place in kept]


def _url(document_id: str, place: _Place, pages: Sequence[PagePlace]) -> str:
    page = pages[bisect_right([each.span.start for each in pages], place.start) - 1]
    if page.number is None:
        return f"/documents/{document_id}?at={place.start}#b{place.ordinal}"
    return f"/documents/{document_id}/pages/{page.number}#b{place.ordinal}"
