"""Breaks each protection of the harness on purpose, in a copy, and shows that its test goes red.

`python -m tests.proofs.prove` writes the table beside this file; exit 1 where a test stayed green.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.proofs.mutants import MUTANTS, Mutant

REPOSITORY = Path(__file__).parents[2]
TABLE = Path(__file__).parent / "PROOF.md"
_COPIED = ("embeddings", "evals", "qa_service", "tests", "pyproject.toml")
_GREEN, _RED = 0, 1  # exit codes of pytest; any other means that no test ran


@contextmanager
def copied() -> Iterator[Path]:
    """Yield a copy of the packages and tests in a folder of its own."""
    with TemporaryDirectory(prefix="proof-") as folder:
        for name in _COPIED:
            source = REPOSITORY / name
            if source.is_dir():
                shutil.copytree(source, Path(folder) / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, Path(folder) / name)
        yield Path(folder)


def ran(folder: Path, tests: Sequence[str]) -> tuple[int, str]:
    """Return (exit code, output) of tests in a copy."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", *tests],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def proven(folder: Path, mutant: Mutant) -> bool:
    """Return whether the test of a break goes red in a copy that is broken so. The copy is mended after."""
    path = folder / mutant.file
    whole = path.read_text(encoding="utf-8")
    assert whole.count(mutant.before) == 1, f"{mutant.file}: {mutant.before!r} must stand once"
    path.write_text(whole.replace(mutant.before, mutant.after), encoding="utf-8")
    try:
        code, output = ran(folder, [mutant.test])
    finally:
        path.write_text(whole, encoding="utf-8")
    assert code in {_GREEN, _RED}, output  # broken code that cannot be loaded proves nothing
    return code == _RED


def table(rows: Sequence[tuple[Mutant, bool]]) -> str:
    """Return the proof as Markdown."""
    head = (
        "# What was broken on purpose, and what went red",
        "",
        "Made by `python -m tests.proofs.prove`, which breaks a copy, one line of this table at a time.",
        "Before each break the test is green.",
        "",
        "| the harness promises | broken on purpose | in | test | went red |",
        "|---|---|---|---|---|",
    )
    lines = (
        f"| {each.protects} | {each.broken} | `{each.file}` | `{each.test.partition('::')[2]}` | "
        f"{'yes' if red else '**NO**'} |"
        for each, red in rows
    )
    return "\n".join([*head, *lines]) + "\n"


def main() -> int:
    """Prove every protection, write the table, and return the exit code."""
    with copied() as folder:
        code, output = ran(folder, sorted({each.test for each in MUTANTS}))
        if code != _GREEN:
            sys.stderr.write(output)
            return 1
        rows = []
        for each in MUTANTS:
            rows.append((each, proven(folder, each)))
            sys.stdout.write(f"{'red' if rows[-1][1] else 'GREEN'}  {each.protects}\n")
            sys.stdout.flush()
    TABLE.write_text(table(rows), encoding="utf-8", newline="\n")
    return int(not all(red for _, red in rows))


if __name__ == "__main__":
    sys.exit(main())
