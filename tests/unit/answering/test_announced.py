"""What an agenda only announces gives way to what tells of it."""

from dataclasses import replace

import pytest

from qa_service.answering.announced import called_listed, telling_more
from qa_service.answering.drafts import ONLY_LISTED, QUOTE, Draft
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.documents import Part, SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from tests.unit.answering.weighing_cases import weighed

VACANCY = "4. To consider the vacancy on the Lido Board."
SEAT = "Una Prewitt was given the seat on the Lido Board."
WHO = "Who got the seat on the Lido Board?"


def unit(
    text: str, score: float, kind: SegmentKind = SegmentKind.TEXT, part: Part = Part.MINUTES
) -> WeighedUnit:
    """Return a unit of a paper's part."""
    (found,) = weighed([text], [UnitKind.SENTENCE], [score])
    passage = replace(found.passage, segment=replace(found.passage.segment, kind=kind, part=part))
    return replace(found, candidate=replace(found.candidate, passage=passage))


LISTED = unit(VACANCY, 2.0, part=Part.AGENDA)
TITLE = unit("LIDO BOARD (Pages 5 - 8)", 1.9, SegmentKind.AGENDA_ITEM)


def texts(units: tuple[WeighedUnit, ...]) -> list[str]:
    return [each.text for each in units]


def test_what_tells_goes_before_what_announces() -> None:
    assert texts(telling_more([LISTED, TITLE, unit(SEAT, 0.5)], WHO)) == [SEAT]


def test_an_announcement_stays_where_nothing_near_it_tells_more() -> None:
    assert texts(telling_more([LISTED, unit(SEAT, -0.5)], WHO)) == [VACANCY, SEAT]
    assert texts(telling_more([LISTED, TITLE], WHO)) == [VACANCY, TITLE.text]


@pytest.mark.parametrize(
    "asked", ["What was the meeting called to do?", "On which page is the Lido Board?", "What is item 4?"]
)
def test_who_asks_for_the_agenda_is_told_what_it_announces(asked: str) -> None:
    assert texts(telling_more([LISTED, unit(SEAT, 1.0)], asked)) == [VACANCY, SEAT]


def test_what_minutes_say_was_to_be_considered_is_no_entry_of_an_agenda() -> None:
    assert texts(telling_more([unit(VACANCY, 2.0), unit(SEAT, 1.0)], WHO)) == [VACANCY, SEAT]


def test_an_entry_is_said_to_be_no_decision_where_one_is_asked_for() -> None:
    draft = Draft("d", LISTED.unit.spans, 2.0)
    assert [each.template for each in called_listed([draft], [LISTED], Intent.RESOLUTION)] == [ONLY_LISTED]
    assert called_listed([draft], [LISTED], Intent.FACT) == [draft]
    assert called_listed([draft], [unit(SEAT, 2.0)], Intent.RESOLUTION) == [draft]
    assert draft.template == QUOTE
