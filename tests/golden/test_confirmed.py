"""Which real minutes are confirmed, read by hand from the minutes that say so; the lists are ours."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from qa_service.store.database import Database
from tests.factories import ingest
from tests.golden.conftest import read

KENT = {
    "2025-01-09__Printed_minutes_09th-Jan-2025_10.00_County_Council.pdf": "confirmed",
    "2025-01-30__Minutes_of_the_meeting_held_on_9th_January_2025.pdf": "confirmed",
    "2025-01-30__Printed_minutes_30th-Jan-2025_10.00_Cabinet.pdf": "unknown",
    "2025-02-13__19_December_2024_-_County_Council_minutes.pdf": "confirmed",
    "2025-02-13__9_January_2025_-_County_Council_minutes.pdf": "confirmed",
    "2025-02-13__Printed_minutes_13th-Feb-2025_09.30_County_Council.pdf": "confirmed",
    "2025-03-04__Minutes_of_Previous_Meeting.pdf": "unknown",
    "2025-03-13__CPP_Minutes_10.12.24.pdf": "unknown",
    "2025-03-13__CPP_Minutes_29.10.24.pdf": "unknown",  # those that confirm them name no council
    "2025-03-13__Minutes_of_Previous_Meeting.pdf": "confirmed",
    "2025-03-13__Printed_minutes_13th-Mar-2025_10.00_County_Council.pdf": "unknown",
}
CONFIRMS_FEBRUARY = "2025-03-13__Printed_minutes_13th-Mar-2025_10.00_County_Council.pdf"
# Of the English minutes of Manordeilo each confirms those of the meeting before, but for these: in October
# 2019 corrections were made first, the extraordinary meeting confirms none, June 2016 misprints the day.
SILENT = {"2019_19-02-06_EM.pdf", "2019_19-10-09.pdf"}
MISPRINTED = {"2016_16-06-08.pdf": date(2016, 4, 11)}


def statuses(data: Path) -> dict[str, str]:
    database = Database(data)
    with database.reading() as reader:
        rows = reader.query(
            """SELECT DISTINCT d.file_name, segment.status FROM segment
               JOIN visible_document AS d ON d.row = segment.document_row WHERE segment.part = 'minutes'"""
        )
    database.close()
    assert len(rows) == len({row["file_name"] for row in rows})
    return {row["file_name"]: row["status"] for row in rows}


@pytest.mark.slow
def test_kent_minutes_are_confirmed_as_far_as_the_papers_say_and_no_further(
    corpus: Path, tmp_path: Path
) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    for name in KENT:
        shutil.copy(corpus / "kent" / name, papers)
    ingest(tmp_path / "data", papers)
    assert statuses(tmp_path / "data") == KENT
    (papers / CONFIRMS_FEBRUARY).unlink()
    ingest(tmp_path / "data", papers, prune=True)
    found = statuses(tmp_path / "data")
    assert {name for name, status in found.items() if status != KENT[name]} == {
        "2025-02-13__Printed_minutes_13th-Feb-2025_09.30_County_Council.pdf",
        "2025-03-13__Minutes_of_Previous_Meeting.pdf",
    }


@pytest.mark.slow
def test_minutes_of_manordeilo_confirm_those_of_the_meeting_before(corpus: Path) -> None:
    papers = [read(path) for path in sorted((corpus / "manordeilo").glob("*_??-??-??*.pdf"))]
    days = sorted({paper.document.held_on for paper in papers if paper.document.held_on})
    for paper in papers:
        name, held_on = paper.document.source.file_name, paper.document.held_on
        assert held_on is not None, name
        before = max((day for day in days if day < held_on), default=date(2015, 5, 13))
        expected = [] if name in SILENT else [MISPRINTED.get(name, before)]
        assert [each.held_on for each in paper.confirmations] == expected, name
