"""The process that the crash tests kill: one ingest with everything in it, new, changed and removed.

Run as `python -m tests.faults.ingest_again DATA_DIR FOLDER LOG [PATTERN NTH]`. Whatever is about to change
the disk is written to LOG as a line, and before the NTH line that PATTERN matches the process sends itself
SIGKILL. Seen are Python's own renames, deletions, folders and fsyncs, and all that SQLite writes, syncs, cuts
and deletes.
"""

import os
import re
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import apsw

from tests.factories import ingest


class Watch:
    """Counts what is about to happen, and ends the process where it was told to."""

    def __init__(self, log: Path, pattern: str | None, nth: int) -> None:
        self._log = log.open("a", encoding="utf-8")
        self._pattern = re.compile(pattern) if pattern else None
        self._left = nth
        self._lock = threading.Lock()

    def about_to(self, what: str) -> None:
        with self._lock:
            self._log.write(what + "\n")
            self._log.flush()
            if self._pattern and self._pattern.search(what):
                self._left -= 1
                if self._left == 0:
                    os.kill(os.getpid(), signal.SIGKILL)


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


def main() -> None:
    data_dir, folder, log, *kill = sys.argv[1:]
    pattern, nth = (kill[0], int(kill[1])) if kill else (None, 0)
    watch = Watch(Path(log), pattern, nth)
    disk = WatchedDisk(watch)
    watch_python(watch)
    ingest(Path(data_dir), Path(folder), prune=True)
    disk.unregister()


if __name__ == "__main__":
    main()
