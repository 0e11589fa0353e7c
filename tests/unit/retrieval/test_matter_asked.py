"""The words that tell which matter a decision is asked on."""

import pytest

from qa_service.domain.answers import Filters
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.matter_asked import MatterAsked, matter_asked
from qa_service.retrieval.question import Reading
from qa_service.retrieval.topic import topic_of


def read(text: str, before: str | None = None, filters: Filters | None = None) -> MatterAsked | None:
    topic = topic_of(text, ())
    reading = Reading(
        text, text, topic, Intent.RESOLUTION, filters or Filters(), None, before=before, own=text
    )
    return matter_asked(reading)


@pytest.mark.parametrize(
    ("text", "words", "named", "nearest"),
    [
        ("Has the library strategy been approved?", ("library",), ("library",), "library"),
        ("Was the new youth club report noted?", ("youth", "club"), ("youth", "club"), "club"),
        (
            "Did they renew the lease of the bowling green?",
            ("renew", "bowling", "green"),
            ("bowling", "green"),
            None,
        ),
        ("Was the plan for weekly tips agreed?", ("tips",), ("tips",), None),
        ("What was decided about four heavy lorries?", ("heavy", "lorries"), (), None),
        ("Were the terms of reference for the Ferry Committee agreed?", ("ferry",), ("ferry",), None),
    ],
)
def test_words_that_tell_a_matter_are_kept_and_those_that_name_its_paper_are_known(
    text: str, words: tuple[str, ...], named: tuple[str, ...], nearest: str | None
) -> None:
    asked = read(text)
    assert asked is not None
    assert (asked.words, asked.named, asked.nearest) == (words, named, nearest)


def test_a_strategy_is_an_instrument_and_a_report_is_none() -> None:
    strategy, report = read("Was the ferry strategy adopted?"), read("Was the ferry report noted?")
    assert strategy is not None
    assert strategy.instrument
    assert report is not None
    assert not report.instrument


def test_what_is_done_in_two_words_names_no_thing() -> None:
    asked = read("What was decided on coping with floods?")
    assert asked is not None
    assert asked.words == ("floods",)


def test_places_are_told_from_other_names_and_from_months() -> None:
    asked = read("What was decided about the Quill playground in Sandwick in May?")
    assert asked is not None
    assert asked.places == ("sandwick",)


@pytest.mark.parametrize(
    "text",
    [
        "What was decided about the new plan?",
        "Which minutes were signed?",
        "Did officers recommend that it snow?",
    ],
)
def test_a_question_that_tells_no_matter_has_none(text: str) -> None:
    assert read(text) is None


def test_a_question_that_goes_on_from_another_is_left_to_it() -> None:
    assert read("Was the ferry strategy adopted?", before="Who spoke of ferries?") is None


def test_the_body_asked_of_is_no_matter() -> None:
    filters = Filters(bodies=frozenset({"Ferry Committee"}))
    asked = read("What was the ferry decision on tolls?", filters=filters)
    assert asked is not None
    assert asked.words == ("tolls",)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Was Towpath Plan 4 adopted?", "4"),
        ("Was the ferry report 9 November noted?", None),
        ("Was the ferry report 24/00077 noted?", None),
        ("Was the ferry plan 10 years old?", None),
    ],
)
def test_a_paper_of_a_row_is_told_by_its_number(text: str, number: str | None) -> None:
    asked = read(text)
    assert asked is not None
    assert asked.number == number
