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
from qa_service.answering.meetings_meant import scope_of
from qa_service.answering.quotable import is_quotable
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.retrieval.question import Reading
from qa_service.retrieval.talked_asked import TalkedAsked, Which, talked_asked, without_asking
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import authority
from qa_service.store.lexical_index import query_words
from qa_service.store.naming import ListedPlace, MinutedPlace, Place, agendas_naming, minutes_naming
from qa_service.store.passages import passage_at, passages_of_minute

# Share of the subject's weight that a title, or a title and a sentence under it, must hold.
_NAMED = 0.75
_OF_WORDS = 0.66  # ... of its words
# ... that a heading must hold for one sentence under it that names the rest to be no mere aside.
_IN_PART = 0.25
# ... that a heading and a sentence under it must each hold to name it together.
_OF_ITSELF = 0.4
_NEAR = 12  # words of a sentence that name one thing
_MOST = 10
_LINES = 3  # sentences and clauses that may make one sentence
_SHORTEST = 3  # letters of a stem
_SHORT = re.compile(r"\b[A-Z][A-Z0-9&]+\b")
# A sentence that a list goes on from says nothing by itself: "the motion that".
_WHOLE = re.compile(r"[.!?][\"'’”)\]]*\s*$")
_SCORE = 9.0  # what structure holds of a meeting is no matter of likeness
_IN_HEADINGS = "the meetings whose minutes are held here and name this in a heading are shown"
_IN_WORDS = "no heading of minutes held here names this: the meetings whose minutes mention it are shown"
_IN_EITHER = "the meetings whose minutes are held here and name this, in a heading or a sentence, are shown"
_ON_AGENDA = "no minutes held here name this in a heading: the meetings whose agendas list it are shown"


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
    begins: tuple[str, ...]
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

    def named(self, *texts: str) -> bool:
        """Return whether texts hold enough of the weight, and no rare word alone: of two words both."""
        found = self._stems("\n".join(texts))
        most = max(len(wording & found) / len(wording) for wording in self.wordings)
        return most >= _OF_WORDS and self.share(*texts) >= _NAMED

    def nearest(self, text: str) -> str | None:
        """Return the few words on end that hold most of the weight; None where the text holds none."""
        words = text.split()
        begins = [at for at, word in enumerate(words) if self._stems(word)]
        near = (" ".join(words[at : at + _NEAR]) for at in begins)
        return max(near, key=self.share, default=None)

    def _stems(self, text: str) -> set[str]:
        """Return the stems of the subject that a text holds; to send a letter names no SEND."""
        low = text.lower()
        if not any(begin in low for begin in self.begins):
            return set()
        words = " ".join(word for word in query_words(text) if word.startswith(self.begins))
        found = set().union(*self.wordings).intersection(content_stems(words)) if words else set[str]()
        for short in self.shorts if found else ():
            if re.search(rf"\b{re.escape(short)}\b", text) is None:
                found = found - set(content_stems(short))
        return set(found)

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
                needed.add(_beginning(stem))
        return needed


@dataclass(frozen=True, slots=True)
class _Telling:
    """A sentence of minutes that names the subject, or that opens an item which does, and its heading."""

    place: MinutedPlace
    heading: tuple[Span, ...]
    sentence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the minutes of a meeting name the subject. `in_part`: if the heading names some of it."""

    telling: _Telling
    rank: tuple[object, ...]
    titled: bool
    in_part: bool

    @property
    def meeting(self) -> Place:
        """The meeting whose minutes they are; only for minutes that bear a date."""
        assert self.telling.place.meeting is not None
        return self.telling.place.meeting


def _beginning(stem: str) -> str:
    """Return what all words of a stem begin with: "librari" is that of "library", "hope" of "hoping"."""
    return stem[:-1] if len(stem) > _SHORTEST and stem[-1] in "ie" else stem


def talked_of(
    reader: Connection, reading: Reading, weighed: Weighed, allowed: frozenset[Access]
) -> TalkedOf | None:
    """Return the meetings that dealt with a subject; None where they are not asked for, or none is found."""
    asked = talked_asked(reading.own)
    if asked is None:
        return None
    scope = scope_of(reading)
    if scope is None:
        return None
    told = (_dealt_with(reader, asked, each, scope, allowed) for each in _subjects(reading, weighed))
    return next((each for each in told if each is not None), None)


def _dealt_with(
    reader: Connection,
    asked: TalkedAsked,
    subject: _Subject,
    filters: Filters,
    allowed: frozenset[Access],
) -> TalkedOf | None:
    """Return the meetings whose minutes, or else agendas, name the subject; None without any."""
    found, undated = _in_minutes(reader, subject, filters, allowed)
    titled = [each for each in found if each.titled]
    wanted = titled or found
    if not wanted or (asked.listed and not titled):
        listed = _on_agendas(reader, asked, subject, filters, allowed)
        if listed is not None or not wanted:
            return listed and replace(listed, notes=[*listed.notes, *undated])
    shown, notes = _shown(asked, wanted, wanted if asked.listed else found)
    drafts = [_draft(reader, subject, each, template, allowed) for each, template in shown]
    how = {each.titled for each, _ in shown}
    note = _IN_EITHER if len(how) > 1 else _IN_HEADINGS if how == {True} else _IN_WORDS
    return TalkedOf(drafts, [note, *notes, *undated], surely=bool(titled))


def _subjects(reading: Reading, weighed: Weighed) -> list[_Subject]:
    """Return the subject of a question and, of one that goes on from another, what it names itself."""
    whole = without_asking(reading.topic)
    own = " ".join(word for word in whole.split() if word in reading.own)
    found = (_subject(topic, reading, weighed) for topic in dict.fromkeys((whole, own)))
    return [each for each in found if each is not None]


def _subject(topic: str, reading: Reading, weighed: Weighed) -> _Subject | None:
    wordings = [topic, *(topic.replace(short, long) for short, long in reading.expanded if short in topic)]
    weights = weighed.signals.weights
    found = [frozenset(content_stems(wording)) for wording in wordings]
    kept = tuple(each for each in found if any(weights.get(stem, 0.0) > 0.0 for stem in each))
    if not kept:
        return None
    begins = tuple({_beginning(stem) for wording in kept for stem in wording})
    return _Subject(kept, begins, frozenset(_SHORT.findall(topic)), weighed)


def _in_minutes(
    reader: Connection, subject: _Subject, filters: Filters, allowed: frozenset[Access]
) -> tuple[list[_Found], list[str]]:
    """Return the best place of each meeting's minutes that names the subject, the newest meeting first.

    With it what is to be said of minutes that name it and bear no date: no day of theirs is ever guessed.
    """
    places = [
        each
        for each in minutes_naming(reader, subject.needed(), filters, allowed)
        if subject.named(each.title, each.text)
    ]
    best: dict[Place, _Found] = {}
    undated: set[int] = set()
    for _, of_item in groupby(places, key=lambda each: (each.document_row, each.meeting, each.item)):
        found = _found(subject, list(of_item))
        if found is None:
            continue
        if found.telling.place.meeting is None:
            undated.add(found.telling.place.document_row)
        elif (kept := best.get(found.meeting)) is None or found.rank < kept.rank:
            best[found.meeting] = found
    newest = sorted(best.values(), key=lambda each: each.meeting.held_on, reverse=True)
    return newest, [_without_date(len(undated))] if undated else []


def _without_date(papers: int) -> str:
    if papers == 1:
        return "one paper of minutes that names this too bears no date and is not shown"
    return f"{papers} papers of minutes that name this too bear no date and are not shown"


def _found(subject: _Subject, places: Sequence[MinutedPlace]) -> _Found | None:
    """Return where one item of a meeting names the subject; None where no heading or sentence does."""
    titled = [each for each in places if _is_titled(subject, each)]
    told = [] if titled else _told(subject, places)
    if not titled and not told:
        return None
    telling = _opening(subject, titled) if titled else told[0]
    place = telling.place
    in_part = subject.share(place.title) >= _IN_PART
    rank = (not titled, not in_part, authority(place.status), place.passage_row)
    return _Found(telling, rank, bool(titled), in_part)


def _is_titled(subject: _Subject, place: MinutedPlace) -> bool:
    headings = (place.words_of(unit) for unit in place.units if unit.kind is UnitKind.HEADING)
    return subject.named(place.title) or any(subject.named(text) for text in headings)


def _told(subject: _Subject, places: Iterable[MinutedPlace]) -> list[_Telling]:
    """Return the sentences that, with the headings above them, name the subject, each with its heading."""
    told = []
    for place in places:
        under_title = subject.share(place.title) >= _OF_ITSELF
        for unit in place.units:
            own = place.words_of(unit)
            if (
                unit.kind is UnitKind.HEADING
                or not is_quotable(own)
                or (near := subject.nearest(own)) is None
            ):
                continue
            completed = under_title and subject.share(near) >= _OF_ITSELF
            if subject.named(near, place.title if completed else ""):
                told.append(_Telling(place, _heading(place.units), unit.spans))
    return told


def _opening(subject: _Subject, titled: Sequence[MinutedPlace]) -> _Telling:
    """Return the heading that names the subject, else the first, and the first sentence under it.

    A sentence that goes on in what stands below, "It was moved that:", goes on as far as it is whole.
    """
    units = [(place, unit, place.words_of(unit)) for place in titled for unit in place.units]
    headings = [at for at, (_, unit, _) in enumerate(units) if unit.kind is UnitKind.HEADING]
    naming = (at for at in headings if subject.named(units[at][2]))
    begun = next(naming, min(headings, default=None))
    heading = units[begun][1].spans if begun is not None else ()
    below = [
        each for each in units[0 if begun is None else begun + 1 :] if each[1].kind is not UnitKind.HEADING
    ]
    whole = next((at for at, (_, _, text) in enumerate(below[:_LINES]) if _WHOLE.search(text)), 0)
    sentence = tuple(span for _, unit, _ in below[: whole + 1] for span in unit.spans)
    return _Telling(below[0][0] if below else titled[0], heading, sentence)


def _heading(units: Sequence[Unit]) -> tuple[Span, ...]:
    """Return the heading with which a passage begins; empty where it begins without."""
    return units[0].spans if units and units[0].kind is UnitKind.HEADING else ()


def _shown(
    asked: TalkedAsked, wanted: Sequence[_Found], found: Sequence[_Found]
) -> tuple[list[tuple[_Found, str]], list[str]]:
    """Return the meetings asked for, each with its template, and what to say of those that are not shown.

    `wanted` and `found`: the newest first. Of each council its own last or first meeting is meant; beside it
    stands one that mentions the subject after or before.
    """
    if asked.which is Which.EACH:
        if len(found) <= _MOST:
            return [(each, QUOTE) for each in found], []
        others = len(found) - len(wanted[:_MOST])
        return [(each, QUOTE) for each in wanted[:_MOST]], [f"minutes of {others} more meetings name it"]
    at, template = (0, LATER) if asked.which is Which.LAST else (-1, EARLIER)
    shown: list[tuple[_Found, str]] = []
    for council in dict.fromkeys(each.meeting.council for each in wanted):
        own = [each for each in wanted if each.meeting.council == council]
        mentioned = [each for each in found if each.meeting.council == council]
        day, beyond = own[at].meeting.held_on, mentioned[at].meeting.held_on
        shown += [(each, QUOTE) for each in own if each.meeting.held_on == day]
        shown += [(each, template) for each in mentioned if each.meeting.held_on == beyond != day]
    return shown, []


def _draft(
    reader: Connection, subject: _Subject, found: _Found, template: str, allowed: frozenset[Access]
) -> Draft:
    """Return the draft of a meeting: what it is worth is said of the sentence, and not of its heading."""
    place, heading, sentence = found.telling.place, found.telling.heading, found.telling.sentence
    draft = Draft(place.document_id, sentence or heading, _SCORE, template)
    if sentence and not heading and found.in_part:
        heading = _heading_above(reader, subject, place, allowed)
    whole = _joined(reader, place.document_row, (*heading, *sentence))
    if not (heading and sentence):
        return replace(draft, spans=whole)
    if whole[0] == heading[0] and not is_quotable(slice_of(reader, place.document_row, whole[0])):
        return draft
    return replace(draft, spans=whole, standing=stated(reader, draft, allowed).standing)


def _heading_above(
    reader: Connection, subject: _Subject, place: MinutedPlace, allowed: frozenset[Access]
) -> tuple[Span, ...]:
    """Return the heading of the item that a passage of minutes goes on with; empty where none is found.

    On a web page the minutes of an item stand under its entry in the agenda.
    """
    passage = passage_at(reader, place.document_row, place.start, allowed)
    of_item = passages_of_minute(reader, passage, allowed) if passage is not None else []
    if of_item and (heading := _heading(of_item[0].units)):
        return heading
    own = Filters(documents=frozenset({place.document_id}))
    listed = [
        each
        for each in agendas_naming(reader, subject.needed(), own, allowed)
        if each.meeting == place.meeting and each.span.end <= place.start and subject.named(each.title)
    ]
    return (listed[-1].span,) if listed else ()


def _joined(reader: Connection, document_row: int, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans in order, those as one between which only blanks stand."""
    joined = [spans[0]]
    for span in spans[1:]:
        if slice_of(reader, document_row, Span(joined[-1].end, span.start)).strip():
            joined.append(span)
        else:
            joined[-1] = Span(joined[-1].start, span.end)
    return tuple(joined)


def _on_agendas(
    reader: Connection,
    asked: TalkedAsked,
    subject: _Subject,
    filters: Filters,
    allowed: frozenset[Access],
) -> TalkedOf | None:
    """Return the meetings whose agendas list the subject, called so where more is asked; None without any."""
    best: dict[Place, ListedPlace] = {}
    for each in agendas_naming(reader, subject.needed(), filters, allowed):
        if subject.named(each.title):
            best.setdefault(each.meeting, each)
    newest = sorted(best.values(), key=lambda each: each.meeting.held_on, reverse=True)
    if not newest:
        return None
    template = QUOTE if asked.listed else ONLY_LISTED
    wanted = newest if asked.which is not Which.FIRST else newest[::-1]
    if asked.which is not Which.EACH:
        wanted = [each for each in wanted if each.meeting.held_on == wanted[0].meeting.held_on]
    drafts = [Draft(each.document_id, (each.span,), _SCORE, template) for each in wanted[:_MOST]]
    return TalkedOf(drafts, [_ON_AGENDA], surely=True)
