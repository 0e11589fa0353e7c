"""What a question demands of its answer, and whether a sentence holds it."""

import pytest

from qa_service.answering.evidence import holds, lacks
from qa_service.answering.signals import AnswerType, answer_types, content_stems, stem_weights


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How much did the bridge cost?", {AnswerType.MONEY, AnswerType.NUMBER}),
        ("How many bridges are there?", {AnswerType.NUMBER}),
        ("When will the bridge open?", {AnswerType.TIME}),
        ("Who opened the bridge?", {AnswerType.PERSON}),
        ("What is the name of the bridge keeper?", {AnswerType.PERSON}),
        ("Where is the bridge?", {AnswerType.PLACE}),
        ("Why was the bridge shut?", {AnswerType.REASON}),
        ("Was the bridge shut?", {AnswerType.YES_NO}),
        ("Tell me about the bridge", {AnswerType.OPEN}),
        ("What happens when the bridge is up?", {AnswerType.OPEN}),
        ("When a ship comes, who lifts the bridge?", {AnswerType.PERSON}),
    ],
)
def test_a_question_word_asks_only_where_it_opens_a_clause(text: str, expected: set[AnswerType]) -> None:
    assert answer_types(text) == expected


@pytest.mark.parametrize(
    ("kind", "with_it", "without"),
    [
        (AnswerType.MONEY, "It cost £4.", "It was dear."),
        (AnswerType.NUMBER, "There are twelve.", "There are several."),
        (AnswerType.TIME, "It opens in March.", "It opens soon."),
        (AnswerType.PERSON, "Councillor Hale spoke.", "it was said aloud"),
    ],
)
def test_a_sentence_holds_what_it_shows(kind: AnswerType, with_it: str, without: str) -> None:
    assert holds(with_it, {kind})[kind]
    assert not holds(without, {kind})[kind]
    assert lacks(without, {kind})
    assert not lacks(with_it, {kind})


def test_an_open_question_lacks_nothing() -> None:
    assert not lacks("anything", {AnswerType.OPEN})


def test_stop_words_carry_no_subject() -> None:
    assert content_stems("What was the cost of the bridges?") == ["cost", "bridg"]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    weights = stem_weights({"rare": 1, "common": 90}, 100)
    assert weights["rare"] > weights["common"] > 0
