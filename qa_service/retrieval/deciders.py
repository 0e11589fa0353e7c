"""Who is said to have decided: a body that is not held here decides nothing that papers held here resolve."""

import re
from collections.abc import Sequence

_BODY = (
    r"(?:Forum|Board|Panel|Committee|Partnership|Trust|Authority|Commission|Government|Parliament|Assembly)"
)
_DECIDED = re.compile(
    rf"\b(?i:did|has|have|had|does|will|would)\s+(?:(?i:the)\s+)?"
    rf"(?P<name>(?:[A-Z][\w&’'-]*\s+(?:(?:of|and|for|the|on)\s+)*){{0,5}}{_BODY})\s+(?:\w+ly\s+|ever\s+|yet\s+|since\s+)?"
    r"(?i:agree|approve|decide|resolve|endorse|adopt|accept|reject|refuse|support|back|allow|sign|turn|give|say)"
)
_WORD = re.compile(r"\w+")


def decider_in(text: str, known: Sequence[str]) -> str | None:
    """Return the body that a question says to have decided, where it is none of the known ones; else None.

    A short form ("the Learning Panel") is of a known body where all its words stand in that body's name.
    """
    match = _DECIDED.search(text)
    if match is None:
        return None
    words = set(_WORD.findall(match["name"].lower()))
    if len(words) == 1 and match["name"].split()[0] not in {"Government", "Parliament", "Assembly"}:
        return None  # "the Board" may be any
    if any(words <= set(_WORD.findall(name.lower())) for name in known):
        return None
    return " ".join(match["name"].split())
