from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_service.store.database import Connection, open_writer


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Connection]:
    """Yield the writing connection of a new data directory."""
    with open_writer(tmp_path / "data") as connection:
        yield connection
