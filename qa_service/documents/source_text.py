"""What a reader gets out of a file, before anything is understood: text, pages, problems."""

from dataclasses import dataclass

from qa_service.domain.papers import ReadingProblem

PDF = "application/pdf"
HTML = "text/html"
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MAX_CHARACTERS = 20_000_000
"""Characters of one document; a committee pack of 600 pages has about two million."""


@dataclass(frozen=True, slots=True)
class SourcePage:
    """One page as the reader found it: `label` only where the file itself carries page labels."""

    number: int
    label: str | None
    text: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's normalised text. `text` is the page texts, each ended by a line feed, where there are pages.

    `language` is a code like "cy" where the file states one; `title` likewise.
    """

    media_type: str
    text: str
    pages: tuple[SourcePage, ...] = ()
    title: str | None = None
    language: str | None = None
    problems: tuple[ReadingProblem, ...] = ()
