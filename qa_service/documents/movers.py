"""Who moved a decision, on lines above it: "Proposed by Councillor A; / Seconded by Councillor B;"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.documents.paragraphs import Paragraph

MEMBER = (
    r"(?:(?:Councillors?|Cllrs?|Clir|Cmhlr|Mr|Mrs|Ms|Miss|Dr)\b\.?\s+)?[A-Z\u00c0-\u00de][\w.'\u2019-]*"
    r"(?:\s+[A-Z\u00c0-\u00de][\w.'\u2019-]*){0,3}(?:\s+\([A-Z]{1,2}\.?\))?"
)
"""A member as minutes name one: with an initial in brackets where two share a surname."""

_LINE = re.compile(rf"(?P<what>Propos|Second)ed(?: by)?\s*:?\s+(?P<who>{MEMBER})\s*[;,.]?")
_BOTH = re.compile(
    rf"Proposed(?: by)?\s*:?\s+(?P<proposer>{MEMBER})\s*[;,.]?\s+(?:and\s+)?"
    rf"[Ss]econded(?: by)?\s*:?\s+(?P<seconder>{MEMBER})\s*[;,.]?"
)
_IN_SENTENCE = re.compile(
    rf"\bproposed\s+by\s+(?P<proposer>{MEMBER}),?\s+(?:and\s+)?seconded\s+by\s+(?P<seconder>{MEMBER})"
)
_ABOVE = 2  # lines of a proposer and of a seconder


@dataclass(frozen=True, slots=True)
class Movers:
    """Who proposed and who seconded, as printed; None where the paper does not say."""

    proposer: str | None = None
    seconder: str | None = None


def moved_by(words: str) -> Movers:
    """Return who moved what a sentence puts to the vote, where it says so once."""
    named = list(_IN_SENTENCE.finditer(words))
    return Movers(named[0]["proposer"], named[0]["seconder"]) if len(named) == 1 else Movers()


def names_mover(paragraph: Paragraph) -> bool:
    """Return whether a paragraph says who proposed or seconded, and no more."""
    return _read(paragraph) is not None


def movers_above(paragraphs: Sequence[Paragraph], place: int) -> Movers:
    """Return who is named right above a paragraph."""
    found = Movers()
    for paragraph in reversed(paragraphs[max(0, place - _ABOVE) : place]):
        named = _read(paragraph)
        if named is None:
            break
        found = Movers(found.proposer or named.proposer, found.seconder or named.seconder)
    return found


def movers_below(paragraphs: Sequence[Paragraph], place: int) -> tuple[Movers, int]:
    """Return who is named right below a paragraph, and the place of the last line that names one."""
    found = Movers()
    for paragraph in paragraphs[place + 1 : place + 1 + _ABOVE]:
        named = _read(paragraph)
        if named is None:
            break
        found = Movers(found.proposer or named.proposer, found.seconder or named.seconder)
        place += 1
    return found, place


def _read(paragraph: Paragraph) -> Movers | None:
    if both := _BOTH.fullmatch(paragraph.text):
        return Movers(both["proposer"], both["seconder"])
    line = _LINE.fullmatch(paragraph.text)
    if line is None:
        return None
    return Movers(proposer=line["who"]) if line["what"] == "Propos" else Movers(seconder=line["who"])
