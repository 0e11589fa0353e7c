from dataclasses import replace

import pytest

from evals.metrics import citations
from evals.questions import Quoted
from evals.results import Label
from tests.unit.evals.papers import (
    CHARGES,
    PAYER,
    STANDS,
    answered,
    citation,
    corpus,
    refused,
    replied,
    reply_with,
)

RIGHT = ("minutes.pdf", "RESOLVED: that the charges stay as they are until April 2025.")
WRONG_PLACE = ("minutes.pdf", "The following members were present: Alder, Birch, Cedar.")
WRONG_SOURCE = ("other.pdf", "The Panel agreed that parking charges rise by five pence at once.")
STANDS_BOUGHT = ("minutes.pdf", "that forty cycle stands be bought for £12,500")
AUDIT = ("minutes.pdf", "subject to a safety audit.")


def test_precision_is_the_share_of_citations_that_show_gold() -> None:
    score = citations.precision(answered(CHARGES, RIGHT, WRONG_PLACE, WRONG_SOURCE))
    assert score.value == pytest.approx(1 / 3)
    assert score.labels == (Label.WRONG_PLACE, Label.WRONG_SOURCE)


def test_half_of_the_shorter_span_is_enough_and_less_is_not() -> None:
    quote = RIGHT[1]
    half = quote[: len(quote) // 2 + 1]
    case = answered(replace(CHARGES, evidence=(Quoted("minutes.pdf", quote),)), ("minutes.pdf", half))
    assert citations.precision(case).value == 1.0
    later = "until April 2025.\n13. CYCLE STANDS\nThe Committee doesn't accept that it's too costly"
    assert citations.precision(answered(CHARGES, ("minutes.pdf", later))).value == 0.0


def test_recall_asks_for_every_group_of_evidence() -> None:
    assert citations.recall(answered(STANDS, STANDS_BOUGHT)).value == 0.5
    assert citations.recall(answered(STANDS, STANDS_BOUGHT, AUDIT)).value == 1.0


def test_one_of_two_alternatives_covers_their_group() -> None:
    alternatives = tuple(replace(one, group=0) for one in STANDS.evidence)
    assert citations.recall(answered(replace(STANDS, evidence=alternatives), AUDIT)).value == 1.0


def test_a_refusal_of_an_answerable_question_scores_nothing_everywhere() -> None:
    case = refused(CHARGES)
    for measure in (citations.precision, citations.recall, citations.first_right, citations.best_sentence):
        assert measure(case).value == 0.0


def test_precision_of_answers_leaves_refusals_out_and_says_so() -> None:
    assert citations.precision_of_answers(refused(CHARGES)).value is None
    assert citations.precision_of_answers(answered(CHARGES, RIGHT)).value == 1.0


def test_an_unanswerable_question_has_no_citation_to_get_right() -> None:
    assert citations.precision(answered(PAYER, RIGHT)).value is None


def test_the_first_citation_is_that_of_the_first_statement() -> None:
    assert citations.first_right(answered(CHARGES, RIGHT, WRONG_PLACE)).value == 1.0
    assert citations.first_right(answered(CHARGES, WRONG_PLACE, RIGHT)).value == 0.0


def test_quoting_a_whole_page_does_not_pass_for_finding_the_sentence() -> None:
    page = corpus().of_file("minutes.pdf").text[: corpus().of_file("minutes.pdf").pages[0].end]
    score = citations.best_sentence(answered(CHARGES, ("minutes.pdf", page.strip())))
    assert score.value is not None
    assert 0.0 < score.value < 0.3
    assert citations.best_sentence(answered(CHARGES, RIGHT)).value == 1.0


def test_the_best_sentence_of_a_long_quote_is_the_one_that_the_reply_names() -> None:
    text = corpus().of_file("minutes.pdf").text
    page = text[: corpus().of_file("minutes.pdf").pages[0].end].strip()
    named = {words: citation(corpus(), "minutes.pdf", page) for words in (RIGHT[1], WRONG_PLACE[1])}
    for words, one in named.items():
        start = text.index(words)
        one["focus"] = {"start": start, "end": start + len(words)}
    found = {
        words: citations.best_sentence(replied(CHARGES, reply_with(one))).value
        for words, one in named.items()
    }
    assert found == {RIGHT[1]: 1.0, WRONG_PLACE[1]: 0.0}


def test_a_long_quote_buys_recall_and_pays_in_characters() -> None:
    long = answered(
        CHARGES,
        (
            "minutes.pdf",
            f"12. PARKING CHARGES\nThe Committee heard that charges had not changed since 2019.\n{RIGHT[1]}",
        ),
    )
    assert citations.characters_recall(long).value == 1.0
    assert citations.characters_precision(long).value == pytest.approx(61 / 138, abs=0.02)


def test_a_character_cited_twice_counts_once() -> None:
    assert citations.quote_characters(answered(CHARGES, RIGHT, RIGHT)).value == len(RIGHT[1])


def test_altered_words_match_no_gold_and_still_count_as_cited() -> None:
    raw = citation(corpus(), *RIGHT) | {"quote": RIGHT[1].replace("2025", "2026")}
    case = replied(CHARGES, reply_with(raw))
    assert citations.precision(case).value == 0.0
    assert citations.characters_precision(case).value == 0.0


def test_the_right_page_and_paper_count_apart_from_the_right_words() -> None:
    case = answered(CHARGES, ("minutes.pdf", "The Committee heard that charges had not changed since 2019."))
    assert citations.precision(case).value == 0.0
    assert citations.page_precision(case).value == 1.0
    assert citations.page_recall(case).value == 1.0
    elsewhere = answered(CHARGES, WRONG_PLACE)
    assert citations.page_precision(elsewhere).value == 0.0
    assert citations.document_precision(elsewhere).value == 1.0
    assert citations.document_recall(elsewhere).value == 1.0


def test_a_wrong_passage_of_the_right_paper_is_told_from_a_wrong_paper() -> None:
    assert citations.right_source_when_wrong(answered(CHARGES, WRONG_PLACE, WRONG_SOURCE)).value == 0.5
    assert citations.right_source_when_wrong(answered(CHARGES, RIGHT)).value is None


def test_a_place_that_may_be_cited_is_right_and_covers_nothing() -> None:
    question = replace(CHARGES, may_cite=(Quoted(*WRONG_PLACE),))
    case = answered(question, WRONG_PLACE)
    assert citations.precision(case).value == 1.0
    assert citations.recall(case).value == 0.0
