"""Whether a date is printed in a paper, in any of the ways that councils print dates."""

import re
from datetime import date
from functools import lru_cache

_ENGLISH = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_WELSH = (
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
)


@lru_cache(maxsize=4096)
def is_printed(iso: str, text: str) -> bool:
    """Return whether a date, as 2021-02-09, is printed in a text.

    Day and month must stand together; the year beside them or elsewhere in the text, since minutes often
    print it once. False for what is no ISO date.
    """
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return False
    if re.search(_with_year(day), text, re.IGNORECASE):
        return True
    return str(day.year) in text and re.search(_without_year(day), text, re.IGNORECASE) is not None


def _without_year(day: date) -> str:
    english, welsh = _ENGLISH[day.month - 1], _WELSH[day.month - 1]
    month = rf"(?:{english}|{english[:3]}t?\.?|[A-Za-z]?{welsh[1:]})"
    number = rf"(?<!\d)0?{day.day}\s*(?:st|nd|rd|th|ain|eg|fed|ed|ydd|af|ail)?"
    return rf"{number}\s*(?:of|o)?\s*[,-]?\s*{month}\b|\b{month}\s+0?{day.day}(?:st|nd|rd|th)?(?!\d)"


def _with_year(day: date) -> str:
    numeric = (
        rf"(?<!\d)0?{day.day}\s*[./-]\s*0?{day.month}\s*[./-]\s*(?:{day.year}|{day.year % 100:02d})(?!\d)"
    )
    return rf"{numeric}|(?<!\d){day.isoformat()}(?!\d)"
