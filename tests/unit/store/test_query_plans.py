"""What is asked for every citation and every list must not grow with the store: SQLite's own plan is read."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.register import RegisterQuery, Verdicts
from qa_service.domain.spans import Span
from qa_service.store.copies import other_places, papers_sharing
from qa_service.store.database import Connection, Database, Row
from qa_service.store.register_lists import list_commitments
from tests.factories import ingest, write_minutes


class Explained:
    """A connection that keeps how SQLite would carry out what is asked of it."""

    def __init__(self, reader: Connection) -> None:
        self._reader = reader
        self.steps: list[str] = []

    def query(self, sql: str, parameters: Row | None = None) -> list[Row]:
        plan = self._reader.query(f"EXPLAIN QUERY PLAN {sql}", parameters)
        self.steps += [str(step["detail"]) for step in plan]
        return self._reader.query(sql, parameters)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever else a connection has
        return getattr(self._reader, name)


@pytest.fixture
def explained(tmp_path: Path) -> Iterator[Explained]:
    ingest(tmp_path / "data", write_minutes(tmp_path / "papers"))
    database = Database(tmp_path / "data")
    with database.reading() as reader:
        yield Explained(reader)
    database.close()


def test_the_copies_of_one_place_are_looked_up_and_not_all_copies_read(explained: Explained) -> None:
    other_places(explained, 1, Span(0, 10), PUBLIC_ONLY)  # type: ignore[arg-type]
    papers_sharing(explained, 1, PUBLIC_ONLY)  # type: ignore[arg-type]
    assert any("passage_copy" in step for step in explained.steps)
    assert [step for step in explained.steps if step.startswith("SCAN passage_copy")] == []


def test_the_links_of_commitments_are_looked_up_one_commitment_at_a_time(explained: Explained) -> None:
    list_commitments(explained, RegisterQuery(), PUBLIC_ONLY, date(2024, 7, 1), Verdicts())  # type: ignore[arg-type]
    links = [step for step in explained.steps if "follow_up" in step]
    assert links == ["SEARCH follow_up USING PRIMARY KEY (commitment_row=?)"]
