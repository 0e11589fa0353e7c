"""The stems of a subject in a text are found without taking every text apart."""

import pytest

from qa_service.register.words import stems_held, subject_stems

TEXTS = (
    "The Head of SEND agreed to send members the POLICIES on flooding by 12 July 2024.",
    "Straße und Brücke: the STRASSE plan was deferred to 2023/24",
    "Relational library_plan and libraries' planning; replanning, unplanned, floodplain",
    "",
)


@pytest.mark.parametrize("subject", ["flood policy", "STRASSE", "2023/24 plans", "library relations", "12"])
@pytest.mark.parametrize("text", TEXTS)
def test_the_stems_held_are_those_that_the_words_of_the_text_have(subject: str, text: str) -> None:
    assert stems_held(subject_stems(subject), text) == subject_stems(subject) & subject_stems(text)


def test_letters_within_another_word_are_no_word_of_the_subject() -> None:
    assert stems_held(subject_stems("plan"), "the floodplain") == frozenset()
    assert stems_held(subject_stems("plan"), "Plans for the flood") == subject_stems("plan")
