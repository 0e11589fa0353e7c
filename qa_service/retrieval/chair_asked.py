"""Reads whether a question asks who was in the chair, in everyday words: who ran, led or was in charge."""

import re

_OPENS = r"^(?:and\ |so\ )?who"
_BODY = r"(?:panel|committee|cabinet|board|forum|executive)"
RAN_MEETING = rf"""{_OPENS}(?:['’]s)?\ (?:
    (?:(?:is|was|has\ been|had\ been)\ )?
    (?:ran|runs?|running|led|leads?|leading|presid(?:ed|es|ing)|headed|hosted)|
    (?:is|was|took)\ (?:the\ one\ )?(?:in\ )?(?:overall\ )?(?:charge|control)|held\ the\ gavel)
    (?:\ (?:over|of|at|for|during))?\ (?:(?:the|that|this|our|last|a)\ )?(?:[\w’'-]+\ ){{0,8}}?
    (?:meeting\b(?!\ (?:room|place|house|point|papers?)s?\b)|
    {_BODY}\b(?=\s*(?:$|[?,.]|\ (?:in|on|at|last|this|back)\b)))"""
"""The pattern, verbose, of who ran a meeting or a body: what a service or a review does is no meeting."""
_CHAIRED = re.compile(
    rf"""{_OPENS}\b[^?]*\b(?:chair(?:ed|s)|preside[ds]|(?:was|sat|is)\ in\ the\ chair|took\ the\ chair)\b
    |{_OPENS}(?:['’]s|\ is|\ was)(?:\ the)?\ chair(?:man|woman|person)?\b
    |{RAN_MEETING}""",
    re.IGNORECASE | re.VERBOSE,
)


def asks_who_chaired(text: str) -> bool:
    """Return whether a question asks who chaired; what was chaired its other words tell."""
    return _CHAIRED.search(text) is not None
