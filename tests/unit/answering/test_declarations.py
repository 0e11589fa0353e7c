"""Which sentences of minutes record an interest, and which only say what the rules are."""

from dataclasses import replace

import pytest

from qa_service.answering.declarations import Declaration, Kind, declarations_in
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed

HEADING = "Declarations of Interest"


def recorded(*texts: str, heading: str = "Ferry fares") -> list[Declaration]:
    units = weighed(texts, [UnitKind.SENTENCE] * len(texts), [1.0] * len(texts))
    passage = units[0].passage
    return list(declarations_in(replace(passage, segment=replace(passage.segment, heading=heading))))


def kinds(*texts: str, heading: str = "Ferry fares") -> list[Kind]:
    return [each.kind for each in recorded(*texts, heading=heading)]


@pytest.mark.parametrize(
    "text",
    [
        "Councillor Hale declared a Personal Interest in that he moors a boat at the quay.",
        "Miss Orrin declared a pecuniary interest and would leave the Chamber.",
        "Cllr. B. Hale again declared a non-pecuniary, non-prejudicial interest.",
        "Mr Hale repeated the interest in the mill that he had declared in May.",
        "An interest in the mill was declared by Councillor Hale.",
        "Members who sat on the harbour trust declared an interest.",
        "There were no declarations, save that Councillor Hale declared an interest in the mill.",
    ],
)
def test_a_declaration_is_known_by_its_words(text: str) -> None:
    assert kinds(text) == [Kind.MADE]


@pytest.mark.parametrize(
    "text",
    [
        "Members were mindful that where they believed they had a Personal Interest they must declare it.",
        "All Members who believe they have a personal interest must declare that interest.",
        "Members with an interest considered whether such interest should be declared.",
        "Mr Hale reminded members to declare any interest in the mill.",
        "The clerk invited members to notify the chair of any declaration of interest.",
        "The Mayor declared Councillor Hale appointed to the harbour trust.",
        "Councillor Hale declared that the ferry was a disgrace.",
        "Councillor Hale declared himself content in the interest of safety.",
        "Three firms had declared an interest in the lease.",
        "Councillor Hale left his seat on the harbour trust in May.",
        "Councillor Hale withdrew the amendment.",
    ],
)
def test_what_rules_say_and_what_else_is_declared_records_none(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "No interests were declared.",
        "No such interest was declared.",
        "There were no declarations of interest from members on any of the items.",
        "No declarations of interest were received",
        "No Member declared an interest in the business.",
        "Councillor Hale did not declare any interest.",
    ],
)
def test_that_none_was_made_is_a_record_too(text: str) -> None:
    assert kinds(text) == [Kind.NONE]


@pytest.mark.parametrize(
    "text", ["None.", "There were none.", "None was declared.", "There were no declarations."]
)
def test_below_a_heading_on_declarations_none_is_enough(text: str) -> None:
    assert kinds(text, heading=HEADING) == [Kind.NONE]


def test_below_such_a_heading_whoever_is_named_declared() -> None:
    said = "Councillor Orrin said that she was a governor of the quay school."
    assert kinds(said, heading=HEADING) == [Kind.MADE]
    assert kinds(said) == []
    assert kinds("Apologies were received from Councillor Orrin.", heading=HEADING) == []
    assert kinds("Mr Hale reminded members to declare any interest in the mill.", heading=HEADING) == []


def test_a_list_of_persons_goes_with_what_introduces_it() -> None:
    lines = (
        "The following declared an interest:",
        "Cllr. B. Hale - Item 9",
        "Cllr. V. Orrin - Item 10",
        "The fare rose.",
    )
    (found,) = recorded(*lines, heading=HEADING)
    assert found.text == " ".join(lines[:3])
    assert found.names("Orrin")


def test_the_rest_of_a_sentence_that_a_line_ended_goes_with_it() -> None:
    (found,) = recorded("Cllr. B. Hale declared an interest", "and left the room.", "The fare rose.")
    assert found.text == "Cllr. B. Hale declared an interest and left the room."
    assert found.leaves


def test_who_left_is_recorded_without_a_word_of_interest() -> None:
    assert kinds("Mrs Orrin left the room while the mill was discussed.") == [Kind.LEFT]
    assert kinds("The deputation left the room.") == []
