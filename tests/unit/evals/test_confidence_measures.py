from dataclasses import replace

import pytest

from evals.metrics import refusal
from evals.metrics.refusal import Confident, confidences
from tests.unit.evals.papers import CHARGES, PAYER, answered, failed, refused

RIGHT = ("minutes.pdf", "RESOLVED: that the charges stay as they are until April 2025.")


def rows(*values: tuple[float, bool], cluster: str = "") -> list[Confident]:
    return [
        Confident(f"q{n}", confidence, answerable, cluster or f"paper {n}", 0.0 if answerable else 1.0)
        for n, (confidence, answerable) in enumerate(values)
    ]


def test_auroc_of_a_perfect_an_opposite_and_a_blind_confidence() -> None:
    assert refusal.auroc(rows((0.9, True), (0.8, True), (0.2, False))) == 1.0
    assert refusal.auroc(rows((0.1, True), (0.8, False))) == 0.0
    assert refusal.auroc(rows((0.5, True), (0.5, False), (0.5, False))) == 0.5


def test_auroc_worked_by_hand() -> None:
    found = refusal.auroc(rows((0.9, True), (0.4, True), (0.6, False), (0.3, False)))
    assert found == pytest.approx(3 / 4)


def test_auroc_needs_both_kinds() -> None:
    assert refusal.auroc(rows((0.9, True))) is None


def test_the_threshold_keeps_nine_of_ten_answerable_questions() -> None:
    answerable = [(n / 10, True) for n in range(1, 11)]
    mixed = rows(*answerable, (0.15, False), (0.1, False), (0.5, False))
    assert refusal.threshold_keeping(mixed) == pytest.approx(0.2)
    assert refusal.refused_keeping(mixed) == pytest.approx(2 / 3)


def test_nothing_is_refused_by_a_confidence_that_is_always_the_same() -> None:
    assert refusal.refused_keeping(rows((0.5, True), (0.5, True), (0.5, False))) == 0.0


def test_the_halves_share_no_paper() -> None:
    many = [replace(row, cluster=f"paper {n // 3}") for n, row in enumerate(rows(*[(0.5, True)] * 60))]
    first, second = refusal.halves(many)
    assert first
    assert second
    assert not {row.cluster for row in first} & {row.cluster for row in second}


def test_the_split_of_the_gold_is_used_where_it_names_two() -> None:
    given = [replace(row, split="dev" if n < 2 else "test") for n, row in enumerate(rows(*[(0.5, True)] * 5))]
    first, second = refusal.halves(given)
    assert (len(first), len(second)) == (2, 3)


def test_a_threshold_is_judged_on_the_half_that_it_was_not_fixed_on() -> None:
    dev = [(0.9, True)] * 10 + [(0.1, False)] * 10
    test = [(0.2, True)] * 10 + [(0.8, False)] * 10
    given = [replace(row, split="dev" if n < 20 else "test") for n, row in enumerate(rows(*dev, *test))]
    found = refusal.refused_held_out(given)
    assert found is not None
    assert found.refused_unanswerable == pytest.approx(20 / 20)
    assert found.kept_answerable == pytest.approx(10 / 20)


def test_risk_and_coverage_worked_by_hand() -> None:
    given = [
        replace(row, loss=loss) for row, loss in zip(rows((0.9, True), (0.5, True)), (0.0, 1.0), strict=True)
    ]
    assert refusal.risk_coverage_area(given) == pytest.approx((0 + 0.5) / 2)
    assert refusal.coverage_at(given, 0.9) == 0.5
    assert refusal.coverage_at(given, 0.5) == 1.0


def test_ties_are_taken_or_left_together() -> None:
    given = [
        replace(row, loss=loss) for row, loss in zip(rows((0.9, True), (0.9, True)), (0.0, 1.0), strict=True)
    ]
    assert refusal.coverage_at(given, 0.9) == 0.0


def test_one_reply_without_confidence_means_not_measured_and_never_nought() -> None:
    with_one = answered(CHARGES, RIGHT)
    assert with_one.reply is not None
    without = replace(with_one, reply=with_one.reply.model_copy(update={"confidence": None}))
    found, why_not = confidences([without, refused(PAYER)])
    assert found == []
    assert why_not == "not measured: 1 of 2 replies carry no confidence"


def test_an_error_counts_as_the_worst_confidence() -> None:
    found, _ = confidences([failed(CHARGES), failed(PAYER)])
    assert [(row.answerable, row.confidence, row.loss) for row in found] == [
        (True, 0.0, 1.0),
        (False, 1.0, 1.0),
    ]
