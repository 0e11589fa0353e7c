"""A meeting that a question tells by its matter: "Who was at the meeting that debated the harbour dues?".

The papers that tell of the matter are of that meeting, and its roll says who was there. A roll of every
meeting at which somebody of that name sat would say nothing.
"""

import re
from dataclasses import replace

from qa_service.answering.reasons import of_names
from qa_service.answering.rolls import asks_for_roll
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from qa_service.store.lexical_index import stems

_DESCRIBED = re.compile(
    r"""\b(?:meeting|session|sitting|panel|committee|cabinet|council|board|forum)\s+
    (?:which|that|where|when|at\ which|held|called|convened|summoned|to|on|about|over|for)\s+
    (?P<matter>[^?]+)""",
    re.IGNORECASE | re.VERBOSE,
)
# Words that say what is done at every meeting, and not at which.
_OF_ANY = frozenset(
    content_stems(
        "meeting held called discussed debated considered talked met took place decided agreed voted "
        "approved council committee cabinet panel board forum members councillors matter item special "
        "ordinary last"
    )
)
# How many of the best sentences are looked through, and the share of the weight of the matter's words that
# the passage of one must hold.
_RANKS, _MOST = 5, 0.6


def meeting_described(reading: Reading, weighed: Weighed, filters: Filters) -> tuple[Filters, str] | None:
    """Return the filters of the one meeting whose matter a question tells, and a note that names it.

    None where nobody's presence is asked for, no matter is told, a time is named, or nothing near the best
    is of that matter.
    """
    found = _DESCRIBED.search(reading.own)
    of_roll = reading.intent is Intent.ATTENDANCE and asks_for_roll(reading.own)
    if not of_roll or found is None or filters.held_from or filters.held_to:
        return None
    weights = weighed.signals.weights
    matter = [stem for stem in content_stems(found["matter"]) if stem in weights and stem not in _OF_ANY]
    total = sum(weights[stem] for stem in matter)
    for unit in weighed.units[:_RANKS] if total else ():
        held_on, body = unit.passage.segment.held_on, unit.passage.segment.body
        if held_on is None or body is None:
            continue
        told = _stems_around(unit)
        if sum(weights[stem] for stem in matter if stem in told) >= _MOST * total:
            council = unit.passage.segment.council
            councils = filters.councils if council is None else frozenset({council})
            narrowed = replace(
                filters, councils=councils, bodies=frozenset({body}), held_from=held_on, held_to=held_on
            )
            return narrowed, f"taken to be the meeting of {of_names([body])} on {held_on:%-d %B %Y}"
    return None


def _stems_around(unit: WeighedUnit) -> set[str]:
    passage = unit.passage
    return set(stems(f"{passage.title} {passage.header} {passage.text}"))
