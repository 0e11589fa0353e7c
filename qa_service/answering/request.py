"""One question on its way through the answerer."""

from dataclasses import dataclass

from qa_service.answering.explaining import Trace
from qa_service.answering.precedent import Precedent
from qa_service.domain.access import Access
from qa_service.domain.answers import MOST_LISTED, MOST_STATEMENTS
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection


@dataclass(frozen=True, slots=True)
class Request:
    """What a question may see, how it was read, and what the answer before was about.

    `asked_most`: how many statements the asker wants at most, None for as many as there are by kind.
    """

    reader: Connection
    reading: Reading
    allowed: frozenset[Access]
    asked_most: int | None
    trace: Trace
    precedent: Precedent | None = None

    @property
    def most(self) -> int:
        """How many statements an answer may have."""
        return self.asked_most or MOST_STATEMENTS

    @property
    def most_listed(self) -> int:
        """How many statements a list may have: what a meeting decided, who was there."""
        return self.asked_most or MOST_LISTED
