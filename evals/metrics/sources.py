"""Where words come from: which council, body and meeting, as stored, and whether gold's are others.

A pack holds papers of several meetings, so the stretch in which words stand tells, then the paper.
"""

from enum import StrEnum

from evals.cases import Case
from evals.corpus import StoredDocument
from evals.folding import folded
from evals.replies import Citation, Hit


class Level(StrEnum):
    """At which level a source is right or wrong."""

    COUNCIL = "council"
    BODY = "body"
    MEETING = "meeting"
    DOCUMENT = "document"


def source_of(case: Case, one: Hit | Citation, level: Level) -> str | None:
    """Return the council, body, meeting or document of a passage or citation; None where it is not known.

    The stored stretch tells, and what the reply shows where the system tells no stretches. A meeting is its
    council, body and date, whatever the system calls it; words without these stand for their paper: in the
    public sets a paper is a meeting.
    """
    document = case.corpus.get(one.document.id)
    if document is not None and document.segment_at(one.start):
        return _stored(document, one.start, level)
    held_on = one.meeting.held_on if one.meeting else None
    return _source(level, one.document.id, one.document.council, one.document.body, held_on)


def gold_sources(case: Case, level: Level) -> frozenset[str]:
    """Return the councils, bodies, meetings or documents of the evidence, as stored; none where unknown."""
    documents = case.corpus.documents
    found = [_stored(documents[place.document_id], place.span.start, level) for place in case.topic.evidence]
    return frozenset(source for source in found if source)


def _stored(document: StoredDocument, offset: int, level: Level) -> str | None:
    stretch = document.segment_at(offset)
    held_on = stretch.held_on if stretch else document.held_on
    council = (stretch and stretch.council) or document.council
    body = (stretch and stretch.body) or document.body
    return _source(level, document.id, council, body, held_on)


def _source(
    level: Level, document: str, council: str | None, body: str | None, held_on: str | None
) -> str | None:
    if level is Level.COUNCIL or level is Level.BODY:
        name = council if level is Level.COUNCIL else body
        return folded(name).casefold() if name else None
    if level is Level.MEETING and held_on and body:
        return f"{folded(council or '')}, {folded(body)}, {held_on}".casefold()
    return document


def is_elsewhere(case: Case, one: Hit | Citation, level: Level) -> bool | None:
    """Return whether a source is another than every source of the evidence; None where either is unknown.

    A meeting known on one side alone proves nothing within one paper.
    """
    right, source = gold_sources(case, level), source_of(case, one, level)
    if not right or source is None:
        return None
    if source in right:
        return False
    is_undated = source == one.document.id or one.document.id in right
    return not (level is Level.MEETING and is_undated and one.document.id in case.topic.documents)
