"""Fitting finds what is there, holds to what it is given, and never depends on chance."""

import gzip
import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evals.everyday import REPORT_PACKS, Half, as_asked
from evals.training.lists import CandidateList, ListKind, exchanged, restored, saved
from evals.training.listwise import Lists, fit
from evals.training.models import OWN, Row, fitted, power_of
from evals.training.ranking import _about, taught_gold, untaught_gold
from evals.training.refusing import calibrating_power, fit_logistic, kept_threshold
from evals.training.sets import TrainingSet, load_training
from qa_service.answering.features import NAMES
from tests.unit.evals.training_lists import made_lists

SHARED = Path(__file__).parents[4] / "shared"


def choices(weights: list[float], count: int = 400) -> Lists:
    """Lists of four rows of which the best under `weights`, with some noise, is the right one."""
    chance = np.random.default_rng(7)
    tables = [chance.normal(size=(4, len(weights))) for _ in range(count)]
    right = []
    for table in tables:
        scores = table @ np.array(weights) + chance.gumbel(size=4)
        right.append(scores == scores.max())
    return Lists.of(tables, right, [1.0] * count)


def test_weights_that_made_the_choices_are_found_again() -> None:
    assert fit(choices([2.0, 0.0, -1.0], 3000), 1.0) == pytest.approx([2.0, 0.0, -1.0], abs=0.15)


def test_the_same_lists_give_the_same_weights() -> None:
    assert fit(choices([1.0, 1.0]), 1.0).tolist() == fit(choices([1.0, 1.0]), 1.0).tolist()


def test_a_column_that_tells_nothing_counts_nothing() -> None:
    lists = choices([1.0, 1.0])
    values = lists.values.copy()
    values[:, 1] = 0.0
    assert fit(Lists(values, lists.right, lists.starts, lists.worth), 3.0)[1] == 0.0


def test_a_heavy_ridge_holds_weights_to_nought() -> None:
    assert fit(choices([3.0, 0.0]), 1e6) == pytest.approx([0.0, 0.0], abs=0.05)


def test_lists_without_a_right_row_or_with_right_rows_alone_teach_nothing() -> None:
    rows = np.eye(2)
    lists = Lists.of(
        [rows, rows, rows],
        [np.array([True, False]), np.array([False, False]), np.array([True, True])],
        [1.0, 1.0, 1.0],
    )
    assert lists.starts.tolist() == [0]


def test_confidence_is_calibrated() -> None:
    chance = np.random.default_rng(11)
    values = chance.normal(size=(4000, 2))
    likely = 1 / (1 + np.exp(-(0.5 + values @ np.array([1.5, -0.5]))))
    right = chance.random(4000) < likely
    bias, weights = fit_logistic(values, right, np.ones(4000), 1.0)
    assert (bias, *weights) == pytest.approx((0.5, 1.5, -0.5), abs=0.15)


def test_a_threshold_keeps_the_share_asked_for() -> None:
    confidence = np.arange(100) / 100
    least = kept_threshold(confidence, 0.95)
    assert float(np.mean(confidence >= least)) == pytest.approx(0.95)


def test_confidence_is_raised_to_the_power_with_which_it_says_how_often_a_reply_is_right() -> None:
    chance = np.random.default_rng(3)
    said = chance.uniform(0.05, 0.95, 20000)
    right = chance.uniform(size=20000) < said**0.6
    worth = np.ones(20000)
    assert calibrating_power(said, right, worth) == pytest.approx(0.6, abs=0.03)
    assert calibrating_power(said, right, np.where(right, worth, 0.0)) < 0.3


def test_only_questions_of_ours_say_what_confidence_means_and_every_set_alike() -> None:
    ours, other = sorted(OWN)[:2], "squadshifts_new_wiki"
    few = [Row(ours[0], ListKind.ANSWERABLE, 0.25, right, None, None, None) for right in (True, False)]
    many = [replace(few[0], set=ours[1])] * 400
    refused = [Row(ours[1], ListKind.UNANSWERABLE, 0.25, None, None, None, None)] * 400
    assert power_of(few) == pytest.approx(0.5, abs=0.02)
    assert power_of([*few, *many, *refused]) == pytest.approx(0.5, abs=0.02)
    assert power_of([*few, *[replace(each, set=other) for each in many]]) == power_of(few)
    assert power_of([replace(each, set=other) for each in many]) == 1.0


def test_lists_come_back_from_arrays_as_they_were() -> None:
    lists = made_lists(3)
    lists[1].relevance[2:] = np.nan  # read no second time
    again = restored(saved(lists))
    assert [(each.qid, each.kind, each.cluster) for each in again] == [
        (each.qid, each.kind, each.cluster) for each in lists
    ]
    assert all(np.array_equal(one.values, two.values) for one, two in zip(lists, again, strict=True))
    assert all(np.array_equal(one.gold, two.gold) for one, two in zip(lists, again, strict=True))
    for one, two in zip(lists, again, strict=True):
        assert np.array_equal(one.relevance, two.relevance, equal_nan=True)
        assert two.relevance.dtype == np.float32


def test_a_model_learns_which_sentence_answers_and_when_none_does() -> None:
    lists = made_lists(60)
    models = fitted(lists)
    right = [each for each in lists if each.kind is ListKind.ANSWERABLE]
    found = [each.gold[int(np.argmax(models.sentences.scores(each.values)))] for each in right]
    assert sum(found) > 0.9 * len(right)
    assert models.passages["best_unit"] > 0
    assert models.said.weights["best_score"] > 0
    # What a few questions cannot tell stays as it was set.
    assert models.sentences.weights["boilerplate"] == pytest.approx(-6.0)


def test_the_order_of_lists_changes_nothing_that_is_written() -> None:
    lists = made_lists(40)
    turned = list(lists)
    random.Random(3).shuffle(turned)  # noqa: S311 - drawn anew alike, no secret
    one, two = fitted(lists), fitted(turned)
    assert one.sentences.weights == pytest.approx(two.sentences.weights, abs=1e-4)
    assert np.allclose(one.sentences.bends.into, two.sentences.bends.into, atol=1e-4)
    assert one.held.weights == pytest.approx(two.held.weights, abs=1e-4)
    assert one.said.weights == pytest.approx(two.said.weights, abs=1e-4)


@pytest.mark.skipif(not SHARED.exists(), reason="../shared is not here: its questions have no papers")
def test_what_the_adapter_says_is_learnt_from_questions_that_it_was_not_taught() -> None:
    taught, untaught = (
        [each for gold in gold_sets for each in gold.questions]
        for gold_sets in (taught_gold(), untaught_gold(SHARED))
    )
    assert len(untaught) > 700
    assert not {each.cluster for each in untaught} & {each.cluster for each in taught}
    own, real = {"everyday-dev", "committees-dev"}, {"real-taught-kent", "real-taught-limerick"}
    assert {each.set for each in untaught} == own | real
    assert own | real <= OWN
    packs = {each.cluster for gold in as_asked(Half.DEV, REPORT_PACKS) for each in gold.questions}
    assert not packs & {each.cluster for each in [*taught, *untaught]}


def test_the_files_of_numbers_say_by_which_command_they_were_made() -> None:
    lists = made_lists(4)
    command = "python -m evals.training.ranking"
    assert _about(lists, {}, [], [])["command"] == command
    assert _about(lists, {}, [], ["--keep-passages"])["command"] == f"{command} --keep-passages"
    told = _about(lists, {}, ["one", "two"], ["--keep-weights"])["command"]
    assert told == f"{command} --leave-out one --leave-out two --keep-weights"


def write_rows(path: Path, rows: list[dict[str, object]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


def _row(at: int) -> dict[str, object]:
    before, answer = f"Mules are grey{at}. ", f"They eat hay{at}."
    return {
        "id": f"q{at}",
        "title": "Mules",
        "question": "What do mules eat?",
        "passage": before + answer,
        "positive_sentences": [[len(before), len(before + answer)]],
        "negatives": ["Mules sleep at night."],
    }


def test_rows_of_one_article_become_one_document_with_gold_where_it_stands(tmp_path: Path) -> None:
    rows = [_row(at) for at in range(3)]
    write_rows(tmp_path / "mules.jsonl.gz", rows)
    dataset = load_training(TrainingSet("mules", 2, 5), tmp_path)
    (source,) = dataset.sources
    assert len(dataset.questions) == 2
    assert source.text is not None
    for question in dataset.questions:
        (place,) = question.evidence
        assert place.span is not None
        assert source.text[place.span.start : place.span.end] == place.quote
        assert place.quote.startswith("They eat hay")
    assert source.text.count("Mules sleep at night.") == 1


def test_a_row_whose_offsets_are_not_those_of_its_text_is_left_out(tmp_path: Path) -> None:
    row: dict[str, object] = {
        "id": "q",
        "title": "T",
        "question": "Who?",
        "passage": "A\u00adb \r\nc.",
        "positive_sentences": [[0, 2]],
    }
    write_rows(tmp_path / "odd.jsonl.gz", [row])
    assert load_training(TrainingSet("odd", 9, 9), tmp_path).questions == ()


def test_an_exchanged_name_is_another_of_the_document_and_never_the_first_word() -> None:
    question, paper = "Did Wrigley pay 40 pounds?", "Wrigley and Aldous paid 40, then 95."
    chance = random.Random(1)  # noqa: S311 - drawn anew alike, no secret
    swapped = {exchanged(question, paper, chance) for _ in range(40)}
    assert swapped == {"Did Aldous pay 40 pounds?", "Did Wrigley pay 95 pounds?"}
    assert exchanged("Who paid for it?", "Wrigley paid 40.", chance) is None


def test_names_of_features_are_kept_with_the_tables() -> None:
    assert saved(made_lists(1))["names"].tolist() == list(NAMES)
    assert {each.kind for each in made_lists(2)} == {ListKind.ANSWERABLE, ListKind.UNANSWERABLE}
    assert isinstance(made_lists(1)[0], CandidateList)


def test_what_hardly_answers_is_refused_however_many_are_to_be_kept() -> None:
    models = fitted(made_lists(40))
    unsure = [
        Row(min(OWN), ListKind.ANSWERABLE, confidence, None, None, None, None)
        for confidence in np.linspace(0.01, 0.9, 60)
    ]
    assert models.least(unsure) == pytest.approx(0.05)
    surer = [Row(min(OWN), ListKind.ANSWERABLE, 0.5, None, None, None, None)] * 60
    assert models.least(surer) == pytest.approx(0.5)
