from hypothesis import given
from hypothesis import strategies as st

from evals.folding import FoldedText, folded

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Z", "C"]), min_size=1, max_size=6)
BLANKS = st.text(st.sampled_from(" \n\t\r\u00a0"), min_size=1, max_size=3)


@given(st.lists(st.tuples(WORDS, BLANKS), min_size=1, max_size=12), st.data())
def test_folded_words_lead_back_to_the_very_characters_they_were_made_from(
    parts: list[tuple[str, str]], data: st.DataObject
) -> None:
    source = "".join(word + blank for word, blank in parts)
    text = FoldedText(source)
    words = [word for word, _ in parts]
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    wanted = " ".join(words[first : last + 1])
    found = [span.of(source) for span in text.spans_of(wanted)]
    assert any(" ".join(one.split()) == wanted for one in found)


def test_white_space_is_folded_to_one_blank_and_stripped() -> None:
    assert folded("  two\n\twords\u00a0here ") == "two words here"


def test_composed_and_decomposed_letters_are_equal() -> None:
    assert folded("Cafe\u0301") == folded("Caf\u00e9")


def test_two_quotes_in_another_script_stay_two_quotes() -> None:
    assert folded("قرر المجلس") != folded("رفض المجلس")


def test_words_that_occur_twice_have_two_spans() -> None:
    assert [span.start for span in FoldedText("to note\nand to  note").spans_of("to note")] == [0, 12]


def test_no_words_are_nowhere() -> None:
    assert FoldedText("any text").spans_of("") == []
