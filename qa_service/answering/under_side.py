"""Names listed under the side that they took come with the side's name: without it they tell no vote."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.drafts import QUOTE, Draft
from qa_service.answering.request import Request
from qa_service.answering.votes import TITLES, persons_named, side_named
from qa_service.answering.weighing import text_of
from qa_service.answering.whole_lists import joined, passage_of
from qa_service.documents.votes import sides_in
from qa_service.domain.passages import UnitKind
from qa_service.store.passages import StoredPassage

_NAMES = re.compile(rf"\W*(?:{'|'.join(TITLES)}|Councillors|Cllrs|Cmhlr|Mayor)\b")
# "The plan for the bridge" asks for no side.
_IN_FAVOUR = re.compile(
    r"\b(?:vot(?:e[ds]?|ing)|were|was|those|who)\s+for\b|\bin\s+favour\b|\bsupport\w*|\bback(?:ed|ing)?\b",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\W*\d{1,3}\W*")

_Side = tuple[str, list[int]]


def told_with_side(request: Request, draft: Draft) -> Draft:
    """Return a draft of names that stand under a side with the side's name and what was put to the vote.

    Where the question asks for another side, and names nobody, with those of that side; where it asks for
    none, with all sides. As it was where it tells anything else.
    """
    if draft.template != QUOTE or draft.standing is not None or len(draft.spans) > 1:
        return draft
    passage = passage_of(request, draft)
    if passage is None:
        return draft
    units, sides = passage.units, _sides(passage)
    own = next((each for each in sides if any(units[at].spans == draft.spans for at in each[1])), None)
    if own is None:
        return draft
    lead = units[own[1][0]].lead
    told = _told(request.reading.text, own, [each for each in sides if units[each[1][0]].lead == lead])
    leads = [] if lead is None or units[lead].kind is not UnitKind.LEAD_IN else [lead]
    spans = joined([(passage, at) for at in (*leads, *told)])
    return replace(draft, spans=spans, focus=draft.focus if set(own[1]) <= set(told) else None)


def _told(asked: str, own: _Side, beside: Sequence[_Side]) -> list[int]:
    """Return the units of the sides of one vote that a question asks for; those of its own where it must."""
    if persons_named(asked):
        return own[1]
    side = side_named(asked)
    if side is None or (side == "for" and not _IN_FAVOUR.search(asked)):
        return [at for _, units in beside for at in units]
    return next((units for named, units in (own, *beside) if named == side), own[1])


def _sides(passage: StoredPassage) -> list[_Side]:
    """Return each side of a vote that a passage prints, with the units of its name and of its members."""
    found: list[_Side] = []
    for side, start, end in sides_in(passage.text):
        within = [
            at for at, unit in enumerate(passage.units) if start <= unit.start - passage.span.start < end
        ]
        texts = [text_of(passage, passage.units[at]) for at in within]
        more = next((at for at, text in enumerate(texts[1:]) if not _is_of_names(text)), len(texts[1:]))
        if side is not None and within and (more or _NAMES.search(texts[0].split("\n", 1)[-1])):
            found.append((side, within[: 1 + more]))
    return found


def _is_of_names(text: str) -> bool:
    return _NAMES.match(text) is not None or _COUNT.fullmatch(text) is not None
