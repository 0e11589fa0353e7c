"""A list is known by its members, whichever way a paper prints it, and comes first where one is asked for."""

import pytest

from qa_service.answering.listing import listing_first, members_held, members_run
from qa_service.domain.passages import UnitKind
from tests.unit.answering.weighing_cases import weighed

_BEST = "The ferry was looked at by three captains in the spring."
_LEAD = "The captains asked for:"
_ITEMS = ("- a new bell;", "- a longer rope;", "- a lamp.")
_KINDS = (UnitKind.SENTENCE, UnitKind.LEAD_IN, *[UnitKind.LIST_ITEM] * 3)


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("Boats leave from Saltby, Ebbfold and Wrack.", 3),
        ("The crew is a mate, two hands, and a boy.", 3),
        ("The port keeps the lights; the parish the steps; the bank the gate; and owners their moorings.", 4),
        ("The lamp was lit at dusk, when the tide turned, and was put out at dawn.", 1),
        ("The fee was £4, compared with £3 the year before, and that was too much.", 1),
        ("It was mended in the spring.", 1),
    ],
)
def test_a_run_of_commas_has_members_and_clauses_of_a_sentence_are_none(text: str, members: int) -> None:
    assert members_run(text) == members


def test_items_behind_a_lead_in_belong_to_it_though_a_page_break_parts_them() -> None:
    units = weighed((_BEST, _LEAD, *_ITEMS), _KINDS, [0.0, 0.0, 3.0, 2.0, 1.0])
    assert [members_held(each) for each in units if each.unit.kind is UnitKind.LIST_ITEM] == [3, 3, 3]


@pytest.mark.parametrize(("wanted", "first"), [(3, "- a new bell;"), (4, _BEST), (None, _BEST)])
def test_only_a_list_of_as_many_members_as_are_asked_for_goes_first(wanted: int | None, first: str) -> None:
    units = weighed((_BEST, _LEAD, *_ITEMS), _KINDS, [3.0, 0.0, 2.0, 1.0, 0.5])
    assert listing_first(units, wanted, several=False)[0].text == first


def test_a_list_of_any_number_goes_first_where_it_is_near_the_best() -> None:
    units = weighed((_BEST, _LEAD, *_ITEMS), _KINDS, [3.0, 0.0, 2.0, 1.0, 0.5])
    found = listing_first(units, None, several=True)
    assert found[0].text == "- a new bell;"
    assert _BEST not in [each.text for each in found]


def test_bullets_right_behind_a_heading_are_its_list_and_numbered_paragraphs_are_none() -> None:
    kinds = (UnitKind.HEADING, *[UnitKind.LIST_ITEM] * 3)
    bullets = weighed(("What is new", *_ITEMS), kinds, [0.0, 3.0, 2.0, 1.0])
    assert members_held(bullets[0]) == 3
    paragraphs = weighed(
        ("What is new", "1. The bell.", "2. The rope.", "3. The lamp."), kinds, [0.0, 3, 2, 1]
    )
    assert members_held(paragraphs[0]) == 1


def test_a_sentence_that_breaks_off_for_a_list_introduces_it() -> None:
    for lead, members in (
        ("The captains asked for the following: -", 3),
        ("The captains asked for more.", 1),
    ):
        kinds = (UnitKind.SENTENCE, *[UnitKind.LIST_ITEM] * 3)
        units = weighed((lead, *_ITEMS), kinds, [0.0, 3.0, 2.0, 1.0])
        assert members_held(units[0]) == members
