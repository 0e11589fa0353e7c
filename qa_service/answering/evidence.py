"""What a sentence holds that could answer: figures, money, times, names, reasons, conditions."""

import re
from collections.abc import Collection, Mapping

from qa_service.answering.signals import AnswerType

_NUMBER_WORDS = """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million
    billion dozen half third quarter twice once none nobody no every daily weekly monthly annually"""
_MONTHS = """
    january february march april may june july august september october november december jan feb mar apr jun
    jul aug sept sep oct nov dec"""
_UNITS_OF_TIME = "years? months? weeks? days? hours? minutes?"
_TIMES = """
    spring summer autumn winter today tomorrow yesterday weekly monthly annual annually quarterly daily
    century decade christmas easter term week month year"""


def _any(words: str) -> str:
    return "|".join(words.split())


_PATTERNS = {
    AnswerType.MONEY: r"[£$€]\s?\d|\b\d[\d,.]*\s?(?:million|billion|thousand|pounds?|pence|p\b|k\b|m\b)",
    AnswerType.NUMBER: rf"\d|\b(?:{_any(_NUMBER_WORDS)})\b",
    AnswerType.TIME: (
        rf"\b(?:19|20)\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|\b\d+\s+(?:{_any(_UNITS_OF_TIME)})\b"
        rf"|\b(?:{_any(_MONTHS)}|{_any(_TIMES)})\b"
    ),
    AnswerType.PERSON: (
        r"\b(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof(?:essor)?)\b"
        r"|\b(?-i:[A-Z][a-z]+\s+[A-Z][\w'’-]+)"
        r"|\b(?:officers?|directors?|managers?|chair(?:man|woman|person)?|leader|minister)\b"
    ),
    AnswerType.PLACE: r"(?-i:(?<=[a-z,] )[A-Z][a-z]+|\b(?:in|at|near|from|to)\s+(?:the\s+)?[A-Z])",
    AnswerType.REASON: (
        r"\b(?:because|due to|owing to|so that|as a result|in order to|therefore|since|led to)\b"
        r"|\b(?:caused?|reasons?)\b"
    ),
    AnswerType.YES_NO: (
        r"\b(?:if|must|cannot|can|can't|may|should|will|need to|have to|unless|eligible|entitled|not|no)\b"
        r"|\b(?:was|were|had|has|is|are)\b"
    ),
}
_COMPILED = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _PATTERNS.items()}


def holds(text: str, kinds: Collection[AnswerType]) -> Mapping[AnswerType, bool]:
    """Return, for those of the kinds that can be seen in words, whether the text holds something of it."""
    return {kind: _COMPILED[kind].search(text) is not None for kind in kinds if kind in _COMPILED}


def lacks(text: str, kinds: Collection[AnswerType]) -> bool:
    """Return whether a text holds nothing of any kind asked for: then it cannot be the answer alone."""
    held = holds(text, kinds)
    return bool(held) and not any(held.values())
