"""Lines that no passage holds, since nothing is found by them: signatures, and a web page's own lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from qa_service.answering.weighing import Weighed
from qa_service.domain.documents import SegmentKind
from qa_service.store.database import Connection
from qa_service.store.documents import text_behind

# Characters behind its beginning that a block of such lines is read for: a name, an office, an address.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Lines:
    """The text from where such a line begins, in a paper among those found. `held_on` is ISO, "" unknown."""

    document_id: str
    held_on: str
    start: int
    text: str


def unranked_lines(reader: Connection, weighed: Weighed, kind: SegmentKind) -> Iterator[Lines]:
    """Yield the lines of a kind in the papers of what was found, the best paper's first, in order."""
    papers = {each.passage.document_row: each.passage.document_id for each in weighed.units}
    for row, document_id in papers.items():
        segments = reader.query(
            "SELECT start, held_on FROM segment WHERE document_row = :row AND kind = :kind ORDER BY ordinal",
            {"row": row, "kind": kind.value},
        )
        for each in segments:
            text = text_behind(reader, row, each["start"], _MOST)
            yield Lines(document_id, each["held_on"] or "", each["start"], text)
