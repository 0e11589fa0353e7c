"""Authority: what was only asked for gives way to what was decided on the same matter.

A report says "that the library be closed", the minutes that it be not closed. A question that does not ask
for the proposal gets the decision; where none is held, the proposal is called one.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from qa_service.answering.demands import Demand
from qa_service.answering.drafts import ONLY_PROPOSED, ONLY_RECOMMENDED, Draft
from qa_service.answering.given import giving
from qa_service.answering.matters import Matter, matters_of
from qa_service.answering.outcomes import outcomes_of
from qa_service.answering.signals import AnswerType, Signals, content_stems
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import SegmentKind
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.retrieval.asking import asking_sentence
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of

_TEMPLATES = {SegmentKind.RECOMMENDATION: ONLY_RECOMMENDED, SegmentKind.MOTION: ONLY_PROPOSED}
# A question that asks for what was wanted is answered by what was wanted.
_ASKS_FOR_PROPOSAL = re.compile(
    r"\b(?:recommend|propos|suggest|draft|moved?\s+(?:by|that)\b|motion|amend|want|hop(?:e|ed|ing)\b|plan(?:s|ned)?\b|"
    r"ask(?:ed)?\s+(?:to|by|of)\b|option|idea|seek|sought|officers?\b|report\b)\w*",
    re.IGNORECASE,
)
# What a motion tells of how things stand is no proposal, though it stands in one.
_STATES = re.compile(
    r"(?:(?!\b(?:that|which|who|whose|whom|where|when|what|as|if)\b).)*\b(?:was|were|has|have|had)\b",
    re.IGNORECASE | re.DOTALL,
)
_PROPOSES = re.compile(
    r"\b(?:will|would|should|shall|must|be|propos\w+|recommend\w*|request\w*|urge\w*|calls?\s+(?:on|for)|"
    r"asks?\b|resolves?|agrees?|allocate|use|fund|amend)\b",
    re.IGNORECASE,
)
# Log-odds by which what a motion says of how things stand may be better and still gives way.
_LESS_CREDIBLE = 1.0
# Share of the shorter clause's words that both hold where one puts the other into force.
_SAME_WORDS = 0.5
_TOLD = re.compile(r"\b(?:had|was|were|been)\s+recommended\b|\breport\s+recommended\b", re.IGNORECASE)
# What only a question of yes or no takes for a proposal: the rest may ask what the proposal would have cost.
_TOLD_OF = re.compile(
    r"\brecommended\b|\bofficers?\s+(?:had\s+)?(?:proposed|suggested|wanted|advised)\b", re.IGNORECASE
)


def upheld(
    reader: Connection, drafts: list[Draft], weighed: Weighed, filters: Filters, allowed: frozenset[Access]
) -> list[Draft]:
    """Return the drafts, or in the place of the first, where it only proposes, what was decided on it."""
    if not drafts or not weighed.units or _ASKS_FOR_PROPOSAL.search(weighed.signals.text):
        return drafts
    best = weighed.units[0]
    kind = best.passage.segment.kind
    told = _TOLD_OF if AnswerType.YES_NO in weighed.signals.types else _TOLD
    if kind not in _TEMPLATES and not told.search(best.text):
        return drafts
    matter = next(
        (each for each in matters_of(reader, weighed, filters, allowed) if best in each.units), None
    )
    decision = _decision_on(reader, best, matter, weighed.signals) if matter is not None else None
    if decision is None and kind in _TEMPLATES:
        decision = _decided_twin(weighed)
    if decision is not None:
        return [decision]
    if kind not in _TEMPLATES or (kind is SegmentKind.MOTION and _only_states(best.text)):
        return drafts
    return [replace(drafts[0], template=_TEMPLATES[kind]), *drafts[1:]]


def credibly_giving(
    units: Sequence[WeighedUnit], demands: Collection[Demand], asked: str
) -> tuple[WeighedUnit, ...]:
    """Return what `giving` returns, without motions where other papers give what is demanded nearly as well.

    A motion says how its movers see things; who asks for no proposal is told what reports and minutes say.
    """
    if units and units[0].passage.segment.kind is SegmentKind.MOTION and not _ASKS_FOR_PROPOSAL.search(asked):
        others = [each for each in units if each.passage.segment.kind is not SegmentKind.MOTION]
        told = giving(others, demands, asked)
        if told and told[0].score >= units[0].score - _LESS_CREDIBLE:
            return told
    return giving(units, demands, asked)


def _only_states(text: str) -> bool:
    return _STATES.match(text) is not None and _PROPOSES.search(text) is None


def _decided_twin(weighed: Weighed) -> Draft | None:
    """Return the best decided clause that says most of what the best, proposed one says; None without one.

    A record of a decision repeats the words of its proposal, and may bear another day and title.
    """
    proposal = weighed.units[0]
    wanted = set(content_stems(proposal.text))
    for other in weighed.units:
        segment = other.passage.segment
        if segment.kind is not SegmentKind.RESOLUTION or segment.council != proposal.passage.segment.council:
            continue
        own = set(content_stems(other.text))
        if own and len(own & wanted) >= _SAME_WORDS * min(len(own), len(wanted)):
            return Draft(
                other.passage.document_id, other.unit.spans, proposal.score, standing=Standing.RESOLVED
            )
    return None


def _decision_on(reader: Connection, proposal: WeighedUnit, matter: Matter, signals: Signals) -> Draft | None:
    """Return the clause decided that shares most with a proposal and the question; None where none was.

    What is put to another body, in a report that only travels in the pack, the pack's body does not decide.
    """
    put_to = proposal.passage.segment.addressed_to
    wanted = {*content_stems(proposal.text), *content_stems(signals.text)}
    best: tuple[tuple[float, float], str, Span, Standing] | None = None
    for found in outcomes_of(reader, matter.decisions):
        resolution = found.resolution
        if put_to and resolution.body and put_to != resolution.body:
            continue
        for span in [clause.span for clause in resolution.clauses] or [resolution.span]:
            own = set(content_stems(slice_of(reader, found.document_row, span)))
            share = _asked_for(own, signals), len(own & wanted) / (len(own) or 1)
            if best is None or share > best[0]:
                best = share, found.document_id, span, resolution.standing
    if best is None:
        return None
    _, document_id, span, standing = best
    return Draft(document_id, (span,), proposal.score, standing=standing)


def _asked_for(stems: set[str], signals: Signals) -> float:
    """Return the weight of the sentence that asks that some stems hold, where others lead to it; else 0."""
    asking = asking_sentence(signals.text)
    if asking == signals.text.strip():
        return 0.0
    return sum(signals.weights.get(stem, 0.0) for stem in stems.intersection(content_stems(asking)))
