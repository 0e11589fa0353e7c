"""Authority: what was only asked for gives way to what was decided on the same matter.

A report says "that the library be closed", the minutes that it be not closed. A question that does not ask
for the proposal gets the decision; where none is held, the proposal is called one.
"""

import re
from dataclasses import replace

from qa_service.answering.decisions import outcomes_of
from qa_service.answering.drafts import ONLY_PROPOSED, ONLY_RECOMMENDED, Draft
from qa_service.answering.matters import Matter, matters_of
from qa_service.answering.signals import Signals, content_stems
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import SegmentKind
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of

_TEMPLATES = {SegmentKind.RECOMMENDATION: ONLY_RECOMMENDED, SegmentKind.MOTION: ONLY_PROPOSED}
# A question that asks for what was wanted is answered by what was wanted.
_ASKS_FOR_PROPOSAL = re.compile(
    r"\b(?:recommend|propos|suggest|draft|moved?\b|motion|amend|want|hop(?:e|ed|ing)\b|ask(?:ed|s|ing)?\b|plan(?:s|ned)?\b|"
    r"option|idea|seek|sought|officers?\b|report\b)\w*",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:had|was|were|been)\s+recommended\b|\breport\s+recommended\b", re.IGNORECASE)


def upheld(
    reader: Connection, drafts: list[Draft], weighed: Weighed, filters: Filters, allowed: frozenset[Access]
) -> list[Draft]:
    """Return the drafts, or in the place of the first, where it only proposes, what was decided on it."""
    if not drafts or not weighed.units or _ASKS_FOR_PROPOSAL.search(weighed.signals.text):
        return drafts
    best = weighed.units[0]
    kind = best.passage.segment.kind
    if kind not in _TEMPLATES and not _TOLD.search(best.text):
        return drafts
    matter = next(
        (each for each in matters_of(reader, weighed, filters, allowed) if best in each.units), None
    )
    decision = _decision_on(reader, best, matter, weighed.signals) if matter is not None else None
    if decision is not None:
        return [decision]
    if kind not in _TEMPLATES:
        return drafts
    return [replace(drafts[0], template=_TEMPLATES[kind]), *drafts[1:]]


def _decision_on(reader: Connection, proposal: WeighedUnit, matter: Matter, signals: Signals) -> Draft | None:
    """Return the clause decided that shares most with a proposal and the question; None where none was.

    What is put to another body, in a report that only travels in the pack, the pack's body does not decide.
    """
    put_to = proposal.passage.segment.addressed_to
    wanted = {*content_stems(proposal.text), *content_stems(signals.text)}
    best: tuple[float, str, Span, Standing] | None = None
    for found in outcomes_of(matter.decisions):
        resolution = found.resolution
        if put_to and resolution.body and put_to != resolution.body:
            continue
        for span in [clause.span for clause in resolution.clauses] or [resolution.span]:
            own = set(content_stems(slice_of(reader, found.document_row, span)))
            share = len(own & wanted) / (len(own) or 1)
            if best is None or share > best[0]:
                best = share, found.document_id, span, resolution.standing
    if best is None:
        return None
    _, document_id, span, standing = best
    return Draft(document_id, (span,), proposal.score, standing=standing)
