"""Retrieval: is the evidence among the passages found, how early, and from how many wrong sources.

Only questions with evidence are ranked: an unanswerable one has nothing relevant, and a 0 for it would drag
the mean for no fault (ir-measures counts it so). The pure functions agree with ir-measures; a test holds
them together. A passage is relevant if it and a gold span share half of the shorter one.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import log2

from evals.anchoring import Place
from evals.cases import Case, matching
from evals.corpus import span_of
from evals.metrics.sources import Level, is_elsewhere
from evals.replies import Hit
from evals.results import Score, inapplicable, share


def hit_at(ranking: Sequence[str], relevant: AbstractSet[str], cutoff: int) -> float:
    """1 if a relevant passage is among the first `cutoff`, else 0. Raises ValueError if none is relevant.

    Source: "Success" of trec_eval; R@k of design/evaluation.md section 3.
    """
    _some(relevant)
    return float(any(id_ in relevant for id_ in ranking[:cutoff]))


def reciprocal_rank(ranking: Sequence[str], relevant: AbstractSet[str], cutoff: int = 10) -> float:
    """1 / rank of the first relevant passage; 0 if none is among the first `cutoff`.

    Source: Kantor and Voorhees, Information Retrieval 2 (2000). Raises ValueError if none is relevant.
    """
    _some(relevant)
    found = (1 / rank for rank, id_ in enumerate(ranking[:cutoff], start=1) if id_ in relevant)
    return next(found, 0.0)


def ndcg(ranking: Sequence[str], relevant: AbstractSet[str], cutoff: int = 10) -> float:
    """Discounted gain of the first `cutoff` over that of the best possible ranking; gain 1, discount log2.

    Source: Järvelin and Kekäläinen, ACM TOIS 20 (2002), in the form of trec_eval's ndcg_cut. Raises
    ValueError if none is relevant.
    """
    _some(relevant)
    gain = sum(1 / log2(rank + 1) for rank, id_ in enumerate(ranking[:cutoff], start=1) if id_ in relevant)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(len(relevant), cutoff) + 1))
    return gain / best


def groups_at(
    ranking: Sequence[str], covers: Mapping[str, AbstractSet[int]], groups: AbstractSet[int], cutoff: int
) -> float:
    """Share of the evidence groups that the first `cutoff` passages cover. Raises ValueError for no group.

    Source: design/evaluation.md section 2; recall that asks for every piece of evidence, not for one.
    """
    _some(groups)
    found = {group for id_ in ranking[:cutoff] for group in covers.get(id_, ())}
    return len(found & groups) / len(groups)


def _some(relevant: AbstractSet[object]) -> None:
    if not relevant:
        raise ValueError("nothing is relevant to this topic")


def groups_of(case: Case, hit: Hit) -> frozenset[int]:
    """Return the evidence groups that a passage covers; none for a passage outside the stored text."""
    document = case.corpus.get(hit.document.id)
    span = span_of(document, hit.start, hit.end) if document else None
    return frozenset(place.group for place in matching(case.topic.evidence, hit.document.id, span))


def coverage(case: Case) -> dict[str, frozenset[int]]:
    """Return the evidence groups of each relevant passage of the index, by passage id.

    The index is seen through two searches: the one that is scored, and one of the gold's papers alone.
    """
    seen = {hit.passage_id: groups_of(case, hit) for hit in (*(case.hits or ()), *case.pool)}
    return {id_: groups for id_, groups in seen.items() if groups}


def _ranked(case: Case, measure: Callable[[list[str], dict[str, frozenset[int]]], float]) -> Score:
    """Score a ranking, or say why there is none to score."""
    if not case.topic.evidence:
        return inapplicable("no evidence to find")
    if case.hits is None:
        return inapplicable("search was not asked")
    covers = coverage(case)
    if not covers:
        return Score(0.0, f"no passage of the index shows the evidence ({len(case.hits)} found)")
    ranking = [hit.passage_id for hit in case.hits]
    first = next((rank for rank, id_ in enumerate(ranking, start=1) if id_ in covers), None)
    reason = f"first relevant at rank {first}" if first else f"none relevant among {len(ranking)}"
    return Score(measure(ranking, covers), f"{reason}; {len(covers)} relevant passages known")


def hit(cutoff: int) -> Callable[[Case], Score]:
    """Return the measure "some gold evidence among the first `cutoff` passages"."""
    return lambda case: _ranked(case, lambda ranking, covers: hit_at(ranking, covers.keys(), cutoff))


def evidence_recall(cutoff: int) -> Callable[[Case], Score]:
    """Return the measure "share of evidence groups among the first `cutoff` passages"."""
    return lambda case: _ranked(
        case, lambda ranking, covers: groups_at(ranking, covers, frozenset(case.topic.groups), cutoff)
    )


def ndcg_10(case: Case) -> Score:
    """NDCG of the first ten passages."""
    return _ranked(case, lambda ranking, covers: ndcg(ranking, covers.keys()))


def mrr_10(case: Case) -> Score:
    """Reciprocal rank of the first relevant passage among ten."""
    return _ranked(case, lambda ranking, covers: reciprocal_rank(ranking, covers.keys()))


READING_BUDGET = 5_000  # characters: what five passages of 200 word pieces come to


def evidence_read(case: Case) -> Score:
    """Share of the evidence groups in the first 5,000 characters of the passages, read in order.

    Long passages make hit@k easy: a paper in one passage is always relevant somewhere. Here a reader's time
    is what is fixed, and the passage that goes beyond it counts up to there. Source: after the reading
    model of Smucker and Clarke, SIGIR 2012 (time-biased gain).
    """
    if not case.topic.evidence or case.hits is None:
        return inapplicable("no evidence to find" if case.hits is not None else "search was not asked")
    left, covered = READING_BUDGET, set[int]()
    for one in case.hits:
        document = case.corpus.get(one.document.id)
        span = span_of(document, one.start, min(one.end, one.start + left)) if document else None
        covered |= {place.group for place in matching(case.topic.evidence, one.document.id, span)}
        left -= one.end - one.start
        if left <= 0:
            break
    return share(len(covered), len(case.topic.groups), "pieces of evidence within 5,000 characters")


def passage_characters(case: Case) -> Score:
    """Mean length of the first five passages: hit@k of unlike lengths is not comparable."""
    if not case.hits:
        return inapplicable("no passage found" if case.hits is not None else "search was not asked")
    first = case.hits[:5]
    length = sum(one.end - one.start for one in first) / len(first)
    return Score(length, f"{length:.0f} characters on average over {len(first)} passages")


def wrong_source(level: Level, cutoff: int) -> Callable[[Case], Score]:
    """Return the measure "share of the first `cutoff` passages from a wrong council, meeting or paper".

    Source: "Src@k" of design/evaluation.md section 3, after arXiv 2510.06999 (document-level mismatch).
    """

    def measure(case: Case) -> Score:
        if not case.topic.evidence or case.hits is None:
            return inapplicable("no evidence to find" if case.hits is not None else "search was not asked")
        first = case.hits[:cutoff]
        judged = [found for one in first if (found := is_elsewhere(case, one, level)) is not None]
        if not judged:
            return inapplicable(f"the {level} is not known" if first else "no passage found")
        return share(sum(judged), len(judged), f"passages: wrong {level}")

    return measure


def judged_at(cutoff: int) -> Callable[[Case], Score]:
    """Return the measure "share of the first `cutoff` passages that gold or a person says something about".

    Unjudged is not wrong: where this is low, low precision proves little.
    Source: Buckley and Voorhees, SIGIR 2004, on incomplete judgements.
    """

    def measure(case: Case) -> Score:
        if not case.topic.evidence or not case.hits:
            return inapplicable("no evidence to find" if not case.topic.evidence else "no passage found")
        topic = case.topic
        known = (*topic.evidence, *topic.forbidden, *topic.judged_correct, *topic.judged_wrong)
        first = case.hits[:cutoff]
        judged = [one for one in first if _touches(case, one, known)]
        return share(len(judged), len(first), "passages judged")

    return measure


def _touches(case: Case, one: Hit, places: Sequence[Place]) -> bool:
    document = case.corpus.get(one.document.id)
    span = span_of(document, one.start, one.end) if document else None
    return bool(matching(places, one.document.id, span))
