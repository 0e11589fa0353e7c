"""Reads papers in a process that may die: its limits are not ours, and it sees nothing of ours."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import LifoQueue
from types import TracebackType
from typing import Self

from qa_service.documents import wire
from qa_service.documents.child_process import ChildProcess, ReadingLimits
from qa_service.documents.frames import BrokenMessage
from qa_service.domain.access import Access
from qa_service.domain.papers import Paper
from qa_service.errors import ParserStopped, SourceError

__all__ = ["ReadingLimits", "Sandbox", "Sandboxes"]


class Sandbox:
    """A child process that reads papers one after another, and is replaced when it dies or grows old.

    Use as a context manager, from one thread at a time; several may work side by side.
    """

    def __init__(self, limits: ReadingLimits | None = None) -> None:
        self.limits = limits or ReadingLimits()
        self._child = ChildProcess("qa_service.documents.sandbox_child")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the next read starts another."""
        self._child.close()

    def read(
        self,
        path: Path,
        *,
        document_id: str,
        file_name: str | None = None,
        url: str | None = None,
        access: Access = Access.PUBLIC,
        title: str | None = None,
        council: str | None = None,
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
            "council": council,
        }
        result = self._answer(json.dumps(request).encode(), name)
        if isinstance(result, SourceError):
            raise result
        return result

    def _answer(self, request: bytes, name: str) -> Paper | SourceError:
        message = self._child.answer(request, name, self.limits)
        try:
            result = wire.parsed(message)
        except BrokenMessage as error:
            self.close()
            raise ParserStopped(name, "crash") from error
        if isinstance(result, str):
            self.close()
            raise ParserStopped(name, result)
        return result


class Sandboxes:
    """A few sandboxes, each lent to one thread at a time; who finds none free waits.

    Use as a context manager. The one given back last is lent first: its child is running already.
    """

    def __init__(self, count: int, limits: ReadingLimits | None = None) -> None:
        self._all = [Sandbox(limits) for _ in range(count)]
        self._free: LifoQueue[Sandbox] = LifoQueue()
        for each in self._all:
            self._free.put(each)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End their children, while none is lent; a later read starts others."""
        for each in self._all:
            each.close()

    @contextmanager
    def lent(self) -> Iterator[Sandbox]:
        """Yield one that nobody else uses meanwhile."""
        sandbox = self._free.get()
        try:
            yield sandbox
        finally:
            self._free.put(sandbox)
