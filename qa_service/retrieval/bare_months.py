"""Months and days named without their year: "from May to July", "Cabinet on 9 January"."""

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date

from qa_service.retrieval.over_time import OverTime, over_time
from qa_service.retrieval.question_dates import DateMention

_NAMES = [name for name in calendar.month_name if name]
# "May" and "March" are words too: what stands before them must leave room for a month only.
_BARE = re.compile(
    r"\b(?:(?P<on>(?:and|to|until|by)\s+(?:in\s+|the\s+)?)|(?:in|between|from|since|with|than|of|the)\s+)"
    rf"(?P<month>{'|'.join(_NAMES)})\b(?!\s+\d|-)"
)
_MEETING = r"(?:council|cabinet|committee|panel|board|executive|forum|meetings?|minutes|agenda)"
_MONTH = (
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?:of\s+)?)?"
    rf"(?P<month>{'|'.join(_NAMES)})\b(?!\s+\d|-)"
)
# "What did Cabinet decide in January?", "the meeting of 9 January", "the January meeting": of a meeting, and
# not of what it decided ("agreed to begin in May").
_OF_MEETING = re.compile(
    rf"\b(?i:{_MEETING})\s+(?:[a-z]+\s+){{0,2}}?(?:in|on|of|for|held\s+(?:in|on))\s+(?:the\s+)?{_MONTH}"
)
_MEETING_OF = re.compile(rf"\b{_MONTH}\s+(?:[A-Z][a-z]+\s+){{0,2}}(?i:{_MEETING})\b")


def with_bare_months(
    text: str, mentions: Sequence[DateMention], held: Callable[[], Sequence[date]]
) -> tuple[DateMention, ...]:
    """Return the dates of a question with those months that only its other month, or the meetings held, date.

    Two months without a year are the last ones in which meetings were `held`, as one stretch; one beside a
    dated month is the nearest before it, or after it where the words go on ("in May 2022 and in July").
    A month or day that stands beside the name of a meeting is the last one in which such a meeting was held.
    """
    if over_time(text) is not OverTime.CHANGE:
        return tuple(mentions) if mentions else _of_meeting(text, held)
    bare = [
        match
        for match in _BARE.finditer(text)
        if not any(each.start < match.end() and match.start("month") < each.end for each in mentions)
    ]
    if len(bare) == 2 and not mentions:  # noqa: PLR2004
        return _last_held(bare[0], bare[1], held())
    if len(bare) == 1 and len(mentions) == 1:
        return _beside(bare[0], mentions[0])
    return tuple(mentions)


def _of_meeting(text: str, held: Callable[[], Sequence[date]]) -> tuple[DateMention, ...]:
    """Return the month, or the day, that a meeting is named by, in the last year that one was held then."""
    match = _OF_MEETING.search(text) or _MEETING_OF.search(text)
    if match is None:
        return ()
    month, day = _NAMES.index(match["month"]) + 1, match["day"]
    days = [each for each in held() if each.month == month and (day is None or each.day == int(day))]
    if not days:
        return ()
    start = match.start("month") if day is None else match.start("day")
    first, last = _days(days[-1].year, month) if day is None else (days[-1], days[-1])
    return (DateMention(first, last, start, match.end("month")),)


def _last_held(begun: re.Match[str], ended: re.Match[str], held: Sequence[date]) -> tuple[DateMention, ...]:
    """Return the stretch between two months, the last one that meetings began and ended; else nothing."""
    first, last = _NAMES.index(begun["month"]) + 1, _NAMES.index(ended["month"]) + 1
    months = {(day.year, day.month) for day in held}
    years = [year for year, month in months if month == last and (year - (first > last), first) in months]
    if not years or first == last:
        return ()
    year = max(years)
    start, _ = _days(year - (first > last), first)
    return (DateMention(start, _days(year, last)[1], begun.start("month"), ended.end("month")),)


def _beside(bare: re.Match[str], dated: DateMention) -> tuple[DateMention, ...]:
    """Return a dated month and the one without a year beside it, in the order of the text."""
    if dated.first is None or dated.last is None or not dated.within_a_month:
        return (dated,)
    month = _NAMES.index(bare["month"]) + 1
    later = bare.start() >= dated.end and bare["on"] is not None
    year = dated.first.year
    if later:
        year += month < dated.first.month
    else:
        year -= month > dated.first.month
    mention = DateMention(*_days(year, month), bare.start("month"), bare.end("month"))
    return tuple(sorted((mention, dated), key=lambda each: each.start))


def _days(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
