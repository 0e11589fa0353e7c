"""The packs' questions are whole, their halves share nothing, each is asked of its own council's papers."""

import hashlib
from collections import Counter

import pytest

from evals.everyday import COMMITTEES, REPORT_PACKS, Half, as_asked, load_everyday
from tests.unit.evals.own_collections import (
    KINDS,
    answered_twice,
    collection,
    council,
    councils,
    gold,
    misplaced_others,
    misquoted,
    misstyled,
    repeated,
)

OURS = collection(REPORT_PACKS)


@pytest.mark.parametrize("half", Half)
def test_every_answer_is_the_sentence_that_the_row_names(half: Half) -> None:
    assert misquoted(OURS, half) == []


def test_lay_is_measured() -> None:
    assert misstyled(OURS) == []


def test_a_council_is_tried_on_by_the_digest_of_its_name() -> None:
    for half in Half:
        names = councils(list(OURS.asked[half]))
        digests = {int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 3 for name in names}
        assert digests == {half is Half.DEV}
    assert len(councils(OURS.every)) == 14


def test_every_council_has_five_papers_and_ninety_questions_of_which_one_in_five_has_no_answer() -> None:
    assert set(Counter(council(document) for document in OURS.documents).values()) == {5}
    assert set(councils(OURS.every).values()) == {90}
    unanswerable = councils([row for row in OURS.every if not row["answers"]])
    assert min(unanswerable.values()) >= 10
    assert max(unanswerable.values()) <= 20


def test_papers_have_forty_five_to_seventy_five_sentences() -> None:
    sizes = {document: len(OURS.sentences(document)) for document in OURS.documents}
    assert {document: size for document, size in sizes.items() if not 45 <= size <= 75} == {}


def test_what_answers_as_well_stands_in_another_paper_of_the_same_council() -> None:
    assert misplaced_others(OURS) == []


def test_nothing_is_asked_or_named_twice_and_kinds_are_those_told_of() -> None:
    assert repeated([row["id"] for row in OURS.every]) == []
    assert repeated([row["question"].casefold().rstrip(" ?") for row in OURS.every]) == []
    assert [row["id"] for row in OURS.every if repeated(gold(row))] == []
    assert {row["kind"] for row in OURS.every} == KINDS


def test_no_sentence_stands_twice_in_the_papers_of_a_council_and_answers() -> None:
    assert answered_twice(OURS) == []


def test_a_question_is_asked_of_the_papers_of_its_own_council_alone() -> None:
    apart = as_asked(Half.DEV, REPORT_PACKS)
    whole = load_everyday(Half.DEV, REPORT_PACKS)
    assert [each.name for each in apart] == [
        f"report_packs-dev-{name}" for name in ("clonderrow", "corvenham", "mossenhythe", "skelderby")
    ]
    for each in apart:
        assert len(each.sources) == 5
        assert {council(source.file_name) for source in each.sources} == {each.questions[0].cluster}
        assert {file for question in each.questions for file in (of.file for of in question.evidence)} <= {
            source.file_name for source in each.sources
        }
        assert {qid for qid, _, _ in each.lines} == {question.qid for question in each.questions}
    assert sum(len(each.questions) for each in apart) == len(whole.questions)


def test_the_committees_are_asked_together() -> None:
    [whole] = as_asked(Half.DEV, COMMITTEES)
    assert whole == load_everyday(Half.DEV, COMMITTEES)
