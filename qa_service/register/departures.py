"""Where members departed from what officers had asked: each decision beside what it answers."""

import re
from dataclasses import dataclass

from qa_service.domain.access import Access
from qa_service.domain.register import RegisterQuery
from qa_service.domain.resolutions import Resolution
from qa_service.register.differences import LEAST_ALIKE, Change, changes, differs, likeness
from qa_service.register.words import subject_stems
from qa_service.store.database import Connection
from qa_service.store.documents import words_of
from qa_service.store.register_conflicts import Asked, decisions_with_recommendations

# A recommendation that only points to where the decision is written out has no words to compare.
_ELSEWHERE = re.compile(
    r"\b(?:the\s+proposed\s+decision|as\s+(?:detailed|set\s+out|described)\s+in\s+the\s+attached)\b",
    re.IGNORECASE,
)
_OF_MINUTES = re.compile(
    r"\bminutes\b[^.]{0,80}\b(?:correct\s+record|confirmed|signed|approved)\b", re.IGNORECASE
)
_FEW = 2  # words that many recommendations share: "that the report be noted"
_SHORT = 30  # words: beyond, a recommendation says something itself


@dataclass(frozen=True, slots=True)
class Departure:
    """A decision with its words, the recommendation (document id, row, itself), and what was changed."""

    asked: Asked
    text: str
    recommended: tuple[str, int, Resolution]
    recommended_text: str
    changes: tuple[Change, ...]


def departures(
    reader: Connection, query: RegisterQuery, allowed: frozenset[Access], most: int = 500
) -> list[Departure]:
    """Return the decisions whose words depart from their recommendation, the newest meeting first.

    A recommendation is answered by the decision that is most like it and by no other: the minutes' approval
    does not answer the report of the next item.
    """
    found = decisions_with_recommendations(reader, query, allowed, most)
    texts = [words_of(reader, each.document_row, each.decided.span) for each in found]
    offers = [
        [(other.heading or "", words_of(reader, row, other.span)) for _, row, other in each.recommended]
        for each in found
    ]
    chosen = _one_to_one(found, texts, offers)
    departed = []
    for at, offer in sorted(chosen.items()):
        asked_text = offers[at][offer][1]
        compared = changes(asked_text, texts[at])
        if differs(compared) and not _points_elsewhere(asked_text):
            departed.append(
                Departure(found[at], texts[at], found[at].recommended[offer], asked_text, compared)
            )
    return departed


def _one_to_one(found: list[Asked], texts: list[str], offers: list[list[tuple[str, str]]]) -> dict[int, int]:
    """Return the recommendation, by its place, that each decision answers: the most alike first."""
    scored = [
        (score, -at, -offer)
        for at, asked in enumerate(found)
        if not _OF_MINUTES.search(texts[at])
        for offer, score in enumerate(likeness(asked.decided.heading or "", texts[at], offers[at]))
        if score >= LEAST_ALIKE
    ]
    chosen: dict[int, int] = {}
    taken: set[frozenset[str]] = set()  # a report and its appendix ask for one thing in the same words
    for _, minus_at, minus_offer in sorted(scored, reverse=True):
        at, offer = -minus_at, -minus_offer
        stems = subject_stems(offers[at][offer][1])
        said = stems if len(stems) > _FEW else frozenset({found[at].recommended[offer][2].id})
        # The same minutes, filed twice, answer it twice.
        copy = any(texts[known] == texts[at] and chosen[known] == offer for known in chosen)
        if at not in chosen and (said not in taken or copy):
            chosen[at] = offer
            taken.add(said)
    return chosen


def _points_elsewhere(text: str) -> bool:
    return bool(_ELSEWHERE.search(text)) and len(text.split()) <= _SHORT
