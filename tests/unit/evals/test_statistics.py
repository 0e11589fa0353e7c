import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evals.statistics import (
    cluster_interval,
    difference_interval,
    fewest_changes,
    holm,
    paired_randomisation,
    smallest_detectable,
    statistic_interval,
)

SHARES = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.sampled_from([0.0, 0.5, 1.0]), min_size=2
)


def means(values: dict[str, float]) -> dict[str, tuple[float, float]]:
    return {topic: (value, 1.0) for topic, value in values.items()}


def flipped(n: int, of: int) -> tuple[dict[str, tuple[float, float]], dict[str, tuple[float, float]]]:
    """Two runs over `of` questions that differ in n of them, all one way."""
    before = {f"q{k}": (0.0, 1.0) for k in range(of)}
    after = {f"q{k}": (float(k < n), 1.0) for k in range(of)}
    return before, after


def test_p_of_six_changes_one_way_is_that_of_the_sign_flips() -> None:
    assert paired_randomisation(*flipped(6, 50)) == pytest.approx(2 / 2**6, abs=0.006)
    assert paired_randomisation(*flipped(4, 50)) == pytest.approx(2 / 2**4, abs=0.012)


def test_six_changes_are_the_fewest_that_can_be_significant() -> None:
    assert fewest_changes(0.05) == 6
    assert paired_randomisation(*flipped(5, 50)) > 0.05


def test_no_difference_has_p_one_and_p_is_never_nought() -> None:
    assert paired_randomisation(*flipped(0, 20)) == 1.0
    assert paired_randomisation(*flipped(100, 100)) == pytest.approx(1 / 10_001)


@settings(max_examples=20, deadline=None)
@given(SHARES, st.randoms(use_true_random=False))
def test_the_test_and_the_interval_do_not_depend_on_the_order_of_questions(
    values: dict[str, float], random: object
) -> None:
    after = {topic: (1.0 - value, 1.0) for topic, value in values.items()}
    keys = list(values)
    random.shuffle(keys)  # type: ignore[attr-defined]
    shuffled = {key: values[key] for key in keys}
    before, again = means(values), means(shuffled)
    assert paired_randomisation(before, after, flips=500) == paired_randomisation(again, after, flips=500)
    assert cluster_interval(before, {}, resamples=200) == cluster_interval(again, {}, resamples=200)


def test_a_pooled_ratio_is_tested_as_a_ratio() -> None:
    before = {f"q{n}": (1.0, 100.0) for n in range(10)} | {"long": (0.0, 10_000.0)}
    after = {f"q{n}": (1.0, 10.0) for n in range(10)} | {"long": (0.0, 10_000.0)}
    by_mean = {topic: (part / whole, 1.0) for topic, (part, whole) in before.items()}
    mean_after = {topic: (part / whole, 1.0) for topic, (part, whole) in after.items()}
    assert paired_randomisation(by_mean, mean_after) < 0.05
    assert paired_randomisation(before, after) < 0.05


def test_unlike_topics_cannot_be_paired() -> None:
    with pytest.raises(ValueError, match="same topics"):
        paired_randomisation({"a": (1.0, 1.0)}, {"b": (1.0, 1.0)})


def test_an_interval_by_paper_is_wider_than_by_question_where_papers_stand_or_fall_together() -> None:
    values = {f"q{n}": (float(n // 10 % 2), 1.0) for n in range(100)}
    by_paper = cluster_interval(values, {topic: str(int(topic[1:]) // 10) for topic in values})
    by_question = cluster_interval(values, {})
    assert by_paper.clusters == 10
    assert by_paper.high - by_paper.low > 2 * (by_question.high - by_question.low)


def test_the_interval_of_a_mean_is_that_of_the_normal_approximation() -> None:
    values = {f"q{n}": (float(n % 5 == 0), 1.0) for n in range(400)}
    found = cluster_interval(values, {})
    half = 1.96 * float(np.sqrt(0.2 * 0.8 / 400))
    assert found.low == pytest.approx(0.2 - half, abs=0.01)
    assert found.high == pytest.approx(0.2 + half, abs=0.01)


def test_one_paper_tells_nothing_of_the_spread_between_papers() -> None:
    found = cluster_interval({"a": (1.0, 1.0), "b": (0.0, 1.0)}, {"a": "p", "b": "p"})
    assert (found.low, found.high, found.clusters) == (0.0, 1.0, 1)


def test_an_interval_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no topic"):
        cluster_interval({}, {})


def test_the_interval_of_a_difference_draws_the_same_papers_for_both() -> None:
    noisy = {f"q{n}": (float(n % 2), 1.0) for n in range(60)}
    better = {topic: (part + 0.1, 1.0) for topic, (part, _) in noisy.items()}
    found = difference_interval(noisy, better, {})
    assert found is not None
    assert [found.low, found.high] == pytest.approx([0.1, 0.1])


def test_holm_worked_by_hand() -> None:
    assert holm({"a": 0.01, "b": 0.04, "c": 0.03}) == pytest.approx({"a": 0.03, "c": 0.06, "b": 0.06})
    assert holm({"a": 0.9, "b": 0.8}) == {"b": 1.0, "a": 1.0}


def test_the_smallest_detectable_difference_shrinks_with_questions_and_is_never_below_six_changes() -> None:
    few = smallest_detectable([0.0, 1.0, -1.0, 0.0] * 5)
    many = smallest_detectable([0.0, 1.0, -1.0, 0.0] * 100)
    assert few is not None
    assert many is not None
    assert few > many
    assert smallest_detectable([0.0] * 60) == pytest.approx(6 / 60)
    assert smallest_detectable([]) is None


def test_a_statistic_that_draws_cannot_give_has_no_interval() -> None:
    topics = [f"q{n}" for n in range(10)]
    assert statistic_interval(topics, {}, lambda _drawn: None, resamples=50) is None
    constant = statistic_interval(topics, {}, lambda drawn: float(len(drawn)), resamples=50)
    assert constant is not None
    assert (constant.low, constant.high) == (10.0, 10.0)
