"""The generator makes the committed papers, and the papers are what the sample promises."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import docx
import pypdf
import pytest

from qa_service.sample import papers_directory

MADE_BY = {"reportlab": "5.1.0", "python-docx": "1.2.0"}
PAPERS = sorted(papers_directory().iterdir())
PDFS = [path for path in PAPERS if path.suffix == ".pdf"]
PACKS = [path for path in PDFS if path.stem.endswith("agenda-pack")]
IDS = [path.name for path in PDFS]


def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    return path.read_text(encoding="utf-8")


def installed(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def test_generating_again_gives_the_committed_bytes(tmp_path: Path) -> None:
    if find_spec("reportlab") is None:
        pytest.skip("reportlab is not installed: the papers can be served but not made again")
    here = {package: installed(package) for package in MADE_BY}
    if here != MADE_BY:
        pytest.skip(f"the papers were made with {MADE_BY}, here is {here}: the bytes may differ")
    command = [sys.executable, "-m", "qa_service.sample.generate", "--out", str(tmp_path)]
    subprocess.run(command, check=True)  # own interpreter, own module
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in PAPERS
    }


def test_finding_the_papers_loads_no_pdf_maker() -> None:
    code = "import sys, qa_service.sample as s; s.papers_directory(); print('reportlab' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert ran.stdout.strip() == "False"


def test_there_are_at_least_sixteen_pdfs_two_pages_of_html_and_a_word_file() -> None:
    suffixes = [path.suffix for path in PAPERS]
    assert suffixes.count(".pdf") >= 16
    assert suffixes.count(".html") == 2
    assert suffixes.count(".docx") == 1


def test_the_papers_stay_small() -> None:
    sizes = [path.stat().st_size for path in PAPERS]
    assert max(sizes) < 600_000
    assert sum(sizes) < 2_500_000


@pytest.mark.parametrize("pack", PACKS, ids=[path.name for path in PACKS])
def test_a_pack_has_between_twenty_and_sixty_pages(pack: Path) -> None:
    assert 20 <= len(pypdf.PdfReader(pack).pages) <= 60


@pytest.mark.parametrize("path", PAPERS, ids=[path.name for path in PAPERS])
def test_every_paper_says_that_it_is_fictional(path: Path) -> None:
    opening = pypdf.PdfReader(path).pages[0].extract_text() if path.suffix == ".pdf" else text_of(path)
    assert "of a fictional council" in " ".join(opening.split())


def labels(name: str) -> list[str]:
    return pypdf.PdfReader(papers_directory() / name).page_labels


def test_one_pack_numbers_its_front_in_roman_and_begins_again_at_one() -> None:
    assert labels("marlshire-hfrc-2024-02-06-agenda-pack.pdf")[:5] == ["i", "ii", "iii", "1", "2"]


def test_one_pack_continues_the_numbers_of_a_book() -> None:
    name = "marlshire-cabinet-2024-01-18-agenda-pack.pdf"
    assert labels(name)[:2] == ["41", "42"]
    assert "Page 42" in pypdf.PdfReader(papers_directory() / name).pages[1].extract_text()


def test_one_pack_is_stamped_with_other_numbers_than_its_pages_and_has_no_labels() -> None:
    reader = pypdf.PdfReader(papers_directory() / "marlshire-clp-2024-01-23-agenda-pack.pdf")
    assert "/PageLabels" not in reader.root_object
    assert "Page 7" in reader.pages[8].extract_text()


def test_the_agenda_gives_the_stamped_pages_of_its_items() -> None:
    reader = pypdf.PdfReader(papers_directory() / "marlshire-clp-2024-01-23-agenda-pack.pdf")
    agenda = " ".join(reader.pages[1].extract_text().split())
    assert "INDEPENDENT REVIEWING SERVICE ANNUAL REPORT 2022/23 (Pages 7 - 10)" in agenda
    assert reader.pages[8].extract_text().startswith("Agenda Item 7")


@pytest.mark.parametrize(
    ("name", "page", "figure"),
    [
        ("marlshire-clp-2024-01-23-agenda-pack.pdf", 22, "1340"),
        ("marlshire-clp-2023-09-19-agenda-pack.pdf", 20, "215"),
        ("marlshire-hfrc-2024-02-06-agenda-pack.pdf", 16, "241"),
        ("marlshire-clp-2024-06-18-agenda-pack.pdf", 21, "55"),
    ],
)
def test_the_figures_of_a_chart_are_in_a_picture_and_not_in_the_text(
    name: str, page: int, figure: str
) -> None:
    slide = pypdf.PdfReader(papers_directory() / name).pages[page - 1]
    assert len(slide.images) == 1
    assert figure not in slide.extract_text()


@pytest.mark.parametrize(
    ("alone", "pack"),
    [
        ("marlshire-cabinet-2023-10-12-minutes.pdf", "marlshire-cabinet-2024-01-18-agenda-pack.pdf"),
        ("marlport-clsp-2023-12-05-minutes.pdf", "marlport-clsp-2024-03-12-agenda-pack.pdf"),
    ],
)
def test_minutes_filed_twice_resolve_the_same(alone: str, pack: str) -> None:
    words = " ".join(text_of(papers_directory() / pack).split())
    resolved = [line for line in text_of(papers_directory() / alone).splitlines() if "RESOLVED" in line]
    assert resolved
    assert [line for line in resolved if line.strip() not in words] == []


def test_the_draft_and_the_confirmed_minutes_differ_in_one_figure() -> None:
    draft = text_of(papers_directory() / "marlshire-clp-2024-06-18-agenda-pack.pdf")
    confirmed = text_of(papers_directory() / "marlshire-clp-2024-01-23-minutes.pdf")
    assert "independent within six months" in " ".join(draft.split())
    assert "independent within six weeks" in " ".join(confirmed.split())


@pytest.mark.parametrize("path", PAPERS, ids=[path.name for path in PAPERS])
def test_the_readme_lists_the_paper(path: Path) -> None:
    readme = (papers_directory().parent / "README.md").read_text(encoding="utf-8")
    assert f"`{path.name}`" in readme
