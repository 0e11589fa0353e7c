"""The real papers, read once each. They are public records that the project does not ship."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from qa_service.documents.structure import read_paper
from qa_service.domain.papers import Paper

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"

Seed = Callable[[str], Paper]


@cache
def read(path: Path) -> Paper:
    """Return a paper as read, the same for all tests: reading all of the real ones takes a minute."""
    return read_paper(path.read_bytes(), file_name=path.name, document_id=path.stem[:3])


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of the real papers; skips where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip(f"the real papers are not here: {CORPUS}")
    return CORPUS


@pytest.fixture(scope="session")
def seed(corpus: Path) -> Seed:
    """Return a function from a seed's number ("001") to its paper as read."""
    return lambda number: read(next((corpus / "seeds").glob(f"{number}_*.txt")))
