"""Other places that may answer, shown beside an answer that little speaks for: never part of it.

On 441 questions of real papers the first sentence answered 31 in a hundred, one of the best three 49.
"""

from collections.abc import Sequence

from qa_service.answering.citations import cite
from qa_service.answering.quotable import can_be_quoted, is_quotable
from qa_service.answering.weighing import Weighed
from qa_service.answering.whole_telling import paragraph_of
from qa_service.domain.access import Access
from qa_service.domain.answers import Citation, Statement
from qa_service.store.database import Connection

_MOST = 3
# How far down the ranking another place is still looked for.
_NEXT = 20


def see_also(
    reader: Connection, weighed: Weighed, statements: Sequence[Statement], allowed: frozenset[Access]
) -> tuple[Citation, ...]:
    """Return at most three citations of the next best places, best first.

    None overlaps what is stated or another of them, and none repeats its words: papers are filed twice. A
    sentence that a page mark interrupts is left out, since one citation would cut it short.
    """
    told = [citation for statement in statements for citation in statement.citations]
    found: list[Citation] = []
    for each in weighed.units[:_NEXT]:
        if len(found) == _MOST:
            break
        if len(each.unit.spans) > 1 or not can_be_quoted(each.passage, each.unit):
            continue
        if any(_holds(citation, each.text) for citation in (*told, *found)):
            continue
        span = paragraph_of(reader, each.passage.document_id, each.unit.spans[0], allowed)
        citation = cite(reader, each.passage.document_id, span, allowed)
        if is_quotable(citation.quote) and not any(_repeats(citation, other) for other in (*told, *found)):
            found.append(citation)
    return tuple(found)


def _holds(citation: Citation, words: str) -> bool:
    return " ".join(words.split()) in " ".join(citation.quote.split())


def _repeats(one: Citation, other: Citation) -> bool:
    overlap = one.document.id == other.document.id and one.span.overlaps(other.span)
    return overlap or _holds(one, other.quote) or _holds(other, one.quote)
