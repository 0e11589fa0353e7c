"""Welsh beside English minutes, and pages of ModernGov, on the real files; our labels and counts only."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from qa_service.documents.structure import read_paper
from qa_service.domain.documents import DocumentKind, Part, SegmentKind
from qa_service.domain.papers import Paper
from tests.golden.conftest import read

PAGE = b"""<!DOCTYPE html><html lang="en"><body><main><h1>Committee details</h1>
<h2>Bridges Panel</h2>
<h2>Membership</h2><ul><li>Ada Quill (Chair)</li><li>Tom Hask</li><li>Una Prewitt</li></ul>
<h2>Contact</h2><p>Democratic Support</p></main></body></html>"""


def kept(paper: Paper) -> str:
    text = paper.document.text
    return "".join(s.span.of(text) for s in paper.segments if s.kind is not SegmentKind.CHROME)


def stray(papers: Iterable[tuple[str, Paper]]) -> list[tuple[str, str]]:
    """Return the files whose document, or any segment of it, is tagged with another language than its own."""
    return [
        (name, paper.document.language)
        for name, paper in papers
        if {paper.document.language, *(segment.language for segment in paper.segments)}
        != {"cy" if name.endswith("_cy") else "en"}
    ]


@pytest.mark.slow
def test_welsh_minutes_are_tagged_welsh_and_english_ones_english(corpus: Path) -> None:
    papers = [(path.stem, read(path)) for path in sorted((corpus / "manordeilo").glob("*.pdf"))]
    assert len(papers) == 106
    assert stray(papers) == []


@pytest.mark.parametrize(
    ("name", "held_on", "decisions"),
    [
        ("Agenda_151", date(2026, 1, 15), 4),
        ("Agenda_412", date(2025, 12, 4), 0),
        ("Agenda_Irrelevant", date(2025, 11, 18), 2),
    ],
)
def test_a_meetings_page_gives_its_meeting_and_loses_its_chrome(
    corpus: Path, name: str, held_on: date, decisions: int
) -> None:
    paper = read(corpus / "kingston" / f"{name}.html")
    document = paper.document
    assert document.council == "Royal Borough of Kingston upon Thames"
    assert document.body == "Kingston and North Kingston Neighbourhood Committee"
    assert document.held_on == held_on
    assert sum(s.kind is SegmentKind.RESOLUTION for s in paper.segments) == decisions
    assert not [
        word for word in ("Watch Council meetings", "View directions", "Media") if word in kept(paper)
    ]


@pytest.mark.parametrize("name", ["CommitteeDetails", "CommitteeStructure", "BrowseMeetings"])
def test_a_page_of_short_lists_is_a_web_page_and_no_slides(corpus: Path, name: str) -> None:
    paper = read(corpus / "kingston" / f"{name}.html")
    assert paper.document.kind is DocumentKind.WEB_PAGE
    assert not [segment for segment in paper.segments if segment.part is Part.SLIDES]


def test_a_list_of_members_on_a_page_is_no_slide() -> None:
    paper = read_paper(PAGE, file_name="details.html", document_id="d")
    assert paper.document.kind is DocumentKind.WEB_PAGE
    assert "Una Prewitt" in kept(paper)
    assert not [segment for segment in paper.segments if segment.part is Part.SLIDES]
