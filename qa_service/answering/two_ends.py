"""A change between two times: of each the sentence that tells it, found among the papers of that time.

"Has it grown between the reports of 2021 and 2023?" is answered by what either report tells of it.
"""

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from qa_service.answering.drafts import EARLIER, LATER, Draft
from qa_service.answering.signals import AnswerType, Signals, content_stems
from qa_service.answering.states import counts, is_one_matter, is_state, tells_the_same, worth
from qa_service.answering.tellings import FAR
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Part
from qa_service.retrieval.over_time import OverTime, over_time, without_change
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import DateMention

# Of either time the best sentences, each held against those of the other.
_RANKS = 12
# Log-odds by which what one time tells may stand behind the best sentence: in words, by a figure.
_NEAR, _FIGURES_NEAR = 2.5, 4.5
# Share of the subject's weight that a sentence without a figure must name to tell of it.
_OF_IT = 0.5

_COUNTED = frozenset({AnswerType.MONEY, AnswerType.NUMBER})
# "Between the reports of 2021 and 2023", "in the 2021 and 2023 minutes".
_PAPERS = re.compile(
    r"\b(?:between|from|in|of|and|to)\s+(?:the\s+|its\s+|their\s+)?(?:[\w’'/-]+\s+){0,4}?(?:(?P<minutes>minutes)|reports?)\b",
    re.IGNORECASE,
)
_OF_FIGURES = re.compile(
    r"\b(?:numbers?|counts?|totals?|shares?|rates?|costs?|budgets?|averages?|percentages?|figures?|sums?)\b",
    re.IGNORECASE,
)


def ends_asked(reading: Reading) -> tuple[DateMention, DateMention] | None:
    """Return the two times between which a change is asked of, the earlier first; None without two."""
    if over_time(reading.text) is not OverTime.CHANGE or not reading.mentions:
        return None
    first, last = reading.mentions[0], reading.mentions[-1]
    if first is last:
        return _split(first)
    if first.is_open or last.is_open:
        return None
    earlier, later = sorted((first, last), key=lambda each: str(each.first))
    return (earlier, later) if str(earlier.last) < str(later.first) else None


def within_ends(reading: Reading, filters: Filters) -> list[Filters]:
    """Return limits for a search within either of the two times that are asked of; none without two."""
    if (ends := ends_asked(reading)) is None:
        return []
    return [replace(filters, held_from=end.first, held_to=end.last) for end in ends]


def both_ends(reading: Reading, weighed: Weighed) -> list[Draft]:
    """Return drafts of what was told at either time asked of: of the two sentences that best tell the same.

    Else of the best one of each time, where both name the subject; none where one time tells nothing.
    """
    if (ends := ends_asked(reading)) is None or not weighed.units:
        return []
    telling = _of_papers_named(reading, _telling(weighed))
    sides = [[unit for unit in telling if _is_of(unit, end)] for end in ends]
    pairs = [
        (one, other)
        for one in sides[0][:_RANKS]
        for other in sides[1][:_RANKS]
        if _tell_one_thing(one, other, weighed)
        and any(names_subject(unit, reading, weighed.signals) for unit in (one, other))
    ]
    if not pairs and not _wants_figures(weighed.signals):
        pairs = _named(reading, weighed, sides)
    if not pairs:
        return []
    first, last = max(pairs, key=lambda pair: worth(pair[0]) + worth(pair[1]))
    return [_draft(first, EARLIER), _draft(last, LATER)]


def _split(stretch: DateMention) -> tuple[DateMention, DateMention] | None:
    """Return the month, or of whole years the year, in which a stretch begins, and that in which it ends."""
    if stretch.first is None or stretch.last is None or stretch.within_a_month or stretch.is_a_year:
        return None
    first, last = stretch.first, stretch.last
    whole = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    begun = date(first.year, 12, 31) if whole else _last_of_month(first)
    ended = date(last.year, 1, 1) if whole else last.replace(day=1)
    if begun >= ended:
        return None
    return replace(stretch, last=begun), replace(stretch, first=ended)


def _last_of_month(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _of_papers_named(reading: Reading, units: Sequence[WeighedUnit]) -> Sequence[WeighedUnit]:
    """Return the units of minutes alone where those are named, and where reports are, those of none."""
    if (named := _PAPERS.search(reading.text)) is None:
        return units
    of_minutes = named["minutes"] is not None
    return [unit for unit in units if (unit.passage.segment.part is Part.MINUTES) is of_minutes]


def _telling(weighed: Weighed) -> list[WeighedUnit]:
    return [unit for unit in weighed.units if is_state(unit, weighed.signals)]


def _tell_one_thing(one: WeighedUnit, other: WeighedUnit, weighed: Weighed) -> bool:
    """Return whether sentences of both times tell the same: of one item they may stand further behind."""
    signals, least = (
        weighed.signals,
        weighed.units[0].score - (FAR if is_one_matter(one, other) else _FIGURES_NEAR),
    )
    if min(one.score, other.score) < least:
        return False
    if _wants_figures(signals) and not (counts(one, signals) and counts(other, signals)):
        return False
    return tells_the_same(one, other, signals)


def _named(
    reading: Reading, weighed: Weighed, sides: Sequence[Sequence[WeighedUnit]]
) -> list[tuple[WeighedUnit, WeighedUnit]]:
    """Return the best sentence of each time that names the subject, where both answer about as well."""
    naming = [[unit for unit in side if names_subject(unit, reading, weighed.signals)][:1] for side in sides]
    best = max((unit.score for side in naming for unit in side), default=weighed.units[0].score)
    if best < weighed.units[0].score - _FIGURES_NEAR:
        return []
    return [
        (one, other)
        for one, other in zip(*naming, strict=False)
        if min(one.score, other.score) >= best - _NEAR
        and one.passage.segment.council == other.passage.segment.council
    ]


def _wants_figures(signals: Signals) -> bool:
    return bool(signals.types & _COUNTED) or _OF_FIGURES.search(signals.text) is not None


def _is_of(unit: WeighedUnit, end: DateMention) -> bool:
    held_on = unit.passage.segment.held_on
    return held_on is not None and end.holds(held_on)


def names_subject(unit: WeighedUnit, reading: Reading, signals: Signals) -> bool:
    """Return whether a unit names most of the subject of a question, what asks for its change left out."""
    subject = {stem: signals.weights.get(stem, 0.0) for stem in content_stems(without_change(reading.topic))}
    named = sum(weight for stem, weight in subject.items() if stem in content_stems(unit.text))
    return named >= _OF_IT * sum(subject.values()) > 0.0


def _draft(unit: WeighedUnit, template: str) -> Draft:
    return Draft(unit.passage.document_id, unit.unit.spans, unit.score, template)
