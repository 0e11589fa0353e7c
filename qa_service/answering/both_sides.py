"""What was recommended beside what was decided on it, whether the two differ or not."""

from dataclasses import replace

from qa_service.answering.decisions import Wish, decided
from qa_service.answering.drafts import DECIDED, ONLY_PROPOSED, ONLY_RECOMMENDED, WAS_ASKED, Draft
from qa_service.answering.weighing import Weighed
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.resolutions import Standing
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.intents import Intent, asks_both_sides
from qa_service.store.database import Connection

# Log-odds by which the matters may be apart that the two stand in.
_ONE_MATTER = 1.5
_UNDECIDED = frozenset({ONLY_PROPOSED, ONLY_RECOMMENDED})


def both_sides(
    reader: Connection, by_topic: Weighed, wish: Wish, filters: Filters, allowed: frozenset[Access]
) -> list[Draft]:
    """Return drafts of the recommendation and of the decision; none where one is not asked for or not held.

    Either side gets half of the statements.
    """
    if not asks_both_sides(asking_sentence(wish.signals.text)):
        return []
    half = replace(wish, most=max(1, wish.most // 2))
    found = [
        decided(reader, by_topic, replace(half, intent=intent), filters, allowed).drafts
        for intent in (Intent.RECOMMENDATION, Intent.RESOLUTION)
    ]
    asked, answered = found
    if not asked or not answered or abs(asked[0].score - answered[0].score) > _ONE_MATTER:
        return []
    if answered[0].template in _UNDECIDED or any(draft.overlaps(asked[0]) for draft in answered):
        return []
    return [
        *(replace(draft, template=WAS_ASKED) for draft in asked),
        *(replace(draft, template=DECIDED) if _is_decided(draft) else draft for draft in answered),
    ]


def _is_decided(draft: Draft) -> bool:
    """Return whether a draft resolves: what members recommend to others decides nothing yet."""
    return draft.standing is Standing.RESOLVED
