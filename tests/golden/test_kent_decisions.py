"""Decisions of a Cabinet and of a County Council meeting, listed by hand before the parser was asked.

Offsets, numbers and labels are ours. A carried motion that no RESOLVED repeats is a decision too.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest

from qa_service.domain.papers import Paper
from qa_service.domain.resolutions import Resolution, Standing, Verb
from tests.golden.conftest import read

CABINET = "2025-01-30__Printed_minutes_30th-Jan-2025_10.00_Cabinet.pdf"
COUNCIL = "2025-03-13__Printed_minutes_13th-Mar-2025_10.00_County_Council.pdf"
_NEAR = 8  # characters between a paragraph's number and its words


@dataclass(frozen=True)
class Decided:
    """One decision: where it starts, its minute, its outermost clauses; votes for, against and abstaining."""

    start: int
    minute: str
    verb: Verb | None = None  # None: several, none first among them
    clauses: int | None = 1  # None: two lists under lead-ins of their own
    votes: tuple[int, int, int] | None = None
    named: int | None = None  # names printed in favour, where they are not as many as the paper says


DECIDED = {
    CABINET: [
        Decided(1303, "86", Verb.APPROVED),
        Decided(27254, "88", None, 6),
        Decided(33348, "89", Verb.APPROVED),
        Decided(37447, "90", Verb.AGREED),
        Decided(41493, "91", Verb.AGREED, 3),
        Decided(47498, "92", Verb.AGREED),
    ],
    COUNCIL: [
        Decided(1963, "294", Verb.APPROVED),
        Decided(2175, "295", Verb.NOTED),
        Decided(4991, "296"),
        Decided(16055, "298", Verb.NOTED),
        Decided(18024, "299", Verb.NOTED, 4, (52, 0, 11)),
        Decided(19960, "300"),
        Decided(21457, "301", Verb.NOTED, 2),
        Decided(22899, "302", Verb.NOTED, 1, (38, 5, 4)),
        Decided(23349, "303", Verb.APPROVED),
        Decided(23987, "304", Verb.AGREED, 2),
        Decided(24702, "305", Verb.AGREED),
        Decided(27450, "306", None, 1, (39, 3, 0)),
        Decided(30419, "306", Verb.NOTED, 6, (37, 0, 2), named=35),  # the paper counts 37 and names 35
        Decided(31492, "307"),
        Decided(32165, "307", Verb.APPROVED, 1, (32, 1, 2)),
        Decided(37280, "308", None, 1, (33, 2, 0)),
        Decided(38628, "308", None, None, (34, 0, 0)),
    ],
}


@pytest.fixture(scope="module", params=[CABINET, COUNCIL])
def meeting(request: pytest.FixtureRequest, corpus: Path) -> tuple[Paper, list[Decided]]:
    path = corpus / "kent" / request.param
    return read(path), DECIDED[request.param]


def pairs(paper: Paper, decided: list[Decided]) -> list[tuple[Decided | None, Resolution | None]]:
    """Return each decision listed with the one found there; what has no partner comes with None."""
    found = [each for each in paper.resolutions if each.standing is Standing.RESOLVED]
    matched: list[tuple[Decided | None, Resolution | None]] = []
    for gold in decided:
        near = [each for each in found if abs(each.span.start - gold.start) <= _NEAR]
        matched.append((gold, near[0] if near else None))
    taken = {id(partner) for _, partner in matched}
    return matched + [(None, each) for each in found if id(each) not in taken]


def test_every_decision_is_found_and_nothing_else(meeting: tuple[Paper, list[Decided]]) -> None:
    paper, decided = meeting
    missed = [gold for gold, found in pairs(paper, decided) if found is None]
    invented = [found.span for gold, found in pairs(paper, decided) if gold is None and found is not None]
    assert (missed, invented) == ([], [])


def test_minute_verb_and_clauses_are_right(meeting: tuple[Paper, list[Decided]]) -> None:
    wrong = [
        (gold, found.minute, found.verb, len(found.clauses))
        for gold, found in pairs(*meeting)
        if gold is not None
        and found is not None
        and (
            found.minute != gold.minute
            or (gold.verb is not None and found.verb is not gold.verb)
            or (gold.clauses is not None and len(found.clauses) != gold.clauses)
        )
    ]
    assert wrong == []


def test_recorded_votes_have_their_counts_and_as_many_names(meeting: tuple[Paper, list[Decided]]) -> None:
    for gold, found in pairs(*meeting):
        if gold is None or found is None:
            continue
        vote = found.vote if found.vote and found.vote.for_count is not None else None
        counts = vote and (vote.for_count, vote.against_count, vote.abstained_count)
        assert (gold.start, counts) == (gold.start, gold.votes)
        if vote and gold.votes:
            names = (len(vote.supporters), len(vote.opponents), len(vote.abstainers))
            assert (gold.start, names) == (gold.start, (gold.named or gold.votes[0], *gold.votes[1:]))


HANDED_IN = "2025-02-13__Budget_Amendments_13th-Feb-2025_09.30_County_Council.pdf"
TIMED = "2025-03-13__Green_Independents_Group_-_MTLD_-_13_March.pdf"


@pytest.mark.slow
def test_motions_and_amendments_handed_in_are_proposed_and_nothing_more(corpus: Path) -> None:
    papers = [read(path) for path in sorted((corpus / "kent").glob("*-_Amendment_-*.pdf"))]
    assert [len(paper.resolutions) for paper in papers] == [1] * 14
    timed, pack = read(corpus / "kent" / TIMED), read(corpus / "kent" / HANDED_IN)
    lists = [[each.marker for each in clause.children] for clause in timed.resolutions[0].clauses]
    assert [len(markers) - markers.count(None) for markers in lists] == [4, 5]
    assert len(pack.resolutions) == 6
    for paper in [*papers, timed, pack]:
        assert {each.standing for each in paper.resolutions} == {Standing.PROPOSED}
        assert all(each.proposer and each.seconder for each in paper.resolutions)
