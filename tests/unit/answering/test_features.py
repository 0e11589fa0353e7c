"""Each number says what its name says."""

import numpy as np
import pytest

from qa_service.answering.features import NAMES, FeatureTable, feature_table
from qa_service.retrieval.asking import asking_sentence
from tests.unit.answering.weighing_cases import asked, passage

BRIDGE = "What does the wooden bridge cost?"


def table(question: str, *units: str, header: str = "") -> FeatureTable:
    return feature_table(asked(question), [passage(*units, question=question, header=header)])


def test_no_candidates_make_an_empty_table() -> None:
    assert feature_table(asked(BRIDGE), []).values.shape == (0, len(NAMES))


def test_cover_is_the_share_of_the_question_that_a_sentence_holds() -> None:
    made = table(BRIDGE, "The wooden bridge costs £4.", "The bridge is wet.", "Nothing else.")
    assert made.column("unit_cover").tolist() == pytest.approx([1.0, 1 / 3, 0.0])
    assert made.column("passage_cover").tolist() == pytest.approx([1.0] * 3)
    assert made.column("before_cover").tolist() == pytest.approx([0.0, 1.0, 1 / 3])


def test_the_header_and_the_sentence_before_are_context() -> None:
    made = table(BRIDGE, "It is wooden.", "It costs £4.", header="The bridge")
    assert made.column("context_cover").tolist() == pytest.approx([2 / 3, 1.0])


def test_gaps_are_to_the_best_of_all_candidates() -> None:
    made = feature_table(
        asked(BRIDGE),
        [passage("The wooden bridge costs £4.", question=BRIDGE), passage("Fog came.", question=BRIDGE)],
    )
    gaps = made.column("unit_cosine_gap")
    assert gaps[0] == 0.0
    assert gaps[1] < 0.0
    assert made.column("rank").tolist() == [1.0, 0.5]


def test_neighbours_of_the_question_are_looked_for_in_the_sentence_and_in_its_passage() -> None:
    made = feature_table(
        asked(BRIDGE),
        [
            passage("The wooden bridge is wet.", "It costs £4.", question=BRIDGE),
            passage("A bridge of wooden boards cost more.", question=BRIDGE),
        ],
    )
    pairs, held = made.column("pair_match"), made.column("passage_pairs")
    assert pairs[0] == held[0] == held[1] > 0.0
    assert pairs[1] == pairs[2] == held[2] == 0.0
    assert made.column("passage_pairs_gap").tolist() == [0.0, 0.0, -held[0]]
    assert made.column("asked_words").tolist() == pytest.approx([np.log(4)] * 3)


def test_what_is_missing_from_a_whole_passage_is_seen() -> None:
    question = "What did Wrigley say in 1987?"
    here = table(question, "Wrigley spoke.", "That was in 1987.")
    away = table(question, "Somebody spoke.", "That was later.")
    for name in ("names_missing", "numbers_missing"):
        assert here.column(name).tolist() == [0.0, 0.0]
        assert away.column(name).tolist() == [1.0, 1.0]
    assert here.column("rarest_missing")[0] == pytest.approx(away.column("rarest_missing")[0])


def test_a_document_that_holds_the_question_together_is_told_from_one_that_does_not() -> None:
    made = feature_table(
        asked(BRIDGE),
        [
            passage("The bridge is wet.", question=BRIDGE, document="right"),
            passage("Wooden things cost more.", question=BRIDGE, document="right"),
            passage("The bridge is dry.", question=BRIDGE, document="wrong"),
        ],
    )
    assert made.column("document_cover").tolist() == pytest.approx([1.0, 1.0, 1 / 3])
    assert made.column("document_cover_gap").tolist() == pytest.approx([0.0, 0.0, -2 / 3])
    assert made.column("everywhere_cover").tolist() == pytest.approx([1.0] * 3)
    assert made.column("document_mass")[0] == 1.0
    assert made.column("document_mass")[2] < 1.0


def test_the_sentence_that_asks_counts_apart_from_what_led_to_it() -> None:
    question = "My mule is lame. We live by the sea. Who mends bridges?"
    assert asking_sentence(question) == "Who mends bridges?"
    made = table(question, "The smith mends bridges.", "A mule by the sea is lame.")
    assert made.column("ask_cover").tolist() == pytest.approx([1.0, 0.0])
    assert made.column("ask_cosine")[0] > made.column("ask_cosine")[1]
    one = table("Who mends bridges?", "The smith mends bridges.")
    assert one.column("ask_cover").tolist() == [0.0]
    assert one.column("ask_cosine").tolist() == [0.0]


def test_a_question_about_what_must_be_held_marks_what_is_held_and_what_is_not() -> None:
    made = table(BRIDGE, "It costs £4.", "It is dear.")
    assert made.column("type_money").tolist() == [1.0, -1.0]
    assert made.column("type_person").tolist() == [0.0, 0.0]


def test_a_figure_that_the_question_gave_is_not_the_one_asked_for() -> None:
    question = "How many mules crossed on 2 May 1990?"
    made = feature_table(
        asked(question), [passage("Mules crossed on 2 May 1990.", "On 2 May 12 did.", question=question)]
    )
    assert made.column("type_number").tolist() == [-1.0, 1.0]


def test_questions_and_sentences_that_point_back_are_marked() -> None:
    made = table(BRIDGE, "Is it dear?", "This was agreed.", "The bridge fell.")
    assert made.column("is_question").tolist() == [1.0, 0.0, 0.0]
    assert made.column("points_back").tolist() == [0.0, 1.0, 0.0]


def test_some_rows_of_a_table_keep_their_places() -> None:
    made = table(BRIDGE, "One.", "Two.", "Three.").kept([2, 0])
    assert made.places == ((0, 2), (0, 0))
    assert made.values.dtype == np.float32


def test_late_interaction_tells_which_sentence_meets_the_words_asked() -> None:
    made = table(BRIDGE, "What does the wooden bridge cost?", "The bridge is wet.", "Fog came over.")
    words = made.column("words")
    assert words[0] > 0.85  # two bits a number leave a word not quite itself
    assert words[0] > words[1] > words[2]
    assert made.column("words_gap").tolist() == pytest.approx((words - words[0]).tolist(), abs=1e-6)
    assert made.column("words_near")[1] == pytest.approx(words[0], abs=1e-6)
    assert made.column("ask_words").tolist() == [0.0] * 3


def test_the_sentence_that_asks_meets_words_of_its_own() -> None:
    question = "The bridge at Ebbfold is old. What does it cost?"
    assert asking_sentence(question) == "What does it cost?"
    made = table(question, "The bridge at Ebbfold is old.", "What does it cost now?")
    assert made.column("ask_words")[1] > made.column("ask_words")[0]
