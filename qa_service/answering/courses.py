"""One fact told at several meetings: the newest word with what it replaced, or both ends of a change.

What counts as a telling of it is said in `states.py`.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from qa_service.answering.drafts import EARLIER, LATER, OVERTAKEN, QUOTE, Draft
from qa_service.answering.one_fact import (
    heads_it,
    of_like_words,
    of_one_fact,
    of_other_months,
    tells_of_asked,
)
from qa_service.answering.signals import AnswerType
from qa_service.answering.states import counts, is_one_matter, is_state, tells_the_same, values, worth
from qa_service.answering.tellings import FAR
from qa_service.answering.two_ends import both_ends, names_subject
from qa_service.answering.weighing import Weighed, WeighedUnit, text_of
from qa_service.register.figures import figures_in
from qa_service.retrieval.over_time import OverTime, compared_with_before, names_second_time, over_time
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import DateMention

# Log-odds by which a sentence with a figure may stand behind one without.
_FIGURES_FIRST = 3.0
_NEARLY = 1.0
# One sentence that tells a change, or both of its ends.
_GROWTH = re.compile(
    r"\b(?:increase|decrease|rise|fall|drop|rose|risen|fell|fallen|up|down|grown|grew|cut)\s+(?:of|by)\s+(?:\w+\s+)?[£\d]",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:from|against|compared|than|rose|risen|fell|fallen|increased?|decreased?|up|down|grown?|grew)\b",
    re.IGNORECASE,
)
_WAS_PLANNED = re.compile(
    r"\b(?:was|were|had\s+been)\s+(?:first\s+)?(?:to|due|planned|expected|meant|intended|hoped)\b|\bhad\s+(?:hoped|aimed|planned)\b",
    re.IGNORECASE,
)
_NOW_PLANNED = re.compile(
    r"\b(?:should|will|would|is|are|was|were)\s+now\b|\bnow\s+(?:be|due|expected|planned|to)\b|\binstead\b",
    re.IGNORECASE,
)
_SENTENCES_ON = 3
_RANKS = 60
_COUNTED = frozenset({AnswerType.MONEY, AnswerType.NUMBER})
# "Between May and July": both ends are named.
_STRETCH = re.compile(r"\b(?:and|to|until|till)\b|[-\u2013]", re.IGNORECASE)


def over_meetings(reading: Reading, weighed: Weighed, drafts: list[Draft]) -> list[Draft]:
    """Return drafts of what several meetings were told of the fact asked for; the given ones without."""
    if (revised := _revised(weighed, drafts)) is not None:
        return revised
    asks = over_time(reading.text)
    if asks is None or not drafts or (asks is OverTime.CHANGE and _is_of_one_time(reading, weighed)):
        return drafts
    if asks is OverTime.CHANGE and (ends := both_ends(reading, weighed)):
        return ends
    anchors = _anchors(weighed)
    if asks is OverTime.CHANGE:  # what neither counts nor names the subject has not changed
        anchors = [
            unit
            for unit in anchors
            if counts(unit, weighed.signals) or names_subject(unit, reading, weighed.signals)
        ]
    # "A balance of £7,176, which included the precept" tells less of it than what stands under its title.
    anchors.sort(key=lambda unit: not heads_it(unit, reading, weighed.signals))
    if told := _course(anchors, weighed, reading):
        return _newest(told, weighed) if asks is OverTime.NEWEST else _ends(told, reading)
    newest = asks is OverTime.NEWEST and anchors
    return _standing_now(anchors[0], drafts, weighed, reading) if newest else drafts


def _standing_now(
    anchor: WeighedUnit, drafts: list[Draft], weighed: Weighed, reading: Reading
) -> list[Draft]:
    """Return what tells how a thing stands where nothing is sure to be overtaken; else the given drafts.

    How it stands is asked for, not how it was to stand.
    """
    telling = tells_of_asked(anchor, reading, weighed.signals)
    near = weighed.units[0].score - (_FIGURES_FIRST if telling else _NEARLY)
    stands = is_state(weighed.units[0], weighed.signals)
    if not any(_quotes(draft, anchor) for draft in drafts) and (stands or anchor.score < near):
        return drafts
    newer = _newer_alike(anchor, weighed, reading)
    if newer is not None:
        return [_draft(newer)]
    return drafts if stands else [_draft(anchor)]


def _quotes(draft: Draft, unit: WeighedUnit) -> bool:
    return draft.overlaps(_draft(unit))


def _newer_alike(anchor: WeighedUnit, weighed: Weighed, reading: Reading) -> WeighedUnit | None:
    """Return the newest unit of an anchor's form and words; None without a newer.

    It is not said to overtake the other: whether both tell one fact is not sure, only which is newer.
    """
    alike = [
        each
        for each in weighed.units[:_RANKS]
        if is_state(each, weighed.signals) and tells_the_same(anchor, each, weighed.signals)
    ]
    like = of_like_words(anchor, alike, reading, weighed.signals)
    newest = max(like, key=_day, default=None)
    return newest if newest is not None and _day(newest) > _day(anchor) else None


def _revised(weighed: Weighed, drafts: Sequence[Draft]) -> list[Draft] | None:
    """Return a plan that is quoted alone, behind what the same paper puts in its place; None where it stands.

    "It was to open in May. The builder has left. It should now open in July."
    """
    best = weighed.units[0] if weighed.units else None
    if (
        best is None
        or len(drafts) != 1
        or best.unit.spans != drafts[0].spans
        or not _WAS_PLANNED.search(best.text)
    ):
        return None
    for unit in best.passage.units[best.index + 1 : best.index + 1 + _SENTENCES_ON]:
        if _NOW_PLANNED.search(text_of(best.passage, unit)):
            return [Draft(best.passage.document_id, unit.spans, best.score), _draft(best, OVERTAKEN)]
    return None


def _anchors(weighed: Weighed) -> list[WeighedUnit]:
    """Return the units, best first, that tell how a thing stands, and those nearly as good.

    One that holds a figure of what is counted comes before one that holds none.
    """
    states = [
        unit
        for unit in weighed.units[:_RANKS]
        if unit.score >= weighed.units[0].score - FAR and is_state(unit, weighed.signals)
    ]
    counting = [unit for unit in states if counts(unit, weighed.signals)]
    near = [unit for unit in counting if unit.score >= states[0].score - _FIGURES_FIRST]
    found = near or (counting if weighed.signals.types & _COUNTED else states)
    return [unit for unit in found if unit.score >= found[0].score - _NEARLY]


def _is_of_one_time(reading: Reading, weighed: Weighed) -> bool:
    """Return whether a change is told by one sentence, or within one month or year: "go up in 2022"."""
    best = weighed.units[0].text if weighed.units else ""
    figures = figures_in(best)
    told = {figure.value for figure in figures}
    units = {figure.unit for figure in figures}
    # "A fall of 22%" alone names neither end.
    grown = _GROWTH.search(best) and len({each.value for each in figures if each.unit != "%"}) > 1
    if told and (grown or (len(units) < len(told) and _COMPARES.search(best))):
        return True
    return len(reading.mentions) == 1 and not (
        reading.mentions[0].is_open
        or _is_stretch(reading, reading.mentions[0])
        or names_second_time(reading.text)
    )


def _is_stretch(reading: Reading, mention: DateMention) -> bool:
    return _STRETCH.search(reading.text[mention.start : mention.end]) is not None


def _told(anchor: WeighedUnit, weighed: Weighed, reading: Reading) -> list[WeighedUnit]:
    """Return, of each meeting, the unit that best tells what the anchor tells, the oldest first.

    None but the anchor where it does not tell of what is asked: nothing may be said to overtake it.

    What one body was told under one title, meeting after meeting, stands before what is like it elsewhere.
    """
    same = [
        each
        for each in weighed.units[:_RANKS]
        if is_state(each, weighed.signals) and tells_the_same(anchor, each, weighed.signals)
    ]
    same = of_one_fact(anchor, same, reading, weighed.signals)
    headed = heads_it(anchor, reading, weighed.signals)
    under_one_title = [
        each
        for each in same
        if is_one_matter(anchor, each) or (headed and heads_it(each, reading, weighed.signals))
    ]
    days = {_day(each) for each in under_one_title} - {_day(anchor)}
    by_day: defaultdict[date, list[WeighedUnit]] = defaultdict(list)
    for unit in (anchor, *(under_one_title if days else same)):
        if unit.passage.segment.held_on is not None:
            by_day[unit.passage.segment.held_on].append(unit)
    told: list[WeighedUnit] = []
    for day in sorted(by_day):
        # "In October it was 6.2 million", said in January, is no word of January's.
        new = [unit for unit in by_day[day] if not told or values(unit) - values(told[-1])]
        told.append(max(new or by_day[day], key=worth))
    return told


def _course(anchors: Sequence[WeighedUnit], weighed: Weighed, reading: Reading) -> list[WeighedUnit]:
    """Return what several meetings were told, as the first anchor tells it that others tell; else nothing.

    Of anchors whose title does not name the subject, one whose course was told one body under one title goes
    first: what is like it elsewhere may be another thing.
    """
    courses = [(anchor, told) for anchor in anchors if len(told := _told(anchor, weighed, reading)) > 1]
    for anchor, told in courses:
        one = all(is_one_matter(anchor, each) for each in told)
        if one or heads_it(anchor, reading, weighed.signals):
            return told
    return courses[0][1] if courses else []


def _newest(told: Sequence[WeighedUnit], weighed: Weighed) -> list[Draft]:
    """Return the newest, what it replaced, and what the question itself names, each marked."""
    last = told[-1]
    earlier = [
        unit
        for unit in told[:-1]
        if (not values(unit) or values(unit) - values(last)) and not of_other_months(last, unit)
    ]
    named = [unit for unit in earlier[:-1] if _names_figure_of(weighed.signals.numbers, unit)]
    return [_draft(last), *(_draft(unit, OVERTAKEN) for unit in (*earlier[-1:], *reversed(named)))]


def _names_figure_of(numbers: Iterable[str], unit: WeighedUnit) -> bool:
    return any(re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d|[.,]\d)", unit.text) for number in numbers)


def _ends(told: Sequence[WeighedUnit], reading: Reading) -> list[Draft]:
    """Return what was told at both ends of the stretch asked for, in order; without one, first and last.

    "More in May than the autumn before": what was told in May, and the last time before.
    """
    first, last = told[0], told[-1]
    than = compared_with_before(reading.text)
    if reading.mentions:
        begun, *_, ended = sorted((*reading.mentions, reading.mentions[-1]), key=lambda each: str(each.first))
        until = [unit for unit in told if ended.last is None or _day(unit) <= ended.last]
        if than is not None and len(reading.mentions) == 1 and begun.end <= than:
            first, last = (until or told)[-2:][0], (until or told)[-1]
        else:
            first = next((unit for unit in told if begun.first is None or _day(unit) >= begun.first), first)
            if len(reading.mentions) > 1 or _is_stretch(reading, begun):
                last = until[-1] if until else last
    if _day(first) >= _day(last):
        return [_draft(last)]
    return [_draft(first, EARLIER), _draft(last, LATER)]


def _day(unit: WeighedUnit) -> date:
    """Return the day of the meeting that was told; the first of all days where none is known."""
    return unit.passage.segment.held_on or date.min


def _draft(unit: WeighedUnit, template: str = QUOTE) -> Draft:
    return Draft(unit.passage.document_id, unit.unit.spans, unit.score, template)
