from datetime import date

import pytest

from qa_service.domain.spans import Span
from qa_service.register.matters import Entry, Matter, Reported, matters_of

FIRST, SECOND, THIRD = date(2023, 9, 19), date(2024, 1, 23), date(2024, 6, 18)


def entry(heading: str, held_on: date | None, row: int = 1, **facts: object) -> Entry:
    given = {"council": "C", "body": "Panel", "what": "resolved", "authority": 0} | facts
    return Entry(document_row=row, span=Span(0, 9), held_on=held_on, heading=heading, **given)  # type: ignore[arg-type]


def titles(matters: list[Matter]) -> list[list[date | None]]:
    return [[step.held_on for step in matter.steps] for matter in matters]


def test_a_report_of_every_year_is_one_matter() -> None:
    entries = [
        entry("REVIEWING SERVICE (IRS) ANNUAL REPORT 2022/23", SECOND),
        entry("Reviewing Service Annual Report 2023/24", THIRD, 2),
        entry("Ferries", THIRD, 3),
    ]
    assert titles(matters_of(entries, [])) == [[SECOND, THIRD]]


def test_one_meeting_is_no_thread_and_neither_are_two_councils() -> None:
    assert matters_of([entry("Ferries", FIRST), entry("Ferries", FIRST, 2)], []) == []
    assert matters_of([entry("Ferries", FIRST), entry("Ferries", SECOND, council="D")], []) == []


@pytest.mark.parametrize(
    "title", ["APOLOGIES FOR ABSENCE", "Minutes of the previous meeting", "Date of next meeting"]
)
def test_business_of_every_meeting_is_no_matter(title: str) -> None:
    assert matters_of([entry(title, FIRST), entry(title, SECOND, 2)], []) == []


def test_of_a_meeting_that_was_asked_and_decided_the_decision_stands() -> None:
    asked = entry("Ferries", SECOND, 2, what="recommended by officers", authority=1)
    (matter,) = matters_of([entry("Ferries", FIRST), asked, entry("Ferries", SECOND, 3)], [])
    assert [step.what for step in matter.steps] == ["resolved", "resolved"]


def test_a_line_of_a_log_joins_the_promise_and_not_everything_in_the_log() -> None:
    reported = [
        Reported(
            entry(title, FIRST, row, what="promised"), entry("Monitor", THIRD, row + 10), same_item=False
        )
        for row, title in enumerate(("Ferries", "Kilns"), start=1)
    ]
    assert titles(matters_of([], reported)) == [[FIRST, THIRD], [FIRST, THIRD]]


def test_the_id_of_a_matter_is_made_of_its_content() -> None:
    both = [
        matters_of([entry("Ferries", FIRST, row), entry("Ferries", SECOND, row + 1)], []) for row in (1, 7)
    ]
    assert both[0][0].id == both[1][0].id


def test_an_undated_paper_comes_last_and_stays_undated() -> None:
    (matter,) = matters_of([entry("Ferries", None), entry("Ferries", FIRST, 2)], [])
    assert [step.held_on for step in matter.steps] == [FIRST, None]
