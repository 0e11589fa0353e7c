"""Web pages: chrome dropped, content rendered as lines with Markdown's marks for headings and lists."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from qa_service.documents.normalise import normalise
from qa_service.documents.plain_text import decoded
from qa_service.documents.source_text import HTML, SourceText
from qa_service.domain.papers import ReadingProblem
from qa_service.errors import EmptySource, SourceTooLarge, UnreadableSource

MAX_BYTES = 10 * 2**20
MAX_DEPTH = 256
"""Source: reliability.md section 5, budgets of HTML."""

_DROPPED_TAGS = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "embed",
        "canvas",
        "form",
        "input",
        "select",
        "button",
        "textarea",
        "nav",
        "footer",
        "audio",
        "video",
        "dialog",
        "head",
    }
)
_DROPPED_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"})
_DROPPED_NAMES = re.compile(
    r"^(?:mgHelpLine|mgFooter|mgLinks|mgActionList|mgFileAttachWarning|mgIcon.*|menu|menu-list|"
    r"breadcrumb(?:-.*|s)?|"
    r"sr-only|skip-?(?:link|nav).*|visually-hidden|is-hidden|cookie.*|page-header|page-footer|"
    r"site-(?:header|footer)|"
    r"sidebar|share.*|social.*|pagination|comments?-form|login.*|sign-?in.*)$",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    }
)
_HEADINGS = {f"h{level}": "#" * level for level in range(1, 7)}
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]{2,40})""", re.IGNORECASE)


def read_html(data: bytes, file_name: str) -> SourceText:
    """Return the page's content as lines; a heading is marked by `#`, a list entry by `-`, a row by `|`.

    Raises UnreadableSource, SourceTooLarge or EmptySource.
    """
    if len(data) > MAX_BYTES:
        raise SourceTooLarge(file_name, "bytes of HTML", MAX_BYTES)
    try:
        root = document_fromstring(
            _text(data, file_name), parser=HTMLParser(remove_comments=True, remove_pis=True)
        )
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise UnreadableSource(file_name, f"{type(error).__name__}: {error}"[:200]) from error
    lines = _Lines()
    lines.render(_content(root), 0)
    text = normalise(lines.text())
    if not text.strip():
        raise EmptySource(file_name)
    problems: tuple[ReadingProblem, ...] = ()
    if lines.too_deep:
        problems = (ReadingProblem("limit", f"parts nested deeper than {MAX_DEPTH} lost their layout"),)
    language = (root.get("lang") or "")[:2].lower() or None
    return SourceText(HTML, text, title=_title(root), language=language, problems=problems)


def _text(data: bytes, file_name: str) -> str:
    """Return the decoded page: its own charset where it declares one that Python knows."""
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            return normalise(data.decode(declared.group(1).decode("ascii")))
        except (LookupError, UnicodeDecodeError):
            return normalise(decoded(data, file_name))
    return normalise(decoded(data, file_name))


def _content(root: HtmlElement) -> HtmlElement:
    """Return the element that holds the content: ModernGov's frame, the page's main part, or the body."""
    for path in ("//*[@id='modgov']", "//main", "//*[@role='main']", "//body"):
        found = root.xpath(path)
        if found and found[0].text_content().strip():
            return found[0]
    return root


def _title(root: HtmlElement) -> str | None:
    title = root.findtext(".//title")
    return " ".join(normalise(title).split()) or None if title else None


def _is_chrome(element: HtmlElement) -> bool:
    if (
        element.tag in _DROPPED_TAGS
        or element.get("role") in _DROPPED_ROLES
        or element.get("hidden") is not None
    ):
        return True
    if (
        element.get("aria-hidden") == "true"
        or "display:none" in (element.get("style") or "").replace(" ", "").lower()
    ):
        return True
    names = [*(element.get("class") or "").split(), element.get("id") or ""]
    return any(_DROPPED_NAMES.match(name) for name in names)


class _Lines:
    """Collects rendered lines; one blank line at most between blocks."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.open: list[str] = []
        self.prefix = ""
        self.too_deep = False

    def text(self) -> str:
        self.close()
        return "\n".join(self.done).strip("\n") + "\n"

    def close(self, *, blank: bool = False) -> None:
        """End the open line; an empty one leaves no trace."""
        for line in "".join(self.open).split("\n"):
            words = " ".join(line.split())
            if words:
                self.done.append(f"{self.prefix}{words}")
                self.prefix = ""
        self.open.clear()
        if blank and self.done and self.done[-1]:
            self.done.append("")

    def render(self, element: HtmlElement, depth: int) -> None:
        if not isinstance(element.tag, str) or _is_chrome(element):
            return
        if depth > MAX_DEPTH:
            self.too_deep = True
            self.open.append(" ".join(element.itertext()))
            return
        if element.tag == "table" and _is_grid(element):
            self._table(element)
        elif element.tag == "br":
            self.open.append("\n")
        elif element.tag in _BLOCKS:
            self._block(element, depth)
        else:
            self._children(element, depth)

    def _children(self, element: HtmlElement, depth: int) -> None:
        self._say(element.text, element)
        for child in element:
            self.render(child, depth + 1)
            self._say(child.tail, element)

    def _say(self, text: str | None, parent: HtmlElement) -> None:
        if text:
            self.open.append(text if parent.tag == "pre" else text.replace("\n", " "))

    def _block(self, element: HtmlElement, depth: int) -> None:
        spaced = element.tag in {"p", "table", "ul", "ol", "dl", "blockquote", *_HEADINGS}
        self.close(blank=spaced)
        if element.tag in _HEADINGS:
            self.prefix = f"{_HEADINGS[element.tag]} "
        elif element.tag == "li":
            self.prefix = _marker(element)
        self._children(element, depth)
        self.close(blank=spaced)
        self.prefix = ""

    def _table(self, table: HtmlElement) -> None:
        self.close(blank=True)
        for number, row in enumerate(_rows(table)):
            self.done.append(f"| {' | '.join(row)} |")
            if number == 0:
                self.done.append(f"|{' --- |' * len(row)}")
        self.done.append("")


def _marker(item: HtmlElement) -> str:
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    number = sum(1 for _ in item.itersiblings("li", preceding=True)) + 1
    return f"{number}. "


def _is_grid(table: HtmlElement) -> bool:
    """Return whether a table holds data: two columns at least, no table and no list inside."""
    if table.find(".//table") is not None or table.get("role") == "presentation":
        return False
    rows = list(_rows(table))
    return len(rows) > 1 and min(len(row) for row in rows) > 1 and table.find(".//li") is None


def _rows(table: HtmlElement) -> Iterator[list[str]]:
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        texts = [" ".join(" ".join(_shown(cell)).split()).replace("|", "/") for cell in cells]
        if any(texts):
            yield texts


def _shown(element: HtmlElement) -> Iterator[str]:
    if not isinstance(element.tag, str) or _is_chrome(element):
        return
    yield element.text or ""
    for child in element:
        yield from _shown(child)
        yield child.tail or ""
