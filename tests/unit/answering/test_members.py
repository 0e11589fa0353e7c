"""What stands under a lead-in is its list as far as it goes, and what stands behind it is not."""

from dataclasses import replace

import pytest

from qa_service.answering.members import follows_in_order, own_members
from qa_service.documents.markers import marker_at
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed

_LEAD, _ITEM, _SENTENCE = UnitKind.LEAD_IN, UnitKind.LIST_ITEM, UnitKind.SENTENCE
_BOATS = ("• the ferry of the north bank;", "• the raft that lies at Saltby;", "• the old punt.")
_WIDE = "• the ferry of the north bank, which the harbour master has had on the slip since the spring;"


def held(*texts: str, kinds: tuple[UnitKind, ...] | None = None) -> list[str]:
    units = kinds or (_LEAD, *[_ITEM] * (len(texts) - 1))
    passage = weighed(texts, units, [0.0] * len(texts))[0].passage
    return [texts[at] for at in own_members(passage, 0)]


@pytest.mark.parametrize(
    ("lead", "behind"),
    [
        ("(c) These were mended:", "(d) The harbour master had a cold."),
        ("3. These were mended:", "4. The harbour master had a cold."),
        ("These were mended:", "(a) The harbour master had a cold."),
    ],
)
def test_a_list_ends_before_what_is_numbered_as_its_lead_in_or_otherwise_than_itself(
    lead: str, behind: str
) -> None:
    assert held(lead, *_BOATS, behind, "He was away for a week.") == [*_BOATS]


def test_a_list_ends_before_a_paragraph_of_no_mark_and_goes_on_behind_one_between_its_members() -> None:
    after = "The master was thanked."
    assert held("Mended:", *_BOATS, after, kinds=(_LEAD, *[_ITEM] * 3, _SENTENCE)) == [*_BOATS]
    between = (_BOATS[0], after, *_BOATS[1:])
    assert held("Mended:", *between, kinds=(_LEAD, _ITEM, _SENTENCE, _ITEM, _ITEM)) == [*between]


def test_a_sentence_in_small_letters_goes_on_with_the_member_before() -> None:
    broken = ("• the raft that", "lies at Saltby.")
    assert held("Mended:", *broken, kinds=(_LEAD, _ITEM, _SENTENCE)) == [*broken]


def test_a_second_sentence_of_the_last_member_is_one_of_it_unless_it_begins_a_paragraph() -> None:
    full = "• the raft that lies at Saltby, which nobody has had the heart to break up or burn."
    assert held("Mended:", _WIDE, full, "It is old.") == [_WIDE, full, "It is old."]
    assert held("Mended:", _WIDE, "• the old punt.", "All were glad.") == [_WIDE, "• the old punt."]
    told = (_BOATS[0], "It is new.", _BOATS[1], "It is old.")
    assert held(_WIDE.replace(";", ":"), *told) == [*told]


def test_bullets_behind_a_list_inside_a_member_are_of_the_outer_list() -> None:
    texts = ("Mended:", "• boats:", "o The raft;", "• the pier.")
    outer = weighed(texts, (_LEAD, _LEAD, _ITEM, _ITEM), [0.0] * 4)[0].passage
    # As papers are cut: whatever follows a lead-in stands under it.
    units = (*outer.units[:2], *(replace(unit, lead=1) for unit in outer.units[2:]))
    passage = replace(outer, units=units)
    assert own_members(passage, 0) == [1, 2, 3]
    assert own_members(passage, 1) == [2]


def test_a_mark_that_is_alone_on_its_line_belongs_to_the_text_below() -> None:
    texts = ("- the raft", "-", "The pier")
    assert held("Mended:", *texts, kinds=(_LEAD, _ITEM, _ITEM, _SENTENCE)) == [*texts]


@pytest.mark.parametrize(
    ("mark", "before", "lead", "next_"),
    [
        ("(c) x", ("(a) x", "(b) x"), None, True),
        ("(d) x", ("(a) x", "(b) x"), None, False),
        ("c) x", ("(a) x", "(b) x"), None, False),
        ("• x", ("• x",), None, True),
        ("- x", ("• x",), None, False),
        ("(a) x", (), "3. y", True),
        ("(b) x", (), "3. y", False),
        ("4. x", (), "3. y", False),
    ],
)
def test_a_list_goes_on_with_its_next_mark_and_with_no_other(
    mark: str, before: tuple[str, ...], lead: str | None, *, next_: bool
) -> None:
    found = marker_at(mark)
    earlier = [each for text in before if (each := marker_at(text)) is not None]
    assert found is not None
    assert follows_in_order(found, earlier, marker_at(lead) if lead else None) is next_


def test_another_lead_in_of_no_mark_begins_another_list_and_one_inside_a_member_does_not() -> None:
    kinds = (_LEAD, _ITEM, _ITEM, _LEAD, _ITEM)
    texts = ("Mended, at a cost that nobody had foreseen in all these years:", *_BOATS[:2])
    assert held(*texts, "Sold:", "• the barge.", kinds=kinds) == [*_BOATS[:2]]
    wide = (texts[0], _BOATS[0], _WIDE)
    assert held(*wide, "These were sold:", "• the barge.", kinds=kinds)[:3] == [*wide[1:], "These were sold:"]
