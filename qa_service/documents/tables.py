"""Tables whose grid the converter lost: rows of figures run together, or one cell a line."""

import re
from collections.abc import Sequence
from itertools import groupby

from qa_service.documents.headings import opens_section
from qa_service.documents.markers import Style
from qa_service.documents.paragraphs import Paragraph

_FIGURE = re.compile(
    r"[(\u00a3\u2212+-]*\d[\d,.]*(?:%|[kmb]n?|th|st|nd|rd)?\)?|n/a|-|\u2013|[A-Z][a-z]{2}-\d\d|\d{4}[-/]\d\d",
    re.IGNORECASE,
)
_SUM = re.compile(r"[(\u00a3\u2212-]*\d[\d,]*[.,]\d+\)?")
_ROW_SHARE = 0.3  # of a paragraph's words are figures, in rows run together
_ROW_FIGURES = 6
_ONE_ROW = 3  # figures in a row
_ROW_RUNS = 2  # runs of that many figures side by side, in rows whose words outweigh their figures
_LABEL_ROWS = 2  # rows of words alone that may stand between rows of figures
_CELL_WORDS = 8
_CELL_SHARE = 0.45  # of the cells are figures, in a table flattened to one cell a line
_CELLS = 10
_ZONE_CELLS = 4
_ZONE_LINES = 9
_ZONE_SIGNS = 2  # narrow cells or rows of figures among them
_NARROW_LINES = 3
_NARROW = 0.5  # of the text's width


def table_end(paragraphs: Sequence[Paragraph], place: int) -> int:
    """Return the end (exclusive) of the table that starts at `place`; `place` itself where none does."""
    end = place
    while end < len(paragraphs) and paragraphs[end].row:
        end += 1
    if end > place:
        return end
    return max(_rows_end(paragraphs, place), _flattened_end(paragraphs, place), _zone_end(paragraphs, place))


def _rows_end(paragraphs: Sequence[Paragraph], place: int) -> int:
    """Return the end of rows of figures with their labels: two rows at least, or one of many figures."""
    end, rows, figures = place, 0, 0
    for at in range(place, len(paragraphs)):
        if is_rows(paragraphs[at]):
            end, rows = at + 1, rows + 1
            figures += sum(_is_figure(token) for token in paragraphs[at].words.split())
        elif at - end >= _LABEL_ROWS or not _is_word_cell(paragraphs[at]) or at == place:
            break
    return end if rows > 1 or figures >= _ROW_FIGURES else place


def is_rows(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is rows of figures with their labels."""
    style = None if paragraph.marker is None else paragraph.marker.style
    tokens = paragraph.words.split()
    if style in {None, Style.SECTION, Style.BULLET} and _runs(tokens) >= _ROW_RUNS:
        return True
    if style not in {None, Style.SECTION}:
        return False
    figures = sum(_is_figure(token) for token in tokens)
    return figures >= _ONE_ROW and figures >= _ROW_SHARE * len(tokens)


def _runs(tokens: Sequence[str]) -> int:
    """Return how many runs of figures with decimals or thousands stand among the words."""
    runs = [len(list(run)) for is_sum, run in groupby(tokens, _is_sum) if is_sum]
    return sum(length >= _ONE_ROW for length in runs)


def _is_sum(token: str) -> bool:
    return _SUM.fullmatch(token) is not None


def _is_figure(token: str) -> bool:
    return _FIGURE.fullmatch(token.rstrip(";:")) is not None


def _is_cell(paragraph: Paragraph) -> bool:
    short = len(paragraph.words.split()) <= _CELL_WORDS and not paragraph.words.endswith((".", ":", ";"))
    return short and (paragraph.marker is None or _is_figure(paragraph.words)) and not paragraph.level


def _zone_end(paragraphs: Sequence[Paragraph], place: int) -> int:
    """Return the end of a run of cells of words: short ones, and lines that keep to a column."""
    end = place
    while end < len(paragraphs) and (_is_word_cell(paragraphs[end]) or is_rows(paragraphs[end])):
        below = paragraphs[end + 1] if end + 1 < len(paragraphs) else None
        if opens_section(paragraphs[end], below):
            break
        end += 1
    cells = paragraphs[place:end]
    narrow = sum(_is_narrow(paragraph) for paragraph in cells)
    figures = sum(is_rows(paragraph) or _is_figure(paragraph.words.split()[0]) for paragraph in cells)
    enough = len(cells) >= _ZONE_CELLS and sum(paragraph.lines for paragraph in cells) >= _ZONE_LINES
    return end if enough and narrow + figures >= _ZONE_SIGNS else place


def _is_word_cell(paragraph: Paragraph) -> bool:
    if paragraph.marker is not None or paragraph.level or paragraph.row or paragraph.bold:
        return False
    short = len(paragraph.words.split()) <= _CELL_WORDS and not paragraph.words.endswith((".", ":"))
    return short or _is_narrow(paragraph)


def _is_narrow(paragraph: Paragraph) -> bool:
    """Return whether a paragraph runs over several lines that all stop far from the margin."""
    return paragraph.lines >= _NARROW_LINES and paragraph.fill < _NARROW


def _flattened_end(paragraphs: Sequence[Paragraph], place: int) -> int:
    """Return the end of a run of cells with enough figures among them, cut behind its last figure."""
    end = place
    while end < len(paragraphs) and _is_cell(paragraphs[end]):
        end += 1
    while end > place and not _is_figure(paragraphs[end - 1].words.split()[-1]):
        end -= 1
    figures = sum(_is_figure(paragraph.words.split()[0]) for paragraph in paragraphs[place:end])
    return end if end - place >= _CELLS and figures >= _CELL_SHARE * (end - place) else place
