"""What kind of thing a question asks for, read from its words."""

import re
from enum import StrEnum


class Intent(StrEnum):
    """What is asked for: it decides where the answer stands in the papers."""

    RESOLUTION = "resolution"
    RECOMMENDATION = "recommendation"
    ATTENDANCE = "attendance"
    VOTE = "vote"
    ACRONYM = "acronym"
    COMMITMENT = "commitment"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    LIST = "list"
    FACT = "fact"


# In order: the first that fits decides. Those with distinct words come before those with common ones.
_PATTERNS = {
    Intent.ACRONYM: r"""
        \b(?:stands?\ for|short\ for|abbreviation|acronym|in\ full|mean(?:s|t)?\ by)\b
        | \bwhat\ (?:does|do|is|are|was)\ (?:an?\ |the\ )?
          (?-i:[A-Z][A-Za-z0-9&]*[A-Z][A-Za-z0-9&]*)(?:\ mean)?\s*\?*$
        | ^(?-i:[A-Z][A-Za-z0-9&]*[A-Z][A-Za-z0-9&]*)\s*[-–—:,?]""",
    Intent.VOTE: r"\b(?:vote[ds]?|voting|abstain\w*|abstentions?|for\ and\ against|division)\b",
    Intent.ATTENDANCE: r"""
        \b(?:attend\w*|present\ at|absent|apolog\w+|in\ the\ room|turn(?:ed)?\ up|show(?:ed)?\ up|chaired|
        in\ the\ chair|deput(?:y|ies|is\w+)|st(?:oo|a)nd?s?\ in|sat\ in|missed\ the\ meeting|away)\b
        | \bwas\ (?:councillor|cllr|mr|mrs|ms|miss|dr)\b""",
    Intent.RECOMMENDATION: r"\b(?:recommend\w*|asked\ to\ (?:agree|approve|note|endorse))\b",
    Intent.RESOLUTION: r"""
        \b(?:resolv\w+|resolutions?|decid\w+|decisions?|agree[ds]?|approv\w+|noted|ruled|outcome|
        sign(?:ed)?\ off|came\ of|insist\w*|endors\w+|adopt(?:ed)?|settle[ds]?\ on|land(?:ed)?\ on)\b""",
    Intent.COMMITMENT: r"""
        \b(?:promis\w+|commit(?:ted|ments?)|pledg\w+|undertak\w+|actions?|follow(?:ed)?[\ -]up|report\ back|
        due\ back|next\ steps?|come\ back)\b""",
    Intent.NUMBER: r"""
        \bhow\ (?:many|much|often|big|large|long|far|old)\b
        | \bwhat\ (?:number|percentage|proportion|share|amount|rate|sum|figure|cost)\b
        | \bby\ how\b | \bpercentage\b | \bcosts?\b""",
    Intent.DATE: r"""
        \b(?:when|what\ (?:date|day|time|year|month)|(?:since|until|by)\ when|deadline|how\ soon)\b""",
    Intent.PERSON: r"\b(?:who|whose|whom|which\ (?:councillor|officer|member|person|director))\b",
    Intent.LIST: r"\b(?:list|which|what\ (?:are|were)\ the|name\ (?:the|all)|all\ the)\b",
}
_COMPILED = tuple(
    (intent, re.compile(text, re.IGNORECASE | re.VERBOSE)) for intent, text in _PATTERNS.items()
)


def intent_of(text: str) -> Intent:
    """Return what is asked for; FACT where no pattern fits."""
    return next((intent for intent, pattern in _COMPILED if pattern.search(text)), Intent.FACT)
