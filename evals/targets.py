"""The targets that the answers must reach on the development sets, beside the naive baseline.

Source: the table of issue 5; baselines from design/evaluation.md section 3.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from evals.jsonl import JsonObject

SEEDS, CONDITIONAL, MEETINGS, ADVERSARIAL = "seeds-dev", "conditionalqa_dev", "qmsum_committee", "squad2_dev"
REFUSED_AT_90 = "refused_at_90_kept"
# The baselines' passages had at most 200 word pieces, about 900 characters; a whole paper in one passage
# would reach any target for finding passages.
LONGEST_PASSAGE = 1_500
_OF_PASSAGES = frozenset({"hit@5", "ndcg@10", "wrong_meeting@1"})


@dataclass(frozen=True, slots=True)
class Target:
    """One figure to reach: at least `value`, or at most where `at_most`. `kind`: of that kind only."""

    set: str
    measure: str
    title: str
    naive: str
    value: float
    at_most: bool = False
    kind: str | None = None


TARGETS = (
    Target(SEEDS, "evidence_cited", "share of gold evidence cited", "0.56 (3 passages), 0.67 (5)", 0.92),
    Target(SEEDS, "first_citation_right", "first citation right", "0.45", 0.88),
    Target(SEEDS, "cited_characters_gold", "cited characters that are gold", "0.03", 0.55),
    Target(SEEDS, "refused_unanswerable", "unanswerable and wrong council refused", "0.00", 0.90),
    Target(SEEDS, "refused_answerable", "answerable refused", "0.00", 0.05, at_most=True),
    Target(
        SEEDS,
        "wrong_attribution",
        "wrong standing, council, body or meeting",
        "not measured",
        0.0,
        at_most=True,
    ),
    Target(CONDITIONAL, "ndcg@10", "nDCG@10", "0.772", 0.86),
    Target(CONDITIONAL, "hit@5", "hit@5", "0.908", 0.95),
    Target(CONDITIONAL, "best_sentence_gold", "best cited sentence is gold", "0.343", 0.60),
    Target(
        CONDITIONAL,
        REFUSED_AT_90,
        "page held out, refused at 90 % kept",
        "0.53",
        0.80,
        kind="page_not_in_corpus",
    ),
    Target(MEETINGS, "hit@5", "hit@5, unscoped", "0.677", 0.80),
    Target(MEETINGS, "wrong_meeting@1", "wrong meeting at rank 1", "0.293", 0.15, at_most=True),
    Target(ADVERSARIAL, "best_sentence_gold", "best sentence right", "0.657", 0.80),
    Target(
        ADVERSARIAL,
        REFUSED_AT_90,
        "adversarial, refused at 90 % kept",
        "0.18",
        0.50,
        kind="adversarial_in_document",
    ),
)


@dataclass(frozen=True, slots=True)
class Reached:
    """A target and where a run stands. `value` None: not measured, and `note` says why."""

    target: Target
    value: float | None
    low: float | None
    high: float | None
    n: int
    note: str

    @property
    def met(self) -> bool | None:
        """Whether the target is reached; None where it was not measured."""
        if self.value is None:
            return None
        return self.value <= self.target.value if self.target.at_most else self.value >= self.target.value


def reached(name: str, summary: JsonObject) -> Iterator[Reached]:
    """Yield the targets of a set with the figures of a summary; none for a set without targets."""
    for target in TARGETS:
        if target.set != name:
            continue
        measures = summary["measures"] if target.kind is None else summary["by_kind"].get(target.kind, {})
        one = measures.get(target.measure)
        length = summary["measures"].get("passage_characters", {}).get("mean")
        if target.measure in _OF_PASSAGES and length is not None and length > LONGEST_PASSAGE:
            note = f"not comparable: passages of {length:.0f} characters, the baseline's had about 900"
            yield Reached(target, None, None, None, 0, f"{note}; {one['mean']:.3f}" if one else note)
        elif one is None:
            yield Reached(target, None, None, None, 0, "not measured: no such question in the run")
        else:
            yield Reached(target, one["mean"], one["low"], one["high"], one["n"], one["reason"])
