"""A second reading of the best sentences by a model that reads them beside the question."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from embeddings.cross_encoder import CrossEncoder
from qa_service.answering.in_context import in_context
from qa_service.answering.weighing import Weighed, WeighedUnit, rescored

# A model of the operator's own reads so many units: explanations show as many, answers quote far fewer.
RERANKED = 20
# The model that ships reads at most so many, and only what the ranker found nearly the best (log-odds): five
# on average. Of 911 questions (evals/training/reranker.py) the right sentence was among the first four for
# .68, among the first eight for .76; it came first for .519 with four read within 1.5, for .546 with these.
READ = 8
WITHIN = 2.5

Rerank = Callable[[Weighed], Weighed]


@dataclass(frozen=True, slots=True)
class SecondReading:
    """Adds what the model that ships says to the ranker's scores, `weight` a point of its raw output."""

    model: CrossEncoder
    weight: float

    def __call__(self, weighed: Weighed) -> Weighed:
        """Return a weighing with its best units read again, and sorted by what both say of them.

        No unit comes in that the search did not find, and no heading, since none is weighed. A question with
        what led to it is read whole: the model was taught some such (of 59 it had not seen the right sentence
        came first for .729, for .678 by the ranker alone).
        """
        near = [unit for unit in weighed.units[:READ] if unit.score >= weighed.units[0].score - WITHIN]
        relevance = relevance_of(weighed, near, self.model)
        return rescored(weighed, blended(weighed.scores, relevance, self.weight), relevance)


def relevance_of(weighed: Weighed, units: Sequence[WeighedUnit], model: CrossEncoder) -> NDArray[np.float32]:
    """Return float32, shape (rows,): the model's raw output for some units; NaN for the other rows."""
    found = np.full(len(weighed.scores), np.nan, dtype=np.float32)
    read = model.scores(weighed.signals.text, [in_context(unit) for unit in units])
    found[[unit.row for unit in units]] = read
    return found


def to_read(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return the rows that are read of all, best first: those nearly as good as the best."""
    best = np.argsort(-scores, kind="stable")[:READ].astype(np.int64)
    return best[scores[best] >= scores[best[:1]] - WITHIN]


def blended(
    scores: NDArray[np.float32], relevance: NDArray[np.float32], weight: float
) -> NDArray[np.float32]:
    """Return the scores of rows with what the second reading adds; `relevance` is NaN where it read none.

    It counts against the mean of what was read: so the rows read stay, as a whole, where they were among the
    rest, and a score is still log-odds on the ranker's scale.
    """
    read = ~np.isnan(relevance)
    found = scores.copy()
    if read.any():
        found[read] += np.float32(weight) * (relevance[read] - relevance[read].mean())
    return found


@cache
def load_weight() -> float:
    """Return what a point of the shipped model's raw output counts, from the ranking's file of numbers."""
    values = json.loads(files("qa_service.answering").joinpath("ranker.json").read_text(encoding="utf-8"))
    return float(values["second_reading"])


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """Gives the best units the order of a model of the operator's own, whose outputs nobody calibrated."""

    model: CrossEncoder

    def __call__(self, weighed: Weighed) -> Weighed:
        """Return a weighing with its best units in the model's order; ties and the rest stay as they were.

        Only the order is the model's. The scores of these units are the ranker's own, dealt out anew: the
        highest goes to the unit that is now first, and so on. So a score is still log-odds on the ranker's
        scale, and what reads scores keeps its meaning: the margins between units, and the calibration of
        refusal, which reads the scores of all rows whichever unit has them.
        """
        best, rest = weighed.units[:RERANKED], weighed.units[RERANKED:]
        relevance = self.model.scores(weighed.signals.text, [_below_header(each) for each in best])
        order = np.argsort(-relevance, kind="stable")
        scores = weighed.scores.copy()
        units = []
        for place, at in zip(best, order, strict=True):
            units.append(replace(best[at], score=place.score))
            scores[best[at].row] = weighed.scores[place.row]
        # Units of equal scores are in the order given here, which no sorting by score would bring back.
        return replace(weighed, units=(*units, *rest), scores=scores)


def _below_header(unit: WeighedUnit) -> str:
    """Return a unit's words below its passage's header, as the encoder reads passages.

    A model of the operator's own was never taught what stands before the mark of `in_context`.
    """
    return f"{unit.passage.header}\n{unit.text}"
