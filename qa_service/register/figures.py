"""Figures in a sentence, each with what it counts: what two papers must agree on if they tell the same."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from qa_service.store.lexical_index import STOP_WORDS, stems

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_PERIOD = re.compile(
    r"(?<![\d/.])(?P<of_month>\d{1,2})[/.](?P<in_figures>\d{1,2})[/.](?P<of_year>(?:19|20)\d\d)(?![\d/])|"
    rf"(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?(?P<month>\b{_MONTH})\s+(?P<year>(?:19|20)\d\d)\b"
    r"|(?<![\d,.£€])(?P<only>(?:19|20)\d\d)(?P<to>\s?[/\u2013-]\s?\d\d(?:\d\d)?)?(?![\d,.]\d)\b",
    re.IGNORECASE,
)
# The marker of an entry, a day without its year, a time of day, a reference: numbers that count nothing.
_NO_FIGURE = re.compile(
    rf"^\s*(?:[^\w\s£€]\s*)?\(?\d{{1,3}}(?:(?:\.\d{{1,3}})+\.?|[.)])\s+(?=[^\d\s])|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\b"
    r"|\b\d{1,2}[.:]\d\d\s?[ap]\.?m\b|\b(?:paragraph|para|section|appendix|item|minute|page|option|year|case)\s+\d[\d.]*"
    r"|\b(?:no|nos|ref|rhif)\b\.?:?\s*\d[\d/-]*",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?:(?P<sign>[£€])\s?)?(?<![\w.,])(?P<value>\d[\d,]*(?:\.\d+)?)(?:\s?(?P<scale>million|billion|thousand|m\b|bn\b|k\b))?"
    r"(?:\s?(?P<percent>%|per\s?cent\b))?(?P<after>(?:\s+[a-z’'-]+){0,3})",
    re.IGNORECASE,
)
_SCALES = {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "thousand": 1e3, "k": 1e3}
# Of one thing counted twice the larger is at most so many times the smaller: beyond, they count two things.
_NEAR = 1.25
# Words before and behind a figure that say what it is a figure of.
_BESIDE = 5
_SCALE_LETTERS = 2  # "m", "bn": no words


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts: "£", "€", "%", or the stem of the noun behind it; "" where none follows.

    `near` holds the stems of the words beside it, which say what it is a figure of.
    """

    value: float
    unit: str
    near: frozenset[str] = field(default=frozenset(), compare=False)

    def differs_from(self, other: "Figure") -> bool:
        """Return whether both may count one thing and do not agree."""
        low, high = sorted((self.value, other.value))
        return self.unit == other.unit and self.unit != "" and 0 < low < high <= low * _NEAR


def figures_in(text: str) -> list[Figure]:
    """Return the figures of a text in order; dates, times and references are none."""
    return list(_figures_of(text))


# One sentence is held against many others.
@lru_cache(maxsize=2000)
def _figures_of(text: str) -> tuple[Figure, ...]:
    rest = _PERIOD.sub(_blanked, _NO_FIGURE.sub(_blanked, text))
    return tuple(_figure(rest, match) for match in _FIGURE.finditer(rest))


def periods_in(text: str) -> list[str]:
    """Return the years, months and days that a text names, in order, as "2023", "2022/23", "2023-11-30"."""
    return [_period(match) for match in _PERIOD.finditer(text)]


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _figure(text: str, match: re.Match[str]) -> Figure:
    value = float(match["value"].replace(",", "") or 0)
    value *= _SCALES.get((match["scale"] or "").lower(), 1.0)
    near = frozenset(
        stem
        for words in (text[: match.start()].split()[-_BESIDE:], text[match.end("value") :].split()[:_BESIDE])
        for word in words
        if word.lower() not in STOP_WORDS
        for stem in stems(word)
        if stem.isalpha() and len(stem) > _SCALE_LETTERS
    )
    if match["sign"]:
        return Figure(value, match["sign"], near)
    if match["percent"]:
        return Figure(value, "%", near)
    words = [word for word in match["after"].lower().split() if word not in STOP_WORDS]
    return Figure(value, next(iter(stems(words[0])), "") if words else "", near)


def _period(match: re.Match[str]) -> str:
    if match["of_year"]:
        return f"{match['of_year']}-{int(match['in_figures']):02}-{int(match['of_month']):02}"
    if match["only"]:
        end = re.sub(r"\D", "", match["to"] or "")
        return match["only"] + (f"/{end[-2:]}" if end else "")
    months = "jan feb mar apr may jun jul aug sep oct nov dec".split()
    month = months.index(match["month"][:3].lower()) + 1
    return f"{match['year']}-{month:02}" + (f"-{int(match['day']):02}" if match["day"] else "")
