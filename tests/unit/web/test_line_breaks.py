from hypothesis import given
from hypothesis import strategies as st

from qa_service.web.line_breaks import heading_mark, lines, opening, symbols

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


def test_a_quotation_that_begins_in_the_middle_of_a_line_runs_on() -> None:
    text = (
        "Ferries are the main source of \n"
        "income for the harbour, and the fee is kept as low as can be,\n"
        "so that they stay."
    )
    assert lines(text) == [text]


def test_our_own_words_before_a_quotation_break_none_of_its_lines() -> None:
    text = (
        "Only a proposal was found, not a decision: “Put aside up to £75,000 of the money for ferries for\n"
        "a study of cheaper ways to cross the harbour by looking at\n"
        "bridges and at the ways of other towns. It would not look\n"
        "at swimming.”"
    )
    assert lines(text) == [text]


def test_a_bullet_of_a_symbol_font_is_told_from_words() -> None:
    assert symbols("\uf0b7 the bridge") == [("\uf0b7", True), (" the bridge", False)]
    assert symbols("the bridge") == [("the bridge", False)]


def test_the_signs_of_a_heading_are_told_from_its_words() -> None:
    assert heading_mark("## Attendees") == "## "
    assert [heading_mark(line) for line in ("Attendees", "#5 of the list", "# ", "- # no")] == [
        "",
        "",
        "",
        "",
    ]


def test_a_run_of_blank_lines_is_one_gap() -> None:
    text = "that the plan be agreed;\n \n\n  \n\nthat the cost be met.\n"
    assert lines(text) == ["that the plan be agreed;\n", " \n\n  \n\n", "that the cost be met.\n"]


def test_a_list_shows_the_opening_of_long_words_and_all_of_short_ones() -> None:
    short = "".join(f"({number}) that the plan be agreed;\n" for number in range(1, 9))
    assert opening(short) == (lines(short), [])
    long = short * 8
    shown, rest = opening(long)
    assert "".join(shown + rest) == long
    assert 0 < len("".join(shown)) <= 500
    one_line = "that " * 400
    assert opening(one_line) == ([one_line], [])
