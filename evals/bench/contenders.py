"""A contender of the bench: a program in a process of its own, told what to do one line at a time.

Own processes keep memory, start-up and libraries apart; a peer may run in an environment of its own.
"""

import json
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from evals.errors import BenchFailed
from evals.jsonl import JsonObject
from evals.provenance import ROOT

PROGRAMS = Path(__file__).parent / "programs"
_KIB = 1024
_STATUS = "VmHWM:"


class Contender:
    """A running program that answers JSON lines. Closing it ends the process."""

    def __init__(
        self, name: str, python: str, program: str, arguments: Sequence[str], environment: Mapping[str, str]
    ) -> None:
        self.name = name
        self._started = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 - our own programs
            [python, str(PROGRAMS / program), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=dict(environment),
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pipe(self._process.stdin).close()
        self._pipe(self._process.stdout).close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def do(self, action: str, **arguments: object) -> JsonObject:
        """Return the program's answer to an action. Raises BenchFailed where it died or found an error."""
        try:
            to = self._pipe(self._process.stdin)
            to.write(json.dumps({"do": action, **arguments}) + "\n")
            to.flush()
            line = self._pipe(self._process.stdout).readline()
        except OSError as error:
            raise BenchFailed(self.name, f"{action}: {error}") from error
        if not line:
            raise BenchFailed(self.name, f"died at {action!r}, exit {self._process.wait()}")
        answer: JsonObject = json.loads(line)
        if "error" in answer:
            raise BenchFailed(self.name, f"{action}: {answer['error']}")
        return answer

    def seconds_since_start(self) -> float:
        """Return the seconds since the process was started."""
        return time.perf_counter() - self._started

    def peak_mib(self) -> float:
        """Return the largest resident memory so far, in MiB. Raises BenchFailed where it cannot be read."""
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii", errors="replace")
        except OSError as error:
            raise BenchFailed(self.name, "its memory can be read on Linux only") from error
        line = next(line for line in status.splitlines() if line.startswith(_STATUS))
        return int(line.split()[1]) / _KIB

    def _pipe(self, pipe: IO[str] | None) -> IO[str]:
        assert pipe is not None
        return pipe


def disk_bytes(folder: Path) -> int:
    """Return the bytes of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
