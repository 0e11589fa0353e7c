"""The one normalisation of text: applied before hashing, storing and counting offsets."""

import re

_LINE_ENDS = re.compile(r"\r\n?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")


def normalise(text: str) -> str:
    """Return text that SQLite, JSON and offsets can carry; unchanged where nothing offends.

    CRLF and CR become LF; every other control but tab becomes one blank, since SQLite's length() stops
    at NUL; a lone surrogate becomes U+FFFD, since UTF-8 cannot carry it. Only CRLF changes the length.
    """
    text = _LINE_ENDS.sub("\n", text)
    text = _CONTROLS.sub(" ", text)
    return _SURROGATES.sub("\ufffd", text)
