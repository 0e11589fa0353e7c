"""Lists as papers print them: members under a lead-in, rows of a table, a run of commas."""

import re
from collections.abc import Sequence

from qa_service.answering.members import own_members
from qa_service.answering.tables import table_around
from qa_service.answering.weighing import WeighedUnit, text_of
from qa_service.documents.markers import GLYPHS
from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.store.passages import StoredPassage

# How far down the ranking a list is still meant: one of as many members as are asked for; one of any number,
# if of the best sentence's own item; any other.
_COUNTED, _OF_ITS_ITEM, _ANY = 20, 6, 3
_LEAST = 3
_MOST_WORDS = 12  # of one member of a run: a longer stretch between two commas is a clause of the sentence
_MEMBERS = frozenset({UnitKind.LIST_ITEM, UnitKind.CLAUSE})
# What begins a clause of the sentence and no member of a run.
_CLAUSE = re.compile(
    r"(?:that|which|who|whose|where|when|while|compared|but|as|so|if|since|after|before|because|although|though|with|between|from|by|at|on|in|under|until|for|"
    r"was|were|is|are|has|have|had|would|will|be|it|he|she|they|to)\b",
    re.IGNORECASE,
)
_RUN = re.compile(
    r"(?P<run>(?:[^,;:.()?]{2,160}[,;]\s)+)(?P<last>[^,;:.()?]{0,160}?\b(?:and|or)\s[^,;:.()?]{2,160})"
)
_MARKER = re.compile(rf"\s*(?:(?P<glyph>[-–—*o{GLYPHS}])|\(?(?:(?P<number>\d)|(?P<letter>[a-z]))[\w.]*\)?)")
# A sentence that breaks off for a list: "... the following:-".
_OPEN_END = re.compile(r":\s*[-–—]\W*$")


def listing_first(
    units: Sequence[WeighedUnit], wanted: int | None, *, several: bool
) -> tuple[WeighedUnit, ...]:
    """Return weighed units, best first, from the first that gives the list that a question asks for.

    `wanted`: of how many members; then only a list of as many will do, and more of the ranking is looked
    through. `several`: of any number. As they were where no list is asked for, or none found.
    """
    if wanted is None and not several:
        return tuple(units)
    for at, each in enumerate(units[:_COUNTED]):
        held = members_held(each)
        if held == wanted or (wanted is None and held >= _LEAST and _is_near(units, at)):
            return (each, *(after for after in units[at + 1 :] if after.score < each.score))
    return tuple(units)


def _is_near(units: Sequence[WeighedUnit], at: int) -> bool:
    """Return whether a list of any number, so far down, is still of what is asked; a decision's is not.

    Decisions are found by their matter, and standing text is of no matter.
    """
    best, unit = units[0].passage.segment, units[at].passage.segment
    if units[at].unit.kind is UnitKind.CLAUSE or units[at].passage.boilerplate:
        return at == 0
    of_its_item = (best.document_id, best.item, best.minute) == (unit.document_id, unit.item, unit.minute)
    return at < (_OF_ITS_ITEM if of_its_item else _ANY)


def members_held(weighed: WeighedUnit) -> int:
    """Return how many members the list has that a unit leads, belongs to or is; 1 where it is in none."""
    passage, unit = weighed.passage, weighed.unit
    lead = lead_of(passage, weighed.index)
    if lead is not None and unit.kind is not UnitKind.ROW:
        return len(members_under(passage, lead))
    if table_around(passage, weighed.index):
        return sum(each.kind is UnitKind.ROW for each in passage.units) or _LEAST
    return members_run(text_of(passage, unit))


def members_run(text: str) -> int:
    """Return how many members the longest run "A, B and C" of a text has; 1 where it holds none."""
    longest = 1
    for found in _RUN.finditer(" ".join(text.split())):
        inner = re.split(r"[,;]\s", found["run"].strip(" ,;"))[1:]
        before, last = re.split(r"\b(?:and|or)\s", found["last"], maxsplit=1)
        members = [member for member in (*inner, before, last) if member]
        if any(len(each.split()) > _MOST_WORDS or _CLAUSE.match(each) for each in members):
            continue
        apart = not before
        longest = max(longest, len(inner) + (2 if apart else 3))
    return longest


def lead_of(passage: StoredPassage, index: int) -> int | None:
    """Return the unit that introduces the list which a unit leads or belongs to; None where it is in none.

    A page break parts a list from what introduces it: the members right behind a lead-in are its own. Bullets
    right behind a heading are introduced by it, and so are those of a slide by its title.
    """
    units = passage.units
    if units[index].kind is UnitKind.LEAD_IN:
        return index
    if units[index].lead is not None or units[index].kind is not UnitKind.LIST_ITEM:
        return units[index].lead
    first = index
    while first > 0 and _goes_on(passage, first - 1, index):
        first -= 1
    return first - 1 if first > 0 and _introduces(passage, first - 1, index) else None


def members_under(passage: StoredPassage, lead: int) -> list[int]:
    """Return the units of the list that a unit introduces, in order."""
    units = passage.units
    own = own_members(passage, lead)
    if own or lead + 1 >= len(units) or units[lead + 1].kind is not UnitKind.LIST_ITEM:
        return own
    last = lead + 1
    while last + 1 < len(units) and _goes_on(passage, last + 1, lead + 1):
        last += 1
    return list(range(lead + 1, last + 1)) if units[lead + 1].lead is None else own


def _introduces(passage: StoredPassage, index: int, item: int) -> bool:
    """Return whether a unit stands before an item as what introduces it."""
    kind = passage.units[index].kind
    if _OPEN_END.search(text_of(passage, passage.units[index])):
        return True
    if _style(passage, item) != "glyph":
        return kind is UnitKind.LEAD_IN
    on_a_slide = passage.segment.kind is SegmentKind.SLIDE and index == 0
    return kind in {UnitKind.LEAD_IN, UnitKind.HEADING} or on_a_slide


def _goes_on(passage: StoredPassage, index: int, like: int) -> bool:
    """Return whether a unit is an item of no lead, marked in the way of another."""
    unit = passage.units[index]
    if unit.kind is not UnitKind.LIST_ITEM or unit.lead is not None:
        return False
    return _style(passage, index) == _style(passage, like) is not None


def _style(passage: StoredPassage, index: int) -> str | None:
    marker = _MARKER.match(text_of(passage, passage.units[index]))
    return marker.lastgroup if marker else None
