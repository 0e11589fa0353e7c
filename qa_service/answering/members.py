"""Which units are members of a list, and where it ends: what stands behind it is no member.

Papers print no end of a list. What follows is numbered as the lead-in is, or begins a paragraph without a
mark; and bullets behind one that leads a list of its own are bullets of the outer one.
"""

from collections.abc import Sequence

from qa_service.answering.weighing import text_of
from qa_service.documents.markers import Marker, Style, marker_at, shape
from qa_service.domain.passages import Unit, UnitKind
from qa_service.store.passages import StoredPassage

# A line is full, and its sentence goes on in the next, from this share of the longest line's length.
_FULL = 0.85
_TWO = 2
_ITEMS = frozenset({UnitKind.LIST_ITEM, UnitKind.LEAD_IN})


def own_members(passage: StoredPassage, lead: int) -> list[int]:
    """Return the units that stand under a lead-in in its passage, in order, without what is no member.

    A second sentence of a member is one of them, and so is what is listed under a member.
    """
    units = passage.units
    below = [at for at, unit in enumerate(units) if _is_below(units, unit, lead)]
    first = mark_of(passage, below[0]) if below and units[below[0]].kind in _ITEMS else None
    own = _mark_around(passage, lead)
    if first is None or is_alike(own, first):
        return [at for at in below if units[at].lead == lead]
    kept: list[int] = []
    for place, at in enumerate(below):
        if kept and _is_behind(passage, below[place:], (own, first)):
            break
        kept.append(at)
    return without_tail(passage, kept)


def mark_of(passage: StoredPassage, index: int) -> Marker | None:
    """Return the bullet, number or letter in front of a unit; None where it has none."""
    return marker_at(text_of(passage, passage.units[index]).lstrip(" \t>"))


def is_alike(one: Marker | None, other: Marker | None) -> bool:
    """Return whether two units are marked in the same way; bullets by the same sign."""
    if one is None or other is None:
        return False
    bullets = Style.BULLET in {one.style, other.style}
    return one.printed == other.printed if bullets else shape(one) == shape(other)


def follows_in_order(mark: Marker, before: Sequence[Marker], lead: Marker | None) -> bool:
    """Return whether a mark is the next of a list with some marks, or the first of one that has none.

    `lead`: the mark of what introduces the list; what is marked like it stands beside it, not under it.
    """
    if not before:
        return not is_alike(mark, lead) and (mark.style is Style.BULLET or mark.value == 1)
    in_order = mark.style is Style.BULLET or mark.value == before[-1].value + 1
    return in_order and is_alike(mark, before[-1])


def begins_paragraph(passage: StoredPassage, index: int) -> bool:
    """Return whether a unit begins a line, and the line above ends before the page's width does."""
    before = passage.text[: passage.units[index].start - passage.span.start].rstrip(" \t\xa0")
    if not before.endswith("\n"):
        return False
    longest = max(len(line.strip()) for line in passage.text.split("\n"))
    return len(before.rstrip().split("\n")[-1].strip()) < _FULL * longest


def _mark_around(passage: StoredPassage, lead: int) -> Marker | None:
    """Return the mark of a lead-in, or of the item whose second sentence it is."""
    outer = passage.units[lead].lead
    for at in range(lead, lead - 1 if outer is None else outer, -1):
        if (mark := mark_of(passage, at)) is not None:
            return mark
    return None


def _is_below(units: Sequence[Unit], unit: Unit, lead: int) -> bool:
    """Return whether a unit stands under a lead-in, or under what does."""
    above = unit.lead
    while above is not None and above > lead:
        above = units[above].lead
    return above == lead


def _is_behind(passage: StoredPassage, rest: Sequence[int], marks: tuple[Marker | None, Marker]) -> bool:
    """Return whether a unit, the first of `rest`, stands behind a list whose first member is marked."""
    own, first = marks
    mark = mark_of(passage, rest[0])
    if mark is not None:
        numbered = first.style is Style.BULLET and mark.style is not Style.BULLET
        return is_alike(mark, own) or numbered
    begun = passage.units[rest[0]].kind is UnitKind.LEAD_IN and begins_paragraph(passage, rest[0])
    if begun and first.style is Style.BULLET:
        return True  # another list begins
    goes_on = text_of(passage, passage.units[rest[0]])[:1].islower() or _is_bare(passage, rest[0] - 1)
    if passage.units[rest[0]].kind is not UnitKind.SENTENCE or goes_on:
        return False
    return not any(is_alike(mark_of(passage, at), first) for at in rest[1:])


def _is_bare(passage: StoredPassage, index: int) -> bool:
    """Return whether a unit is a mark and nothing else: its text is the next one."""
    mark = mark_of(passage, index)
    return mark is not None and len(text_of(passage, passage.units[index]).strip()) <= mark.length


def without_tail(passage: StoredPassage, kept: list[int]) -> list[int]:
    """Return the members without a paragraph of no mark behind the last that has one.

    Where other members go on in such a paragraph, it is the last one's own.
    """
    marked = [place for place, at in enumerate(kept) if mark_of(passage, at) is not None]
    if len(marked) < _TWO:
        return kept
    inner = {*range(marked[-1])} - {*marked}
    if any(begins_paragraph(passage, kept[place]) for place in inner):
        return kept
    tail = range(marked[-1] + 1 + _is_bare(passage, kept[marked[-1]]), len(kept))
    end = next((place for place in tail if begins_paragraph(passage, kept[place])), len(kept))
    return kept[:end]
