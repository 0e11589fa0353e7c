"""Matters: one subject followed across meetings, by recurring titles and by what reports on what.

Pure over values. Titles must share nearly all that they are about; business of every meeting is left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.documents.dates import dates_in
from qa_service.domain.register import content_key
from qa_service.domain.spans import Span
from qa_service.register.words import Rarity, subject_stems

_TITLE_SHARE = 0.6
_MOST_OF_A_STEM = 40  # titles that share a stem: beyond, it names no subject
_YEAR = re.compile(
    r"\b(?:19|20)\d\d(?:\s?[-/\u2013]\s?(?:20)?\d\d)?\b|\b(?:quarter|q)\s?[1-4]\b|\([A-Z]{2,6}\)",
    re.IGNORECASE,
)
_STANDING_ITEM = re.compile(
    r"\b(?:apolog\w+|declarations?|minutes|announcements?|deputations?|exclusion|press and public|"
    r"work programme|election of|appointment of (?:the )?(?:vice[- ])?chair\w*|questions?|petitions?|urgent|"
    r"any other|date of|membership|substitut\w+|public participation|forward plan|recommendations?|summary|"
    r"purpose|introduction|conclusions?|next steps|background|motions?|monitor|detail)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a meeting did about an item: decided, was asked, promised, was told."""

    document_row: int
    span: Span
    council: str | None
    body: str | None
    held_on: date | None
    heading: str
    what: str
    authority: int  # 0 stands before 1 where a meeting did both


@dataclass(frozen=True, slots=True)
class Matter:
    """A subject and its steps, oldest first, undated last. At least two meetings."""

    id: str
    council: str | None
    title: str
    steps: tuple[Entry, ...]


_Item = tuple[str | None, str | None, date | None, str]


@dataclass(frozen=True, slots=True)
class Reported:
    """A promise and what reports on it. `same_item`: the whole item of the report is about the promise."""

    promise: Entry
    report: Entry
    same_item: bool


def matters_of(entries: Sequence[Entry], reported: Iterable[Reported]) -> list[Matter]:
    """Return the matters among entries and the reports on what was promised under them."""
    items: defaultdict[_Item, list[Entry]] = defaultdict(list)
    for entry in entries:
        items[_item(entry)].append(entry)
    threads = _Threads()
    for one, other in _alike([item for item in items if _is_subject(item)]):
        threads.join(one, other)
    for each in reported:
        promised, told = _item(each.promise), _item(each.report)
        if _is_subject(promised):
            items[promised].append(each.promise)
            if each.same_item and _is_subject(told):
                items[told].append(each.report)
                threads.join(promised, told)
            else:  # a log or an announcement speaks of many things: one line of it belongs here
                items[promised].append(each.report)
                threads.join(promised, promised)
    found = (_matter([entry for item in thread for entry in items[item]]) for thread in threads.all())
    return sorted(
        (each for each in found if each), key=lambda each: (each.council or "", each.title, each.id)
    )


def _item(entry: Entry) -> _Item:
    return entry.council, entry.body, entry.held_on, " ".join(entry.heading.split()).casefold()


def _is_subject(item: _Item) -> bool:
    return bool(item[3]) and not _STANDING_ITEM.search(item[3]) and bool(_stems(item[3]))


def _stems(title: str) -> frozenset[str]:
    for mention in reversed(dates_in(title)):
        title = f"{title[: mention.span.start]} {title[mention.span.end :]}"
    return subject_stems(_YEAR.sub(" ", title))


def _alike(items: Sequence[_Item]) -> Iterator[tuple[_Item, _Item]]:
    """Yield the pairs of items of one council and different meetings that have nearly the same title."""
    stems = {item: _stems(item[3]) for item in items}
    rarity = Rarity(stems.values())
    by_stem: defaultdict[tuple[str | None, str], list[_Item]] = defaultdict(list)
    for item in items:
        for stem in stems[item]:
            by_stem[item[0], stem].append(item)
    for sharing in by_stem.values():
        for at, one in enumerate(sharing if len(sharing) <= _MOST_OF_A_STEM else ()):
            for other in sharing[at + 1 :]:
                near = min(rarity.share(stems[one], stems[other]), rarity.share(stems[other], stems[one]))
                if one[1:3] != other[1:3] and near >= _TITLE_SHARE:
                    yield one, other


class _Threads:
    """Items joined into threads: each item belongs to one."""

    def __init__(self) -> None:
        self._above: dict[_Item, _Item] = {}

    def _top(self, item: _Item) -> _Item:
        while (above := self._above.setdefault(item, item)) != item:
            item = above
        return item

    def join(self, one: _Item, other: _Item) -> None:
        self._above[self._top(one)] = self._top(other)

    def all(self) -> Iterator[list[_Item]]:
        threads: defaultdict[_Item, list[_Item]] = defaultdict(list)
        for item in self._above:
            threads[self._top(item)].append(item)
        yield from threads.values()


def _matter(entries: Sequence[Entry]) -> Matter | None:
    """Return the matter of a thread: of each meeting what weighs most; None where it has one meeting only."""
    by_meeting: defaultdict[date | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_meeting[entry.held_on].append(entry)
    if len(by_meeting) < 2:  # noqa: PLR2004 - one meeting is no thread
        return None
    steps: list[Entry] = []
    for did in by_meeting.values():
        first = min(entry.authority for entry in did)
        steps += _outermost([entry for entry in did if entry.authority == first])
    steps.sort(
        key=lambda entry: (entry.held_on or date.max, entry.body or "", entry.document_row, entry.span)
    )
    titles = [entry.heading for entry in steps if _is_subject(_item(entry))]
    first_step = steps[0]
    id_ = content_key(first_step.council, first_step.body, first_step.held_on, first_step.heading)[:16]
    return Matter(id_, first_step.council, " ".join(titles[0].split()), tuple(steps)) if titles else None


def _outermost(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries of one meeting, none inside another: a clause that promises stands in its decision."""
    kept: list[Entry] = []
    for entry in sorted(entries, key=lambda each: (each.document_row, each.span.start, -each.span.end)):
        inside = any(
            each.document_row == entry.document_row and each.span.contains(entry.span) for each in kept
        )
        if not inside:
            kept.append(entry)
    return kept
