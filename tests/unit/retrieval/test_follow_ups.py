"""A follow-up takes from the questions before it what it does not say itself, and nothing that it does."""

from dataclasses import replace
from datetime import date

import pytest

from qa_service.domain.answers import Question, Turn
from qa_service.retrieval.follow_ups import Following, followed
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading, read_question
from qa_service.store.catalogue import Catalogue, CataloguedMeeting

COUNTY, CITY = "Marlshire County Council", "Marlport City Council"
ROADS, CABINET = "Highways and Flood Risk Committee", "Cabinet"
TODAY = date(2024, 5, 10)
CATALOGUE = Catalogue(
    documents=3,
    councils=(COUNTY, CITY),
    bodies=((COUNTY, CABINET), (COUNTY, ROADS)),
    meetings=(
        CataloguedMeeting(COUNTY, CABINET, date(2024, 1, 18)),
        CataloguedMeeting(COUNTY, ROADS, date(2024, 2, 6)),
    ),
    acronyms={},
)
LIBRARY = "What did Cabinet decide about the library in January 2024?"


def follow(text: str, *before: str) -> Following:
    return followed(Question(text, history=tuple(Turn(each) for each in before)), CATALOGUE, TODAY)


def read(text: str, *before: str, wide: frozenset[str] = frozenset()) -> Reading:
    question = Question(text, history=tuple(Turn(each) for each in before), wide=wide)
    return read_question(question, CATALOGUE, TODAY)


def test_a_question_without_history_says_all_itself() -> None:
    assert follow("And two years later?") == Following.alone("And two years later?")


@pytest.mark.parametrize(
    "text", ["And who chaired it?", "Who moved it?", "How long would they stay?", "When was the letter sent?"]
)
def test_a_question_that_points_back_is_read_behind_the_one_before(text: str) -> None:
    following = follow(text, LIBRARY)
    assert (following.own, following.before) == (text, LIBRARY)
    assert following.whole == f"{LIBRARY[:-1]}. {text}"


@pytest.mark.parametrize(
    "text",
    [
        "What did Marlport City Council resolve on parking charges?",
        "How many potholes were mended by the contractor in the last winter before the frost came?",
    ],
)
def test_a_question_that_names_its_own_subject_stands_alone(text: str) -> None:
    assert follow(text, LIBRARY) == Following.alone(text)


def test_a_third_question_goes_on_from_the_first_through_the_second() -> None:
    following = follow("And who has paid for it?", LIBRARY, "How long would they stay?")
    assert following.before == f"{LIBRARY[:-1]}. How long would they stay?"


@pytest.mark.parametrize("between", ["Who moved it?", "and the vote?", "why?", "whn is it due?"])
def test_what_points_at_the_item_leaves_it_in_place_for_the_next_turn(between: str) -> None:
    assert follow("Who seconded it?", LIBRARY, between).before == LIBRARY


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        ("And two years later?", "Who was leader in February 2021?", "Who was leader in February 2023?"),
        ("What about Highways?", LIBRARY, f"What did {ROADS} decide about the library in January 2024?"),
        ("And in March 2024?", LIBRARY, "What did Cabinet decide about the library in March 2024?"),
        ("And March?", LIBRARY, "What did Cabinet decide about the library in March 2024?"),
        ("And Marlport?", "What did Marlshire decide on tolls?", "What did Marlport decide on tolls?"),
        ("And Marlport?", "What was decided on tolls?", "What was decided on tolls at Marlport?"),
        (
            "and Marlport's, in October 2023?",
            "Who led Marlshire's Cabinet in January 2024?",
            "Who led Marlport's Cabinet in October 2023?",
        ),
        (
            "And on the Cabinet papers of March 2024?",
            "Who wrote the report of October 2023?",
            "Who wrote the report of Cabinet papers of March 2024?",
        ),
        ("And the Otter Valley?", "When do the teams begin?", "When do the teams begin, the Otter Valley?"),
        ("And Councillor Hask?", "How did Ada Quill vote?", "How did Councillor Hask vote?"),
        ("How about the museum?", LIBRARY, "What did Cabinet decide about the museum in January 2024?"),
    ],
)
def test_what_is_put_otherwise_takes_the_place_of_what_was_said(text: str, before: str, whole: str) -> None:
    following = follow(text, before)
    assert following.whole == whole
    assert following.own == whole


def test_what_is_asked_for_is_read_from_the_new_question_alone() -> None:
    assert read("Who moved it?", LIBRARY).intent is Intent.PERSON
    assert read("What about Highways?", LIBRARY).intent is Intent.RESOLUTION


def test_council_and_body_are_carried_on_until_others_are_named() -> None:
    assert read("How long would they stay?", LIBRARY).filters.bodies == {CABINET}
    named = read("And what did the Highways and Flood Risk Committee say of it?", LIBRARY)
    assert named.filters.bodies == {ROADS}
    assert read("Who moved it?", LIBRARY, wide=frozenset({"body"})).filters.bodies == frozenset()


def test_a_meeting_is_carried_on_only_where_what_was_done_at_it_is_asked() -> None:
    assert read("Who was absent from it?", LIBRARY).filters.held_from == date(2024, 1, 1)
    assert read("How much has it cost?", LIBRARY).filters.held_from is None
    assert read("What did members decide on it later?", LIBRARY).filters.held_from is None
    assert read("Was that followed up?", LIBRARY).filters.held_from is None
    assert read("What happened to it?", LIBRARY).filters.held_from is None


def test_how_a_follow_up_was_read_is_shown() -> None:
    assert read("Who moved it?", LIBRARY).notes == (f"read as going on from: {LIBRARY}",)
    assert read(LIBRARY).notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "What did Cabinet decide about foster carers?",
        "Who chaired full council in February 2023?",
        "What did Marlport decide on tolls?",
    ],
)
def test_a_short_question_with_its_own_meeting_and_matter_stands_alone(text: str) -> None:
    assert follow(text, LIBRARY) == Following.alone(text)


@pytest.mark.parametrize(
    "text",
    [
        "What did Cabinet say about the cost?",
        "Who chaired Cabinet?",
        "Did Cabinet agree?",
        "What did Cabinet decide about it?",
    ],
)
def test_a_question_that_names_no_matter_of_its_own_goes_on(text: str) -> None:
    assert follow(text, LIBRARY).before == LIBRARY


@pytest.mark.parametrize(
    ("text", "before", "whole"),
    [
        ("and the year after?", "What precept was set for 2016-17?", "What precept was set for 2017-18?"),
        ("and the previous year?", "Who was leader in 2021?", "Who was leader in 2020?"),
        ("and the month before?", LIBRARY, "What did Cabinet decide about the library in December 2023?"),
        (
            "what about the month after?",
            LIBRARY,
            "What did Cabinet decide about the library in February 2024?",
        ),
        ("and on performance?", LIBRARY, "What did Cabinet decide about performance in January 2024?"),
        ("and the tolls in March?", LIBRARY, "What did Cabinet decide about the tolls in March 2024?"),
        (
            "and Manor Road?",
            "What was decided on the Coombe Lane crossing?",
            "What was decided on Manor Road?",
        ),
        (
            "and Tolbury?",
            "What was decided on the crossing in Otterfleet?",
            "What was decided on the crossing in Tolbury?",
        ),
        (
            "and on tolls?",
            "How did Councillor Pell vote on the ferry?",
            "How did Councillor Pell vote on tolls?",
        ),
    ],
)
def test_the_time_or_subject_put_otherwise_leaves_the_rest_as_it_was(
    text: str, before: str, whole: str
) -> None:
    assert follow(text, before).whole == whole


def test_a_body_of_one_part_takes_the_place_of_the_part_that_was_named() -> None:
    bodies = tuple((COUNTY, f"Municipal District of {part}") for part in ("Saxby West", "Otterfleet"))
    question = Question("and Otterfleet?", history=(Turn("What did Saxby West agree on the allocation?"),))
    following = followed(question, replace(CATALOGUE, bodies=bodies), TODAY)
    assert following.whole == "What did Municipal District of Otterfleet agree on the allocation?"


def test_of_another_time_or_committee_the_same_is_asked_again() -> None:
    following = follow("And in March 2024?", LIBRARY, "Who seconded it?")
    assert following.own == "Who seconded it?"
    assert following.before == "What did Cabinet decide about the library in March 2024?"
    # Another subject asks anew what was asked first, and so does anything behind "why?".
    anew = "What did Cabinet decide about the museum in January 2024?"
    assert follow("And the museum?", LIBRARY, "Who seconded it?").own == anew
    assert follow("And in March 2024?", LIBRARY, "why?").own == following.before


def test_a_name_put_in_place_of_another_is_kept_for_what_follows() -> None:
    assert follow("What about Barham?", LIBRARY).put_in == "Barham"
    assert follow("why?", LIBRARY, "What about Barham?").put_in == "Barham"
    assert follow("What about Highways?", LIBRARY).put_in is None
    assert follow("And the museum?", LIBRARY).put_in is None


def test_what_a_follow_up_was_read_as_is_shown_where_it_was_not_typed_so() -> None:
    assert read("and the vote?", LIBRARY).notes[-1] == "read as: How did they vote on it?"
    moved = "What did Cabinet decide about the library in March 2024?"
    assert read("And in March 2024?", LIBRARY).notes == (
        f"read as going on from: {LIBRARY}",
        f"read as: {moved}",
    )
