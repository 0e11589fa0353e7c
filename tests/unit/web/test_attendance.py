from collections import Counter
from datetime import date

from qa_service.web.attendance import Roll, in_pages


def roll(members: int) -> Roll:
    return Roll("Fenwick", "Full Council", date(2024, 3, 5), Counter(present=members))


def sizes(*members: int) -> list[list[int]]:
    return [[each.counts.total() for each in page] for page in in_pages([roll(count) for count in members])]


def test_a_page_carries_no_more_lines_than_it_can_bear() -> None:
    assert sizes(80, 40, 20, 80) == [[80, 40], [20, 80]]


def test_a_roll_that_is_longer_than_a_page_has_one_of_its_own() -> None:
    assert sizes(10, 400, 10) == [[10], [400], [10]]
    assert sizes() == []


def test_a_page_carries_twenty_short_meetings() -> None:
    assert [len(page) for page in sizes(*[1] * 45)] == [20, 20, 5]
