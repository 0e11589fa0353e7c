"""Tables whose grid the converter lost: rows of figures run together, or one cell a line."""

import re
from collections.abc import Sequence

from qa_service.documents.markers import Style
from qa_service.documents.paragraphs import Paragraph

_FIGURE = re.compile(
    r"[(\u00a3\u2212+-]*\d[\d,.]*(?:%|[kmb]n?|th|st|nd|rd)?\)?|n/a|-|\u2013|[A-Z][a-z]{2}-\d\d|\d{4}[-/]\d\d",
    re.IGNORECASE,
)
_ROW_SHARE = 0.35  # of a paragraph's words are figures, in rows run together
_ROW_FIGURES = 6
_CELL_WORDS = 8
_CELL_SHARE = 0.45  # of the cells are figures, in a table flattened to one cell a line
_CELLS = 10


def table_end(paragraphs: Sequence[Paragraph], place: int) -> int:
    """Return the end (exclusive) of the table that starts at `place`; `place` itself where none does."""
    end = place
    while end < len(paragraphs) and (paragraphs[end].row or _is_rows(paragraphs[end])):
        end += 1
    return end if end > place else _flattened_end(paragraphs, place)


def _is_rows(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is rows of figures with their labels."""
    if paragraph.marker is not None and paragraph.marker.style is not Style.SECTION:
        return False
    tokens = paragraph.words.split()
    figures = sum(_is_figure(token) for token in tokens)
    return figures >= _ROW_FIGURES and figures >= _ROW_SHARE * len(tokens)


def _is_figure(token: str) -> bool:
    return _FIGURE.fullmatch(token.rstrip(";:")) is not None


def _is_cell(paragraph: Paragraph) -> bool:
    short = len(paragraph.words.split()) <= _CELL_WORDS and not paragraph.words.endswith((".", ":", ";"))
    return short and (paragraph.marker is None or _is_figure(paragraph.words)) and not paragraph.level


def _flattened_end(paragraphs: Sequence[Paragraph], place: int) -> int:
    """Return the end of a run of cells with enough figures among them, cut behind its last figure."""
    end = place
    while end < len(paragraphs) and _is_cell(paragraphs[end]):
        end += 1
    while end > place and not _is_figure(paragraphs[end - 1].words.split()[-1]):
        end -= 1
    figures = sum(_is_figure(paragraph.words.split()[0]) for paragraph in paragraphs[place:end])
    return end if end - place >= _CELLS and figures >= _CELL_SHARE * (end - place) else place
