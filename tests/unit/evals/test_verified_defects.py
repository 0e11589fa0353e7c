"""Each defect verified in another tool (shared/design/evaluation.md, section 1.3), as a test of ours."""

from dataclasses import replace
from math import isnan
from pathlib import Path

import pytest

from evals.cases import Case
from evals.jsonl import rows
from evals.metrics import answers, citations, facts, gates, ranking
from evals.questions import Question
from evals.replies import Hit, hits_of
from evals.results import Label
from evals.runs import read_summary
from evals.scoring import score_run
from evals.trec import qrels_lines
from tests.unit.evals.papers import (
    ALL,
    CHARGES,
    PAYER,
    answered,
    citation,
    corpus,
    hits,
    refused,
    replied,
    reply_with,
    topic,
)
from tests.unit.evals.running import ScriptedSystem, figures, ran

RIGHT = ("minutes.pdf", "RESOLVED: that the charges stay as they are until April 2025.")
OTHER = ("other.pdf", "The Panel agreed that parking charges rise by five pence at once.")


def said(text: str) -> Case:
    return replied(CHARGES, reply_with(citation(corpus(), *RIGHT), text=text))


def test_ragas_an_apostrophe_is_no_quote_mark() -> None:
    assert facts.quoted_spans("the Committee doesn't accept that it's too costly") == []
    assert facts.quoted_spans("the Committee doesn't like the members' plan") == []


def test_ragas_curly_quotes_are_seen() -> None:
    assert facts.quotes_match(said("It said \u201cthat the charges go up\u201d.")).value == 0.0


def test_ragas_a_quote_stitched_over_two_passages_does_not_score() -> None:
    stitched = "charges had not changed since 2019. RESOLVED: that forty cycle stands be bought"
    raw = citation(corpus(), *RIGHT) | {"quote": stitched}
    case = replied(CHARGES, reply_with(raw))
    assert gates.span_contiguous(case).value == 0.0
    assert citations.precision(case).value == 0.0


def test_ragas_the_source_that_was_cited_is_checked_and_not_any_source() -> None:
    raw = citation(corpus(), *RIGHT) | {"quote": OTHER[1]}
    assert gates.quote_exact(replied(CHARGES, reply_with(raw))).labels == (Label.MISATTRIBUTED,)


@pytest.mark.parametrize("question", ALL)
def test_ragas_a_refusal_never_scores_nan(question: Question) -> None:
    case = refused(question)
    values = [
        measure(case).value for measure in (answers.fully_correct, citations.precision, citations.recall)
    ]
    assert not any(isnan(value) for value in values if value is not None)
    assert answers.fully_correct(case).value in {0.0, 1.0}


def test_deepeval_an_answer_without_claims_or_citations_does_not_pass_by_default() -> None:
    case = replied(CHARGES, reply_with())
    assert citations.precision(case).value == 0.0
    assert answers.fully_correct(case).value == 0.0
    assert gates.statement_cited(case).value == 0.0


def test_deepeval_an_unrelated_answer_scores_nought() -> None:
    case = answered(CHARGES, ("minutes.pdf", "The following members were present: Alder, Birch, Cedar."))
    assert [
        measure(case).value for measure in (citations.precision, citations.recall, answers.fully_correct)
    ] == [0.0] * 3


def test_deepeval_scores_do_not_drift_with_the_order_of_questions(tmp_path: Path) -> None:
    one = figures(ran(tmp_path / "one", questions=ALL))
    two = figures(ran(tmp_path / "two", questions=ALL[::-1]))
    assert one == two


def test_deepeval_a_run_read_back_has_lost_no_score(tmp_path: Path) -> None:
    folder = ran(tmp_path / "run")
    before = figures(folder)
    (folder / "scores.jsonl").unlink()
    score_run(folder)
    assert figures(folder) == before
    assert {len(of_question) for of_question in before.values()} == {len(before["charges"])}


def test_open_rag_eval_an_invented_id_counts_against_the_answer() -> None:
    invented = citation(corpus(), *RIGHT, number=2)
    invented["document"]["id"] = "d-invented"
    case = replied(CHARGES, reply_with(citation(corpus(), *RIGHT), invented))
    assert citations.precision(case).value == 0.5
    assert answers.invalid_citations(case).value == 0.5
    assert answers.fully_correct(case).value == 0.0


def test_open_rag_eval_a_failed_call_is_not_a_neutral_half(tmp_path: Path) -> None:
    folder = ran(tmp_path / "run", ScriptedSystem(corpus(), fails=["charges"]))
    values = figures(folder)["charges"]
    assert 0.5 not in values.values()
    assert values["evidence_cited"] == 0.0
    assert read_summary(folder)[0]["evidence_cited"].n == 3


def rechunked(*found: tuple[str, str], ids: tuple[str, ...]) -> Case:
    papers = corpus()
    return Case(topic(CHARGES, papers), papers, None, hits=hits(papers, *found, ids=ids))


def test_haystack_another_splitter_leaves_the_reciprocal_rank_as_it_was() -> None:
    wide = ("minutes.pdf", f"charges had not changed since 2019.\n{RIGHT[1]}")
    first = rechunked(OTHER, RIGHT, ids=("1", "2"))
    second = rechunked(OTHER, wide, ids=("passage-77", "passage-78"))
    assert ranking.mrr_10(first).value == ranking.mrr_10(second).value == 0.5


def test_haystack_recall_is_not_of_a_single_hit() -> None:
    assert ranking.groups_at(["a"], {"a": {0}}, {0, 1, 2, 3}, 10) == 0.25


def test_llamaindex_gold_is_not_tied_to_one_chunking() -> None:
    halves = (RIGHT[1][:31], RIGHT[1][31:])
    split = rechunked(*[("minutes.pdf", half) for half in halves], ids=("a", "b"))
    whole = rechunked(RIGHT, ids=("n",))
    assert ranking.hit(1)(split).value == ranking.hit(1)(whole).value == 1.0


def test_llamaindex_the_answer_standing_somewhere_is_not_enough() -> None:
    question = replace(CHARGES, answers=("until April 2025",))
    case = answered(question, ("report.pdf", "that the charges rise by ten pence from April 2024"))
    assert answers.answer_in_quote(case).value == 0.0


def test_pytrec_eval_a_question_without_relevant_passages_spoils_no_other() -> None:
    papers = corpus()
    found = hits(papers, RIGHT)
    alone = [Case(topic(CHARGES, papers), papers, None, hits=found)]
    beside = [Case(topic(PAYER, papers), papers, None, hits=found), *alone]
    assert list(qrels_lines(alone)) == list(qrels_lines(beside))
    assert ranking.ndcg_10(beside[1]).value == ranking.ndcg_10(alone[0]).value == 1.0


def test_pytrec_eval_the_same_call_twice_gives_the_same() -> None:
    case = rechunked(OTHER, RIGHT, ids=("1", "2"))
    assert [ranking.ndcg_10(case), ranking.mrr_10(case)] == [ranking.ndcg_10(case), ranking.mrr_10(case)]


def test_ir_measures_an_unanswerable_question_is_not_a_nought_in_the_mean(tmp_path: Path) -> None:
    summary = read_summary(ran(tmp_path / "run"))[0]["ndcg@10"]
    assert (summary.n, summary.mean) == (3, 1.0)
    assert summary.left_out == {"no evidence to find": 2}


def test_ir_measures_ties_are_ranked_as_given_and_not_by_id() -> None:
    def tied(order: tuple[str, ...]) -> tuple[Hit, ...]:
        found = [one.model_dump() | {"score": 0.03} for one in hits(corpus(), RIGHT, OTHER, ids=order)]
        return hits_of({"hits": found})

    papers = corpus()
    for ids in (("z", "a"), ("a", "z")):
        assert ranking.mrr_10(Case(topic(CHARGES, papers), papers, None, hits=tied(ids))).value == 1.0


def test_rai_toolkit_one_good_citation_hides_no_invented_number() -> None:
    case = replied(CHARGES, reply_with(citation(corpus(), *RIGHT), numbers=[1, 7]))
    assert gates.statement_cited(case).labels == (Label.UNRESOLVED,)
    assert answers.invalid_citations(case).value == 0.5


def test_attributed_qa_a_pointer_that_does_not_resolve_scores_nought_and_is_not_discarded() -> None:
    lost = citation(corpus(), *RIGHT) | {"start": 9_000, "end": 9_060}
    case = replied(CHARGES, reply_with(lost))
    assert (citations.precision(case).value, citations.recall(case).value) == (0.0, 0.0)


def test_citation_gate_a_quote_of_one_word_does_not_pass() -> None:
    assert gates.min_evidence(answered(CHARGES, ("minutes.pdf", "RESOLVED"))).labels == (Label.TOO_SHORT,)


def test_citation_gate_another_script_does_not_collapse_to_nothing() -> None:
    words = "Penderfynwyd bod y ffioedd yn aros fel y maent tan fis Ebrill."
    raw = citation(corpus(), "welsh.pdf", words) | {"quote": words.replace("aros", "codi")}
    assert gates.quote_exact(replied(CHARGES, reply_with(raw))).value == 0.0


def test_crosssource_a_claim_of_punctuation_alone_earns_nothing() -> None:
    raw = citation(corpus(), *RIGHT) | {"quote": "...", "start": 60, "end": 61}
    assert citations.precision(replied(CHARGES, reply_with(raw))).value == 0.0


def test_haiku_rag_a_question_without_gold_is_left_out_by_every_measure_alike() -> None:
    case = answered(PAYER, RIGHT)
    measures = (citations.precision, citations.recall, citations.page_precision, citations.document_recall)
    assert {measure(case).value for measure in measures} == {None}


def test_no_row_is_dropped_between_question_and_score(tmp_path: Path) -> None:
    folder = ran(tmp_path / "run", ScriptedSystem(corpus(), fails=["wrong"]))
    scored = {row["qid"] for row in rows(folder / "scores.jsonl")}
    assert scored == {question.qid for question in ALL}
