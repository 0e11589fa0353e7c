"""A list comes with all of its members, over the end of a page too; a part is not passed off for the whole.

One member alone is most like a question now and then, though what it asks for stands in the line that
introduces them all: "To whom was sympathy expressed?", "The panel expressed its sympathy to:".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from qa_service.answering.drafts import NO_RESOLUTION, QUOTE, Draft
from qa_service.answering.listing import lead_of, members_under
from qa_service.answering.members import follows_in_order, mark_of, without_tail
from qa_service.answering.request import Request
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import text_of
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.intents import Intent, asks_for_several
from qa_service.store.passages import StoredPassage, passage_at, passages_between

# Characters of a list that is quoted whole, and of one that is quoted by the first sentence of each member.
_LONGEST, _LONGEST_CUT = 1600, 2400
_CUT = "of each member of the list the first sentence is quoted: follow the citation for the rest"
_PART = "what is quoted is a part of a longer list: follow the citation for the rest"
# Characters from a passage within which its neighbour is, and neighbours that a list may reach into.
_FAR, _REACH = 1500, 3
_TWO = 2
_LISTED = frozenset({UnitKind.LIST_ITEM, UnitKind.LEAD_IN})
# Share of what is asked about that the line which introduces a list names.
_NAMED = 0.6
_ANNOUNCES = re.compile(r"\b(?:following|follows|below|these|those)\b[^.;]*:\W*$", re.IGNORECASE)
# What asks for one thing, or for none.
_OF_ONE = frozenset({Intent.NUMBER, Intent.DATE, Intent.VOTE, Intent.ACRONYM})
_ENDS = re.compile(r"[.;:?!][\"”’)*_]*\s*$")
_YES_OR_NO = re.compile(
    r"^(?:(?:and|so|but)\s+)?(?:did|do|does|is|are|was|were|has|have|had|can|could|will|would|should)\b",
    re.IGNORECASE,
)

_Place = tuple[StoredPassage, int]


def lists_whole(request: Request, drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts, those of a list that is asked for with all of it; a note says where it is cut."""
    return [_whole(request, draft) for draft in drafts]


def _whole(request: Request, draft: Draft) -> Draft:
    place = _last_place(request, draft)
    listing = None if place is None else _listing(request, place) or _behind_label(place)
    if place is None or listing is None:
        return draft
    if draft.template != QUOTE or draft.standing is not None or draft.focus is None:
        return _with_announced(request, draft, place, listing)
    alone = place[0].units[place[1]].spans == draft.spans
    if alone and not _wants_all(request, place, listing):
        return draft
    units = [span for passage, at in listing for span in passage.units[at].spans]
    if _within(units, draft.spans) or not _within(draft.spans, joined(listing)):
        return draft
    return _as_far_as_read(request, draft, listing, joined)


def _with_announced(request: Request, draft: Draft, place: _Place, listing: Sequence[_Place]) -> Draft:
    """Return a draft that something else than a ranking chose, with the list that its last words announce."""
    passage, at = place
    if draft.template not in {QUOTE, NO_RESOLUTION} or listing[0][1] != at or not _announces(place):
        return draft
    own = [(passage, span) for span in draft.spans]
    return _as_far_as_read(request, draft, listing, lambda places: _together([*own, *_spans(places[1:])]))


def _as_far_as_read(
    request: Request,
    draft: Draft,
    listing: Sequence[_Place],
    quoting: Callable[[Sequence[_Place]], tuple[Span, ...]],
) -> Draft:
    """Return a draft with a list, cut to first sentences where it is long; as it was where it is longer."""
    spans = quoting(listing)
    if _length(spans) > _LONGEST:
        spans = quoting(_first_sentences(listing))
        if _length(spans) > _LONGEST_CUT or not _overlap(spans, draft.spans):
            request.trace.notes.append(_PART)
            return draft
        request.trace.notes.append(_CUT)
    return replace(draft, spans=spans)


def _last_place(request: Request, draft: Draft) -> _Place | None:
    """Return the unit of a list with which a draft ends; None where it ends in none."""
    end = draft.spans[-1].end
    passage = passage_of(request, draft)
    if passage is None:
        return None
    at = next((at for at, unit in enumerate(passage.units) if unit.spans[-1].end == end), None)
    return None if at is None or passage.units[at].kind not in _LISTED else (passage, at)


def passage_of(request: Request, draft: Draft) -> StoredPassage | None:
    """Return the passage in which a draft's last span stands; None where none holds it."""
    rows = request.reader.query("SELECT row FROM document WHERE id = :id", {"id": draft.document_id})
    start = draft.spans[-1].start
    return passage_at(request.reader, rows[0]["row"], start, request.allowed) if rows else None


def _wants_all(request: Request, place: _Place, listing: Sequence[_Place]) -> bool:
    """Return whether a question that a unit of a list fits best asks for the whole list."""
    passage, at = place
    reading = request.reading
    if passage.units[at].kind is UnitKind.LEAD_IN:
        return (
            reading.intent not in _OF_ONE
            or _ANNOUNCES.search(text_of(passage, passage.units[at])) is not None
        )
    asked = asking_sentence(reading.own)
    if reading.intent in _OF_ONE or _YES_OR_NO.search(asked):
        return False
    if reading.intent is Intent.LIST and asks_for_several(reading.own):
        return True
    heading = f"{passage.segment.item_title or ''} {passage.segment.heading or ''}"
    listed = [_text(each) for each in listing]
    return _introduced(set(content_stems(reading.topic)), _text(place), listed, heading)


def _announces(place: _Place) -> bool:
    """Return whether a unit says that what it tells of follows."""
    return place[0].units[place[1]].kind is UnitKind.LEAD_IN and _ANNOUNCES.search(_text(place)) is not None


def _introduced(topic: set[str], own: str, listing: Sequence[str], heading: str) -> bool:
    """Return whether the line before a list names what is asked about, and one member tells no more of it.

    What the heading of both names, or most members do, need not be said again: it tells none of the members
    from the others.
    """
    introduced = topic.intersection(content_stems(listing[0]))
    members = [set(content_stems(each)) for each in listing[1:]]
    shared = {stem for stem in topic if sum(stem in each for each in members) * _TWO >= len(members)}
    named = introduced | shared | topic.intersection(content_stems(heading))
    if not introduced or len(named) < _NAMED * len(topic):
        return False
    return named.issuperset(topic.intersection(content_stems(own)))


def _listing(request: Request, place: _Place) -> list[_Place] | None:
    """Return what introduces the list of a unit and its members, in order; None where they are not two."""
    head = _head(request, place, _REACH)
    if head is None:
        return None
    passage, lead = head
    listing = [head, *((passage, at) for at in members_under(passage, lead))]
    for _ in range(_REACH):
        last, index = listing[-1]
        following = _neighbour(request, last, behind=True) if index == len(last.units) - 1 else None
        more = [] if following is None else _going_on(following, listing)
        if following is None or not more:
            break
        listing += [(following, at) for at in more]
    held = any((passage.row, at) == (place[0].row, place[1]) for passage, at in listing)
    return listing if held and len(listing) > _TWO else None


def _behind_label(place: _Place) -> list[_Place] | None:
    """Return a line that only names what stands behind it, the sentence there and what that introduces."""
    passage, at = place
    units = passage.units
    alone = units[at].kind is UnitKind.LEAD_IN and not members_under(passage, at)
    if not alone or at + 1 == len(units) or units[at + 1].kind is not UnitKind.SENTENCE:
        return None
    return [(passage, each) for each in (at, at + 1, *members_under(passage, at + 1))]


def _head(request: Request, place: _Place, reach: int) -> _Place | None:
    """Return what introduces the list of a unit, in its passage or in one before."""
    passage, index = place
    if (lead := lead_of(passage, index)) is not None:
        return passage, lead
    if not reach or not all(_is_unled(unit) for unit in passage.units[: index + 1]):
        return None
    before = _neighbour(request, passage, behind=False)
    if before is None or before.units[-1].kind not in _LISTED:
        return None
    return _head(request, (before, len(before.units) - 1), reach - 1)


def _first_sentences(listing: Sequence[_Place]) -> list[_Place]:
    """Return what introduces a list and the first sentence of each member, to its end on the next page."""
    kept = list(listing[:1])
    for each in listing[1:]:
        if mark_of(*each) is not None or not _ENDS.search(_text(kept[-1])):
            kept.append(each)
    return kept


def _going_on(passage: StoredPassage, listing: Sequence[_Place]) -> list[int]:
    """Return the units with which a passage goes on with the list of the one before, in order."""
    marks = [mark for each in listing[1:] if (mark := mark_of(*each)) is not None]
    lead, members = mark_of(*listing[0]), list[int]()
    for at, unit in enumerate(passage.units):
        mark = mark_of(passage, at)
        if not _is_unled(unit) or (mark is None and not members):
            break
        if mark is not None:
            if not follows_in_order(mark, marks, lead):
                break
            marks.append(mark)
        members.append(at)
    return without_tail(passage, members)


def _neighbour(request: Request, passage: StoredPassage, *, behind: bool) -> StoredPassage | None:
    """Return the passage right behind one, or before it, that is of the same item; else None."""
    start, end = passage.span.start, passage.span.end
    around = Span(end, end + _FAR) if behind else Span(max(0, start - _FAR), start)
    near = passages_between(request.reader, passage.document_row, around, request.allowed)
    near = [each for each in near if each.row != passage.row]
    if not near:
        return None
    other = near[0 if behind else -1]
    return other if _where(other) == _where(passage) else None


def _where(passage: StoredPassage) -> tuple[object, ...]:
    segment = passage.segment
    return segment.part, segment.held_on, segment.minute, passage.boilerplate


def _is_unled(unit: Unit) -> bool:
    return unit.kind is UnitKind.LIST_ITEM and unit.lead is None


def joined(places: Sequence[tuple[StoredPassage, int]]) -> tuple[Span, ...]:
    """Return the spans of units of passages, those that only blanks part as one."""
    return _together(_spans(places))


def _spans(places: Sequence[_Place]) -> list[tuple[StoredPassage, Span]]:
    return [(passage, span) for passage, at in places for span in passage.units[at].spans]


def _together(pieces: Sequence[tuple[StoredPassage, Span]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for passage, span in pieces:
        if spans and _adjoin(passage, spans[-1].end, span.start):
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return tuple(spans)


def _adjoin(passage: StoredPassage, end: int, start: int) -> bool:
    """Return whether only blanks lie between two offsets of a passage."""
    first = passage.span.start
    return first <= end <= start and not passage.text[end - first : start - first].strip()


def _within(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return all(any(other.contains(span) for other in others) for span in spans)


def _overlap(spans: Sequence[Span], others: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one in spans for other in others)


def _length(spans: Sequence[Span]) -> int:
    return sum(len(span) for span in spans)


def _text(place: _Place) -> str:
    passage, at = place
    return text_of(passage, passage.units[at])
