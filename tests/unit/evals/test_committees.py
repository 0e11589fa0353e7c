"""The committees' questions are whole, their halves share nothing, and each can be asked of all papers."""

import re
from collections import Counter

import pytest

from evals.everyday import COMMITTEES, Half
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

OURS = collection(COMMITTEES)
# "What will it cost to mend the roof" names what it asks about.
BARE_PRONOUN = re.compile(
    r"it\b|(?:(?:what|when|where|who|why|how)(?:'s| is| was| did| do| does| are| were| will| has| had)? )?"
    r"(?:its|they|their|them|he|his|she|her|this|these|those|that(?: is| was| will| had| has))\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("half", Half)
def test_every_answer_is_the_sentence_that_the_row_names(half: Half) -> None:
    assert misquoted(OURS, half) == []


def test_lay_is_measured() -> None:
    assert misstyled(OURS) == []


def test_the_halves_share_no_council_and_no_paper() -> None:
    train, dev = ({row["document"] for row in OURS.asked[half]} for half in Half)
    assert train & dev == set()
    assert train | dev == set(OURS.documents)
    of_train, of_dev = ({council(document) for document in half} for half in (train, dev))
    assert of_train & of_dev == set()
    assert (len(of_train), len(of_dev)) == (15, 6)


def test_what_answers_as_well_stands_in_another_paper_of_the_same_council() -> None:
    assert misplaced_others(OURS) == []


def test_nothing_is_asked_or_named_twice() -> None:
    assert repeated([row["id"] for row in OURS.every]) == []
    assert repeated([row["question"].casefold().rstrip(" ?") for row in OURS.every]) == []
    assert [row["id"] for row in OURS.every if repeated(gold(row))] == []


def test_kinds_are_the_ones_that_are_told_of_and_most_questions_are_lay() -> None:
    assert {row["kind"] for row in OURS.every} == KINDS
    assert sum(row["style"] == "lay" for row in OURS.every) >= 0.6 * len(OURS.every)


def test_every_council_has_questions_enough_and_some_without_an_answer() -> None:
    asked = councils(OURS.every)
    unanswerable = councils([row for row in OURS.every if not row["answers"]])
    assert min(asked.values()) >= 70
    assert min(unanswerable[name] for name in asked) >= 5
    assert max(unanswerable[name] / asked[name] for name in asked) <= 0.2


def test_every_council_has_four_papers_of_thirty_to_sixty_five_sentences() -> None:
    papers = Counter(council(document) for document in OURS.documents)
    assert set(papers.values()) == {4}
    sizes = {document: len(OURS.sentences(document)) for document in OURS.documents}
    assert {document: size for document, size in sizes.items() if not 30 <= size <= 65} == {}


def test_every_paper_is_asked_about() -> None:
    asked = Counter(row["document"] for row in OURS.every)
    assert min(asked[document] for document in OURS.documents) >= 15


def test_no_sentence_stands_twice_in_the_papers_of_a_council_and_answers() -> None:
    assert answered_twice(OURS) == []


def test_no_question_begins_with_a_pronoun_that_stands_for_nothing() -> None:
    assert BARE_PRONOUN.match("What did they decide?")
    assert BARE_PRONOUN.match("It was how much?")
    assert not BARE_PRONOUN.match("What will it cost to mend Thornley's roof?")
    assert [row["id"] for row in OURS.every if BARE_PRONOUN.match(row["question"])] == []
