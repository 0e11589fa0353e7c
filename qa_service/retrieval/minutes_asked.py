"""Reads whether a question asks if minutes were confirmed, and which: "Were the minutes of June signed?"."""

import re
from collections.abc import Sequence

from qa_service.retrieval.question_dates import DateMention

_CONFIRM = (
    r"(?:confirm\w*|approv\w*|sign(?:ed|ing)?(?:\s+off)?|agree[ds]?|accept(?:ed)?|adopt(?:ed)?|draft|unconfirmed|"
    r"official|final|(?:in)?correct|true|accurate)"
)
_DONE = re.compile(rf"\b{_CONFIRM}\b", re.IGNORECASE)
_MINUTES = r"(?:minutes|record)"
# From "minutes" to the date of their meeting nothing is done and nothing else begins.
_OF_DATE = re.compile(
    rf"\b{_MINUTES}\b(?:\s+(?!(?:{_CONFIRM}|which|that|say|says|said|record|show\w*)\b)[\w’',-]+){{0,9}}\s*$",
    re.IGNORECASE,
)
_DATED = re.compile(
    rf"^(?:[’']s)?(?:\s+(?:meetings?|panel|committee|board|cabinet|executive)(?:[’']s?)?)?\s+{_MINUTES}\b",
    re.IGNORECASE,
)
# "Which minutes were signed in May?" gives the day of the signing.
_WHICH = re.compile(rf"\b(?:which|what|whose)\s+(?:[\w’'-]+\s+){{0,2}}{_MINUTES}\b", re.IGNORECASE)
# "What do the confirmed minutes say of fares?" asks for something else.
_ASKS = re.compile(
    r"^(?:and\s+|so\s+|but\s+)?(?:have|has|had|were|was|are|is|did|do|does|when|who|where|at\s+which|by\s+whom)\b",
    re.IGNORECASE,
)
_SOMETHING_ELSE = re.compile(
    r"\b(?:about|regarding|concerning|say|says|said|why|resolv\w+|decid\w+|vot\w+|attend\w*|present|absent)\b",
    re.IGNORECASE,
)


def minutes_asked(text: str, mentions: Sequence[DateMention]) -> DateMention | None:
    """Return the day or month of the minutes of which it is asked whether they were confirmed; else None."""
    if not (_ASKS.search(text) and _DONE.search(text)):
        return None
    if _WHICH.search(text) or _SOMETHING_ELSE.search(text):
        return None
    for mention in mentions:
        dated = _OF_DATE.search(text[: mention.start]) or _DATED.search(text[mention.end :])
        if mention.within_a_month and dated:
            return mention
    return None
