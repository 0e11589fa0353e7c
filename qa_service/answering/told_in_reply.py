"""Which sentence of a long reply gives the date, the sum or the yes or no that is asked of it."""

import re
from collections.abc import Sequence

from qa_service.answering.demands import demands_of
from qa_service.answering.features import POINTS_BACK
from qa_service.answering.given import gives
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed, text_of
from qa_service.domain.passages import Unit
from qa_service.retrieval.asking import asking_sentence
from qa_service.store.passages import StoredPassage

_WHETHER = re.compile(
    r"^(?:(?:and|so|but)\s+)?(?:did|does|do|is|are|was|were|has|have|had|will|would)\b|\bwhether\b",
    re.IGNORECASE,
)
# What is yet to come is not dated by what was done.
_COMING = re.compile(r"\bwhen\s+(?:will|can|should|is|are)\b|\bby\s+when\b|\bhow\s+soon\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:will|shall|expect\w*|due|plans?|planned|scheduled|aims?|inten[dt]\w*|by\s+the\s+end\s+of)\b",
    re.IGNORECASE,
)


def told_in_reply(units: Sequence[tuple[StoredPassage, Unit]], weighed: Weighed, asked: str) -> range | None:
    """Return which unit of a reply gives what a question demands of it, after the one it points back to.

    None where nothing is demanded but the reply, and where no unit gives it.
    """
    demands = demands_of(asked)
    if not demands and not _WHETHER.search(asking_sentence(asked)):
        return None
    scores = {_bare(each.text): each.score for each in reversed(weighed.units)}
    wanted = set(content_stems(asked))
    coming = _COMING.search(asked) is not None

    def fits(at: int) -> tuple[bool, float, int]:
        text = text_of(*units[at])
        planned = coming and _PLANNED.search(text) is not None
        return planned, scores.get(_bare(text), float("-inf")), len(wanted.intersection(content_stems(text)))

    telling = [
        at for at, (passage, unit) in enumerate(units) if gives(text_of(passage, unit), demands, asked)
    ]
    if not telling:
        return None
    best = max(telling, key=fits)
    before = best > 0 and POINTS_BACK.match(text_of(*units[best]).lstrip()) is not None
    return range(best - before, best + 1)


def _bare(text: str) -> str:
    """Return a text as it is in every copy of a paper."""
    return " ".join(text.split()).lower()
