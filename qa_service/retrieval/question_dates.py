"""Dates and stretches of time that a question mentions, in English words and UK order."""

import calendar
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
    | {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
    | {"sept": 9}
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY_MONTH_YEAR = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\.?,? (?P<year>\d{{4}})\b",
    re.IGNORECASE,
)
_MONTH_DAY_YEAR = re.compile(
    rf"\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b", re.IGNORECASE
)
_NUMERIC = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b")
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\.?,? (?P<year>\d{{4}})\b", re.IGNORECASE)
_LAST_MONTH_NAME = re.compile(rf"\b(?P<which>last|this|next) (?P<month>{_MONTH})\b", re.IGNORECASE)
# Months as the weather service counts them; a winter is named by the year that it begins in.
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_SEASON_YEAR = re.compile(
    rf"\b(?P<season>{'|'.join(_SEASONS)})(?:,| of)? (?P<year>\d{{4}})(?:[/-]\d{{2,4}})?\b", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?<![\d/])(?P<year>(?:19|20)\d{2})(?![\d/-])\b")
_CHRISTMAS = re.compile(r"\b(?P<christmas>Christmas)(?:,| of| in)? (?P<year>\d{4})\b", re.IGNORECASE)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9}
_STRETCHES = {"half": 6, "quarter": 3}
_NTH = {
    "first": 0,
    "opening": 0,
    "second": 1,
    "third": 2,
    "fourth": 3,
    "last": -1,
    "final": -1,
    "closing": -1,
}
_PART_OF_YEAR = re.compile(
    rf"\b(?P<nth>{'|'.join(_NTH)}) "
    rf"(?:(?P<count>{'|'.join(_COUNTS)}) months|(?P<part>{'|'.join(_STRETCHES)})) "
    r"of (?P<year>(?:19|20)\d{2})\b",
    re.IGNORECASE,
)
MONTH_DAYS = 31
_RELATIVE_YEAR = re.compile(
    r"\b(?P<which>(?<!\bthe )(?:last|this)|(?<=\bthe )previous)\s+year\b(?!\s+of\b)", re.IGNORECASE
)
# What says most comes first: "12 June 2023" is no year.
_IN_ORDER = (
    _DAY_MONTH_YEAR,
    _MONTH_DAY_YEAR,
    _NUMERIC,
    _ISO,
    _CHRISTMAS,
    _PART_OF_YEAR,
    _MONTH_YEAR,
    _SEASON_YEAR,
    _LAST_MONTH_NAME,
    _YEAR,
)
_BEFORE = re.compile(
    r"\b(before|until|up to|prior to|by)\s+(?:the\s+)?(end\s+of\s+(?:the\s+)?)?$", re.IGNORECASE
)
# "Between", "between the meetings of", "between Cabinet's ... and its ...": few words name what was held.
_BETWEEN = re.compile(
    r"\b(?:between\s+(?:[\w’']+\s+){0,4}|from\s+(?:the\s+)?(?:(?:beginning|start|meetings?)\s+(?:of|in)\s+)?)$",
    re.IGNORECASE,
)
_AND = re.compile(
    r"(?:[’']s)?\s*(?:[\w’']+\s+){0,2}(?:and|to|until|till|[-\u2013])\s+(?:(?:the|its|their|that|end|meetings?|of|in|one)\s+){0,4}",
    re.IGNORECASE,
)
# "After May 2023 and before June 2024": one stretch, told by both of its ends.
_AND_BEFORE = re.compile(
    r",?\s*(?:and|but)?\s*(?:before|until|up\s+to|prior\s+to)\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
_BETWEEN_MONTH = re.compile(
    rf"\b(?:between|from)\s+(?:the\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})\s+"
    r"(?:and|to|until|till)\s+(?:the\s+)?(?:end\s+of\s+)?$",
    re.IGNORECASE,
)
# "From the January panel" is of one meeting; "from January" is since then.
_AFTER = re.compile(r"\b(?:(since|after|following)\s+(?:the\s+)?|(from)\s+)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch of days, ends included, and where the question names it. An open end is None."""

    first: date | None
    last: date | None
    start: int
    end: int

    @property
    def exact(self) -> bool:
        """Whether one day is meant."""
        return self.first is not None and self.first == self.last

    @property
    def is_open(self) -> bool:
        """Whether one end is open: "before March 2022"."""
        return self.first is None or self.last is None

    @property
    def is_a_year(self) -> bool:
        """Whether a calendar year is meant: it names a budget as often as a stretch of meetings."""
        return (
            self.first is not None
            and self.last is not None
            and (self.first.month, self.first.day, self.last) == (1, 1, date(self.first.year, 12, 31))
        )

    @property
    def within_a_month(self) -> bool:
        """Whether a month or less is meant."""
        return (
            self.first is not None and self.last is not None and (self.last - self.first).days <= MONTH_DAYS
        )

    def holds(self, day: date) -> bool:
        """Return whether a day lies in the stretch."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def date_mentions(text: str, today: date) -> Iterator[DateMention]:
    """Yield the dates in the order of the text; what is not a date of the calendar is passed over."""
    taken: list[tuple[int, int]] = []
    found: list[DateMention] = []
    for pattern in _IN_ORDER:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            stretch = _stretch(match, today)
            if stretch is not None:
                taken.append(match.span())
                found.append(_opened(text, match, *stretch))
    yield from _joined(text, sorted(found, key=lambda mention: mention.start))


def relative_year(text: str, today: date) -> DateMention | None:
    """Return the year that "last year" or "this year" means on a day; None where a text names neither.

    "The last year" is a stretch up to today, and "last year of the plan" no year of the calendar.
    """
    match = _RELATIVE_YEAR.search(text)
    if match is None:
        return None
    year = today.year - (match["which"].lower() != "this")
    return DateMention(date(year, 1, 1), date(year, 12, 31), *match.span())


def month_alone(text: str) -> str | None:
    """Return the text where it is a month and nothing else; else None."""
    return text if text.lower() in _MONTHS else None


def _joined(text: str, mentions: Sequence[DateMention]) -> Iterator[DateMention]:
    """Yield the mentions, "between May and July 2024" as one stretch: May takes the year after it."""
    before: DateMention | None = None
    for named in mentions:
        mention = _from_bare_month(text, named)
        if before is not None and _is_stretch(text, before, mention):
            yield DateMention(before.first, mention.last, before.start, mention.end)
            before = None
            continue
        if before is not None:
            yield before
        before = mention
    if before is not None:
        yield before


def _from_bare_month(text: str, mention: DateMention) -> DateMention:
    """Return "between (1) May and (3) July 2023" begun in May; any other mention as it is."""
    bare = _BETWEEN_MONTH.search(text[: mention.start])
    if bare is None or mention.last is None or not mention.within_a_month:
        return mention
    month = _MONTHS[bare["month"].lower()]
    year = mention.last.year - (month > mention.last.month)
    begun = _month_or_day(year, bare.groupdict())
    if begun is None:
        return mention
    return DateMention(begun[0], mention.last, bare.start("day" if bare["day"] else "month"), mention.end)


def _is_stretch(text: str, first: DateMention, last: DateMention) -> bool:
    if first.first is None or last.last is None or first.first > last.last:
        return False
    if first.last is None and last.first is None:
        return _AND_BEFORE.fullmatch(text[first.end : last.start]) is not None
    return (
        _BETWEEN.search(text[: first.start]) is not None
        and _AND.fullmatch(text[first.end : last.start]) is not None
    )


def _stretch(match: re.Match[str], today: date) -> tuple[date, date] | None:
    parts = match.groupdict()
    if which := parts.get("which"):
        return _nearest_month(_MONTHS[parts["month"].lower()], which.lower(), today)
    year = int(parts["year"])
    if parts.get("month"):
        return _month_or_day(year, parts)
    if parts.get("christmas"):
        return date(year, 12, 25), date(year, 12, 25)
    if nth := parts.get("nth"):
        return _part_of(year, nth.lower(), parts["count"], parts["part"])
    if season := parts.get("season"):
        first = date(year, _SEASONS[season.lower()], 1)
        return first, _month(*_months_on(first, 2))[1]
    return date(year, 1, 1), date(year, 12, 31)


def _month_or_day(year: int, parts: Mapping[str, str | None]) -> tuple[date, date] | None:
    """Return the days of a month that is named, or the one day; None where no calendar has it."""
    named = parts["month"] or ""
    month = int(named) if named.isdigit() else _MONTHS[named.lower()]
    if (number := parts.get("day")) is None:
        return _month(year, month)
    try:
        day = date(year, month, int(number))
    except ValueError:
        return None
    return day, day


def _part_of(year: int, nth: str, count: str | None, part: str | None) -> tuple[date, date] | None:
    """Return "the last three months of 2023", "the second half of 2023"; None for a third half."""
    months = _COUNTS[count.lower()] if count else _STRETCHES[(part or "").lower()]
    begins = _NTH[nth] * months if _NTH[nth] >= 0 else 12 - months
    if begins + months > 12:  # noqa: PLR2004
        return None
    return date(year, begins + 1, 1), _month(year, begins + months)[1]


def _months_on(first: date, months: int) -> tuple[int, int]:
    """Return (year, month) some months after that of a day."""
    return first.year + (first.month - 1 + months) // 12, (first.month - 1 + months) % 12 + 1


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _nearest_month(month: int, which: str, today: date) -> tuple[date, date]:
    """Return "last February": the last one that is over; "next": the first to come; "this": of this year."""
    year = today.year
    if which == "last" and month >= today.month:
        year -= 1
    if which == "next" and month <= today.month:
        year += 1
    return _month(year, month)


def _opened(text: str, match: re.Match[str], first: date, last: date) -> DateMention:
    before = text[: match.start()]
    if word := _BEFORE.search(before):
        inclusive = word[2] is not None or word[1].lower() in {"until", "up to", "by"}
        return DateMention(None, last if inclusive else first - timedelta(days=1), *match.span())
    if word := _AFTER.search(before):
        inclusive = (word[1] or word[2]).lower() in {"since", "from"}
        return DateMention(first if inclusive else last + timedelta(days=1), None, *match.span())
    return DateMention(first, last, *match.span())
