"""Scans without a text layer are refused with their count of pages, never an empty success."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from qa_service.documents.structure import read_paper
from qa_service.errors import NoTextLayer
from qa_service.sample import papers_directory
from tests.factories import ingest

RECORD = Path(papers_directory()) / "marlshire-cabinet-record-of-decision-24-00031.pdf"


def scan(*, blank: int, read: bool = False) -> bytes:
    """Return a PDF of so many pages without text, behind one that has some if `read`."""
    writer = PdfWriter()
    if read:
        writer.add_page(PdfReader(RECORD).pages[0])
    for _ in range(blank):
        writer.add_blank_page(595, 842)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_scan_is_refused_and_says_how_many_pages_need_ocr() -> None:
    with pytest.raises(NoTextLayer, match=r"none of its 3 pages has text; it needs OCR") as caught:
        read_paper(scan(blank=3), file_name="scan.pdf", document_id="d")
    assert caught.value.pages == 3
    with pytest.raises(NoTextLayer, match=r"its only page has no text; it needs OCR"):
        read_paper(scan(blank=1), file_name="scan.pdf", document_id="d")


def test_a_paper_with_scanned_pages_is_read_and_names_them() -> None:
    paper = read_paper(scan(blank=2, read=True), file_name="half.pdf", document_id="d")
    assert [each.page for each in paper.problems if each.code == "no_text"] == [2, 3]
    assert paper.resolutions


def test_an_ingest_lists_a_scan_among_the_failures_and_a_half_scan_as_incomplete(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(scan(blank=3))
    (tmp_path / "half.pdf").write_bytes(scan(blank=2, read=True))
    report = ingest(tmp_path / "data", tmp_path / "scan.pdf", tmp_path / "half.pdf")
    assert [(each.file, each.code) for each in report.failures] == [("scan.pdf", "no_text")]
    assert "3 pages" in report.failures[0].why
    assert report.incomplete == ["half.pdf"]
    assert report.added == 1
