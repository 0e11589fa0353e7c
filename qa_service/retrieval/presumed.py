"""Reads what a question takes for granted: "Why did the cabinet reject the plan?" presumes that it did.

Such a question is as like a paper that tells of the contrary as one that tells of the deed.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from qa_service.retrieval.asking import asking_sentence


class Deed(StrEnum):
    """What is presumed to have been done; the value says it to the asker."""

    REJECTED = "it was refused or rejected"
    DROPPED = "it was dropped or called off"
    CLOSED = "it was closed"
    SOLD = "it was sold"
    DELAYED = "it was put off"
    EXTENDED = "it was extended or renewed"
    AWARDED = "it was awarded"
    CHOSEN = "anybody was elected or appointed"
    RESIGNED = "anybody resigned"
    APPROVED = "it was approved or agreed"
    GIVEN = "it was given"
    MULTIPLIED = "it doubled, trebled or halved"
    OPENED = "it opened"
    BUILT = "it was built"
    MENDED = "it was mended or replaced"
    BANNED = "it was banned"
    FINED = "anybody was fined or taken to court"
    WON = "it was won"


@dataclass(frozen=True, slots=True)
class Presumed:
    """A deed that a question takes for granted; `why` where its reasons are asked for."""

    deed: Deed
    why: bool


_BODY = (
    r"(?:councils?|cabinet|committees?|panels?|boards?|executive|members|councillors|officers|trustees|"
    r"governors)"
)
_MEANT = r"(?:agreed?|decided?|voted?|resolved?|choose|chose|chosen)\s+to\s+"
_FEW = r"(?:[\w’',&()-]+\s+)"
_DID = rf"(?:did|has|have|had|made)\s+{_FEW}{{0,6}}?{_BODY}\s+(?:\w+ly\s+)?(?:{_MEANT})?"
_PASSIVE = rf"(?:was|were|been|being|get|got)\s+{_FEW}{{0,9}}?"
_GRANTED = r"(?:approved?|agreed?|back(?:ed)?|support(?:ed)?|authoris(?:e|ed))"
# Whoever did it, and however it is said.
_PLAIN = {
    Deed.REJECTED: (
        r"reject(?:ed|ing)?|refus(?:e|ed|ing)|turn(?:ed|ing)?\s+down|vot(?:e|ed|ing)\s+down|"
        rf"thr(?:ow|ew|own)\s+out|"
        rf"(?:throw|threw|thrown|turn|turned|vote|voted)\s+{_FEW}{{1,5}}?(?:out|down)|"
        rf"(?:motion|amendment|proposal|petition|recommendation)s?\s+{_FEW}{{0,9}}?(?:lost|defeated)|"
        rf"{_DID}vote\s+against"
    ),
    Deed.DROPPED: (
        r"scrap(?:ped|ping)?|abandon(?:ed|ing)?|cancel(?:led|ling)?|shelv(?:e|ed|ing)|withdr(?:aw|ew|awn|awing)"
    ),
    Deed.APPROVED: (
        rf"(?:win|won|get|got|given)\s+{_FEW}{{1,3}}?(?:permit|permission|licence|consent|approval)"
    ),
    Deed.GIVEN: rf"(?:did|has|have)\s+{_FEW}{{1,9}}?(?:give|given|donated?|contributed?)",
    Deed.MULTIPLIED: r"doubl(?:e|ed|ing)|trebl(?:e|ed|ing)|tripl(?:e|ed|ing)|halv(?:e|ed|ing)",
    Deed.RESIGNED: (
        r"resign(?:ed)?|st(?:ep|epped|and|ood)\s+down|quit|"
        r"(?:left|leave)\s+(?:the\s+|his\s+|her\s+|their\s+)?(?:council|committee|panel|board|cabinet|post|job|"
        r"party|office|role)"
    ),
    Deed.OPENED: (
        rf"(?:did|has|have)\s+{_FEW}{{1,9}}?open(?:ed)?|(?:was|were)\s+{_FEW}{{1,9}}?(?:re-?)?opened"
    ),
    Deed.WON: rf"(?:did|has|have)\s+{_FEW}{{1,6}}?(?:win|won)|(?:was|were)\s+{_FEW}{{1,9}}?won",
    Deed.FINED: r"fined|prosecuted?|sued?|taken\s+to\s+court",
}
# What else may do: numbers drop, shops close. Read where a body did it, or where it was done.
_BY_SOMEBODY = {
    Deed.DROPPED: r"axed?|axing|drop(?:ped|ping)?|call(?:ed)?\s+off|pull(?:ed)?\s+out\s+of",
    Deed.CLOSED: (
        rf"clos(?:e|ed|ing)(?:\s+down)?|shut(?:ting)?(?:\s+down)?|"
        rf"{_GRANTED}\s+(?:to\s+)?(?:the\s+)?closure|closure\s+of\s+{_FEW}{{1,8}}?{_GRANTED}"
    ),
    Deed.DELAYED: (
        r"defer(?:red)?|postponed?|delay(?:ed)?|adjourn(?:ed)?|put\s+(?:off|back)|held\s+(?:up|over)"
    ),
    Deed.BUILT: r"buil[dt]|put\s+up|erect(?:ed)?|construct(?:ed)?",
    Deed.MENDED: r"mend(?:ed)?|repair(?:ed)?|fix(?:ed)?|replaced?|resurfaced?",
    Deed.BANNED: r"bann?(?:ed)?|prohibit(?:ed)?",
    Deed.EXTENDED: r"extend(?:ed)?|renew(?:ed)?|prolong(?:ed)?",
    Deed.AWARDED: r"award(?:ed)?",
    Deed.CHOSEN: (
        r"(?:(?:re-?)?elect(?:ed)?|appoint(?:ed)?|co-?opt(?:ed)?)"
        r"(?!\s+(?:members?|councillors?|representatives?)\b)"
    ),
    Deed.SOLD: (
        rf"sell(?:ing)?(?:\s+off)?|sold(?:\s+off)?|dispos(?:e|ed|ing)\s+of|"
        rf"{_GRANTED}\s+(?:to\s+)?(?:the\s+)?(?:sale|disposal)|"
        rf"(?:sale|disposal)\s+of\s+{_FEW}{{1,8}}?{_GRANTED}"
    ),
    Deed.APPROVED: (
        r"approved?|adopt(?:ed)?|accept(?:ed)?|endorsed?|pass(?:ed)?|carried|agreed(?!\s+to\b)|granted"
    ),
}
_WHY = (
    r"(?:why|how\s+come|what(?=\s+made\b)|what\s+(?:is|was|were)\s+the\s+(?:[\w’'-]+\s+)?reasons?|"
    r"what\s+reasons?|on\s+what\s+grounds)"
)
_OPENS = r"(?:^|[.?!,;:–—]\s+|\b(?:and|or|but|so)\s+)"
_OPENED = re.compile(
    rf"{_OPENS}(?:(?P<why>{_WHY})|(?:(?:until|by|since)\s+)?when|who|which\s+(?:councillors?|members?)|where|"
    rf"(?:(?:by|for)\s+)?how(?:\s+(?:much|many|long|far))?|to\s+whom)\b(?P<rest>[^?]*)",
    re.IGNORECASE,
)
_READ = tuple(
    (deed, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for deed, words in (
        *_PLAIN.items(),
        *((deed, rf"(?:{_DID}|{_PASSIVE}|{_MEANT})(?:{words})") for deed, words in _BY_SOMEBODY.items()),
    )
)
# A condition, or the asker's own case, is no report of what happened.
_SUPPOSED = re.compile(
    r"\b(?:if|unless|would|could|should|might|(?-i:may(?!\s+\d))|can|will|ever|not|i|my|me|you|your)\b|n['’]t\b",
    re.IGNORECASE,
)
# What is done as a rule has not been done yet: "How do you find out why people quit?"
_NOW = re.compile(r"\s*(?:do|does|is|are)\b", re.IGNORECASE)
_CLOSES_ANYHOW = re.compile(
    r"\b(?:meetings?|consultations?|sessions?|polls?|surveys?|applications?)\b", re.IGNORECASE
)


def presumed(text: str) -> Presumed | None:
    """Return what the sentence that asks takes for granted as done; None where it presumes no such deed."""
    asked = asking_sentence(text)
    opened = _OPENED.search(asked)
    if opened is None or _SUPPOSED.search(asked) or _NOW.match(opened["rest"]):
        return None
    deed = next((deed for deed, pattern in _READ if pattern.search(opened["rest"])), None)
    if deed is None or (deed is Deed.CLOSED and _CLOSES_ANYHOW.search(asked)):
        return None
    return Presumed(deed, opened["why"] is not None)
