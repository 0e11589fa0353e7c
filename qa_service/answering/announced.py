"""An agenda's entry announces a matter and tells nothing of it.

"To consider the vacancy on the board" is more like "Who got the seat on the board?" than any sentence that
answers, and so are an entry's title and its pages.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.drafts import ONLY_LISTED, QUOTE, Draft
from qa_service.answering.weighing import WeighedUnit
from qa_service.domain.documents import Part, SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.key_words import are_key_words

_ANNOUNCES = re.compile(
    r"""^\W*(?:(?:item\s+)?\d{1,2}\W+)?
    to\s+(?:consider|discuss|receive|hear|read|note|deal\ with|fill|elect|appoint|approve|adopt|confirm)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# What an agenda does tell: what a meeting was to do, and in what order.
_OF_THE_AGENDA = re.compile(
    r"""\b(?:agendas?|items?|business|pages?|papers?|discuss\w*|consider\w*|debat\w*|called|convened|invited|
    going\ to|due\ to|coming\ up|come\ up|present(?:ation|ed|s|ing)?|receiv\w*|reports?\ from|speak\w*|
    talks?|deputations?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Log-odds below the announcement at which a sentence is still about what is asked: in three such answers on
# real papers the first sentence that told more lay .2, 1.7 and 1.9 below.
_STILL_OF_IT = 2.0
# The same for key words: a heading that is made of them is far more like them than any sentence.
_STILL_NAMED = 5.0
# By the kind of unit: a list's items seldom end in a stop, but few words of them are a title on a slide.
_MOST_IN_HEADING = {UnitKind.HEADING: 15, UnitKind.SENTENCE: 15, UnitKind.LIST_ITEM: 6, UnitKind.LEAD_IN: 10}
_STOPS = frozenset('.;!?:)”"’')


def telling_more(units: Sequence[WeighedUnit], asked: str) -> tuple[WeighedUnit, ...]:
    """Return weighed units, best first, without what only announces a matter, unless that is asked for.

    All of them where the best one tells something, or where nothing near it tells more. Key words are most
    like a heading, which tells nothing either.
    """
    bare = are_key_words(asked)
    tells_nothing, near = (_announces_or_heads, _STILL_NAMED) if bare else (_announces, _STILL_OF_IT)
    if not units or not tells_nothing(units[0]) or _OF_THE_AGENDA.search(asked):
        return tuple(units)
    telling = tuple(each for each in units if not tells_nothing(each))
    return telling if telling and telling[0].score >= units[0].score - near else tuple(units)


def called_listed(drafts: Sequence[Draft], units: Sequence[WeighedUnit], intent: Intent) -> list[Draft]:
    """Return the drafts, the first called an agenda's entry where a decision is asked for.

    `units` are those that the drafts were chosen from, best first.
    """
    listed = intent is Intent.RESOLUTION and units and drafts and _announces(units[0])
    if not listed or drafts[0].template != QUOTE or drafts[0].spans != units[0].unit.spans:
        return list(drafts)
    return [replace(drafts[0], template=ONLY_LISTED), *drafts[1:]]


def _announces_or_heads(unit: WeighedUnit) -> bool:
    """Return whether a unit is an agenda's entry, or a few words of prose without a stop, as headings are."""
    text = unit.text.strip(" \n*_#|")
    few = len(text.split()) <= _MOST_IN_HEADING.get(unit.unit.kind, 0)
    return _announces(unit) or (few and text[-1:] not in _STOPS)


def _announces(unit: WeighedUnit) -> bool:
    segment = unit.passage.segment
    if segment.kind is SegmentKind.AGENDA_ITEM:
        return True
    listed = segment.part in {Part.AGENDA, Part.COVER}
    return listed and _ANNOUNCES.match(" ".join(unit.text.split())) is not None
