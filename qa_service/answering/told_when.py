"""What was told at the time that is asked of goes before what other meetings were told.

"How many in May 2022?" and "how many before June?" may be asked of a report's figures, which bear a time of
their own: meetings of another time are therefore passed over only where one of that time answers too.
"""

import re
from dataclasses import replace
from datetime import date

from qa_service.answering.demands import demands_of
from qa_service.answering.given import gives
from qa_service.answering.tellings import likeness
from qa_service.answering.weighing import Weighed
from qa_service.register.figures import periods_in
from qa_service.retrieval.over_time import OverTime, compares, over_time
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import DateMention

# Log-odds by which a sentence told at the time asked of may stand behind one of another time.
_NEAR = 2.5
# Of so many ranks; cosine of two lines that differ in their day and their figure alone.
_RANKS, _OF_ONE_FORM = 12, 0.75
# So little above the other it is put first that it is quoted without it.
_ABOVE = 0.01
_NUMERIC = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>(?:19|20)\d\d)\b")
# "Before May" asks of a time; "by May", "until May" and "from May" mostly name when a thing is due or holds.
_OF_A_TIME = re.compile(
    r"\b(?:before|prior\s+to|since|after|following)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+)?)?$", re.IGNORECASE
)


def told_when_asked(reading: Reading, weighed: Weighed) -> Weighed:
    """Return the weighing with what was told at the time asked of, and what names it, first."""
    return _dated_then(reading, _told_then(reading, weighed))


def _dated_then(reading: Reading, weighed: Weighed) -> Weighed:
    """Return the weighing with a unit first that names a day of the month asked of, before one of its form.

    "Balance on 1 July", "balance on 1 September", both told in September: the second is September's.
    """
    if len(reading.mentions) != 1 or not weighed.units or not reading.mentions[0].within_a_month:
        return weighed
    (asked,), best = reading.mentions, weighed.units[0]
    days = _days_in(best.text)
    if not days or any(map(asked.holds, days)):
        return weighed
    for unit in weighed.units[1:_RANKS]:
        near = unit.score >= best.score - _NEAR and likeness(best, unit) >= _OF_ONE_FORM
        if near and any(map(asked.holds, _days_in(unit.text))):
            others = (each for each in weighed.units if each is not unit)
            return replace(weighed, units=(replace(unit, score=best.score + _ABOVE), *others))
    return weighed


def _told_then(reading: Reading, weighed: Weighed) -> Weighed:
    """Return the weighing with the units of meetings of the time asked of, where they answer nearly as well.

    Whole where the best unit itself names that time, or where one thing is held against another. The best
    unit of that time must itself hold what the question demands: a share, a sum.
    """
    asked = _time_asked(reading)
    if asked is None or not weighed.units or _names(weighed.units[0].text, asked):
        return weighed
    told = tuple(unit for unit in weighed.units if _is_of(unit.passage.segment.held_on, asked))
    if not told or told[0].score < weighed.units[0].score - _NEAR:
        return weighed
    if not gives(told[0].text, demands_of(reading.own), reading.own):
        return weighed
    return replace(weighed, units=told)


def _time_asked(reading: Reading) -> DateMention | None:
    """Return the one time that a question names and by which meetings are not limited already; else None."""
    if "date" in reading.inferred or len(reading.mentions) != 1:
        return None
    if compares(reading.text) or over_time(reading.text) is OverTime.CHANGE:
        return None
    (mention,) = reading.mentions
    if mention.exact or mention.is_a_year:
        return None
    if mention.is_open and not _OF_A_TIME.search(reading.text[: mention.start]):
        return None
    return mention


def _is_of(held_on: date | None, asked: DateMention) -> bool:
    return held_on is not None and asked.holds(held_on)


def _names(text: str, asked: DateMention) -> bool:
    """Return whether a sentence names a month or a day within the time asked of."""
    return any(day is not None and asked.holds(day) for day in map(_first_day, periods_in(text)))


def _days_in(text: str) -> list[date]:
    """Return the days that a text names, of a month the first, in words and as 01/09/2015."""
    named = [*map(_first_day, periods_in(text)), *map(_in_figures, _NUMERIC.finditer(text))]
    return [day for day in named if day is not None]


def _in_figures(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _first_day(period: str) -> date | None:
    """Return the first day of "2023-11" or of "2023-11-30"; None for years, and for what no calendar has."""
    try:
        return date.fromisoformat(period if period.count("-") > 1 else f"{period}-01")
    except ValueError:
        return None
