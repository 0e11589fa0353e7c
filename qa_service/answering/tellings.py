"""Where else the papers tell what one sentence tells: at another meeting, or in another paper."""

from collections.abc import Iterator

from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.register.figures import figures_in

# Cosine of two sentences' vectors: a first sieve only; what both must hold besides decides.
_ALIKE = 0.45
# Log-odds behind the best, and ranks: what is further off answers another question.
FAR, _RANKS = 7.5, 40


def tellings(weighed: Weighed) -> Iterator[WeighedUnit]:
    """Yield the units, best first, that may tell what the best one tells: of the same council, elsewhere.

    Where the best holds a figure they hold one.
    """
    best, *others = weighed.units[:_RANKS]
    counted = bool(figures_in(best.text))
    for other in others:
        if (
            other.score >= best.score - FAR
            and other.passage.row != best.passage.row
            and other.passage.segment.council == best.passage.segment.council
            and likeness(best, other) >= _ALIKE
            and (not counted or figures_in(other.text))
        ):
            yield other


def likeness(one: WeighedUnit, other: WeighedUnit) -> float:
    """Return the cosine of two units' vectors."""
    return float(one.passage.unit_vectors[one.index] @ other.passage.unit_vectors[other.index])
