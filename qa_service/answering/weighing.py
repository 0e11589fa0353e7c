"""Weighs every sentence, clause and row of the candidates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qa_service.answering.features import CandidateText, FeatureTable, feature_table
from qa_service.answering.ranker import Ranker
from qa_service.answering.signals import Signals
from qa_service.answering.structure import MARKS, marks
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.hybrid import Candidate
from qa_service.retrieval.intents import Intent
from qa_service.store.passages import StoredPassage


@dataclass(frozen=True, slots=True)
class WeighedUnit:
    """A unit of a candidate passage with its score, and its row in the table of features.

    `also`: the units behind it without which it says nothing, that are quoted with it.
    """

    candidate: Candidate
    index: int
    score: float
    row: int
    also: tuple[int, ...] = ()

    @property
    def passage(self) -> StoredPassage:
        """The passage that the unit stands in."""
        return self.candidate.passage

    @property
    def unit(self) -> Unit:
        """The unit itself."""
        return self.passage.units[self.index]

    @property
    def text(self) -> str:
        """Its words, without what interrupts them."""
        return text_of(self.passage, self.unit)


@dataclass(frozen=True, slots=True)
class Weighed:
    """All units of the candidates, best first, and the features that they were weighed by.

    `scores` are of the rows of `table`, `candidates` as retrieval ranked them. Where a reranker gave the best
    units their order, units and rows have its scores (`reranking.py`). `relevance`: float32, what the model
    that ships said of each row, NaN where it read none; None where there is no such model.
    """

    units: tuple[WeighedUnit, ...]
    table: FeatureTable
    scores: NDArray[np.float32]
    signals: Signals
    candidates: tuple[Candidate, ...]
    relevance: NDArray[np.float32] | None = None


def weigh(signals: Signals, candidates: Sequence[Candidate], intent: Intent, ranker: Ranker) -> Weighed:
    """Return the units of the candidates, best first, ties as ranked; headings are not quoted."""
    whole = feature_table(signals, [candidate_text(candidate, intent) for candidate in candidates])
    table = whole.kept(
        [
            row
            for row, (at, index) in enumerate(whole.places)
            if candidates[at].passage.units[index].kind is not UnitKind.HEADING
        ]
    )
    scores = ranker.scores(table)
    units = [
        WeighedUnit(candidates[at], index, float(scores[row]), row)
        for row, (at, index) in enumerate(table.places)
    ]
    ordered = tuple(sorted(units, key=lambda weighed: -weighed.score))
    return Weighed(ordered, table, scores, signals, tuple(candidates))


def rescored(weighed: Weighed, scores: NDArray[np.float32], relevance: NDArray[np.float32] | None) -> Weighed:
    """Return a weighing whose rows have other scores, with its units sorted by them, ties as they were.

    What a unit was raised by above its row, by the answer before or by a year asked, it keeps.
    """
    raised = [unit.score - float(weighed.scores[unit.row]) for unit in weighed.units]
    units = (
        replace(unit, score=float(scores[unit.row]) + more)
        for unit, more in zip(weighed.units, raised, strict=True)
    )
    ordered = tuple(sorted(units, key=lambda unit: -unit.score))
    return replace(weighed, units=ordered, scores=scores, relevance=relevance)


def ranked(weighed: Weighed, ranker: Ranker) -> list[Candidate]:
    """Return the candidates, best first by what their sentences say; one of headings alone comes last."""
    scores = ranker.passage_scores(weighed.table, weighed.scores)
    least = min(scores.values(), default=0.0) - 1.0
    found = [replace(each, score=scores.get(at, least)) for at, each in enumerate(weighed.candidates)]
    return sorted(found, key=lambda candidate: -candidate.score)


def candidate_text(candidate: Candidate, intent: Intent) -> CandidateText:
    """Return the words of a candidate as features want them, and what its structure says for an intent."""
    passage = candidate.passage
    kinds = {unit.kind for unit in passage.units}
    of_kind = {kind: marks(passage.segment, kind, intent, boilerplate=passage.boilerplate) for kind in kinds}
    rows = [of_kind[unit.kind] for unit in passage.units]
    return CandidateText(
        document=passage.document_id,
        header=passage.header,
        units=tuple(text_of(passage, unit) for unit in passage.units),
        kinds=tuple(unit.kind for unit in passage.units),
        leads=tuple(unit.lead for unit in passage.units),
        unit_vectors=passage.unit_vectors,
        unit_words=passage.unit_words,
        marks=np.array(rows, dtype=np.float32).reshape(len(rows), len(MARKS)),
        cosine=candidate.cosine,
        bm25=candidate.bm25,
        score=candidate.score,
    )


def text_of(passage: StoredPassage, unit: Unit) -> str:
    """Return the words of a unit."""
    if len(unit.spans) == 1:  # nearly all, and asked for hundreds of times a question
        return slice_of(passage, unit.spans[0])
    return " ".join(slice_of(passage, span) for span in unit.spans)


def slice_of(passage: StoredPassage, span: Span) -> str:
    """Return the words of a span inside a passage."""
    return passage.text[span.start - passage.span.start : span.end - passage.span.start]
