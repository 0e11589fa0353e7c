"""When something is due: the words of a promise, and the last day that they allow, if a calendar says."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from qa_service.documents.dates import DateMention, dates_in
from qa_service.domain.spans import Span

_SEASONS = {"spring": (5, 31), "summer": (8, 31), "autumn": (11, 30), "winter": (2, 28)}
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH_NAMES = "|".join(_MONTHS)
_NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(_NUMBERS)})"
# What stands before a day that something is due on, and not before one that it is about.
_LEAD = r"(?:no later than|not later than|by|before|until|till|to|on|in|during|from|for|at|of|within|over)"
_BEFORE_DATE = re.compile(
    rf"\b(?P<lead>{_LEAD})\s+(?:the\s+|its\s+|our\s+)?"
    r"(?:(?:next\s+|ordinary\s+|annual\s+|special\s+)*meeting\s+(?:of\s+[A-Za-z' ]{2,40}\s+)?(?:on|of)\s+)?"
    r"(?:the\s+)?(?:end\s+of\s+(?:the\s+)?|early\s+|late\s+|mid[- ])?$",
    re.IGNORECASE,
)
_SEASON = re.compile(
    r"\b(?P<lead>in|during|by|before|over|until|for)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+)?|early\s+|late\s+)?"
    r"(?:next\s+)?(?P<season>spring|summer|autumn|winter)(?:\s+of)?(?:\s+(?P<year>20\d\d))?\b",
    re.IGNORECASE,
)
_FEAST = re.compile(
    r"\b(?P<lead>by|before|until)\s+(?P<feast>Christmas|Easter)(?:\s+(?P<year>20\d\d))?\b", re.IGNORECASE
)
_MONTH = re.compile(
    rf"\b(?P<lead>in|by|during|before|until|for)\s+(?:the\s+)?(?:end\s+of\s+|early\s+|late\s+|mid-?)?"
    rf"(?P<month>{_MONTH_NAMES})\b(?P<meeting>\s+meeting)?(?!\s*\d)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"\b(?:within|in)\s+(?:the\s+(?:next\s+)?)?(?P<count>{_COUNT})\s+(?P<working>working\s+)?"
    r"(?P<unit>days?|weeks?|months?)(?:'|’)?(?:\s+time)?\b(?!\s+(?:of|old))",
    re.IGNORECASE,
)
_END_OF = re.compile(
    r"\bby\s+the\s+end\s+of\s+(?:the|this)\s+(?P<what>month|week|year|calendar\s+year|financial\s+year|"
    r"municipal\s+year)\b",
    re.IGNORECASE,
)
_MEETING = re.compile(
    r"\b(?:at|to|for|in)\s+(?:the|its|our|their|a)\s+(?:next|following|future|subsequent|first|ordinary|"
    r"forthcoming)\s+(?:\w+\s+){0,2}?meetings?\b",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?:before|when|as soon as)\s+(?:the|these|this|it|that|any|they|each)\b[^,.;]{3,60}$|"
    r"\bwith these minutes\b|\bto every (?:ordinary )?meeting\b",
    re.IGNORECASE,
)
_DAYS_A_WEEK, _MONTHS_A_YEAR, _SATURDAY = 7, 12, 5


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due: where the words stand, and their last day; None where no calendar says.

    `year_read`: whether the paper leaves the year out, so that it was read from the meeting's date. `event`:
    whether something that must happen first takes the place of a day.
    """

    span: Span
    day: date | None
    year_read: bool = False
    event: bool = False


def due_in(text: str, start: int, end: int, made_at: date | None, next_meeting: date | None) -> Due | None:
    """Return when `text[start:end]` says that something is due; None where it names no time to come.

    "By" comes before other prepositions, and a day before a word like "later". Days before `made_at` are
    what a promise is about, not when it is due. `next_meeting` is the day of it where the paper prints one.
    """
    found = [
        *_dates(text, start, end, made_at),
        *_within(text, start, end, made_at),
        *_seasons(text, start, end, made_at),
        *_months(text, start, end, made_at),
        *_ends(text, start, end, made_at),
    ]
    future = [due for due in found if made_at is None or due.day is None or due.day >= made_at]
    if future:
        by = [due for due in future if due.span.of(text).lower().startswith(("by", "before", "no later"))]
        return min(
            by or future, key=lambda due: (due.day is None, not by and -due.span.start, due.span.start)
        )
    if match := _MEETING.search(text, start, end):
        return Due(Span(*match.span()), next_meeting)
    if match := _EVENT.search(text, start, _clause_end(text, start, end)):
        return Due(Span(*match.span()), None, event=True)
    return None


def _clause_end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \n.;,":
        end -= 1
    return end


def _dates(text: str, start: int, end: int, made_at: date | None) -> Iterator[Due]:
    for mention in dates_in(text, start, end):
        lead = _BEFORE_DATE.search(text, start, mention.span.start)
        if lead is None:
            continue
        day = _day_of(mention, made_at)
        yield Due(Span(lead.start(), mention.span.end), day, year_read=mention.year is None)


def _day_of(mention: DateMention, made_at: date | None) -> date | None:
    """Return the last day that a mention allows; a year left out is the first one that lies ahead."""
    if mention.value is not None:
        return mention.value
    if mention.year is not None:
        return _last_of_month(mention.year, mention.month)
    if made_at is None:
        return None
    ahead = made_at.year + ((mention.month, mention.day or 31) < (made_at.month, made_at.day))
    day = mention.day or calendar.monthrange(ahead, mention.month)[1]
    return date(ahead, mention.month, min(day, calendar.monthrange(ahead, mention.month)[1]))


def _seasons(text: str, start: int, end: int, made_at: date | None) -> Iterator[Due]:
    for match in _SEASON.finditer(text, start, end):
        month, day = _SEASONS[match["season"].lower()]
        due = _ahead(month, day, match["year"], made_at)
        yield Due(Span(*match.span()), due, year_read=not match["year"])
    for match in _FEAST.finditer(text, start, end):
        year = int(match["year"]) if match["year"] else made_at and made_at.year
        if match["feast"].lower() == "christmas":
            yield Due(Span(*match.span()), date(year, 12, 24) if year else None)
        else:
            day_of_feast = easter(year) if year else None
            if day_of_feast and made_at and day_of_feast < made_at and not match["year"]:
                day_of_feast = easter(made_at.year + 1)
            yield Due(Span(*match.span()), day_of_feast)


def _ahead(month: int, day: int, year: str | None, made_at: date | None) -> date | None:
    if year is not None:
        return date(int(year), month, day)
    if made_at is None:
        return None
    return date(made_at.year + ((month, day) < (made_at.month, made_at.day)), month, day)


def _months(text: str, start: int, end: int, made_at: date | None) -> Iterator[Due]:
    """Yield months without a year: the first that lies ahead."""
    for match in _MONTH.finditer(text, start, end):
        if re.match(r",?\s+(?:19|20)\d\d", text[match.end("month") : end]):
            continue  # the date itself says more
        month = _MONTHS[match["month"].lower()]
        if made_at is None:
            yield Due(Span(*match.span()), None)
            continue
        due = _last_of_month(made_at.year + (month < made_at.month), month)
        yield Due(Span(*match.span()), due, year_read=True)


def _within(text: str, start: int, end: int, made_at: date | None) -> Iterator[Due]:
    for match in _WITHIN.finditer(text, start, end):
        count = _NUMBERS.get(match["count"].lower()) or int(match["count"])
        yield Due(Span(*match.span()), made_at and _after(made_at, count, match["unit"], match["working"]))


def _after(day: date, count: int, unit: str, working: str | None) -> date:
    if unit.lower().startswith("month"):
        months = day.month - 1 + count
        year, month = day.year + months // _MONTHS_A_YEAR, months % _MONTHS_A_YEAR + 1
        return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    if unit.lower().startswith("week"):
        return day + timedelta(_DAYS_A_WEEK * count)
    while working and count:
        day += timedelta(1)
        count -= day.weekday() < _SATURDAY
    return day + timedelta(count)


def _ends(text: str, start: int, end: int, made_at: date | None) -> Iterator[Due]:
    for match in _END_OF.finditer(text, start, end):
        yield Due(Span(*match.span()), made_at and _end_of(" ".join(match["what"].lower().split()), made_at))


def _end_of(what: str, made_at: date) -> date | None:
    match what:
        case "month":
            return _last_of_month(made_at.year, made_at.month)
        case "week":
            return made_at + timedelta(6 - made_at.weekday())
        case "year" | "calendar year":
            return date(made_at.year, 12, 31)
        case "financial year":
            return date(made_at.year + (made_at.month > 3), 3, 31)  # noqa: PLR2004 - it ends on 31 March
        case _:
            return None


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def easter(year: int) -> date:
    """Return Easter Day of a year.

    Source: the anonymous Gregorian algorithm, Nature, 20 April 1876, as in Meeus, Astronomical Algorithms.
    """
    century, within = divmod(year, 100)
    golden = year % 19
    leap = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (within // 4) - leap - within % 4) % 7
    late = (golden + 11 * leap + 22 * weekday) // 451
    month, day = divmod(leap + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
