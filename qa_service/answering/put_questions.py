"""A question that a councillor puts is no answer to one: it gives way to the reply and to what is told.

"I will ask at the next meeting why the slip was closed" is more like "Why was the slip closed?" than the
reply below it.
"""

import re
from collections.abc import Sequence

from qa_service.answering.weighing import WeighedUnit
from qa_service.retrieval.asking import asking_sentence

_PUTS = re.compile(
    r"""^[^\w“"]*(?:\(?\w{1,3}[.)]\s+)?(?:
    (?:I|we|\|)\s+(?:will|shall|wish\ to|would\ like\ to|am)\s+(?:ask|be\ asking)\b
    | question\s+(?:from|by|to|\d)\b
    | (?:to|for)\s+ask\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_ENDS_ASKING = re.compile(r"\?[\s\"”’*_)]*$")
# Whoever asks what was asked is answered by the question.
_ASKS_FOR_QUESTION = re.compile(
    r"\b(?:ask\w*|questions?|questioned|quer(?:y|ies|ied)|raise[ds]?|raising|enquir\w*|inquir\w*|"
    r"want(?:s|ed)?\ to\ know|call(?:ed|s)?\ for|request\w*)\b",
    re.IGNORECASE,
)
# Log-odds below the question put at which a sentence is still about what is asked.
_STILL_OF_IT = 2.0


def telling(units: Sequence[WeighedUnit], asked: str) -> tuple[WeighedUnit, ...]:
    """Return weighed units, best first, without questions that somebody put, unless those are asked for.

    All of them where the best one tells something, or where nothing near it does.
    """
    if not units or not _is_put(units[0]) or _ASKS_FOR_QUESTION.search(asking_sentence(asked)):
        return tuple(units)
    told = tuple(each for each in units if not _is_put(each))
    return told if told and told[0].score >= units[0].score - _STILL_OF_IT else tuple(units)


def _is_put(unit: WeighedUnit) -> bool:
    text = " ".join(unit.text.split())
    return _PUTS.match(text) is not None or _ENDS_ASKING.search(text) is not None
