"""Every measure by name: what it is called in a report, which way is better, what an error counts as."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.cases import Case
from evals.metrics import answers, attribution, citations, facts, gates, ranking, refusal
from evals.metrics.refusal import Confident
from evals.metrics.sources import Level
from evals.results import Label, Score, inapplicable


class Group(StrEnum):
    """Where a measure stands in a report."""

    GATE = "Exact gates"
    ANSWER = "Answers"
    CITATION = "Citations"
    REFUSAL = "Refusal"
    ATTRIBUTION = "Attribution and time"
    RETRIEVAL = "Retrieval"
    TEXT = "Generated text"


@dataclass(frozen=True, slots=True)
class Measure:
    """One number a question. `pooled`: the run's figure is sum(part) / sum(whole), not a mean of shares.

    An error takes the worst value wherever the gold says that the measure applies: 0, or 1 where lower is
    better. A gate other than `replied` has nothing to look at then, and `replied` misses.
    """

    name: str
    title: str
    group: Group
    of: Callable[[Case], Score]
    lower_is_better: bool = False
    pooled: bool = False
    unbounded: bool = False

    @property
    def is_gate(self) -> bool:
        """Whether it must hold on every question."""
        return self.group is Group.GATE

    def score(self, case: Case) -> Score:
        """Return the score of a case, an error at its worst."""
        if case.error is None or self.is_gate:
            return self.of(case)
        if self.unbounded:
            return inapplicable("error")
        score = self.of(case)
        if score.value is None:
            return score
        worst = 1.0 if self.lower_is_better else 0.0
        part = None if score.whole is None else worst * score.whole
        return Score(worst, f"error: {case.error}", (), part, score.whole, (Label.ERROR,))


def _gates() -> list[Measure]:
    named = {
        "replied": ("A reply that keeps the contract", gates.replied),
        "confidence_valid": ("Confidence is a share", gates.confidence_valid),
        "quote_exact": ("Quote equals the stored text", gates.quote_exact),
        "quote_strict": ("Quote equals it character for character, hash too", gates.quote_strict),
        "span_contiguous": ("No stitched quote", gates.span_contiguous),
        "source_resolves": ("Cited paper is in the index, same bytes", gates.source_resolves),
        "statement_cited": ("Every statement cited, no number leads nowhere", gates.statement_cited),
        "page_consistent": ("Quote stands on the page shown", gates.page_consistent),
        "metadata_consistent": (
            "Council, body, date, kind shown are the stored ones",
            gates.metadata_consistent,
        ),
        "scope_respected": ("Nothing cited outside what was asked for", gates.scope_respected),
        "template_only": ("Words outside quotes come from templates", gates.template_only),
        "deterministic": ("Asked twice, same reply", gates.deterministic),
        "min_evidence": ("Quote of five words, or a table row with header", gates.min_evidence),
    }
    return [Measure(name, title, Group.GATE, of) for name, (title, of) in named.items()]


_ANSWERS = [
    Measure("fully_correct", "Fully correct, or rightly refused", Group.ANSWER, answers.fully_correct),
    Measure(
        "harmful", "Wrong source given as an answer", Group.ANSWER, answers.harmful, lower_is_better=True
    ),
    Measure("answer_in_quote", "Gold answer stands in a quote", Group.ANSWER, answers.answer_in_quote),
    Measure("conditions_quoted", "All conditions cited", Group.ANSWER, answers.conditions_quoted),
    Measure("conflict_shown", "Both sides of a conflict shown as one", Group.ANSWER, answers.conflict_shown),
]

_CITATIONS = [
    Measure("evidence_cited", "Gold evidence cited", Group.CITATION, citations.recall),
    Measure(
        "evidence_cited_pooled",
        "Gold evidence cited, all pieces pooled",
        Group.CITATION,
        citations.recall,
        pooled=True,
    ),
    Measure("first_citation_right", "First citation right", Group.CITATION, citations.first_right),
    Measure("best_sentence_gold", "Best cited sentence is gold", Group.CITATION, citations.best_sentence),
    Measure("citation_precision", "Citations that are right", Group.CITATION, citations.precision),
    Measure(
        "citation_precision_answered",
        "Citations that are right, of answers given",
        Group.CITATION,
        citations.precision_of_answers,
    ),
    Measure(
        "gold_characters_cited",
        "Gold characters cited",
        Group.CITATION,
        citations.characters_recall,
        pooled=True,
    ),
    Measure(
        "cited_characters_gold",
        "Cited characters that are gold",
        Group.CITATION,
        citations.characters_precision,
        pooled=True,
    ),
    Measure("page_precision", "Citations on a page with gold", Group.CITATION, citations.page_precision),
    Measure("page_recall", "Evidence whose page is cited", Group.CITATION, citations.page_recall),
    Measure(
        "document_precision", "Citations from a paper with gold", Group.CITATION, citations.document_precision
    ),
    Measure("document_recall", "Evidence whose paper is cited", Group.CITATION, citations.document_recall),
    Measure(
        "right_source_when_wrong",
        "Wrong citations that have the right paper",
        Group.CITATION,
        citations.right_source_when_wrong,
        pooled=True,
    ),
    Measure(
        "quote_characters",
        "Characters quoted in an answer",
        Group.CITATION,
        citations.quote_characters,
        lower_is_better=True,
        unbounded=True,
    ),
    Measure(
        "citations_shown",
        "Citations in an answer",
        Group.CITATION,
        citations.citations_shown,
        lower_is_better=True,
        unbounded=True,
    ),
]

_REFUSAL = [
    Measure("refused_unanswerable", "Unanswerable refused", Group.REFUSAL, refusal.refused_unanswerable),
    Measure(
        "refused_answerable",
        "Answerable refused",
        Group.REFUSAL,
        refusal.refused_answerable,
        lower_is_better=True,
    ),
]

_ATTRIBUTION = [
    Measure(
        "wrong_attribution",
        "Wrong council, body, meeting or standing",
        Group.ATTRIBUTION,
        attribution.wrong_attribution,
        lower_is_better=True,
    ),
    Measure(
        "wrong_council",
        "Cites another council",
        Group.ATTRIBUTION,
        attribution.wrong_council,
        lower_is_better=True,
    ),
    Measure(
        "wrong_body",
        "Cites another committee",
        Group.ATTRIBUTION,
        attribution.wrong_body,
        lower_is_better=True,
    ),
    Measure(
        "wrong_meeting",
        "Cites another meeting",
        Group.ATTRIBUTION,
        attribution.wrong_meeting,
        lower_is_better=True,
    ),
    Measure("standing_right", "Standing right", Group.ATTRIBUTION, answers.standing_right),
    Measure(
        "false_resolution",
        "Given as resolved and was not",
        Group.ATTRIBUTION,
        answers.false_resolution,
        lower_is_better=True,
    ),
    Measure(
        "forbidden_cited",
        "Cites what is superseded or otherwise forbidden",
        Group.ATTRIBUTION,
        attribution.forbidden_cited,
        lower_is_better=True,
    ),
    Measure("dates_shown", "Date shown with every dated paper", Group.ATTRIBUTION, attribution.dates_shown),
]


def _retrieval() -> list[Measure]:
    found = [
        Measure(f"hit@{cutoff}", f"Some evidence in the first {cutoff}", Group.RETRIEVAL, ranking.hit(cutoff))
        for cutoff in (1, 5, 10, 20)
    ]
    found += [
        Measure("evidence@5", "Evidence in the first 5", Group.RETRIEVAL, ranking.evidence_recall(5)),
        Measure("ndcg@10", "nDCG of the first 10", Group.RETRIEVAL, ranking.ndcg_10),
        Measure("mrr@10", "Reciprocal rank, first 10", Group.RETRIEVAL, ranking.mrr_10),
        Measure(
            "evidence_read", "Evidence in the first 5,000 characters", Group.RETRIEVAL, ranking.evidence_read
        ),
        Measure(
            "passage_characters",
            "Characters of a passage, first 5",
            Group.RETRIEVAL,
            ranking.passage_characters,
            lower_is_better=True,
            unbounded=True,
        ),
        Measure("judged@5", "First 5 judged by gold or a person", Group.RETRIEVAL, ranking.judged_at(5)),
    ]
    for level in (Level.COUNCIL, Level.MEETING, Level.DOCUMENT):
        for cutoff in (1, 5):
            name, title = f"wrong_{level}@{cutoff}", f"Passages from a wrong {level}, first {cutoff}"
            of = ranking.wrong_source(level, cutoff)
            found.append(Measure(name, title, Group.RETRIEVAL, of, lower_is_better=True))
    return found


_TEXT = [
    Measure(
        "statements_backed", "Statements with a citation that resolves", Group.TEXT, answers.statements_backed
    ),
    Measure(
        "invalid_citations",
        "Citation numbers that lead nowhere",
        Group.TEXT,
        answers.invalid_citations,
        lower_is_better=True,
    ),
    Measure("quotes_match", "Words in quote marks stand in what is cited", Group.TEXT, facts.quotes_match),
    Measure("facts_match", "Numbers, dates and names stand in what is cited", Group.TEXT, facts.facts_match),
    Measure(
        "flips", "A negation or a modal that the source lacks", Group.TEXT, facts.flips, lower_is_better=True
    ),
]

MEASURES: tuple[Measure, ...] = (
    *_gates(),
    *_ANSWERS,
    *_CITATIONS,
    *_REFUSAL,
    *_ATTRIBUTION,
    *_retrieval(),
    *_TEXT,
)
BY_NAME = {measure.name: measure for measure in MEASURES}
HEADLINE = (
    "fully_correct",
    "harmful",
    "evidence_cited",
    "first_citation_right",
    "best_sentence_gold",
    "citation_precision",
    "cited_characters_gold",
    "refused_unanswerable",
    "refused_answerable",
    "wrong_attribution",
    "standing_right",
    "hit@5",
    "ndcg@10",
    "evidence_read",
    "wrong_meeting@1",
)


@dataclass(frozen=True, slots=True)
class SetMeasure:
    """One number a run, from the confidence of every reply; None where it cannot be computed."""

    name: str
    title: str
    of: Callable[[Sequence[Confident]], float | None]
    lower_is_better: bool = False


def _held_out_refused(rows: Sequence[Confident]) -> float | None:
    found = refusal.refused_held_out(rows)
    return found.refused_unanswerable if found else None


def _held_out_kept(rows: Sequence[Confident]) -> float | None:
    found = refusal.refused_held_out(rows)
    return found.kept_answerable if found else None


SET_MEASURES: tuple[SetMeasure, ...] = (
    SetMeasure("auroc", "Confidence tells answerable from not (AUROC)", refusal.auroc),
    SetMeasure(
        "refused_at_90_kept", "Unanswerable refused with 90 % of answerable kept", refusal.refused_keeping
    ),
    SetMeasure(
        "refused_at_90_held_out", "The same, threshold from the other half of the papers", _held_out_refused
    ),
    SetMeasure("kept_at_90_held_out", "Answerable kept at that threshold", _held_out_kept),
    SetMeasure(
        "risk_coverage_area", "Area under risk and coverage", refusal.risk_coverage_area, lower_is_better=True
    ),
    SetMeasure(
        "coverage_at_90",
        "Answerable at 90 % citation precision",
        lambda rows: refusal.coverage_at(rows, 0.90),
    ),
    SetMeasure(
        "coverage_at_95",
        "Answerable at 95 % citation precision",
        lambda rows: refusal.coverage_at(rows, 0.95),
    ),
)
