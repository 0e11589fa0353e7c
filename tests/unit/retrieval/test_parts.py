"""A question of several parts is cut into questions that can be asked one by one."""

import pytest

from qa_service.retrieval.parts import parts_of, stands_alone


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "How many wardens are there, and how many vans do they share?",
            ("How many wardens are there?", "How many vans do they share?"),
        ),
        ("Where and when is the fair?", ("Where is the fair?", "When is the fair?")),
        ("What was promised on the bridge, and by when?", ("What was promised on the bridge?", "By when")),
        ("What fell down, and was anybody hurt?", ("What fell down?", "Was anybody hurt?")),
        (
            "What are the steps, who leads each, and when is each due?",
            ("What are the steps?", "Who leads each?", "When is each due?"),
        ),
    ],
)
def test_each_part_is_a_question(text: str, parts: tuple[str, ...]) -> None:
    found = parts_of(text)
    assert len(found) == len(parts)
    assert all(whole.startswith(start) for whole, start in zip(found, parts, strict=True))


def test_a_bare_question_word_is_asked_of_what_the_first_part_names() -> None:
    assert parts_of("What was promised on the bridge, and by when?")[1] == (
        "By when was promised on the bridge?"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Who was there when it was decided how the fund is shared?",
        "Tell me of the bridge and what it cost.",
        "Which roads and bridges were closed?",
    ],
)
def test_one_question_stays_one(text: str) -> None:
    assert parts_of(text) == (text,)


def test_a_part_that_points_back_does_not_stand_alone() -> None:
    assert stands_alone("How many vans do the wardens share?")
    assert not stands_alone("How many of them do it?")
