"""A table whose cells stand a line each is quoted whole, and running text is no table."""

from datetime import date

import numpy as np

from qa_service.answering.tables import table_around
from qa_service.domain.documents import DocumentKind, Part, Segment, SegmentKind, Status
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.store.passages import StoredPassage
from tests.factories import NO_WORDS

PROSE = "The service ran two vans in the winter, and each of them went out on every night of frost."


def passage(*units: tuple[str, UnitKind]) -> StoredPassage:
    """Return a passage of units that a line break parts."""
    text = "\n".join(words for words, _ in units)
    made, at = [], 0
    for words, kind in units:
        made.append(Unit(kind, (Span(at, at + len(words)),)))
        at += len(words) + 1
    whole = Span(0, len(text))
    segment = Segment("d", SegmentKind.TEXT, Part.REPORT, whole, "A", "B", date(2024, 1, 1), Status.UNKNOWN)
    vectors = np.zeros((len(made), 2), dtype=np.float32)
    return StoredPassage(
        1,
        "p",
        1,
        "d",
        "f",
        "t",
        DocumentKind.REPORT,
        segment,
        whole,
        "",
        text,
        tuple(made),
        vectors,
        NO_WORDS,
        False,  # noqa: FBT003
    )


def quoted(stored: StoredPassage, index: int) -> list[str]:
    return [stored.text[span.start : span.end] for span in table_around(stored, index)]


def test_header_cells_and_rows_around_a_cell_are_one_table() -> None:
    cells = "Hale Lane\n6.2\nOld Drove\n11.4"
    stored = passage(
        (PROSE, UnitKind.SENTENCE),
        ("Road", UnitKind.SENTENCE),
        ("Miles", UnitKind.SENTENCE),
        (cells, UnitKind.ROW),
        (PROSE, UnitKind.SENTENCE),
    )
    for index in (1, 2, 3):
        assert quoted(stored, index) == [f"Road\nMiles\n{cells}"]


def test_running_text_is_no_table() -> None:
    stored = passage((PROSE, UnitKind.SENTENCE), ("It was cold.", UnitKind.SENTENCE))
    assert quoted(stored, 0) == quoted(stored, 1) == []


def test_three_short_lines_are_no_table_yet() -> None:
    stored = passage(("Road", UnitKind.SENTENCE), ("Miles\n6.2", UnitKind.SENTENCE))
    assert quoted(stored, 0) == []


def test_entries_of_a_list_end_a_table() -> None:
    stored = passage(
        ("A\nB\nC\nD", UnitKind.SENTENCE), ("(1) the pier", UnitKind.LIST_ITEM), ("E", UnitKind.SENTENCE)
    )
    assert quoted(stored, 0) == ["A\nB\nC\nD"]
