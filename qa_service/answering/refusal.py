"""Knows when the papers do not hold the answer, and says why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from qa_service.answering.doubt import DOUBT_NAMES, doubts
from qa_service.answering.evidence import holds
from qa_service.answering.ranker import in_order
from qa_service.answering.signals import AnswerType, Signals
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.store.lexical_index import STOP_WORDS, query_words, stems

# Demands that a sentence either meets or does not; the others are too loosely worded to count against one.
_STRICT = frozenset({AnswerType.MONEY, AnswerType.NUMBER, AnswerType.TIME, AnswerType.PERSON})
# A word that is nowhere is named as a reason where it carries this share of the question's weight.
_WEIGHTY = 0.15
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Judgement:
    """How likely the best unit answers, 0 to 1, and in words what is missing if it does not."""

    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Chance:
    """A calibrated logistic model: 1 / (1 + exp(-(bias + sum of weight x doubt)))."""

    bias: float
    weights: Mapping[str, float]

    def of(self, values: NDArray[np.float32]) -> float:
        """Return the chance for the values of `doubts`, 0 to 1."""
        score = self.bias + float(values @ in_order(self.weights, DOUBT_NAMES))
        return float(1 / (1 + np.exp(-score)))


@dataclass(frozen=True, slots=True)
class RefusalModel:
    """The chance that the papers hold the answer, times the chance that the best sentence then says it.

    Two models and not one: what is on no page shows in the passages, what a neighbouring sentence leaves open
    shows in the sentences, and either is reason enough. What the numbers were fitted on, and how the least
    confidence was chosen, stands in the file. `unread` is the relevance that tells nothing either way: it
    stands in where no second reading was made. Both chances lean on the same signs, so that their product is
    too low: it is raised to `power`, with which a half means right as often as not (fitted, see the file).
    """

    held: Chance
    said: Chance
    power: float
    least: float
    unread: float

    def confidence(self, weighed: Weighed) -> float:
        """Return how likely the best of at least one unit answers, 0 to 1."""
        values = doubts(weighed.table, weighed.scores, weighed.relevance, self.unread)
        return float((self.held.of(values) * self.said.of(values)) ** self.power)


@cache
def load_refusal() -> RefusalModel:
    """Return the model that ships with the service."""
    values = json.loads(files("qa_service.answering").joinpath("refusal.json").read_text(encoding="utf-8"))
    held, said = (Chance(values[name]["bias"], values[name]["weights"]) for name in ("held", "said"))
    least, unread = values["least_confidence"], values["unread"]
    return RefusalModel(held, said, values["power"], least, unread)


def least_confidence() -> float:
    """Return the confidence from which on a question is answered."""
    return load_refusal().least


def judge(weighed: Weighed) -> Judgement:
    """Return the judgement on the best unit of a weighing."""
    if not weighed.units:
        return Judgement(0.0, "no passage was found that shares a subject with the question")
    return Judgement(load_refusal().confidence(weighed), _reason(weighed))


def _reason(weighed: Weighed) -> str:
    """Return in words what is missing: weighty words, figures and names, or the kind of thing asked for."""
    best, signals = weighed.units[0], weighed.signals
    missing = []
    if absent := said_by_none(weighed):
        missing.append(f"none of the papers searched says {quoted(absent)} beside the subject")
    held = f"{best.passage.header} {best.passage.text}"
    if figures := [number for number in sorted(signals.numbers) if number not in held]:
        missing.append(f"nothing nearby mentions {', '.join(figures)}")
    if (lacking := _lacking(best, signals)) is not None:
        missing.append(f"no {lacking.value} is given beside the subject")
    return "; ".join(missing) or "the nearest passages are about something else"


def said_by_none(weighed: Weighed) -> list[str]:
    """Return the weighty words of the question that no candidate holds, the rarest first."""
    signals = weighed.signals
    absent = {stem: weight for stem, weight in signals.weights.items() if weight >= _WEIGHTY * signals.total}
    for candidate in weighed.candidates:
        if not absent:  # mostly by the first few, and stems of whole passages are dear
            return []
        for stem in set(stems(f"{candidate.passage.header} {candidate.passage.text}")):
            absent.pop(stem, None)
    words = {
        stem: word for word in query_words(signals.text) if word not in STOP_WORDS for stem in stems(word)
    }
    ordered = sorted(absent, key=lambda stem: -absent[stem])
    return [words.get(stem, stem) for stem in ordered[:_NAMED]]


def quoted(words: list[str]) -> str:
    """Return words as they are named in a refusal."""
    return ", ".join(f"“{word}”" for word in words)


def _lacking(best: WeighedUnit, signals: Signals) -> AnswerType | None:
    """Return what kind of thing was asked for and is nowhere near the best unit."""
    strict = signals.types & _STRICT
    found = holds(best.passage.text, strict)
    return next((kind for kind in sorted(strict) if not found.get(kind, True)), None)
