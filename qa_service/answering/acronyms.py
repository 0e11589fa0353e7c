"""What an acronym stands for: the sentence in the papers that says so, of each sense that may be meant."""

import re
from collections.abc import Sequence

from qa_service.answering.drafts import Draft
from qa_service.answering.quotable import whole_unit
from qa_service.answering.signals import Signals, content_stems
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.store.database import Connection
from qa_service.store.findings import FoundAcronym, acronyms_of
from qa_service.store.passages import StoredPassage, passages_at

_ACRONYM = re.compile(r"\b[A-Z][A-Za-z0-9&]*[A-Z][A-Za-z0-9&]*\b")
_Place = tuple[FoundAcronym, StoredPassage | None]
_SCORE = 9.0  # a definition is no matter of likeness


def spelt_out(
    reader: Connection, signals: Signals, filters: Filters, allowed: frozenset[Access]
) -> tuple[list[Draft], list[str]]:
    """Return (a draft a sense, the acronyms asked for that no paper spells out).

    Where the rest of the question fits the surroundings of one sense best ("on the quarry's lorries"), only
    that one is meant.
    """
    asked = list(dict.fromkeys(_ACRONYM.findall(signals.text)))
    found = acronyms_of(reader, asked, allowed)
    if filters.bodies:
        found = [each for each in found if each.body in filters.bodies] or found
    known = {each.short for each in found}
    passages = passages_at(reader, [(each.document_row, each.span.start) for each in found], allowed)
    places = list(zip(found, passages, strict=True))
    return [_draft(each, passage) for each, passage in _meant(places, signals)], [
        short for short in asked if short not in known
    ]


def _draft(found: FoundAcronym, passage: StoredPassage | None) -> Draft:
    spans = (found.span,) if passage is None else whole_unit(passage, found.span)
    return Draft(found.document_id, spans, _SCORE)


def _meant(places: Sequence[_Place], signals: Signals) -> list[_Place]:
    """Return the best place of each sense; of the senses of one acronym those that fit best."""
    senses: dict[tuple[str, str], tuple[float, _Place]] = {}
    for place in places:
        found = place[0]
        key = (found.short, re.sub(r"[^a-z]+", "", found.long.lower()).rstrip("s"))
        fit = _fit(place, signals)
        if key not in senses or fit > senses[key][0]:
            senses[key] = (fit, place)
    best: dict[str, float] = {}
    for (short, _), (fit, _) in senses.items():
        best[short] = max(fit, best.get(short, 0.0))
    return [place for (short, _), (fit, place) in senses.items() if fit == best[short]]


def _fit(place: _Place, signals: Signals) -> float:
    """Return the weight of the question's other words that stand around a definition."""
    found, passage = place
    if passage is None:
        return 0.0
    of_definition = {*content_stems(found.short), *content_stems(found.long)}
    around = set(content_stems(f"{passage.title} {passage.header} {passage.text}")) - of_definition
    return sum(signals.weights.get(stem, 0.0) for stem in around)
