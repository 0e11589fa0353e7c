"""The years that a question asks of: what the papers say of another year does not answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.register.figures import figures_in
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.over_time import names_second_time
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import DateMention
from qa_service.store.passages import StoredPassage

_YEARS = re.compile(r"\b((?:19|20)\d\d)(?:\s?[/–-]\s?(\d\d(?:\d\d)?))?\b")
_CENTURY = 100
# Log-odds. Of our own questions of a year no answerable one lost anything; others lost 1.6 to 7.
_FAR_WORSE = 1.25
# So far behind the best, among so many, may stand what names the year asked.
_NEAR, _RANKS = 1.0, 12
# So little above it is put first that it is quoted without it.
_ABOVE = 0.01


def years_asked(reading: Reading) -> list[frozenset[int]]:
    """Return the years that a question names, those of a financial year together.

    Not those by which meetings are already limited, nor what names the ends of such limits, nor open ends:
    "since 2019" asks of later years too, and so does "in 2019, and how many by the winter?". Of several
    sentences only the one that asks counts: what led to a question need not stand in the papers.
    """
    if names_second_time(reading.text):
        return []
    filters = reading.filters
    limited = {day.year for day in (filters.held_from, filters.held_to) if day is not None}
    told = [each for each in reading.mentions if each.is_open or _limits(each, filters)]
    asking = asking_sentence(reading.text)
    start = reading.text.rfind(asking)
    found = [
        _of(match)
        for match in _YEARS.finditer(reading.text, start, start + len(asking))
        if not any(mention.start <= match.start() < mention.end for mention in told)
    ]
    found += [
        frozenset({each.first.year})
        for each in reading.mentions
        if each.is_a_year and each.first and each not in told and _is_in_words(reading, each)
    ]
    if found:  # "in January 2024, and in October": the other month's year is asked of too
        asked = [each.first for each in reading.mentions if each.start >= start]
        found += [frozenset({day.year}) for day in asked if day is not None]
    return [years for years in dict.fromkeys(found) if not years & limited]


def within_years(reading: Reading, filters: Filters) -> list[Filters]:
    """Return limits for a search among the meetings held in each of the years asked of; none without a year.

    The same things are told month by month for years: the few meetings of one year must be found among them.
    """
    if filters.held_from or filters.held_to:
        return []
    return [
        replace(filters, held_from=date(min(years), 1, 1), held_to=date(max(years), 12, 31))
        for years in years_asked(reading)
    ]


def _is_in_words(reading: Reading, mention: DateMention) -> bool:
    """Return whether a year is named without its number: "last year"."""
    return not any(sign.isdigit() for sign in reading.text[mention.start : mention.end])


def _limits(mention: DateMention, filters: Filters) -> bool:
    """Return whether meetings are limited to a stretch already, whatever years name its ends."""
    return (mention.first, mention.last) == (filters.held_from, filters.held_to)


def of_years(weighed: Weighed, asked: Sequence[frozenset[int]]) -> Weighed:
    """Return the weighing with the units of passages that bear a year asked, in words or by their meeting.

    Not those that name other years alone, where the passage bears the year in other sentences only.
    """
    if not asked:
        return weighed
    wanted = frozenset().union(*asked)
    rows = {each.passage.row: each.passage for each in weighed.units}
    fitting = {row for row, passage in rows.items() if wanted & _borne(passage)}
    framed = {row for row in fitting if wanted & _framing(rows[row])}
    kept = [
        each
        for each in weighed.units
        if each.passage.row in framed
        or (each.passage.row in fitting and (not (own := _years_in(each.text)) or wanted & own))
    ]
    return replace(weighed, units=_of_own_year_first(kept, wanted))


def _of_own_year_first(kept: Sequence[WeighedUnit], wanted: frozenset[int]) -> tuple[WeighedUnit, ...]:
    """Return the units, one that names a year asked before a best one that names another year alone.

    What is told in a year is as often of the next: "Allocations for 2017", said in October 2016.
    """
    named = _years_in(kept[0].text) if kept else set()
    if not named or wanted & named:
        return tuple(kept)
    best, counted = kept[0], bool(figures_in(kept[0].text))
    for unit in kept[1:_RANKS]:
        near = unit.score >= best.score - _NEAR
        if near and wanted & _years_in(unit.text) and (not counted or figures_in(unit.text)):
            return (replace(unit, score=best.score + _ABOVE), *(each for each in kept if each is not unit))
    return tuple(kept)


def tells_another_year(of_any: Weighed, of_asked: Weighed) -> bool:
    """Return whether the papers answer for another year only: all that bears the year asked is far worse."""
    if not of_any.units:
        return False
    return not of_asked.units or of_any.units[0].score - of_asked.units[0].score > _FAR_WORSE


def years_in_words(asked: Iterable[frozenset[int]]) -> str:
    """Return the years as they are written: "2022", "2019/20"."""
    words = (
        str(min(years)) if len(years) == 1 else f"{min(years)}/{max(years) % _CENTURY:02}" for years in asked
    )
    return " or ".join(dict.fromkeys(words))


def _borne(passage: StoredPassage) -> set[int]:
    return _framing(passage) | _years_in(passage.text)


def _framing(passage: StoredPassage) -> set[int]:
    """Return the years that all of a passage is of: by its paper's title, its headings, its meeting."""
    held_on = passage.segment.held_on
    return _years_in(f"{passage.title} {passage.header}") | ({held_on.year} if held_on else set())


def _years_in(text: str) -> set[int]:
    return {year for match in _YEARS.finditer(text) for year in _of(match)}


def _of(match: re.Match[str]) -> frozenset[int]:
    first = int(match[1])
    if not match[2]:
        return frozenset({first})
    last = int(match[2]) if len(match[2]) > 2 else first - first % _CENTURY + int(match[2])  # noqa: PLR2004
    return frozenset(range(first, last + 1)) if first < last <= first + 10 else frozenset({first})
