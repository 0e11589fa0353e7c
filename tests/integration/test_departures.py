"""Each recommendation stands beside the one decision that answers it."""

from pathlib import Path

import pytest

from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.register import RegisterQuery
from qa_service.register.departures import Departure, departures
from qa_service.store.database import Database
from tests.factories import ingest

REPORT = """MARLSHIRE COUNTY COUNCIL

REPORT

Committee: Highways and Flood Risk Committee
Date: 6 February 2024
Title: {title}
Report From: Director of Place

Recommendation

1. {asked}

Background

2. The {title} has been looked at since the autumn.
"""
MINUTES = """MARLSHIRE COUNTY COUNCIL

HIGHWAYS AND FLOOD RISK COMMITTEE

MINUTES of a meeting of the Highways and Flood Risk Committee held on 6 February 2024.

PRESENT: Ada Quill (Chair), Tom Hask

1. Minutes of the previous meeting

RESOLVED that the minutes on the Ferry Crossing Plan for Sallow Staithe be confirmed and signed as
correct.

2. {title}

The officer introduced the report.

RESOLVED: {decided}
"""
ASKED = "That the Committee approves the Ferry Crossing Plan for Sallow Staithe."


TITLE = "Ferry Crossing Plan"


def departed(folder: Path, asked: str, decided: str, title: str = TITLE) -> list[Departure]:
    papers = folder / "papers"
    papers.mkdir()
    (papers / "report.txt").write_text(REPORT.format(title=TITLE, asked=asked), encoding="utf-8")
    (papers / "minutes.txt").write_text(MINUTES.format(title=title, decided=decided), encoding="utf-8")
    ingest(folder / "data", papers)
    database = Database(folder / "data")
    try:
        with database.reading() as reader:
            return departures(reader, RegisterQuery(), PUBLIC_ONLY)
    finally:
        database.close()


def test_the_approval_of_minutes_answers_no_report(tmp_path: Path) -> None:
    assert departed(tmp_path, ASKED, "That the kilns be lit on Sundays.", "Kilns") == []


def test_a_recommendation_stands_beside_the_decision_on_its_own_item(tmp_path: Path) -> None:
    (found,) = departed(tmp_path, ASKED, "That the Ferry Crossing Plan for Sallow Staithe be rejected.")
    assert "rejected" in found.text
    assert found.recommended_text.endswith(ASKED)


@pytest.mark.parametrize(
    ("asked", "decided"),
    [
        (ASKED, "That the Ferry Crossing Plan for Sallow Staithe be approved."),
        (
            "That the Committee agrees to the proposed decision, as set out in the attached record.",
            "That the Ferry Crossing Plan for Sallow Staithe be approved and boats be bought.",
        ),
    ],
)
def test_what_was_asked_and_what_is_written_out_elsewhere_is_no_departure(
    tmp_path: Path, asked: str, decided: str
) -> None:
    assert departed(tmp_path, asked, decided) == []
