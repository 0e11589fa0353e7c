"""Weighs every sentence, clause and row of the candidates, and makes statements of the best."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.encoder import Vectors
from qa_service.domain.passages import Unit, UnitKind
from qa_service.retrieval.hybrid import Candidate
from qa_service.store.lexical_index import STOP_WORDS, stems

# Fewer words than this are no quote: what they are about stands in the words above them.
LEAST_WORDS = 5


@dataclass(frozen=True, slots=True)
class WeighedUnit:
    """A unit of a candidate passage with its score; `cover` is the share of the question's words it holds."""

    candidate: Candidate
    index: int
    score: float
    cosine: float
    cover: float

    @property
    def unit(self) -> Unit:
        """The unit itself."""
        return self.candidate.passage.units[self.index]


def weigh(
    candidates: Sequence[Candidate], words: str, vector: Vectors, weights: dict[str, float]
) -> list[WeighedUnit]:
    """Return every quotable unit of the candidates, best first, ties by place in the ranking.

    `weights` gives each stem's worth; a stem that is missing counts nothing.
    """
    asked = {stem for stem in stems(words) if stem in weights}
    total = sum(weights[stem] for stem in asked) or 1.0
    found = []
    for candidate in candidates:
        passage = candidate.passage
        cosines = passage.unit_vectors @ vector
        for index, unit in enumerate(passage.units):
            if unit.kind is UnitKind.HEADING:
                continue
            start = passage.span.start
            text = " ".join(passage.text[span.start - start : span.end - start] for span in unit.spans)
            cover = sum(weights[stem] for stem in asked & set(stems(text))) / total
            cosine = float(cosines[index])
            found.append(
                WeighedUnit(candidate, index, 0.5 * candidate.score + cosine + 0.5 * cover, cosine, cover)
            )
    return sorted(found, key=lambda weighed: -weighed.score)


def stem_weights(words: str, frequencies: dict[str, int], total: int) -> dict[str, float]:
    """Return the inverse document frequency of each content stem of the question.

    Source: Robertson and Zaragoza 2009, equation 3.11, floored at 0.
    """
    content = [stem for stem in stems(words) if stem not in STOP_WORDS]
    return {
        stem: max(0.0, math.log(1 + (total - frequencies[stem] + 0.5) / (frequencies[stem] + 0.5)))
        for stem in content
        if stem in frequencies
    }
