"""What a run stands on: versions, the state of the source tree, and the code that made an index."""

import hashlib
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evals.jsonl import JsonObject

ROOT = Path(__file__).resolve().parent.parent
_PACKAGES = ("paperclerk", "numpy", "faiss-cpu", "tantivy", "onnxruntime", "tokenizers", "pypdf", "apsw")
_MAKES_AN_INDEX = (
    "embeddings",
    "qa_service/documents",
    "qa_service/domain",
    "qa_service/ingestion",
    "qa_service/store",
)


def versions() -> JsonObject:
    """Return the versions of Python, the machine's kind, and the packages that results depend on."""
    found: JsonObject = {"python": sys.version.split()[0], "machine": platform.platform()}
    for package in _PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = None
    return found


def git_state() -> JsonObject:
    """Return commit and whether files differ from it; None for both outside a git checkout."""
    commit = _git("rev-parse", "HEAD")
    changes = _git("status", "--porcelain")
    return {"commit": commit, "dirty": None if changes is None else bool(changes)}


def _git(*arguments: str) -> str | None:
    try:
        done = subprocess.run(  # noqa: S603 - our own arguments
            ["git", *arguments],  # noqa: S607 - git is found on PATH, as a developer's shell finds it
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def index_code_sha256() -> str:
    """Digest of the source files that decide what ingestion stores: a cached index is made by this code."""
    hasher = hashlib.sha256()
    for folder in _MAKES_AN_INDEX:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and path.suffix in {".py", ".sql", ".json"}:
                hasher.update(path.relative_to(ROOT).as_posix().encode())
                hasher.update(path.read_bytes())
    return hasher.hexdigest()
