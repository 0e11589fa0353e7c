"""Of what was found, what tells who did a thing."""

from dataclasses import replace

from qa_service.answering.outcomes import naming_somebody
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed


def entry(text: str) -> WeighedUnit:
    """Return an entry of an agenda."""
    (unit,) = weighed([text], [UnitKind.LIST_ITEM], [2.0])
    segment = replace(unit.passage.segment, kind=SegmentKind.AGENDA_ITEM)
    passage = replace(unit.passage, segment=segment)
    return replace(unit, candidate=replace(unit.candidate, passage=passage))


ANNOUNCEMENTS = "5. CHAIRMAN'S ANNOUNCEMENTS To hear any announcements."
REPORT = "6. FERRIES Report of the Harbour Master."


def test_an_agenda_entry_that_names_nobody_says_nothing_of_who_did_a_thing() -> None:
    (told,) = weighed(["The clerk rang the bell."], [UnitKind.SENTENCE], [1.0])
    kept = naming_somebody([entry(ANNOUNCEMENTS), entry(REPORT), told])
    assert [each.text for each in kept] == [REPORT, told.text]


def test_where_only_such_entries_were_found_they_stay() -> None:
    assert [each.text for each in naming_somebody([entry(ANNOUNCEMENTS)])] == [ANNOUNCEMENTS]
