"""What minutes say of one planning application: its reference, its site, and what the council made of it.

Community councils minute applications one under another, each by its reference, and their view below it: "No
objections". Neither sentence says of which application it is, and no vote is minuted.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from qa_service.answering.drafts import Draft
from qa_service.answering.listing import members_under
from qa_service.answering.reasons import within
from qa_service.answering.refusal import Judgement
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed, text_of
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Part
from qa_service.domain.passages import Unit
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection
from qa_service.store.minuted import minutes_holding
from qa_service.store.passages import StoredPassage, passages_between

_SURE, _UNSURE = Judgement(0.95, ""), 0.1
_SCORE = 9.0  # what minutes list under a reference is no matter of likeness
# E/37467, PL/01234, 24/00123/FUL: letters and figures with a stroke, and no date or year.
_REFERENCE = re.compile(r"(?<![\w/])(?:[A-Z]{1,4}/\d{3,6}|\d{2}/\d{4,6}(?:/[A-Z]{1,4})*)(?![\w/])")
_VIEW = re.compile(
    r"\b(?:no\s+(?:objections?|comments?|observations?)|(?:objects?|objected|objections?)\b|"
    r"supports?|supported|in\s+favour|concerns?\s+(?:about|over|regarding))",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(?:object\w*|planning\s+applications?|applications?)\b", re.IGNORECASE)
# Share of the weight of a subject that an entry must hold where no reference is named, among the best units.
_MOST, _RANKS = 0.6, 8
_PASSAGES = 40
_BEHIND = 3000  # characters
_ABOUT = frozenset(
    content_stems(
        "object objected objection objections ground grounds application applications planning council view "
        "comment comments say said think thought decide decided reason reasons"
    )
)

_Entry = list[tuple[StoredPassage, Unit]]


def said_of_application(
    reader: Connection, reading: Reading, weighed: Weighed, filters: Filters, allowed: frozenset[Access]
) -> tuple[list[Draft], Judgement] | None:
    """Return the entry of an application that a question means, with the view taken; None without one.

    Meant is what is named by its reference, or what an objection is asked after and the words tell. What no
    paper in scope names is refused.
    """
    named = _REFERENCE.search(reading.own)
    if named is None and _ASKED.search(reading.own) is None:
        return None
    if named is not None:
        passages = minutes_holding(reader, {named[0].lower()}, filters, allowed, _PASSAGES)
    else:
        units = weighed.units[:_RANKS]
        passages = [each.passage for each in units if each.passage.segment.part is Part.MINUTES]
    for passage in passages:
        for entry in _entries(_of_minute(reader, passage, allowed)):
            if _is_meant(entry, named, weighed) and any(_VIEW.search(text_of(*each)) for each in entry):
                draft = Draft(passage.document_id, _together(entry), _SCORE, standing=Standing.MINUTED)
                return [draft], _SURE
    if named is None or passages or any(named[0] in each.passage.text for each in weighed.candidates):
        return None
    return [], Judgement(_UNSURE, f"no paper{within(filters)} that is held here names {named[0]}")


def lists_applications(units: Iterable[tuple[StoredPassage, Unit]]) -> bool:
    """Return whether minutes list applications by reference: then their item ends not in nothing."""
    return any(_REFERENCE.match(text_of(*each).lstrip()) for each in units)


def _is_meant(entry: _Entry, named: re.Match[str] | None, weighed: Weighed) -> bool:
    words = " ".join(text_of(*each) for each in entry)
    if named is not None:
        return words.startswith(named[0])
    weights = weighed.signals.weights
    subject = {stem: weight for stem, weight in weights.items() if stem not in _ABOUT}
    held = sum(subject[stem] for stem in subject.keys() & content_stems(words))
    return bool(subject) and held >= _MOST * sum(subject.values())


def _of_minute(reader: Connection, passage: StoredPassage, allowed: frozenset[Access]) -> list[StoredPassage]:
    """Return a passage and those behind it of the same minute: a postcode looks like a heading."""
    around = Span(passage.span.start, passage.span.end + _BEHIND)
    segment = passage.segment
    return [
        each
        for each in passages_between(reader, passage.document_row, around, allowed)
        if (each.segment.part, each.segment.minute, each.segment.item, each.segment.held_on)
        == (segment.part, segment.minute, segment.item, segment.held_on)
    ]


def _entries(passages: Sequence[StoredPassage]) -> Iterator[_Entry]:
    """Yield what stands from one reference at the beginning of a line to before the next one."""
    entry: _Entry = []
    for passage in passages:
        for unit in passage.units:
            if _REFERENCE.match(text_of(passage, unit).lstrip()):
                if entry:
                    yield entry
                entry = [(passage, unit)]
            elif entry:
                entry.append((passage, unit))
    if entry:
        yield entry


def _together(entry: _Entry) -> tuple[Span, ...]:
    """Return the spans of an entry up to the view and the reasons under it, those of one passage as one."""
    # The first: behind the last entry of an item other matters may follow.
    last = min(at for at, each in enumerate(entry) if _VIEW.search(text_of(*each)))
    passage, unit = entry[last]
    under = members_under(passage, passage.units.index(unit))
    ends = [*(each for _, each in entry[:last]), passage.units[under[-1]] if under else unit]
    whole: dict[int, Span] = {}
    for (held, each), end in zip(entry[: last + 1], ends, strict=True):
        first = whole.get(held.row, each.spans[0])
        whole[held.row] = Span(first.start, end.end)
    return tuple(whole.values())
