"""Reads whether a question asks when a body meets next: "When is the next meeting of the Panel?"."""

import re

_WHEN = re.compile(
    r"""^(?:(?:and|so|but)\s+)?(?:when(?:['’]s|\s+(?:is|are|will|does|do|was))\b
    | (?:on\s+)?(?:what|which)\s+(?:day|date)\b | (?:at\s+)?what\s+time\b
    | what(?:['’]s|\s+(?:is|are|was))\s+the\s+(?:days?|dates?|time)\b
    | (?:is|has)\s+(?:there\s+)?(?:a|the)\s+date\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_NEXT = re.compile(
    r"""\bnext\s+(?:[\w&’',-]+\s+){0,9}?(?:meetings?|sessions?|sittings?)\b
    | \b(?:meet(?:s|ing)?|sit(?:s|ting)?)\s+(?:[\w’'-]+\s+){0,2}?(?:next|again)\b
    | \bnext\s+(?:meet(?:s|ing)?|sit(?:s|ting)?|be\s+held|held|convened?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# The meeting that followed a day is one of those held.
_AFTER = re.compile(r"\b(?:after|following|since)\b", re.IGNORECASE)


def asks_for_next_meeting(text: str) -> bool:
    """Return whether the day of a body's next meeting is asked for, seen from today."""
    return bool(_WHEN.search(text) and _NEXT.search(text)) and not _AFTER.search(text)
