"""When, or at which meetings, a subject was dealt with: answered by the meetings' own minutes.

"When did the council last discuss devolution?" is like every sentence on devolution, and a report written for
a meeting is no discussion. What answers is an item of the minutes that names the subject in its heading, or
else in its words; the day of its meeting is the answer.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from qa_service.answering.drafts import EARLIER, LATER, ONLY_LISTED, QUOTE, Draft, stated
from qa_service.answering.quotable import is_quotable
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed, text_of
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.passages import UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.question import Reading
from qa_service.retrieval.talked_asked import TalkedAsked, Which, talked_asked, without_asking
from qa_service.store.database import Connection
from qa_service.store.documents import find_document, slice_of
from qa_service.store.findings import authority
from qa_service.store.naming import MinutedPlace, Place, agendas_naming, minutes_naming
from qa_service.store.passages import StoredPassage, fetch_passages, passages_of_minute

# Share of the subject's weight that a title, or a title and a sentence under it, must hold.
_NAMED = 0.75
# ... that a heading must hold for one sentence under it that names the rest to be no mere aside.
_IN_PART = 0.25
_MOST = 10
_SHORT = re.compile(r"\b[A-Z][A-Z0-9&]+\b")
# A sentence that a list goes on from says nothing by itself: "the motion that".
_WHOLE = re.compile(r"[.!?][\"'’”)\]]*\s*$")
_SCORE = 9.0  # what structure holds of a meeting is no matter of likeness
_NAMED_IN_HEADING = (
    "the meetings whose minutes are held here and name this in a heading, or at length, are shown"
)
_NAMED_IN_WORDS = (
    "no heading of minutes held here names this: the meetings whose minutes mention it are shown"
)
_NAMED_ON_AGENDA = "no minutes held here name this: the meetings whose agendas list it are shown"


@dataclass(frozen=True, slots=True)
class TalkedOf:
    """A draft a meeting, what to say of how they were found, and whether a heading names the subject."""

    drafts: list[Draft]
    notes: list[str]
    surely: bool


@dataclass(frozen=True, slots=True)
class _Subject:
    """The stems of a subject, with what each is worth; where it has a short form, those of either wording."""

    wordings: tuple[frozenset[str], ...]
    shorts: frozenset[str]
    weighed: Weighed

    def share(self, *texts: str) -> float:
        """Return the share of the weight that texts hold, of the wording that they hold most of."""
        weights, found = self.weighed.signals.weights, self._stems("\n".join(texts))
        return max(
            sum(weights.get(stem, 0.0) for stem in wording & found)
            / sum(weights.get(stem, 0.0) for stem in wording)
            for wording in self.wordings
        )

    def _stems(self, text: str) -> set[str]:
        """Return the stems of a text; to send a letter names no SEND."""
        found = set(content_stems(text))
        for short in self.shorts:
            if re.search(rf"\b{re.escape(short)}\b", text) is None:
                found -= set(content_stems(short))
        return found

    def needed(self) -> set[str]:
        """Return beginnings of words, one of which stands wherever enough of the subject is named."""
        weights, needed = self.weighed.signals.weights, set[str]()
        for wording in self.wordings:
            left = sum(weights.get(stem, 0.0) for stem in wording)
            least = left * (1.0 - _NAMED)
            worth = 0.0
            for stem in sorted(wording, key=lambda each: (-weights.get(each, 0.0), each)):
                if worth > least:
                    break
                worth += weights.get(stem, 0.0)
                needed.add(stem.rstrip("i"))  # "librari" is the stem of "library"
        return needed


@dataclass(frozen=True, slots=True)
class _Telling:
    """A sentence of minutes that names the subject, or that opens an item which does, and its heading."""

    place: MinutedPlace
    heading: tuple[Span, ...]
    sentence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the minutes of a meeting name the subject. `fully`: in the heading, or more than in passing."""

    meeting: Place
    document_id: str
    heading: tuple[Span, ...]
    sentence: tuple[Span, ...]
    rank: tuple[object, ...]
    titled: bool
    fully: bool


def talked_of(
    reader: Connection, reading: Reading, weighed: Weighed, filters: Filters, allowed: frozenset[Access]
) -> TalkedOf | None:
    """Return the meetings that dealt with a subject; None where they are not asked for, or none is found."""
    asked = talked_asked(reading.own)
    subject = _subject(reading, weighed) if asked is not None else None
    if asked is None or subject is None:
        return None
    found = _in_minutes(reader, subject, filters, allowed)
    fully = [each for each in found if each.fully]
    titled = [each for each in found if each.titled]
    wanted = (titled if asked.listed else fully) or fully or found
    if not wanted or (asked.listed and not titled):
        listed = _on_agendas(reader, asked, subject, filters, allowed)
        if listed is not None or not wanted:
            return listed
    shown, notes = _shown(asked, wanted, wanted if asked.listed else found)
    drafts = [_draft(reader, each, template, allowed) for each, template in shown]
    surely = any(each.titled for each in wanted)
    return TalkedOf(drafts, [_NAMED_IN_HEADING if surely else _NAMED_IN_WORDS, *notes], surely)


def _subject(reading: Reading, weighed: Weighed) -> _Subject | None:
    """Return the subject of a question; None where its words name none."""
    topic = without_asking(reading.topic)
    wordings = [topic, *(topic.replace(short, long) for short, long in reading.expanded if short in topic)]
    weights = weighed.signals.weights
    found = [frozenset(content_stems(wording)) for wording in wordings]
    kept = tuple(each for each in found if any(weights.get(stem, 0.0) > 0.0 for stem in each))
    return _Subject(kept, frozenset(_SHORT.findall(topic)), weighed) if kept else None


def _in_minutes(
    reader: Connection, subject: _Subject, filters: Filters, allowed: frozenset[Access]
) -> list[_Found]:
    """Return the best place of each meeting's minutes that names the subject, the newest meeting first."""
    places = [
        each
        for each in minutes_naming(reader, subject.needed(), filters, allowed)
        if subject.share(each.title, each.text) >= _NAMED
    ]
    passages = fetch_passages(reader, [each.passage_row for each in places], allowed)
    best: dict[Place, _Found] = {}
    for _, of_item in groupby(places, key=lambda each: (each.document_row, each.meeting, each.item)):
        whole = [each for each in of_item if each.passage_row in passages]
        found = _found(reader, subject, whole, passages, allowed)
        kept = best.get(found.meeting) if found is not None else None
        if found is not None and (kept is None or found.rank < kept.rank):
            best[found.meeting] = found
    return sorted(best.values(), key=lambda each: each.meeting.held_on, reverse=True)


def _found(
    reader: Connection,
    subject: _Subject,
    places: Sequence[MinutedPlace],
    passages: dict[int, StoredPassage],
    allowed: frozenset[Access],
) -> _Found | None:
    """Return where one item of a meeting names the subject; None where no heading or sentence does."""
    titled = [each for each in places if subject.share(each.title) >= _NAMED]
    told = _told(subject, places, passages)
    if not titled and not told:
        return None
    telling = _opening(titled, passages) if titled else told[0]
    place = telling.place
    in_part = subject.share(place.title) >= _IN_PART
    if in_part and not telling.heading:
        of_item = passages_of_minute(reader, passages[place.passage_row], allowed)
        telling = replace(telling, heading=_heading(of_item[0]))
    fully = bool(titled) or len(told) > 1 or in_part
    return _Found(
        place.meeting,
        passages[place.passage_row].document_id,
        telling.heading,
        telling.sentence,
        (not titled, not fully, authority(place.status), place.passage_row),
        titled=bool(titled),
        fully=fully,
    )


def _told(
    subject: _Subject, places: Iterable[MinutedPlace], passages: dict[int, StoredPassage]
) -> list[_Telling]:
    """Return the sentences that, with the headings above them, name the subject, each with its heading."""
    told = []
    for place in places:
        passage = passages[place.passage_row]
        for unit in passage.units:
            own = text_of(passage, unit)
            if unit.kind is UnitKind.HEADING or subject.share(own) <= 0.0:
                continue
            if subject.share(place.title, own) >= _NAMED:
                told.append(_Telling(place, _heading(passage), unit.spans))
    return told


def _opening(titled: Sequence[MinutedPlace], passages: dict[int, StoredPassage]) -> _Telling:
    """Return the heading of an item and the first whole sentence under it, as far as they are there."""
    heading = next((found for each in titled if (found := _heading(passages[each.passage_row]))), ())
    for place in titled:
        passage = passages[place.passage_row]
        for unit in passage.units:
            if unit.kind is not UnitKind.HEADING and _WHOLE.search(text_of(passage, unit)):
                return _Telling(place, heading, unit.spans)
    return _Telling(titled[0], heading, ())


def _heading(passage: StoredPassage) -> tuple[Span, ...]:
    """Return the heading with which a passage begins; empty where it begins without."""
    begins = passage.units and passage.units[0].kind is UnitKind.HEADING
    return passage.units[0].spans if begins else ()


def _shown(
    asked: TalkedAsked, wanted: Sequence[_Found], found: Sequence[_Found]
) -> tuple[list[tuple[_Found, str]], list[str]]:
    """Return the meetings asked for, each with its template, and what to say of those that are not shown.

    `wanted` and `found`: the newest first. Of each council its own last or first meeting is meant; beside it
    stands one that mentions the subject after or before.
    """
    if asked.which is Which.EACH:
        notes = []
        if len(wanted) > _MOST:
            notes.append(f"the newest {_MOST} of {len(wanted)} meetings are shown")
        if in_passing := len(found) - len(wanted):
            notes.append(f"minutes of {in_passing} more meetings mention it in passing")
        return [(each, QUOTE) for each in wanted[:_MOST]], notes
    at, template = (0, LATER) if asked.which is Which.LAST else (-1, EARLIER)
    shown: list[tuple[_Found, str]] = []
    for council in dict.fromkeys(each.meeting.council for each in wanted):
        own = [each for each in wanted if each.meeting.council == council]
        mentioned = [each for each in found if each.meeting.council == council]
        day, beyond = own[at].meeting.held_on, mentioned[at].meeting.held_on
        shown += [(each, QUOTE) for each in own if each.meeting.held_on == day]
        shown += [(each, template) for each in mentioned if each.meeting.held_on == beyond != day]
    return shown, []


def _draft(reader: Connection, found: _Found, template: str, allowed: frozenset[Access]) -> Draft:
    """Return the draft of a meeting: what it is worth is said of the sentence, and not of its heading."""
    sentence = Draft(found.document_id, found.sentence or found.heading, _SCORE, template)
    if not (found.heading and found.sentence):
        return sentence
    row = find_document(reader, found.document_id, allowed)["row"]
    between = Span(found.heading[-1].end, found.sentence[0].start)
    if not slice_of(reader, row, between).strip():
        joint = Span(found.heading[-1].start, found.sentence[0].end)
        spans = (*found.heading[:-1], joint, *found.sentence[1:])
    elif is_quotable(slice_of(reader, row, found.heading[0])):
        spans = (*found.heading, *found.sentence)
    else:
        return sentence
    return replace(sentence, spans=spans, standing=stated(reader, sentence, allowed).standing)


def _on_agendas(
    reader: Connection,
    asked: TalkedAsked,
    subject: _Subject,
    filters: Filters,
    allowed: frozenset[Access],
) -> TalkedOf | None:
    """Return the meetings whose agendas list the subject, called so where more is asked; None without any."""
    best: dict[Place, _Found] = {}
    for each in agendas_naming(reader, subject.needed(), filters, allowed):
        if subject.share(each.title) >= _NAMED:
            listed = _Found(each.meeting, each.document_id, (), (each.span,), (), titled=True, fully=True)
            best.setdefault(each.meeting, listed)
    if not best:
        return None
    newest = sorted(best.values(), key=lambda each: each.meeting.held_on, reverse=True)
    shown, notes = _shown(asked, newest, newest)
    template = QUOTE if asked.listed else ONLY_LISTED
    drafts = [_draft(reader, each, template, allowed) for each, _ in shown]
    return TalkedOf(drafts, [_NAMED_ON_AGENDA, *notes], surely=True)
