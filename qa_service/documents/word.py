"""DOCX as it would print: insertions kept, deletions and hidden text left out, tables as rows."""

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from lxml import etree

from qa_service.documents.normalise import normalise
from qa_service.documents.source_text import WORD, SourceText
from qa_service.domain.papers import ReadingProblem
from qa_service.errors import ArchiveBomb, EncryptedSource, UnreadableSource, UnsupportedType

MAX_ENTRIES = 2_000
MAX_UNPACKED = 100 * 2**20
MAX_RATIO = 100
"""Source: reliability.md section 5, budgets of a DOCX directory."""

_ENCRYPTED_FLAG = 0x1
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = {
    f"{_W}{name}" for name in ("del", "moveFrom", "delText", "instrText", "pPr", "sectPr", "tblPr", "trPr")
}
_FAULTS = (OpcError, zipfile.BadZipFile, etree.LxmlError, KeyError, ValueError, zlib.error, OSError, EOFError)


def read_word(data: bytes, file_name: str) -> SourceText:
    """Return the body's text, a line a paragraph, tables as Markdown rows, headings marked by `#`.

    Raises UnsupportedType, ArchiveBomb, EncryptedSource or UnreadableSource.
    """
    _check_archive(data, file_name)
    try:
        document = docx.Document(io.BytesIO(data))
        hidden = _Hidden(set(_hidden_styles(document.styles.element)))
        text = normalise("\n".join(_lines(document.element.body, hidden)))
        title = document.core_properties.title or None
    except _FAULTS as error:
        raise UnreadableSource(file_name, f"{type(error).__name__}: {error}"[:200]) from error
    problems: tuple[ReadingProblem, ...] = ()
    if hidden.found:
        problems = (ReadingProblem("hidden_text", f"{hidden.found} hidden runs were left out"),)
    return SourceText(WORD, text, title=normalise(title).strip() if title else None, problems=problems)


def _check_archive(data: bytes, file_name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, EOFError) as error:
        raise UnreadableSource(file_name, f"{type(error).__name__}: {error}"[:200]) from error
    names = [entry.filename for entry in entries]
    if "word/document.xml" not in names:
        raise UnsupportedType(file_name, "a ZIP archive")
    if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
        raise EncryptedSource(file_name)
    if len(entries) > MAX_ENTRIES or len(set(names)) != len(names):
        raise ArchiveBomb(file_name, f"{len(entries)} entries, {len(set(names))} names")
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if unpacked > MAX_UNPACKED or unpacked / packed > MAX_RATIO:
        raise ArchiveBomb(file_name, f"{unpacked} bytes packed into {packed}")


class _Hidden:
    """Tells hidden runs and counts them."""

    def __init__(self, styles: set[str]) -> None:
        self.styles, self.found = styles, 0

    def holds(self, run: etree._Element) -> bool:
        properties = run.find(f"{_W}rPr")
        if properties is None:
            return False
        style = properties.find(f"{_W}rStyle")
        by_style = style is not None and style.get(f"{_W}val") in self.styles
        hidden = _is_on(properties.find(f"{_W}vanish"), default=by_style)
        self.found += hidden
        return hidden


def _is_on(toggle: etree._Element | None, *, default: bool) -> bool:
    if toggle is None:
        return default
    return toggle.get(f"{_W}val", "true") not in {"0", "false", "off"}


def _hidden_styles(styles: etree._Element) -> Iterator[str]:
    for style in styles.iter(f"{_W}style"):
        if _is_on(style.find(f"{_W}rPr/{_W}vanish"), default=False):
            yield style.get(f"{_W}styleId", "")


def _lines(parent: etree._Element, hidden: _Hidden) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield _paragraph(child, hidden)
        elif child.tag == f"{_W}tbl":
            yield ""
            yield from _table(child, hidden)
            yield ""
        elif isinstance(child.tag, str) and child.tag not in _LEFT_OUT:
            yield from _lines(child, hidden)  # content controls and tracked block insertions


def _paragraph(paragraph: etree._Element, hidden: _Hidden) -> str:
    text = "".join(_runs(paragraph, hidden)).strip()
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = style.get(f"{_W}val", "") if style is not None else ""
    if not text:
        return ""
    if name.startswith("Heading") and name[7:].isdigit():
        return f"\n{'#' * min(6, int(name[7:]))} {text}\n"
    if paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        return f"- {text}"
    return f"{text}\n"


def _runs(element: etree._Element, hidden: _Hidden) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in {f"{_W}br", f"{_W}cr"}:
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag in _LEFT_OUT or not isinstance(child.tag, str):
            continue
        elif child.tag != f"{_W}r" or not hidden.holds(child):
            yield from _runs(child, hidden)


def _table(table: etree._Element, hidden: _Hidden) -> Iterator[str]:
    for number, row in enumerate(table.iter(f"{_W}tr")):
        cells = [" ".join(" ".join(_lines(cell, hidden)).split()) for cell in row.iter(f"{_W}tc")]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{' --- |' * len(cells)}"
