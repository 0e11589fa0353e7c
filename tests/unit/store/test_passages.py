from pathlib import Path

import numpy as np
import pytest

from embeddings.encoder import Vectors, normalised
from qa_service.domain.access import PUBLIC_ONLY, Access
from qa_service.domain.documents import DocumentKind, Part, SegmentKind
from qa_service.domain.passages import Passage, Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.store.database import Connection, Database
from qa_service.store.generations import Generation, switch
from qa_service.store.papers import insert_paper
from qa_service.store.passages import (
    damaged_passages,
    fetch_passages,
    find_passage_row,
    insert_passage,
    passage_at,
    passages_at,
    passages_to_index,
)
from qa_service.store.unit_vectors import UnitVectors, words_out
from qa_service.store.vectors import encoded_hash, insert_vectors, known_vectors, vectors_to_index
from tests.factories import block, make_paper

UNITS = (Unit(UnitKind.LEAD_IN, (Span(0, 9),)), Unit(UnitKind.CLAUSE, (Span(10, 14), Span(17, 22)), lead=0))
UNIT_VECTORS: Vectors = normalised(np.array([[1.0, 2, 3], [3, -2, 1]]))
# Numbers that two bits keep: the levels of `late_interaction` in four dimensions.
WORDS = (np.array([[0.755, -0.2264, 0.2264, -0.755]]), np.array([[0.2264] * 4, [-0.2264] * 4, [0.755] * 4]))
STORED = UnitVectors(UNIT_VECTORS, words_out([words.astype(np.float32) for words in WORDS]))
VECTOR: Vectors = normalised(np.array([[1.0, 1, 1]]))
KEY = encoded_hash("hashing/3", "words")


def store(
    writer: Connection,
    access: Access = Access.PUBLIC,
    id_: str = "d1",
    windows: int = 1,
    vectors: UnitVectors = STORED,
) -> int:
    """Write a published paper of one passage; return the passage's row."""
    blocks = [block("RESOLVED: that 12 be noted.", SegmentKind.RESOLUTION, part=Part.MINUTES)]
    paper = make_paper(blocks, id_=id_, access=access, kind=DocumentKind.AGENDA_PACK)
    text = paper.document.text
    passage = Passage(f"p{id_}", id_, paper.segments[0], 0, Span(0, 22), "Cabinet | 1 May", UNITS)
    row = insert_paper(writer, paper, id_, 1)
    passage_row = insert_passage(writer, row, passage, text[:22], 7, vectors)
    insert_vectors(writer, passage_row, [KEY] * windows, np.repeat(VECTOR, windows, axis=0))
    if writer.value("SELECT count(*) FROM current_generation WHERE access = :a", {"a": access.value}) == 0:
        with writer.transaction():
            switch(writer, Generation(access, 1, "", 1, 1, 1, "hashing/3", 1))
    return passage_row


def test_a_passage_comes_back_as_it_went_in(writer: Connection) -> None:
    row = store(writer)
    found = fetch_passages(writer, [row, row + 7], PUBLIC_ONLY)[row]
    assert (found.id, found.document_id, found.span, found.units) == ("pd1", "d1", Span(0, 22), UNITS)
    assert (found.header, found.text) == ("Cabinet | 1 May", "RESOLVED: that 12 be n")
    assert found.segment.kind is SegmentKind.RESOLUTION
    assert find_passage_row(writer, "pd1") == row
    assert find_passage_row(writer, "unknown") is None


def test_unit_vectors_are_kept_to_within_a_step_of_their_storage(writer: Connection) -> None:
    row = store(writer)
    found = fetch_passages(writer, [row], PUBLIC_ONLY)[row].unit_vectors
    assert np.abs(found - UNIT_VECTORS).max() <= 0.5 / 127 + 1e-6


def test_word_vectors_come_back_unit_by_unit(writer: Connection) -> None:
    row = store(writer)
    found = fetch_passages(writer, [row], PUBLIC_ONLY)[row].unit_words
    assert found.ends.tolist() == [1, 4]
    assert found.values == pytest.approx(np.concatenate(WORDS), abs=1e-4)
    assert found.of([1]).values == pytest.approx(WORDS[1], abs=1e-4)
    assert found.of([1, 0]).ends.tolist() == [3, 4]


def test_a_unit_without_a_word_piece_has_none(writer: Connection) -> None:
    words = words_out([WORDS[0].astype(np.float32), np.zeros((0, 4), dtype=np.float32)])
    row = store(writer, vectors=UnitVectors(UNIT_VECTORS, words))
    assert fetch_passages(writer, [row], PUBLIC_ONLY)[row].unit_words.ends.tolist() == [1, 1]


def test_a_passage_stored_without_word_vectors_is_whole_and_has_none(writer: Connection) -> None:
    row = store(writer, vectors=UnitVectors(UNIT_VECTORS, b""))
    found = fetch_passages(writer, [row], PUBLIC_ONLY)[row].unit_words
    assert (found.values.size, found.ends.tolist()) == (0, [0, 0])
    assert known_vectors(writer, [KEY], PUBLIC_ONLY)[KEY].units is None


def test_a_passage_that_one_may_not_see_is_left_out(writer: Connection) -> None:
    row = store(writer, Access.EXEMPT)
    assert fetch_passages(writer, [row], PUBLIC_ONLY) == {}
    assert list(fetch_passages(writer, [row], frozenset({Access.EXEMPT}))) == [row]


def test_what_was_read_for_one_asker_is_not_shown_to_another_in_the_same_transaction(
    writer: Connection, tmp_path: Path
) -> None:
    row = store(writer, Access.EXEMPT)
    database = Database(tmp_path / "data")
    with database.reading() as reader:
        (found,) = fetch_passages(reader, [row], frozenset({Access.EXEMPT})).values()
        assert fetch_passages(reader, [row], PUBLIC_ONLY) == {}
        assert fetch_passages(reader, [row], frozenset({Access.EXEMPT}))[row] is found
    database.close()


def test_passages_at_several_places_are_those_at_each(writer: Connection) -> None:
    rows = [store(writer, id_=id_) for id_ in ("d1", "d2")]
    first, second = (fetch_passages(writer, rows, PUBLIC_ONLY)[row] for row in rows)
    places = [(second.document_row, 21), (first.document_row, 0), (first.document_row, 22), (99, 0)]
    found = passages_at(writer, places, PUBLIC_ONLY)
    assert [each and each.row for each in found] == [second.row, first.row, None, None]
    singly = [passage_at(writer, *place, PUBLIC_ONLY) for place in places]
    assert [each and each.row for each in singly] == [each and each.row for each in found]
    assert passages_at(writer, places, frozenset({Access.EXEMPT})) == [None] * 4


@pytest.mark.parametrize("column", ["header", "text", "units", "unit_vectors", "word_vectors"])
def test_a_changed_passage_is_withheld_and_found_by_the_check(writer: Connection, column: str) -> None:
    row = store(writer)
    changed = {
        "unit_vectors": "zeroblob(6)",
        "word_vectors": "zeroblob(10)",
        "units": "replace(units, '22', '21')",
    }
    writer.execute(f"UPDATE passage SET {column} = {changed.get(column, f'upper({column})')}")  # noqa: S608
    assert fetch_passages(writer, [row], PUBLIC_ONLY) == {}
    assert list(damaged_passages(writer)) == ["pd1"]


def test_what_is_indexed_are_the_words_of_units_under_both_kinds(writer: Connection) -> None:
    store(writer)
    passage = next(passages_to_index(writer, Access.PUBLIC, 1))
    assert passage.content == "RESOLVED:\nthat\n be n"
    assert passage.kinds == {DocumentKind.AGENDA_PACK, DocumentKind.MINUTES}
    assert list(passages_to_index(writer, Access.EXEMPT, 1)) == []


def test_vectors_come_back_by_passage_at_half_precision(writer: Connection) -> None:
    row = store(writer)
    ids, vectors = vectors_to_index(writer, Access.PUBLIC, 1, 3)
    assert ids.tolist() == [row]
    assert np.abs(vectors - VECTOR).max() < 1e-3
    assert vectors_to_index(writer, Access.PUBLIC, 0, 3)[1].shape == (0, 3)


def test_a_changed_vector_is_withheld_from_the_index_and_never_copied(
    writer: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    store(writer)
    writer.execute("UPDATE vector SET vector = zeroblob(6)")
    assert vectors_to_index(writer, Access.PUBLIC, 1, 3)[0].tolist() == []
    assert "integrity failure" in caplog.text
    assert known_vectors(writer, [KEY], PUBLIC_ONLY) == {}


def test_a_text_encoded_before_is_known_with_the_units_of_its_passage(writer: Connection) -> None:
    store(writer)
    known = known_vectors(writer, [KEY, encoded_hash("hashing/3", "other")], PUBLIC_ONLY)
    assert set(known) == {KEY}
    units = known[KEY].units
    assert units is not None
    assert (units.sentences.shape, units.words) == ((2, 3), STORED.words)


def test_a_window_of_a_longer_passage_brings_no_units(writer: Connection) -> None:
    store(writer, windows=2)
    assert known_vectors(writer, [KEY], PUBLIC_ONLY)[KEY].units is None


def test_a_vector_of_an_exempt_paper_is_not_known_to_a_public_one(writer: Connection) -> None:
    store(writer, Access.EXEMPT)
    assert known_vectors(writer, [KEY], PUBLIC_ONLY) == {}
    assert set(known_vectors(writer, [KEY], frozenset({Access.EXEMPT}))) == {KEY}


def test_another_encoder_knows_nothing_of_a_text(writer: Connection) -> None:
    store(writer)
    assert known_vectors(writer, [encoded_hash("hashing/4", "words")], PUBLIC_ONLY) == {}
