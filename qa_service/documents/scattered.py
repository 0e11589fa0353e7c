"""Pages whose words pypdf sets apart, a line each, read a second time by pdfium.

Google Docs and Chrome write every word as a text object of its own, on a page that is turned upside down;
pypdf 7 takes each for a new line, and where a line of print or a paragraph ends is lost.
"""

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


def read_again(data: bytes, index: int) -> str | None:
    """Return the text of a page, counted from 0, as pdfium reads it; None where it cannot or finds none."""
    try:
        with pypdfium2.PdfDocument(data) as document:
            text = document[index].get_textpage().get_text_range()
    except pypdfium2.PdfiumError:
        return None
    return normalise(text.replace(_JOINED, "-\n")).strip("\n") or None
