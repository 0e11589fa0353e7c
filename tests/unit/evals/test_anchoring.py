from dataclasses import replace

import pytest

from evals.anchoring import anchored, hash_of
from evals.errors import BadDataset
from evals.questions import Quoted
from qa_service.domain.spans import Span
from tests.unit.evals.papers import CHARGES, PAYER, corpus, document, topic


def test_a_quote_is_found_whatever_its_white_space() -> None:
    question = replace(
        CHARGES, evidence=(Quoted("minutes.pdf", "RESOLVED:  that the charges\nstay as they are"),)
    )
    place = topic(question).evidence[0]
    text = corpus().of_file("minutes.pdf").text
    assert place.span.of(text) == "RESOLVED: that the charges stay as they are"


def test_gold_whose_quote_is_not_in_the_source_is_refused_with_file_line_and_field() -> None:
    question = replace(CHARGES, evidence=(Quoted("minutes.pdf", "RESOLVED: that the charges rise."),))
    with pytest.raises(BadDataset) as caught:
        anchored(question, corpus(), "own.jsonl", 7)
    assert (caught.value.file, caught.value.line, caught.value.field) == ("own.jsonl", 7, "evidence[0].quote")
    assert "minutes.pdf" in caught.value.why


def test_gold_whose_quote_stands_twice_is_refused() -> None:
    question = replace(CHARGES, evidence=(Quoted("minutes.pdf", "The Committee"),))
    with pytest.raises(BadDataset, match="stands 2 times"):
        topic(question)


def test_the_page_settles_which_of_two_occurrences_is_meant() -> None:
    question = replace(CHARGES, evidence=(Quoted("minutes.pdf", "The Committee", page=2),))
    papers = corpus()
    place = topic(question, papers).evidence[0]
    assert papers.of_file("minutes.pdf").page_at(place.span.start) == papers.of_file("minutes.pdf").page(2)


def test_a_quote_of_another_page_is_refused() -> None:
    question = replace(CHARGES, evidence=(Quoted("minutes.pdf", "forty cycle stands be bought", page=1),))
    with pytest.raises(BadDataset, match="is not in page 1"):
        topic(question)


def test_a_page_is_ignored_for_a_paper_without_pages() -> None:
    plain = replace(document("plain.txt", "Only these words stand here."), pages=())
    question = replace(CHARGES, evidence=(Quoted("plain.txt", "these words", page=3),), must_not_cite=())
    assert topic(question, corpus(plain)).evidence[0].span == Span(5, 16)


def test_an_unknown_file_is_refused() -> None:
    with pytest.raises(BadDataset, match="no such file"):
        topic(replace(CHARGES, evidence=(Quoted("absent.pdf", "words"),)))


def test_given_offsets_must_hold_the_words_of_the_gold() -> None:
    question = replace(CHARGES, evidence=(Quoted("minutes.pdf", "PARKING", span=Span(0, 7)),))
    with pytest.raises(BadDataset, match="not the text that gold was made on"):
        topic(question)


def test_two_different_papers_of_one_name_cannot_be_told_apart() -> None:
    with pytest.raises(BadDataset, match="2 different documents"):
        topic(CHARGES, corpus(replace(document("minutes.pdf", "Other words."), id="second")))


def test_evidence_of_an_unanswerable_question_is_context_and_no_gold() -> None:
    near = replace(PAYER, evidence=(Quoted("minutes.pdf", "charges had not changed since 2019"),))
    assert topic(near).evidence == ()


def test_a_wrong_context_quote_is_refused_all_the_same() -> None:
    with pytest.raises(BadDataset, match="is not in minutes"):
        topic(replace(PAYER, evidence=(Quoted("minutes.pdf", "words nobody wrote"),)))


def test_questions_about_one_paper_share_a_cluster() -> None:
    assert topic(CHARGES).cluster == "minutes.pdf"
    assert topic(PAYER).cluster == "question payer"


HASHED = "RESOLVED: that the charges stay as they are"


def hashed(start: int, words: int | None = None) -> Quoted:
    count = len(HASHED.split()) if words is None else words
    span = Span(start, start + len(HASHED))
    return Quoted("minutes.pdf", "", span=span, sha256=hash_of(HASHED), words=count)


@pytest.mark.parametrize("moved", [0, 40, -9])
def test_words_that_we_may_not_ship_are_found_by_their_hash_where_the_text_has_moved(moved: int) -> None:
    text = corpus().of_file("minutes.pdf").text
    start = text.index("RESOLVED: that the charges stay")
    place = topic(replace(CHARGES, evidence=(hashed(start + moved),))).evidence[0]
    assert " ".join(place.span.of(text).split()) == HASHED


def test_words_that_are_read_otherwise_now_are_refused_with_the_file_and_field() -> None:
    question = replace(CHARGES, evidence=(replace(hashed(0), sha256="0" * 16),))
    with pytest.raises(BadDataset, match="reads otherwise now") as caught:
        anchored(question, corpus(), "real.jsonl", 3)
    assert (caught.value.file, caught.value.line, caught.value.field) == ("real.jsonl", 3, "evidence.sha256")
