"""One ingest is killed at a step, and a fresh process looks at what is left.

Wherever it is killed, a reader must see wholly the old papers or wholly the new ones, before anything has
recovered; the next ingest must succeed; and nothing may then be left over. What SIGKILL cannot show, a lost
page cache, is covered by the order of fsyncs. Source: shared/design/reliability.md, section 3.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from embeddings.hashing import HashingEncoder
from qa_service.bootstrap import open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import Question
from qa_service.store.database import Database
from qa_service.store.documents import text_of, visible_documents
from qa_service.store.integrity import faults
from tests.factories import ingest, write_minutes

OLD = {"a.txt": "the bridge at Ebbfold", "b.txt": "the ford"}
NEW = {"a.txt": "another bridge", "c.txt": "the culvert"}
OLD_STATE = {("a.txt", True, False), ("b.txt", True, False)}
NEW_STATE = {("a.txt", False, True), ("c.txt", False, True)}

# Step by step what an ingest does to the disk; each pattern fits lines of the watched process.
STEPS = {
    "an original is about to become durable": r"fsync .*\.part",
    "an original is about to get its name": r"rename .*\.part .*/blobs/",
    "an original's name is about to become durable": r"fsync .*/blobs$",
    "rows are about to be written": r"write papers\.sqlite-wal",
    "rows are about to become durable": r"sync papers\.sqlite-wal",
    "the index folder is about to be made": r"mkdir .*/\.tmp-2",
    "the lexical index is about to be built": r"mkdir .*/lexical",
    "an index file is about to become durable": r"fsync .*/vectors\.faiss",
    "the manifest is about to become durable": r"fsync .*/manifest\.json",
    "the index folder is about to get its name": r"rename .*/\.tmp-2 .*/gen-2",
    "the folder's name is about to become durable": r"fsync .*/index/public$",
}
AFTER_THE_NAME = {
    "the commit is about to be written": r"write papers\.sqlite-wal",
    "the commit is about to become durable": r"sync papers\.sqlite-wal",
    "the log is about to be moved into the database": r"write papers\.sqlite$",
    "the log is about to be emptied": r"cut papers\.sqlite-wal",
    "the log is about to be deleted": r"delete papers\.sqlite-wal",
}


@dataclass(frozen=True)
class Ground:
    """A data directory in its old state, the folder as it is now, and all that an ingest does to the disk."""

    data: Path
    papers: Path
    doings: list[str]


def run(ground_data: Path, papers: Path, log: Path, repository: Path, *kill: str) -> int:
    command = [
        sys.executable,
        "-m",
        "tests.faults.ingest_again",
        str(ground_data),
        str(papers),
        str(log),
        *kill,
    ]
    environment = os.environ | {"PYTHONPATH": str(repository)}
    return subprocess.run(command, env=environment, cwd=repository, check=False).returncode


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Ground:
    root = tmp_path_factory.mktemp("crash")
    for name, subject in OLD.items():
        write_minutes(root / "papers", name, subject)
    ingest(root / "data", root / "papers")
    (root / "papers" / "b.txt").unlink()
    for name, subject in NEW.items():
        write_minutes(root / "papers", name, subject)
    trial, log = Path(shutil.copytree(root / "data", root / "trial")), root / "log"
    assert run(trial, root / "papers", log, repository) == 0
    assert state_of(trial) == NEW_STATE
    return Ground(root / "data", root / "papers", log.read_text(encoding="utf-8").splitlines())


def state_of(data: Path) -> set[tuple[str, bool, bool]]:
    """Return what a fresh process sees: (file, is it the old text, is it the new text)."""
    database = Database(data)
    with database.reading() as reader:
        rows = visible_documents(reader, PUBLIC_ONLY)
        texts = {row["file_name"]: text_of(reader, row["row"]) for row in rows}
    database.close()
    return {(name, OLD.get(name, "?") in text, NEW.get(name, "?") in text) for name, text in texts.items()}


def found(data: Path) -> set[str]:
    """Return the files that a question finds, through the index files of the generation in force."""
    with open_services(Settings(data_dir=data), HashingEncoder(64)) as services:
        candidates = services.answerer.search(
            Question("the report on the bridge"), 20, PUBLIC_ONLY
        ).candidates
    return {candidate.passage.file_name for candidate in candidates}


def check(
    ground: Ground, tmp_path: Path, repository: Path, pattern: str, nth: int, *, may_be_new: bool
) -> None:
    """Kill an ingest before the n-th doing that fits, and hold what is left against the promises."""
    data = Path(shutil.copytree(ground.data, tmp_path / "data"))
    code = run(data, ground.papers, tmp_path / "log", repository, pattern, str(nth))
    assert code == -signal.SIGKILL, "it was not killed"
    state = state_of(data)
    assert state == OLD_STATE or (may_be_new and state == NEW_STATE)
    assert found(data) == {name for name, _, _ in state}
    report = ingest(data, ground.papers, prune=True)
    assert report.failures == []
    assert state_of(data) == NEW_STATE
    assert found(data) == set(NEW)
    database = Database(data)
    with database.reading() as reader:
        assert list(faults(reader, data)) == []
        assert reader.value("SELECT count(*) FROM document WHERE to_gen IS NULL") == len(NEW)
        assert reader.value("SELECT count(DISTINCT document_row) FROM page") == len(NEW)
    database.close()
    assert not list(data.glob("index/public/.tmp-*"))


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_before_the_commit_leaves_the_old_papers(
    ground: Ground, step: str, tmp_path: Path, repository: Path
) -> None:
    check(ground, tmp_path, repository, STEPS[step], 1, may_be_new=False)


@pytest.mark.parametrize("step", AFTER_THE_NAME)
def test_a_kill_at_the_commit_or_after_leaves_the_old_papers_or_the_new(
    ground: Ground, step: str, tmp_path: Path, repository: Path
) -> None:
    pattern = AFTER_THE_NAME[step]
    named = next(n for n, doing in enumerate(ground.doings) if re.search(r"rename .*gen-2", doing))
    before = sum(1 for doing in ground.doings[:named] if re.search(pattern, doing))
    assert any(re.search(pattern, doing) for doing in ground.doings[named:])
    check(ground, tmp_path, repository, pattern, before + 1, may_be_new=True)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(40))
def test_a_kill_before_anything_at_all_leaves_the_old_papers_or_the_new(
    ground: Ground, part: int, tmp_path: Path, repository: Path
) -> None:
    for nth in range(part + 1, len(ground.doings) + 1, 40):
        check(ground, tmp_path / str(nth), repository, "", nth, may_be_new=True)


def test_every_file_is_durable_before_it_gets_its_name_and_its_name_before_the_commit(ground: Ground) -> None:
    doings = ground.doings
    named = next(n for n, doing in enumerate(doings) if re.search(r"rename .*/\.tmp-2 .*/gen-2", doing))
    files = [path.name for path in (ground.data / "index" / "public" / "gen-1").iterdir() if path.is_file()]
    for name in files:
        assert any(re.search(rf"fsync .*/{re.escape(name)}$", doing) for doing in doings[:named]), name
    assert any(re.search(r"fsync .*/\.tmp-2$", doing) for doing in doings[:named])
    commit = next(n for n, doing in enumerate(doings) if n > named and doing == "write papers.sqlite-wal")
    assert any(re.search(r"fsync .*/index/public$", doing) for doing in doings[named:commit])
    for place, doing in enumerate(doings):
        if moved := re.search(r"rename (.*\.part) ", doing):
            assert f"fsync {moved[1]}" in doings[:place]
