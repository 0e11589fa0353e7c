"""Motions handed in on paper: read as proposed, with movers, and never as decided."""

from datetime import date

from qa_service.documents.structure import read_paper
from qa_service.domain.documents import SegmentKind
from qa_service.domain.papers import Paper
from qa_service.domain.resolutions import Outcome, Standing

MOTION = """County Council Meeting - 13th March 2025
Motion for Time Limited Debate: the ford at Sallow
Proposer: Ada Quill
Seconder: Tom Hask

Background Information

The ford has been closed to lorries since the autumn, and nobody knows for how long.

Motion:

This Council believes that:

a.) The ford is needed; and
b.) The closing was not announced.

This Council agrees to call on the Cabinet Member to:

a.) Write to the owner; and
b.) Open the ford by June.
"""
FORM = """Budget Amendment Form
Amendment Name: Wardens
Number: 6
Proposer: Ada Quill Seconder: Mr Tom Hask, MBE
Proposed Purpose:

Use the grant for children's social care to have more community wardens in the county.
Proposed Amount Proposed Funding Source:

550k
"""


def read(text: str) -> Paper:
    return read_paper(text.encode(), file_name="motion.txt", document_id="d")


def test_a_motion_is_proposed_with_its_movers_its_lists_and_its_meeting() -> None:
    paper = read(MOTION)
    (motion,) = paper.resolutions
    assert (motion.standing, motion.outcome) == (Standing.PROPOSED, Outcome.UNSTATED)
    assert (motion.proposer, motion.seconder) == ("Ada Quill", "Tom Hask")
    assert [len(clause.children) for clause in motion.clauses] == [2, 2]
    assert (motion.body, motion.held_on) == ("County Council", date(2025, 3, 13))
    (segment,) = [each for each in paper.segments if each.kind is SegmentKind.MOTION]
    assert segment.span.of(paper.document.text).startswith("This Council believes")


def test_a_form_gives_its_purpose_alone_and_both_movers_of_one_line() -> None:
    paper = read(FORM)
    (motion,) = paper.resolutions
    assert (motion.proposer, motion.seconder) == ("Ada Quill", "Mr Tom Hask, MBE")
    assert motion.span.of(paper.document.text).startswith("Use the grant")
    assert motion.span.of(paper.document.text).endswith("in the county.")


def test_several_forms_in_one_file_are_several_motions() -> None:
    assert [
        each.proposer for each in read(f"{FORM}\n{FORM.replace('Ada Quill', 'Una Prewitt')}").resolutions
    ] == [
        "Ada Quill",
        "Una Prewitt",
    ]


def test_a_proposer_without_a_text_moves_nothing() -> None:
    assert read(FORM.replace("Proposed Purpose:", "What for")).resolutions == ()
    assert read(MOTION.replace("Proposer: Ada Quill", "The proposer was Ada Quill")).resolutions == ()
