"""Matters: what one meeting's papers say of one item, brought together across files.

A report in one pack, the minutes of its meeting in the next and a page on the web are one matter:
the report's words find it, the minutes' words answer.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Part, Segment
from qa_service.store.database import Connection
from qa_service.store.findings import FoundResolution, resolutions_of_days

# What the second and third best units of a matter add to its best: a matter is more than one sentence.
_MORE = (0.3, 0.15)
# What a title that names the whole subject adds, in the ranker's log-odds.
_TITLE = 2.0
# What adds the presence of every figure that the question names.
_NUMBERS = 2.0
# Share of the shorter title's words that two titles of one item have in common.
_ALIKE = 0.6
_NUMBERING = re.compile(r"\b\d+\b")
_GENERAL = frozenset(
    content_stems("report update annual review item agenda minutes meeting proposed record decision")
)


@dataclass(slots=True, eq=False)
class Matter:
    """One item of one meeting: its weighed units, best first, and its decisions; compared by identity."""

    council: str | None
    held_on: date | None
    title: frozenset[str]
    units: list[WeighedUnit] = field(default_factory=list)
    decisions: list[FoundResolution] = field(default_factory=list)
    score: float = 0.0
    minutes: dict[int, str] = field(default_factory=dict)

    def is_of(self, place: "_Place") -> bool:
        """Return whether a place of this council, meeting and title belongs here.

        Two numbered minutes of one record never do, however alike their titles; the parts of one always do.
        """
        if (place.council, place.held_on) != (self.council, self.held_on):
            return False
        own = self.minutes.get(place.document_row)
        if own is not None and place.minute is not None:
            return own == place.minute
        return alike(self.title, place.title)


@dataclass(frozen=True, slots=True)
class _Place:
    """What tells one item of one meeting from the next. `minute`: its number in that record, or None."""

    council: str | None
    held_on: date | None
    title: frozenset[str]
    document_row: int
    minute: str | None


def matters_of(
    reader: Connection, by_topic: Weighed, filters: Filters, allowed: frozenset[Access]
) -> list[Matter]:
    """Return the matters of the weighed units, best first, each with its decisions within the filters."""
    matters: list[Matter] = []
    for weighed in by_topic.units:
        segment = weighed.passage.segment
        if weighed.passage.boilerplate or segment.part in {Part.COVER, Part.AGENDA}:
            continue
        title = title_of(segment, weighed.passage.title)
        minute = segment.minute if segment.part is Part.MINUTES else None
        place = _Place(segment.council, segment.held_on, title, weighed.passage.document_row, minute)
        _matter_at(matters, place).units.append(weighed)
    rows = {weighed.passage.document_row for weighed in by_topic.units}
    days = {matter.held_on for matter in matters if matter.held_on is not None}
    for found in resolutions_of_days(reader, days, rows, filters, allowed):
        resolution = found.resolution
        title = words_of(found.title)
        place = _Place(resolution.council, resolution.held_on, title, found.document_row, resolution.minute)
        for matter in matters:
            if matter.is_of(place):
                matter.decisions.append(found)
    for matter in matters:
        matter.score = _score(matter, by_topic)
    return sorted(matters, key=lambda matter: -matter.score)


def title_of(segment: Segment, document_title: str) -> frozenset[str]:
    """Return the words of the title of a segment's item: a minute's heading, a report's agenda title."""
    if segment.part is Part.MINUTES:  # below an item stand headings of its parts
        return words_of(segment.item_title or segment.heading or document_title)
    if segment.part in {Part.WEB_PAGE, Part.OTHER}:
        return words_of(segment.heading or segment.item_title or document_title)
    return words_of(segment.item_title or document_title)


def words_of(title: str) -> frozenset[str]:
    """Return the stems of a title, numbers among them; all of its words where all are general."""
    stems = frozenset(content_stems(title)) | frozenset(_NUMBERING.findall(title))
    return stems - _GENERAL or stems


def alike(one: Collection[str], other: Collection[str]) -> bool:
    """Return whether two titles name one item: most words of the shorter stand in the longer."""
    shorter = min(len(one), len(other))
    return shorter > 0 and len(set(one) & set(other)) >= _ALIKE * shorter


def _matter_at(matters: list[Matter], place: _Place) -> Matter:
    matter = next((each for each in matters if each.is_of(place)), None)
    if matter is None:
        matter = Matter(place.council, place.held_on, place.title)
        matters.append(matter)
    if place.minute is not None:
        matter.minutes[place.document_row] = place.minute
    return matter


def _score(matter: Matter, by_topic: Weighed) -> float:
    best, *rest = matter.units[: len(_MORE) + 1]
    score = best.score
    # Log-odds below nought say that a unit does not answer: it adds nothing then.
    score += sum(share * max(each.score, 0.0) for share, each in zip(_MORE, rest, strict=False))
    signals = by_topic.signals
    score += _TITLE * sum(signals.weights.get(stem, 0.0) for stem in matter.title) / signals.total
    text = " ".join(weighed.text for weighed in matter.units)
    return score + _NUMBERS * sum(number in text for number in signals.numbers) / (len(signals.numbers) or 1)


def best_units(matter: Matter, parts: Collection[Part]) -> Sequence[WeighedUnit]:
    """Return a matter's units in papers of some parts, best first."""
    return [weighed for weighed in matter.units if weighed.passage.segment.part in parts]
