"""Tells titles from text."""

import re

from qa_service.documents.markers import Style
from qa_service.documents.paragraphs import Paragraph

_ENDED = re.compile(r"[.;,?!]$")
_LONG_TITLE = 25  # words: minute titles of two lines have about 20
_SHORT_TITLE = 12
_SECTION_TITLE = 40
_CAPITALS = 0.85  # of the letters
_LETTERS = 3
_PROSE = 60  # characters: what follows a title is longer than a cell of a table
_FIGURES = re.compile(r"[\d\W]*")
_ROW = re.compile(r"(?:\s[(\u00a3\u2212-]*\d[\d,.]*[%)]?){2,}$")  # figures side by side end a row of a table
_PAGED = re.compile(r".*\S\s(?P<page>\d{1,3})")
_BARE_NUMBER = re.compile(r"(\d{1,2}) (?=[A-Z])|[A-Z].* (\d{1,2})$")
_ITEM = re.compile(r"\s*\(Item (?:No\.? )?(\w{1,5})\)$", re.IGNORECASE)
_NAME = re.compile(r"(?:\* ?)?(?:Councillors?|Cllrs?|Mr|Mrs|Ms|Miss|Dr|Sir)\.? ")
_DATE = re.compile(r"(?:\w+day,? )?\d{1,2}(?:st|nd|rd|th)?,? \w+,? \d{4}")
_VERBS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|been|should|must|may|can|could|covers|sets|provides|"
    r"asks|noted|"
    r"agreed|received|considered|seeks|shows|says|said)\b"
)


def is_capitals(words: str) -> bool:
    """Return whether nearly all letters are capitals, as in the titles of many minutes."""
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) >= _LETTERS and sum(letter.isupper() for letter in letters) >= _CAPITALS * len(
        letters
    )


def is_heading(paragraph: Paragraph, below: Paragraph | None) -> bool:
    """Return whether a paragraph is the title of what follows it."""
    words = paragraph.text
    if paragraph.row or not words or _FIGURES.fullmatch(words) or _ROW.search(words):
        return False
    if words.count(")") > words.count("(") or _is_contents_line(paragraph, below):
        return False
    if opens_section(paragraph, below):
        return True
    return len(words.split()) <= _LONG_TITLE and _reads_as_title(paragraph, below)


def _is_contents_line(paragraph: Paragraph, below: Paragraph | None) -> bool:
    """Return whether a title with its page stands above another, as in a list of contents."""
    if below is None or not paragraph.level == below.level == 0:
        return False
    pages = [_PAGED.fullmatch(each.words) for each in (paragraph, below)]
    short = all(len(each.words.split()) <= _SHORT_TITLE for each in (paragraph, below))
    return (
        short
        and all(pages)
        and [int(page["page"]) for page in pages if page]
        == sorted(int(page["page"]) for page in pages if page)
    )


def _reads_as_title(paragraph: Paragraph, below: Paragraph | None) -> bool:
    words = paragraph.text
    if paragraph.level or (paragraph.bold and not _ENDED.search(words)):
        return True
    if paragraph.marker is not None:
        return _is_numbered_heading(paragraph, below)
    if is_capitals(words):
        return not _NAME.match(words)
    return _is_plain_title(paragraph, below)


def _is_numbered_heading(paragraph: Paragraph, below: Paragraph | None) -> bool:
    marker, words = paragraph.marker, paragraph.text
    if marker is None or marker.style not in {Style.NUMBER, Style.SECTION} or _ENDED.search(words):
        return False
    if is_capitals(words):
        return True
    if below is None:
        return False
    if below.marker is None:
        return marker.style is Style.NUMBER and _is_titled_prose(words, below)
    follows = below.marker.style is marker.style and below.marker.value == marker.value + 1
    return marker.style is Style.SECTION and follows and not _VERBS.search(words) and not words.endswith(":")


def _is_titled_prose(words: str, below: Paragraph) -> bool:
    """Return whether a short title stands above a whole paragraph of text."""
    short = len(words.split()) <= _SHORT_TITLE and words[:1].isupper() and not _VERBS.search(words)
    return short and len(below.words) > _PROSE and below.ended and below.words[:1].isupper()


def opens_section(paragraph: Paragraph, below: Paragraph | None) -> bool:
    """Return whether a number stands above the first paragraph of its own section: "6." above "6.1"."""
    if below is None or below.marker is None or below.marker.style is not Style.SECTION:
        return False
    bare = _BARE_NUMBER.match(paragraph.words)
    label = paragraph.marker.label if paragraph.marker else bare[1] or bare[2] if bare else None
    child = below.marker.parent == label
    return child and len(paragraph.words.split()) <= _SECTION_TITLE


def _is_plain_title(paragraph: Paragraph, below: Paragraph | None) -> bool:
    words = paragraph.text
    if below is None or len(words.split()) > _SHORT_TITLE or _ENDED.search(words) or not words[0].isupper():
        return False
    if _NAME.match(words) or _DATE.fullmatch(words) or (_VERBS.search(words) and ": " not in words):
        return False
    has_text_below = (len(below.words) > _PROSE and below.ended) or below.marker is not None
    return has_text_below and not (words.endswith(":") and below.is_list_item)


def split_item(words: str) -> tuple[str, str | None]:
    """Return a title without its "(Item 3)", and the 3."""
    match = _ITEM.search(words)
    return (words[: match.start()], match[1]) if match else (words, None)
