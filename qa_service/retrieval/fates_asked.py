"""Reads whether a question asks for all that met one fate: "Which motions were lost?"."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """What became of something put to a meeting."""

    CARRIED = "carried"
    LOST = "lost"
    WITHDRAWN = "withdrawn"
    DEFERRED = "deferred"
    REFERRED = "referred elsewhere"


class Sought(StrEnum):
    """Of which kind the things asked for are; the value is how one of them is called."""

    MOTION = "motion"
    AMENDMENT = "amendment"
    PROPOSAL = "proposal"
    ANYTHING = "item"


@dataclass(frozen=True, slots=True)
class FatesAsked:
    """The fates and the kind asked for, and the question's words without those that say either.

    `noun` is the word by which the kind is called, "" where none is: "anything", "what".
    """

    fates: frozenset[Fate]
    kind: Sought
    noun: str
    rest: str


_BODY = r"(?:committees?|panels?|boards?|bod(?:y|ies)|cabinet|executive|council|working\s+(?:group|party))"
_ON_TO = rf"(?:an?other|an?|the|some\s+other|a\s+different)\s+(?:[\w’'-]+\s+){{0,4}}?{_BODY}\b"
_NOT = (
    r"(?:did\s+not|didn['’]t|was\s+not|wasn['’]t|were\s+not|weren['’]t|failed\s+to|not)\s+(?:get\s+|be\s+)?"
)
_PASSED = r"(?:carr(?:y|ied)|pass(?:ed)?|agreed|approved|accepted|adopted|succeed(?:ed)?)"
_DOWN = r"(?:vote|voted|turned)\s+down|thr(?:own|ew|ow)\s+out"
_THROUGH = r"(?:g[oe]t(?:ting)?|go(?:ne|es)?|went|made\s+it|make\s+it)\s+through"
_REFERRED = (
    rf"(?:refer(?:red)?|sent|passed|handed)\s+(?:back\s+|on\s+|over\s+)?to\s+{_ON_TO}|"
    r"(?:referred|sent)\s+(?:back|on|elsewhere)\b|referred\b(?!\s+to)"
)
# In order, each taking its words from those below: "carried over" is not carried.
_FATES = tuple(
    (fate, re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE))
    for fate, words in (
        (Fate.REFERRED, _REFERRED),
        (
            Fate.DEFERRED,
            r"(?:deferred|defer|postponed?)|(?:put|pushed|held|carried)\s+(?:off|back|over)",
        ),
        (
            Fate.LOST,
            rf"{_NOT}(?:{_PASSED}|{_THROUGH}|win|won)|lost|lose|fell|fall|fail(?:ed)?|defeated|rejected|{_DOWN}",
        ),
        (Fate.WITHDRAWN, r"withdrawn|withdrew|withdraw"),
        (Fate.CARRIED, rf"{_PASSED}|{_THROUGH}"),
    )
)
_MOVED = r"motions?|amendments?|proposals?"
_PUT = r"decisions?|items?|matters?|reports?|applications?|business|petitions?"
# Words between "which" and what is asked for: its kind or its mover, but nobody who did something to it.
_BEFORE_NOUN = (
    r"(?:(?!(?:councillors|councillor(?!\s+(?-i:[A-Z]))|members?|part(?:y|ies)|groups?|meetings?|committees?|"
    r"panels?|was|were|did|has|have|had|is|are|that|which|who|voted?|happened)\b)[\w.’'-]+\s+){0,3}?"
)
_MAY_OPEN = r"^(?:(?:and|so|but|please)\s+)?"
_AUX = r"(?:was|were|has|have|had|did|is|are)"
_TELL = (
    r"(?:list|show|give|name|tell)\s+(?:me\s+|us\s+)?(?:of\s+)?(?:all\s+|every\s+|any\s+|which\s+|what\s+)?"
)
_OPENINGS = tuple(
    re.compile(_MAY_OPEN + opening, re.IGNORECASE)
    for opening in (
        rf"(?:which|what)\s+(?:of\s+)?{_BEFORE_NOUN}(?P<noun>{_MOVED}|{_PUT})\b",
        rf"(?:{_AUX}\s+(?:there\s+)?(?:any|some|no)|any)\s+(?:of\s+the\s+)?{_BEFORE_NOUN}(?P<noun>{_MOVED}|{_PUT})\b",
        rf"{_TELL}(?:of\s+)?(?:the\s+)?{_BEFORE_NOUN}(?P<noun>{_MOVED}|{_PUT})\b",
    )
)
# Without a noun the fate follows at once: anything may have been lost or passed, but is put off by a meeting.
_BARE = re.compile(
    rf"{_MAY_OPEN}(?:{_AUX}\s+(?:anything|something|nothing)(?:\s+else)?\s+(?:(?:been|get|got|have\s+been)\s+)?|"
    r"what(?:['’]s|\s+(?:(?:was|were|got|has|have|had|is)\s+)(?:been\s+)?)\s*|"
    r"what\s+did\s+(?:[\w’',&-]+\s+){1,9}?)"
    r"(?=(?:defer|postpone|put\s|pushed\s|held\s|carried\s+over|refer|sent\s|passed\s+(?:on\s+)?to\s|handed\s|withdr|"
    r"(?:voted|vote|turned)\s+down|thr(?:own|ow)\s+out|defeated))",
    re.IGNORECASE,
)
# How, why or by whom is another question; so is what was not withdrawn, or what came later.
_MORE_ASKED = re.compile(
    r"[^?]\b(?:who|whose|whom|why|how|when|where|what\s+(?:happened|became|came|reasons?))\b|\bvotes?\b(?!\s+down)|"
    r"\bunanimous\w*|\bmajority\b|\b(?:never|without|instead|rather|unless|although|despite)\b|\bfirst\s+\w+ed\b",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:not|no\s+longer)\b|n['’]t\b", re.IGNORECASE)
_KINDS = {"motion": Sought.MOTION, "amendment": Sought.AMENDMENT, "proposal": Sought.PROPOSAL}
# "Which decisions were carried?" asks for all that was decided, "which reports failed?" for what they say.
_VOTED = frozenset({Fate.CARRIED, Fate.LOST})


def fates_asked(text: str) -> FatesAsked | None:
    """Return what is asked for where a question plainly asks for all that met a fate; else None."""
    opened = next((match for each in _OPENINGS if (match := each.match(text))), None)
    bare = None if opened else _BARE.match(text)
    match = opened or bare
    if match is None or _MORE_ASKED.search(text, match.start() + 1):
        return None
    noun = opened["noun"].lower() if opened else ""
    fates, rest = _read(text)
    kind = _KINDS.get(noun.removesuffix("s"), Sought.ANYTHING)
    if not fates or _NEGATED.search(rest):
        return None
    if noun and kind is Sought.ANYTHING and fates & _VOTED:
        return None
    return FatesAsked(fates, kind, noun, rest)


def _read(text: str) -> tuple[frozenset[Fate], str]:
    """Return the fates that a question names and its words without theirs."""
    fates: set[Fate] = set()
    for fate, pattern in _FATES:
        text, found = pattern.subn(" ", text)
        fates |= {fate} if found else set()
    return frozenset(fates), text
