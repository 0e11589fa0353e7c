from hypothesis import given
from hypothesis import strategies as st

from qa_service.web.line_breaks import heading_mark, lines

PRINTED = (
    "The panel considered a long report that ran over the edge\n"
    "of the line and ended here.\n"
    "RESOLVED:\n"
    "(i) that the report be noted, and that officers write to\n"
    "every school about it; and\n"
    "(ii) that a further report be brought in June.\n"
)


def test_a_full_line_runs_on_and_a_clause_begins_a_line() -> None:
    assert lines(PRINTED) == [
        "The panel considered a long report that ran over the edge\nof the line and ended here.\n",
        "RESOLVED:\n",
        "(i) that the report be noted, and that officers write to\nevery school about it; and\n",
        "(ii) that a further report be brought in June.\n",
    ]


def test_cells_printed_one_a_line_stay_one_a_line() -> None:
    text = "Indicator and the measure that it uses\n2021\n2022\n71.8 %"
    assert lines(text) == ["Indicator and the measure that it uses\n", "2021\n", "2022\n", "71.8 %"]


def test_capitals_end_where_small_letters_begin() -> None:
    text = "INDEPENDENT REVIEWING SERVICE\nThe panel received the report"
    assert lines(text) == ["INDEPENDENT REVIEWING SERVICE\n", "The panel received the report"]


@given(st.text("ab (i)\n.•1A", max_size=80))
def test_joined_the_lines_are_the_text(text: str) -> None:
    assert "".join(lines(text)) == text


def test_the_signs_of_a_heading_are_told_from_its_words() -> None:
    assert heading_mark("## Attendees") == "## "
    assert [heading_mark(line) for line in ("Attendees", "#5 of the list", "# ", "- # no")] == [
        "",
        "",
        "",
        "",
    ]
