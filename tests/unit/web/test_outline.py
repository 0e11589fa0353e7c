from datetime import date

from qa_service.domain.spans import Span
from qa_service.store.reading import OutlineRow, PagePlace
from qa_service.web.outline import outline

PAGES = [PagePlace(1, "i", Span(0, 100)), PagePlace(2, "1", Span(100, 200))]
DAY = date(2024, 3, 5)


def row(start: int, part: str = "minutes", **more: str | None) -> OutlineRow:
    given = {"item": None, "item_title": None, "minute": None, "heading": None} | more
    return OutlineRow(start, start, part, "Trees Panel", DAY, "draft", **given)


def test_parts_and_minutes_are_listed_with_the_pages_on_which_they_begin() -> None:
    rows = [
        row(0, "cover"),
        row(50),
        row(60, minute="12", heading="OAKS"),
        row(150, minute="13", heading="ELMS"),
    ]
    entries = outline("d1", rows, PAGES, 160)
    assert [(entry.level, entry.title, entry.url) for entry in entries] == [
        (1, "Cover: Trees Panel, 5 March 2024", "/documents/d1/pages/1#b0"),
        (1, "Minutes: Trees Panel, 5 March 2024", "/documents/d1/pages/1#b50"),
        (2, "Minute 12: OAKS", "/documents/d1/pages/1#b60"),
        (2, "Minute 13: ELMS", "/documents/d1/pages/2#b150"),
    ]
    assert [entry.here for entry in entries] == [False, False, False, True]


def test_headings_that_every_report_repeats_are_left_out() -> None:
    rows = [row(10 * n, "report", heading=("Purpose", "Detail")[n % 2]) for n in range(6)]
    rows.append(row(70, "report", heading="Otter holts on the Wend"))
    entries = outline("d1", rows, PAGES, None)
    assert [entry.title for entry in entries[1:]] == ["Otter holts on the Wend"]


def test_no_level_is_skipped_and_a_word_printed_wide_is_one_word() -> None:
    rows = [
        row(0),
        row(10, heading="A G E N D A"),
        row(20, minute="12", heading="OAKS"),
        row(30, minute="12", heading="A B C"),
    ]
    entries = outline("d1", rows, PAGES, None)
    assert [(entry.level, entry.title) for entry in entries[1:]] == [
        (2, "AGENDA"),
        (2, "Minute 12: OAKS"),
        (3, "A B C"),
    ]


def test_a_source_without_pages_is_linked_by_place() -> None:
    (entry,) = outline("d1", [row(40)], [PagePlace(None, None, Span(0, 500))], None)
    assert entry.url == "/documents/d1?at=40#b40"


def test_a_very_long_list_is_cut_to_what_stands_around() -> None:
    rows = [row(n, minute=str(n), heading=f"Matter {n}") for n in range(1000)]
    entries = outline("d1", rows, [PagePlace(1, None, Span(0, 2000))], 500)
    assert len(entries) <= 160
    assert [entry.title for entry in entries if entry.here] == ["Minute 500: Matter 500"]
