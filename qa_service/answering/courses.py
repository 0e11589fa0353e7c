"""One fact told at several meetings: the newest word with what it replaced, or both ends of a change.

Only what is told as it stands counts: a target, a wish and a recommendation are no state of affairs.
"""

import calendar
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from qa_service.answering.conflicts import COUNTING
from qa_service.answering.drafts import EARLIER, LATER, OVERTAKEN, QUOTE, Draft
from qa_service.answering.matters import alike, title_of
from qa_service.answering.signals import AnswerType, Signals, content_stems
from qa_service.answering.tellings import FAR, likeness
from qa_service.answering.weighing import Weighed, WeighedUnit, text_of
from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.register.figures import figures_in
from qa_service.retrieval.over_time import OverTime, names_second_time, over_time
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import DateMention

# Cosine of two sentences that tell one fact: under one title of one body, elsewhere, and without a figure.
_ONE_MATTER, _ELSEWHERE, _IN_WORDS = 0.45, 0.55, 0.65
# Words of a subject that two sentences without a figure must share.
_SHARED = 3
# Log-odds by which a decision that only takes note stands behind the sentence that tells.
_NOTES = 2.0
# ... by which a sentence with a figure may stand behind one without.
_FIGURES_FIRST = 3.0
_NEARLY = 1.0
_OF_MONEY = re.compile(
    r"£|\b(?:(?:over|under)?sp(?:en[dt]\w*)|costs?|budgets?|prices?|charges?|fees?|deficits?|savings?|money|bill)\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(r"\bhow\s+many\b", re.IGNORECASE)
_NOTED = re.compile(r"\bnot(?:e[sd]?|ing)\b", re.IGNORECASE)
# One sentence that tells a change, or both of its ends.
_GROWTH = re.compile(
    r"\b(?:increase|decrease|rise|fall|drop|rose|risen|fell|fallen|up|down|grown|grew|cut)\s+(?:of|by)\s+(?:\w+\s+)?[£\d]",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:from|against|compared|than|rose|risen|fell|fallen|increased?|decreased?|up|down|grown?|grew)\b",
    re.IGNORECASE,
)
_MONTHS = frozenset(content_stems(" ".join(calendar.month_name)))
_WAS_PLANNED = re.compile(
    r"\b(?:was|were|had\s+been)\s+(?:first\s+)?(?:to|due|planned|expected|meant|intended|hoped)\b|\bhad\s+(?:hoped|aimed|planned)\b",
    re.IGNORECASE,
)
_NOW_PLANNED = re.compile(
    r"\b(?:should|will|would|is|are|was|were)\s+now\b|\bnow\s+(?:be|due|expected|planned|to)\b|\binstead\b",
    re.IGNORECASE,
)
_SENTENCES_ON = 3
# More figures stand in a table's row: one of them tells nothing.
_MOST_FIGURES = 4
_RANKS = 60
_NO_STATE = frozenset({SegmentKind.RECOMMENDATION, SegmentKind.MOTION})
_COUNTED = frozenset({AnswerType.MONEY, AnswerType.NUMBER})
# "Between May and July": both ends are named.
_STRETCH = re.compile(r"\b(?:and|to|until|till)\b|[-\u2013]", re.IGNORECASE)
_WISHED = re.compile(
    r"\b(?:target\w*|priorit\w+|aim(?:s|ed)?|should|must|at\s+(?:least|most)|propos\w+|recommend\w*|would\s+(?:save|cost|bring))\b",
    re.IGNORECASE,
)


def over_meetings(reading: Reading, weighed: Weighed, drafts: list[Draft]) -> list[Draft]:
    """Return drafts of what several meetings were told of the fact asked for; the given ones without."""
    if (revised := _revised(weighed, drafts)) is not None:
        return revised
    asks = over_time(reading.text)
    if asks is None or not drafts or (asks is OverTime.CHANGE and _is_of_one_time(reading, weighed)):
        return drafts
    anchors = _anchors(weighed)
    for anchor in anchors:
        told = _told(anchor, weighed)
        if len(told) > 1:
            return _newest(told, weighed) if asks is OverTime.NEWEST else _ends(told, reading)
    # How a thing stands is asked for, not how it was to stand.
    wished = asks is OverTime.NEWEST and anchors and not is_state(weighed.units[0], weighed.signals)
    return [_draft(anchors[0])] if wished and anchors[0].score >= weighed.units[0].score - _NEARLY else drafts


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
    counting = [unit for unit in states if _counts(unit, weighed.signals)]
    near = [unit for unit in counting if unit.score >= states[0].score - _FIGURES_FIRST]
    found = near or (counting if weighed.signals.types & _COUNTED else states)
    return [unit for unit in found if unit.score >= found[0].score - _NEARLY]


def _counts(unit: WeighedUnit, signals: Signals) -> bool:
    """Return whether a unit holds a figure: of money where that is asked for, a count after "how many"."""
    counts = {figure.unit for figure in figures_in(unit.text)}
    if _HOW_MANY.search(signals.text):
        return bool(counts - {"£", "%"})
    return "£" in counts if _OF_MONEY.search(signals.text) else bool(counts)


def _is_of_one_time(reading: Reading, weighed: Weighed) -> bool:
    """Return whether a change is told by one sentence, or within one month or year: "go up in 2022"."""
    best = weighed.units[0].text if weighed.units else ""
    values = {figure.value for figure in figures_in(best)}
    units = {figure.unit for figure in figures_in(best)}
    if values and (_GROWTH.search(best) or (len(units) < len(values) and _COMPARES.search(best))):
        return True
    return len(reading.mentions) == 1 and not (
        reading.mentions[0].is_open
        or _is_stretch(reading, reading.mentions[0])
        or names_second_time(reading.text)
    )


def _is_stretch(reading: Reading, mention: DateMention) -> bool:
    return _STRETCH.search(reading.text[mention.start : mention.end]) is not None


def is_state(unit: WeighedUnit, signals: Signals) -> bool:
    """Return whether a sentence tells how a thing stands; a decision does where it takes note of that."""
    kind, text = unit.passage.segment.kind, unit.text
    if _WISHED.search(text) and not _WISHED.search(signals.text):
        return False
    if kind is SegmentKind.RESOLUTION and not _NOTED.search(text):
        return False
    is_row = unit.unit.kind is UnitKind.ROW or len(figures_in(text)) > _MOST_FIGURES
    return kind not in _NO_STATE and not is_row


def _told(anchor: WeighedUnit, weighed: Weighed) -> list[WeighedUnit]:
    """Return, of each meeting, the unit that best tells what the anchor tells, the oldest first.

    What one body was told under one title, meeting after meeting, stands before what is like it elsewhere.
    """
    same = [
        each
        for each in weighed.units[:_RANKS]
        if is_state(each, weighed.signals) and _tells_the_same(anchor, each, weighed.signals)
    ]
    under_one_title = [each for each in same if _is_one_matter(anchor, each)]
    days = {_day(each) for each in under_one_title} - {_day(anchor)}
    by_day: defaultdict[date, list[WeighedUnit]] = defaultdict(list)
    for unit in (anchor, *(under_one_title if days else same)):
        if unit.passage.segment.held_on is not None:
            by_day[unit.passage.segment.held_on].append(unit)
    told: list[WeighedUnit] = []
    for day in sorted(by_day):
        # "In October it was 6.2 million", said in January, is no word of January's.
        new = [unit for unit in by_day[day] if not told or _values(unit) - _values(told[-1])]
        told.append(max(new or by_day[day], key=worth))
    return told


def _values(unit: WeighedUnit) -> set[float]:
    return {figure.value for figure in figures_in(unit.text)}


def worth(unit: WeighedUnit) -> float:
    """Return a unit's log-odds, a decision's less: what it only takes note of is told elsewhere."""
    return unit.score - (_NOTES if unit.passage.segment.kind is SegmentKind.RESOLUTION else 0.0)


def _tells_the_same(anchor: WeighedUnit, other: WeighedUnit, signals: Signals) -> bool:
    if other is anchor or other.score < anchor.score - FAR:
        return False
    if anchor.passage.segment.council != other.passage.segment.council:
        return False
    both = set(content_stems(anchor.text)) & set(content_stems(other.text)) - COUNTING
    shared = sum(stem.isalpha() for stem in both)
    counted, against = figures_in(anchor.text), figures_in(other.text)
    if not counted:
        return not against and shared >= _SHARED and likeness(anchor, other) >= _IN_WORDS
    mine, theirs = ({figure.unit for figure in figures} for figures in (counted, against))
    one_matter = _is_one_matter(anchor, other)
    # "Had gone up to 263": what is counted stands elsewhere in the sentence.
    same_unit = "" in mine | theirs and shared >= _SHARED
    if mine & theirs - {""}:
        same_unit = shared > 0 or (one_matter and "£" in mine & theirs)
    if not same_unit or not _counts(other, signals):
        return False
    return likeness(anchor, other) >= (_ONE_MATTER if one_matter else _ELSEWHERE)


def _is_one_matter(one: WeighedUnit, other: WeighedUnit) -> bool:
    """Return whether one body was told both under one title, but for its date: "Monitoring to 31 May"."""
    same_body = one.passage.segment.body == other.passage.segment.body
    return same_body and alike(undated_title(one), undated_title(other))


def undated_title(unit: WeighedUnit) -> frozenset[str]:
    """Return the words of the title of a unit's item without those of its date."""
    title = title_of(unit.passage.segment, unit.passage.title) - _MONTHS
    return frozenset(stem for stem in title if not stem.isdigit())


def _newest(told: Sequence[WeighedUnit], weighed: Weighed) -> list[Draft]:
    """Return the newest, what it replaced, and what the question itself names, each marked."""
    last = told[-1]
    earlier = [unit for unit in told[:-1] if not _values(unit) or _values(unit) - _values(last)]
    named = [unit for unit in earlier[:-1] if _names_figure_of(weighed.signals.numbers, unit)]
    return [_draft(last), *(_draft(unit, OVERTAKEN) for unit in (*earlier[-1:], *reversed(named)))]


def _names_figure_of(numbers: Iterable[str], unit: WeighedUnit) -> bool:
    return any(re.search(rf"(?<![\d.,]){re.escape(number)}(?!\d|[.,]\d)", unit.text) for number in numbers)


def _ends(told: Sequence[WeighedUnit], reading: Reading) -> list[Draft]:
    """Return what was told at both ends of the stretch asked for, in order; without one, first and last."""
    first, last = told[0], told[-1]
    if reading.mentions:
        begun, ended = reading.mentions[0], reading.mentions[-1]
        first = next((unit for unit in told if begun.first is None or _day(unit) >= begun.first), first)
        if len(reading.mentions) > 1 or _is_stretch(reading, begun):
            until = (unit for unit in reversed(told) if ended.last is None or _day(unit) <= ended.last)
            last = next(until, last)
    if _day(first) >= _day(last):
        return [_draft(last)]
    return [_draft(first, EARLIER), _draft(last, LATER)]


def _day(unit: WeighedUnit) -> date:
    """Return the day of the meeting that was told; the first of all days where none is known."""
    return unit.passage.segment.held_on or date.min


def _draft(unit: WeighedUnit, template: str = QUOTE) -> Draft:
    return Draft(unit.passage.document_id, unit.unit.spans, unit.score, template)
