"""What is ranked: passages, and inside them the units that may be quoted."""

from dataclasses import dataclass
from enum import StrEnum

from qa_service.domain.documents import Segment
from qa_service.domain.spans import Span


class UnitKind(StrEnum):
    """What a quotable unit is."""

    SENTENCE = "sentence"
    LIST_ITEM = "list item"
    LEAD_IN = "lead-in"  # introduces a list or a resolution: "RESOLVED:", "it was confirmed that:"
    CLAUSE = "clause"
    ROW = "row"
    HEADING = "heading"


@dataclass(frozen=True, slots=True)
class Unit:
    """The least that may be quoted: a whole sentence, clause or row.

    It has several spans where a page mark interrupts it; none covers a mark. `lead` is the index of the
    unit, in the same passage, without which it cannot be understood (lead-in, table header).
    """

    kind: UnitKind
    spans: tuple[Span, ...]
    lead: int | None = None

    @property
    def start(self) -> int:
        """Where its first span starts."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Where its last span ends."""
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of segments of one minute, item or report section that is ranked as one.

    Encoded text = `header` + the units' text; quoted text = slices of the document alone. `segment` is the
    first one and carries what is known of all. `boilerplate` never wins against content.
    """

    id: str
    document_id: str
    segment: Segment
    segment_ordinal: int
    span: Span
    header: str
    units: tuple[Unit, ...]
    boilerplate: bool = False
