"""Reads whether a question asks how a thing stood at several times: the newest word, or what changed."""

import re
from enum import StrEnum

from qa_service.retrieval.asking import asking_sentence


class OverTime(StrEnum):
    """What is asked of a course of time."""

    NEWEST = "newest"
    CHANGE = "change"


_NEWEST = re.compile(
    r"""\b(?:latest|newest|most\ recent(?:ly)?|current(?:ly)?|at\ present|at\ the\ moment|nowadays|today|
    these\ days|so\ far|to\ date|up\ to\ now|any\ ?(?:more|longer)|
    last\ (?:count|word|reported|heard|forecast|figure))\b
    | \b(?:is|are|do|does|has|have)\ [^?]*\b(?:now|still)\b | \bnow\s*\?""",
    re.IGNORECASE | re.VERBOSE,
)
_TIME = (
    r"(?:in|by|at|on|since|later|after(?:wards)?|then|now|the\ (?:next|following|second|third|last|year)"
    r"|next|a\ year|this)"
)
_SECOND = rf"\b(?:and|then|but)\ (?:how\ (?:many|much)|what(?:\ \w+)?)\ {_TIME}\b"
_CHANGE = re.compile(
    rf"""\bhow\ (?:did|do|does|has|have|had|was|were|is|are|far|much|many|fast)\b[^?]*\b(?:
      chang\w+|mov(?:e|es|ed)|develop\w*|gone\ (?:up|down)|go(?:es)?\ (?:up|down)|went\ (?:up|down)|
      c[oa]me\ down|ris(?:e|en)|rose|f[ae]ll(?:en)?|gr[eo]wn?|shr[aiu]nk|increased?|decreased?|dropp(?:ed)?|
      improved?|worsened?|slipp(?:ed)?)\b
    | \b(?:has|have|had|did|do|does|is|are|was|were)\b[^?]*\b(?:
      gone\ (?:up|down)|go\ (?:up|down)|going\ (?:up|down)|c[oa]me\ down|risen|rise|rising|fallen|fall|
      falling|grown|grow|growing|shrunk|shrink|increased?|decreased?|improved?|worsened?|changed?|slip(?:ped)?|
      (?:better|worse|higher|lower|more|fewer|less|bigger|smaller)\ (?:
        or|than\ (?:before|last|in|a\ year|it\ was|they\ were)))\b
    | \bwhat\ (?:changed|(?:has|have|had)\ changed)\b | \bover\ the\ (?:years?|months?|winter|summer)\b
    | {_SECOND}
    | \bfirst\b[^?]*\b(?:and|with|than)\b[^?]*\b(?:second|last|final|latest)\b
    | \bbetween\b[^?]*\b(?:19|20)\d\d\b[^?]*\band\b[^?]*\b(?:19|20)\d\d\b""",
    re.IGNORECASE | re.VERBOSE,
)


def over_time(text: str) -> OverTime | None:
    """Return what a question asks of a course of time; None where it asks of one time."""
    asked = asking_sentence(text)
    if _CHANGE.search(asked):
        return OverTime.CHANGE
    return OverTime.NEWEST if _NEWEST.search(asked) else None


def names_second_time(text: str) -> bool:
    """Return whether a question asks the same of a second time: "and how many by the winter?"."""
    return re.search(_SECOND, text, re.IGNORECASE | re.VERBOSE) is not None
