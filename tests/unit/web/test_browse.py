from datetime import date

from qa_service.store.overview import MeetingLine, Overview
from qa_service.web.browse import neighbours


def meeting(held_on: date | None, body: str = "Trees Panel") -> MeetingLine:
    return MeetingLine(f"m{body}{held_on}", "Fenwick", body, held_on, (), ())


FIRST, SECOND, UNDATED = meeting(date(2024, 3, 5)), meeting(date(2024, 6, 4)), meeting(None)
OVERVIEW = Overview((), (SECOND, meeting(date(2024, 4, 1), "Cabinet"), FIRST, UNDATED))


def test_a_meeting_stands_between_those_of_its_own_committee() -> None:
    assert neighbours(OVERVIEW, FIRST) == (None, SECOND)
    assert neighbours(OVERVIEW, SECOND) == (FIRST, None)


def test_what_has_no_date_is_neither_before_nor_after_anything() -> None:
    assert neighbours(OVERVIEW, UNDATED) == (None, None)
