"""Messages on a pipe: a length, then as many bytes."""

from typing import IO

LENGTH_BYTES = 8


class BrokenMessage(Exception):
    """Bytes on the pipe that are no message: the other side died or lies."""


def frame(payload: bytes) -> bytes:
    """Return the payload behind its length, eight bytes, big-endian."""
    return len(payload).to_bytes(LENGTH_BYTES, "big") + payload


def read_frame(stream: IO[bytes]) -> bytes | None:
    """Return the next payload of a blocking stream; None where the stream has ended."""
    head = stream.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    return stream.read(int.from_bytes(head, "big"))
