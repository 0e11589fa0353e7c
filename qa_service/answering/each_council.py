"""What each council was told of one matter, where a question of one time names no council, or several.

"What was the budget forecast in May 2022?" is answered by every council that had one.
"""

import re

from qa_service.answering.conflicts import COUNTING
from qa_service.answering.drafts import Draft
from qa_service.answering.matters import alike
from qa_service.answering.signals import AnswerType, Signals, content_stems
from qa_service.answering.states import is_state, undated_title, worth
from qa_service.answering.tellings import likeness
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.register.figures import figures_in
from qa_service.retrieval.question import Reading

# Log-odds by which another council's sentence may stand behind the best one; further where both are named, or
# where it stands under the same title in like words.
_NEAR, _FURTHER = 4.0, 7.5
_RANKS = 60
# Cosine of two sentences that tell one thing of two councils.
_ALIKE = 0.45
# "Other councils" are a subject, and so are councils at large.
_OF_EACH = re.compile(
    r"\b(?:both|each|every|either|the\s+two)\s+(?:of\s+(?:the\s+)?)?(?:two\s+)?(?:councils?|authorit(?:y|ies))\b",
    re.IGNORECASE,
)


def told_by_each(reading: Reading, weighed: Weighed, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts, and behind a single one what other councils were told of the same at that time.

    Only of a figure: that a council decided otherwise is no other telling of the same. Only where it was told
    at the time asked of, or several councils are named: a question of any time wants no list of councils, and
    one of yes or no no figure of another's.
    """
    several = len(reading.filters.councils) > 1 or _OF_EACH.search(reading.text) is not None
    told = next((unit for unit in weighed.units if drafts and unit.unit.spans == drafts[0].spans), None)
    if len(drafts) != 1 or len(reading.filters.councils) == 1 or told is None:
        return drafts
    if not _tells_a_figure(told, weighed.signals) or not (several or _of_the_time(reading, told)):
        return drafts
    if not several and AnswerType.YES_NO in weighed.signals.types:
        return drafts
    found: dict[str | None, WeighedUnit] = {None: told, told.passage.segment.council: told}
    for unit in sorted(weighed.units[:_RANKS], key=worth, reverse=True):
        council = unit.passage.segment.council
        far = _FURTHER if several or _is_alike_in_both(told, unit) else _NEAR
        if council in found or unit.score < told.score - far or not _tells_a_figure(unit, weighed.signals):
            continue
        if _tell_one_thing(told, unit) and (several or _of_the_time(reading, unit)):
            found[council] = unit
    others = [unit for unit in found.values() if unit is not told]
    return [*drafts, *(Draft(unit.passage.document_id, unit.unit.spans, unit.score) for unit in others)]


def _tells_a_figure(unit: WeighedUnit, signals: Signals) -> bool:
    return is_state(unit, signals) and bool(figures_in(unit.text))


def _of_the_time(reading: Reading, unit: WeighedUnit) -> bool:
    """Return whether a unit was told at a meeting of the one time that is asked of."""
    held_on = unit.passage.segment.held_on
    if held_on is None:
        return False
    if "date" in reading.inferred:
        return True
    return len(reading.mentions) == 1 and reading.mentions[0].holds(held_on)


def _tell_one_thing(one: WeighedUnit, other: WeighedUnit) -> bool:
    """Return whether two councils' figures are of one unit, and of items of like title or in like words."""
    mine, theirs = ({figure.unit for figure in figures_in(unit.text)} for unit in (one, other))
    if not mine & theirs:
        return False
    return alike(undated_title(one), undated_title(other)) or _in_like_words(one, other)


def _is_alike_in_both(one: WeighedUnit, other: WeighedUnit) -> bool:
    return alike(undated_title(one), undated_title(other)) and _in_like_words(one, other)


def _in_like_words(one: WeighedUnit, other: WeighedUnit) -> bool:
    shared = set(content_stems(one.text)) & set(content_stems(other.text)) - COUNTING
    return any(stem.isalpha() for stem in shared) and likeness(one, other) >= _ALIKE
