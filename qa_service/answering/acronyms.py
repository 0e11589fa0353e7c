"""What an acronym stands for: the place in the papers that says so, each sense apart."""

import re
from collections.abc import Sequence

from qa_service.answering.drafts import Draft
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.store.database import Connection
from qa_service.store.findings import FoundAcronym, acronyms_of

_ACRONYM = re.compile(r"\b[A-Z][A-Za-z0-9&]*[A-Z][A-Za-z0-9&]*\b")
_SCORE = 9.0  # a definition is no matter of likeness


def spelt_out(
    reader: Connection, text: str, filters: Filters, allowed: frozenset[Access]
) -> tuple[list[Draft], list[str]]:
    """Return (a draft a sense, the acronyms asked for that no paper spells out)."""
    asked = list(dict.fromkeys(_ACRONYM.findall(text)))
    found = acronyms_of(reader, asked, allowed)
    if filters.bodies:
        found = [each for each in found if each.body in filters.bodies] or found
    known = {each.short for each in found}
    return [Draft(each.document_id, (each.span,), _SCORE) for each in _one_a_sense(found)], [
        short for short in asked if short not in known
    ]


def _one_a_sense(found: Sequence[FoundAcronym]) -> list[FoundAcronym]:
    senses: dict[tuple[str, str], FoundAcronym] = {}
    for each in found:
        senses.setdefault((each.short, re.sub(r"[^a-z]+", "", each.long.lower()).rstrip("s")), each)
    return list(senses.values())
