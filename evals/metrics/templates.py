"""Which characters of a statement are neither quoted nor from the fixed list of templates."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from evals.metrics.dates import is_printed
from evals.replies import Citation

_SLOT = re.compile(r"\{[^{}]*\}")
_AROUND_QUOTES = re.compile("[\\s\"'\u201c\u201d\u2018\u2019]+")  # straight and curly quote marks


def unexplained(text: str, citations: Sequence[Citation], templates: Iterable[str]) -> str:
    """Return what is left of a statement once its quotes and the templates are taken away; "" for nothing.

    A template is literal text with slots in braces; a slot may hold a quote of the statement's citations or
    what those citations show about themselves (council, body, date, title, minute, paragraph), no more.
    """
    quotes = sorted({citation.quote for citation in citations}, key=len, reverse=True)
    rest = _without(text, quotes)
    if not rest:
        return ""
    for template in templates:
        found = _pattern(template).fullmatch(text.strip())
        if found and all(_is_known(slot, quotes, citations) for slot in found.groups()):
            return ""
    return rest


def _without(text: str, quotes: Iterable[str]) -> str:
    for quote in quotes:
        text = text.replace(quote, "")
    return _AROUND_QUOTES.sub(" ", text).strip()


@lru_cache(maxsize=512)
def _pattern(template: str) -> re.Pattern[str]:
    literals = [re.escape(part) for part in _SLOT.split(template.strip())]
    return re.compile(r"(.+?)".join(literals), re.DOTALL)


def _is_known(slot: str, quotes: Sequence[str], citations: Sequence[Citation]) -> bool:
    if not _without(slot, quotes):
        return True
    value = slot.strip()
    return any(value in _shown_by(citation) or _is_its_date(value, citation) for citation in citations)


def _shown_by(citation: Citation) -> set[str]:
    document, item, page = citation.document, citation.item, citation.page
    values = (
        document.file_name,
        document.title,
        document.kind,
        document.council,
        document.body,
        citation.meeting.body if citation.meeting else None,
        citation.meeting.status if citation.meeting else None,
        citation.held_on,
        item.number if item else None,
        item.title if item else None,
        citation.minute,
        citation.paragraph,
        str(page.number) if page else None,
        page.label if page else None,
    )
    return {value for value in values if value}


def _is_its_date(value: str, citation: Citation) -> bool:
    """Whether a slot holds the date of the meeting cited, however it is printed, and nothing longer."""
    longest = len("Wednesday, 30th of September, 2020")
    return citation.held_on is not None and len(value) <= longest and is_printed(citation.held_on, value)
