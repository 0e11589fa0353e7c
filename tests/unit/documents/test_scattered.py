"""What Google Docs prints: every word a text object of its own, on a page turned upside down."""

import io

import pypdfium2
import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from qa_service.documents.pdf import MAX_PAGE_CHARACTERS, read_pdf, with_lines
from qa_service.documents.scattered import is_scattered, read_again
from qa_service.documents.source_text import SourcePage
from qa_service.documents.structure import read_paper
from qa_service.domain.documents import DocumentKind
from qa_service.domain.papers import ReadingProblem
from qa_service.domain.resolutions import Standing, Verb

REPORT = (
    "Harbour & Old Town Neighbourhood Committee",
    "12 March 2026",
    "Painting of the Pier Shelters and the",
    "Benches on the Sea Wall",
    "Report by Tamsin Ruddle, Director, Seafront and Streets",
    "Recommendation(s)",
    "The Committee is asked to RESOLVE that:",
    "1. the painting of the four shelters before the regatta, at a cost of up to",
    "£14,200, be approved;",
    "2. a report be brought back to this Committee in September.",
    "Key Points",
    "A. The shelters were last painted in 2011 and the wood is bare on the side",
    "that faces the sea.",
)
FONT, SIZE, HEIGHT = "Helvetica", 11, 842


def printed(*pages: tuple[str, ...], scattered: bool = True) -> bytes:
    """Return a PDF of these lines; `scattered`: as Google Docs writes it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, HEIGHT))
    for lines in pages:
        if scattered:
            canvas.transform(1, 0, 0, -1, 0, HEIGHT)
        for row, line in enumerate(lines):
            _line(canvas, 70, 80 + 16 * row, line, scattered=scattered)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _line(canvas: Canvas, x: float, y: float, line: str, *, scattered: bool) -> None:
    if not scattered:
        canvas.setFont(FONT, SIZE)
        canvas.drawString(x, HEIGHT - y, line)
        return
    for word in line.split():
        for piece in (word, " "):
            text = canvas.beginText()
            text.setTextTransform(1, 0, 0, -1, x, y)
            text.setFont(FONT, SIZE)
            text.textOut(piece)
            canvas.drawText(text)
            x += canvas.stringWidth(piece, FONT, SIZE)


def test_words_that_stand_a_line_each_are_joined_to_the_lines_of_print() -> None:
    data = printed(REPORT)
    as_pypdf_reads = PdfReader(io.BytesIO(data)).pages[0].extract_text()
    assert is_scattered(as_pypdf_reads), (
        "the page is no longer one that pypdf scatters: the reader is not tried"
    )
    assert read_pdf(data, "report.pdf").pages[0].text.splitlines() == list(REPORT)


def test_only_the_pages_that_are_scattered_are_read_again() -> None:
    whole = printed(REPORT, scattered=False)
    assert read_pdf(whole, "report.pdf").pages[0].text == PdfReader(io.BytesIO(whole)).pages[0].extract_text()


@pytest.mark.parametrize(
    ("text", "scattered"),
    [
        ("\n \n".join(["word"] * 40), True),
        ("\n \n".join(["word"] * 20), False),
        ("\n".join(["two words"] * 40), False),
        ("\n".join(["name"] * 40 + ["a line of print"] * 10), False),
    ],
)
def test_a_short_column_of_words_is_no_scattered_page(text: str, *, scattered: bool) -> None:
    assert is_scattered(text) is scattered


def test_a_hyphen_at_the_end_of_a_line_stays_one() -> None:
    data = printed(("The committee heard of the long-", "term lease of the kiosk."))
    with pypdfium2.PdfDocument(data) as document:
        assert "\ufffe" in document[0].get_textpage().get_text_range()
    assert read_again(data, [0]) == {0: "The committee heard of the long-\nterm lease of the kiosk."}


def test_a_page_that_pdfium_cannot_read_keeps_its_words_and_says_so() -> None:
    assert read_again(b"no paper", [0]) == {}
    column = SourcePage(1, None, "\n".join(["word"] * 40))
    problems: list[ReadingProblem] = []
    assert with_lines([column], b"no paper", problems) == [column]
    assert [(each.code, each.page) for each in problems] == [("parser_warning", 1)]


def test_a_page_too_long_is_cut_off_and_says_so_however_it_was_read() -> None:
    column = SourcePage(1, None, "\n".join(["word"] * MAX_PAGE_CHARACTERS))
    problems: list[ReadingProblem] = []
    (kept,) = with_lines([column], b"no paper", problems)
    assert len(kept.text) == MAX_PAGE_CHARACTERS
    assert [each.code for each in problems] == ["parser_warning", "limit"]


def test_such_a_report_says_whose_it_is_of_which_day_and_what_it_asks() -> None:
    paper = read_paper(
        printed(REPORT), file_name="report.pdf", document_id="d", council="Marlport Borough Council"
    )
    assert paper.document.kind is DocumentKind.REPORT
    assert paper.document.title == "Painting of the Pier Shelters and the Benches on the Sea Wall"
    (asked,) = paper.resolutions
    assert asked.standing is Standing.RECOMMENDED
    assert asked.verb is Verb.APPROVED
    assert asked.body == "Harbour and Old Town Neighbourhood Committee"
    assert str(asked.held_on) == "2026-03-12"
    assert [paper.document.text[each.span.start : each.span.end] for each in asked.clauses] == [
        "1. the painting of the four shelters before the regatta, at a cost of up to\n£14,200, be approved;",
        "2. a report be brought back to this Committee in September.",
    ]


@pytest.mark.parametrize("second", ["12 March 2026 at 7 pm", "Sea Wall Works", "March 2026"])
def test_lines_without_a_bare_date_in_their_place_are_no_header(second: str) -> None:
    lines = (REPORT[0], second, *REPORT[2:])
    paper = read_paper(
        printed(lines), file_name="report.pdf", document_id="d", council="Marlport Borough Council"
    )
    assert paper.document.kind is not DocumentKind.REPORT
