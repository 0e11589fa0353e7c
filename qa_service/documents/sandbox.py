"""Reads papers in a process that may die: its limits are not ours, and it sees nothing of ours."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from qa_service.documents import wire
from qa_service.domain.access import Access
from qa_service.domain.papers import Paper
from qa_service.errors import ParserStopped, SourceError

_START = (
    "import json, sys; given = json.loads(sys.argv[1]); sys.path[:] = given['path'];"
    "from qa_service.documents.sandbox_child import serve; serve(given['limits'])"
)
_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What one file may cost. Source: reliability.md section 5; honest files need a tenth of it."""

    cpu_seconds: int = 20
    wall_seconds: float = 30.0
    memory_bytes: int = 2**30
    file_bytes: int = 64 * 2**20
    open_files: int = 32
    result_bytes: int = 64 * 2**20
    files_per_worker: int = 100


class Sandbox:
    """A child process that reads papers one after another, and is replaced when it dies or grows old.

    Use as a context manager, from one thread at a time; several may work side by side.
    """

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self.limits = limits or ReadingLimits()
        self._child: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the next read starts another."""
        if self._child is not None:
            self._kill(self._child)
        if self._folder is not None:
            self._folder.cleanup()
        self._child, self._folder, self._files = None, None, 0

    def read(
        self,
        path: Path,
        *,
        document_id: str,
        file_name: str | None = None,
        url: str | None = None,
        access: Access = Access.PUBLIC,
        title: str | None = None,
    ) -> Paper:
        """Return the file's paper. `file_name` is the name to record where the path has another.

        Raises ParserStopped where a limit is passed, and the SourceError that reading itself raised.
        """
        name = file_name or path.name
        request = {
            "path": str(path.absolute()),
            "file_name": name,
            "document_id": document_id,
            "url": url,
            "access": access.value,
            "title": title,
        }
        result = self._answer(json.dumps(request).encode(), name)
        if isinstance(result, SourceError):
            raise result
        return result

    def _answer(self, request: bytes, name: str) -> Paper | SourceError:
        child = self._ready()
        self._files += 1
        try:
            result = wire.parsed(self._exchange(child, wire.frame(request)))
        except TimeoutError as error:
            self.close()
            raise ParserStopped(name, "time") from error
        except (EOFError, BrokenPipeError, wire.BrokenMessage) as error:
            limit = self._cause_of_death(child)
            self.close()
            raise ParserStopped(name, limit) from error
        except BaseException:
            self.close()  # an interrupted exchange leaves the pipe in the middle of a message
            raise
        if isinstance(result, str):
            self.close()
            raise ParserStopped(name, result)
        return result

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._files >= self.limits.files_per_worker:
            self.close()
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._folder = tempfile.TemporaryDirectory(prefix="reading-")
            self._child = self._spawn(self._folder.name)
        return self._child

    def _spawn(self, folder: str) -> subprocess.Popen[bytes]:
        given = {"path": [entry for entry in sys.path if entry], "limits": asdict(self.limits)}
        return subprocess.Popen(  # noqa: S603  (our own interpreter and module)
            [sys.executable, "-I", "-B", "-c", _START, json.dumps(given)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env={"TMPDIR": folder},
            close_fds=True,
            start_new_session=True,
            bufsize=0,
        )

    def _exchange(self, child: subprocess.Popen[bytes], request: bytes) -> bytes:
        """Return the reply's payload. Raises TimeoutError, EOFError, BrokenPipeError or BrokenMessage."""
        if child.stdin is None or child.stdout is None:
            raise EOFError
        child.stdin.write(request)
        deadline = time.monotonic() + self.limits.wall_seconds
        head = _received(child.stdout.fileno(), wire.LENGTH_BYTES, deadline)
        length = int.from_bytes(head, "big")
        if length > self.limits.result_bytes:
            raise wire.BrokenMessage(f"{length} bytes announced")
        return _received(child.stdout.fileno(), length, deadline)

    def _cause_of_death(self, child: subprocess.Popen[bytes]) -> str:
        try:
            code = child.wait(timeout=1.0)
        except subprocess.TimeoutExpired:
            return "crash"
        # A SIGKILL that we did not send is the kernel's, out of memory.
        return {-signal.SIGXCPU: "time", -signal.SIGKILL: "memory"}.get(code, "crash")

    @staticmethod
    def _kill(child: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                stream.close()


def _received(descriptor: int, count: int, deadline: float) -> bytes:
    """Return exactly `count` bytes. Raises TimeoutError at the deadline, EOFError where the pipe ends."""
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while count:
            if not selector.select(timeout=max(0.0, deadline - time.monotonic())):
                raise TimeoutError
            part = os.read(descriptor, min(count, _CHUNK))
            if not part:
                raise EOFError
            parts.append(part)
            count -= len(part)
    return b"".join(parts)
