"""Decisions that sentences of minutes tell or state, and sentences that look like them and are none."""

import pytest

from qa_service.documents.structure import read_paper
from qa_service.documents.told_decisions import stated_decisions, withdrawn_motions
from qa_service.domain.resolutions import Outcome, Standing

HEAD = """MARLSHIRE COUNTY COUNCIL

Minutes of a meeting of the Bridges Panel held on 6 February 2024

Present: Councillors Moss (Chair), Reed and Thorne

1. MINUTES OF THE LAST MEETING

The minutes of the meeting held on 9 January 2024 were confirmed and signed.

2. THE BRIDGE AT EBBFOLD

"""


def stated(text: str) -> list[str]:
    return [told.span.of(text) for told in stated_decisions(text, 0, len(text))]


def resolved(text: str) -> list[str]:
    paper = read_paper((HEAD + text).encode(), file_name="m.txt", document_id="d")
    return [
        " ".join(each.span.of(paper.document.text).split())
        for each in paper.resolutions
        if each.standing is Standing.RESOLVED and each.minute == "2"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "The presentation was noted with thanks.",
        "The minutes of the meeting held on 4 May were agreed as a correct record.",
        "The work programme was agreed, with the addition of a report on weirs.",
        "It was agreed that Cllrs. Moss and Reed visit the ford.",
        "It was decided to write to the owner of the weir.",
        "The Cabinet took decision 24/00031, the terms of which are in the record.",
    ],
)
def test_a_sentence_that_states_a_decision_is_one_to_its_full_stop(sentence: str) -> None:
    assert stated(f"{sentence} Members then had tea.") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "Members said that the report was noted by nobody.",
        "The report was circulated before the meeting.",
        "The bridge was approved of by all who used it.",
        "He thought that it was agreed that the weir should stay.",
    ],
)
def test_what_somebody_says_or_does_is_no_decision(sentence: str) -> None:
    assert stated(sentence) == []


def test_the_next_numbered_paragraph_is_not_part_of_a_decision() -> None:
    text = "It was agreed to mend the stile. 6xii) The Clerk asked for dates."
    assert stated(text) == ["It was agreed to mend the stile."]


def test_beside_a_marked_decision_a_sentence_only_tells_how_it_came_to_it() -> None:
    told = "The amendment was agreed, and the motion was put as amended.\n\n"
    assert resolved(told) == [" ".join(told.split())]
    assert resolved(f"{told}RESOLVED that the bridge be mended.\n") == ["RESOLVED that the bridge be mended."]


def test_a_motion_withdrawn_is_proposed_and_never_resolved() -> None:
    text = "Councillor Reed gave notice of an amendment on tolls and, having heard the officer, withdrew it."
    (told,) = withdrawn_motions(text, 0, len(text))
    assert (told.standing, told.outcome, told.proposer) == (
        Standing.PROPOSED,
        Outcome.WITHDRAWN,
        "Councillor Reed",
    )


def test_a_numbered_paragraph_that_resolves_counts_its_clauses_anew() -> None:
    told = """(1) The panel spoke of the bridge.

7. RESOLVED that the Panel:

1. Agree to mend the parapet;

2. Note that the mason is away until May.

"""
    (decision,) = resolved(told.replace("(1)", "6."))
    assert decision.endswith("2. Note that the mason is away until May.")


def test_the_paragraph_behind_a_decision_is_none_of_its_clauses() -> None:
    told = """2. The panel spoke of the bridge.

3. RESOLVED that the Panel:

1. Agree to mend the parapet;

2. Note that the mason is away; and

3. Ask for his return.

4. The Chairman thanked the mason's wife.
"""
    (decision,) = resolved(told)
    assert decision.endswith("3. Ask for his return.")


SUBSTANTIVE = """1) Councillor Moss proposed and Councillor Reed seconded the following motion:

"That the bridge be mended."

2) Councillor Thorne proposed and Councillor Moss seconded the following amendment:

"That the bridge be mended in May."

Amendment carried.

3) The Chairman put the substantive motion set out in paragraph 2 to the vote and the voting was as follows:

For (2)

Councillor Moss, Councillor Reed

Against (1)

Councillor Thorne

Substantive motion carried.

4) RESOLVED that the bridge be mended in May.
"""


def test_the_vote_on_the_motion_as_amended_is_that_of_what_was_then_resolved() -> None:
    paper = read_paper((HEAD + SUBSTANTIVE).encode(), file_name="m.txt", document_id="d")
    votes = {
        (each.standing, each.vote and (each.vote.for_count, each.vote.against_count))
        for each in paper.resolutions
        if each.minute == "2"
    }
    assert (Standing.RESOLVED, (2, 1)) in votes
    assert {vote for standing, vote in votes if standing is Standing.PROPOSED} == {None}


@pytest.mark.parametrize(
    "sentence",
    [
        "After some talk it was agreed that a letter be sent to the owner of the weir.",
        "The ford was deep, and the Committee agreed to put up a gauge.",
        "The Clerk said that the ford was deep, and the Committee agreed to put up a gauge.",
        "Members also agreed that Ms. Vane be asked to the next meeting.",
        "The Committee agreed, by 4 votes to 3, to object to the bridge.",
    ],
)
def test_what_a_body_agrees_to_within_a_sentence_is_decided(sentence: str) -> None:
    assert stated(f"The weir leaked. {sentence} Tea was had.") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Committee agreed that the view was fine.",
        "The Chief Executive agreed to look at the weir.",
        "Members agreed to this.",
        "It was agreed that the vote be taken by a show of hands.",
        "At that meeting Members agreed to refer the matter to the Council.",
        "The Clerk reported that the Cabinet agreed to pay for the weir.",
        "The owner had agreed to mend the weir.",
    ],
)
def test_an_opinion_a_procedure_and_what_was_agreed_elsewhere_are_not(sentence: str) -> None:
    assert stated(f"The weir leaked. {sentence}") == []


def test_a_sentence_that_a_page_interrupts_is_told_from_what_was_agreed() -> None:
    assert stated("and after it the Committee agreed to put up a gauge.") == [
        "the Committee agreed to put up a gauge."
    ]


def test_a_decision_does_not_end_at_a_saint() -> None:
    assert stated("It was agreed to give 90 euro to St. Brede's School for its boat.") == [
        "It was agreed to give 90 euro to St. Brede's School for its boat."
    ]
