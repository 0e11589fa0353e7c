"""Targets and undertakings whose outcome tells that they were carried out.

A target is a figure to be reached by a month: whoever names both again speaks of the same target. A
consultation whose result is reported has been held.
"""

import re
from collections.abc import Iterable
from datetime import date

from qa_service.documents.dates import dates_in

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = re.compile(rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?P<month>{_MONTHS}),?\s+(?P<year>20\d\d)\b")
# A count of one digit is told by chance; a part of a longer number is no number.
_FIGURE = re.compile(r"(?<![\w.,/\u00a3-])\u00a3?(?:\d+(?:\.\d+)?%|\d{2,}(?:,\d{3})*(?:\.\d+)?(?![\w/,.]\d))")
_UNDERTAKING = r"consultation|survey|audit|inquiry|trial|pilot|inspection|tender|election|ballot|poll"
_RESULT = re.compile(
    rf"\b(?:results?|outcomes?|findings|replies|responses)\s+(?:of|to|from)\s+(?:the|a|an|this)\s+"
    rf"(?:\w+\s+){{0,2}}?(?P<what>{_UNDERTAKING})\b",
    re.IGNORECASE,
)
_TO_UNDERTAKE = re.compile(
    rf"\b(?P<what>{_UNDERTAKING})\b[^.;]{{0,60}}?\b(?:be|been)\s+(?:held|carried\s+out|undertaken|run|made|launched|done)\b",
    re.IGNORECASE,
)
_BARE_MONTH = re.compile(rf"\b(?:in|of|from|last)\s+(?P<month>{_MONTHS})\b(?!\s+\d)")
_YEAR_DAYS = 365
_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[/\u2013-]\d\d(?:\d\d)?)?\b")


def same_target(promised: str, told: str) -> bool:
    """Return whether a later text names a month and a figure of a promise: "60% was missed in April 2024"."""
    return bool(_months(promised) & _months(told)) and bool(_figures(promised) & _figures(told))


def tells_result(promised: str, told: str) -> bool:
    """Return whether a later text gives the result of what was to be held: then it was held."""
    result, undertaken = _RESULT.search(told), _TO_UNDERTAKE.search(promised)
    if result is None or undertaken is None:
        return False
    return result["what"].casefold() == undertaken["what"].casefold()


def names_month(text: str) -> bool:
    """Return whether a text names a month of a year."""
    return bool(_MONTH.search(text))


def days_in(text: str) -> set[date]:
    """Return the days that a text names."""
    return {mention.value for mention in dates_in(text) if mention.value}


def meetings_of_month(text: str, days: Iterable[date], held_on: date | None) -> set[date]:
    """Return which days of meetings a later text means by their month: "the request made in May"."""
    months = {match["month"] for match in _BARE_MONTH.finditer(text)}
    if held_on is None:
        return set()
    return {day for day in days if f"{day:%B}" in months and 0 < (held_on - day).days < _YEAR_DAYS}


def _months(text: str) -> set[tuple[str, str]]:
    return {(match["month"], match["year"]) for match in _MONTH.finditer(text)}


def _figures(text: str) -> set[str]:
    return set(_FIGURE.findall(_YEAR.sub(" ", _MONTH.sub(" ", text))))
