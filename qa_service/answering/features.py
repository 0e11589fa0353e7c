"""Turns every sentence of the candidates into numbers that a ranking model can weigh.

Each number can be read: what it means stands beside its name. What words say is worked out here; what the
papers' structure says comes from `structure`.
"""

import math
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import EncodedQuestion
from embeddings.late_interaction import nearest
from qa_service.answering.evidence import holds
from qa_service.answering.signals import AnswerType, Signals
from qa_service.answering.structure import MARKS
from qa_service.domain.passages import UnitKind
from qa_service.store.lexical_index import STOP_WORDS, stems
from qa_service.store.unit_vectors import WordVectors

# Unit BM25: k1 and b as tantivy has them, and the mean length in words of the sentences of the papers.
_K1, _B, _MEAN_WORDS = 1.2, 0.75, 25.0
_SHORT = 5
# How fast a passage's say for its document fades with the distance to the best passage.
_FADING = 10.0
POINTS_BACK = re.compile(
    r"^\W*(?:this|these|those|that|they|it|he|she|such|his|her|their|its)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class CandidateText:
    """A candidate passage as words: its header, its units with kinds, leads and vectors, and its scores.

    `marks`: float32, shape (units, len(structure.MARKS)).
    """

    document: str
    header: str
    units: tuple[str, ...]
    kinds: tuple[UnitKind, ...]
    leads: tuple[int | None, ...]
    unit_vectors: NDArray[np.float32]
    unit_words: WordVectors
    marks: NDArray[np.float32]
    cosine: float
    bm25: float
    score: float


_TYPED = {
    "type_money": AnswerType.MONEY,
    "type_number": AnswerType.NUMBER,
    "type_time": AnswerType.TIME,
    "type_person": AnswerType.PERSON,
    "type_place": AnswerType.PLACE,
    "type_reason": AnswerType.REASON,
    "type_yes_no": AnswerType.YES_NO,
}
_OF_UNIT = (
    "unit_bm25",  # over the question's total weight
    "unit_cover",  # share of the question's weight whose stems the unit holds
    "context_cover",  # the same of the unit, its lead, the unit before and the header
    "before_cover",  # ... of the unit before
    "ask_cover",  # ... of the stems of the sentence that asks, where a question has several; else 0
    "pair_match",  # share of the question's neighbouring words that are neighbours in the unit
    "rarest_word",  # weight of the rarest word held, relative to the rarest asked
    "novelty",  # share of the unit's own subject words that the question lacks
    "number_match",  # share of the question's figures that the unit holds
    "name_match",  # share of its capitalised words
    *_TYPED,  # +1 where such a thing is asked for and held, -1 where asked for and not held, else 0
    "length",  # log of words
    "short",
    "position",  # in the passage, 0 to 1
    "is_lead_in",
    "is_list_item",
    "is_row",
    "is_question",  # it asks, so it does not answer
    "points_back",  # begins with "this", "they": about what stands before
    "holds_number",
)
_OF_PASSAGE = (
    "passage_cosine",
    "passage_bm25",  # relative to the best candidate's
    "passage_score",  # fused, as retrieval ranks
    "passage_cover",
    "header_cover",
    "names_missing",  # share of the question's capitalised words that neither passage nor header hold
    "numbers_missing",  # share of its figures
    "rarest_missing",  # weight of the rarest word that neither holds, relative to the rarest asked
    "best_in_passage",  # best unit cosine of the passage
    "best_ask_in_passage",  # the same for the sentence that asks; 0 where the question is one sentence
    "passage_pairs",  # share of the question's neighbouring words that are neighbours in the passage
    "asked_words",  # log of the question's words: the same for all rows, what else counts bends with it
)
_OF_VECTORS = (
    "unit_cosine",  # of the unit's vector and the question's
    "ask_cosine",  # ... and that of the sentence that asks; 0 where the question is one sentence
    "neighbour_cosine",  # best of the units before and after
    "words",  # late interaction: how well the unit's word pieces meet those of the question
    "words_near",  # the same with the pieces of its lead and of the unit before
    "ask_words",  # as "words" of the sentence that asks; 0 where the question is one sentence
)
_OF_ALL = (
    "unit_cosine_gap",  # to the best of all candidates
    "ask_cosine_gap",
    "words_gap",
    "words_near_gap",
    "passage_cosine_gap",
    "passage_score_gap",
    "passage_cover_gap",
    "unit_cover_gap",
    "context_cover_gap",
    "pair_match_gap",
    "rarest_word_gap",
    "passage_pairs_gap",
    "rank",  # 1 / rank by unit cosine
    "document_mass",  # how much of the ranking the passage's document has, relative to the best document
    "document_cover",  # share of the question's weight held by the candidates of its document together
    "document_cover_gap",
    "everywhere_cover",  # share of the question's weight held by all candidates together
)
NAMES = (*_OF_VECTORS, *_OF_UNIT, *_OF_PASSAGE, *MARKS, *_OF_ALL)
# Where in a row the features of a unit's words, of its passage and of its structure stand.
_UNIT = slice(len(_OF_VECTORS), len(_OF_VECTORS) + len(_OF_UNIT))
_PASSAGE = slice(_UNIT.stop, _UNIT.stop + len(_OF_PASSAGE))
_MARKS = slice(_PASSAGE.stop, _PASSAGE.stop + len(MARKS))
_GAPS = {
    "unit_cosine_gap": "unit_cosine",
    "ask_cosine_gap": "ask_cosine",
    "words_gap": "words",
    "words_near_gap": "words_near",
    "passage_cosine_gap": "passage_cosine",
    "passage_score_gap": "passage_score",
    "passage_cover_gap": "passage_cover",
    "unit_cover_gap": "unit_cover",
    "context_cover_gap": "context_cover",
    "pair_match_gap": "pair_match",
    "rarest_word_gap": "rarest_word",
    "passage_pairs_gap": "passage_pairs",
    "document_cover_gap": "document_cover",
}


@dataclass(frozen=True, slots=True)
class FeatureTable:
    """`values`: float32, shape (units, len(NAMES)); `places`: (candidate, unit) of each row."""

    values: NDArray[np.float32]
    places: tuple[tuple[int, int], ...]

    def column(self, name: str) -> NDArray[np.float32]:
        """Return one feature of all rows."""
        return self.values[:, NAMES.index(name)]

    def kept(self, rows: Sequence[int]) -> "FeatureTable":
        """Return some rows alone, in the order given."""
        return FeatureTable(self.values[list(rows)], tuple(self.places[row] for row in rows))


@dataclass(frozen=True, slots=True)
class _Words:
    """What a unit's text alone tells: its stems in order, which of them there are, those with a subject."""

    ordered: tuple[str, ...]
    all: frozenset[str]
    subject: frozenset[str]
    lowered: str
    asks: bool
    points_back: bool
    holds_number: bool


# The same sentences come up for many questions; 20,000 of them are some 40 MB.
@lru_cache(maxsize=20_000)
def _words_in(text: str) -> _Words:
    ordered = tuple(stems(text))
    return _Words(
        ordered,
        frozenset(ordered),
        frozenset(ordered) - STOP_WORDS,
        text.lower(),
        text.rstrip().endswith("?"),
        POINTS_BACK.match(text) is not None,
        holds(text, (AnswerType.NUMBER,))[AnswerType.NUMBER],
    )


@lru_cache(maxsize=60_000)
def _holds(text: str, kind: AnswerType) -> bool:
    return holds(text, (kind,)).get(kind, False)


@dataclass(frozen=True, slots=True)
class _Read:
    """A candidate's units as words, and which of the question's stems and neighbours each holds."""

    words: list[_Words]
    held: list[AbstractSet[str]]
    pairs: list[frozenset[tuple[str, str]]]
    header: AbstractSet[str]
    everywhere: frozenset[str]


def feature_table(signals: Signals, candidates: Sequence[CandidateText]) -> FeatureTable:
    """Return the features of every unit of the candidates, in their order; no rows for no candidates."""
    best_bm25 = max((candidate.bm25 for candidate in candidates), default=0.0) or 1.0
    read = [_read(signals, candidate) for candidate in candidates]
    places = tuple((at, unit) for at, each in enumerate(candidates) for unit in range(len(each.units)))
    values = np.zeros((len(places), len(NAMES)), dtype=np.float32)
    start = 0
    for candidate, of in zip(candidates, read, strict=True):
        if candidate.units:
            _fill_block(values[start : start + len(candidate.units)], signals, candidate, of, best_bm25)
            start += len(candidate.units)
    table = FeatureTable(values, places)
    if places:
        _fill_documents(table, signals, candidates, read)
        _fill_gaps(table)
    return table


def _read(signals: Signals, candidate: CandidateText) -> _Read:
    words = [_words_in(unit) for unit in candidate.units]
    asked = signals.weights.keys()
    held: list[AbstractSet[str]] = [asked & each.all for each in words]
    header = asked & _words_in(candidate.header).all
    pairs = [signals.pairs.intersection(pairwise(each.ordered)) for each in words]
    return _Read(words, held, pairs, header, frozenset(header).union(*held))


def _fill_block(
    block: NDArray[np.float32], signals: Signals, candidate: CandidateText, read: _Read, best_bm25: float
) -> None:
    """Fill the rows of one candidate's units, but for `_OF_ALL`."""
    count = len(candidate.units)
    cosines = candidate.unit_vectors @ signals.sense.vector
    ask = candidate.unit_vectors @ signals.ask_sense.vector if signals.ask_sense else np.zeros(count)
    met = _met(signals.sense, candidate.unit_words)
    everywhere = read.everywhere
    whole = " ".join((candidate.header, *candidate.units))
    lowered = whole.lower()
    shared = [
        candidate.cosine,
        candidate.bm25 / best_bm25,
        candidate.score,
        _cover(signals, everywhere),
        _cover(signals, read.header),
        _share(sum(name not in lowered for name in signals.names), signals.names),
        _share(sum(number not in whole for number in signals.numbers), signals.numbers),
        max((signals.weights[stem] for stem in signals.weights.keys() - everywhere), default=0.0)
        / signals.rarest,
        float(cosines.max()),
        float(ask.max()),
        _share(len(set().union(*read.pairs)), signals.pairs),
        math.log1p(len(signals.weights)),
    ]
    block[:, 0] = cosines
    block[:, 1] = ask
    block[:, 2] = _neighbours(cosines)
    block[:, 3] = signals.sense.shares @ met
    block[:, 4] = signals.sense.shares @ _near(met, candidate.leads)
    block[:, 5] = _ask_words(signals, candidate)
    covers = [_cover(signals, held) for held in read.held]
    block[:, _UNIT] = [_words_of(signals, candidate, read, at, covers) for at in range(count)]
    block[:, _PASSAGE] = shared
    block[:, _MARKS] = candidate.marks


def _words_of(
    signals: Signals, candidate: CandidateText, read: _Read, at: int, covers: Sequence[float]
) -> list[float]:
    """Return the features of `_OF_UNIT` for one unit; `covers`: what of the question each unit holds."""
    text, kind, words, held = candidate.units[at], candidate.kinds[at], read.words[at], read.held[at]
    weights = signals.weights
    told = _beyond(text, signals.numbers) if signals.numbers else text
    return [
        _bm25(covers[at], len(words.ordered)),
        covers[at],
        _cover(signals, _context(candidate, read, at)),
        covers[at - 1] if at else 0.0,
        sum(weights[stem] for stem in held & signals.ask) / signals.ask_total if signals.ask else 0.0,
        _share(len(read.pairs[at]), signals.pairs),
        max(map(weights.__getitem__, held), default=0.0) / signals.rarest,
        (len(words.subject) - len(words.subject & held)) / (len(words.subject) or 1),
        _share(sum(number in text for number in signals.numbers), signals.numbers),
        _share(sum(name in words.lowered for name in signals.names), signals.names),
        *((1.0 if _holds(told, of) else -1.0) if of in signals.types else 0.0 for of in _TYPED.values()),
        math.log1p(len(words.ordered)),
        float(len(words.ordered) < _SHORT),
        at / len(candidate.units),
        float(kind is UnitKind.LEAD_IN),
        float(kind in {UnitKind.LIST_ITEM, UnitKind.CLAUSE}),
        float(kind is UnitKind.ROW),
        float(words.asks),
        float(words.points_back),
        float(words.holds_number),
    ]


def _beyond(text: str, asked: AbstractSet[str]) -> str:
    """Return a text without the figures that the question gave: they are no answer to it."""
    for number in asked:
        if number in text:
            text = re.sub(rf"(?<![\d.,]){re.escape(number)}(?!\d)", " ", text)
    return text


def _fill_documents(
    table: FeatureTable, signals: Signals, candidates: Sequence[CandidateText], read: Sequence[_Read]
) -> None:
    """Fill what the candidates of one document say together."""
    best = max(candidate.score for candidate in candidates)
    mass: dict[str, float] = {}
    held: dict[str, frozenset[str]] = {}
    for candidate, of in zip(candidates, read, strict=True):
        name = candidate.document
        mass[name] = mass.get(name, 0.0) + math.exp(_FADING * (candidate.score - best))
        held[name] = held.get(name, frozenset()) | of.everywhere
    most = max(mass.values())
    cover = {name: _cover(signals, stems_held) for name, stems_held in held.items()}
    names = [candidates[at].document for at, _ in table.places]
    table.column("document_mass")[:] = [mass[name] / most for name in names]
    table.column("document_cover")[:] = [cover[name] for name in names]
    table.column("everywhere_cover")[:] = _cover(signals, frozenset().union(*held.values()))


def _fill_gaps(table: FeatureTable) -> None:
    for gap, of in _GAPS.items():
        table.column(gap)[:] = table.column(of) - table.column(of).max()
    order = np.argsort(-table.column("unit_cosine"), kind="stable")
    table.column("rank")[order] = 1 / (1 + np.arange(len(order), dtype=np.float32))


def _met(asked: EncodedQuestion, words: WordVectors) -> NDArray[np.float32]:
    """Return how near each unit comes to each piece of a question, shape (pieces, units)."""
    if not words.values.size:
        return np.zeros((len(asked.words), len(words.ends)), dtype=np.float32)
    return nearest(asked.words, words.values, words.ends)


def _near(met: NDArray[np.float32], leads: Sequence[int | None]) -> NDArray[np.float32]:
    """Return as `_met`, each unit together with its lead and the unit before."""
    near = met.copy()
    near[:, 1:] = np.maximum(near[:, 1:], met[:, :-1])
    for at, lead in enumerate(leads):
        if lead is not None:
            near[:, at] = np.maximum(near[:, at], met[:, lead])
    return near


def _ask_words(signals: Signals, candidate: CandidateText) -> NDArray[np.float32]:
    asked = signals.ask_sense
    if asked is None:
        return np.zeros(len(candidate.units), dtype=np.float32)
    found: NDArray[np.float32] = asked.shares @ _met(asked, candidate.unit_words)
    return found


def _neighbours(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the better cosine of the units before and after; -1 for a unit alone."""
    best = np.full(len(cosines), -1.0, dtype=np.float32)
    np.maximum(best[1:], cosines[:-1], out=best[1:])
    np.maximum(best[:-1], cosines[1:], out=best[:-1])
    return best


def _cover(signals: Signals, held: AbstractSet[str]) -> float:
    return sum(map(signals.weights.__getitem__, held)) / signals.total


def _share(count: int, of: AbstractSet[object]) -> float:
    return count / (len(of) or 1)


def _context(candidate: CandidateText, read: _Read, at: int) -> AbstractSet[str]:
    near = read.held[at] | read.header
    lead = candidate.leads[at]
    if lead is not None:
        near |= read.held[lead]
    if at:
        near |= read.held[at - 1]
    return near


def _bm25(cover: float, length: int) -> float:
    """Return the share of the question's weight held, damped for long units; each stem counts once.

    Source: Robertson and Zaragoza 2009, equation 3.15, with a term frequency of 1.
    """
    damping: float = (_K1 + 1) / (1 + _K1 * (1 - _B + _B * length / _MEAN_WORDS))
    return damping * cover
