"""What a motion says of how things stand gives way to what other papers say of it."""

from dataclasses import replace

import pytest

from qa_service.answering.authority import credibly_giving
from qa_service.answering.demands import demands_of
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed

CLAIMED, REPORTED = "The ferry is \u00a39,000 over.", "The ferry is forecast to be \u00a34,000 over."
VAGUE = "The ferry is forecast to be over."
ASKED = "How much does the ferry cost?"


def units(behind: float, kind: SegmentKind = SegmentKind.MOTION, other: str = REPORTED) -> list[WeighedUnit]:
    """Return a sentence of a motion, or of another kind, and one of a report so far behind it."""
    first, second = weighed([CLAIMED, other], [UnitKind.SENTENCE] * 2, [3.0, 3.0 - behind])
    segment = replace(first.passage.segment, kind=kind)
    passage = replace(first.passage, segment=segment)
    return [replace(first, candidate=replace(first.candidate, passage=passage)), second]


def told(given: list[WeighedUnit], asked: str = ASKED) -> list[str]:
    return [each.text for each in credibly_giving(given, demands_of(asked), asked)]


def test_a_report_that_tells_it_nearly_as_well_goes_first() -> None:
    assert told(units(0.9)) == [REPORTED]
    assert told(units(1.1)) == [CLAIMED, REPORTED]


def test_a_motion_that_gives_what_is_demanded_stays_before_a_report_that_does_not() -> None:
    assert told(units(0.1, other=VAGUE)) == [CLAIMED, VAGUE]


@pytest.mark.parametrize("asked", ["How much does the motion say that the ferry costs?"])
def test_what_was_moved_stays_where_that_is_asked_for(asked: str) -> None:
    assert told(units(0.1), asked) == [CLAIMED, REPORTED]


def test_other_papers_keep_their_order() -> None:
    assert told(units(0.1, SegmentKind.TEXT)) == [CLAIMED, REPORTED]
    assert told([]) == []
