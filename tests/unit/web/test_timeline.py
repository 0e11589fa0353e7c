from datetime import date
from itertools import pairwise

from qa_service.web.timeline import timeline

FIRST, SECOND, THIRD = date(2023, 9, 19), date(2024, 1, 23), date(2025, 1, 21)


def test_each_step_is_a_dot_in_the_lane_of_its_body_in_order() -> None:
    plot = timeline([(FIRST, "Panel", True), (SECOND, "Cabinet", False), (THIRD, "Panel", False)])
    assert [lane.name for lane in plot.lanes] == ["Panel", "Cabinet"]
    assert [[dot.number for dot in lane.dots] for lane in plot.lanes] == [[1, 3], [2]]
    assert [dot.decided for dot in plot.lanes[0].dots] == [True, False]
    panel, cabinet = plot.lanes
    assert panel.dots[0].x < cabinet.dots[0].x < panel.dots[1].x < plot.width


def test_steps_of_one_day_do_not_cover_each_other() -> None:
    (lane,) = timeline([(FIRST, "Panel", True)] * 3 + [(THIRD, "Panel", True)]).lanes
    gaps = [after.x - before.x for before, after in zip(lane.dots, lane.dots[1:], strict=False)]
    assert min(gaps) >= 20


def test_dates_are_to_scale_and_the_months_named_can_be_read() -> None:
    plot = timeline([(FIRST, "Panel", True), (THIRD, "Panel", True)])
    (one, other) = plot.lanes[0].dots
    half = timeline([(FIRST, "Panel", True), (date(2024, 5, 20), "Panel", True), (THIRD, "Panel", True)])
    middle = half.lanes[0].dots[1].x
    assert abs(middle - (one.x + other.x) / 2) < 2
    assert [name for name, _ in plot.ticks] == ["Sep 2023", "Mar 2024", "Sep 2024"]
    places = [x for _, x in plot.ticks]
    assert all(after - before >= 60 for before, after in pairwise(places))


def test_a_matter_of_few_steps_fits_a_phone_and_one_of_many_has_room() -> None:
    assert timeline([(FIRST, "Panel", True), (THIRD, "Neighbourhood Committee", True)]).width <= 340
    assert timeline([(FIRST, "Panel", True)] * 7 + [(THIRD, "Panel", True)]).width > 500


def test_the_name_of_a_body_stands_above_its_own_line() -> None:
    one, other = timeline([(FIRST, "Panel", True), (THIRD, "Cabinet", True)]).lanes
    assert one.name_y < one.y < other.name_y < other.y


def test_an_undated_step_stands_apart_and_gets_no_day() -> None:
    plot = timeline([(FIRST, "Panel", True), (SECOND, "Panel", True), (None, "Panel", False)])
    assert plot.undated is not None
    assert plot.lanes[0].dots[-1].x >= plot.undated
    assert plot.lanes[0].dots[-1].x > plot.lanes[0].dots[-2].x
    assert timeline([(None, "Panel", False)]).ticks == ()


def test_no_name_is_cut_off_or_covers_another() -> None:
    late = date(2025, 1, 30)
    plot = timeline(
        [(late, "Kingsbridge and North Kingsbridge Neighbourhood Forum", True), (THIRD, "Panel", True)]
    )
    assert plot.width >= 340
    plot = timeline([(late, "Panel", True), (date(2025, 4, 13), "Panel", True)])
    names = [name for name, _ in plot.ticks]
    assert names[0] == "Jan 2025"
    assert "Feb 2025" not in names
    assert all(x >= 28 for _, x in plot.ticks)
