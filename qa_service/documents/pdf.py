"""PDF, page by page. A page that fails is recorded; the others are read."""

import io
import logging
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError, WrongPasswordError

from qa_service.documents.normalise import normalise
from qa_service.documents.scattered import is_scattered, read_again
from qa_service.documents.source_text import PDF, SourcePage, SourceText
from qa_service.domain.papers import ReadingProblem
from qa_service.errors import EncryptedSource, NoTextLayer, SourceTooLarge, UnreadableSource

MAX_PAGES = 2_000
MAX_PAGE_CHARACTERS = 200_000
"""Source: reliability.md section 5, budgets."""
_MAX_WARNINGS = 20

# pypdf leaves these to its caller, beside its own: 46 of 195 refused files in reliability.md section 4.
_FAULTS = (
    PyPdfError,
    DependencyError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    DeprecationWarning,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class _Warnings(logging.Handler):
    """Keeps the parser's warnings: what it says while it repairs a file is news about the text."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.seen: dict[str, None] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if len(self.seen) < _MAX_WARNINGS:
            self.seen[normalise(record.getMessage())[:200]] = None


@contextmanager
def _warnings_kept() -> Iterator[_Warnings]:
    logger, handler, propagated = (
        logging.getLogger("pypdf"),
        _Warnings(),
        logging.getLogger("pypdf").propagate,
    )
    logger.addHandler(handler)
    logger.propagate = False
    try:
        yield handler
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagated


def read_pdf(data: bytes, file_name: str) -> SourceText:
    """Return the text of every page, failing and textless pages recorded as problems.

    Raises UnreadableSource, EncryptedSource, SourceTooLarge, and NoTextLayer where no page has text.
    """
    with _warnings_kept() as warnings:
        reader = _opened(data, file_name)
        labels = _labels(reader)
        pages, problems = _pages(reader, labels)
        title, language = _title(reader), _language(reader)
    pages = with_lines(pages, data, problems)
    if not any(page.text.strip() for page in pages):
        if any(problem.code == "page_failed" for problem in problems):
            raise UnreadableSource(file_name, problems[0].detail)
        raise NoTextLayer(file_name, len(pages))
    problems.extend(ReadingProblem("parser_warning", warning) for warning in warnings.seen)
    text = "".join(f"{page.text}\n" for page in pages)
    return SourceText(PDF, text, tuple(pages), title, language, tuple(problems))


def _opened(data: bytes, file_name: str) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedSource(file_name)
        count = len(reader.pages)
    except (FileNotDecryptedError, WrongPasswordError) as error:
        raise EncryptedSource(file_name) from error
    except _FAULTS as error:
        raise UnreadableSource(file_name, _reason(error)) from error
    if count > MAX_PAGES:
        raise SourceTooLarge(file_name, "pages", MAX_PAGES)
    return reader


def _pages(reader: PdfReader, labels: list[str] | None) -> tuple[list[SourcePage], list[ReadingProblem]]:
    pages: list[SourcePage] = []
    problems: list[ReadingProblem] = []
    for index in range(len(reader.pages)):
        number, text = index + 1, ""
        try:
            text = _page_text(reader.pages[index])
        except _FAULTS as error:
            problems.append(ReadingProblem("page_failed", _reason(error), number))
        else:
            if not text.strip():
                problems.append(ReadingProblem("no_text", "the page has no text layer", number))
        pages.append(SourcePage(number, labels[index] if labels else None, text))
    return pages, problems


def with_lines(pages: list[SourcePage], data: bytes, problems: list[ReadingProblem]) -> list[SourcePage]:
    """Return the pages, those whose words stand a line each read again; where that fails it is a problem."""
    scattered = [page.number - 1 for page in pages if is_scattered(page.text)]
    again = read_again(data, scattered) if scattered else {}
    lost = [index + 1 for index in scattered if index not in again]
    problems += [ReadingProblem("parser_warning", "its words stand a line each", number) for number in lost]
    return [
        replace(page, text=_limited(again.get(page.number - 1, page.text), page.number, problems))
        for page in pages
    ]


def _limited(text: str, number: int, problems: list[ReadingProblem]) -> str:
    """Return what is kept of a page's text; what is cut off is a problem."""
    if len(text) <= MAX_PAGE_CHARACTERS:
        return text
    detail = f"only the first {MAX_PAGE_CHARACTERS} of {len(text)} characters are kept"
    problems.append(ReadingProblem("limit", detail, number))
    return text[:MAX_PAGE_CHARACTERS]


def _page_text(page: PageObject) -> str:
    return normalise(page.extract_text())


def _labels(reader: PdfReader) -> list[str] | None:
    """Return the labels that the file carries; None where it carries none, as pypdf then invents 1, 2, 3."""
    try:
        if "/PageLabels" not in reader.root_object:
            return None
        labels = [normalise(label).strip() for label in reader.page_labels]
    except _FAULTS:
        return None  # a broken label tree labels nothing; pypdf's own warning becomes a problem
    return labels if len(labels) == len(reader.pages) else None


def _title(reader: PdfReader) -> str | None:
    try:
        title = reader.metadata.title if reader.metadata else None
    except _FAULTS:
        return None
    return normalise(title).strip() or None if isinstance(title, str) else None


def _language(reader: PdfReader) -> str | None:
    try:
        language = reader.root_object.get("/Lang")
    except _FAULTS:
        return None
    return str(language)[:2].lower() or None if isinstance(language, str) else None


def _reason(error: BaseException) -> str:
    return normalise(f"{type(error).__name__}: {error}")[:200]
