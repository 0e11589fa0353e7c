"""Plain text and Markdown: kept verbatim, so that offsets count in the file as its author sees it."""

import re

from qa_service.documents.normalise import normalise
from qa_service.documents.source_text import MARKDOWN, PLAIN, SourceText
from qa_service.errors import UnsupportedType

_MARKDOWN = re.compile(r"^#{1,6} \S|^\|(?:\s*:?-+:?\s*\|)+\s*$|\*\*\S[^*\n]*\*\*", re.MULTILINE)
_BINARY_SHARE = 0.02  # more controls than this is no text: the worst honest text seen had 0.1 %


def decoded(data: bytes, file_name: str) -> str:
    """Return the text of bytes: UTF-8, UTF-16 with a mark, or else Windows-1252 as old exports use.

    Raises UnsupportedType for bytes that are no text.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    controls = sum(character < " " and character not in "\t\n\r\x0c" for character in text)
    if controls > _BINARY_SHARE * len(text):
        raise UnsupportedType(file_name, "binary data")
    return text


def read_plain_text(text: str) -> SourceText:
    """Return the text as it stands; Markdown where it carries Markdown's headings, tables or emphasis."""
    media_type = MARKDOWN if _MARKDOWN.search(text) else PLAIN
    return SourceText(media_type, normalise(text))
