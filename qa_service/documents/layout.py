"""One paper's lines, made ready for parsing: what is content, how wide it runs, its paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.documents.double_spacing import closed_up
from qa_service.documents.lines import Line, lines_of
from qa_service.documents.page_marks import PageMarks, page_marks
from qa_service.documents.paragraphs import Paragraph, Splitter, is_wrapped, typical_width
from qa_service.documents.ruled_pages import mark_ruled_pages
from qa_service.documents.run_on import parted
from qa_service.domain.documents import Page


@dataclass(frozen=True, slots=True)
class Layout:
    """`content` is the indexes of the lines with words that are no marks of the page."""

    text: str
    lines: tuple[Line, ...]
    marks: PageMarks
    content: tuple[int, ...]
    wrapped: bool
    width: int
    paged: bool

    def words(self, indexes: Sequence[int]) -> str:
        """Return the words of some lines, joined by blanks."""
        return " ".join(self.lines[index].plain for index in indexes if self.lines[index].plain)

    def content_between(self, first: int, last: int) -> list[int]:
        """Return the indexes of the content lines from `first` up to, not including, `last`."""
        return [
            index for index in range(first, last) if index not in self.marks.kinds and self.lines[index].plain
        ]

    def paragraphs(self, first: int, last: int) -> list[Paragraph]:
        """Return the paragraphs of the lines from `first` up to, not including, `last`."""
        splitter = Splitter(self.lines, wrapped=self.wrapped, width=self.width)
        return splitter.split(index for index in range(first, last) if index not in self.marks.kinds)


def layout_of(text: str, pages: Sequence[Page]) -> Layout:
    """Return the layout of a normalised text."""
    lines = lines_of(text, pages)
    if not pages:
        lines = closed_up(lines)
    wrapped, width = is_wrapped(lines, paged=bool(pages)), typical_width(lines)
    lines = parted(text, lines)
    marks = page_marks(lines, pages)
    if not pages:
        mark_ruled_pages(lines, marks)
    content = tuple(index for index, line in enumerate(lines) if line.plain and index not in marks.kinds)
    return Layout(text, lines, marks, content, wrapped, width, paged=bool(pages))
