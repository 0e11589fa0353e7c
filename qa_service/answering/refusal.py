"""Knows when the papers do not hold the answer, and says why."""

import math
import re
from dataclasses import dataclass

from qa_service.answering.evidence import holds
from qa_service.answering.signals import AnswerType, Signals
from qa_service.answering.weighing import Weighed, WeighedUnit

# Demands that a sentence either meets or does not; the others are too loosely worded to count against one.
_STRICT = frozenset({AnswerType.MONEY, AnswerType.NUMBER, AnswerType.TIME, AnswerType.PERSON})
_PRIVATE = re.compile(
    r"""\b(?:who|name|named|identity|identify|address|which\ (?:family|child|boy|girl|parents?|household))\b
    (?=.*\b(?:case\s+(?:no\.?\s*|number\s*)?\d|child\ [A-Z]\b|complainant|M[rs]s?\ [A-Z]\b))
    | \b(?:home\ address|phone\ number|date\ of\ birth)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LACKS_TYPE = 1.5
_LACKS_NUMBER = 1.5
_LACKS_NAME = 1.0
_MIDDLE = 0.0  # score at which an answer is as likely right as wrong


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely the best unit answers, 0 to 1, and in words what is missing if it does not."""

    confidence: float
    reason: str


def judge(weighed: Weighed) -> Judgement:
    """Return the judgement on the best unit of a weighing."""
    if not weighed.units:
        return Judgement(0.0, "no passage was found that shares a subject with the question")
    best, signals = weighed.units[0], weighed.signals
    score, missing = best.score - _MIDDLE, []
    held = f"{best.passage.header} {best.passage.text}"
    if (lacking := _lacking(best, signals)) is not None:
        score -= _LACKS_TYPE
        missing.append(f"no {lacking.value} is given beside the subject")
    absent = [number for number in sorted(signals.numbers) if number not in held]
    if absent:
        score -= _LACKS_NUMBER
        missing.append(f"nothing nearby mentions {', '.join(absent)}")
    unnamed = [name for name in sorted(signals.names) if name not in held.lower()]
    if unnamed:
        score -= _LACKS_NAME * len(unnamed) / len(signals.names)
    reason = "; ".join(missing) or "the nearest passages are about something else"
    return Judgement(1 / (1 + math.exp(-score)), reason)


def asks_for_private_person(text: str) -> bool:
    """Return whether a question wants a private person identified: no paper is searched for that."""
    return _PRIVATE.search(text) is not None


def _lacking(best: WeighedUnit, signals: Signals) -> AnswerType | None:
    """Return what kind of thing was asked for and is nowhere near the best unit."""
    strict = signals.types & _STRICT
    found = holds(best.passage.text, strict)
    return next((kind for kind in sorted(strict) if not found.get(kind, True)), None)
