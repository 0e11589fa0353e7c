"""Totals and percentages that do not come out, and what looks like one and is none."""

import pytest

from qa_service.documents.sums import percentages_that_differ, sums_that_differ

CELLS = (
    "Rating\nNumber\nValue (£m)\nDone\n31\n10.4\nOn course\n12\n4.3\nAt risk\n9\n3.8\n{total}\n"
    "After the table."
)
LINES = "Team Count Cost\nNorth 12 1,100\nSouth 30 2,250\n{total}\nAfter the table."


def notes(text: str) -> list[str]:
    return [each.note for each in sums_that_differ(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CELLS.format(total="Total\n52\n18.5"), []),
        (
            CELLS.format(total="Total\n52\n18.7"),
            ["the 3 rows above add up to 18.5, the total says 18.7; rounding may explain it"],
        ),
        (
            CELLS.format(total="Net total\n53\n18.5"),
            ["the 3 rows above add up to 52, the total says 53"],
        ),
        (
            LINES.format(total="Total 42 3,450"),
            ["the 2 rows above add up to 3,350, the total says 3,450"],
        ),
    ],
)
def test_a_total_is_held_against_its_rows(text: str, expected: list[str]) -> None:
    assert notes(text) == expected


def test_the_total_row_is_cited() -> None:
    text = LINES.format(total="Total 42 3,450")
    (found,) = sums_that_differ(text)
    assert found.kind == "arithmetic"
    assert [span.of(text) for span in found.spans] == ["Total 42 3,450"]


@pytest.mark.parametrize(
    "total",
    [
        "Total 41 3,450",  # no column adds up: the rows may not be those of this total
        "Total 42 1,675",  # an average stands there
        "Average 42 3,450",
        "Total 42",
    ],
)
def test_what_is_no_sum_of_the_rows_is_left_alone(total: str) -> None:
    assert notes(LINES.format(total=total)) == []


def test_rows_that_are_parts_of_others_are_not_added() -> None:
    text = "Team Count Cost\nNorth 42 2,250\nof which late 0 1,100\n"
    assert notes(f"{text}Total 42 3,450\nAfter.") == []


def test_figures_in_brackets_and_with_a_minus_are_taken_off() -> None:
    rows = "Team Change Count\nNorth +5.5 2\nSouth (1.5) 3\nWest -1.0 1\n"
    assert notes(f"{rows}Total +3.0 6\nAfter.") == []
    assert notes(f"{rows}Total +3.1 6\nAfter.") == [
        "the 3 rows above add up to 3.0, the total says +3.1; rounding may explain it"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Cases rose from 1,420 in 2021 to 1,590 in 2022, an increase of 10.7%.",
        "Cases rose from 1,420 to 1,590, a 10.7% increase.",
        "At the end of term 1,590 geese were counted, against 1,420 a year before, an increase of 10.7%.",
        "The count was 1,420. A year later this was 1,590 which represents a 10.7% increase.",
        "Spending went from £3.4 million in May 2023 to £3.6 million, a rise of 12%.",
    ],
)
def test_a_percentage_that_is_not_that_of_its_figures_is_told(text: str) -> None:
    (found,) = percentages_that_differ(text)
    assert "the paper says" in found.note


@pytest.mark.parametrize(
    "text",
    [
        "Cases rose from 1,420 in 2021 to 1,590 in 2022, an increase of 12.0%.",
        "In 2023 the Council knew of 1,204 geese, against 1,011 a year before, an increase of 19.1%.",
        "The share rose from 40% to 44%, an increase of 4% in all.",
        "Spending went from £3.4 million to £3.6 million, a rise of 7%.",  # as rounded, 4.3 to 7.4
        "It went from £900 to £1.2 million, an increase of 10%.",
        "It went from 2021 to 2023 without an increase of 10%.",
        "From 5 to 9 May, the ferry took 40 people, an increase of 10%.",
    ],
)
def test_a_percentage_that_may_be_right_is_left_alone(text: str) -> None:
    assert list(percentages_that_differ(text)) == []
