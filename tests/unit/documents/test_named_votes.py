"""Recorded votes whose sides stand above their members by name alone: who voted how, and on what."""

import pytest

from qa_service.documents.layout import layout_of
from qa_service.documents.structure import read_paper
from qa_service.domain.documents import SegmentKind
from qa_service.domain.resolutions import Outcome, Resolution, Standing

MINUTES = """MINUTES OF PROCEEDINGS AT MEETING OF NORTHVALE COUNTY COUNCIL HELD IN THE COURT HOUSE ON
MONDAY, 15TH MAY, 2023.

PRESENT IN THE CHAIR: Councillor A. Weir, Mayor.

**1.Notice of Motion submitted by Councillor Hale**

***I will move at the next Meeting that the weir be mended before the salmon come.***

The Motion was seconded by Councillor Finch.

{put}

{sides}

{fate}
"""
SIDES = """**For**

Councillors Ashe, Bray (J), Bray
(M), Cmhlr. Ó Dubh and Hale. **(5)**

**Against**

Councillors Finch and Mole

**(2)**

There were no abstentions."""


def read(put: str, fate: str, sides: str = SIDES) -> list[Resolution]:
    text = MINUTES.format(put=put, sides=sides, fate=fate)
    return list(read_paper(text.encode(), file_name="a.md", document_id="d").resolutions)


def test_a_vote_on_the_motion_gives_it_names_counts_and_fate() -> None:
    (motion,) = read(
        "A vote was taken on the Motion with the following result:", "The Mayor declared the Motion carried."
    )
    assert motion.vote is not None
    assert motion.vote.supporters == ("Ashe", "Bray (J)", "Bray (M)", "Ó Dubh", "Hale")
    assert motion.vote.opponents == ("Finch", "Mole")
    assert (motion.vote.for_count, motion.vote.against_count, motion.vote.abstained_count) == (5, 2, 0)
    assert (motion.outcome, motion.standing) == (Outcome.CARRIED, Standing.RESOLVED)


def test_a_motion_declared_defeated_is_lost() -> None:
    (motion,) = read(
        "The result of the voting on the Motion was as follows:", "The Mayor declared the Motion defeated."
    )
    assert (motion.outcome, motion.standing) == (Outcome.LOST, Standing.PROPOSED)


@pytest.mark.parametrize(
    ("put", "label"),
    [
        ("A vote was taken on the Mayor’s proposal to reject the Motion:", "**For**"),
        ("The result of the voting on the Motion was as follows:", "**For Rejection of the Motion**"),
    ],
)
def test_a_vote_to_reject_a_motion_is_not_the_motions_own(put: str, label: str) -> None:
    sides = SIDES.replace("**For**", label)
    motion, rejection = read(put, "The Mayor declared the proposal as carried.", sides)
    assert (motion.vote, motion.outcome, motion.standing) == (None, Outcome.UNSTATED, Standing.PROPOSED)
    assert rejection.vote is not None
    assert (rejection.vote.for_count, rejection.outcome) == (5, Outcome.CARRIED)
    assert rejection.standing is Standing.PROPOSED


def test_a_vote_on_what_a_sentence_moved_names_its_movers() -> None:
    put = (
        "The Mayor directed that a vote be taken on the amendment proposed by Councillor Finch, seconded by "
        "Councillor Mole, that the mill pay half.\n\nA vote was taken which resulted as follows:"
    )
    _, amendment = read(put, "The Mayor declared the amendment defeated.")
    assert (amendment.proposer, amendment.seconder) == ("Councillor Finch", "Councillor Mole")
    assert amendment.outcome is Outcome.LOST


def test_a_count_of_hands_for_persons_is_no_side_of_a_vote() -> None:
    sides = "**For Councillor Hale**\n\nCouncillors Ashe and Bray.\n\n**For Councillor Mole**\n\nCllr. Finch."
    (motion,) = read("A vote was taken for the office of Mayor.", "", sides)
    assert motion.vote is None


def test_for_alone_on_a_line_opens_no_side_where_a_sentence_runs_on() -> None:
    text = "It was told that\nFor\nseveral years members had asked for lamps."
    layout = layout_of(text, ())
    assert len(layout.paragraphs(0, len(layout.lines))) == 1


SPACED = """The Mayor directed that a vote be taken on the Motion, and members were called by
name as the Clerk read the roll, beginning with those who sit nearest to the
door of the chamber. A vote was taken which resulted as follows:
For
Councillors Ashe, Bray (J), Bray (M), Cole, Dunne, Earley, Gately, Ann
Novak and Hale.{count}
Against
Councillors Finch, Mole and
Reed{other}
{none}The Mayor declared the Motion carried."""


@pytest.mark.parametrize(
    ("count", "other", "none", "counts"),
    [
        (" (9)", " (3)", "There were no abstentions.\n", (9, 3, 0)),
        (" (9)", " (3)", "", (9, 3, None)),
        ("", "", "There were no abstentions.\n", (None, None, 0)),
    ],
)
def test_sides_are_told_apart_where_every_line_is_set_apart_by_a_blank_one(
    count: str, other: str, none: str, counts: tuple[int | None, ...]
) -> None:
    put = SPACED.format(count=count, other=other, none=none)
    text = "\n\n".join(MINUTES.format(put=put, sides="", fate="").replace("\n\n", "\n").splitlines())
    motion = read_paper(text.encode(), file_name="a.md", document_id="d").resolutions[0]
    assert motion.vote is not None
    assert motion.vote.supporters == (
        *("Ashe", "Bray (J)", "Bray (M)", "Cole", "Dunne", "Earley", "Gately"),
        *("Ann Novak", "Hale"),
    )
    assert motion.vote.opponents == ("Finch", "Mole", "Reed")
    assert (motion.vote.for_count, motion.vote.against_count, motion.vote.abstained_count) == counts
    assert motion.outcome is Outcome.CARRIED


def test_a_title_is_no_side_where_no_members_stand_below_it() -> None:
    sides = "**For the Motion**\n\nIt was said that the salmon were early."
    text = MINUTES.format(put="Members spoke.", sides=sides, fate="")
    paper = read_paper(text.encode(), file_name="a.md", document_id="d")
    assert SegmentKind.VOTE not in {one.kind for one in paper.segments}


def test_a_count_behind_the_last_name_is_no_part_of_it() -> None:
    supporters = "Mayor Weir, Councillors: Ashe, Bray (M) Cole and\n---\n1\nBray (J). **(5)**"
    sides = f"**For**\n\n{supporters}\n\n**Against**\n\nCouncillor Mole. **(1)**"
    (motion,) = read("A vote was taken on the Motion:", "The Mayor declared the Motion carried.", sides)
    assert motion.vote is not None
    assert (motion.vote.supporters, motion.vote.opponents) == (
        ("Mayor Weir", "Ashe", "Bray (M)", "Cole", "Bray (J)"),
        ("Mole",),
    )
