"""Lines that only a page's width parts from the one above, though a converter left a blank line between.

Such a line's first word had no room on the line above. What is short above a blank line ends there: a title,
an entry of a list, a cell, a name of a roll.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from qa_service.documents.layout import Layout, layout_of
from qa_service.documents.lines import Line
from qa_service.documents.paragraphs import HANGING, Paragraph
from qa_service.documents.source_text import MARKDOWN, PLAIN
from qa_service.domain.documents import Document

# Of the width of the widest line of the paragraph: letters are not equally wide, and words are not broken.
_ROOM = 0.9
_WIDE = 0.75  # of the width of the paper: lines of a narrow column may be cells, each ended where it ends
_ENTRY = re.compile(r"\(?[a-z\d]{1,3}[.)](?=[A-Z])")  # close to its words, which makes it no marker elsewhere
_OPENS = re.compile(r"(?:I|We) will (?:ask|move)\b|Circulated,|PRESENT\b")  # of a motion, an item, a roll
_SENTENCE = re.compile(r"(?:A|It|This|These|There) [a-z]|The ")  # a new one, whose full stop is missing above
_LED_IN = re.compile(r":[-\u2013]?$")
_NAMED = re.compile(r"(?:Cllr|Cmhlr|Cyng|Mr|Mrs|Ms|Dr)\b")
_NAME_ENDS = re.compile(r"\((?:Mr|Mrs|Ms|Dr)\b[^()]*\)$")


def wraps(document: Document) -> tuple[int, ...]:
    """Return where the words of lines begin that only the page's width parts from the line above, in order.

    Only text and Markdown are looked at: in a page of HTML or Word a blank line parts two paragraphs.
    """
    if document.source.media_type not in {MARKDOWN, PLAIN}:
        return ()
    layout = layout_of(document.text, ())
    paragraphs = layout.paragraphs(0, len(layout.lines))
    return tuple(
        line.start + line.indent
        for paragraph in paragraphs
        if not paragraph.row
        for line in _wrapped(layout, paragraph)
    )


def _wrapped(layout: Layout, paragraph: Paragraph) -> Iterator[Line]:
    lines = [layout.lines[index] for index in layout.content_between(paragraph.first, paragraph.last + 1)]
    widest = max(len(line.plain) for line in lines)
    for above, below in pairwise(lines):
        needed = len(above.plain) + 1 + len(below.plain.split()[0])
        goes_on = below.plain[0].islower() or needed > _ROOM * widest
        if goes_on and needed > _WIDE * layout.width and not _opens(below, above):
            yield below


def _opens(below: Line, above: Line) -> bool:
    """Return whether a line opens something of its own: an entry, a motion, the next of the names present."""
    if _LED_IN.search(above.plain) or _ENTRY.match(below.plain) or _OPENS.match(below.plain):
        return True
    if HANGING.search(above.plain):
        return False
    both_named = _NAMED.match(above.plain) is not None and _NAMED.match(below.plain) is not None
    new = _SENTENCE.match(below.plain) is not None or _NAME_ENDS.search(above.plain) is not None
    return both_named or new
