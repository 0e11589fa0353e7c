"""Whether a time that a question names is that of meetings, and which limits follow from it."""

from dataclasses import replace
from datetime import date

import pytest

from qa_service.answering.meetings_meant import is_of_meetings, scope_of, time_meant, within_time
from qa_service.domain.answers import Filters
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import date_mentions

TODAY = date(2026, 11, 30)
OF_MEETINGS = (
    "Which motions were lost in 2023?",
    "Which motions of 2023 fell?",
    "Which motions lost 2023",
    "What was put off in late March 2024 by the panel?",
    "Which amendments were carried at the March 2024 meeting?",
    "What was deferred from the January 2024 Highways and Flood Risk Committee?",
    "Which amendments were lost in the 2024 budget debate?",
    "Which meetings since March 2022 discussed the ferry?",
    "Which meetings discussed the ferry before 2022?",
    "Which meetings discussed the ferry between May 2023 and June 2024?",
    "When was the ferry discussed at the end of 2023?",
    "When did they discuss the ferry on 5 March 2024 in the hall?",
    "When did they talk about the ferry, March 2024?",
    "When was the ferry last discussed in March 2024 by members?",
    "Who was the mayor for 2023?",
    "Who chaired the panel in the autumn of 2023?",
    "Who declared an interest in March 2024 in the ferry lease?",
    "Who was at the panel's May 2024 session?",
)
OF_THE_SUBJECT = (
    "Who declared an interest in the March 2024 budget?",
    "Who declared an interest in the accounts for 2023?",
    "Who declared an interest in the accounts for March 2024?",
    "Which meetings discussed the budget of 2024?",
    "Which meetings discussed the 2023 budget?",
    "Which meetings discussed budget 2023?",
    "Which meetings discussed savings in the 2023 budget papers of the council?",
    "Which meetings discussed progress on the 2023 plan?",
    "Which meetings discussed the report on 2023?",
    "Which meetings discussed the 2023 council tax?",
    "Which meetings discussed the 2023 plan and the panel?",
    "Which items were put off to the May 2024 meeting?",
    "Which motions were put off until May 2024?",
    "Which meetings discussed the council 2023 plan?",
)


def reading(text: str, as_of: date | None = None, filters: Filters | None = None) -> Reading:
    mentions = tuple(date_mentions(text, TODAY))
    return Reading(text, text, text, Intent.FACT, filters or Filters(), as_of, mentions=mentions, own=text)


@pytest.mark.parametrize("text", OF_MEETINGS)
def test_a_time_is_of_meetings_where_it_says_when_or_which(text: str) -> None:
    (time,) = reading(text).mentions
    assert is_of_meetings(text, time)
    assert time_meant(reading(text)) == time
    assert scope_of(reading(text)) == Filters(held_from=time.first, held_to=time.last)


@pytest.mark.parametrize("text", OF_THE_SUBJECT)
def test_a_time_is_of_the_subject_where_it_says_which_of_those(text: str) -> None:
    (time,) = reading(text).mentions
    assert not is_of_meetings(text, time)
    assert within_time(reading(text), Filters()) == Filters()
    assert scope_of(reading(text)) is None


def test_no_time_leaves_the_limits_and_one_of_several_times_is_not_taken_for_all() -> None:
    council = Filters(councils=frozenset({"Marlshire"}))
    assert scope_of(reading("Which motions were lost?", filters=council)) == council
    assert scope_of(reading("Which motions were lost in May 2023 and in June 2024?")) is None


def test_a_time_read_already_stands() -> None:
    limits = Filters(held_from=date(2024, 3, 1), held_to=date(2024, 3, 31))
    asked = reading("Which motions on the 2023 budget were lost in March 2024?", filters=limits)
    assert scope_of(asked) == limits
    assert within_time(asked, limits) == limits


def test_a_time_to_which_business_was_put_off_may_have_been_read_for_that_of_the_meeting() -> None:
    limits = Filters(held_from=date(2024, 5, 1), held_to=date(2024, 5, 31))
    assert scope_of(reading("Which items were put off to the May 2024 meeting?", filters=limits)) is None


def test_the_day_asked_about_is_no_time_that_a_question_names() -> None:
    asked = reading("Which motions were lost in 2023?", as_of=date(2024, 7, 1))
    assert scope_of(asked) == Filters(held_from=date(2023, 1, 1), held_to=date(2023, 12, 31))
    earlier = replace(asked, as_of=date(2023, 6, 1))
    assert scope_of(earlier) == Filters(held_from=date(2023, 1, 1), held_to=date(2023, 6, 1))
