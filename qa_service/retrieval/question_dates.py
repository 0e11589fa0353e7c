"""Dates and stretches of time that a question mentions, in English words and UK order."""

import calendar
import re
from collections.abc import Iterator, Sequence
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
MONTH_DAYS = 31
# What says most comes first: "12 June 2023" is no year.
_IN_ORDER = (
    _DAY_MONTH_YEAR,
    _MONTH_DAY_YEAR,
    _NUMERIC,
    _ISO,
    _MONTH_YEAR,
    _SEASON_YEAR,
    _LAST_MONTH_NAME,
    _YEAR,
)
_BEFORE = re.compile(r"\b(before|until|up to|prior to|by)\s+(?:the\s+)?(?:end of\s+)?$", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:the\s+)?(?:beginning\s+of\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:and|to|until|till|[-\u2013])\s+(?:the\s+)?(?:end\s+of\s+)?", re.IGNORECASE)
_BETWEEN_MONTH = re.compile(
    rf"\b(?:between|from)\s+(?P<month>{_MONTH})\s+(?:and|to|until|till)\s+(?:the\s+)?(?:end\s+of\s+)?$",
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
    """Return "between May and July 2023" begun in May; any other mention as it is."""
    bare = _BETWEEN_MONTH.search(text[: mention.start])
    if bare is None or mention.last is None or not mention.within_a_month:
        return mention
    month = _MONTHS[bare["month"].lower()]
    year = mention.last.year - (month > mention.last.month)
    return DateMention(date(year, month, 1), mention.last, bare.start("month"), mention.end)


def _is_stretch(text: str, first: DateMention, last: DateMention) -> bool:
    if first.first is None or last.last is None or first.first > last.last:
        return False
    return (
        _BETWEEN.search(text[: first.start]) is not None
        and _AND.fullmatch(text[first.end : last.start]) is not None
    )


def _stretch(match: re.Match[str], today: date) -> tuple[date, date] | None:
    parts = match.groupdict()
    if which := parts.get("which"):
        return _nearest_month(_MONTHS[parts["month"].lower()], which.lower(), today)
    year = int(parts["year"])
    if season := parts.get("season"):
        first = date(year, _SEASONS[season.lower()], 1)
        return first, _month(*_months_on(first, 2))[1]
    if "month" not in parts:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(parts["month"]) if parts["month"].isdigit() else _MONTHS[parts["month"].lower()]
    if "day" not in parts:
        return _month(year, month)
    try:
        day = date(year, month, int(parts["day"]))
    except ValueError:
        return None
    return day, day


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
        inclusive = word[1].lower() in {"until", "up to", "by"}
        return DateMention(None, last if inclusive else first - timedelta(days=1), *match.span())
    if word := _AFTER.search(before):
        inclusive = (word[1] or word[2]).lower() in {"since", "from"}
        return DateMention(first if inclusive else last + timedelta(days=1), None, *match.span())
    return DateMention(first, last, *match.span())
