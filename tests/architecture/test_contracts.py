"""Who may import whom, as pyproject.toml says it."""

import subprocess
import sys
from pathlib import Path

import pytest

# In a process of its own: import-linter configures logging and silences every logger that exists by then.
LINT = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(cache_dir=None))"


def test_no_import_breaks_a_contract(repository: Path) -> None:
    pytest.importorskip("importlinter", reason="needs import-linter: pip install '.[dev]'")
    done = subprocess.run(
        [sys.executable, "-c", LINT], cwd=repository, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
