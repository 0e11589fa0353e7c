"""Picks the reader of a file by its content: names and extensions lie."""

import re

from qa_service.documents.html import read_html
from qa_service.documents.pdf import read_pdf
from qa_service.documents.plain_text import decoded, read_plain_text
from qa_service.documents.source_text import MAX_CHARACTERS, SourceText
from qa_service.documents.word import read_word
from qa_service.errors import EmptySource, EncryptedSource, SourceTooLarge, UnsupportedType

MAX_BYTES = 100 * 2**20
"""Source: reliability.md section 5, upload budget."""

_HEAD = 4096
_PDF_MARK_WITHIN = 1024  # ISO 32000 readers look for %PDF- in the first 1,024 bytes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_FOREIGN = {
    b"\x89PNG\r\n\x1a\n": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"{\\rtf": "an RTF document",
}
_HTML_START = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|main|article|section|header|nav|div|table|h[1-6]|p)\b",
    re.IGNORECASE,
)


def read_source(data: bytes, file_name: str) -> SourceText:
    """Return the file's normalised text, by the reader that its content asks for.

    Raises EmptySource, UnsupportedType, SourceTooLarge, UnreadableSource, EncryptedSource, ArchiveBomb or
    NoTextLayer.
    """
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(file_name, "bytes", MAX_BYTES)
    if not data.strip():
        raise EmptySource(file_name)
    source = _read(data, file_name)
    if len(source.text) > MAX_CHARACTERS:
        raise SourceTooLarge(file_name, "characters", MAX_CHARACTERS)
    if not source.text.strip():
        raise EmptySource(file_name)
    return source


def _read(data: bytes, file_name: str) -> SourceText:
    if b"%PDF-" in data[:_PDF_MARK_WITHIN]:
        return read_pdf(data, file_name)
    if data.startswith(b"PK\x03\x04"):
        return read_word(data, file_name)
    if data.startswith(_OLE):
        if _ENCRYPTED_PACKAGE in data:
            raise EncryptedSource(file_name)
        raise UnsupportedType(file_name, "an old Office document")
    for start, found in _FOREIGN.items():
        if data.startswith(start):
            raise UnsupportedType(file_name, found)
    text = decoded(data, file_name)
    if _HTML_START.match(text[:_HEAD].lstrip("\ufeff \t\r\n")) or _is_page(text[:_HEAD]):
        return read_html(data, file_name)
    return read_plain_text(text)


def _is_page(head: str) -> bool:
    """Return whether a page starts after comments or an XML declaration."""
    start = head.lstrip("\ufeff \t\r\n")
    return start.startswith(("<?xml", "<!--")) and "<html" in head.lower()
