"""Weighs every sentence, clause and row of the candidates."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.answering.features import CandidateText, FeatureTable, feature_table
from qa_service.answering.ranker import Ranker
from qa_service.answering.signals import Signals
from qa_service.answering.structure import prior
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.hybrid import Candidate
from qa_service.retrieval.intents import Intent
from qa_service.store.passages import StoredPassage


@dataclass(frozen=True, slots=True)
class WeighedUnit:
    """A unit of a candidate passage with its score, and its row in the table of features."""

    candidate: Candidate
    index: int
    score: float
    row: int

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
    """All units of the candidates, best first, and the features that they were weighed by."""

    units: tuple[WeighedUnit, ...]
    table: FeatureTable
    signals: Signals


def weigh(signals: Signals, candidates: Sequence[Candidate], intent: Intent, ranker: Ranker) -> Weighed:
    """Return the units of the candidates, best first, ties as ranked; headings are not quoted."""
    table = feature_table(signals, [candidate_text(candidate) for candidate in candidates])
    scores = ranker.scores(table)
    units = []
    for row, (at, index) in enumerate(table.places):
        candidate = candidates[at]
        unit = candidate.passage.units[index]
        if unit.kind is UnitKind.HEADING:
            continue
        added = prior(candidate.passage.segment, unit.kind, intent, boilerplate=candidate.passage.boilerplate)
        units.append(WeighedUnit(candidate, index, float(scores[row]) + added, row))
    return Weighed(tuple(sorted(units, key=lambda weighed: -weighed.score)), table, signals)


def candidate_text(candidate: Candidate) -> CandidateText:
    """Return the words of a candidate as features want them."""
    passage = candidate.passage
    return CandidateText(
        header=passage.header,
        units=tuple(text_of(passage, unit) for unit in passage.units),
        kinds=tuple(unit.kind for unit in passage.units),
        leads=tuple(unit.lead for unit in passage.units),
        unit_vectors=passage.unit_vectors,
        cosine=candidate.cosine,
        bm25=candidate.bm25,
        score=candidate.score,
    )


def text_of(passage: StoredPassage, unit: Unit) -> str:
    """Return the words of a unit."""
    return " ".join(slice_of(passage, span) for span in unit.spans)


def slice_of(passage: StoredPassage, span: Span) -> str:
    """Return the words of a span inside a passage."""
    return passage.text[span.start - passage.span.start : span.end - passage.span.start]
