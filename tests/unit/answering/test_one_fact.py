"""What may be said to overtake a sentence, and what only looks like it."""

from dataclasses import replace
from datetime import date

import pytest

from qa_service.answering.one_fact import (
    heads_it,
    of_like_words,
    of_one_fact,
    of_other_months,
    tells_of_asked,
)
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from tests.unit.answering.weighing_cases import asked, weighed

FEE = "How much is the Guild of Ferries membership now?"
OLD_FEE = "ii) Guild of Ferries, Membership 2017-18, Chq No 204 £211.00"
NEW_FEE = "iv) Guild of Ferries Membership 2019-2020, Chq No 305 236.00"
TRAINING = "iii) Guild of Ferries, Training, Chq No 275 £40.00"


def unit(text: str, title: str = "Accounts for payment") -> WeighedUnit:
    (found,) = weighed([text], [UnitKind.SENTENCE], [1.0])
    segment = replace(found.passage.segment, item_title=title, held_on=date(2019, 3, 13))
    return replace(found, candidate=replace(found.candidate, passage=replace(found.passage, segment=segment)))


def reading(question: str, topic: str, filters: Filters | None = None) -> Reading:
    return Reading(question, question, topic, Intent.NUMBER, filters or Filters(), None, own=question)


def kept(question: str, topic: str, anchor: WeighedUnit, *others: WeighedUnit) -> list[str]:
    return [each.text for each in of_one_fact(anchor, others, reading(question, topic), asked(question))]


def test_an_entry_of_another_thing_of_the_same_guild_overtakes_nothing() -> None:
    signals = replace(asked(FEE), weights={"guild": 3.0, "ferri": 3.0, "membership": 5.0})
    of_fee = reading(FEE, "Guild Ferries membership now")
    found = of_one_fact(unit(OLD_FEE), [unit(NEW_FEE), unit(TRAINING)], of_fee, signals)
    assert [each.text for each in found] == [NEW_FEE]


def test_what_names_nothing_that_is_asked_has_nothing_that_overtakes_it() -> None:
    question = "How many children are in care now?"
    old, new = "In 2023 there were 71 wards on the barges.", "In 2024 there were 68 wards on the barges."
    assert kept(question, "children care now", unit(old), unit(new)) == []


@pytest.mark.parametrize(("title", "found"), [("Money to date", True), ("Reserves of the harbour", False)])
def test_in_the_report_of_another_time_the_figure_may_go_by_other_words(title: str, *, found: bool) -> None:
    question = "What is the latest overspend?"
    told = "The Council expects to end the year £1.9 million above its means."
    anchor = unit("The overspend is now £2.4 million.", "Money to date")
    assert kept(question, "overspend", anchor, unit(told, title)) == ([told] if found else [])


def test_a_compound_names_the_thing_as_its_last_part_does() -> None:
    question = "What is the expected overspend now?"
    told = unit("It was to spend £1.9 million more.", "Money")
    assert tells_of_asked(told, reading(question, "expected overspend now"), asked(question))
    assert not tells_of_asked(
        unit("It was to save £1.9 million.", "Money"),
        reading(question, "expected overspend"),
        asked(question),
    )


def test_the_name_of_the_council_asked_of_is_no_part_of_the_thing() -> None:
    question = "What is the toll at Sallowmere now?"
    of_council = Filters(councils=frozenset({"Sallowmere Town Council"}))
    told = reading(question, "toll Sallowmere now", of_council)
    signals = replace(asked(question), weights={"toll": 1.0, "sallowmer": 5.0})
    assert tells_of_asked(unit("The toll is 40p."), told, signals)
    assert not tells_of_asked(unit("Sallowmere has 40 boats."), told, signals)


def test_any_sum_under_a_title_does_not_overtake_what_names_the_thing() -> None:
    question = "What is the toll now?"
    anchor, broom = unit("The toll is £40.", "Accounts"), unit("A broom cost £42.", "Toll")
    assert kept(question, "toll now", anchor, broom) == []


def test_lines_of_like_words_name_all_that_the_first_names() -> None:
    question = "How much does the warden get paid now?"
    first = unit("i) Mr A. Reed, Warden’s Wage May 2015, £375.00")
    later = unit("i) Mr A. Reed, Warden’s Wage May 2019, £450.00")
    hall = unit("i) Reading Room, Hire of Hall, £42.00")
    found = of_like_words(first, [later, hall], reading(question, "warden get paid now"), asked(question))
    assert [each.text for each in found] == [later.text]


def test_the_title_of_its_item_says_what_a_sum_is_of() -> None:
    question = "What is the toll now?"
    of_toll = reading(question, "toll now")
    set_then = unit("It was agreed that it be raised to £40.", "To agree the toll for 2018/19")
    in_passing = unit("The bank held £7,176, which included the toll.", "Accounts")
    assert heads_it(set_then, of_toll, asked(question))
    assert not heads_it(in_passing, of_toll, asked(question))


def test_what_is_paid_for_one_month_overtakes_no_other_month() -> None:
    of_may, of_june = unit("i) Hall, April and May 2019, £49.00"), unit("ii) Hall, July 2019, £38.50")
    assert of_other_months(of_may, of_june)
    assert not of_other_months(of_may, unit("i) Hall, April and May 2018, £40.00"))
    assert not of_other_months(unit("The hall cost £49 in May."), unit("The hall cost £38 in July."))


def test_all_that_costs_anything_is_paid() -> None:
    question = "How much does the warden get paid now?"
    told = replace(asked(question), weights={"warden": 1.0, "paid": 3.0})
    of_pay = reading(question, "warden get paid now")
    assert not tells_of_asked(unit("The auditor was paid £115."), of_pay, told)


def test_what_else_was_agreed_under_one_title_overtakes_nothing() -> None:
    question = "What is the audit fee now?"
    fee = unit("The audit is done at a fee of £150.", "Matters arising")
    survey = unit("It was proposed by A Reed and agreed that the £100 be paid.", "Matters arising")
    assert kept(question, "audit fee now", fee, survey) == []
