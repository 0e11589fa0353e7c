"""Who may import whom, as pyproject.toml says it."""

from pathlib import Path

import pytest


def test_no_import_breaks_a_contract(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli = pytest.importorskip("importlinter.cli", reason="needs import-linter: pip install '.[dev]'")
    monkeypatch.chdir(repository)
    assert cli.lint_imports(cache_dir=None) == 0
