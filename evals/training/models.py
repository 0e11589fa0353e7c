"""The models (sentences, second reading, passages, refusal): fitted together, judged by cross-validation."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.everyday import COMMITTEES, FOLDER, REPORT_PACKS, Half
from evals.jsonl import JsonObject
from evals.real_papers import REAL, TAUGHT_PLACES
from evals.training.bending import fit_sentences
from evals.training.lists import CandidateList, ListKind
from evals.training.listwise import Lists, Matrix, fit
from evals.training.refusing import calibrating_power, fit_logistic, kept_threshold
from evals.training.second_reading import fit_weight, neither_way, read_again
from evals.training.sets import WHOLE
from qa_service.answering.doubt import DOUBT_NAMES, HELD_BY, SAID_BY, doubts
from qa_service.answering.ranker import PASSAGE_NAMES, Sentences, in_order, passage_table
from qa_service.answering.refusal import Chance

FOLDS = 5
_RIDGE = 3.0
_DOUBT_RIDGE = 3.0
_NOT_HELD = frozenset({ListKind.PAGE_HELD_OUT, ListKind.OTHER_DOCUMENT, ListKind.UNANSWERABLE})
_NOT_SAID = frozenset({ListKind.SENTENCE_GONE, ListKind.SWAPPED, ListKind.UNANSWERABLE})
# A set counts as the root of its size times this: many questions of one kind must not drown the others.
_WORTH = 20.0
# What the papers' structure is worth where few questions tell: set by hand, in log-odds, and only drawn to.
# None changes its sign: a recommendation never comes to speak for a decision because few questions hint so.
_DRAWN_TO = {
    "boilerplate": -6.0,
    "furniture": -1.0,
    "roll_unasked": -1.0,
    "sought_kind": 2.0,
    "recommended_not_resolved": -3.0,
    "listed_not_resolved": -3.0,
    "is_lead_in": -1.0,
}
KEPT = 0.9
# Share of the answerable questions on council papers that must be answered: a refusal of what is there is as
# bad as an invention, and other reasons (a name that no paper holds) refuse some too.
_KEPT_OF_OWN = 0.97
# What is less sure is refused whatever that share. A floor of .1 refused 21 questions on real papers
# and the seeds that were answered before it: three of those answers had been right.
_LEAST_SURE = 0.05
OWN_PAPERS = "own papers"
_COLLECTIONS = tuple(of.name for of in (FOLDER, COMMITTEES, REPORT_PACKS))
_REAL = tuple(f"{REAL}-taught-{place}" for place in TAUGHT_PLACES)
OWN = frozenset(
    {
        "sample_questions",
        "minimal_pairs",
        *_COLLECTIONS,
        *(f"{name}-{Half.DEV}" for name in _COLLECTIONS),
        *_REAL,
    }
)


@dataclass(frozen=True, slots=True)
class Models:
    """Numbers as the service reads them."""

    bias: float
    sentences: Sentences
    second_reading: float
    passages: dict[str, float]
    held: Chance
    said: Chance
    unread: float

    def least(self, rows: Sequence["Row"]) -> float:
        """Return the confidence from which on to answer: what keeps nearly all of our own answerables."""
        own = [row.confidence for row in rows if row.set in OWN and row.kind is ListKind.ANSWERABLE]
        return max(_LEAST_SURE, kept_threshold(np.array(own), _KEPT_OF_OWN)) if own else 0.5


@dataclass(frozen=True, slots=True)
class Row:
    """What models that never saw a list's document say of it. None: gold does not tell.

    `confidence` is the product of both chances, not raised to a power yet.
    """

    set: str
    kind: ListKind
    confidence: float
    sentence_right: bool | None
    by_cosine: bool | None
    passage_rank: int | None
    fused_rank: int | None


@dataclass(frozen=True, slots=True)
class Kept:
    """What is not fitted anew: what sentences say, weights of passages, the chance that something is held."""

    sentences: Sentences | None = None
    passages: Mapping[str, float] | None = None
    held: Chance | None = None


def fitted(lists: Sequence[CandidateList], kept: Kept = Kept()) -> Models:
    """Return the models fitted on these lists, in whatever order they come, but for what is kept."""
    lists = sorted(lists, key=lambda each: (each.set, each.qid, each.kind))
    worth = _worth(lists)
    asked = [at for at, each in enumerate(lists) if each.kind is ListKind.ANSWERABLE]
    sentences = kept.sentences or fit_sentences(
        _lists(lists, asked, worth, [each.values for each in lists], "gold"), _DRAWN_TO
    )
    scores = [sentences.scores(each.values) for each in lists]
    again = fit_weight(lists, asked, worth, scores)
    read = [read_again(each, of, again) for each, of in zip(lists, scores, strict=True)]
    scores = [after for after, _ in read]
    bias = _bias([(lists[at], scores[at]) for at in asked if lists[at].gold.any()])
    scores = [each + np.float32(bias) for each in scores]
    passages = kept.passages or dict(
        zip(PASSAGE_NAMES, map(float, _fit_passages(lists, asked, worth, scores)), strict=True)
    )
    unread = neither_way(lists, [float(told[int(np.argmax(after))]) for after, told in read])
    doubted = [
        doubts(each.table, after, told, unread)
        for each, after, (_, told) in zip(lists, scores, read, strict=True)
    ]
    return Models(
        bias,
        sentences,
        again,
        dict(passages),
        kept.held or _fit_chance(lists, worth, doubted, HELD_BY, _NOT_HELD),
        _fit_chance(lists, worth, doubted, SAID_BY, _NOT_SAID),
        unread,
    )


def cross_validated(lists: Sequence[CandidateList]) -> list[Row]:
    """Return a row for each list, judged by models fitted on other documents."""
    fold = [int(hashlib.sha256(each.cluster.encode()).hexdigest(), 16) % FOLDS for each in lists]
    found: list[Row] = []
    for held_out in range(FOLDS):
        models = fitted([each for each, of in zip(lists, fold, strict=True) if of != held_out])
        found += [_row(models, each) for each, of in zip(lists, fold, strict=True) if of == held_out]
    return found


def power_of(rows: Iterable[Row]) -> float:
    """Return the power to which confidence says how often a reply to a question of ours is right.

    Of all sets alike: the answerable are right where the best sentence is, the others never. 1.0 without any.
    """
    own = [row for row in rows if row.set in OWN and row.kind in {ListKind.ANSWERABLE, ListKind.UNANSWERABLE}]
    if not own:
        return 1.0
    sizes = Counter(row.set for row in own)
    return calibrating_power(
        np.array([row.confidence for row in own]),
        np.array([bool(row.sentence_right) for row in own]),
        np.array([1 / sizes[row.set] for row in own]),
    )


def report_of(rows: Iterable[Row]) -> JsonObject:
    """Return the shares right by set: sentences, passages, and refusals while KEPT of the answerable stay."""
    by_set: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_set[row.set].append(row)
    return {name: _set_report(by_set[name]) for name in sorted(by_set)}


def _set_report(rows: Sequence[Row]) -> JsonObject:
    told = [row for row in rows if row.sentence_right is not None]
    placed = [row for row in rows if row.passage_rank is not None]
    answerable = np.array([row.confidence for row in rows if row.kind is ListKind.ANSWERABLE])
    found: JsonObject = {"questions": len(answerable)}
    if told:
        found["sentence_right"] = _share(row.sentence_right for row in told)
        found["sentence_right_by_cosine"] = _share(row.by_cosine for row in told)
    if placed:
        for cutoff in (1, 5):
            found[f"passage_in_{cutoff}"] = _share((row.passage_rank or 0) <= cutoff for row in placed)
            found[f"passage_in_{cutoff}_as_retrieved"] = _share(
                (row.fused_rank or 0) <= cutoff for row in placed
            )
    if len(answerable):
        least = kept_threshold(answerable, KEPT)
        for kind in sorted({row.kind for row in rows} - {ListKind.ANSWERABLE}):
            found[f"refused, {kind.value}"] = _share(
                row.confidence < least for row in rows if row.kind is kind
            )
    return found


def _share(values: Iterable[bool | None]) -> float:
    return round(float(np.mean([bool(value) for value in values])), 3)


def _worth(lists: Sequence[CandidateList]) -> list[float]:
    sizes: defaultdict[tuple[str, ListKind], int] = defaultdict(int)
    for each in lists:
        sizes[each.set, each.kind] += 1
    return [_WORTH / float(np.sqrt(sizes[each.set, each.kind])) for each in lists]


def _lists(
    lists: Sequence[CandidateList],
    among: Sequence[int],
    worth: Sequence[float],
    tables: Sequence[NDArray[np.float32]],
    right: str,
) -> Lists:
    kept = [at for at in among if lists[at].set not in WHOLE] if right == "gold" else list(among)
    return Lists.of(
        [tables[at].astype(np.float64) for at in kept],
        [getattr(lists[at], right) for at in kept],
        [worth[at] for at in kept],
    )


def _fit_passages(
    lists: Sequence[CandidateList],
    asked: Sequence[int],
    worth: Sequence[float],
    scores: Sequence[NDArray[np.float32]],
) -> Matrix:
    tables, right = [], []
    for at in asked:
        candidates, values = passage_table(lists[at].table, scores[at])
        gold = set(lists[at].passages[lists[at].gold_passage].tolist())
        tables.append(values.astype(np.float64))
        right.append(np.array([candidate in gold for candidate in candidates], dtype=np.bool_))
    return fit(Lists.of(tables, right, [worth[at] for at in asked]), _RIDGE)


def _fit_chance(
    lists: Sequence[CandidateList],
    worth: Sequence[float],
    doubted: Sequence[NDArray[np.float32]],
    names: Sequence[str],
    unless: frozenset[ListKind],
) -> Chance:
    """Return the chance that a list is answerable and not of the kinds `unless`, told by these doubts."""
    kept = [at for at, each in enumerate(lists) if each.kind in unless | {ListKind.ANSWERABLE}]
    columns = [DOUBT_NAMES.index(name) for name in names]
    values = np.array([doubted[at][columns] for at in kept], np.float64)
    right = np.array([lists[at].kind is ListKind.ANSWERABLE for at in kept])
    weight = np.array([worth[at] for at in kept])
    # As many answerable as unanswerable: a half means that either is as likely.
    weight[right] *= weight[~right].sum() / weight[right].sum()
    of_set = np.array([OWN_PAPERS if lists[at].set in OWN else lists[at].set for at in kept])
    level = _levels(values, right, of_set)
    _, weights = fit_logistic(values - level, right, weight, _DOUBT_RIDGE)
    own = of_set == OWN_PAPERS if (of_set == OWN_PAPERS).any() else np.ones(len(kept), dtype=np.bool_)
    return Chance(-float(level[own][0] @ weights), dict(zip(names, map(float, weights), strict=True)))


def _levels(values: Matrix, right: NDArray[np.bool_], of_set: NDArray[np.str_]) -> Matrix:
    """Return for each row what lies midway between its set's answerable and unanswerable lists.

    Sets differ more in how long and how worded their questions are than in what is missing: without this a
    weight would tell sets apart and not answers.
    """
    found = np.zeros_like(values)
    for name in np.unique(of_set):
        rows = of_set == name
        sides = [values[rows & side].mean(axis=0) for side in (right, ~right) if (rows & side).any()]
        found[rows] = np.mean(sides, axis=0)
    return found


def _bias(of: Sequence[tuple[CandidateList, NDArray[np.float32]]]) -> float:
    """Return what makes the mean of 1 / (1 + exp(-score)) over the best units the share that is right."""
    best = np.array([scores.max() for _, scores in of], dtype=np.float64)
    right = float(np.mean([each.gold[int(np.argmax(scores))] for each, scores in of]))
    low, high = -100.0, 100.0
    for _ in range(60):
        middle = (low + high) / 2
        if float(np.mean(1 / (1 + np.exp(-(best + middle))))) < right:
            low = middle
        else:
            high = middle
    return low


def _row(models: Models, of: CandidateList) -> Row:
    table = of.table
    plain = models.sentences.scores(of.values) + np.float32(models.bias)
    scores, relevance = read_again(of, plain, models.second_reading)
    doubted = doubts(table, scores, relevance, models.unread)
    told = of.kind is ListKind.ANSWERABLE and bool(of.gold.any()) and of.set not in WHOLE
    cosine = table.column("unit_cosine")
    ranks = _passage_ranks(models, of, scores) if of.kind is ListKind.ANSWERABLE else None
    return Row(
        of.set,
        of.kind,
        models.held.of(doubted) * models.said.of(doubted),
        bool(of.gold[int(np.argmax(scores))]) if told else None,
        bool(of.gold[int(np.argmax(cosine))]) if told else None,
        ranks[0] if ranks else None,
        ranks[1] if ranks else None,
    )


def _passage_ranks(models: Models, of: CandidateList, scores: NDArray[np.float32]) -> tuple[int, int] | None:
    """Return the ranks, from 1, of the first right passage as the model ranks and as retrieval did."""
    gold = set(of.passages[of.gold_passage].tolist())
    if not gold:
        return None
    candidates, values = passage_table(of.table, scores)
    found = values @ in_order(models.passages, PASSAGE_NAMES)
    order = [candidates[at] for at in np.argsort(-found, kind="stable")]
    return min(order.index(each) for each in gold) + 1, min(candidates.index(each) for each in gold) + 1
