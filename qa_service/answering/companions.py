"""The sentence beside a figure that tells what it is held against: "Two years before there were 190."."""

import re

from qa_service.answering.drafts import Draft
from qa_service.answering.quotable import can_be_quoted
from qa_service.answering.weighing import Weighed, text_of
from qa_service.register.figures import figures_in
from qa_service.retrieval.over_time import OverTime, compares, over_time
from qa_service.retrieval.question import Reading

_COUNT = r"(?:an?|the|one|two|three|four|five|six|ten|twelve|\d+)"
_TIME = r"(?:day|week|month|quarter|term|season|year)s?"
# How a sentence opens that tells the other time, or the other place.
_OTHER = re.compile(
    rf"^\W*(?:[\d.]+\W+)?(?:(?:(?:in|at|for|by|over)\s+)?(?:{_COUNT}\s+)?(?:{_TIME}|spring|summer|autumn|winter)\s+"
    r"(?:before|earlier|ago|previously)\b|(?:the\s+)?(?:previous|preceding|last)\s+\w+\b|previously\b|before\s+that\b|"
    r"(?:by|in)\s+(?:comparison|contrast)\b|(?:nationally|elsewhere|regionally)\b|"
    r"(?:the\s+)?(?:figures?|averages?|rates?|shares?|numbers?|national|regional|english|comparable)\s+(?:\w+\s+)?"
    r"(?:for|in|of|was|were|is|are|average|figure|rate)\b|"
    r"(?:in|for|at|by)\s+[\w\s/]{3,24}?,?\s+(?:the|this|that|it)\s+(?:\w+\s+)?(?:was|were|stood|had)\b)",
    re.IGNORECASE,
)


def with_other_side(reading: Reading, weighed: Weighed, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts, and with a single figure what the sentence beside it holds it against.

    Only where a change or a comparison is asked for.
    """
    if len(drafts) != 1 or not (compares(reading.text) or over_time(reading.text) is OverTime.CHANGE):
        return drafts
    told = next((unit for unit in weighed.units if unit.unit.spans == drafts[0].spans), None)
    if told is None or not figures_in(told.text):
        return drafts
    passage, units = told.passage, told.passage.units
    if _OTHER.search(told.text) and told.index > 0:
        before = units[told.index - 1]
        if figures_in(text_of(passage, before)) and can_be_quoted(passage, before):
            return [Draft(drafts[0].document_id, before.spans, drafts[0].score), *drafts]
    for unit in units[told.index + 1 : told.index + 2]:
        text = text_of(passage, unit)
        if _OTHER.search(text) and figures_in(text) and can_be_quoted(passage, unit):
            return [*drafts, Draft(drafts[0].document_id, unit.spans, drafts[0].score)]
    return drafts
