from datetime import date

from qa_service.domain.spans import Span
from qa_service.store.register_people import AttendedMeeting
from qa_service.web.attendance import Roll, in_pages


def roll(members: int) -> Roll:
    line = AttendedMeeting("d1", Span(0, 5), "Una Prewitt", "present", None, None, "Full Council", None)
    return Roll("Fenwick", "Full Council", date(2024, 3, 5), [line] * members)


def sizes(*members: int) -> list[list[int]]:
    return [[len(each.lines) for each in page] for page in in_pages([roll(count) for count in members])]


def test_a_page_carries_no_more_lines_than_it_can_bear() -> None:
    assert sizes(80, 60, 20, 80) == [[80, 60], [20, 80]]


def test_a_roll_that_is_longer_than_a_page_has_one_of_its_own() -> None:
    assert sizes(10, 400, 10) == [[10], [400], [10]]
    assert sizes() == []


def test_a_page_carries_twenty_short_meetings() -> None:
    assert [len(page) for page in sizes(*[1] * 45)] == [20, 20, 5]
