"""What a sentence holds that could answer: figures, money, times, names, reasons, conditions."""

import re
from collections.abc import Mapping

from qa_service.answering.signals import AnswerType

_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen "
    "half third quarter twice once none nobody no every daily weekly monthly annually"
).replace(" ", "|")
_MONTHS = (
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sept sep oct nov dec"
).replace(" ", "|")
_PATTERNS = {
    AnswerType.MONEY: re.compile(
        r"[£$€]\s?\d|\b\d[\d,.]*\s?(?:million|billion|thousand|pounds?|pence|p\b|k\b|m\b)", re.I
    ),
    AnswerType.NUMBER: re.compile(rf"\d|\b(?:{_NUMBER_WORDS})\b", re.IGNORECASE),
    AnswerType.TIME: re.compile(
        rf"\b(?:19|20)\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)\b|\b(?:{_MONTHS})\b|\b\d+\s+(?:years?|months?|weeks?|days?|hours?|"
        r"minutes?)\b|\b(?:spring|summer|autumn|winter|today|tomorrow|yesterday|weekly|monthly|annual(?:ly)?|quarterly|"
        r"daily|century|decade|christmas|easter|term|week|month|year)\b",
        re.IGNORECASE,
    ),
    AnswerType.PERSON: re.compile(
        r"\b(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Prof(?:essor)?)\b|\b[A-Z][a-z]+\s+[A-Z][\w'’-]+|"
        r"\b(?:[Oo]fficers?|[Dd]irectors?|[Mm]anagers?|[Cc]hair(?:man|woman|person)?|[Ll]eader|[Mm]inister)\b"
    ),
    AnswerType.PLACE: re.compile(r"(?<=[a-z,] )[A-Z][a-z]+|\b(?:in|at|near|from|to)\s+(?:the\s+)?[A-Z]"),
    AnswerType.REASON: re.compile(
        r"\b(?:because|due to|owing to|so that|as a result|in order to|therefore|since|led to|caused?|reasons?)\b",
        re.I,
    ),
    AnswerType.YES_NO: re.compile(
        r"\b(?:if|must|cannot|can|can't|may|should|will|need to|have to|unless|eligible|entitled|not|no|"
        r"was|were|had|has|is|are)\b",
        re.IGNORECASE,
    ),
}


def holds(text: str) -> Mapping[AnswerType, bool]:
    """Return, for each type that can be seen in the words, whether the text holds something of it."""
    return {kind: pattern.search(text) is not None for kind, pattern in _PATTERNS.items()}


def lacks(text: str, types: frozenset[AnswerType]) -> bool:
    """Return whether a text holds nothing of any type asked for: then it cannot be the answer alone."""
    visible = [kind for kind in types if kind in _PATTERNS]
    return bool(visible) and not any(_PATTERNS[kind].search(text) for kind in visible)
