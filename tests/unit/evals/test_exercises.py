"""An exercise is what the service would have read of a question; lists can do without that reading."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evals.datasets import Dataset
from evals.everyday import Half, load_everyday
from evals.jsonl import JsonObject
from evals.training.exercises import Exercise, exercises_of
from evals.training.lists import CandidateList, ListKind
from evals.training.tables import tables_of
from qa_service.domain.spans import Span

FERRY, LIBRARY = "wenning--ferry", "wenning--library"
PAPERS: dict[str, list[tuple[str, list[str]]]] = {
    FERRY: [
        (
            "Ferry timetable",
            [
                "The ferry sails at seven in the morning.",
                "The ferry sailed at eight until last year.",
                "Members asked whether the ferry might sail at nine.",
                "RESOLVED: That the ferry timetable be kept for a year.",
                "The ferry was out of use for three weeks in March.",
            ],
        ),
        (
            "Ferry fares",
            [
                "The ferry fares were last raised in 2021.",
                "Adult | £2.10 | £2.40",
                "Child | £1.05 | £1.20",
                "Dogs go free on the ferry.",
                "The officer recommended that the ferry fares be raised in April.",
            ],
        ),
        (
            "Ferry crew",
            [
                "The ferry has a crew of four.",
                "The ferry master, Mr Amos, will retire in June.",
                "The ferry crew asked for two new lifejackets.",
            ],
        ),
    ],
    LIBRARY: [
        (
            "Library hours",
            [
                "The library opens at ten.",
                "The library closes at six on Fridays.",
                "Members asked about the library's hours on Sundays.",
            ],
        ),
        (
            "Library roof",
            [
                "The library roof was mended by Fell and Daughters for £8,450.",
                "The quotation of Marl Roofers for the library roof was £9,100.",
                "The library roof had let in water since January.",
            ],
        ),
    ],
}
ASKED: list[tuple[str, str, list[tuple[int, int]], str]] = [
    ("When does the ferry sail?", FERRY, [(0, 0)], "when"),
    ("What was decided about the ferry timetable?", FERRY, [(0, 3)], "decided"),
    ("What does a child pay on the ferry?", FERRY, [(1, 2)], "how_much"),
    ("What was said of the ferry's crew?", FERRY, [(2, 0), (2, 1), (2, 2)], "list"),
    ("When did the library roof begin to leak?", LIBRARY, [(1, 2)], "when"),
    ("Who mended the library roof?", LIBRARY, [(1, 0)], "who"),
    ("At what time does the library open?", LIBRARY, [(0, 0)], "when"),
    ("How much will a season ticket for the ferry cost?", FERRY, [], "how_much"),
    ("Who mended the library clock?", LIBRARY, [], "who"),
]
# What stands above a table is read as a sentence.
HEADINGS = {heading for passages in PAPERS.values() for heading, _ in passages} - {"Ferry fares"}
UNANSWERABLE = [question for question, _, places, _ in ASKED if not places]


def _documents() -> Iterator[JsonObject]:
    for document, passages in PAPERS.items():
        told = [{"heading": heading, "sentences": sentences} for heading, sentences in passages]
        yield {"document": document, "title": "Minutes of the Wenning Panel", "passages": told}


def _questions() -> Iterator[JsonObject]:
    for number, (question, document, answers, kind) in enumerate(ASKED):
        asked = {"question": question, "document": document, "answers": answers, "kind": kind}
        yield {"id": f"wenning-{number:02}", "style": "plain"} | asked


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("wenning")
    for name, rows in (("documents", _documents()), ("train", _questions())):
        lines = [json.dumps(row) + "\n" for row in rows]
        (folder / f"{name}.jsonl").write_text("".join(lines), encoding="utf-8")
    return load_everyday(Half.TRAIN, folder)


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory, give_weights: Callable[[Path], None]) -> Path:
    """Return a work folder whose models are exported."""
    folder = tmp_path_factory.mktemp("work")
    give_weights(folder / "encoder")
    return folder


@pytest.fixture(scope="module")
def exercises(dataset: Dataset, work: Path) -> list[Exercise]:
    return exercises_of(dataset, work, lambda _: None)


def right(of: Exercise) -> set[str]:
    """Return the sentences of an exercise that answer, without the header above them."""
    return {
        text.rpartition("» ")[2].strip("| ") for text, gold in zip(of.texts, of.gold, strict=True) if gold
    }


def test_every_question_has_its_own_and_the_gold_is_the_sentence_that_answers(
    exercises: list[Exercise],
) -> None:
    answered = {each.question: right(each) for each in exercises if each.gold.any()}
    assert answered.keys() == {question for question, _, places, _ in ASKED if places}
    for question, document, places, _ in ASKED:
        told = {PAPERS[document][at][1][number] for at, number in places}
        assert answered.get(question, set()) <= told


def test_at_most_six_sentences_are_learnt_from_two_of_them_right_and_likeliest_first(
    exercises: list[Exercise],
) -> None:
    for each in exercises:
        assert len(each.texts) == len(each.scores) == len(each.gold) <= 6
        assert each.scores.tolist() == sorted(each.scores, reverse=True)
        assert each.scores.dtype == np.float32
    answerable = [each for each in exercises if each.gold.any()]
    assert {len(each.texts) for each in answerable} == {6}
    assert {int(each.gold.sum()) for each in answerable} == {1, 2}  # of the three of a list the likeliest two


def test_no_heading_is_learnt_from_and_texts_are_as_the_service_reads_them(
    exercises: list[Exercise],
) -> None:
    for each in exercises:
        for text in each.texts:
            above, _, sentence = text.rpartition("» ")
            assert "Wenning" in above.partition("\n")[0]
            assert sentence not in HEADINGS


def test_a_row_of_a_table_is_learnt_from_alone(exercises: list[Exercise]) -> None:
    [fares] = [each for each in exercises if "child" in each.question and each.gold.any()]
    assert right(fares) == {"Child | £1.05 | £1.20"}


def test_where_nothing_answers_four_sentences_are_learnt_from(exercises: list[Exercise]) -> None:
    without = [each for each in exercises if not each.gold.any()]
    assert {len(each.texts) for each in without} == {4}
    assert {each.question for each in without} >= set(UNANSWERABLE)


def test_a_question_is_also_learnt_from_without_its_answer(exercises: list[Exercise]) -> None:
    twice = [each for each in exercises if not each.gold.any() and each.question not in UNANSWERABLE]
    assert twice
    answers = {each.question: right(each) for each in exercises if each.gold.any()}
    for each in twice:
        kept = {text.rpartition("» ")[2].strip("| ") for text in each.texts}
        assert kept & answers[each.question] == set()


def test_a_question_whose_answer_the_search_does_not_find_is_left_out(
    dataset: Dataset, work: Path, exercises: list[Exercise]
) -> None:
    once = {each.question for each in exercises if each.gold.any()}
    once -= {each.question for each in exercises if not each.gold.any()}
    question = next(each for each in dataset.questions if each.question in once)
    [gold] = question.evidence
    [text] = [source.text for source in dataset.sources if source.file_name == gold.file and source.text]
    heading = next(each for each in sorted(HEADINGS) if each in text)
    at = text.index(heading)
    # No heading is weighed, so no search finds it.
    unfound = replace(gold, quote=heading, span=Span(at, at + len(heading)))
    asked = replace(dataset, questions=(replace(question, evidence=(unfound,)),))
    assert exercises_of(asked, work, lambda _: None) == []


@pytest.fixture(scope="module")
def unread(dataset: Dataset, work: Path) -> list[CandidateList]:
    return tables_of(dataset, work, sentences=True, say=lambda _: None, read=False)


def test_lists_without_the_second_reading_have_none_and_are_kept_apart(
    dataset: Dataset, work: Path, unread: list[CandidateList]
) -> None:
    [kept] = (work / "tables").iterdir()
    read = tables_of(dataset, work, sentences=True, say=lambda _: None)
    assert len(list((work / "tables").iterdir())) == 2
    assert kept.is_file()
    assert all(np.isnan(each.relevance).all() for each in unread)
    for one, other in zip(unread, read, strict=True):
        assert 0 < np.isfinite(other.relevance).sum() <= 9
        assert (one.qid, one.kind) == (other.qid, other.kind)
        assert np.array_equal(one.values, other.values)
        assert np.array_equal(one.gold, other.gold)


def test_lists_come_from_the_cache_where_nothing_changed(
    dataset: Dataset, work: Path, unread: list[CandidateList]
) -> None:
    said: list[str] = []
    again = tables_of(dataset, work, sentences=True, say=said.append, read=False)
    assert said == []
    assert [each.qid for each in again] == [each.qid for each in unread]
    assert {each.kind for each in again} >= {
        ListKind.ANSWERABLE,
        ListKind.UNANSWERABLE,
        ListKind.SENTENCE_GONE,
    }
