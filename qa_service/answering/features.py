"""Turns every sentence of the candidates into numbers that a ranking model can weigh.

Each number can be read: what it means stands beside its name. Words only; what the papers' structure says is
added where statements are made.
"""

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qa_service.answering.evidence import holds
from qa_service.answering.signals import AnswerType, Signals
from qa_service.domain.passages import UnitKind
from qa_service.store.lexical_index import stems

# Unit BM25: k1 and b as tantivy has them, and the mean length in words of the sentences of the papers.
_K1, _B, _MEAN_WORDS = 1.2, 0.75, 25.0
_SHORT = 5
_FILLED_LATER = (0.0,) * 5  # the four gaps and the rank need all rows


@dataclass(frozen=True, slots=True)
class CandidateText:
    """A candidate passage as words: its header, its units with kinds, leads and vectors, and its scores."""

    header: str
    units: tuple[str, ...]
    kinds: tuple[UnitKind, ...]
    leads: tuple[int | None, ...]
    unit_vectors: NDArray[np.float32]
    cosine: float
    bm25: float
    score: float


NAMES = (
    "unit_cosine",  # of the unit's vector and the question's
    "passage_cosine",
    "passage_bm25",  # relative to the best candidate's
    "passage_score",  # fused, as retrieval ranks
    "unit_bm25",  # over the question's total weight
    "unit_cover",  # share of the question's weight whose stems the unit holds
    "context_cover",  # the same of the unit, its lead, the unit before and the header
    "passage_cover",
    "header_cover",
    "pair_match",  # share of the question's neighbouring words that are neighbours in the unit
    "rarest_word",  # weight of the rarest word held, relative to the rarest asked
    "neighbour_cosine",  # best of the units before and after
    "best_in_passage",  # best unit cosine of the passage
    "unit_cosine_gap",  # to the best of all candidates
    "passage_cosine_gap",
    "passage_score_gap",
    "unit_cover_gap",
    "rank",  # 1 / rank by unit cosine
    "number_match",  # share of the question's figures that the unit holds
    "name_match",  # share of its capitalised words
    "type_money",  # +1 where money is asked for and held, -1 where asked for and not held, else 0
    "type_number",
    "type_time",
    "type_person",
    "type_place",
    "type_reason",
    "type_yes_no",
    "length",  # log of words
    "short",
    "position",  # in the passage, 0 to 1
    "is_lead_in",
    "is_list_item",
    "is_row",
    "holds_number",
)
_TYPED = (
    AnswerType.MONEY,
    AnswerType.NUMBER,
    AnswerType.TIME,
    AnswerType.PERSON,
    AnswerType.PLACE,
    AnswerType.REASON,
    AnswerType.YES_NO,
)


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """`values`: float32, shape (units, len(NAMES)); `places`: (candidate, unit) of each row."""

    values: NDArray[np.float32]
    places: tuple[tuple[int, int], ...]

    def column(self, name: str) -> NDArray[np.float32]:
        """Return one feature of all rows."""
        return self.values[:, NAMES.index(name)]


def feature_table(signals: Signals, candidates: Sequence[CandidateText]) -> FeatureTable:
    """Return the features of every unit of the candidates, in their order; no rows for no candidates."""
    best_bm25 = max((candidate.bm25 for candidate in candidates), default=0.0) or 1.0
    rows: list[list[float]] = []
    places: list[tuple[int, int]] = []
    for at, candidate in enumerate(candidates):
        rows.extend(_rows(signals, candidate, best_bm25))
        places.extend((at, unit) for unit in range(len(candidate.units)))
    values = np.array(rows, dtype=np.float32).reshape(len(rows), len(NAMES))
    table = FeatureTable(values, tuple(places))
    if rows:
        for gap, of in (
            ("unit_cosine_gap", "unit_cosine"),
            ("passage_cosine_gap", "passage_cosine"),
            ("passage_score_gap", "passage_score"),
            ("unit_cover_gap", "unit_cover"),
        ):
            table.column(gap)[:] = table.column(of) - table.column(of).max()
        order = np.argsort(-table.column("unit_cosine"), kind="stable")
        table.column("rank")[order] = 1 / (1 + np.arange(len(order), dtype=np.float32))
    return table


def _rows(signals: Signals, candidate: CandidateText, best_bm25: float) -> list[list[float]]:
    if not candidate.units:
        return []
    weights, total = signals.weights, signals.total
    stemmed = [stems(unit) for unit in candidate.units]
    sets = [weights.keys() & set(words) for words in stemmed]
    header = weights.keys() & set(stems(candidate.header))
    everywhere = header.union(*sets)
    cosines = candidate.unit_vectors @ signals.vector
    rarest = max(weights.values(), default=0.0) or 1.0
    cover = partial(_cover, weights, total)
    shared = (
        float(candidate.cosine),
        candidate.bm25 / best_bm25,
        float(candidate.score),
        cover(everywhere),
        cover(header),
        float(cosines.max()),
    )
    return [
        _row(
            signals,
            candidate,
            at,
            stemmed[at],
            (
                float(cosines[at]),
                _bm25(sets[at], weights, len(stemmed[at])) / total,
                cover(sets[at]),
                cover(_context(at, sets, header, candidate.leads[at])),
                max((weights[stem] for stem in sets[at]), default=0.0) / rarest,
                _nearby(cosines, at),
            ),
            shared,
        )
        for at in range(len(candidate.units))
    ]


def _row(
    signals: Signals,
    candidate: CandidateText,
    at: int,
    words: Sequence[str],
    own: tuple[float, ...],
    shared: tuple[float, ...],
) -> list[float]:
    text, kind = candidate.units[at], candidate.kinds[at]
    cosine, bm25, cover, context, rarest, neighbour = own
    passage_cosine, passage_bm25, score, passage_cover, header_cover, best = shared
    held = holds(text, {AnswerType.NUMBER, *signals.types})
    pairs = signals.pairs & set(pairwise(words))
    typed = [(1.0 if held[kind_] else -1.0) if kind_ in signals.types else 0.0 for kind_ in _TYPED]
    return [
        cosine,
        passage_cosine,
        passage_bm25,
        score,
        bm25,
        cover,
        context,
        passage_cover,
        header_cover,
        len(pairs) / (len(signals.pairs) or 1),
        rarest,
        neighbour,
        best,
        *_FILLED_LATER,
        sum(number in text for number in signals.numbers) / (len(signals.numbers) or 1),
        sum(name in text.lower() for name in signals.names) / (len(signals.names) or 1),
        *typed,
        math.log1p(len(words)),
        float(len(words) < _SHORT),
        at / len(candidate.units),
        float(kind is UnitKind.LEAD_IN),
        float(kind in {UnitKind.LIST_ITEM, UnitKind.CLAUSE}),
        float(kind is UnitKind.ROW),
        float(held[AnswerType.NUMBER]),
    ]


def _nearby(cosines: NDArray[np.float32], at: int) -> float:
    """Return the better cosine of the units before and after; -1 for a unit alone."""
    return max((float(cosines[near]) for near in (at - 1, at + 1) if 0 <= near < len(cosines)), default=-1.0)


def _cover(weights: Mapping[str, float], total: float, held: AbstractSet[str]) -> float:
    return sum(weights[stem] for stem in held) / total


def _context(at: int, sets: Sequence[set[str]], header: set[str], lead: int | None) -> set[str]:
    near = sets[at] | header
    if lead is not None:
        near |= sets[lead]
    if at:
        near |= sets[at - 1]
    return near


def _bm25(held: set[str], weights: Mapping[str, float], length: int) -> float:
    """Return the sum of weights, damped for long units; each stem counts once.

    Source: Robertson and Zaragoza 2009, equation 3.15, with a term frequency of 1.
    """
    damping = (_K1 + 1) / (1 + _K1 * (1 - _B + _B * length / _MEAN_WORDS))
    return damping * sum(weights[stem] for stem in held)
