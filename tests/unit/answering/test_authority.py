"""What a motion says of how things stand gives way to what other papers say of it."""

from dataclasses import replace

from qa_service.answering.authority import credible_first
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed

QUESTION = "How far is the ferry over its budget?"
CLAIMED, REPORTED = "The ferry is \u00a39,000 over.", "The ferry is forecast to be \u00a34,000 over."


def units(behind: float, kind: SegmentKind = SegmentKind.MOTION) -> list[WeighedUnit]:
    """Return a sentence of a motion, or of another kind, and one of a report so far behind it."""
    first, second = weighed([CLAIMED, REPORTED], [UnitKind.SENTENCE] * 2, [3.0, 3.0 - behind])
    segment = replace(first.passage.segment, kind=kind)
    passage = replace(first.passage, segment=segment)
    return [replace(first, candidate=replace(first.candidate, passage=passage)), second]


def test_a_report_that_tells_it_nearly_as_well_goes_first() -> None:
    assert [each.text for each in credible_first(units(0.9), QUESTION)] == [REPORTED]
    assert [each.text for each in credible_first(units(1.1), QUESTION)] == [CLAIMED, REPORTED]


def test_what_was_moved_stays_where_that_is_asked_for() -> None:
    asked = "How far does the motion say that the ferry is over its budget?"
    assert [each.text for each in credible_first(units(0.1), asked)] == [CLAIMED, REPORTED]


def test_other_papers_keep_their_order() -> None:
    kept = credible_first(units(0.1, SegmentKind.TEXT), QUESTION)
    assert [each.text for each in kept] == [CLAIMED, REPORTED]
    assert credible_first([], QUESTION) == ()
