"""Merges what the two legs found."""

from collections.abc import Callable, Mapping

# Merges cosines and BM25 scores by id; the third is what the question's words weigh. Best first.
Fuse = Callable[[Mapping[int, float], Mapping[int, float], float], list[tuple[int, float]]]

# Cosine and relative BM25 are added, since ranks throw away BM25's confident first place: +.02 to +.07 MRR
# over reciprocal rank fusion with k = 60; weights .3 to .8 lie within .01 of each other
# (shared/design/performance.md, section 2).
LEXICAL_WEIGHT = 0.5


def fused(cosine: Mapping[int, float], bm25: Mapping[int, float], asked: float) -> list[tuple[int, float]]:
    """Return (id, cosine + 0.5 * BM25 / most), best first, ties by id; an id that a leg lacks gets 0 of it.

    `most` is the best BM25, or `asked`, the weight of the question's words (`LexicalIndex.weight`), where
    that is more: of a question in everyday words no passage holds more than a word or two, and the best of
    them must not be worth as much as a passage that says all that was asked.
    """
    most = max([asked, *bm25.values()]) or 1.0
    scores = {
        id_: cosine.get(id_, 0.0) + LEXICAL_WEIGHT * bm25.get(id_, 0.0) / most for id_ in {*cosine, *bm25}
    }
    return sorted(scores.items(), key=lambda scored: (-scored[1], scored[0]))
