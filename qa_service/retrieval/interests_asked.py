"""Reads whether a question asks who declared an interest, or who had to leave for one, in everyday words."""

import re
from dataclasses import dataclass

_MAY_OPEN = r"^(?:and\ |but\ |so\ )?"
_OPENS = (
    rf"{_MAY_OPEN}(?:who|whose|whom|which|what|why|any|anyone|anybody|did|does|do|was|were|has|have|had|is|are|"
    r"list|name|show|tell|how\ many)\b"
)
_SOMEBODY = (
    r"(?:any(?:one|body)|(?:members?|councillors?|cllrs?|mr|mrs|ms|miss|dr|the\ (?:chair\w*|leader|mayor))\b)"
)
_WHO = rf"{_MAY_OPEN}(?:who|(?=[^?]*\b{_SOMEBODY})(?:which|any|did|does|do|was|were|has|have|had|is|are))\b"
_DECLARE = r"(?:declar\w*|disclos\w*|admit\w*|own(?:ed|ing|s)?\ up|confess\w*|reveal\w*|flag(?:ged)?)"
_SAY = rf"(?:{_DECLARE}|mention(?:ed)?|register(?:ed)?|report(?:ed)?|acknowledg\w*|sa(?:y|id)|rais(?:e|ed))"
_KIND = (
    r"(?:personal|private|family|close|financial|business|professional|vested|pecuniary|prejudicial|disclosable|"
    r"conflicting|registrable)"
)
_TIE = rf"{_KIND}\s+(?:links?|ties?|connections?|interests?|stakes?|relationships?)"
_OWN_WORDS = re.compile(_TIE, re.IGNORECASE)
# "In the public interest" and a rate of interest are nobody's to declare.
_INTEREST = (
    r"(?<!public\ )(?<!best\ )(?<!in\ the\ )interests?\b"
    r"(?!\ (?:rates?|charges?|payments?|paid|free)\b)"
)
_FLAGS = re.IGNORECASE | re.VERBOSE
_DECLARED = tuple(
    re.compile(pattern, _FLAGS)
    for pattern in (
        rf"{_OPENS}[^?]*\b(?:conflicts?|declarations?)\ of\ (?:[\w-]+\ ){{0,3}}interests?\b",
        rf"{_OPENS}[^?]*\b{_DECLARE}\ [^?]{{0,40}}?\b{_INTEREST}",
        rf"{_OPENS}[^?]*\bdeclar\w*\ (?:an?|any|no|some|the)\ (?:[\w-]+\ )?conflicts?\b",
        rf"{_OPENS}[^?]*\b{_INTEREST}[^?]{{0,60}}\b{_DECLARE}\b",
        rf"""{_WHO}[^?]*\b(?:{_SAY}|ha(?:ve|s|d))\ (?:to\ )?
        (?:an?\ |any\ |some\ )?(?:[\w-]+\ ){{0,2}}{_TIE}\b""",
        rf"{_OPENS}[^?]*\b(?:declared?\ (?:any|some|no)thing|(?:any|some|no)thing\ to\ declare)\b",
        rf"{_MAY_OPEN}what\ (?:did|has|had)\ {_SOMEBODY}[^?]*\bdeclared?\b",
    )
)
_LEFT = re.compile(
    rf"""{_MAY_OPEN}(?:who|which\ (?:[\w-]+\ ){{0,3}}(?:members?|councillors?|person)|
    (?:did|was)\ (?:any(?:one|body)|(?:any\ )?(?:members?|councillors?)))\b[^?]*\b(?:
    (?:left|leave|leaving|go\ out\ of|went\ out\ of|quit)\ the\s+
    (?:room|meeting|chamber|table|debate|discussion|hall)|
    (?:left|leave|leaving)\ (?=while|when|during|for\ the|before\ the)|
    (?:step|stepped|walk|walked|stand|stood|sent|ask(?:ed)?\ to\ step)\ (?:out(?:side)?|aside)|
    s[ai]t\ (?:(?:it|that|this|the\ [\w\ ]+?)\ )?out|(?:took|take)\ no\ part|
    not\ (?:take\ part|join\ in|vote)(?=[^?]*\b(?:debate|discussion|item)\b)|
    ke(?:ep|pt)\ out\ of\ (?:it|the\ (?:debate|discussion|vote|item|room))|
    withdr[ae]w(?=\ (?:from\ the|while|when|during|for|before)\b|\s*\?)|recus\w+)\b""",
    _FLAGS,
)
# What must be declared, and how, is told by a code of conduct, and not by who did.
_OF_RULES = re.compile(
    r"""\b(?:must|should|ought|supposed|means?|needs?\ to|(?:do|does|will|would)\ [^?]*\b(?:have|need)\ to|
    how\ (?:do|does|can|to)|codes?\ of\ conduct|(?:rules?|polic(?:y|ies)|guidance|procedures?|codes?)\s+
    (?:on|for|about|of)\ (?:[\w-]+\ )?(?:conflicts?|declar\w+|interests?)|
    interests?\ (?:polic(?:y|ies)|rules?|codes?|forms?|registers?|procedures?)|
    (?:asked|expected|told|required|reminded|obliged)\ to\ (?:declare|disclose))\b
    | ^what\ (?:is|are)\ an?\b""",
    _FLAGS,
)


@dataclass(frozen=True, slots=True)
class InterestsAsked:
    """`tie`: what the interest is called, "family tie", else "". `left`: whether whoever left is wanted."""

    tie: str
    left: bool


def interests_asked(text: str) -> InterestsAsked | None:
    """Return how interests that were declared are asked for; None where anything else is."""
    left = _LEFT.search(text) is not None
    asked = left or any(pattern.search(text) for pattern in _DECLARED)
    if not asked or _OF_RULES.search(text):
        return None
    tie = _OWN_WORDS.search(text)
    return InterestsAsked(tie[0] if tie else "", left)
