from datetime import date

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
    assert [name for name, _ in plot.ticks][:2] == ["Sep 2023", "Dec 2023"]
    assert 2 <= len(plot.ticks) <= 8


def test_an_undated_step_stands_apart_and_gets_no_day() -> None:
    plot = timeline([(FIRST, "Panel", True), (SECOND, "Panel", True), (None, "Panel", False)])
    assert plot.undated is not None
    assert plot.lanes[0].dots[-1].x >= plot.undated
    assert plot.lanes[0].dots[-1].x > plot.lanes[0].dots[-2].x
    assert timeline([(None, "Panel", False)]).ticks == ()
