"""A second reading of the best sentences by a model that reads them beside the question, where one is set."""

from dataclasses import replace

import numpy as np

from embeddings.cross_encoder import CrossEncoder
from qa_service.answering.weighing import Weighed, WeighedUnit

# So many units are read again: explanations show as many, answers quote far fewer, and each costs a reading.
RERANKED = 20


def reranked(weighed: Weighed, reranker: CrossEncoder) -> Weighed:
    """Return a weighing with its best units in the reranker's order; ties and the rest stay as they were.

    Only the order is the reranker's. The scores of these units are the ranker's own, dealt out anew: the
    highest goes to the unit that is now first, and so on. So a score is still log-odds on the ranker's scale,
    and what reads scores keeps its meaning: the margins between units, and the calibration of refusal, which
    reads the scores of all rows whichever unit has them. No unit comes in that the search did not find, and
    no heading, since none is weighed.
    """
    best, rest = weighed.units[:RERANKED], weighed.units[RERANKED:]
    relevance = reranker.scores(weighed.signals.text, [_read(each) for each in best])
    order = np.argsort(-relevance, kind="stable")
    scores = weighed.scores.copy()
    units = []
    for place, at in zip(best, order, strict=True):
        units.append(replace(best[at], score=place.score))
        scores[best[at].row] = place.score
    # Units of equal scores are in the order given here, which no sorting by score would bring back.
    return replace(weighed, units=(*units, *rest), scores=scores)


def _read(unit: WeighedUnit) -> str:
    """Return what is read of a unit: its words, below its passage's header as the encoder reads passages.

    "RESOLVED: that the report be noted" alone does not say of which report, council or day it speaks.
    """
    return f"{unit.passage.header}\n{unit.text}"
