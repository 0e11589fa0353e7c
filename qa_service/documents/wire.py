"""What crosses the pipe between a sandbox and its child: JSON, checked against the types."""

import json
from typing import Any

from pydantic import TypeAdapter, ValidationError

from qa_service import errors
from qa_service.documents.frames import BrokenMessage
from qa_service.domain.papers import Paper
from qa_service.errors import SourceError

PAPER: TypeAdapter[Paper] = TypeAdapter(Paper)


def paper_message(paper: Paper) -> bytes:
    """Return the message that carries a paper."""
    return b"P" + PAPER.dump_json(paper)


def error_message(error: SourceError) -> bytes:
    """Return the message that carries an error: its class, its words and the facts that it holds."""
    facts = {"class": type(error).__name__, "message": str(error), "facts": vars(error)}
    return b"E" + json.dumps(facts).encode()


def stopped_message(limit: str) -> bytes:
    """Return the message of a child that ran into a limit and will end."""
    return b"S" + limit.encode()


def parsed(message: bytes) -> Paper | SourceError | str:
    """Return the paper, the error, or the limit that a message carries. Raises BrokenMessage."""
    kind, payload = message[:1], message[1:]
    try:
        if kind == b"P":
            return PAPER.validate_json(payload)
        if kind == b"E":
            return _error(json.loads(payload))
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        raise BrokenMessage(str(error)[:200]) from error
    if kind == b"S" and payload in {b"memory", b"crash"}:
        return payload.decode()
    raise BrokenMessage(repr(message[:20]))


def _error(facts: dict[str, Any]) -> SourceError:
    """Return the error as its class raised it, without running its constructor on foreign data."""
    kind = getattr(errors, facts["class"])
    if not (isinstance(kind, type) and issubclass(kind, SourceError)):
        raise TypeError(facts["class"])
    error = kind.__new__(kind)
    error.args = (str(facts["message"]),)
    for name, value in facts["facts"].items():
        if not isinstance(value, str | int):
            raise TypeError(name)
        setattr(error, name, value)
    return error
