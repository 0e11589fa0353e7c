from dataclasses import replace

import pytest

from evals.corpus import Corpus, StoredSegment
from evals.metrics import answers, attribution, refusal
from evals.questions import Judgement, Quoted
from evals.results import Label
from tests.unit.evals.papers import (
    CHARGES,
    NORTH,
    OTHER_COUNCIL,
    PAGE_ONE,
    PAYER,
    SOUTH,
    SOUTH_CHARGES,
    STANDS,
    WRONG,
    answered,
    citation,
    corpus,
    document,
    refused,
    replied,
    reply_with,
)

RIGHT = ("minutes.pdf", "RESOLVED: that the charges stay as they are until April 2025.")
OTHER = ("other.pdf", "The Panel agreed that parking charges rise by five pence at once.")
REPORT = ("report.pdf", "Officers recommend that the charges rise by ten pence from April 2024.")
MEMBERS = ("minutes.pdf", "The following members were present: Alder, Birch, Cedar.")
STANDS_BOUGHT = ("minutes.pdf", "that forty cycle stands be bought for £12,500")
AUDIT = ("minutes.pdf", "subject to a safety audit.")


def told_as(part: str, file: str, held_on: str | None = None) -> Corpus:
    """The papers, one of them told by the store to be one stretch of this part."""
    papers = corpus()
    told = papers.of_file(file)
    whole = StoredSegment(0, len(told.text), held_on=held_on or told.held_on, part=part)
    papers.documents[told.id] = replace(told, segments=(whole,))
    return Corpus(papers.documents.values())


def test_fully_correct_asks_for_every_citation_and_all_evidence() -> None:
    assert answers.fully_correct(answered(CHARGES, RIGHT)).value == 1.0
    assert answers.fully_correct(answered(CHARGES, RIGHT, MEMBERS)).value == 0.0
    assert answers.fully_correct(answered(STANDS, STANDS_BOUGHT)).value == 0.0
    assert answers.fully_correct(answered(STANDS, STANDS_BOUGHT, AUDIT)).value == 1.0


def test_a_refusal_is_never_nan_but_one_or_nought() -> None:
    assert answers.fully_correct(refused(PAYER)).value == 1.0
    assert answers.fully_correct(refused(CHARGES)).value == 0.0
    assert answers.fully_correct(answered(PAYER, RIGHT)).value == 0.0


def test_harm_is_a_wrong_source_or_an_answer_to_the_unanswerable() -> None:
    assert answers.harmful(answered(CHARGES, RIGHT, OTHER)).value == 1.0
    assert answers.harmful(answered(CHARGES, MEMBERS)).value == 0.0
    assert answers.harmful(answered(PAYER, RIGHT)).value == 1.0
    assert answers.harmful(refused(CHARGES)).value == 0.0


def test_a_source_that_a_person_judged_correct_does_no_harm() -> None:
    judged = replace(CHARGES, judged=(Judgement(Quoted(*OTHER), correct=True),))
    assert answers.harmful(answered(judged, RIGHT, OTHER)).value == 0.0
    assert answers.fully_correct(answered(judged, RIGHT, OTHER)).value == 1.0


def test_the_gold_answer_must_stand_in_a_quote_in_whole_words() -> None:
    assert answers.answer_in_quote(answered(CHARGES, RIGHT)).value == 1.0
    assert answers.answer_in_quote(answered(CHARGES, MEMBERS)).value == 0.0
    piece = replace(CHARGES, answers=("Apr",))
    assert answers.answer_in_quote(answered(piece, RIGHT)).value is None


def test_a_yes_or_no_is_scored_by_its_evidence_not_by_its_word() -> None:
    assert answers.answer_in_quote(answered(replace(CHARGES, answers=("yes",)), RIGHT)).value is None


def test_every_condition_must_be_cited() -> None:
    assert answers.conditions_quoted(answered(STANDS, STANDS_BOUGHT)).value == 0.0
    assert answers.conditions_quoted(answered(STANDS, STANDS_BOUGHT, AUDIT)).value == 1.0
    assert answers.conditions_quoted(answered(CHARGES, RIGHT)).value is None


def test_standing_is_that_of_the_statement_which_shows_the_evidence() -> None:
    assert answers.standing_right(answered(CHARGES, RIGHT)).value == 1.0
    wrong = answers.standing_right(answered(CHARGES, RIGHT, standing="recommended"))
    assert (wrong.value, wrong.labels) == (0.0, (Label.WRONG_STANDING,))
    assert answers.standing_right(refused(CHARGES)).value == 0.0
    assert answers.standing_right(answered(SOUTH_CHARGES, OTHER)).value is None


def test_a_recommendation_given_as_resolved_is_named() -> None:
    recommended = replace(CHARGES, standing="recommended", evidence=(Quoted(*REPORT),), must_not_cite=())
    assert answers.false_resolution(answered(recommended, REPORT)).value == 1.0
    assert answers.false_resolution(answered(recommended, REPORT, standing="recommended")).value == 0.0


@pytest.mark.parametrize(("part", "value"), [("minutes", 0.0), ("decision record", 0.0), ("report", 1.0)])
def test_only_minutes_and_records_of_decisions_hold_resolutions(part: str, value: float) -> None:
    minuted = replace(CHARGES, standing="minuted", must_not_cite=())
    papers = told_as(part, "other.pdf")
    assert answers.false_resolution(answered(minuted, OTHER, papers=papers)).value == value
    assert answers.false_resolution(answered(CHARGES, OTHER, papers=papers)).value == value
    assert answers.false_resolution(answered(minuted, OTHER, papers=papers, standing="reported")).value == 0.0


def test_a_pack_whose_stretches_are_not_told_proves_no_false_resolution() -> None:
    papers = corpus()
    pack = replace(papers.of_file("other.pdf"), kind="agenda pack")
    papers = Corpus([*(one for one in papers.documents.values() if one.id != pack.id), pack])
    assert answers.false_resolution(answered(CHARGES, OTHER, papers=papers)).value == 0.0


def test_a_conflict_is_shown_only_if_both_sides_are_cited_and_named() -> None:
    conflict = replace(STANDS, kind="conflict")
    assert answers.conflict_shown(answered(conflict, STANDS_BOUGHT, AUDIT)).value == 1.0
    assert answers.conflict_shown(answered(conflict, STANDS_BOUGHT)).value == 0.0
    silent = answered(conflict, STANDS_BOUGHT, AUDIT)
    assert silent.reply is not None
    unnamed = replace(silent, reply=silent.reply.model_copy(update={"conflicts": ()}))
    assert answers.conflict_shown(unnamed).value == 0.0


def test_refusals_are_counted_by_what_should_have_happened() -> None:
    assert refusal.refused_unanswerable(refused(PAYER)).value == 1.0
    assert refusal.refused_unanswerable(answered(PAYER, RIGHT)).value == 0.0
    assert refusal.refused_unanswerable(refused(CHARGES)).value is None
    assert refusal.refused_answerable(refused(CHARGES)).value == 1.0
    assert refusal.refused_answerable(answered(CHARGES, RIGHT)).value == 0.0


def test_nearest_passages_that_are_not_labelled_so_are_an_answer() -> None:
    raw = reply_with(citation(corpus(), *RIGHT))
    assert refusal.refused_unanswerable(replied(PAYER, raw)).value == 0.0
    labelled = raw | {"status": "not_found", "statements": [], "citations": []}
    labelled["not_found"] = {"reason": "", "nearest": raw["citations"]}
    assert refusal.refused_unanswerable(replied(PAYER, labelled)).value == 1.0


def test_another_councils_paper_is_a_wrong_council() -> None:
    assert attribution.wrong_council(answered(CHARGES, RIGHT, OTHER)).value == 1.0
    assert attribution.wrong_council(answered(CHARGES, RIGHT)).value == 0.0
    assert attribution.wrong_body(answered(CHARGES, OTHER)).value == 1.0
    assert attribution.wrong_meeting(answered(CHARGES, OTHER)).value == 1.0
    assert attribution.wrong_meeting(answered(CHARGES, REPORT)).value == 0.0


def test_the_same_paper_is_no_other_meeting_where_one_side_has_no_date() -> None:
    undated = citation(corpus(), *RIGHT) | {"meeting": None}
    assert attribution.wrong_meeting(replied(CHARGES, reply_with(undated))).value == 0.0
    elsewhere = citation(corpus(), *OTHER) | {"meeting": None}
    assert attribution.wrong_meeting(replied(CHARGES, reply_with(elsewhere))).value == 1.0


def test_a_place_that_gold_accepts_is_from_nowhere_else() -> None:
    accepting = replace(CHARGES, may_cite=(Quoted(*OTHER),))
    assert attribution.wrong_attribution(answered(accepting, RIGHT, OTHER)).value == 0.0
    assert attribution.wrong_attribution(answered(CHARGES, RIGHT, OTHER)).value == 1.0


def test_meetings_of_a_pack_are_told_by_its_stretches_even_where_search_was_not_asked() -> None:
    of_the_pack = document("pack.pdf", PAGE_ONE, OTHER_COUNCIL, held_on="2024-06-01")
    cut = len(PAGE_ONE)
    pack = replace(
        of_the_pack,
        segments=(
            StoredSegment(0, cut, council=NORTH[0], body=NORTH[1], held_on=NORTH[2]),
            StoredSegment(cut, len(of_the_pack.text), council=SOUTH[0], body=SOUTH[1], held_on=SOUTH[2]),
        ),
    )
    papers = corpus(pack)
    asked = replace(CHARGES, evidence=(Quoted("pack.pdf", RIGHT[1]),), must_not_cite=())
    right = citation(papers, "pack.pdf", RIGHT[1])
    right |= {"meeting": {"id": "m1", "body": NORTH[1], "held_on": NORTH[2], "status": "confirmed"}}
    right["document"] |= {"body": NORTH[1]}
    wrong = citation(papers, "pack.pdf", OTHER[1])
    assert attribution.wrong_meeting(replied(asked, reply_with(right), papers)).value == 0.0
    assert attribution.wrong_body(replied(asked, reply_with(right), papers)).value == 0.0
    assert attribution.wrong_meeting(replied(asked, reply_with(wrong), papers)).value == 1.0
    lies = wrong | {"meeting": right["meeting"]}
    assert attribution.wrong_meeting(replied(asked, reply_with(lies), papers)).value == 1.0


def test_answering_what_gold_calls_the_wrong_councils_is_a_wrong_council() -> None:
    assert attribution.wrong_council(answered(WRONG, RIGHT)).value == 1.0
    assert attribution.wrong_council(refused(WRONG)).value == 0.0


def test_citing_what_was_only_recommended_is_named_with_golds_reason() -> None:
    score = attribution.forbidden_cited(answered(CHARGES, REPORT))
    assert score.value == 1.0
    assert "only recommended" in score.reason
    assert attribution.forbidden_cited(answered(CHARGES, RIGHT)).value == 0.0
    assert attribution.forbidden_cited(answered(STANDS, AUDIT)).value is None


def test_a_dated_paper_must_show_its_date() -> None:
    raw = citation(corpus(), *RIGHT)
    assert attribution.dates_shown(replied(CHARGES, reply_with(raw))).value == 1.0
    assert attribution.dates_shown(replied(CHARGES, reply_with(raw | {"meeting": None}))).value == 0.0
    undated = citation(corpus(), "welsh.pdf", "Penderfynwyd bod y ffioedd")
    assert attribution.dates_shown(replied(CHARGES, reply_with(undated))).value is None


def test_any_one_of_the_wrong_attributions_counts() -> None:
    assert attribution.wrong_attribution(answered(CHARGES, RIGHT)).value == 0.0
    assert attribution.wrong_attribution(answered(CHARGES, OTHER)).reason == "wrong council, body, meeting"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The  Cat's, dinner!", "cat s dinner"), ("Cyngor Pentre", "cyngor pentre"), ("£12,500", "12 500")],
)
def test_normalising_drops_articles_case_and_marks_and_no_letters(text: str, expected: str) -> None:
    assert answers.normalised(text) == expected
