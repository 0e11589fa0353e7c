"""The minutes proper: what was said, moved, voted and resolved, minute by minute."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qa_service.documents.attendance import apologies_in, attendees_for_item, is_roll_label, roll_of
from qa_service.documents.blocks import Block, Context
from qa_service.documents.decisions import Decision, decision_at, drafted, opens_decision
from qa_service.documents.headings import is_capitals, is_heading, split_item
from qa_service.documents.layout import Layout
from qa_service.documents.markers import Style, marker_at
from qa_service.documents.motions import Motion, motion_at, opens_motion
from qa_service.documents.paragraphs import Paragraph
from qa_service.documents.text_blocks import next_block
from qa_service.documents.told_decisions import (
    ToldDecision,
    stated_decisions,
    told_decisions,
    withdrawn_motions,
)
from qa_service.documents.votes import Voting, closing_fate, is_fate, is_side, opens_vote, shown, voting_at
from qa_service.domain.documents import Attendance, SegmentKind
from qa_service.domain.resolutions import Outcome, Resolution, Standing, Verb

_ITEM = re.compile(r".*\(Item (?:No\.? )?\w{1,5}\)$", re.IGNORECASE)
_TITLE_LINES = 5
_TITLE_WORDS = 25
_SKIPPED = 5  # minute numbers that a converter may have lost between two
_APOLOGIES = re.compile(r"apolog|absence|ymddiheur|membership|welcome|croeso", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MinuteHeading:
    """The title of one minute on the lines `first` to `last`; `number` and `item` as printed."""

    first: int
    last: int
    number: str | None
    title: str
    item: str | None


@dataclass(slots=True)
class Record:
    """What reading a set of minutes yields: blocks, and decisions and people with their places."""

    blocks: list[Block] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)


def minutes_record(layout: Layout, first: int, end: int, context: Context) -> Record:
    """Return the record of the minutes on the lines from `first` up to `end`, behind their header."""
    record = Record()
    headings = minute_headings(layout, first, end)
    roll_end = headings[0].first if headings else end
    _read_roll(layout, first, roll_end, context, record)
    for heading, after in zip(headings, [*headings, None][1:], strict=True):
        placed = replace(
            context,
            minute=heading.number,
            item=heading.item,
            item_title=heading.title if heading.item else None,
            heading=heading.title,
            paragraph=None,
        )
        record.blocks.append(Block(SegmentKind.HEADING, heading.first, placed))
        read_minute(layout, heading.last + 1, after.first if after else end, placed, record)
    return record


def _read_roll(layout: Layout, first: int, end: int, context: Context, record: Record) -> None:
    """Read what stands between header and first minute: the roll, and what else is there."""
    paragraphs = layout.paragraphs(first, end)
    if not paragraphs:
        return
    rolled = [p for p in paragraphs if is_roll_label(p.words)]
    if not rolled:
        _read_paragraphs(layout, paragraphs, context, record)
        return
    lead = [p for p in paragraphs if p.last < rolled[0].first]
    _read_paragraphs(layout, lead, context, record)
    closing = _closing(paragraphs, rolled[-1])
    last = closing[0].first - 1 if closing else paragraphs[-1].last
    record.blocks.append(Block(SegmentKind.ATTENDANCE, rolled[0].first, context))
    record.attendance.extend(roll_of(layout, rolled[0].first, last, context))
    _read_paragraphs(layout, closing, context, record)


def _closing(paragraphs: Sequence[Paragraph], last_label: Paragraph) -> list[Paragraph]:
    """Return the paragraphs behind the roll: a title ("UNRESTRICTED ITEMS"), sentences of business."""
    behind = [p for p in paragraphs if p.first > last_label.first]
    for place, paragraph in enumerate(behind):
        below = behind[place + 1] if place + 1 < len(behind) else None
        is_title = (
            is_capitals(paragraph.words)
            and is_heading(paragraph, below)
            and "PRESENT" not in paragraph.words.upper()
        )
        is_sentence = re.search(
            r"\b(?:was|were|had|advised|joined|welcomed|dywedodd|Ymunodd)\b", paragraph.words
        )
        if is_title or is_sentence:
            return behind[place:]
    return []


def minute_headings(layout: Layout, first: int, end: int) -> list[MinuteHeading]:
    """Return the titles of the minutes: numbered, or with "(Item 3)"; plain ones where there is neither."""
    found: list[MinuteHeading] = []
    indexes = layout.content_between(first, end)
    number = 0
    place = 0
    while place < len(indexes):
        heading = _numbered(layout, indexes, place, number) or _with_item(layout, indexes, place)
        if heading is None:
            place += 1
            continue
        found.append(heading)
        number = int(heading.number) if heading.number else number
        place = indexes.index(heading.last, place) + 1
    return found or _plain_titles(layout, first, end)


def _numbered(layout: Layout, indexes: Sequence[int], place: int, last: int) -> MinuteHeading | None:
    """Return the title that a number opens, if the number follows the last minute's."""
    line = layout.lines[indexes[place]]
    marker = marker_at(line.plain)
    if marker is None or marker.style is not Style.NUMBER:
        return None
    if last and not last < marker.value <= last + _SKIPPED:
        return None
    rest = line.plain[marker.length :].strip()
    titled = _title(layout, indexes, place + (not rest), rest or None, strong=bool(line.level or line.bold))
    if titled is None:
        return None
    title, end = titled
    title, item = split_item(title)
    return MinuteHeading(indexes[place], end, marker.label, title.strip(" :"), item)


def _title(
    layout: Layout, indexes: Sequence[int], place: int, rest: str | None, *, strong: bool
) -> tuple[str, int] | None:
    """Return a title and its last line: words up to "(Item 3)", words in capitals, or one title-like line."""
    if place >= len(indexes):
        return None
    taken: list[str] = []
    above = indexes[place]
    for index in indexes[place : place + _TITLE_LINES]:
        words = rest if rest is not None and not taken else layout.lines[index].plain
        parted = index - above > 1 and not words.startswith("(Item")
        if taken and (marker_at(words) is not None or parted or taken[-1].endswith(".")):
            break
        above = index
        taken.append(words)
        if _ITEM.match(words):
            return " ".join(taken), index
    capitals: list[str] = []
    last = indexes[place]
    for words, index in zip(taken, indexes[place:], strict=False):
        if not is_capitals(words) or opens_words(words):
            break
        capitals.append(words)
        last = index
    if capitals:
        return " ".join(capitals), last
    own = layout.lines[indexes[place]]
    if strong or own.level or own.bold or _is_title_line(layout, indexes, place, taken[0]):
        return taken[0], indexes[place]
    return None


def opens_words(words: str) -> bool:
    """Return whether capitals open a decision or a vote, and so no title."""
    return words.startswith(("RESOLVED", "RECOMMENDED", "AGREED", "PRESENT", "VOTE"))


def _is_title_line(layout: Layout, indexes: Sequence[int], place: int, words: str) -> bool:
    """Return whether a line in mixed case is a title: short, no sentence, set apart."""
    if (
        len(words.split()) > _TITLE_WORDS // 2
        or words.endswith((".", ";", ",", ":"))
        or not words[:1].isupper()
    ):
        return False
    if opens_words(words.upper()) or re.search(r"\b(?:was|were|had|will|is|are)\b", words):
        return False
    below = layout.lines[indexes[place]].next
    return layout.text[below : below + 40].startswith(("\n", " \n", "  \n")) or len(words) < layout.width // 2


def _with_item(layout: Layout, indexes: Sequence[int], place: int) -> MinuteHeading | None:
    """Return an unnumbered title whose next line, or end, says "(Item 3)"."""
    first = indexes[place]
    line = layout.lines[first]
    if marker_at(line.plain) is not None or not line.plain[:1].isupper() or line.plain.startswith("(Item"):
        return None
    for count in range(1, 4):
        run = indexes[place : place + count]
        words = layout.words(run)
        if marker_at(layout.lines[run[-1]].plain) is not None:
            return None
        if _ITEM.match(words) and len(words.split()) <= _TITLE_WORDS and not words.startswith("("):
            title, item = split_item(words)
            above = layout.lines[indexes[place - 1]].plain if place else ""
            return None if _runs_from(above) else MinuteHeading(first, run[-1], None, title, item)
        if len(run) < count or layout.lines[run[-1]].plain.endswith("."):
            return None
    return None


def _runs_from(above: str) -> bool:
    """Return whether the line above is the first half of a title, or of a sentence."""
    return bool(above) and not above.endswith((".", ":", ";", ")", "?")) and len(above.split()) > 3  # noqa: PLR2004


def _plain_titles(layout: Layout, first: int, end: int) -> list[MinuteHeading]:
    """Return unnumbered titles, for minutes that number nothing."""
    paragraphs = layout.paragraphs(first, end)
    found = []
    for place, paragraph in enumerate(paragraphs):
        below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if below is None or paragraph.marker or opens_decision(paragraph):
            continue
        if is_roll_label(paragraph.words) and not below.words.endswith("."):
            continue
        if is_heading(paragraph, below) or _heads_sentence(paragraph, below):
            found.append(MinuteHeading(paragraph.first, paragraph.last, None, paragraph.text, None))
    return found


def _heads_sentence(paragraph: Paragraph, below: Paragraph) -> bool:
    """Return whether a line is the title of a sentence below it, however short that sentence is."""
    words = paragraph.words
    short = len(words.split()) <= _TITLE_WORDS // 2 and paragraph.first == paragraph.last
    return short and words[:1].isupper() and not paragraph.ended and below.words.endswith((".", ":"))


def read_minute(layout: Layout, first: int, end: int, context: Context, record: Record) -> None:
    """Add one minute's text to the record; a decision takes over vote and movers of its motion."""
    paragraphs = layout.paragraphs(first, end)
    if paragraphs and _APOLOGIES.search(context.heading or ""):
        record.attendance.extend(apologies_in(layout, paragraphs[0].first, paragraphs[-1].last, context))
    _read_paragraphs(layout, paragraphs, context, record)


def _read_paragraphs(
    layout: Layout, paragraphs: Sequence[Paragraph], context: Context, record: Record
) -> None:
    reader = _MinuteReader(layout, paragraphs, context, record)
    reader.read()


@dataclass(slots=True)
class _Moved:
    """A motion with the place of its entry among the resolutions, and its fate once known."""

    motion: Motion
    entry: int
    outcome: Outcome = Outcome.UNSTATED


class _MinuteReader:
    """Reads the paragraphs of one minute in order."""

    def __init__(
        self, layout: Layout, paragraphs: Sequence[Paragraph], context: Context, record: Record
    ) -> None:
        self.layout, self.paragraphs, self.record = layout, paragraphs, record
        self.minute = context
        self.context = context
        self.moved: list[_Moved] = []
        self.carried: _Moved | None = None
        self.marks = any(self._is_record(paragraph) for paragraph in paragraphs)

    def read(self) -> None:
        """Add the blocks, decisions and people of the paragraphs to the record."""
        place = 0
        while place < len(self.paragraphs):
            place = self._step(place)
        self._settle()

    def _step(self, place: int) -> int:
        paragraph = self.paragraphs[place]
        decision = decision_at(self.layout, self.paragraphs, place) if opens_decision(paragraph) else None
        if decision is not None:
            return self._decide(place, decision)
        if opens_motion(paragraph):
            return self._move(place)
        if is_side(paragraph) or opens_vote(paragraph) or (is_fate(paragraph) and self.moved):
            return self._vote(place)
        attendees = attendees_for_item(self.layout, paragraph.first, paragraph.last, self.context)
        if attendees and self.context.minute:
            self.record.attendance.extend(attendees)
            self._block(SegmentKind.ATTENDANCE, place)
            return place + 1
        return self._tell(place)

    def _tell(self, place: int) -> int:
        """Add a block of running text, and the decisions that its sentences tell."""
        end, block, self.context = next_block(self.paragraphs, place, self.context)
        stop = next((p for p in range(place + 1, end) if self._is_record(self.paragraphs[p])), end)
        self.record.blocks.append(block)
        if block.kind is SegmentKind.TEXT:
            lines = self.layout.lines
            start, last = lines[block.first].start, lines[self.paragraphs[stop - 1].last].end
            placed = self._at_minute(self.context)
            self.record.resolutions.extend(told.at(placed) for told in self._told(start, last))
        return stop

    def _told(self, start: int, end: int) -> list[ToldDecision]:
        """Return what sentences tell; what they state without a mover only where nothing is marked."""
        text = self.layout.text
        told = [*told_decisions(text, start, end), *withdrawn_motions(text, start, end)]
        if told or self.marks:
            return told
        return list(stated_decisions(text, start, end))

    def _is_record(self, paragraph: Paragraph) -> bool:
        return opens_decision(paragraph) is not None or opens_motion(paragraph) or is_side(paragraph)

    def _block(self, kind: SegmentKind, place: int) -> Context:
        paragraph = self.paragraphs[place]
        counted = {Style.NUMBER, Style.BRACKETED_NUMBER, Style.SECTION}
        label = paragraph.marker.label if paragraph.marker and paragraph.marker.style in counted else None
        context = replace(self.context, paragraph=label or self.context.paragraph)
        self.context = context
        self.record.blocks.append(Block(kind, paragraph.first, context))
        return context

    def _decide(self, place: int, decision: Decision) -> int:
        context = self._block(SegmentKind.RESOLUTION, place)
        moved = self._carried_here()
        standing = Standing.RECOMMENDED if decision.recommends else Standing.RESOLVED
        entry = drafted(self._at_minute(context), decision.span, decision.clauses, decision.verb, standing)
        if moved is not None:
            vote = self.record.resolutions[moved.entry].vote
            entry = replace(entry, proposer=moved.motion.proposer, seconder=moved.motion.seconder, vote=vote)
            self.moved.remove(moved)
        self.record.resolutions.append(replace(entry, outcome=Outcome.CARRIED))
        return decision.last + 1

    def _carried_here(self) -> _Moved | None:
        """Return the motion that a RESOLVED takes up: the last one carried, else the last without a fate."""
        if self.carried in self.moved:
            return self.carried
        waiting = [m for m in self.moved if m.outcome is Outcome.UNSTATED and not m.motion.is_amendment]
        return waiting[-1] if waiting else None

    def _at_minute(self, context: Context) -> Context:
        """Return the context with the minute's own title, whatever sub-title stands between."""
        return replace(context, heading=self.minute.heading or context.heading)

    def _move(self, place: int) -> int:
        context = self._block(SegmentKind.MOTION, place)
        motion = motion_at(self.layout, self.paragraphs, place)
        self.moved.append(_Moved(motion, len(self.record.resolutions)))
        entry = drafted(self._at_minute(context), motion.span, motion.clauses, motion.verb, Standing.PROPOSED)
        moved = self.moved[-1]
        moved.outcome = closing_fate(self.paragraphs[motion.last])
        if moved.outcome is Outcome.CARRIED and not motion.is_amendment:
            self.carried = moved
        self.record.resolutions.append(
            replace(entry, proposer=motion.proposer, seconder=motion.seconder, outcome=moved.outcome)
        )
        return motion.last + 1

    def _vote(self, place: int) -> int:
        self._block(SegmentKind.VOTE, place)
        voting = voting_at(self.layout, self.paragraphs, place)
        target = self._target(voting)
        if target is not None:
            target.outcome = voting.outcome
            if voting.outcome is Outcome.CARRIED and not target.motion.is_amendment:
                self.carried = target
            entry = self.record.resolutions[target.entry]
            self.record.resolutions[target.entry] = replace(
                entry, vote=shown(voting.vote), outcome=voting.outcome
            )
        return voting.last + 1

    def _target(self, voting: Voting) -> _Moved | None:
        """Return the motion that a vote was on: the paragraph that it names, else the last without a fate."""
        if voting.on_paragraph is not None:
            named = [m for m in self.moved if m.motion.paragraph == voting.on_paragraph]
            if named:  # a second vote, on a part of it, leaves the first as it is
                return named[-1] if named[-1].outcome is Outcome.UNSTATED else None
        waiting = [m for m in self.moved if m.outcome is Outcome.UNSTATED]
        return waiting[-1] if waiting else None

    def _settle(self) -> None:
        """Make a carried motion that no RESOLVED repeats what the body decided."""
        for moved in self.moved:
            if moved.outcome is Outcome.CARRIED and not moved.motion.is_amendment:
                entry = self.record.resolutions[moved.entry]
                verb = Verb.AGREED if entry.verb is Verb.RESOLVED else entry.verb
                self.record.resolutions[moved.entry] = replace(entry, standing=Standing.RESOLVED, verb=verb)
