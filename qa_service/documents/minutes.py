"""The minutes proper: what was said, moved, voted and resolved, minute by minute."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from qa_service.documents.attendance import apologies_in, attendees_for_item, is_roll_label, roll_of
from qa_service.documents.blocks import Block, Context
from qa_service.documents.clauses import plain_clause
from qa_service.documents.decisions import Decision, decision_at, drafted, opens_decision
from qa_service.documents.headings import is_capitals, is_heading
from qa_service.documents.layout import Layout
from qa_service.documents.markers import Style
from qa_service.documents.minute_titles import minute_headings
from qa_service.documents.motions import Motion, motion_at, opens_motion
from qa_service.documents.movers import Movers, moved_by, movers_above, names_mover
from qa_service.documents.notices_of_motion import gives_notice, notice_at, tells_fate
from qa_service.documents.paragraphs import Paragraph
from qa_service.documents.text_blocks import next_block
from qa_service.documents.told_decisions import (
    ToldDecision,
    stated_decisions,
    told_decisions,
    withdrawn_motions,
)
from qa_service.documents.told_fates import told_fates
from qa_service.documents.votes import (
    Voting,
    closing_fate,
    is_fate,
    is_side,
    opens_side,
    opens_vote,
    shown,
    told_vote,
    voting_at,
)
from qa_service.domain.documents import Attendance, SegmentKind
from qa_service.domain.resolutions import Outcome, Resolution, Standing, Verb, Vote
from qa_service.domain.spans import Span

_INSTEAD = re.compile(r"\b(?:amend|reject|defer|refer|adjourn|withdraw|proposal)", re.IGNORECASE)
_SAYS_LITTLE = 16  # words: "A vote was taken which resulted as follows:" leaves what it was on to those above
_DEBATE = 90  # words: a paragraph with more that ends in a vote is read for what its sentences tell
_APOLOGIES = re.compile(r"apolog|absence|ymddiheur|membership|welcome|croeso", re.IGNORECASE)


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


def _is_of_substantive(words: str) -> bool:
    """Return whether a vote is on the substantive motion: counts told in its sentence, or sides below."""
    told = told_vote(words, 0, len(words))
    if told is None:
        return "substantive" in words
    return "substantive" in words[words.rfind(". ", 0, told.span.start) + 1 : told.span.start]


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
        # The place behind a vote on the motion as amended: what is resolved there has it.
        self.substantive: tuple[int, Vote] | None = None
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
        if gives_notice(paragraph):
            return self._give_notice(place)
        opens = opens_vote(paragraph) and not self._tells_more(place)
        if opens or opens_side(self.paragraphs, place) or (is_fate(paragraph) and self.moved):
            return self._vote(place)
        return self._read_line(place)

    def _read_line(self, place: int) -> int:
        """Read a paragraph that is no decision: who moved one, who was there for the item, or text."""
        paragraph = self.paragraphs[place]
        if names_mover(paragraph):
            self._block(SegmentKind.MOTION, place)
            return place + 1
        attendees = attendees_for_item(self.layout, paragraph.first, paragraph.last, self.context)
        if attendees and self.context.minute:
            self.record.attendance.extend(attendees)
            self._block(SegmentKind.ATTENDANCE, place)
            return place + 1
        return self._tell(place)

    def _tell(self, place: int) -> int:
        """Add a block of running text, and the decisions that its sentences tell."""
        end, block, self.context = next_block(self.paragraphs, place, self.context)
        stop = next((p for p in range(place + 1, end) if self._interrupts(self.paragraphs[p])), end)
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
        if self.moved:  # whose fate is theirs
            told = [each for each in told if not tells_fate(each.span.of(text))]
        else:
            fates = told_fates(text, start, end, marked=self.marks)
            told += [each for each in fates if not any(each.span.overlaps(other.span) for other in told)]
        if self.marks or any(each.standing is Standing.RESOLVED for each in told):
            return told
        stated = stated_decisions(text, start, end)
        return [*told, *(each for each in stated if not any(each.span.overlaps(one.span) for one in told))]

    def _tells_more(self, place: int) -> bool:
        """Return whether a paragraph that puts to the vote is a whole debate in prose, no side below it."""
        below = place + 1 < len(self.paragraphs) and opens_side(self.paragraphs, place + 1)
        return not below and len(self.paragraphs[place].words.split()) > _DEBATE

    def _is_record(self, paragraph: Paragraph) -> bool:
        return opens_decision(paragraph) is not None or opens_motion(paragraph) or is_side(paragraph)

    def _interrupts(self, paragraph: Paragraph) -> bool:
        return self._is_record(paragraph) or gives_notice(paragraph) or names_mover(paragraph)

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
        movers = movers_above(self.paragraphs, place)
        moved = self._carried_here() if movers == Movers() else None
        standing = Standing.RECOMMENDED if decision.recommends else Standing.RESOLVED
        entry = drafted(self._at_minute(context), decision.span, decision.clauses, decision.verb, standing)
        if decision.vote is not None:
            entry = replace(entry, vote=decision.vote)
        elif self.substantive is not None and self.substantive[0] == place:
            entry = replace(entry, vote=self.substantive[1])
        if moved is not None:
            vote = self.record.resolutions[moved.entry].vote or entry.vote
            entry = replace(entry, proposer=moved.motion.proposer, seconder=moved.motion.seconder, vote=vote)
            self.moved.remove(moved)
        elif movers != Movers():
            entry = replace(entry, proposer=movers.proposer, seconder=movers.seconder)
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

    def _give_notice(self, place: int) -> int:
        context = self._block(SegmentKind.MOTION, place)
        motion, outcome = notice_at(self.layout, self.paragraphs, place, self.minute.heading)
        self.moved.append(_Moved(motion, len(self.record.resolutions), outcome))
        entry = drafted(self._at_minute(context), motion.span, motion.clauses, motion.verb, Standing.PROPOSED)
        self.record.resolutions.append(
            replace(entry, proposer=motion.proposer, seconder=motion.seconder, outcome=outcome)
        )
        return motion.last + 1

    def _vote(self, place: int) -> int:
        self._block(SegmentKind.VOTE, place)
        voting = voting_at(self.layout, self.paragraphs, place)
        target = self._target(voting) if self._is_on_motion(voting) else None
        if target is not None:
            target.outcome = voting.outcome
            if voting.outcome is Outcome.CARRIED and not target.motion.is_amendment:
                self.carried = target
            entry = self.record.resolutions[target.entry]
            self.record.resolutions[target.entry] = replace(
                entry, vote=shown(voting.vote), outcome=voting.outcome
            )
        elif voting.labelled and shown(voting.vote) is not None:
            self._record_vote(place, voting)
        elif _is_of_substantive(self.paragraphs[place].words) and (vote := shown(voting.vote)) is not None:
            self.substantive = voting.last + 1, vote
        return voting.last + 1

    def _is_on_motion(self, voting: Voting) -> bool:
        """Return whether a vote was on the motion that waits, and not on what to do with it instead."""
        if not voting.labelled:
            return True
        above = self.paragraphs[max(0, voting.first - 1) : voting.last + 1]
        words = " ".join(paragraph.words for paragraph in above)
        return "motion" in words.lower() and _INSTEAD.search(words) is None

    def _record_vote(self, place: int, voting: Voting) -> None:
        """Keep a vote on what no paragraph moves: its words are those that put it to the vote."""
        put = place if opens_vote(self.paragraphs[place]) or place == 0 else place - 1
        first = put - 1 if put and len(self.paragraphs[put].words.split()) <= _SAYS_LITTLE else put
        clauses = plain_clause(self.layout, self.paragraphs[first : put + 1], 0)
        movers = moved_by(" ".join(paragraph.words for paragraph in self.paragraphs[first : put + 1]))
        span = Span(clauses[0].span.start, voting.vote.span.end)
        entry = drafted(self._at_minute(self.context), span, clauses, Verb.RESOLVED, Standing.PROPOSED)
        self.record.resolutions.append(
            replace(
                entry,
                vote=voting.vote,
                outcome=voting.outcome,
                proposer=movers.proposer,
                seconder=movers.seconder,
            )
        )

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
