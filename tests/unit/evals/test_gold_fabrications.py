"""Each fabrication is what its label says, so that a gate that lets it pass is at fault."""

import json
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from lxml import html

from qa_service.sample import papers_directory

Row = dict[str, Any]
DATA = Path(__file__).parents[3] / "evals" / "data" / "fabrications.jsonl"
ROWS: list[Row] = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
LABELS = {"altered", "stitched", "misattributed", "unresolved", "out_of_scope", "too_short", "not_found"}


def labelled(*labels: str) -> list[Row]:
    return [row for row in ROWS if row["label"] in labels]


def folded(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def text_of(name: str, page: int | None = None) -> str:
    path = papers_directory() / name
    if path.suffix == ".pdf":
        found = [leaf.extract_text() for leaf in pypdf.PdfReader(path).pages]
        return folded(found[page - 1] if page else " ".join(found))
    if path.suffix == ".docx":
        return folded(" ".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs))
    return folded(" ".join(html.fromstring(path.read_text(encoding="utf-8")).itertext()))


def test_there_are_at_least_forty_and_every_label_occurs() -> None:
    assert len(ROWS) >= 40
    assert {row["label"] for row in ROWS} == LABELS
    assert len({row["id"] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_the_true_quote_stands_on_its_page(row: Row) -> None:
    assert row["true_quote"] in text_of(row["file"], row["page"])


@pytest.mark.parametrize(
    "row", labelled("altered", "stitched", "not_found"), ids=lambda row: f"{row['id']} {row['label']}"
)
def test_the_false_quote_stands_nowhere_in_the_paper(row: Row) -> None:
    assert row["fabricated"]["quote"] not in text_of(row["file"])


@pytest.mark.parametrize("row", labelled("stitched"), ids=lambda row: row["id"])
def test_a_stitched_quote_begins_with_words_that_are_there(row: Row) -> None:
    opening = " ".join(row["fabricated"]["quote"].split()[:3])
    assert opening in text_of(row["file"])


@pytest.mark.parametrize("row", labelled("too_short"), ids=lambda row: row["id"])
def test_a_quote_that_is_too_short_has_fewer_than_five_words(row: Row) -> None:
    assert len(row["fabricated"]["quote"].split()) < 5
    assert row["fabricated"]["quote"] in row["true_quote"]


@pytest.mark.parametrize("row", labelled("misattributed"), ids=lambda row: row["id"])
def test_a_misattributed_quote_differs_from_the_truth_in_what_is_said_of_it(row: Row) -> None:
    fabricated = row["fabricated"]
    true = {key: row.get(key) for key in fabricated}
    assert fabricated
    assert all(fabricated[key] != true[key] for key in fabricated)
    if "file" in fabricated:
        assert row["true_quote"] not in text_of(fabricated["file"])
    if "page" in fabricated and fabricated["page"] <= len(
        pypdf.PdfReader(papers_directory() / row["file"]).pages
    ):
        assert row["true_quote"] not in text_of(row["file"], fabricated["page"])


@pytest.mark.parametrize("row", labelled("unresolved"), ids=lambda row: row["id"])
def test_an_unresolved_citation_points_at_nothing(row: Row) -> None:
    fabricated = row["fabricated"]
    path = papers_directory() / row["file"]
    if "page" in fabricated:
        assert path.suffix != ".pdf" or fabricated["page"] > len(pypdf.PdfReader(path).pages)
    else:
        assert set(fabricated) == {"document_id"}


@pytest.mark.parametrize("row", labelled("out_of_scope"), ids=lambda row: row["id"])
def test_an_out_of_scope_citation_breaks_its_filters(row: Row) -> None:
    filters = row["filters"]
    held_on = row["held_on"]
    broken = (
        ("council" in filters and row["council"] not in filters["council"])
        or ("body" in filters and row["body"] not in filters["body"])
        or ("held_to" in filters and (held_on is None or held_on > filters["held_to"]))
        or ("as_of" in filters and held_on > filters["as_of"])
        or ("kinds" in filters and "agenda-pack" in row["file"])
    )
    assert broken
