"""Pairs the minutes of one meeting that a council keeps in two languages: by name, day and figures.

Sums, cheque numbers and references are the same in both languages; words are not. Where two meetings were
held on one day, the figures tell which minutes belong together.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from qa_service.domain.documents import Part
from qa_service.store.passages import IndexedPassage

_NAME = re.compile(r"\w+")
# What kind of council it is, in either language; what is left is where it is.
_KINDS = frozenset(
    "a ac and the of y yr cyngor cymuned cymunedol tref sir dinas bwrdeistref council community town county "
    "city borough parish".split()
)
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_ALIKE = 0.5  # of the figures of both


@dataclass(slots=True)
class _Minutes:
    """The minutes inside one file: their language and figures."""

    document: str
    language: str
    figures: Counter[str] = field(default_factory=Counter)


def language_pairs(passages: Iterable[IndexedPassage]) -> list[tuple[str, str]]:
    """Return (document, the same minutes in another language), each way, over the passages of one level.

    Each is paired with those that are most like it and it most like: several where a file was kept twice.
    """
    meetings: defaultdict[object, dict[str, _Minutes]] = defaultdict(dict)
    for each in passages:
        if each.part is Part.MINUTES and each.held_on is not None and (place := _place(each.council)):
            minutes = meetings[place, each.held_on]
            one = minutes.setdefault(each.document, _Minutes(each.document, each.language))
            one.figures.update(_FIGURE.findall(each.content))
    return sorted(pair for minutes in meetings.values() for pair in _pairs(list(minutes.values())))


def _place(council: str | None) -> frozenset[str]:
    """Return the words of a council's name that say where it is."""
    return frozenset(_NAME.findall((council or "").casefold())) - _KINDS


def _pairs(minutes: Sequence[_Minutes]) -> Iterator[tuple[str, str]]:
    for one in minutes:
        for other in _nearest(one, minutes):
            if one in _nearest(other, minutes):
                yield one.document, other.document


def _nearest(one: _Minutes, minutes: Sequence[_Minutes]) -> list[_Minutes]:
    others = [(_likeness(one, other), other) for other in minutes if other.language != one.language]
    best = max((likeness for likeness, _ in others), default=0.0)
    return [other for likeness, other in others if likeness == best and best >= _ALIKE]


def _likeness(one: _Minutes, other: _Minutes) -> float:
    """Return the share of the figures of two minutes that stand in both."""
    every = (one.figures | other.figures).total()
    return (one.figures & other.figures).total() / every if every else 0.0
