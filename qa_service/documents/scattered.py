"""Pages whose words pypdf sets apart, a line each, read a second time by pdfium.

Google Docs and Chrome write every word as a text object of its own, on a page that is turned upside down;
pypdf 7 takes each for a new line, and where a line of print or a paragraph ends is lost.
"""

from collections.abc import Sequence
from typing import Any

import pypdfium2

from qa_service.documents.normalise import normalise

# A page of fewer words may well be a column of them: a cover, a list of names.
_LEAST_WORDS = 30
_LEAST_SHARE = 0.9  # of the lines that hold no two words; below .6 on all other pages of 66 real papers
# pdfium's sign for a hyphen at the end of a line, with which it joins the lines.
_JOINED = "\ufffe"


def is_scattered(text: str) -> bool:
    """Return whether a page's words stand a line each, as no page is printed."""
    lines = [words for line in text.splitlines() if (words := line.split())]
    if sum(map(len, lines)) < _LEAST_WORDS:
        return False
    return sum(len(words) == 1 for words in lines) >= _LEAST_SHARE * len(lines)


def read_again(data: bytes, indices: Sequence[int]) -> dict[int, str]:
    """Return the texts of pages, counted from 0, as pdfium reads them; no entry where it reads nothing."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            texts = {index: _text(document, index) for index in indices}
    except pypdfium2.PdfiumError:
        return {}
    return {index: text for index, text in texts.items() if text}


def _text(document: Any, index: int) -> str:  # noqa: ANN401 - pypdfium2 is untyped
    text: str = document[index].get_textpage().get_text_range()
    return normalise(text.replace(_JOINED, "-\n")).strip("\n")
