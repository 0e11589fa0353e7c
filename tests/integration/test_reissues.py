"""A corrected reissue supersedes what it replaces and says so, in either order, while it is there."""

import shutil
from pathlib import Path

import pytest

from qa_service.answering.citations import cite, reference_of
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Citation
from qa_service.domain.spans import Span
from qa_service.sample import papers_directory
from qa_service.store.database import Database
from tests.factories import ingest

PACK, SUPPLEMENT = "marlshire-clp-2024-01-23-agenda-pack.pdf", "marlshire-clp-2024-01-23-supplement.pdf"
WRONG, RIGHT = "31 March 2023 was 68", "31 March 2023 was 74"


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    for name in (PACK, SUPPLEMENT):
        shutil.copy(papers_directory() / name, folder)
    return folder


def cited(data: Path, file_name: str, words: str) -> Citation:
    database = Database(data)
    with database.reading() as reader:
        (row,) = reader.query("SELECT row, id FROM visible_document WHERE file_name = :f", {"f": file_name})
        pages = reader.query("SELECT text FROM page WHERE document_row = :row ORDER BY ordinal", row)
        text = "".join(page["text"] for page in pages)
        start = text.index(words)
        citation = cite(reader, row["id"], Span(start, start + len(words)), PUBLIC_ONLY)
    database.close()
    return citation


@pytest.mark.parametrize("order", [(PACK, SUPPLEMENT), (SUPPLEMENT, PACK)])
def test_the_wrong_figure_names_its_reissue_and_the_right_one_none(
    tmp_path: Path, papers: Path, order: tuple[str, str]
) -> None:
    data = tmp_path / "data"
    for name in order:
        ingest(data, papers / name)
    old = cited(data, PACK, WRONG)
    assert old.superseded_by is not None
    assert old.superseded_by.file_name == SUPPLEMENT
    assert reference_of(old).endswith("since reissued")
    new = cited(data, SUPPLEMENT, RIGHT)
    assert new.superseded_by is None
    assert old.superseded_by.page == new.page


def test_what_the_reissue_left_as_it_was_is_filed_twice_and_not_superseded(
    tmp_path: Path, papers: Path
) -> None:
    ingest(tmp_path / "data", papers)
    same = cited(tmp_path / "data", PACK, "marked by rising numbers")
    assert same.superseded_by is None
    beside = cited(tmp_path / "data", PACK, "team were the heaviest")
    assert beside.superseded_by is None


def test_without_the_reissue_nothing_is_superseded(tmp_path: Path, papers: Path) -> None:
    ingest(tmp_path / "data", papers)
    (papers / SUPPLEMENT).unlink()
    ingest(tmp_path / "data", papers, prune=True)
    assert cited(tmp_path / "data", PACK, WRONG).superseded_by is None
