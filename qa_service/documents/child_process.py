"""A process that may die: it works on files one after another, and is replaced when it dies or grows old."""

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

from qa_service.documents.frames import LENGTH_BYTES, BrokenMessage, frame
from qa_service.errors import ParserStopped

_START = (
    "import importlib, json, sys; given = json.loads(sys.argv[1]); sys.path[:] = given['path'];"
    "importlib.import_module(given['module']).serve(given['limits'])"
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


class ChildProcess:
    """Runs `module.serve(limits)` in a process of its own, which sees nothing of ours but our code.

    To be used from one thread at a time.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._child: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files = 0

    def close(self) -> None:
        """End the process; the next question starts another."""
        if self._child is not None:
            _kill(self._child)
        if self._folder is not None:
            self._folder.cleanup()
        self._child, self._folder, self._files = None, None, 0

    def answer(self, question: bytes, name: str, limits: ReadingLimits) -> bytes:
        """Return what the child answers. Raises ParserStopped, naming the file, where a limit is passed."""
        child = self._ready(limits)
        self._files += 1
        try:
            return _exchanged(child, frame(question), limits)
        except TimeoutError as error:
            self.close()
            raise ParserStopped(name, "time") from error
        except (EOFError, BrokenPipeError, BrokenMessage) as error:
            limit = _cause_of_death(child)
            self.close()
            raise ParserStopped(name, limit) from error
        except BaseException:
            self.close()  # an interrupted exchange leaves the pipe in the middle of a message
            raise

    def _ready(self, limits: ReadingLimits) -> subprocess.Popen[bytes]:
        if self._child is not None and self._files >= limits.files_per_worker:
            self.close()
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._folder = tempfile.TemporaryDirectory(prefix="reading-")
            self._child = self._spawned(self._folder.name, limits)
        return self._child

    def _spawned(self, folder: str, limits: ReadingLimits) -> subprocess.Popen[bytes]:
        given = {
            "module": self._module,
            "path": [entry for entry in sys.path if entry],
            "limits": asdict(limits),
        }
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


def _exchanged(child: subprocess.Popen[bytes], request: bytes, limits: ReadingLimits) -> bytes:
    """Return the reply's payload. Raises TimeoutError, EOFError, BrokenPipeError or BrokenMessage."""
    if child.stdin is None or child.stdout is None:
        raise EOFError
    child.stdin.write(request)
    deadline = time.monotonic() + limits.wall_seconds
    head = _received(child.stdout.fileno(), LENGTH_BYTES, deadline)
    length = int.from_bytes(head, "big")
    if length > limits.result_bytes:
        raise BrokenMessage(f"{length} bytes announced")
    return _received(child.stdout.fileno(), length, deadline)


def _cause_of_death(child: subprocess.Popen[bytes]) -> str:
    try:
        code = child.wait(timeout=1.0)
    except subprocess.TimeoutExpired:
        return "crash"
    # A SIGKILL that we did not send is the kernel's, out of memory.
    return {-signal.SIGXCPU: "time", -signal.SIGKILL: "memory"}.get(code, "crash")


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
