"""The sentence that calls members to a meeting: whose meeting, and when."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from qa_service.documents.bodies import body_name
from qa_service.documents.dates import DateMention, dates_in

_CALLED = r"(?:(?:requested|summoned|invited|required) to attend|\bhas called|\brefer to the agenda for)"
_CALLS = re.compile(_CALLED, re.IGNORECASE)
_SUMMONS = re.compile(  # "You are requested to attend a Meeting of the ... to be held at ... on ..."
    rf"{_CALLED} (?:an? |the )?[^.]{{0,70}}?\bmeeting\b(?: \W?in[ -]committee\W?)? "
    r"(?:for |of |to (?:consider|discuss)\b[^.]{0,160}? (?:of|for) )(?:the )?(?P<body>[A-Z][^.]{3,160}?),? "
    r"(?:(?:which is |which will be )?(?:to be )?held\b|will take place\b|on (?=\w+day\b))(?P<rest>.{0,300})",
    re.IGNORECASE,
)
# "A meeting of the ... will be held in ... on ..."; converters lose the blank where bold type begins.
_NOTICE = re.compile(
    r"meeting of (?:the )?(?P<body>[A-Z][^.]{3,120}?) will "
    r"(?:be held|take place|be an? \w+ meeting held)(?:\b|(?=on\b))(?P<rest>.{0,240})",
    re.IGNORECASE,
)
# Where the sentence has ended: dates behind it are those of the minutes to be adopted.
_BEHIND = re.compile(
    r"\bbusiness\b|\bagenda\b|\bis mise\b|\byours\b|\bminutes\b|\bin order to\b", re.IGNORECASE
)
_LEFT_OVER = frozenset(
    "\"\u201c\u201d'*"
)  # glued before a day: what a scan left of its weekday or first figure
_WEEKS_AHEAD = timedelta(days=60)  # a letter calls to a meeting of the next weeks


@dataclass(frozen=True, slots=True)
class Summons:
    """Whose meeting members are called to, and its day; None for what cannot be read.

    `end` is where the sentence ends in the words given.
    """

    body: str | None
    held_on: date | None
    end: int


def summons_in(words: str, council: str | None) -> Summons | None:
    """Return what the first sentence says that calls members to a meeting."""
    match = _SUMMONS.search(words)
    return _read(words, match, council) if match else None


def calls_members(words: str) -> bool:
    """Return whether words call members to a meeting, however little of it can be read."""
    return _CALLS.search(words) is not None


def notice_in(words: str, council: str | None) -> Summons | None:
    """Return what the first sentence says that gives notice of a meeting."""
    match = _NOTICE.search(words)
    return _read(words, match, council) if match else None


def _read(words: str, match: re.Match[str], council: str | None) -> Summons:
    """Return body and day; no other date of the letter is the meeting's.

    A day without its year is read by its weekday, where the letter's own date leaves one such day. A day
    that is not the weekday printed, or is past when the letter is sent, was misread or mistyped.
    """
    rest = _BEHIND.split(match["rest"], maxsplit=1)[0]
    mention = next((each for each in dates_in(rest) if each.day is not None), None)
    if mention is not None and rest[mention.span.start - 1 : mention.span.start] in _LEFT_OVER:
        mention = None
    sent = [each.value for each in dates_in(words, 0, match.start()) if each.value]
    end = match.start("rest") + len(rest)
    return Summons(body_name(match["body"], council), _day(mention, sent[-1] if sent else None), end)


def _day(mention: DateMention | None, sent: date | None) -> date | None:
    """Return the day of the meeting that a letter of the day `sent` calls to; None where it is in doubt."""
    if mention is None or mention.contradicts_itself:
        return None
    if mention.value is not None:
        return mention.value if sent is None or mention.value >= sent else None
    if mention.weekday is None or sent is None:
        return None
    return mention.within(sent, sent + _WEEKS_AHEAD)
