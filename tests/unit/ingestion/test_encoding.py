from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from embeddings.encoder import Vectors
from embeddings.hashing import HashingEncoder
from embeddings.late_interaction import nearest
from embeddings.models import find_model
from embeddings.tokens import load_tokenizer
from qa_service.domain.access import Access
from qa_service.domain.papers import Paper
from qa_service.domain.passages import Passage
from qa_service.ingestion.encoding import EncodedPassage, _cut, _windows, encode
from qa_service.ingestion.passages import passages_of
from qa_service.store.database import Connection, open_writer
from qa_service.store.papers import insert_paper
from qa_service.store.passages import insert_passage
from qa_service.store.unit_vectors import words_in
from qa_service.store.vectors import insert_vectors
from tests.factories import CountingEncoder, block, make_paper

ENCODER = HashingEncoder(dim=32, limit=24)
WORD = st.sampled_from("bridge lorry flood the a".split()) | st.text("ab.", min_size=1, max_size=90)


class WordPieces(HashingEncoder):
    """Counts as the default model does, which splits signs, letters of Hangul and long words."""

    def count(self, text: str) -> int:
        return len(tokenizer().encode(text).ids)

    def encode_queries(self, texts: object) -> Vectors:
        raise NotImplementedError


@cache
def tokenizer() -> Tokenizer:
    return load_tokenizer(find_model().tokenizer)


def squeezed(text: str) -> str:
    return "".join(text.split())


def passages(paper: Paper, encoder: HashingEncoder = ENCODER) -> list[Passage]:
    return list(passages_of(paper, encoder.count, encoder.limit, lambda: "p"))


@given(st.lists(st.lists(WORD, min_size=1, max_size=40), min_size=1, max_size=5))
def test_windows_never_exceed_the_limit_and_together_hold_every_word(paragraphs: list[list[str]]) -> None:
    paper = make_paper([block(" ".join(words)) for words in paragraphs])
    for passage in passages(paper):
        windows = _windows(passage, paper.document.text, ENCODER)
        assert max(ENCODER.count(window.text) for window in windows) <= ENCODER.limit
        header = _cut(passage.header, ENCODER, ENCODER.limit // 3)[0]
        bodies = squeezed("".join(window.text.removeprefix(header) for window in windows))
        spans = [span for unit in passage.units for span in unit.spans]
        assert bodies == squeezed("".join(span.of(paper.document.text) for span in spans))
        parts = [(unit, window.text[start:end]) for window in windows for unit, start, end in window.parts]
        for at, unit in enumerate(passage.units):
            words = "".join(span.of(paper.document.text) for span in unit.spans)
            assert squeezed("".join(part for of, part in parts if of == at)) == squeezed(words)


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_is_cut_within_the_limit_of_the_real_tokenizer(text: str) -> None:
    words, encoder = " ".join(text.split()), WordPieces(limit=20)
    pieces = _cut(words, encoder, encoder.limit)
    assert max(map(encoder.count, pieces)) <= encoder.limit
    assert squeezed("".join(pieces)) == squeezed(words)


@pytest.mark.parametrize("long", ["." * 400, "아" * 150, "x" * 900, "http://marlshire.example/" + "a/" * 200])
def test_a_word_beyond_the_limit_is_cut_rather_than_refused(long: str) -> None:
    encoder = WordPieces()
    pieces = _cut(long, encoder, encoder.limit)
    assert max(map(encoder.count, pieces)) <= encoder.limit
    assert squeezed("".join(pieces)) == long


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Connection]:
    with open_writer(tmp_path) as connection:
        yield connection


def stored(writer: Connection, paper: Paper, encoder: CountingEncoder) -> list[EncodedPassage]:
    """Encode a paper and write what came of it, as the pipeline does."""
    encoded = encode(passages(paper, encoder), paper.document, encoder, writer)
    row = insert_paper(writer, paper, paper.document.id, 1)
    for number, each in enumerate(encoded):
        text = each.passage.span.of(paper.document.text)
        named = replace(each.passage, id=f"{paper.document.id}-{number}")
        passage_row = insert_passage(writer, row, named, text, 1, each.units)
        insert_vectors(writer, passage_row, each.keys, each.vectors)
    return encoded


BLOCKS = [block("The bridge is closed. Lorries must wait."), block("Lorries must wait.", minute="2")]


def test_every_passage_and_every_unit_has_the_vector_of_its_own_words(writer: Connection) -> None:
    encoder = CountingEncoder()
    first, second = encode(
        passages(make_paper(BLOCKS), encoder), make_paper(BLOCKS).document, encoder, writer
    )
    bridge, lorries = encoder.encode_queries(["The bridge is closed.", "Lorries must wait."])
    assert first.units.sentences == pytest.approx(np.stack([bridge, lorries]))
    assert second.units.sentences == pytest.approx(lorries[np.newaxis])
    words = words_in(first.units.words, 2)
    assert words.ends.tolist() == [4, 7]
    asked = encoder.encode_question("The lorries wait").words
    assert (nearest(asked, words.values, words.ends).argmax(axis=1) == [0, 1, 1]).all()
    (window,) = _windows(first.passage, make_paper(BLOCKS).document.text, encoder)
    assert first.vectors == pytest.approx(encoder.encode_queries([window.text]))


def test_the_same_words_are_encoded_once(writer: Connection) -> None:
    encoder = CountingEncoder()
    encode(passages(make_paper(BLOCKS), encoder), make_paper(BLOCKS).document, encoder, writer)
    assert len(encoder.passages) == len(set(encoder.passages)) == 4


def test_a_paper_that_reproduces_another_costs_no_encoding_and_gets_the_same_vectors(
    writer: Connection,
) -> None:
    encoder = CountingEncoder()
    before = stored(writer, make_paper(BLOCKS), encoder)
    encoder.passages.clear()
    after = stored(writer, make_paper(BLOCKS, id_="d2"), encoder)
    assert encoder.passages == []
    for old, new in zip(before, after, strict=True):
        assert old.keys == new.keys
        assert new.vectors == pytest.approx(old.vectors, abs=1e-3)
        assert new.units.sentences == pytest.approx(old.units.sentences, abs=1 / 127)
        assert new.units.words == old.units.words


def test_a_public_paper_takes_nothing_from_an_exempt_one(writer: Connection) -> None:
    encoder = CountingEncoder()
    stored(writer, make_paper(BLOCKS, access=Access.EXEMPT), encoder)
    encoder.passages.clear()
    stored(writer, make_paper(BLOCKS, id_="d2"), encoder)
    assert len(encoder.passages) == 4


def test_a_passage_of_several_windows_has_a_vector_each(writer: Connection) -> None:
    encoder = CountingEncoder(limit=24)
    paper = make_paper([block(" ".join(f"word{number}" for number in range(60)) + ".")])
    (encoded,) = encode(passages(paper, encoder), paper.document, encoder, writer)
    assert len(encoded.keys) == len(encoded.vectors) > 1
    assert len(encoded.units.sentences) == 1
    assert words_in(encoded.units.words, 1).ends.tolist() == [60]
