"""The child of a sandbox: limits itself, then reads one file a request until its pipe closes.

Started as `python -I -c ...` with an empty environment: see sandbox.py.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from qa_service.documents import wire
from qa_service.documents.child_limits import allow_cpu, limit_process
from qa_service.documents.frames import frame, read_frame
from qa_service.documents.readers import MAX_BYTES
from qa_service.documents.structure import read_paper
from qa_service.domain.access import Access
from qa_service.errors import SourceError, SourceTooLarge, UnreadableSource


def serve(limits: dict[str, int]) -> None:
    """Answer requests from standard input on standard output until the pipe closes."""
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not land between messages
    limit_process(limits)
    while (request := read_frame(requests)) is not None:
        allow_cpu(limits["cpu_seconds"])
        reply = _reply(json.loads(request), limits["result_bytes"])
        replies.write(frame(reply))
        replies.flush()
        if reply[:1] == b"S":
            os._exit(1)  # after a MemoryError nothing in this process can be trusted


def _reply(request: dict[str, Any], result_bytes: int) -> bytes:
    try:
        message = _read(request)
    except SourceError as error:
        return wire.error_message(error)
    except MemoryError:
        return wire.stopped_message("memory")
    except Exception:  # noqa: BLE001  (the sandbox boundary: a fault of ours in one file ends that file only)
        return wire.stopped_message("crash")
    if len(message) > result_bytes:
        return wire.error_message(SourceTooLarge(request["file_name"], "bytes of structure", result_bytes))
    return message


def _read(request: dict[str, Any]) -> bytes:
    path = Path(request["path"])
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceTooLarge(request["file_name"], "bytes", MAX_BYTES)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableSource(request["file_name"], error.strerror or "I/O error") from error
    paper = read_paper(
        data,
        file_name=request["file_name"],
        document_id=request["document_id"],
        url=request["url"],
        access=Access(request["access"]),
        title=request["title"],
        council=request["council"],
    )
    return wire.paper_message(paper)
