"""What each leg says counts for what it is worth."""

import pytest

from qa_service.retrieval.fusion import fused


def order(cosine: dict[int, float], bm25: dict[int, float], asked: float) -> list[int]:
    return [id_ for id_, _ in fused(cosine, bm25, asked)]


def test_a_passage_that_holds_all_that_was_asked_beats_a_slightly_better_cosine() -> None:
    assert order({1: 0.50, 2: 0.55}, {1: 12.0}, asked=8.0) == [1, 2]


def test_one_word_of_many_does_not_beat_a_better_cosine_by_being_the_best_there_is() -> None:
    assert order({1: 0.30, 2: 0.55}, {1: 4.0}, asked=40.0) == [2, 1]


def test_a_leg_s_best_is_never_worth_more_than_its_share() -> None:
    [(_, score)] = fused({1: 0.5}, {1: 90.0}, asked=8.0)
    assert score == pytest.approx(0.5 + 0.5)


def test_ties_go_to_the_lower_id_and_an_absent_leg_counts_nothing() -> None:
    assert fused({2: 0.4, 1: 0.4}, {}, asked=0.0) == [(1, 0.4), (2, 0.4)]
    assert fused({}, {}, asked=0.0) == []
