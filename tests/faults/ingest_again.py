"""The process that the crash tests watch: one ingest with everything in it, new, changed and removed.

Run as `python -m tests.faults.ingest_again`, it imports once and then forks a fresh process for each line of
its input, whose exit code it prints. A line is a JSON object: `data`, `folder` and `log`, and either `kill`
(a pattern and which of the lines that it fits) or `keep` (a folder). Whatever that process is about to change
on the disk is written to `log` as a line. Before the line that `kill` names it sends itself SIGKILL; before
every line it copies `data` to a numbered folder of `keep`: what a SIGKILL there would leave. Seen are
Python's own renames, deletions, folders and fsyncs, and all that SQLite writes, syncs, cuts and deletes.
"""

import json
import os
import re
import shutil
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw

from embeddings.hashing import HashingEncoder
from qa_service.bootstrap import open_ingestion
from qa_service.config import Settings
from qa_service.ingestion.discovery import discover


class Watch:
    """Numbers what is about to happen, from 1, and does then what it was told."""

    def __init__(self, log: Path, then: Callable[[int, str], None]) -> None:
        self._log = log.open("a", encoding="utf-8")
        self._then = then
        self._seen = 0
        self._lock = threading.RLock()
        self._is_busy = False

    def about_to(self, what: str) -> None:
        with self._lock:
            if self._is_busy:  # this is the watch's own copying
                return
            self._seen += 1
            self._log.write(what + "\n")
            self._log.flush()
            self._is_busy = True
            self._then(self._seen, what)
            self._is_busy = False


class Kill:
    """Ends the process before the n-th line that a pattern fits."""

    def __init__(self, pattern: str, nth: int) -> None:
        self._pattern = re.compile(pattern)
        self._left = nth

    def __call__(self, _seen: int, what: str) -> None:
        if self._pattern.search(what):
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


class Keep:
    """Copies the data directory as it is before every line."""

    def __init__(self, data: Path, keep: Path) -> None:
        self._data = data
        self._keep = keep

    def __call__(self, seen: int, _what: str) -> None:
        while True:
            try:
                shutil.copytree(self._data, self._keep / str(seen))
            except shutil.Error:  # another thread's file was renamed meanwhile
                shutil.rmtree(self._keep / str(seen))
            else:
                return


class WatchedFile(apsw.VFSFile):
    """One file of SQLite, whose changes are announced."""

    def __init__(self, watch: Watch, name: Any, flags: list[int]) -> None:  # noqa: ANN401 - apsw's own
        super().__init__("unix", name, flags)
        self._watch = watch
        self._kind = Path(name.filename() if hasattr(name, "filename") else str(name)).name

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._watch.about_to(f"write {self._kind}")
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._watch.about_to(f"sync {self._kind}")
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._watch.about_to(f"cut {self._kind}")
        super().xTruncate(size)


class WatchedDisk(apsw.VFS):
    """SQLite's way to the disk, watched."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        super().__init__("watched", "unix", makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> WatchedFile:  # noqa: ANN401, N802
        return WatchedFile(self._watch, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802
        self._watch.about_to(f"delete {Path(filename).name}")
        super().xDelete(filename, syncdir)


def watch_python(watch: Watch) -> None:
    """Announce what Python is about to do to the disk."""
    events = {"os.rename": "rename", "os.remove": "remove", "os.mkdir": "mkdir", "os.rmdir": "rmdir"}

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in events:
            watch.about_to(f"{events[event]} {' '.join(str(each) for each in arguments[:2])}")

    sys.addaudithook(hook)
    really = os.fsync

    def fsync(descriptor: int) -> None:
        watch.about_to(f"fsync {Path(f'/proc/self/fd/{descriptor}').readlink()}")
        really(descriptor)

    setattr(os, "fsync", fsync)  # noqa: B010 - mypy knows better what os.fsync is


def ingest_watched(data: str, folder: str, log: str, **then: Any) -> None:  # noqa: ANN401 - as the line says
    watch = Watch(Path(log), Kill(*then["kill"]) if "kill" in then else Keep(Path(data), Path(then["keep"])))
    disk = WatchedDisk(watch)
    watch_python(watch)
    papers = Path(folder)
    with open_ingestion(Settings(data_dir=Path(data)), HashingEncoder(64)) as ingestion:
        ingestion.run(discover([papers]), prune_under=[papers])
    disk.unregister()


def main() -> None:
    codes = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what an ingest prints is no exit code
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                ingest_watched(**json.loads(line))
                code = 0
            except BaseException:  # noqa: BLE001 - the end of a process: said on stderr, and seen by its code
                traceback.print_exc()
            os._exit(code)  # no farewells of libraries: they wait for threads that a fork does not take
        codes.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        codes.flush()


if __name__ == "__main__":
    main()
