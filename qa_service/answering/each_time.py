"""One figure at two times: "What was the precept in 2016-17 and in 2019-20?" is answered for either time.

A time of which nothing is found is said to be without an answer, never passed over.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from qa_service.answering.drafts import EARLIER, LATER, QUOTE, Draft
from qa_service.answering.one_fact import tells_of_asked
from qa_service.answering.states import counts, is_state, worth
from qa_service.answering.tellings import likeness
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.register.figures import figures_in, periods_in
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.over_time import over_time
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import date_mentions

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TIME = rf"(?:(?:(?:{_MONTHS})\s+)?(?:19|20)\d\d(?:\s?[/\u2013-]\s?\d\d(?:\d\d)?)?)(?![\d/-])"
# "In May 2022 and (in) May 2023"; what lies "between" two times is asked of both ends elsewhere.
_TIMES = re.compile(
    rf"\b(?:in|for|of|at|during)\s+(?:the\s+year\s+)?(?P<times>{_TIME}(?:\s*,\s*(?:in\s+|for\s+)?{_TIME})*"
    rf"\s*,?\s+and\s+(?:then\s+)?(?:again\s+)?(?:(?:in|for|of|at|during)\s+)?(?:the\s+year\s+)?{_TIME})",
    re.IGNORECASE,
)
_ONE_TIME = re.compile(_TIME, re.IGNORECASE)
_OF_FACTS = frozenset({Intent.FACT, Intent.NUMBER})
# Of either time the best sentences, each held against those of the other; log-odds behind the best of all.
_RANKS, _FAR = 8, 6.0
# Log-odds that two sentences of one form, or told to one body, are worth more than two others.
_ALIKE, _ONE_BODY = 4.0, 1.5
_YEAR_BEFORE = re.compile(
    r"\byear\s+(?:earlier|before)\b|\b(?:previous|last|preceding)\s+year\b", re.IGNORECASE
)
# Less where each of them names something else.
_OTHER_NAMES = 3.0
_NAME = re.compile(r"\b[A-Z][A-Za-z\u2019'-]{2,}")


@dataclass(frozen=True, slots=True)
class Told:
    """Drafts of what was told of each time, and what is said of a time that nothing tells of."""

    drafts: list[Draft]
    notes: list[str]


def told_of_each_time(reading: Reading, weighed: Weighed) -> Told | None:
    """Return what is told of each of the times that a question names side by side.

    None where it names no two, asks for no fact, or where no sentence tells of the thing at any of them.
    """
    times = _times_in(reading)
    if len(times) < 2 or reading.intent not in _OF_FACTS or not weighed.units:  # noqa: PLR2004
        return None
    telling = _telling(reading, weighed)
    whole = next((unit for unit in telling if all(_names(unit.text, time) for time in times)), None)
    if whole is not None:
        return Told([_draft(whole, QUOTE)], [])
    found = [_of(time, telling) for time in times]
    held = [(time, units) for time, units in zip(times, found, strict=True) if units]
    if not held:
        return None
    together = [each for each in product(*(units for _, units in held)) if _of_one_council(each)]
    if not together:
        return None
    best = max(together, key=_together)
    empty = [time for time, units in zip(times, found, strict=True) if not units]
    missing = [time for time in empty if not any(_reaches_back(unit, time) for unit in best)]
    notes = [f"nothing that was found here tells this of {' or '.join(missing)}"] if missing else []
    return Told(_in_order(best), notes)


def _times_in(reading: Reading) -> list[str]:
    """Return the times as they are written; none where they are the ends of a stretch or of a change."""
    asking = asking_sentence(reading.own)
    named = _TIMES.search(asking)
    if named is None or over_time(reading.own) is not None:
        return []
    return list(dict.fromkeys(match.group() for match in _ONE_TIME.finditer(named["times"])))


def _telling(reading: Reading, weighed: Weighed) -> list[WeighedUnit]:
    """Return the units that tell of the thing asked, those with a figure alone where one has a figure."""
    least = weighed.units[0].score - _FAR
    told = [
        unit
        for unit in weighed.units
        if unit.score >= least
        and is_state(unit, weighed.signals)
        and tells_of_asked(unit, reading, weighed.signals)
    ]
    counted = [unit for unit in told if figures_in(unit.text) and counts(unit, weighed.signals)]
    return counted if counted or reading.intent is Intent.NUMBER else told


def _of(time: str, telling: Sequence[WeighedUnit]) -> list[WeighedUnit]:
    """Return the units of a time: those that name it, else those told then, else those under a title of it.

    A year's sum is mostly set in the year before: what only was told in a year may name no other.
    """
    named = [unit for unit in telling if _names(unit.text, time)]
    begun = [unit for unit in telling if _names_year_begun_in(unit.text, time)]
    told = [unit for unit in telling if _told_in(unit, time)]
    titled = [unit for unit in telling if not periods_in(unit.text) and _names(_titles(unit), time)]
    if _is_of_a_month(time):  # a day of the month, or what a meeting of the month was told
        named += [unit for unit in told if unit not in named]
    return (named or begun or told or titled)[:_RANKS]


def _titles(unit: WeighedUnit) -> str:
    segment = unit.passage.segment
    return f"{segment.item_title or ''} {segment.heading or ''}"


def _told_in(unit: WeighedUnit, time: str) -> bool:
    """Return whether a unit was told at a meeting of a month, or of a year where it names no other."""
    held_on = unit.passage.segment.held_on
    (asked, *_) = periods_in(time)
    if held_on is None or _is_of_two_years(asked):
        return False
    if not _is_of_a_month(time) and (periods_in(unit.text) or periods_in(_titles(unit))):
        return False
    return any(mention.holds(held_on) for mention in date_mentions(time, held_on))


def _names(text: str, time: str) -> bool:
    """Return whether a text names a time: the same two years, or a day or month that lies in it."""
    (asked, *_) = periods_in(time)
    if _is_of_two_years(asked):
        return asked in periods_in(text)
    return any(not _is_of_two_years(each) and each.startswith(asked) for each in periods_in(text))


def _reaches_back(unit: WeighedUnit, time: str) -> bool:
    """Return whether a unit tells what was a year before, and that is the time: "288 a year earlier"."""
    if _YEAR_BEFORE.search(unit.text) is None:
        return False
    held_on = unit.passage.segment.held_on
    told = [int(period[:4]) for period in periods_in(unit.text)] or ([held_on.year] if held_on else [])
    return int(periods_in(time)[0][:4]) + 1 in told


def _is_of_a_month(time: str) -> bool:
    return "-" in periods_in(time)[0]


def _names_year_begun_in(text: str, time: str) -> bool:
    """Return whether a text names the financial year that begins in a year: "2016-17" for 2016."""
    (asked, *_) = periods_in(time)
    return any(each.startswith(f"{asked}/") for each in periods_in(text))


def _is_of_two_years(period: str) -> bool:
    return "/" in period


def _of_one_council(units: Sequence[WeighedUnit]) -> bool:
    return len({unit.passage.segment.council for unit in units}) == 1


def _together(units: Sequence[WeighedUnit]) -> float:
    """Return what sentences are worth side by side: of one form and told to one body they tell one thing."""
    first, *others = units
    like = sum(_ALIKE * likeness(first, each) for each in others)
    told_to = {unit.passage.segment.body for unit in units}
    apart = sum(_OTHER_NAMES for each in others if _name_others(first.text, each.text))
    return sum(worth(unit) for unit in units) + like + (_ONE_BODY if len(told_to) == 1 else 0.0) - apart


def _name_others(one: str, other: str) -> bool:
    """Return whether either text has a name that the other has not: of two banks, of two firms."""
    mine, theirs = (
        {name for name in _NAME.findall(text) if not re.fullmatch(_MONTHS, name)} for text in (one, other)
    )
    return not (mine <= theirs or theirs <= mine)


def _in_order(units: Sequence[WeighedUnit]) -> list[Draft]:
    """Return drafts, the oldest first, marked as earlier and later where they are of two meetings."""
    placed = sorted(units, key=lambda unit: unit.passage.segment.held_on or date.min)
    drafts = [_draft(unit, QUOTE) for unit in placed]
    days = [unit.passage.segment.held_on for unit in placed]
    if None in days or len(set(days)) < len(days) or len(days) == 1:
        return drafts
    return [*(replace(each, template=EARLIER) for each in drafts[:-1]), replace(drafts[-1], template=LATER)]


def _draft(unit: WeighedUnit, template: str) -> Draft:
    return Draft(unit.passage.document_id, unit.unit.spans, unit.score, template)
