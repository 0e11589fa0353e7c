"""What of many things decided under one heading is on the subject.

Converted minutes lose their items' numbers: under "Support Services" stand ten decisions, and one sentence
that says that an eleventh thing was deferred. Where the heading names nothing of the subject, words tell.
"""

import re
from collections.abc import Sequence

from qa_service.answering.clauses import share_held
from qa_service.answering.drafts import QUOTE, Draft
from qa_service.answering.matters import Matter, best_units
from qa_service.answering.outcomes import is_outcome
from qa_service.answering.signals import Signals, content_stems
from qa_service.domain.documents import Part
from qa_service.domain.resolutions import Standing
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundResolution

# "The presentation was noted with thanks": a decision without the word.
PASSIVE = re.compile(
    r"\b(?:was|were)\s+(?:\w+ly\s+)?"
    r"(?:noted|agreed|approved|adopted|endorsed|deferred|referred|confirmed|accepted)\b",
    re.IGNORECASE,
)
# Whoever else may have approved or deferred a thing, this is what the meeting itself did.
_BY_MEMBERS = re.compile(
    r"\bon\s+the\s+(?:proposal|motion)\s+of\b|\bseconded\s+by\b|"
    r"\b(?:it\s+was|members)\s+(?:\w+ly\s+)?(?:agreed|resolved|decided)\b",
    re.IGNORECASE,
)
# Shares of the subject: of a heading that names none of it, of words that are plainly on it, and of what the
# best words hold that others must hold to be on it too.
_NONE, _PLAINLY, _AS_PLAINLY = 0.15, 0.75, 0.5
# Sentences of a matter, best first, among which one that tells what became of the subject is looked for.
_FIRST = 4


def on_subject(
    reader: Connection, matter: Matter, decisions: Sequence[FoundResolution], topic: Signals
) -> list[FoundResolution]:
    """Return the decisions of a matter that are on the subject, in order: all where its title names it.

    All, too, where no decision names half of the subject.
    """
    if share_held(matter.title, topic) >= _NONE:
        return list(decisions)
    shares = [_share(_text(reader, each), topic) for each in decisions]
    least = _AS_PLAINLY * max(shares, default=0.0)
    if least < _AS_PLAINLY * _AS_PLAINLY:
        return list(decisions)
    return [each for each, share in zip(decisions, shares, strict=True) if share >= least]


def told_in_passing(reader: Connection, matter: Matter, topic: Signals) -> list[Draft]:
    """Return the minutes' sentence that tells what became of the subject, where no decision is on it.

    It stands as resolved where it says that members did it, else as minuted.
    """
    if share_held(matter.title, topic) >= _NONE:
        return []
    outcomes = [each for each in matter.decisions if is_outcome(each.resolution)]
    decided = max((_share(_text(reader, each), topic) for each in outcomes), default=1.0)
    for weighed in best_units(matter, (Part.MINUTES,))[:_FIRST]:
        share = _share(weighed.text, topic)
        plainly = share >= _PLAINLY and decided <= _AS_PLAINLY * share
        if plainly and PASSIVE.search(weighed.text):
            by_members = _BY_MEMBERS.search(weighed.text) is not None
            standing = Standing.RESOLVED if by_members else Standing.MINUTED
            spans = weighed.unit.spans
            return [Draft(weighed.passage.document_id, spans, matter.score, QUOTE, standing)]
    return []


def _text(reader: Connection, found: FoundResolution) -> str:
    return slice_of(reader, found.document_row, found.resolution.span)


def _share(text: str, topic: Signals) -> float:
    """Return the share of the subject that a text holds, its figures left out: any plan has a year."""
    weights = {stem: weight for stem, weight in topic.weights.items() if not stem.isdigit()}
    held = sum(weights.get(stem, 0.0) for stem in set(content_stems(text)))
    return held / (sum(weights.values()) or 1.0)
