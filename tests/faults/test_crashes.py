"""One ingest is killed at a step, and a fresh process looks at what is left.

Wherever it is killed, a reader must see wholly the old papers or wholly the new ones, before anything has
recovered; the next ingest must succeed; and nothing may then be left over. At each named step the process is
really killed; for every other moment the disk is looked at as a kill would have left it. What neither can
show, a lost page cache, is covered by the order of fsyncs. Source: shared/design/reliability.md, section 3.
"""

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import apsw
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
    """A data directory in its old state, the folder as it is now, and all that an ingest does to the disk.

    `moments` holds the data directory as it was before each doing, by number from 1.
    """

    data: Path
    papers: Path
    doings: list[str]
    moments: Path


@dataclass(frozen=True)
class Ingester:
    """The process that forks one ingest for each request; its imports are paid for once."""

    process: "subprocess.Popen[str]"

    def run(self, data: Path, papers: Path, log: Path, **then: object) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        line = {"data": str(data), "folder": str(papers), "log": str(log)} | then
        self.process.stdin.write(json.dumps(line) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


@pytest.fixture(scope="module")
def ingester(repository: Path) -> Iterator[Ingester]:
    command = [sys.executable, "-m", "tests.faults.ingest_again"]
    # One thread: a fork takes no thread with it.
    environment = os.environ | {"PYTHONPATH": str(repository), "OPENBLAS_NUM_THREADS": "1"}
    with subprocess.Popen(
        command, env=environment, cwd=repository, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Ingester(process)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory, ingester: Ingester) -> Ground:
    root = tmp_path_factory.mktemp("crash")
    for name, subject in OLD.items():
        write_minutes(root / "papers", name, subject)
    ingest(root / "data", root / "papers")
    (root / "papers" / "b.txt").unlink()
    for name, subject in NEW.items():
        write_minutes(root / "papers", name, subject)
    trial, log, moments = Path(shutil.copytree(root / "data", root / "trial")), root / "log", root / "moments"
    assert ingester.run(trial, root / "papers", log, keep=str(moments)) == 0
    assert state_of(trial) == NEW_STATE
    return Ground(root / "data", root / "papers", log.read_text(encoding="utf-8").splitlines(), moments)


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


def contents(data: Path) -> str:
    """Return a digest of all that a process reads in a directory: files, and what SQLite makes of its own."""
    digest = hashlib.sha256()
    for path in sorted(data.rglob("*")):
        if path.is_file() and not path.name.startswith("papers.sqlite"):
            digest.update(f"{path.relative_to(data)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    with contextlib.closing(apsw.Connection(str(data / "papers.sqlite"))) as database:
        digest.update(database.serialize("main"))
    return digest.hexdigest()


def check_the_next_ingest(data: Path, ground: Ground, state: set[tuple[str, bool, bool]]) -> None:
    """Hold a directory that a reader has seen in a state against the promises of search and of recovery."""
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


def check(
    ground: Ground, tmp_path: Path, ingester: Ingester, pattern: str, nth: int, *, may_be_new: bool
) -> None:
    """Kill an ingest before the n-th doing that fits, and hold what is left against the promises."""
    data = Path(shutil.copytree(ground.data, tmp_path / "data"))
    code = ingester.run(data, ground.papers, tmp_path / "log", kill=(pattern, nth))
    assert code == -signal.SIGKILL, "it was not killed"
    state = state_of(data)
    assert state == OLD_STATE or (may_be_new and state == NEW_STATE)
    check_the_next_ingest(data, ground, state)


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_before_the_commit_leaves_the_old_papers(
    ground: Ground, step: str, tmp_path: Path, ingester: Ingester
) -> None:
    check(ground, tmp_path, ingester, STEPS[step], 1, may_be_new=False)


@pytest.mark.parametrize("step", AFTER_THE_NAME)
def test_a_kill_at_the_commit_or_after_leaves_the_old_papers_or_the_new(
    ground: Ground, step: str, tmp_path: Path, ingester: Ingester
) -> None:
    pattern = AFTER_THE_NAME[step]
    named = next(n for n, doing in enumerate(ground.doings) if re.search(r"rename .*gen-2", doing))
    before = sum(1 for doing in ground.doings[:named] if re.search(pattern, doing))
    assert any(re.search(pattern, doing) for doing in ground.doings[named:])
    check(ground, tmp_path, ingester, pattern, before + 1, may_be_new=True)


def test_at_no_moment_is_there_anything_but_the_old_papers_or_the_new(ground: Ground) -> None:
    """Each moment is opened as a reader would; what then reads the same is ingested into once."""
    checked: set[str] = set()
    for number, doing in enumerate(ground.doings, start=1):
        data = ground.moments / str(number)
        state = state_of(data)
        assert state in (OLD_STATE, NEW_STATE), f"before doing {number}: {doing}"
        if (left := contents(data)) not in checked:
            checked.add(left)
            check_the_next_ingest(data, ground, state)
        shutil.rmtree(data)
    assert 1 < len(checked) < len(ground.doings)


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
