from collections.abc import Callable
from dataclasses import replace
from math import log2

import pytest

from evals.cases import Case
from evals.metrics import ranking
from evals.metrics.sources import Level
from evals.questions import Question, Quoted
from tests.unit.evals.papers import CHARGES, PAYER, STANDS, corpus, document, failed, hits, topic

RIGHT = ("minutes.pdf", "RESOLVED: that the charges stay as they are until April 2025.")
STANDS_BOUGHT = ("minutes.pdf", "RESOLVED: that forty cycle stands be bought for £12,500")
AUDIT = ("minutes.pdf", "subject to a safety audit.\nThe following")
REPORT = ("report.pdf", "2.1 Officers recommend that the charges rise by ten pence from April 2024.")
OTHER = ("other.pdf", "The Panel agreed that parking charges rise by five pence at once.")


def searched(question: Question, *found: tuple[str, str], pool: tuple[tuple[str, str], ...] = ()) -> Case:
    papers = corpus()
    return Case(
        topic(question, papers),
        papers,
        None,
        hits=hits(papers, *found),
        pool=hits(papers, *pool),
    )


def test_reciprocal_rank_is_that_of_the_first_relevant() -> None:
    assert ranking.reciprocal_rank(["a", "b", "c"], {"b", "c"}) == 0.5
    assert ranking.reciprocal_rank(["a", "b"], {"b"}, cutoff=1) == 0.0


def test_ndcg_of_a_ranking_worked_by_hand() -> None:
    found = ranking.ndcg(["x", "a", "y", "b"], {"a", "b", "c"})
    ideal = 1 + 1 / log2(3) + 1 / 2
    assert found == pytest.approx((1 / log2(3) + 1 / log2(5)) / ideal)


def test_the_best_ranking_scores_one_even_with_more_relevant_than_ranks() -> None:
    assert ranking.ndcg(list("abc"), set("abcdefghijklmn"), cutoff=3) == 1.0


def test_recall_asks_for_every_group_and_a_single_hit_is_not_enough() -> None:
    covers = {"a": {0}, "b": {1}}
    assert ranking.groups_at(["a", "x"], covers, {0, 1}, 2) == 0.5
    assert ranking.hit_at(["a", "x"], covers.keys(), 2) == 1.0


@pytest.mark.parametrize("measure", [ranking.reciprocal_rank, ranking.ndcg])
def test_a_topic_without_anything_relevant_is_refused_not_scored_zero(
    measure: Callable[[list[str], set[str]], float],
) -> None:
    with pytest.raises(ValueError, match="nothing is relevant"):
        measure(["a"], set())


def test_a_passage_is_relevant_by_the_characters_it_shares_with_gold() -> None:
    case = searched(STANDS, REPORT, STANDS_BOUGHT, AUDIT)
    assert ranking.hit(1)(case).value == 0.0
    assert ranking.hit(5)(case).value == 1.0
    assert ranking.mrr_10(case).value == 0.5
    assert ranking.evidence_recall(5)(case).value == 1.0
    assert ranking.evidence_recall(5)(searched(STANDS, STANDS_BOUGHT)).value == 0.5


def test_the_pool_tells_how_much_there_was_to_find() -> None:
    alone = searched(STANDS, STANDS_BOUGHT)
    pooled = searched(STANDS, STANDS_BOUGHT, pool=(STANDS_BOUGHT, AUDIT))
    assert ranking.ndcg_10(alone).value == 1.0
    assert ranking.ndcg_10(pooled).value == pytest.approx(1 / (1 + 1 / log2(3)))


def test_evidence_that_no_passage_shows_is_missed_not_left_out() -> None:
    assert ranking.ndcg_10(searched(CHARGES, OTHER)).value == 0.0


def test_an_unanswerable_question_is_not_ranked() -> None:
    score = ranking.ndcg_10(searched(PAYER, OTHER))
    assert (score.value, score.reason) == (None, "no evidence to find")


def test_a_question_that_was_not_searched_is_not_ranked() -> None:
    assert ranking.ndcg_10(failed(CHARGES)).reason == "search was not asked"


def test_wrong_sources_are_counted_at_each_level() -> None:
    case = searched(CHARGES, OTHER, REPORT, RIGHT)
    assert ranking.wrong_source(Level.COUNCIL, 1)(case).value == 1.0
    assert ranking.wrong_source(Level.COUNCIL, 5)(case).value == pytest.approx(1 / 3)
    assert ranking.wrong_source(Level.DOCUMENT, 5)(case).value == pytest.approx(2 / 3)


def test_no_passage_is_no_wrong_source_and_is_left_out() -> None:
    score = ranking.wrong_source(Level.DOCUMENT, 5)(searched(CHARGES))
    assert (score.value, score.reason) == (None, "no passage found")


def test_forbidden_and_gold_places_count_as_judged() -> None:
    assert ranking.judged_at(5)(searched(CHARGES, RIGHT, REPORT, OTHER)).value == pytest.approx(2 / 3)


def test_a_long_passage_counts_as_far_as_a_reader_gets() -> None:
    long = document("long.pdf", "Words about nothing. " * 300 + "RESOLVED: that the bridge be closed.\n")
    papers = corpus(long)
    asked = replace(CHARGES, evidence=(Quoted("long.pdf", "RESOLVED: that the bridge be closed."),))
    whole = Case(topic(asked, papers), papers, None, hits=hits(papers, ("long.pdf", long.text)))
    short = Case(topic(asked, papers), papers, None, hits=hits(papers, ("long.pdf", long.text[-60:])))
    assert ranking.hit(1)(whole).value == 1.0
    assert ranking.evidence_read(whole).value == 0.0
    assert ranking.evidence_read(short).value == 1.0
    assert ranking.passage_characters(whole).value == len(long.text)
