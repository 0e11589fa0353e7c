from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_service.domain.answers import Filters
from qa_service.domain.documents import DocumentKind
from qa_service.store.lexical_index import LexicalIndex, query_words, stems
from qa_service.store.passages import IndexedPassage

CONTENTS = [
    "The bridge is closed to lorries.",
    "Bridges and culverts were inspected; one bridge failed.",
    "Parking charges rise.",
    "The library opens on Sundays. Lorries may not park.",
]


def passage(row: int, content: str, header: str = "", council: str | None = None) -> IndexedPassage:
    kinds = frozenset({DocumentKind.MINUTES})
    return IndexedPassage(row, "d1", council, None, None, kinds, False, header, content)  # noqa: FBT003


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    folder = tmp_path_factory.mktemp("lexical") / "index"
    LexicalIndex.build(folder, [passage(row, text) for row, text in enumerate(CONTENTS, start=1)])
    return LexicalIndex(folder)


def rows(hits: list[tuple[int, float]]) -> list[int]:
    return [row for row, _ in hits]


def test_any_word_of_the_question_finds_a_passage_whatever_its_ending(index: LexicalIndex) -> None:
    assert set(rows(index.search("Which bridges are closed to a lorry?", 10))) == {1, 2, 4}


def test_results_come_best_first_and_at_most_as_many_as_asked(index: LexicalIndex) -> None:
    hits = index.search("bridge failed inspected", 10)
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)
    assert rows(index.search("bridge failed inspected", 1)) == [2]


@pytest.mark.parametrize("word", ["AND", "OR", "NOT", "TO", "IN", "xyzzy:", "row:"])
def test_no_word_of_a_question_is_query_syntax(index: LexicalIndex, word: str) -> None:
    assert rows(index.search(f"bridge {word} parking", 10)) == rows(index.search("bridge parking", 10))


@pytest.mark.parametrize("sign", list("-+\"'()[]{}*~^:\\/<>!&|"))
def test_no_sign_in_a_question_is_query_syntax(index: LexicalIndex, sign: str) -> None:
    plain = rows(index.search("bridge parking", 10))
    assert rows(index.search(f"{sign}bridge {sign}parking{sign}", 10)) == plain


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_can_be_searched(index: LexicalIndex, text: str) -> None:
    assert {1, 2} <= set(rows(index.search(text + " bridge", 10)))
    index.search(text, 10)


def test_a_question_of_stop_words_alone_is_still_searched(index: LexicalIndex) -> None:
    assert index.search("who is on the", 10)


@pytest.mark.parametrize("text", ["", "?!…", "xyzzy"])
def test_a_question_that_no_word_answers_finds_nothing(index: LexicalIndex, text: str) -> None:
    assert index.search(text, 10) == []


def test_ties_are_settled_by_row(tmp_path: Path) -> None:
    LexicalIndex.build(tmp_path / "i", [passage(row, "The bridge is closed.") for row in (9, 4, 7)])
    assert rows(LexicalIndex(tmp_path / "i").search("bridge", 10)) == [4, 7, 9]


def test_a_filter_decides_before_ranking_and_adds_nothing_to_the_score(tmp_path: Path) -> None:
    strong = [passage(row, "bridge bridge bridge", council="Marlport") for row in range(1, 61)]
    LexicalIndex.build(
        tmp_path / "i", [*strong, passage(99, "A long text on a bridge.", council="Marlshire")]
    )
    index = LexicalIndex(tmp_path / "i")
    everywhere = dict(index.search("bridge", 100))
    hits = dict(index.search("bridge", 5, Filters(councils=frozenset({"Marlshire"}))))
    assert hits == pytest.approx({99: everywhere[99]})


def test_a_narrowing_to_rows_keeps_what_a_word_is_worth(index: LexicalIndex) -> None:
    everywhere = dict(index.search("bridge lorries", 10))
    narrowed = dict(index.search("bridge lorries", 10, rows=[4, 1]))
    assert narrowed == pytest.approx({row: everywhere[row] for row in (1, 4)})


def test_words_of_the_header_count_half(tmp_path: Path) -> None:
    LexicalIndex.build(tmp_path / "i", [passage(1, "x", header="bridge"), passage(2, "bridge", header="x")])
    assert rows(LexicalIndex(tmp_path / "i").search("bridge", 10)) == [2, 1]


def test_a_stem_is_counted_once_a_passage(index: LexicalIndex) -> None:
    assert index.document_frequency(stems("bridges")[0]) == 2
    assert len(index) == 4


def test_words_and_stems_come_in_order() -> None:
    assert query_words("Who'd close B1234_x?") == ["who", "d", "close", "b1234", "x"]
    assert stems("Bridges closing") == ["bridg", "close"]


def test_words_are_worth_their_rarity_once_each_and_unheld_words_the_most(index: LexicalIndex) -> None:
    common, rare, unheld = (index.weight(word) for word in ("bridge", "library", "zeppelin"))
    assert 0 < common < rare < unheld
    assert index.weight("Bridges, the bridge and a library?") == pytest.approx(common + rare)


def test_no_passage_is_worth_much_more_than_the_words_that_it_was_found_by(index: LexicalIndex) -> None:
    for words in ("bridge failed inspected", "library Sundays lorries park", "parking charges rise"):
        assert 0 < index.search(words, 1)[0][1] <= 2.2 * index.weight(words)


def test_nothing_but_stop_words_is_worth_something_and_no_words_nothing(index: LexicalIndex) -> None:
    assert index.weight("the") > 0
    assert index.weight("?") == 0
