"""Sample papers set as Word files: the same source gives the same bytes."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.text.paragraph import Paragraph

from qa_service.sample.markup import BadMarkup, Block, Source

_FIXED = datetime(2024, 7, 1)  # noqa: DTZ001  # the format has no time zone
_TABLE_STYLES = ("Normal Table", "Table Grid")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def render_word(source: Source) -> bytes:
    """Return the paper as a DOCX file."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author = source.settings["title"], "qa_service.sample"
    properties.created = properties.modified = _FIXED
    document.add_paragraph(
        "Specimen paper of a fictional council, written for software testing. No real council is meant."
    )
    for block in source.blocks:
        if block.kind not in _MAKERS:
            raise BadMarkup(f"not set in Word: @{block.kind}")
        _MAKERS[block.kind](document, block)
    _slim(document)
    out = BytesIO()
    document.save(out)
    return _fixed(out.getvalue())


def _slim(document: WordDocument) -> None:
    """Leave out of python-docx's template what no paper uses: nothing is compressed, see `_fixed`."""
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _TABLE_STYLES:
            style.delete()
    for name, relation in list(document.part.rels.items()):
        if relation.reltype.endswith("/stylesWithEffects"):
            document.part.drop_rel(name)


def _fixed(data: bytes) -> bytes:
    """Return the archive with one date on every member and nothing compressed: zlib builds differ."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(out, "w", ZIP_STORED) as fixed:
        for name in archive.namelist():
            fixed.writestr(ZipInfo(name, _FIXED.timetuple()[:6]), archive.read(name))
    return out.getvalue()


def _add(document: WordDocument, text: str, style: str | None = None) -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    for place, run in enumerate(_BOLD.split(text)):
        paragraph.add_run(run).bold = place % 2 == 1
    return paragraph


def _heading(document: WordDocument, block: Block) -> None:
    document.add_heading(block.text, level=block.depth)


def _paragraph(document: WordDocument, block: Block) -> None:
    _add(document, f"{block.marker} {block.text}".strip())


def _bullets(document: WordDocument, block: Block) -> None:
    for row in block.rows:
        _add(document, row, "List Bullet")


def _minute(document: WordDocument, block: Block) -> None:
    number, _, title = block.text.partition(" ")
    _add(document, f"**{number}. {title}**")


def _table(document: WordDocument, block: Block) -> None:
    rows = [[cell.strip() for cell in row.strip().strip("|").split("|")] for row in block.rows]
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


_MAKERS: Mapping[str, Callable[[WordDocument, Block], None]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "hanging": _paragraph,
    "bullets": _bullets,
    "minute": _minute,
    "table": _table,
    "signature": _paragraph,
}
