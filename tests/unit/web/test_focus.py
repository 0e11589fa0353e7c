from hypothesis import given
from hypothesis import strategies as st

from qa_service.api.bodies import FocusBody
from qa_service.web.focus import focused_lines
from tests.unit.web.test_reply_view import said

QUOTE = "The gate was shut.\n(a) The water had filled the pipes.\n(b) It opens again in May."


def marked(start: int, end: int, quote: str = QUOTE) -> list[list[tuple[str, bool]]]:
    citation = said(1, quote).model_copy(
        update={"start": 50, "end": 50 + len(quote), "focus": FocusBody(start=50 + start, end=50 + end)}
    )
    return [[(run.text, run.found) for run in line] for line in focused_lines(citation)]


def test_the_sentence_that_answers_is_marked_within_its_quotation() -> None:
    start = QUOTE.index("The water")
    end = QUOTE.index("\n(b)")
    assert marked(start, end) == [
        [("The gate was shut.\n", False)],
        [("(a) ", False), ("The water had filled the pipes.", True), ("\n", False)],
        [("(b) It opens again in May.", False)],
    ]


def test_a_focus_of_several_lines_is_marked_on_each() -> None:
    assert [[found for _, found in line] for line in marked(4, len(QUOTE))] == [[False, True], [True], [True]]


def test_without_a_focus_nothing_is_marked() -> None:
    lines = focused_lines(said(1, QUOTE))
    assert [[run.found for run in line] for line in lines] == [[False], [False], [False]]
    assert "".join(run.text for line in lines for run in line) == QUOTE


@given(st.text("ab (i)\n.1A", min_size=1, max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_joined_the_runs_are_the_quote_and_the_marked_ones_the_focus(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    runs = [run for line in marked(start, end, text) for run in line]
    assert "".join(words for words, _ in runs) == text
    assert "".join(words for words, found in runs if found) == text[start:end]
