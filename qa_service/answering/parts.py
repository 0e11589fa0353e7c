"""The parts that answering is put together from, where one can be taken out to see what it is worth."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from qa_service.answering.drafts import Draft
from qa_service.answering.ranker import Ranker, load_ranker
from qa_service.answering.refusal import least_confidence
from qa_service.answering.reranking import Rerank
from qa_service.answering.selection import select
from qa_service.answering.weighing import WeighedUnit
from qa_service.retrieval.fusion import Fuse, fused
from qa_service.retrieval.intents import Intent


class Selector(Protocol):
    """What chooses statements from weighed units, as `selection.select` does."""

    def __call__(
        self, units: Sequence[WeighedUnit], intent: Intent, most: int, several: str = ""
    ) -> list[Draft]:
        """Return at most `most` drafts, best first."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What ships, unless said otherwise. `least` is the confidence from which on a question is answered.

    `rerank` reads the best sentences again; which model does so is a setting (`bootstrap.py`).
    """

    fuse: Fuse = fused
    ranker: Ranker = field(default_factory=load_ranker)
    select: Selector = select
    least: float = field(default_factory=least_confidence)
    rerank: Rerank | None = None
