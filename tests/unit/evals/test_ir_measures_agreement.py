"""Our ranking measures against an independent implementation, on rankings drawn at random."""

from random import Random

import ir_measures
import pytest
from ir_measures import RR, Success, nDCG

from evals.cases import Case
from evals.metrics import ranking
from evals.trec import qrels_lines, run_lines
from tests.unit.evals.papers import ALL, corpus, hits, topic
from tests.unit.evals.papers import REPORT as REPORT_TEXT

TOLERANCE = 1e-6
PASSAGES = [f"p{number}" for number in range(40)]


def drawn(seed: int) -> tuple[list[str], set[str]]:
    random = Random(seed)  # noqa: S311 - draws rankings, no secret
    ranked = random.sample(PASSAGES, random.randint(1, 30))
    return ranked, set(random.sample(PASSAGES, random.randint(1, 12)))


@pytest.mark.parametrize("seed", range(25))
def test_pure_measures_agree_with_ir_measures(seed: int) -> None:
    ranked, relevant = drawn(seed)
    run = [ir_measures.ScoredDoc("t", id_, float(len(ranked) - rank)) for rank, id_ in enumerate(ranked)]
    qrels = [ir_measures.Qrel("t", id_, 1) for id_ in relevant]
    theirs = ir_measures.calc_aggregate([nDCG @ 10, RR @ 10, Success @ 5], qrels, run)
    assert ranking.ndcg(ranked, relevant) == pytest.approx(theirs[nDCG @ 10], abs=TOLERANCE)
    assert ranking.reciprocal_rank(ranked, relevant) == pytest.approx(theirs[RR @ 10], abs=TOLERANCE)
    assert ranking.hit_at(ranked, relevant, 5) == pytest.approx(theirs[Success @ 5], abs=TOLERANCE)


def cases() -> list[Case]:
    """Every question with passages of two papers in an order of its own, some of them tied."""
    papers = corpus()
    lines = [
        ("minutes.pdf", line) for line in papers.of_file("minutes.pdf").text.splitlines() if len(line) > 30
    ]
    lines += [("report.pdf", line) for line in REPORT_TEXT.splitlines() if len(line) > 30]
    found = []
    for number, question in enumerate(ALL):
        ordered = Random(number).sample(lines, len(lines))  # noqa: S311 - as above
        tied = tuple(hit.model_copy(update={"score": 0.5}) for hit in hits(papers, *ordered))
        found.append(Case(topic(question, papers), papers, None, hits=tied))
    return found


def test_exported_files_give_the_same_figures_elsewhere_ties_and_unanswerables_included() -> None:
    ours = cases()
    run = list(ir_measures.read_trec_run("\n".join(run_lines(ours))))  # type: ignore[no-untyped-call]
    qrels = list(ir_measures.read_trec_qrels("\n".join(qrels_lines(ours))))  # type: ignore[no-untyped-call]
    theirs = {metric.query_id: metric.value for metric in ir_measures.iter_calc([nDCG @ 10], qrels, run)}
    scored = {case.qid: ranking.ndcg_10(case).value for case in ours}
    expected = {qid: value for qid, value in scored.items() if value is not None}
    assert theirs == pytest.approx(expected, abs=TOLERANCE)
    assert len(expected) == 3


def test_exported_scores_fall_strictly_with_the_rank() -> None:
    lines = [line.split() for line in run_lines(cases()) if line.startswith("charges ")]
    scores = [float(fields[4]) for fields in lines]
    assert [int(fields[3]) for fields in lines] == list(range(1, len(lines) + 1))
    assert scores == sorted(set(scores), reverse=True)


def test_an_unanswerable_question_is_in_neither_file() -> None:
    both = [*run_lines(cases()), *qrels_lines(cases())]
    assert not [line for line in both if line.startswith(("payer ", "wrong "))]
