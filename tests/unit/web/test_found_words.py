import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.web.found_words import runs, searched_words


def found(query: str, text: str) -> list[str]:
    return [run.text for run in runs(text, searched_words(query)) if run.found]


def test_a_word_is_found_whatever_its_ending_and_case() -> None:
    text = "Caseloads rose; a caseload of 70. The casebook did not."
    assert found("caseload", text) == ["Caseloads", "caseload"]
    assert found("policies", "A policy, the polls") == ["policy"]


def test_words_that_only_link_are_not_looked_for() -> None:
    assert found("what was said about the bridge", "What was about the bridge said") == ["bridge", "said"]


def test_a_search_for_nothing_but_linking_words_looks_for_them() -> None:
    assert found("what about", "What about it") == ["What", "about"]


def test_numbers_are_found_as_they_are() -> None:
    assert found("item 7", "item 7, page 77") == ["item", "7"]


@pytest.mark.parametrize("query", ["", "?!", "(", "a I"])
def test_a_search_without_words_finds_nothing(query: str) -> None:
    assert found(query, "a I ( ?!") == []


@given(st.text(), st.text())
def test_the_runs_are_the_text(query: str, text: str) -> None:
    assert "".join(run.text for run in runs(text, searched_words(query))) == text
