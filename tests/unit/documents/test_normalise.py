import sqlite3

from hypothesis import given
from hypothesis import strategies as st

from qa_service.documents.normalise import normalise


def test_a_text_without_controls_comes_out_unchanged() -> None:
    text = "RESOLVED:\n\n(i)\tThat the caf\u00e9\u2019s report be noted.\u00a0\n"
    assert normalise(text) == text


def test_nul_and_controls_become_blanks_of_the_same_length() -> None:
    assert normalise("a\x00b\x0cc\x85d\x7fe") == "a b c d e"


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert normalise("x\ud800y") == "x\ufffdy"


def test_every_line_end_becomes_a_line_feed() -> None:
    assert normalise("a\r\nb\rc\n") == "a\nb\nc\n"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_normal_text_is_normal_and_sqlite_counts_as_python_does(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert sqlite3.connect(":memory:").execute("select length(?)", (once,)).fetchone() == (len(once),)
