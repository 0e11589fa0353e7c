"""The sample council is asked how things stood at several meetings, and what became of what was promised."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from embeddings.encoder import Encoder
from qa_service.answering.asked_scope import within_asked
from qa_service.answering.drafts import (
    DECIDED,
    EARLIER,
    LATER,
    OVERTAKEN,
    PROMISED,
    REPORTED_SINCE,
    WAS_ASKED,
)
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Answer, Filters, Question, Turn
from qa_service.domain.documents import DocumentKind


@pytest.fixture(scope="module")
def services(sample: Path, onnx: Encoder) -> Iterator[Services]:
    with open_services(Settings(data_dir=sample), onnx) as opened:
        yield opened


def said(services: Services, text: str, as_of: date | None = None) -> list[str]:
    """The statements of the answer, without line ends."""
    outcome = services.answerer.answer(Question(text, as_of=as_of), PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer), outcome
    return [" ".join(statement.text.split()) for statement in outcome.statements]


def opening(template: str) -> str:
    return template.partition("{")[0]


def test_the_newest_figure_names_the_one_that_it_replaced(services: Services) -> None:
    newest, replaced = said(services, "What is the latest forecast of the county's overspend?")
    assert "£3.1 million" in newest
    assert replaced.startswith(opening(OVERTAKEN))
    assert "£4.8 million" in replaced


def test_a_figure_of_an_earlier_meeting_told_again_is_not_that_of_the_later_one(services: Services) -> None:
    found = said(services, "Is Marlshire still heading to overspend by £6.2 million?")
    assert ["£3.1" in found[0], "£4.8" in found[1], "£6.2" in found[2]] == [True] * 3


def test_an_as_of_day_has_its_own_newest_figure(services: Services) -> None:
    question = "What is the latest forecast of the county's overspend?"
    newest, replaced = said(services, question, as_of=date(2024, 1, 31))
    assert "£4.8 million" in newest
    assert "£6.2 million" in replaced


def test_a_change_shows_what_was_told_at_both_ends(services: Services) -> None:
    first, last = said(
        services, "How did the forecast for Marlport's budget move from January to March 2024?"
    )
    assert first.startswith(opening(EARLIER))
    assert "£2.4 million" in first
    assert last.startswith(opening(LATER))
    assert "£0.7 million" in last


def test_a_sentence_that_tells_both_ends_tells_the_change_alone(services: Services) -> None:
    (whole,) = said(services, "How far did requests for assessment rise from 2021 to 2022?")
    assert "1,420" in whole
    assert "1,590" in whole


def test_a_plan_is_shown_behind_what_the_same_paper_puts_in_its_place(services: Services) -> None:
    now, before = said(services, "When will Larkfield House be ready?")
    assert "November 2024" in now
    assert before.startswith(opening(OVERTAKEN))
    assert "July 2024" in before


def test_what_came_of_a_promise_stands_beside_it(services: Services) -> None:
    promise, report, *_ = said(services, "Did the young carers' card come out by Easter?")
    assert "would be launched" in promise
    assert report.startswith(opening(REPORTED_SINCE))
    assert "25 March 2024" in report


def test_what_came_of_a_promise_stands_not_beside_it_before_its_day(services: Services) -> None:
    found = said(services, "Did the young carers' card come out by Easter?", as_of=date(2024, 2, 1))
    assert not any(each.startswith(opening(REPORTED_SINCE)) for each in found)


def test_a_question_of_time_kept_shows_what_had_been_promised_first(services: Services) -> None:
    promise, report = said(services, "Was the parents' portal opened on time?")
    assert promise.startswith(opening(PROMISED))
    assert "February 2024" in promise
    assert "11 March 2024" in report


def test_a_promise_that_was_moved_is_shown_with_what_moved_it(services: Services) -> None:
    promise, moved = said(services, "When is the report on children placed outside the county due?")
    assert "autumn" in promise.lower()
    assert "21 January 2025" in moved


def test_a_question_of_what_was_agreed_is_answered_by_the_decision_alone(services: Services) -> None:
    found = said(services, "Did the Panel agree that milestones be sent to members?")
    assert not any(each.startswith(opening(REPORTED_SINCE)) for each in found)


def test_a_decision_that_was_asked_for_is_not_followed_by_what_moved_it(services: Services) -> None:
    question = "What did the Panel recommend on the number of solo taxis?"
    assert not any(each.startswith(opening(REPORTED_SINCE)) for each in said(services, question))


@pytest.mark.parametrize(
    ("question", "asked", "decided"),
    [
        (
            "Did Cabinet go along with its officers' advice on Tolbury Library?",
            "be closed on",
            "be not closed",
        ),
        ("How did the decision on residents' permits at Marlport differ from the report?", "£55", "£50"),
    ],
)
def test_what_was_asked_stands_before_what_was_decided(
    services: Services, question: str, asked: str, decided: str
) -> None:
    first, second = said(services, question)
    assert first.startswith(opening(WAS_ASKED))
    assert asked in first
    assert second.startswith(opening(DECIDED))
    assert decided in second


def test_what_members_recommend_to_others_is_not_said_to_be_decided(services: Services) -> None:
    question = "Did the Panel accept the recommendation to close Nether Cawley school?"
    _, answered = said(services, question)
    assert "federation" in answered
    assert not answered.startswith(opening(DECIDED))


def test_a_follow_up_on_one_side_gets_that_side(services: Services) -> None:
    before = Turn("What did Cabinet decide on Tolbury Library in January 2024?")
    outcome = services.answerer.answer(
        Question("And what had its officers wanted instead?", history=(before,)), PUBLIC_ONLY
    ).outcome
    assert isinstance(outcome, Answer)
    assert [len(outcome.statements), "be closed" in outcome.statements[0].text] == [1, True]


def test_a_promise_of_a_meeting_outside_the_days_asked_for_is_not_brought_in(services: Services) -> None:
    day = date(2024, 1, 16)
    limits = Filters(frozenset({"Marlport City Council"}), frozenset({"Executive"}), day, day)
    asked = Question("How far off budget is the year expected to end?", limits)
    outcome = services.answerer.answer(asked, PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer)
    assert all(within_asked(statement, limits, None) for statement in outcome.statements)
    assert not any(statement.text.startswith("A later paper says") for statement in outcome.statements)


@pytest.mark.parametrize(
    ("limits", "as_of", "within"),
    [
        (Filters(), None, True),
        (Filters(councils=frozenset({"Marlshire County Council"})), None, True),
        (Filters(councils=frozenset({"Marlport City Council"})), None, False),
        (Filters(bodies=frozenset({"Executive"})), None, False),
        (Filters(kinds=frozenset({DocumentKind.REPORT})), None, False),
        (Filters(documents=frozenset({"another"})), None, False),
        (Filters(held_from=date(2024, 1, 24)), None, False),
        (Filters(held_to=date(2024, 1, 22)), None, False),
        (Filters(held_from=date(2024, 1, 23), held_to=date(2024, 1, 23)), date(2024, 1, 23), True),
        (Filters(), date(2024, 1, 22), False),
    ],
)
def test_what_is_shown_lies_within_the_limits_set_by_hand(
    services: Services,
    limits: Filters,
    as_of: date | None,
    within: bool,  # noqa: FBT001 - a case
) -> None:
    asked = Question("What was resolved on the IRS annual report in January 2024?")
    outcome = services.answerer.answer(asked, PUBLIC_ONLY).outcome
    assert isinstance(outcome, Answer)
    assert within_asked(outcome.statements[0], limits, as_of) is within


def test_an_acronym_that_only_papers_outside_the_limits_explain_is_refused_with_a_reason(
    services: Services,
) -> None:
    limits = Filters(kinds=frozenset({DocumentKind.MINUTES}))
    outcome = services.answerer.answer(Question("What does TAP stand for?", limits), PUBLIC_ONLY).outcome
    assert not isinstance(outcome, Answer)
    assert outcome.reason == "what the papers say of this lies outside the limits that were set"


def test_a_figure_is_told_by_the_meeting_of_the_time_asked_of(services: Services) -> None:
    (before,) = said(services, "Before December 2023, how many families had Marlport in guest houses?")
    assert "214" in before
    (then,) = said(services, "How many families had Marlport in guest houses in January 2024?")
    assert "263" in then


def test_a_figure_that_bears_the_time_asked_of_itself_stands_whenever_it_was_told(
    services: Services,
) -> None:
    found = said(services, "What was the year's forecast for school transport in November 2023?")
    assert "£34.9 million" in found[0]


def test_a_figure_of_one_time_is_told_of_each_council_that_had_one(services: Services) -> None:
    question = "What was the forecast overspend at the meetings of October 2023?"
    both = " ".join(said(services, question))
    assert "£6.2 million" in both
    assert "£1.9 million" in both
    assert "£1.9 million" not in " ".join(said(services, f"{question[:-1]} at Marlshire?"))


def test_a_share_of_something_else_is_not_told_of_another_council_because_titles_are_alike(
    services: Services,
) -> None:
    question = "How did parents' knowledge of where their case stood change from 2023 to 2024?"
    (only,) = said(services, question)
    assert "14% knew" in only


def test_who_asks_for_yes_or_no_is_told_no_figure_of_another_council(services: Services) -> None:
    (only,) = said(services, "Do the savings in the January 2024 finance report add up?")
    assert "£1.9 million" not in only


def test_what_another_council_decided_is_no_telling_of_the_same(services: Services) -> None:
    found = said(services, "Was the hold on vacancies kept for everybody in January 2024?")
    assert len(found) == 1


def test_decisions_of_a_stretch_of_time_are_those_of_each_council(services: Services) -> None:
    found = " ".join(said(services, "What was settled about paying to park in the autumn of 2023?"))
    assert "consultation" in found
    assert "frozen" in found


def test_both_ends_of_a_stretch_limit_the_meetings(services: Services) -> None:
    (found,) = said(
        services,
        "What did Marlport's Executive decide on parking after December 2023 and before March 2024?",
    )
    assert "Harbour Quarter" in found
    found, *_ = said(services, "What did the county decide on parking before the end of 2023?")
    assert "consultation" in found


def test_what_was_to_be_noted_tells_less_than_what_tells_it(services: Services) -> None:
    found = " ".join(said(services, "What was the county's budget forecast in January 2024?"))
    assert "be noted" not in found


def test_either_time_of_a_change_is_told_by_a_meeting_of_that_time(services: Services) -> None:
    for question in (
        "How did the overspend told to Cabinet in October 2023 compare with that of January 2024?",
        "Did the overspend rise or fall between the October and January meetings of Cabinet?",
    ):
        first, last = said(services, question)
        assert first.startswith(opening(EARLIER))
        assert "£6.2 million" in first
        assert last.startswith(opening(LATER))
        assert "£4.8 million" in last


def test_a_share_by_which_a_thing_fell_names_neither_end(services: Services) -> None:
    first, last = said(services, "Has the county's overspend come down since October 2023?")
    assert "£6.2 million" in first
    assert "£3.1 million" in last


def test_the_time_before_is_the_last_one_before_what_is_named(services: Services) -> None:
    question = "Were there more homeless families in Marlport hotels in January 2024 than the autumn before?"
    first, last = said(services, question)
    assert "214" in first
    assert "263" in last


def test_what_only_names_a_meeting_tells_neither_end(services: Services) -> None:
    question = "Did the moorings told of at committee go up between November 2023 and February 2024?"
    outcome = services.answerer.answer(Question(question), PUBLIC_ONLY).outcome
    told = [each.text for each in outcome.statements] if isinstance(outcome, Answer) else []
    assert not any("MEETING of the" in text or "minutes of" in text for text in told)


def test_the_next_sentence_tells_what_a_figure_is_held_against(services: Services) -> None:
    asked = "Are more people waiting for home care to begin than two years before?"
    told = "\n".join(said(services, asked))
    assert told.index("71") < told.index("190")


def test_what_each_meeting_decided_stands_whole_where_it_is_too_much(services: Services) -> None:
    found = said(services, "What was decided about parking between October 2023 and January 2024?")
    assert len(found) == 4
    assert any("blue badge" in text for text in found)
    assert any("Harbour Quarter" in text for text in found)


def test_what_became_of_a_proposal_is_what_was_decided_on_it(services: Services) -> None:
    (lamps,) = said(services, "Is the plan to switch off street lamps still going ahead?")
    assert "trial" in lamps
    (fares,) = said(services, "Did Marlport really put parking up by 10p an hour, or was that just an idea?")
    assert "frozen" in fares


def test_a_decision_shorter_than_was_asked_for_is_shown_beside_the_request(services: Services) -> None:
    asked, decided = said(
        services, "Was the contract for the beds at Saxby Heath shorter than officers had asked for?"
    )
    assert asked.startswith(opening(WAS_ASKED))
    assert "three years" in asked
    assert "two years" in decided
