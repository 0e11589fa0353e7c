"""Three hundred pages drawn by seed 20251125, their printed labels read by eye from pictures of the pages.

Two hundred are of the supplements in the Kent papers and of the sample, one hundred of the other Kent papers.
`page_labels.tsv`: the file by the first digits of its SHA-256, the page's number in the file, and the label
as printed; "-" is none. On three pages of the sample that print none, it is the label that the file carries.
"""

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pypdfium2
import pytest

from qa_service.domain.documents import Page
from qa_service.domain.passages import Passage
from qa_service.ingestion.passages import passages_of
from qa_service.sample import papers_directory
from tests.golden.conftest import read

LABELS = Path(__file__).parent / "page_labels.tsv"
PAGES = 300
EDGES = (3, 4)  # lines on top and at the bottom of a page where a footer or a stamp stands
WORD = re.compile(r"\w+")
Place = tuple[Path, int, str | None]


@pytest.fixture(scope="module")
def places(corpus: Path) -> list[Place]:
    paths = [*(corpus / "kent").glob("*.pdf"), *Path(papers_directory()).glob("*.pdf")]
    files = {hashlib.sha256(path.read_bytes()).hexdigest()[:8]: path for path in paths}
    with LABELS.open(encoding="utf-8") as labels:
        rows = list(csv.DictReader(labels, delimiter="\t"))
    return [
        (files[row["file"]], int(row["page"]), None if row["label"] == "-" else row["label"]) for row in rows
    ]


def words_of_pages(path: Path, numbers: Iterable[int]) -> dict[int, set[str]]:
    """Return the words of some pages as another reader of PDFs sees them."""
    with pypdfium2.PdfDocument(path) as pdf:
        return {
            number: set(WORD.findall(pdf[number - 1].get_textpage().get_text_range()))
            for number in numbers
            if 1 <= number <= len(pdf)
        }


def is_that_page(path: Path, page: Page, number: int) -> bool:
    """Return whether a page has the text of the page so numbered, more than that of the two beside it."""
    words = set(WORD.findall(page.span.of(read(path).document.text)))
    seen = words_of_pages(path, range(number - 1, number + 2))
    unlike = {at: len(words ^ others) for at, others in seen.items()}
    return page.number == number and unlike[number] == min(unlike.values())


@pytest.mark.slow
def test_label_and_number_of_a_page_are_right(places: list[Place]) -> None:
    wrong, absent = [], []
    for path, number, label in places:
        page = read(path).document.pages[number - 1]
        if not is_that_page(path, page, number) or page.label not in {label, None}:
            wrong.append((path.name, number, label, page.label))
        elif page.label != label:
            absent.append((path.name, number, label))
    print(f"\n{len(places)} pages, wrong {wrong}, label not found {absent}")  # noqa: T201
    assert len(places) == PAGES
    assert wrong == []
    assert len(absent) <= 0.01 * PAGES


@cache
def cut(path: Path) -> list[Passage]:
    ids = iter(range(10**6))
    return list(passages_of(read(path), lambda text: len(text.split()), 250, lambda: f"p{next(ids)}"))


def footers(text: str, page: Page, label: str) -> Iterator[tuple[int, int]]:
    """Yield the places of the lines at a page's edges that say its label and no more."""
    footer = re.compile(rf"(?:Page )?{label}(?: of \d+)?|- ?{label} ?-", re.IGNORECASE)
    lines = [match for match in re.finditer(r"\S[^\n]*", page.span.of(text)) if match[0].strip()]
    for line in (*lines[: EDGES[0]], *lines[-EDGES[1] :]):
        if footer.fullmatch(line[0].strip()):
            yield page.span.start + line.start(), page.span.start + line.end()


@pytest.mark.slow
def test_no_footer_is_inside_a_quote_a_list_or_a_number(places: list[Place]) -> None:
    """Held to the pages whose label was found; the one that is not is a number of another paper's slide."""
    found = []
    seen = 0
    for path, number, label in places:
        paper = read(path)
        page = paper.document.pages[number - 1]
        known = label if label and label.isdigit() and page.label == label else None
        for start, end in footers(paper.document.text, page, known) if known else ():
            seen += 1
            covering = [
                unit
                for passage in cut(path)
                for unit in passage.units
                if any(span.start < end and start < span.end for span in unit.spans)
            ]
            decided = [
                each
                for each in paper.resolutions
                if each.span.start <= start < each.span.end
                and paper.document.text[start:end].strip() in paper.words_within(each.span).splitlines()
            ]
            if covering or decided:
                found.append((path.name, number, paper.document.text[start:end]))
    print(f"\n{seen} footers")  # noqa: T201
    assert seen > PAGES // 3
    assert found == []
