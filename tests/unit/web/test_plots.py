from datetime import date

from qa_service.store.overview import MeetingLine
from qa_service.web.plots import coverage_plot, telling_year, trend, years_of


def meeting(body: str, held_on: date | None, council: str = "Fenwick") -> MeetingLine:
    return MeetingLine(f"m{body}{held_on}", council, body, held_on, (), ())


MEETINGS = [
    meeting("Trees Panel", date(2024, 3, 5)),
    meeting("Trees Panel", date(2024, 3, 19)),
    meeting("Cabinet", date(2024, 12, 1)),
    meeting("Cabinet", date(2023, 1, 1)),
    meeting("Cabinet", None),
]


def test_meetings_of_a_year_are_counted_by_body_and_month() -> None:
    plot = coverage_plot(MEETINGS, 2024)
    assert [(row.name, row.counts) for row in plot.rows] == [
        ("Cabinet", (0,) * 11 + (1,)),
        ("Trees Panel", (0, 0, 2) + (0,) * 9),
    ]


def test_squares_stand_where_there_are_meetings_and_grow_with_their_number() -> None:
    cabinet, trees = coverage_plot(MEETINGS, 2024).rows
    assert [cell.count for cell in cabinet.cells + trees.cells] == [1, 2]
    assert cabinet.cells[0].side < trees.cells[0].side
    assert cabinet.cells[0].x > trees.cells[0].x


def test_a_year_without_meetings_has_no_rows() -> None:
    assert coverage_plot(MEETINGS, 1999).rows == ()


def test_years_are_listed_newest_first_and_undated_meetings_have_none() -> None:
    assert years_of(MEETINGS) == (2024, 2023)


def test_a_trend_rises_from_left_to_right_and_higher_values_stand_higher() -> None:
    low, high = trend([("May", 0.25), ("June", 0.75)]).points
    assert low.x < high.x
    assert low.y > high.y


def test_one_run_stands_alone_in_the_middle() -> None:
    (point,) = trend([("May", 1.0)]).points
    assert 300 < point.x < 450
    assert trend([]).points == ()


def test_the_year_shown_first_is_the_newest_that_has_more_than_a_beginning() -> None:
    many = [meeting("Cabinet", date(2024, month, 1)) for month in range(1, 10)]
    early = [meeting("Cabinet", date(2025, 1, day)) for day in (7, 14)]
    assert telling_year(many + early) == 2024
    assert telling_year([*many, *early, meeting("Cabinet", date(2025, 2, 4))]) == 2025
    assert telling_year([meeting("Cabinet", None)]) is None


def test_many_bodies_are_shown_a_page_at_a_time_and_beyond_the_last_page_is_the_last() -> None:
    many = [meeting(f"Panel {n:02}", date(2024, 5, 1)) for n in range(7)]
    pages = [coverage_plot(many, 2024, page, most_rows=3) for page in (1, 2, 3, 99)]
    assert [(plot.first, [row.name[-1] for row in plot.rows]) for plot in pages] == [
        (1, ["0", "1", "2"]),
        (4, ["3", "4", "5"]),
        (7, ["6"]),
        (7, ["6"]),
    ]
    assert {plot.bodies for plot in pages} == {7}
