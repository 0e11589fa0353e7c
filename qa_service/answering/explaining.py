"""Remembers what each stage of answering had and did, and explains a reply by it.

Whatever is shown here was found by searches limited to what the asker may see, and is cited by the same rule.
"""

from dataclasses import dataclass, field, replace

from qa_service.answering.citations import cite
from qa_service.answering.ranker import BENDS, Ranker
from qa_service.answering.refusal import least_confidence
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.explanations import (
    Attempt,
    Explanation,
    Feature,
    FoundPassage,
    Route,
    SearchMade,
    Stage,
    WeighedSentence,
)
from qa_service.retrieval.hybrid import Candidate
from qa_service.store.database import Connection

# Sentences shown of each search: what ranks lower is never near an answer.
_SENTENCES = 20
# What is no feature of the ranker: what a score gained by the reranker's order, and by the answer before.
RERANKER = "reranker"
AFTERWARDS = "added_afterwards"
_ROUNDING = 1e-3


@dataclass(slots=True)
class Trace:
    """What happened on the way to one reply: searches and routes in order, and the stage that decided.

    `notes` are what routes have to say of how they understood the question.
    """

    searches: list[tuple[str, Filters, Weighed]] = field(default_factory=list)
    tried: list[Attempt] = field(default_factory=list)
    stage: Stage = Stage.ANSWERED
    notes: list[str] = field(default_factory=list)

    def searched(self, words: str, filters: Filters, weighed: Weighed) -> None:
        """Remember a search."""
        self.searches.append((words, filters, weighed))

    def read(self, again: Weighed) -> None:
        """Remember what a second reading made of a search, or of a part of what it found."""
        self.searches = [
            (words, filters, _reread(whole, again) if whole.table is again.table else whole)
            for words, filters, whole in self.searches
        ]

    def known(self, words: str, filters: Filters) -> Weighed | None:
        """Return what the same search brought before; None where it was not made."""
        return next((weighed for *asked, weighed in self.searches if asked == [words, filters]), None)

    def attempted(self, route: Route, drafts: int) -> None:
        """Remember that a route was tried, and how many statements it drafted."""
        self.tried.append(Attempt(route, drafts))


def _reread(whole: Weighed, part: Weighed) -> Weighed:
    # The part's units come first: of equal scores a model of the operator's own may have turned the order.
    told = {unit.row for unit in part.units}
    units = (*part.units, *(unit for unit in whole.units if unit.row not in told))
    ordered = tuple(sorted(units, key=lambda unit: -unit.score))
    return replace(whole, units=ordered, scores=part.scores, relevance=part.relevance)


def stage_of(weighed: Weighed, confidence: float, *, drafted: bool, limited: bool) -> Stage:
    """Return the stage that refused a question of which passages were searched.

    `drafted`: whether a route drafted statements; `limited`: whether filters were in force.
    """
    if not weighed.units:
        return Stage.SCOPE_EMPTIED if limited else Stage.NOTHING_RETRIEVED
    if not drafted or confidence >= least_confidence():
        return Stage.NO_CLAUSE
    # The ranker's log-odds below nought: the best sentence by itself is no answer, before any calibration.
    return Stage.RANKED_TOO_LOW if weighed.units[0].score < 0 else Stage.CALIBRATION


def explained(reader: Connection, trace: Trace, ranker: Ranker, allowed: frozenset[Access]) -> Explanation:
    """Return the explanation of what a trace remembers."""
    searches = [
        SearchMade(
            words,
            filters,
            tuple(_passage(reader, each, allowed) for each in _candidates(weighed)),
            tuple(_sentence(reader, each, weighed, ranker, allowed) for each in weighed.units[:_SENTENCES]),
        )
        for words, filters, weighed in trace.searches
    ]
    return Explanation(trace.stage, tuple(trace.tried), least_confidence(), tuple(searches))


def _candidates(weighed: Weighed) -> list[Candidate]:
    """Return the passages of which a sentence was weighed, best first as the search ranked them."""
    found = {unit.passage.row: unit.candidate for unit in weighed.units}
    return sorted(found.values(), key=lambda candidate: -candidate.score)


def _passage(reader: Connection, candidate: Candidate, allowed: frozenset[Access]) -> FoundPassage:
    passage = candidate.passage
    return FoundPassage(
        cite(reader, passage.document_id, passage.span, allowed),
        passage.id,
        passage.header,
        candidate.cosine,
        candidate.bm25,
        candidate.score,
    )


def _sentence(
    reader: Connection, unit: WeighedUnit, weighed: Weighed, ranker: Ranker, allowed: frozenset[Access]
) -> WeighedSentence:
    features = [
        Feature(name, added if name == BENDS else float(weighed.table.column(name)[unit.row]), added)
        for name, added in ranker.parts(weighed.table, unit.row).items()
        if added
    ]
    weighed_at = float(weighed.scores[unit.row])
    by_order = weighed_at - ranker.bias - sum(each.added for each in features)
    later = {RERANKER: by_order, AFTERWARDS: unit.score - weighed_at}
    features += [Feature(name, added, added) for name, added in later.items() if abs(added) > _ROUNDING]
    features.sort(key=lambda each: -abs(each.added))
    citation = cite(reader, unit.passage.document_id, unit.unit.spans[0], allowed)
    return WeighedSentence(citation, unit.score, tuple(features))
