"""Reads whether a question asks for the hours of a meeting: when it began or ended, how long it was."""

import re
from enum import StrEnum

_OPENS = r"^(?:(?:and|so|but)\s+)?"
_TIME = re.compile(
    rf"""{_OPENS}(?:(?:at|by|until)\s+)?(?:(?:about|around|roughly)\s+)?what(?:\s+exact)?\s+(?:time|hour)\b
    | {_OPENS}what\s+(?:is|was)\s+the\s+
      (?:(?:start|starting|opening|end|ending|closing|finish|finishing)\s+)?time\b""",
    re.IGNORECASE | re.VERBOSE,
)
_WHEN = re.compile(rf"{_OPENS}when\s+(?:did|does|do|will|was|is|had|has|should)\b", re.IGNORECASE)
_BEGAN = re.compile(
    r"""\b(?:start(?:s|ed|ing)?|beg[aiu]ns?|beginning|open(?:s|ed|ing)?|commenc(?:e|es|ed)|kick(?:s|ed)?\s+off|
    g[eo]t\s+(?:under\s?way|going|started)|called\s+to\s+order)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ENDED = re.compile(
    r"""\b(?:end(?:s|ed|ing)?|finish(?:es|ed|ing)?|clos(?:e|es|ed|ing)|conclud(?:e|es|ed)|adjourn(?:s|ed)?|
    terminate(?:s|d)?|wr[ao]p(?:s|ped)?\s+up|br(?:eak|oke)\s+up|r[io]se|over)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LASTED = re.compile(
    rf"""{_OPENS}(?:for\s+)?how\s+long\s+(?:did|does|was|is|will|had)\b
    [^?]*\b(?:last(?:s|ed)?|go\s+on(?:\s+for)?|take|run(?:\s+for)?|meeting|session|sit(?:ting)?|meet)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_MEETING = re.compile(
    r"\b(?:meet(?:s|ing)?|met|session|sitting|sits?|sat|held|take\s+place|took\s+place|gather(?:ed)?|it|they)\b",
    re.IGNORECASE,
)
# What is done at a meeting has an hour of its own.
_DONE_AT_IT = re.compile(
    r"""\b(?:vot\w+|decid\w+|decisions?|agree\w*|agreement|resol\w+|approv\w+|adopt\w*|recommend\w*|endors\w+|
    discuss\w*|consider\w*|debat\w+|arriv\w+|le(?:ft|ave|aving)|join\w*|sp(?:eak|oke)\w*|present\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PLANNED = re.compile(
    r"\b(?:due|scheduled|supposed|expected|meant|planned|will|should|does|is)\b", re.IGNORECASE
)


class Hours(StrEnum):
    """What is asked of a meeting's hours; the value is how it is said to the asker."""

    BEGINNING = "at what time it began"
    END = "at what time it ended"
    BOTH = "at what time it began and ended"
    LENGTH = "at what time it ended, which tells how long it was"


def hours_asked(text: str) -> Hours | None:
    """Return which hours of a meeting a question asks for; None where it asks for a day or anything else."""
    if asks_of_a_deed(text):
        return None
    if _LASTED.search(text):
        return Hours.LENGTH
    of_time = _TIME.search(text) is not None
    if of_time or _WHEN.search(text):
        if _ENDED.search(text):
            return Hours.BOTH if _BEGAN.search(text) else Hours.END
        if _BEGAN.search(text) or (of_time and _MEETING.search(text)):
            return Hours.BEGINNING
    return None


def asks_what_was_planned(text: str) -> bool:
    """Return whether the hour is asked for that was set beforehand: "When is it due to end?"."""
    return _PLANNED.search(text) is not None


def asks_of_a_deed(text: str) -> bool:
    """Return whether something done at a meeting is named, which has an hour of its own: a vote, a talk."""
    return _DONE_AT_IT.search(text) is not None
