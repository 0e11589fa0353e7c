"""When to answer at all: refusals by kind, and what the reply's confidence is worth.

A refusal is never NaN: 1 where nothing answers, 0 where something does. Kinds of unanswerable questions
are reported apart; one pooled number hides that far-away questions are easy and near ones are not.
Source, unless named otherwise: design/evaluation.md section 4.4.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from evals.cases import Case
from evals.metrics.citations import precision
from evals.results import Label, Score, inapplicable

KEPT = 0.9


def refused_unanswerable(case: Case) -> Score:
    """1 where an unanswerable question was refused."""
    if case.topic.question.answerable:
        return inapplicable("something answers this question")
    if case.answered:
        return Score(0.0, "answered", labels=(Label.FALSE_ANSWER,))
    return Score(1.0, "refused")


def refused_answerable(case: Case) -> Score:
    """1 where an answerable question was refused."""
    if not case.topic.question.answerable:
        return inapplicable("nothing answers this question")
    if case.answered:
        return Score(0.0, "answered")
    return Score(1.0, "refused", labels=(Label.FALSE_REFUSAL,))


@dataclass(frozen=True, slots=True)
class Confident:
    """One question as the calibration measures see it. `loss`: 1 - citation precision if it is answered."""

    qid: str
    confidence: float
    answerable: bool
    cluster: str
    loss: float
    split: str = ""


def confidences(cases: Sequence[Case]) -> tuple[list[Confident], str]:
    """Return the confidence of every question, and "" or why they cannot be measured.

    One reply without a confidence makes the measures not measured: a default would be an invented value. An
    error counts as the worst: sure of an unanswerable question, unsure of an answerable one.
    """
    missing = sum(case.reply is not None and case.reply.confidence is None for case in cases)
    if missing:
        return [], f"not measured: {missing} of {len(cases)} replies carry no confidence"
    return [_confident(case) for case in cases], ""


def _confident(case: Case) -> Confident:
    question = case.topic.question
    value = case.reply.confidence if case.reply is not None else None
    confidence = float(not question.answerable) if value is None else value
    right = precision(case).value if question.answerable and case.answered else 0.0
    return Confident(
        case.qid, confidence, question.answerable, case.topic.cluster, 1.0 - (right or 0.0), question.split
    )


def auroc(rows: Sequence[Confident]) -> float | None:
    """How often an answerable question has more confidence than an unanswerable one; a tie is a half.

    None where one kind is missing. Source: Hanley and McNeil, Radiology 143 (1982).
    """
    good = [row.confidence for row in rows if row.answerable]
    bad = [row.confidence for row in rows if not row.answerable]
    if not good or not bad:
        return None
    values = sorted([(value, 1) for value in good] + [(value, 0) for value in bad])
    ranks = _mean_ranks([value for value, _ in values])
    of_good = sum(rank for rank, (_, is_good) in zip(ranks, values, strict=True) if is_good)
    return (of_good - len(good) * (len(good) + 1) / 2) / (len(good) * len(bad))


def _mean_ranks(ordered: Sequence[float]) -> list[float]:
    ranks: list[float] = []
    start = 0
    while start < len(ordered):
        end = start
        while end < len(ordered) and ordered[end] == ordered[start]:
            end += 1
        ranks += [(start + 1 + end) / 2] * (end - start)
        start = end
    return ranks


def threshold_keeping(rows: Sequence[Confident], kept: float = KEPT) -> float | None:
    """Return the highest threshold at which `kept` of the answerable questions are still answered."""
    values = sorted(row.confidence for row in rows if row.answerable)
    if not values:
        return None
    return values[min(floor((1 - kept) * len(values) + 1e-9), len(values) - 1)]


def refused_keeping(rows: Sequence[Confident], kept: float = KEPT) -> float | None:
    """Share of the unanswerable questions under the threshold that keeps `kept` of the answerable ones.

    Read off the same questions: an upper bound, see `refused_held_out`. None where one kind is missing.
    """
    threshold = threshold_keeping(rows, kept)
    bad = [row.confidence for row in rows if not row.answerable]
    if threshold is None or not bad:
        return None
    return sum(value < threshold for value in bad) / len(bad)


def halves(rows: Sequence[Confident]) -> tuple[list[Confident], list[Confident]]:
    """Return two halves that share no paper: by gold's own split where it names two, else by name's hash."""
    splits = sorted({row.split for row in rows})
    if len(splits) == 2:  # noqa: PLR2004 - two halves
        return [row for row in rows if row.split == splits[0]], [
            row for row in rows if row.split == splits[1]
        ]
    odd = [hashlib.sha256(row.cluster.encode()).digest()[0] & 1 for row in rows]
    first = [row for row, bit in zip(rows, odd, strict=True) if not bit]
    return first, [row for row, bit in zip(rows, odd, strict=True) if bit]


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What a threshold fixed on one half does on the other: both ways, pooled."""

    refused_unanswerable: float
    kept_answerable: float


def refused_held_out(rows: Sequence[Confident], kept: float = KEPT) -> HeldOut | None:
    """Return what thresholds fixed on one half do on the other. None where a half lacks a kind."""
    first, second = halves(rows)
    counts = [0, 0, 0, 0]
    for fixed_on, judged_on in ((first, second), (second, first)):
        threshold = threshold_keeping(fixed_on, kept)
        if threshold is None:
            return None
        for row in judged_on:
            over = row.confidence >= threshold
            counts[0] += not row.answerable and not over
            counts[1] += not row.answerable
            counts[2] += row.answerable and over
            counts[3] += row.answerable
    if not counts[1] or not counts[3]:
        return None
    return HeldOut(counts[0] / counts[1], counts[2] / counts[3])


def risk_coverage_area(rows: Sequence[Confident]) -> float | None:
    """Mean loss of the most confident k questions, over every k; ties share their mean loss. Lower is better.

    Source: Geifman and El-Yaniv, NeurIPS 2017 (AURC). None for no questions.
    """
    if not rows:
        return None
    total = area = 0.0
    taken = 0
    for losses in _by_falling_confidence(rows):
        mean = sum(losses) / len(losses)
        for _ in losses:
            taken += 1
            total += mean
            area += total / taken
    return area / len(rows)


def _by_falling_confidence(rows: Sequence[Confident]) -> list[list[float]]:
    blocks: dict[float, list[float]] = {}
    for row in rows:
        blocks.setdefault(row.confidence, []).append(row.loss)
    return [blocks[value] for value in sorted(blocks, reverse=True)]


def coverage_at(rows: Sequence[Confident], wanted: float) -> float | None:
    """Largest share of the questions that can be answered with a mean citation precision of `wanted`.

    An unanswerable question that is answered has precision 0. None for no questions, 0.0 where no threshold
    reaches the precision.
    """
    if not rows:
        return None
    best = taken = 0
    loss = 0.0
    for losses in _by_falling_confidence(rows):
        taken += len(losses)
        loss += sum(losses)
        if 1 - loss / taken >= wanted - 1e-9:
            best = taken
    return best / len(rows)
