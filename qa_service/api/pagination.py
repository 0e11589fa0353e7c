"""Opaque cursors: a caller may hand one back, and learns nothing from it."""

import base64
import binascii
import re

from qa_service.errors import BadFilter

_POSITION = re.compile(r"[0-9]{1,12}")


def encode_cursor(position: int) -> str:
    """Return the cursor of a position in a list."""
    return base64.urlsafe_b64encode(f"at:{position}".encode()).decode()


def decode_cursor(cursor: str | None) -> int:
    """Return the position of a cursor; 0 without one. Raises BadFilter for anything that is no cursor."""
    if cursor is None:
        return 0
    try:
        kind, _, position = base64.urlsafe_b64decode(cursor.encode()).decode().partition(":")
    except (binascii.Error, UnicodeError) as error:
        raise BadFilter("cursor", "is not one that a list gave out") from error
    if kind != "at" or not _POSITION.fullmatch(position):
        raise BadFilter("cursor", "is not one that a list gave out")
    return int(position)
