"""Dates as councils print them, day first, in English and Welsh; nothing is guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from qa_service.domain.spans import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan ionawr",
            "february feb chwefror",
            "march mar mawrth",
            "april apr ebrill",
            "may mai",
            "june jun mehefin",
            "july jul gorffennaf",
            "august aug awst",
            "september sept sep medi",
            "october oct hydref",
            "november nov tachwedd",
            "december dec rhagfyr",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tues tue",
            "wednesday wed",
            "thursday thurs thur thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}
_WEEKDAY = r"(?P<weekday>(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?)"
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# "th" above the line comes out of a scan as a quotation mark, a degree or a star behind the day's number.
_SCANNED_ORDINAL = "[\"\u201c\u201d'\u2018\u2019\u00b0\u00ba\u2122*#\u2020]{1,3}"
_ORDINAL = rf"(?:st|nd|rd|th|{_SCANNED_ORDINAL}|fed|ain|af|ydd|eg|ed)?"
_SCANNED_AS_SHARE = "(?(weekday)%|(?!))"  # "Monday, 23% March": no share, since a weekday stands before it
_GAP = r"[ \t\n]{1,4}"
_DAY_FIRST = (  # Tuesday, 9th February, 2021; 9 Feb 2021; 30th-Jan-2025; 9fed Mawrth 2016; 18th of December
    rf"(?<![\w£.])(?:{_WEEKDAY}[,.]?{_GAP})?(?:the[ ])?(?P<day>\d{{1,2}})[ ]?"
    rf"(?:{_ORDINAL}|{_SCANNED_AS_SHARE})(?:{_GAP}of)?"
    rf"[ \t\n,-]{{1,4}}(?P<month>{_MONTH})\b\.?(?:[ \t\n,-]{{1,4}}(?P<year>(?:19|20)\d\d)\b)?"
)
_MONTH_FIRST = (  # February 9th, 2021
    rf"(?<!\w)(?:{_WEEKDAY}[,.]?{_GAP})?(?P<month>{_MONTH}){_GAP}(?P<day>\d{{1,2}}){_ORDINAL},?"
    rf"{_GAP}(?P<year>(?:19|20)\d\d)\b"
)
_FIGURES = (  # 13/03/2025; 16.12.24; 13-03-2025
    r"(?<![\w£/.-])(?P<day>\d{1,2})(?P<mark>[/.-])(?P<month>\d{1,2})(?P=mark)(?P<year>(?:19|20)?\d\d)"
    r"(?![\w/-]|\.\d)"
)
_ISO = r"(?<![\w-])(?P<year>(?:19|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?![\w-]?\d)"
_MONTH_OF_YEAR = rf"(?<![\w-])(?P<month>{_MONTH})\b,?{_GAP}(?P<year>(?:19|20)\d\d)\b"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE) for form in (_DAY_FIRST, _MONTH_FIRST, _FIGURES, _ISO, _MONTH_OF_YEAR)
)
_CENTURY = 2000  # a year of two figures is one of ours
_MONTHS_A_YEAR = 12
_FOUR_FIGURES = 1000


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date as printed: `day` or `year` is None where the paper leaves it out. `weekday` 0 is Monday."""

    span: Span
    month: int
    day: int | None = None
    year: int | None = None
    weekday: int | None = None

    @property
    def value(self) -> date | None:
        """The full date; None where a part is left out or no such day exists."""
        if self.day is None or self.year is None:
            return None
        return _real(self.year, self.month, self.day)

    @property
    def contradicts_itself(self) -> bool:
        """Whether the printed weekday is not that date's."""
        return self.value is not None and self.weekday is not None and self.value.weekday() != self.weekday

    def within(self, first: date, last: date) -> date | None:
        """Return the one date of the paper's own period that a year-less mention can mean; else None."""
        if self.day is None:
            return None
        if self.year is not None:
            return self.value
        years = range(first.year, last.year + 1)
        days = [found for year in years if (found := _real(year, self.month, self.day)) is not None]
        fitting = [day for day in days if first <= day <= last and self.weekday in {None, day.weekday()}]
        return fitting[0] if len(fitting) == 1 else None


def dates_in(text: str, start: int = 0, end: int | None = None) -> tuple[DateMention, ...]:
    """Return every date of `text[start:end]` in order; where two readings overlap, the longer counts."""
    found = sorted(
        _mentions(text, start, len(text) if end is None else end), key=lambda m: (m.span.start, -len(m.span))
    )
    kept: list[DateMention] = []
    for mention in found:
        if not kept or mention.span.start >= kept[-1].span.end:
            kept.append(mention)
    return tuple(kept)


def first_date(text: str, start: int = 0, end: int | None = None) -> date | None:
    """Return the first full date of `text[start:end]`."""
    return next((mention.value for mention in dates_in(text, start, end) if mention.value), None)


def _mentions(text: str, start: int, end: int) -> Iterator[DateMention]:
    for form in _FORMS:
        for match in form.finditer(text, start, end):
            mention = _mention(match)
            if mention is not None:
                yield mention


def _mention(match: re.Match[str]) -> DateMention | None:
    parts = match.groupdict()
    month = parts["month"]
    number = int(month) if month.isdigit() else _MONTHS[month.lower()]
    day = int(parts["day"]) if parts.get("day") else None
    year = int(parts["year"]) if parts.get("year") else None
    if year is not None and year < _FOUR_FIGURES:
        year += _CENTURY
    if number > _MONTHS_A_YEAR or (day is not None and _real(year or _CENTURY, number, day) is None):
        return None
    weekday = parts.get("weekday")
    return DateMention(
        Span(match.start(), match.end()), number, day, year, _WEEKDAYS[_short(weekday)] if weekday else None
    )


def _short(weekday: str) -> str:
    return weekday.lower()[:3]


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
