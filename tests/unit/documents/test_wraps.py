"""Markdown with a blank line behind each line of the page: which lines only the page's width parts."""

import pytest

from qa_service.documents.structure import read_paper
from qa_service.documents.wraps import wraps

BEFORE = """Members heard that the ferry at Ebbfold had been out of the water since the

middle of March, that the hull was sound, and that the engine would be sent to

the yard at Lower Marle for two weeks.

"""
BEHIND = """

Members heard that the ferry would be back in the water by the first week of

August, and that the harbour master would tell the schools of it in writing, as

had been asked for by the two heads in the spring, and that the bus would wait."""


def wrapped(text: str, name: str = "minutes.md") -> list[str]:
    """Return the first two words of each line that only the width parts from the one above."""
    document = read_paper((BEFORE + text + BEHIND).encode(), file_name=name, document_id="d").document
    always = ("middle of", "the yard", "August, and", "had been")
    found = [" ".join(document.text[at:].split()[:2]) for at in wraps(document)]
    assert [words for words in found if words in always] == list(always)
    return [words for words in found if words not in always]


@pytest.mark.parametrize(
    ("above", "below", "begun"),
    [
        (
            "It was proposed by Councillor Strand and seconded by Councillor Oram to take",
            "Part Four of the scheme first.",
            "Part Four",
        ),
        (
            "A sum for it was set aside under the Harbours and Ferries (Upkeep) Act, 1962",
            "(as amended), and has been spent on the slip.",
            "(as amended),",
        ),
        (
            "***I will ask at the next Meeting that the Council send the second ferry to the***",
            "***Northvale side while the first one is away.***",
            "***Northvale side",
        ),
        (
            "The engine was looked at by Mr. Bell, by Ms. Pell and, in the end, by a man of",
            "Mr. Oram's at the yard.",
            "Mr. Oram's",
        ),
        (
            "Those who live by the slip at Ebbfold said again that nobody had told them of",
            "The Ferry Society before.",
            "The Ferry",
        ),
        (
            "Nobody knew what the yard had been asked (nor what it wanted),",
            "in the end, for the hull, the two masts and the engine, or who was to pay to\n\nany of them.",
            "in the",
        ),
    ],
)
def test_a_line_whose_first_word_had_no_room_above_goes_on(above: str, below: str, begun: str) -> None:
    assert wrapped(f"{above}\n\n{below}")[:1] == [begun]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Works at the slip and at the mill", "They begin in May."),  # a title
        ("Disposal of the old lifeboat house at the end of the Lower Ebb Road, Ebbfold,", "(a)Ferry Lane"),
        (
            "Notice of Motion submitted by Councillor Strand at the meeting held in Marle",
            "I will move at the next Meeting that the slip be mended.",
        ),
        (
            "Mr. Edwin Bell, Senior Engineer, Harbours and Ferries, Marlshire Service Unit",
            "Ms. Ada Pell, Clerk",
        ),
        (
            "Senior Engineer for Harbours and Ferries in the Marle District (Mr. E. Bell)",
            "Engineer, Roads (Ms. A. Pell)",
        ),
        (
            "The new shelter at the Northvale slip was welcomed by the Members for the town",
            "The Clerk was thanked as well.",
        ),
        (
            "The Clerk read what the yard had said of the state of the engine, in full:",
            "Engine and gearbox sound.",
        ),
    ],
)
def test_what_opens_something_of_its_own_goes_on_with_nothing(above: str, below: str) -> None:
    assert wrapped(f"{above}\n\n{below}") == []


def test_short_lines_of_one_column_are_cells_however_even() -> None:
    cells = (
        "As it is now on the old slip by the mill\n\nAt the Ebb it is as it was at the old mill\n\nGo by it."
    )
    assert wrapped(cells) == []


def test_a_line_that_had_room_for_the_next_word_ends_where_it_ends() -> None:
    text = (
        "Those at the meeting asked for a new shelter, a new bench\n\n"
        "Northvale asked for a bin that holds more than the one that is there now, and\n\n"
        "said why."
    )
    assert wrapped(text) == ["said why."]


def test_rows_of_a_table_go_on_with_no_row() -> None:
    row = "| Ebbfold and Northvale slips, both sides, with the road | £1,250.00 a year |"
    assert wrapped(f"{row}\n\n{row}\n\n{row}") == []


def test_a_blank_line_of_a_web_page_parts_paragraphs() -> None:
    page = (BEFORE + "It was left.").replace("\n\n", "<br><br>")
    document = read_paper(f"<html><body>{page}</body></html>".encode(), file_name="a.html", document_id="d")
    assert wraps(document.document) == ()
