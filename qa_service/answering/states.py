"""What tells how a thing stands, and which sentences tell the same of it at several meetings.

Only what is told as it stands counts: targets, wishes, recommendations and listings are no state of affairs.
"""

import calendar
import re

from qa_service.answering.conflicts import COUNTING
from qa_service.answering.matters import alike, title_of
from qa_service.answering.signals import Signals, content_stems
from qa_service.answering.tellings import FAR, likeness
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.documents import Part, SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.register.figures import figures_in

# Cosine of two sentences that tell one fact: under one title of one body, elsewhere, and without a figure.
_ONE_MATTER, _ELSEWHERE, _IN_WORDS = 0.45, 0.55, 0.65
# Log-odds behind the anchor at which a sentence under its title may still tell the same.
_FAR_OF_ONE_MATTER = FAR + 1.0
# Words of a subject that two sentences without a figure must share.
_SHARED = 3
# Log-odds by which a decision that only takes note stands behind the sentence that tells.
_NOTES = 2.0
_OF_MONEY = re.compile(
    r"[£€]|\b(?:(?:over|under)?sp(?:en[dt]\w*)|costs?|budgets?|prices?|charges?|fees?|deficits?|savings?|money|bill)\b|"
    r"\bhow\s+much\s+(?:is|was|are|were|will|would)\b",
    re.IGNORECASE,
)
# In a list of payments pounds are printed without their sign: "iv) Membership, Chq No 12 236.00".
_PENCE = re.compile(r"(?<![\d.,])\d[\d,]*\.\d\d\s*(?:$|\bTOTAL\b)", re.IGNORECASE)
_SIGNS = frozenset("£€")
_HOW_MANY = re.compile(r"\bhow\s+many\b", re.IGNORECASE)
_NOTED = re.compile(r"\bnot(?:e[sd]?|ing)\b", re.IGNORECASE)
_MONTHS = frozenset(content_stems(" ".join(calendar.month_name)))
# More figures stand in a table's row: one of them tells nothing.
_MOST_FIGURES = 4
# An agenda and a list of contents name what is told elsewhere.
_LISTINGS = frozenset({Part.COVER, Part.AGENDA})
_LEADERS = re.compile(
    r"(?:\.[ \t]?){4,}|\u2026{2,}|^[^.;:]{3,90}\s\d{1,3}(?:\s*[-\u2013]\s*\d{1,3})?\s*$|"
    r"\(pages?\s+[\d\s\u2013-]+\)\s*$",
    re.IGNORECASE,
)
_NO_STATE = frozenset(
    {
        SegmentKind.RECOMMENDATION,
        SegmentKind.MOTION,
        SegmentKind.COVER,
        SegmentKind.AGENDA_ITEM,
        SegmentKind.DIVIDER,
        SegmentKind.MINUTES_HEADER,
        SegmentKind.ATTENDANCE,
        SegmentKind.REPORT_HEADER,
        SegmentKind.SIGNATURE,
    }
)
_WISHED = re.compile(
    r"\b(?:target\w*|priorit\w+|aim(?:s|ed)?|should|must|at\s+(?:least|most)|propos\w+|recommend\w*|would\s+(?:save|cost|bring))\b",
    re.IGNORECASE,
)

# "It was proposed by A, seconded by B and agreed that the fee should be £40": so the fee stands then.
_SUM_AGREED = re.compile(
    r"\b(?:agreed|resolved)\s+(?:that|to)\b(?![^;]*\b(?:recommend|target|aim|consider|ask|request\s+that)\b)"
    r"[^;]*[£€]\s?\d",
    re.IGNORECASE,
)

# Who proposed what was agreed is the form of a decision, and no wish.
_FORM = re.compile(
    r"\b(?:proposed|moved)\s+by\b[^;]*?\bseconded\s+by\b[^;]*?\b(?:agreed|approved|resolved)\b", re.IGNORECASE
)


def is_state(unit: WeighedUnit, signals: Signals) -> bool:
    """Return whether a sentence tells how a thing stands, as a decision does that notes it or sets a sum."""
    kind, text = unit.passage.segment.kind, unit.text
    if unit.passage.segment.part in _LISTINGS or _LEADERS.search(text):
        return False
    sets_sum = _SUM_AGREED.search(text) is not None
    if _WISHED.search(_FORM.sub(" ", text)) and not (sets_sum or _WISHED.search(signals.text)):
        return False
    if kind is SegmentKind.RESOLUTION and not (sets_sum or _NOTED.search(text)):
        return False
    is_row = unit.unit.kind is UnitKind.ROW or len(figures_in(text)) > _MOST_FIGURES
    return kind not in _NO_STATE and not is_row


def counts(unit: WeighedUnit, signals: Signals) -> bool:
    """Return whether a unit holds a figure: of money where that is asked for, a count after "how many"."""
    counts = {figure.unit for figure in figures_in(unit.text)}
    if _HOW_MANY.search(signals.text):
        return bool(counts - {*_SIGNS, "%"})
    if _OF_MONEY.search(signals.text):
        return bool(counts & _SIGNS) or _PENCE.search(unit.text) is not None
    return bool(counts)


def worth(unit: WeighedUnit) -> float:
    """Return a unit's log-odds, a decision's less: what it only takes note of is told elsewhere."""
    return unit.score - (_NOTES if unit.passage.segment.kind is SegmentKind.RESOLUTION else 0.0)


def values(unit: WeighedUnit) -> set[float]:
    """Return the values of the figures that a unit holds."""
    return {figure.value for figure in figures_in(unit.text)}


def tells_the_same(anchor: WeighedUnit, other: WeighedUnit, signals: Signals) -> bool:
    """Return whether another unit tells what the anchor tells: a figure of one unit, or in like words."""
    one_matter = is_one_matter(anchor, other)
    if other is anchor or other.score < anchor.score - (_FAR_OF_ONE_MATTER if one_matter else FAR):
        return False
    if anchor.passage.segment.council != other.passage.segment.council:
        return False
    both = set(content_stems(anchor.text)) & set(content_stems(other.text)) - COUNTING
    shared = sum(stem.isalpha() for stem in both)
    counted, against = figures_in(anchor.text), figures_in(other.text)
    if not counted:
        return not against and shared >= _SHARED and likeness(anchor, other) >= _IN_WORDS
    mine, theirs = ({figure.unit for figure in figures} for figures in (counted, against))
    # "Had gone up to 263": what is counted stands elsewhere in the sentence.
    same_unit = "" in mine | theirs and shared >= _SHARED
    if mine & theirs - {""}:
        same_unit = shared > 0 or (one_matter and bool(_SIGNS & mine & theirs))
    # "A fall of 5.9% in households" and "a rise of 19.1% in pupils" share their sign alone.
    nouns, others = (units - {*_SIGNS, "%", ""} for units in (mine, theirs))
    only_share = mine & theirs == {"%"} and bool(nouns and others)
    if not same_unit or only_share or not counts(other, signals):
        return False
    return likeness(anchor, other) >= (_ONE_MATTER if one_matter else _ELSEWHERE)


def is_one_matter(one: WeighedUnit, other: WeighedUnit) -> bool:
    """Return whether one body was told both under one title, but for its date: "Monitoring to 31 May"."""
    same_body = one.passage.segment.body == other.passage.segment.body
    return same_body and alike(undated_title(one), undated_title(other))


def undated_title(unit: WeighedUnit) -> frozenset[str]:
    """Return the words of the title of a unit's item without those of its date."""
    title = title_of(unit.passage.segment, unit.passage.title) - _MONTHS
    return frozenset(stem for stem in title if not stem.isdigit())
