"""HTML inside a text: where it parts units, which tables only place texts, which tags stand at no edge."""

import pytest

from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.ingestion.markup import bare
from qa_service.ingestion.units import Joined, cut


def units(text: str, kind: SegmentKind = SegmentKind.TEXT) -> list[Unit]:
    return cut(Joined.of(text, [Span(0, len(text))]), kind)


def words(text: str, kind: SegmentKind = SegmentKind.TEXT) -> list[str]:
    return [unit.spans[0].of(text) for unit in units(text, kind)]


def test_paragraphs_entries_and_lines_that_tags_mark_are_units_of_their_own() -> None:
    text = (
        'Swimming lessons <p><b>Rules</b></p> <ul class="a"> <li>Bring a towel</li> <li>Shower first</li> '
        "</ul> Ask the desk<BR/>Open daily"
    )
    found = ["Swimming lessons", "Rules", "Bring a towel", "Shower first", "Ask the desk", "Open daily"]
    assert words(text) == found
    kinds = [unit.kind for unit in units(text)]
    assert kinds.count(UnitKind.LIST_ITEM) == 2
    assert kinds[2:4] == [UnitKind.LIST_ITEM] * 2


def test_a_list_that_tags_mark_keeps_its_lead_in() -> None:
    found = units("<p>Bring with you:</p> <ul><li>A towel</li></ul>")
    assert [(unit.kind, unit.lead) for unit in found] == [(UnitKind.LEAD_IN, None), (UnitKind.LIST_ITEM, 0)]


@pytest.mark.parametrize(
    "line", ["the lower <br>town hall", "the lower<br />town hall", "the mill,<br>the weir"]
)
def test_a_line_that_ends_in_the_middle_of_a_sentence_parts_nothing(line: str) -> None:
    assert words(line) == [line]


def test_a_row_of_a_grid_stays_whole() -> None:
    row = "| Pool<br>Hall | <li>Open</li> |"
    assert words(row) == [row]


SLIDE = (
    "Children who swim with their whole school\tThose who come by the late bus\tEvening swimmers\n"
    "Members of the rowing club in winter\tLifeguards in training\t"
    "<p><b>Note</b></p> <ul> <li>• Bring a towel.</li> <li>• Shower before you swim.</li> </ul>\n"
)


def test_each_text_that_a_table_only_places_is_a_unit() -> None:
    assert words(SLIDE, SegmentKind.TABLE) == [
        "Children who swim with their whole school",
        "Those who come by the late bus",
        "Evening swimmers",
        "Members of the rowing club in winter",
        "Lifeguards in training",
        "Note",
        "• Bring a towel.",
        "• Shower before you swim.",
    ]
    assert UnitKind.ROW not in {unit.kind for unit in units(SLIDE, SegmentKind.TABLE)}


@pytest.mark.parametrize(
    "table",
    [
        SLIDE.replace("<p><b>Note</b></p> <ul>", "Note")
        .replace("<li>", "")
        .replace("</li>", ""),  # no markup
        "Who\tWhen\tRules\n" + SLIDE,  # a header
        "Who may swim at the pool in winter\t<p>All members of the club</p>\n",  # a label and its text
        "Marle Lane, both of its sides\tfrom the old mill\tto<br>The weir\n",  # lines in cells, no paragraphs
    ],
)
def test_the_rows_of_any_other_table_stay_whole(table: str) -> None:
    found = units(table, SegmentKind.TABLE)
    assert {unit.kind for unit in found} == {UnitKind.ROW}
    assert len(found) == len(table.splitlines())


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("<p>Open daily</p>", "Open daily"),
        ('</li> <li style="a">Open daily', "Open daily"),
        ("<b><i>Open daily</i></b> ", "Open daily"),
        ("<b>Open daily", "Open daily"),
        ("Open daily</B>", "Open daily"),
        ("<b>Open:</b> daily", "<b>Open:</b> daily"),
        ("Open <b>daily</b>", "Open <b>daily</b>"),
        ("<b>Open</b> and <b>free</b>", "<b>Open</b> and <b>free</b>"),
        ("</b> Open <b>daily</b>", "Open <b>daily</b>"),
        ("<b>Open</b> daily <b>", "<b>Open</b> daily"),
        ("<p></p>", ""),
        ("a < b and c > d", "a < b and c > d"),
    ],
)
def test_tags_stand_at_no_edge_unless_they_hold_a_part_of_the_words(marked: str, left: str) -> None:
    assert marked[slice(*bare(marked, 0, len(marked)))].strip() == left


def test_a_text_of_nothing_but_tags_costs_no_more_than_a_few() -> None:
    text = "<b>" * 400
    start, end = bare(text, 0, len(text))
    assert end - start > len(text) // 2
