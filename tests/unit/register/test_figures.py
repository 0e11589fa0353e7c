"""Figures with what they count; dates, entries and references are none."""

import pytest

from qa_service.register.figures import Figure, figures_in, periods_in


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The lake held 1,250 geese and 40 swans.", [Figure(1250, "gees"), Figure(40, "swan")]),
        ("It cost £2.5 million, or 4% more.", [Figure(2_500_000, "£"), Figure(4, "%")]),
        ("3.2. On 4 May 2021 there were 12 boats.", [Figure(12, "boat")]),
        ("7. The plan for 2022/23 is at paragraph 14, page 3.", []),
        ("Doors open at 7.30 pm on 6 June.", []),
    ],
)
def test_a_figure_is_read_with_what_it_counts(text: str, figures: list[Figure]) -> None:
    assert figures_in(text) == figures


def test_periods_are_read_as_finely_as_they_are_written() -> None:
    text = "On 31 March 2023, in May 2022, in 2021 and in 2019/20"
    assert periods_in(text) == ["2023-03-31", "2022-05", "2021", "2019/20"]


def test_near_counts_of_one_thing_differ_and_others_do_not() -> None:
    geese = Figure(100, "gees")
    assert geese.differs_from(Figure(110, "gees"))
    assert not geese.differs_from(Figure(100, "gees"))
    assert not geese.differs_from(Figure(110, "swan"))
    assert not geese.differs_from(Figure(300, "gees"))
    assert not Figure(100, "").differs_from(Figure(110, ""))


def test_what_stands_beside_a_figure_says_what_it_is_a_figure_of() -> None:
    savings, gap = figures_in("There is a savings target of £111.2m beside the forecast, and a gap of £95.4m")
    assert {"save", "target"} <= savings.near
    assert "save" not in gap.near
    assert not {"m", "2m"} & savings.near


def test_a_day_in_figures_is_a_day() -> None:
    text = "Harbourbank Statement dated 15/06/2015, and of 1.7.2015, held £621.49."
    assert periods_in(text) == ["2015-06-15", "2015-07-01"]
    assert figures_in(text) == [Figure(621.49, "£")]


@pytest.mark.parametrize(
    "text",
    ["Sheet No 299 was laid down.", "Cheque No. 1204 was drawn.", "They met at 2.30 p.m. there."],
)
def test_what_numbers_a_paper_or_tells_the_time_counts_nothing(text: str) -> None:
    assert figures_in(text) == []


def test_euro_are_money_of_their_own() -> None:
    (euro,) = figures_in("A sum of €275,000 was assigned to the ferry.")
    assert euro == Figure(275_000, "€")
    assert not euro.differs_from(Figure(280_000, "£"))
