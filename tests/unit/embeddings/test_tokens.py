import pytest

from embeddings.tokens import llm_tokens


def test_a_special_token_in_a_paper_is_ordinary_text() -> None:
    assert llm_tokens("<|endoftext|>") > 1


def test_an_empty_text_costs_nothing() -> None:
    assert llm_tokens("") == 0


def test_a_million_characters_without_a_blank_are_counted() -> None:
    # 1,000,000 / 8: cl100k has a token of eight "a", and cutting every 2,000 loses nothing.
    assert llm_tokens("a" * 1_000_000) == pytest.approx(125_000, rel=0.01)


def test_line_ends_beside_a_long_run_are_counted_too() -> None:
    run = "x" * 2000
    assert llm_tokens(f"one\n{run}\ntwo") > llm_tokens(run) + 2
