"""Decisions, clauses and votes that stand within a line of narrative, as prose minutes print them."""

import pytest

from qa_service.documents.lines import lines_of
from qa_service.documents.run_on import parted
from qa_service.documents.structure import read_paper
from qa_service.domain.documents import SegmentKind
from qa_service.domain.papers import Paper
from qa_service.domain.resolutions import Outcome, Resolution, Standing, Verb

HEAD = """Ebbshire Council, Weirs Committee, Minutes of the meeting held on Tuesday 4 June 2024

1. Attendance

Councillors Moss (Chair), Reed, Thorne and Vane attended.

2. Otter Weir

"""
SAID = "The Engineer said that the apron had cracked in two places since the flood."


def paper(text: str) -> Paper:
    return read_paper((HEAD + text).encode(), file_name="m.txt", document_id="d")


def decisions(text: str) -> list[Resolution]:
    return [each for each in paper(text).resolutions if each.minute == "2"]


def clauses(text: str) -> list[list[str]]:
    body = HEAD + text
    return [[clause.span.of(body) for clause in each.clauses] for each in decisions(text)]


def test_a_decision_behind_a_narrative_is_held_without_what_was_said_before_and_after() -> None:
    text = f"{SAID} RESOLVED: That the apron be relaid by March. Councillor Vane gave his thanks."
    assert clauses(text) == [["That the apron be relaid by March."]]


def test_two_decisions_of_a_line_are_two() -> None:
    text = f"{SAID} RESOLVED: That the apron be relaid. RESOLVED FURTHER, that the sluice be left."
    assert clauses(text) == [["That the apron be relaid."], ["that the sluice be left."]]


def test_clauses_of_one_line_are_a_list() -> None:
    text = f"{SAID} RESOLVED: (a) that it be relaid; and (b) that the ford be shut. All rose."
    assert clauses(text) == [["(a) that it be relaid; and", "(b) that the ford be shut."]]


def test_a_first_clause_in_the_line_of_its_lead_in_is_of_the_list_below() -> None:
    text = f"{SAID} RESOLVED: (a) that it be relaid;\n(b) that the ford be shut; and\n(c) that all be told."
    assert clauses(text) == [
        ["(a) that it be relaid;", "(b) that the ford be shut; and", "(c) that all be told."]
    ]


def test_what_was_said_behind_the_last_clause_is_none_of_it() -> None:
    text = "RESOLVED to recommend to the Council: (a) that it be relaid;\n(b) that it be shut. Mrs Reed left."
    assert clauses(text) == [["(a) that it be relaid;", "(b) that it be shut."]]


def test_a_last_clause_in_lines_of_its_own_keeps_its_sentences() -> None:
    text = "RESOLVED that:\n(a) the apron be relaid; and\n(b) the ford be shut. The Engineer may say when."
    assert clauses(text) == [
        ["(a) the apron be relaid; and", "(b) the ford be shut. The Engineer may say when."]
    ]


def test_sentences_that_go_on_deciding_are_kept() -> None:
    text = (
        f"{SAID} RESOLVED: That the apron be relaid. That the ford be shut. The Chair thanked those who came."
    )
    assert clauses(text) == [["That the apron be relaid. That the ford be shut."]]


@pytest.mark.parametrize(
    "text",
    [
        "2.1 RESOLVED that the apron be relaid.",
        "(3) RESOLVED that the apron be relaid.",
        "The Chair RESOLVED in his mind that the apron be relaid.",
        "Work had been agreed under paragraph 3 (a) and (b) that the apron be relaid.",
        "| Otter Weir | The Engineer said that it leaked. RESOLVED: That it be mended. | 2024 |",
        "The Clerk read the list aloud. Apologies: none had come that night.",
        "The Clerk said that it was late. Reason: the ford was deep that night.",
    ],
)
def test_a_number_a_sentence_and_a_reference_part_no_line(text: str) -> None:
    lines = lines_of(text, ())
    assert parted(text, lines) == lines


def test_lines_that_were_parted_still_tile_the_text() -> None:
    text = f"{SAID} RESOLVED: (a) that it be so; (b) that it stay so. He left.\n\n{SAID}\n"
    lines = parted(text, lines_of(text, ()))
    assert [line.start for line in lines] == [0, *(line.next for line in lines[:-1])]
    assert lines[-1].next == len(text)
    assert sum(line.opens for line in lines) == 4


def test_wrapped_lines_are_parted_too() -> None:
    text = (
        "The Engineer said that the apron had cracked in two places since\n"
        "the flood, and that nobody was to blame. RESOLVED: That the apron\n"
        "be relaid by the end of March. Councillor Vane asked that thanks\n"
        "be given to the anglers, who had told the Council of it at once.\n"
    )
    assert clauses(text) == [["That the apron\nbe relaid by the end of March."]]


def test_the_segment_of_such_a_decision_is_a_resolution() -> None:
    read = paper(f"{SAID} RESOLVED: That the apron be relaid.")
    kinds = [(each.kind, each.span.of(read.document.text).strip()) for each in read.segments]
    assert kinds[-2:] == [
        (SegmentKind.TEXT, SAID),
        (SegmentKind.RESOLUTION, "RESOLVED: That the apron be relaid."),
    ]


def test_a_vote_in_the_lead_in_is_counted_and_is_no_part_of_the_clause() -> None:
    text = f"{SAID} RESOLVED, by five votes to one with two abstentions: That the apron be relaid."
    (found,) = decisions(text)
    assert found.vote is not None
    assert (found.vote.for_count, found.vote.against_count, found.vote.abstained_count) == (5, 1, 2)
    assert clauses(text) == [["That the apron be relaid."]]
    assert found.vote.span.of(HEAD + text).endswith("That the apron be relaid.")


def test_counts_in_a_clause_are_no_vote_on_it() -> None:
    text = f"{SAID} RESOLVED: That the Town Council's refusal, by 5 votes to 4, be noted."
    assert [each.vote for each in decisions(text)] == [None]


def test_a_reason_in_the_line_of_a_record_is_no_part_of_the_decision() -> None:
    text = (
        "Ebbshire Council, Record of decisions of the Cabinet, 4 June 2024\n\n"
        "CAB 12: Otter Weir\n\nDecision: That the apron be relaid. Reason: It had cracked in two places.\n"
    )
    read = read_paper(text.encode(), file_name="r.txt", document_id="d")
    assert [clause.span.of(text) for each in read.resolutions for clause in each.clauses] == [
        "That the apron be relaid."
    ]


@pytest.mark.parametrize(
    ("sentence", "decided"),
    [
        ("It was moved, seconded and RESOLVED that the apron be relaid.", "that the apron be relaid."),
        ("The Committee RESOLVED to relay the apron.", "to relay the apron."),
    ],
)
def test_a_decision_in_capitals_within_a_sentence_is_one(sentence: str, decided: str) -> None:
    assert clauses(f"{SAID} {sentence}") == [[decided]]


@pytest.mark.parametrize(
    ("sentence", "standing", "outcome", "counts"),
    [
        (
            "An amendment by Councillor Vane that the ford be kept open was lost by two votes to five.",
            Standing.PROPOSED,
            Outcome.LOST,
            (2, 5),
        ),
        (
            "An amendment by Councillor Vane that the ford be kept open was carried by 5 votes to 2.",
            Standing.PROPOSED,
            Outcome.CARRIED,
            (5, 2),
        ),
        (
            "A motion by Councillor Vane, that anglers be paid for telling, was carried by 7 votes to 3.",
            Standing.RESOLVED,
            Outcome.CARRIED,
            (7, 3),
        ),
        (
            "Councillor Vane moved that the weir be sold at once, which was defeated without a count.",
            Standing.PROPOSED,
            Outcome.LOST,
            None,
        ),
    ],
)
def test_a_motion_told_with_its_fate_is_held(
    sentence: str, standing: Standing, outcome: Outcome, counts: tuple[int, int] | None
) -> None:
    (found,) = decisions(f"{SAID} {sentence}")
    assert (found.standing, found.outcome) == (standing, outcome)
    assert found.proposer == "Councillor Vane"
    assert (found.vote and (found.vote.for_count, found.vote.against_count)) == counts
    assert found.span.of(HEAD + f"{SAID} {sentence}") == sentence


def test_a_fate_is_told_with_the_sentence_that_says_what_was_moved() -> None:
    moved = "Councillor Vane moved an amendment that the ford be kept open."
    fate = "The amendment was lost by two votes to five."
    assert clauses(f"{SAID} {moved} {fate}") == [[f"{moved} {fate}"]]


@pytest.mark.parametrize(
    "sentence",
    [
        "The motion was lost by two votes to five.",
        "The Chair said that a motion by the Town Council to sell the weir was carried by 7 votes to 3.",
        "In 2019 a motion by Councillor Vane that the weir be sold was lost by two votes to five.",
        "A second sluice at the ford, proposed by the anglers, was rejected.",
        "The proposal for a second sluice at the ford was rejected by residents.",
        "Two keys of the sluice had been lost on the way to the meeting.",
        "Two boats and all that was in them were lost by the anglers on the night of the flood.",
        "The proposed works had been carried out by the anglers.",
    ],
)
def test_a_fate_without_its_matter_and_what_is_no_fate_are_not_held(sentence: str) -> None:
    assert decisions(f"{SAID} {sentence}") == []


def test_a_motion_carried_beside_a_decision_in_its_own_words_is_not_resolved_twice() -> None:
    text = (
        f"{SAID} Councillor Vane moved that the weir be kept, which was carried by 7 votes to 3.\n\n"
        "RESOLVED: That the weir be kept."
    )
    assert [each.standing for each in decisions(text)] == [Standing.PROPOSED, Standing.RESOLVED]


def test_a_long_debate_that_ends_in_a_vote_is_read_sentence_by_sentence() -> None:
    debate = " ".join([SAID] * 8)
    moved = "It was moved that the weir be sold and, on being put to the vote, this was lost by 1 to 6."
    assert [each.outcome for each in decisions(f"{debate} {moved}")] == [Outcome.LOST]


def test_that_a_council_be_recommended_on_a_day_recommends() -> None:
    (found,) = decisions(f"{SAID} RESOLVED: That Council be recommended on 9 July 2024 to relay the apron.")
    assert (found.verb, found.standing) == (Verb.RECOMMENDED, Standing.RECOMMENDED)


def test_the_count_of_an_amendment_is_not_that_of_the_motion_it_became() -> None:
    vote = "The amendment was put to the vote, carried by 5 votes to 3, and became the substantive motion."
    (found,) = [each for each in decisions(f"{vote}\n\nRESOLVED: That the apron be relaid.") if each.clauses]
    assert found.vote is None


def test_the_count_of_the_substantive_motion_is_that_of_the_decision_below() -> None:
    vote = "The substantive motion was put to the vote and carried by 7 votes to 2."
    found = decisions(f"{vote}\n\nRESOLVED: That the apron be relaid.")[-1]
    assert found.vote is not None
    assert (found.vote.for_count, found.vote.against_count) == (7, 2)
