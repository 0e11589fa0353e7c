"""What a question asks for, as signals that a sentence can be held against. Words only."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from embeddings.encoder import EncodedQuestion
from qa_service.retrieval.asking import asking_sentence
from qa_service.store.lexical_index import STOP_WORDS, query_words, stems, stems_of_word


class AnswerType(StrEnum):
    """What an answer must hold to be one."""

    MONEY = "money"
    NUMBER = "number"
    TIME = "time"
    PERSON = "person"
    PLACE = "place"
    REASON = "reason"
    YES_NO = "yes or no"
    OPEN = "open"


# A question word asks only where it opens the question or a clause of it: "... when the panel met" does not.
_OPENS = r"(?:^|[.?!,;:]\s+|\b(?:and|or|but|so|by|since|until|from|to|with|for|at|in|on|of)\s+)"
_TYPES = {
    AnswerType.MONEY: rf"""
        {_OPENS}(?:how\ much|what)\b(?=[^?]*\b(?:
        money|funding|cash|costs?|costing|paid|pay|spent|spend\w*|charged?|budget\w*|price|fees?|bill|grants?|
        overspen\w+|underspen\w+|savings?|sum|worth)\b)""",
    AnswerType.NUMBER: rf"""
        {_OPENS}how\ (?:many|much|often|old|big|large|far|tall|high|fast|short)\b | \bby\ how\b
        | {_OPENS}what\b[^?]*\b(?:
          number|percentage|proportion|share|rate|figure|ages?|totals?|averages?|score|level)\b
        | \bpercentage\b | \bwhat\ share\b""",
    AnswerType.TIME: rf"""
        {_OPENS}(?:when|how\ (?:long|soon)|what\ (?:date|day|time|year|month|decade|century|period|stretch)|
        which\ (?:date|day|year|month))\b | \bdeadline\b | \bwhen\s*\?""",
    AnswerType.PERSON: rf"""
        {_OPENS}(?:who|whom|whose|which\ (?:councillors?|officers?|members?|persons?|people|directors?))\b
        | \bwhat(?:'s|’s|\ is|\ was)?\b[^?]*\b(?:names?|called)\b""",
    AnswerType.PLACE: rf"""
        {_OPENS}(?:where|what\ place|which\ (?:country|city|town|place|area|village|street|road))\b
        | \bwhere\s*\?""",
    AnswerType.REASON: rf"""
        {_OPENS}(?:why|what\ (?:caused|(?:is|was|were)\ the\ reasons?)|how\ come)\b | \bwhy\s*\?""",
    AnswerType.YES_NO: r"""
        (?:^|[.?!;:]\s+|,\s+(?:or\ |and\ |but\ )?)
        (?:can|do|does|did|is|are|was|were|will|would|should|has|have|had|could|am|may|must)\b(?=[^.?!]*\?)""",
}
_COMPILED = tuple((kind, re.compile(text, re.IGNORECASE | re.VERBOSE)) for kind, text in _TYPES.items())
# "When somebody leaves, does anyone ask why?" asks what stands after the comma.
_CONDITION = re.compile(
    r"^(?:when|where|if|once|after|before|since|while|on|at|in)\b[^,?]*,\s*"
    r"(?=(?:who|what|when|where|why|how|which|can|do|does|did|is|are|was|were|will|would|should|has|have|had|could)\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")
_CAPITALISED = re.compile(r"\b[A-Z][\w'’&-]+")


@dataclass(frozen=True, slots=True)
class Signals:
    """A question prepared for weighing. `weights` gives each content stem its inverse document frequency.

    `total` and `rarest` are the sum and the most of `weights`; 1 without any.
    `ask` and `ask_sense` are of the sentence that asks, where others tell what led to the question; where
    the question is one sentence they are empty and None.
    """

    text: str
    sense: EncodedQuestion
    weights: Mapping[str, float]
    pairs: frozenset[tuple[str, str]]
    numbers: frozenset[str]
    names: frozenset[str]
    types: frozenset[AnswerType]
    total: float = 1.0
    rarest: float = 1.0
    ask: frozenset[str] = frozenset()
    ask_total: float = 1.0
    ask_sense: EncodedQuestion | None = None


def content_stems(text: str) -> list[str]:
    """Return the stems of the words that carry a subject, each once, in order."""
    kept = [word for word in query_words(text) if word not in STOP_WORDS]
    return list(dict.fromkeys(stem for word in kept for stem in stems_of_word(word)))


def stem_weights(frequencies: Mapping[str, int], total: int) -> dict[str, float]:
    """Return the inverse document frequency of each stem among `total` passages.

    Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, equation 3.11.
    """
    return {
        stem: max(0.0, math.log(1 + (total - count + 0.5) / (count + 0.5)))
        for stem, count in frequencies.items()
    }


def signals_of(
    text: str, sense: EncodedQuestion, weights: Mapping[str, float], ask_sense: EncodedQuestion | None = None
) -> Signals:
    """Return the signals of a question; `ask_sense` where `asking_sentence` found one apart."""
    words = stems(text)
    rest = text.strip().partition(" ")[2]  # a capital letter at the beginning names nobody
    sentence = asking_sentence(text)
    ask = frozenset(content_stems(sentence)) & weights.keys() if ask_sense is not None else frozenset()
    return Signals(
        text=text,
        sense=sense,
        weights=weights,
        pairs=frozenset(pair for pair in pairwise(words) if any(stem in weights for stem in pair)),
        numbers=frozenset(_NUMBER.findall(text)),
        names=frozenset(name.lower() for name in _CAPITALISED.findall(rest)),
        types=answer_types(sentence),
        total=sum(weights.values()) or 1.0,
        rarest=max(weights.values(), default=0.0) or 1.0,
        ask=ask,
        ask_total=sum(weights[stem] for stem in ask) or 1.0,
        ask_sense=ask_sense,
    )


def answer_types(text: str) -> frozenset[AnswerType]:
    """Return what an answer must hold; OPEN where the words demand nothing in particular."""
    asked = _CONDITION.sub("", text)
    found = frozenset(kind for kind, pattern in _COMPILED if pattern.search(asked))
    return found or frozenset({AnswerType.OPEN})
