"""No run of eight words of the sample occurs in the public papers that nobody licensed."""

import re
from functools import cache
from pathlib import Path

import docx
import pypdf
import pytest

from qa_service.sample import papers_directory

SHARED = Path(__file__).parents[4] / "shared" / "corpus"
KENT = (
    "2025-01-30__Printed_minutes_30th-Jan-2025_10.00_Cabinet.pdf",
    "2025-02-13__Printed_minutes_13th-Feb-2025_09.30_County_Council.pdf",
    "2025-01-30__24-00108_-_PROD.pdf",
    "2025-03-13__CPP_Minutes_10.12.24.pdf",
)
RUN = 8
# The standing words of every English council's papers; a run that lies inside one of them is nobody's.
FORMULAE = (
    "marlshire county council cabinet minutes of a meeting of the cabinet held in the oak room",
    "marlshire county council county council minutes of a meeting of the county council held in the council",
    "of the county council held in the council chamber county hall",
    "agenda item 3 at a meeting of the children and learning panel",
    "item 3 resolved that the minutes of the meeting of",
    "minutes resolved that the minutes of the meeting of",
    "children and learning scrutiny panel minutes of the meeting held on",
    "minutes the minutes of the meeting held on 14 november",
    "confirm the minutes of the meeting held on 12 june",
    "minutes of the previous meeting pages 3 6 to confirm the minutes of the meeting",
    "minutes of the previous meeting the minutes of the meeting of",
    "to consider a report of the director of",
    "the panel received a report of the director of",
    "the panel considered the report of the director of",
    "marlshire county council proposed record of decision decision to be taken by cabinet decision number",
    "apologies for absence apologies were received from councillors",
    "this page is intentionally left blank agenda item",
)


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9£%']+", text.lower())


def runs(text: str) -> set[str]:
    found = words(text)
    return {" ".join(found[start : start + RUN]) for start in range(len(found) - RUN + 1)}


def pdf_text(path: Path) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


@cache
def public_runs() -> frozenset[str]:
    texts = [path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))]
    texts += [pdf_text(SHARED / "kent" / name) for name in KENT]
    return frozenset().union(*map(runs, texts))


def sample_text(path: Path) -> str:
    if path.suffix == ".pdf":
        return pdf_text(path)
    if path.suffix == ".docx":
        return " ".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    return re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/corpus is not here: nothing to compare with")
@pytest.mark.parametrize("path", sorted(papers_directory().iterdir()), ids=lambda path: path.name)
def test_the_paper_shares_no_run_of_words_with_the_public_papers(path: Path) -> None:
    allowed = set().union(*map(runs, FORMULAE))
    assert (runs(sample_text(path)) & public_runs()) - allowed == set()
