"""Reads whether a question asks how a thing stood at several times: the newest word, or what changed."""

import calendar
import re
from enum import StrEnum

from qa_service.retrieval.asking import asking_sentence


class OverTime(StrEnum):
    """What is asked of a course of time."""

    NEWEST = "newest"
    CHANGE = "change"


_NEWEST = re.compile(
    r"""\b(?:latest|newest|most\ recent(?:ly)?|current(?:ly)?|at\ present|at\ the\ moment|nowadays|today|
    these\ days|so\ far|to\ date|up[\ -]to[\ -](?:now|date)|any\ ?(?:more|longer)|as\ things\ stand|
    last\ (?:count|word|reported|report|heard|told|forecast|figure))\b
    | \b(?:is|are|do|does|has|have)\ [^?]*\b(?:now|still)\b | \bnow\s*\?""",
    re.IGNORECASE | re.VERBOSE,
)
_TIME = (
    r"(?:in|by|at|on|since|later|after(?:wards)?|then|now|the\ (?:next|following|second|third|last|year)"
    r"|next|a\ year|this)"
)
_COMPARATIVE = (
    r"(?:better|worse|higher|lower|more|fewer|less|bigger|smaller|larger|longer|shorter|faster|slower|quicker|"
    r"busier|quieter|cheaper|dearer|greater|stronger|weaker|further)"
)
_UNIT = r"(?:day|week|month|quarter|term|season|winter|spring|summer|autumn|year)s?"
_MONTHS = "(?:" + "|".join(filter(None, calendar.month_name)) + ")"
_NUMBER = r"(?:an?|one|two|three|four|five|six|ten|\d+)"
# "Than the autumn before", "than a year ago", "than it was", "than in 2021": a second time.
_THAN = (
    rf"\bthan\ (?:before|previously|ever|(?:it|they|there|that)\ (?:was|were|had)|last\ {_UNIT}|"
    rf"(?:(?:in|at|on)\ )?(?:the\ )?(?:\d{{1,2}}\ )?(?:(?:19|20)\d\d|{_MONTHS})\b|"
    rf"(?:(?:in|at)\ )?(?:the\ )?(?:previous|{_UNIT})\b|{_NUMBER}\ (?:\w+\ )?{_UNIT}\ (?:before|ago|earlier))"
)
_SECOND = rf"\b(?:and|then|but)\ (?:how\ (?:many|much)|what(?:\ \w+)?)\ {_TIME}\b | {_THAN}"
_SECOND_TIME = re.compile(_SECOND, re.IGNORECASE | re.VERBOSE)
_THAN_BEFORE = re.compile(_THAN, re.IGNORECASE | re.VERBOSE)
_MOVED = r"""(?:chang\w+|mov(?:e|es|ed)|develop\w*|gone\ (?:up|down)|go(?:es)?\ (?:up|down)|
  going\ (?:up|down)|went\ (?:up|down)|c[oa]me\ down|ris(?:e|en|ing)|rose|f[ae]ll(?:en|ing)?|gr[eo]wn?|
  growing|shr[aiu]nk|increased?|decreased?|dropp(?:ed)?|improved?|worsened?|slipp(?:ed)?)"""
_CHANGE = re.compile(
    rf"""\bhow\ (?:did|do|does|has|have|had|was|were|is|are|far|much|many|fast)\b[^?]*\b{_MOVED}\b
    | \b(?:has|have|had|did|do|does|is|are|was|were)\b[^?]*\b(?:
      gone\ (?:up|down)|go\ (?:up|down)|going\ (?:up|down)|c[oa]me\ down|risen|rise|rising|fallen|fall|
      falling|grown|grow|growing|shrunk|shrink|increased?|decreased?|improved?|worsened?|changed?|slip(?:ped)?|
      (?:got|gotten|get|become|became|becoming|getting)\ {_COMPARATIVE}|{_COMPARATIVE}\ or\ {_COMPARATIVE})\b
    | \b{_COMPARATIVE}\b[^?]*{_THAN}
    | \b(?:originally|initially|(?:at\ )?first)\ (?:planned|expected|meant|due|forecast|estimated|intended)\b
    | \bwhat\ (?:changed|(?:has|have|had)\ changed)\b | \bover\ the\ (?:years?|months?|winter|summer)\b
    | {_SECOND}
    | \bfirst\b[^?]*\b(?:and|with|than)\b[^?]*\b(?:second|last|final|latest)\b
    | \bbetween\b[^?]*\b(?:19|20)\d\d\b[^?]*\band\b[^?]*\b(?:19|20)\d\d\b
    | ^(?=[^?]*\b(?:compar\w+|differ\w*)\b)[^?]*\b(?:19|20)\d\d\b[^?]*\b(?:(?:19|20)\d\d|{_MONTHS})\b""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_CHANGE = re.compile(
    rf"\b(?:{_MOVED}|{_COMPARATIVE}|up|down|compar\w+|differ\w*|between|since|than|before|earlier|then|now|first|last|"
    r"latest|many|much|numbers?|figures?|reports?|papers?|meetings?|annual|years?|months?|(?:19|20)\d\d)\b",
    re.IGNORECASE | re.VERBOSE,
)
# A topic has lost its small words: "at present" is "present" there.
_NOW = re.compile(
    r"\b(?:latest|newest|recent(?:ly)?|current(?:ly)?|present(?:ly)?|moment|nowadays|today|days|still|now|so\s+far|"
    r"to\s+date|get|gets|got|spring|summer|autumn|winter)\b",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    rf"\b(?:compar\w+|{_COMPARATIVE}|against|versus|differ\w*|usual|average|normal)\b", re.IGNORECASE
)


def over_time(text: str) -> OverTime | None:
    """Return what a question asks of a course of time; None where it asks of one time."""
    asked = asking_sentence(text)
    if _CHANGE.search(asked):
        return OverTime.CHANGE
    return OverTime.NEWEST if _NEWEST.search(asked) else None


def names_second_time(text: str) -> bool:
    """Return whether a question asks the same of a second time: "and how many by the winter?"."""
    return _SECOND_TIME.search(text) is not None


def without_change(text: str) -> str:
    """Return a text without the words that ask for a change, or between what: those left name the subject."""
    return _OF_CHANGE.sub(" ", text)


def without_newest(text: str) -> str:
    """Return a text without the words that ask for how a thing stands now."""
    return _NOW.sub(" ", text)


def compares(text: str) -> bool:
    """Return whether one thing is to be held against another: of another time, place or kind."""
    return _COMPARES.search(asking_sentence(text)) is not None


def compared_with_before(text: str) -> int | None:
    """Return where a question begins to name the time that it compares with: "than ..."; else None."""
    match = _THAN_BEFORE.search(text)
    return match.start() if match else None
