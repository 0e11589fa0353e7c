"""What was decided: answered from the decisions that structure found, not from whatever sounds alike.

Confirmed minutes or a decision record come before draft minutes, these before a report's recommendation; if
only the recommendation exists, the reply says so; if the minutes end an item without a decision, so too.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

from qa_service.answering.applications import lists_applications
from qa_service.answering.choosing import Choosing, Fitting, once
from qa_service.answering.clauses import clauses_asked, share_held
from qa_service.answering.drafts import NO_RESOLUTION, ONLY_PROPOSED, ONLY_RECOMMENDED, QUOTE, Draft
from qa_service.answering.listing import members_under
from qa_service.answering.matters import Matter, best_units, matters_of, words_of
from qa_service.answering.on_record import last_on_record
from qa_service.answering.outcomes import advice_of, is_advice, is_outcome, outcomes_of, proposals_of
from qa_service.answering.signals import Signals, content_stems
from qa_service.answering.under_heading import PASSIVE, on_subject, told_in_passing
from qa_service.answering.weighing import Weighed, text_of
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Part, SegmentKind
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.resolutions import Resolution, Standing, Verb
from qa_service.domain.spans import Span
from qa_service.retrieval.intents import Intent, asks_members_advice
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundResolution, Recorded
from qa_service.store.passages import StoredPassage, passages_of_minute

# Log-odds below the best matter at which a decision of another is too far off to stand for it.
_TOO_FAR = 3.0
_DENIED = re.compile(
    r"\bno\s+(?:formal\s+)?(?:decision|resolution|vote|action)\s+(?:was|were)\b", re.IGNORECASE
)
# Shares of a subject: a decision that holds less is not of it, where a proposal holds that much more.
_LITTLE, _OF_ANOTHER = 0.15, 0.3
# ... that a title must hold to be of the subject, however far the matter is from the best.
_MOST_OF_IT = 0.75
# Stems of a decision that says what it is on.
_SAYS = 4
# An item in which this stands is not said to end without a decision, whatever structure made of it.
_MARKED = re.compile(r"(?<!\bhad )(?<!\bhas )(?<!\bhave )(?<!\bbeen )\b(?:RESOLVED|AGREED|DECIDED)\b")
_PROPOSED = re.compile(r"\bproposed\s+(?:record|decision)\b", re.IGNORECASE)
# What comes of a thing is not told by a report that asks to be noted.
_HAPPENS = re.compile(r"\bhappen\w*\b|\bbecom(?:e|es|ing)\b", re.IGNORECASE)
_RECOMMENDED = re.compile(r"\brecommended\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a decision is asked for.

    `signals` are those of the whole question, which choose a clause; `newest`: the last decision on the
    subject; `every`: what each meeting of a stretch of time decided, in order; `most`: statements;
    `decider`: the stems of the body that is said to have decided, where its minutes are not held.
    """

    intent: Intent
    signals: Signals
    most: int
    newest: bool = False
    every: bool = False
    decider: frozenset[str] = frozenset()

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of decisions that answer, best first."""
        if self.intent is Intent.RECOMMENDATION and _PROPOSED.search(self.signals.text):
            return ("proposal", "advice")
        members = self.intent is Intent.RECOMMENDATION and asks_members_advice(self.signals.text)
        return _WANTED[Intent.RESOLUTION if members else self.intent]


@dataclass(frozen=True, slots=True)
class Decided:
    """Drafts of decisions, and the matters of earlier meetings that they overtook, by day.

    `only_notes`: whether all of them take note of a thing and change nothing.
    """

    drafts: list[Draft] = field(default_factory=list)
    overtaken: tuple[Matter, ...] = ()
    only_notes: bool = False


def decided(
    reader: Connection,
    by_topic: Weighed,
    wish: Wish,
    filters: Filters,
    allowed: frozenset[Access],
) -> Decided:
    """Return drafts of the decisions asked for, best matter first; none where no matter fits.

    `by_topic` is weighed with the subject's words alone: "resolved" must not draw every resolution.
    """
    matters = [
        matter
        for matter in matters_of(reader, by_topic, filters, allowed)
        if _speaks_of(matter, by_topic.signals)
    ]
    if not matters:
        return Decided()
    if wish.decider:
        for matter in matters:
            matter.decisions = [each for each in matter.decisions if _is_of(each.resolution, wish.decider)]
    elif wish.intent is Intent.RESOLUTION and (told := told_in_passing(reader, matters[0], by_topic.signals)):
        return Decided(told)
    for kind in wish.kinds:
        found = _of_kind(reader, matters, kind, by_topic.signals, wish)
        if found.drafts and not (
            kind == "advice" and _HAPPENS.search(wish.signals.text) and found.only_notes
        ):
            return found
    if wish.intent is Intent.RECOMMENDATION:
        return Decided(_told_advice(matters[0]))
    if wish.decider:
        return Decided()
    return _last_recorded(reader, by_topic.signals, wish, filters, allowed) or Decided(
        _undecided(reader, matters[0], allowed)
    )


def _last_recorded(
    reader: Connection, topic: Signals, wish: Wish, filters: Filters, allowed: frozenset[Access]
) -> Decided | None:
    """Return what the register holds as decided on the subject, where no matter near the best was decided."""
    matters = last_on_record(reader, topic, Recorded.RESOLVED, filters, allowed)
    found = _of_kind(reader, matters, "outcome", topic, wish) if matters else Decided()
    return found if found.drafts else None


def _is_of(resolution: Resolution, decider: Collection[str]) -> bool:
    """Return whether a body of that name took a decision, or was asked to."""
    return any(
        set(decider) <= set(content_stems(name or "")) for name in (resolution.body, resolution.addressed_to)
    )


def earlier_decisions(overtaken: Iterable[Matter]) -> str:
    """Return in words that the latest decision is shown, and which meetings took those before it."""
    meetings = (
        f"{matter.decisions[0].resolution.body or matter.council or 'a meeting'}, {matter.held_on:%-d %B %Y}"
        for matter in overtaken
    )
    return f"the latest decision on this is shown; decided on it before: {'; '.join(dict.fromkeys(meetings))}"


_KINDS = {"outcome": outcomes_of, "proposal": proposals_of, "advice": advice_of}
_WANTED = {
    Intent.RESOLUTION: ("outcome", "proposal", "advice"),
    Intent.RECOMMENDATION: ("advice", "proposal"),
}
_TEMPLATES = {
    (Intent.RESOLUTION, "advice"): ONLY_RECOMMENDED,
    (Intent.RESOLUTION, "proposal"): ONLY_PROPOSED,
}


def _of_kind(reader: Connection, matters: Sequence[Matter], kind: str, topic: Signals, wish: Wish) -> Decided:
    """Return drafts of the decisions of a kind in the matters near the best, if there are any."""
    near = [matter for matter in matters if matter.score >= matters[0].score - _TOO_FAR]
    fitting = [
        (matter, found)
        for matter in near
        for found in on_subject(reader, matter, once(_KINDS[kind](reader, matter.decisions)), topic)
        if matter is matters[0] or _may_be_on(reader, found, topic)
    ]
    if not fitting:
        return Decided()
    if kind == "outcome" and matters[0].score - fitting[0][0].score > 0 and _minuted(matters[0]):
        # The best matter has minutes of its own, which end without a decision: another's must not stand in.
        return Decided()
    if kind == "outcome" and _is_of_another(reader, fitting[0][0], topic):
        return Decided()
    named = [matter for matter in matters[len(near) :] if _is_named(matter, topic)]
    fitting += [(matter, found) for matter in named for found in once(_KINDS[kind](reader, matter.decisions))]
    template = _TEMPLATES.get((wish.intent, kind), QUOTE)
    choosing = Choosing(reader, fitting, topic, wish.intent is Intent.RESOLUTION, wish.newest)
    choice = choosing.of_each_meeting() if wish.every else choosing.chosen()
    meant = [
        (matter, found, clauses_asked(reader, found, topic, wish.signals, wish.most))
        for matter, found in _put_to_one(reader, choice.decisions, topic)
    ]
    # What each meeting decided stands whole where the statements would be too many: the last is not cut off.
    crowded = wish.every and sum(len(clauses) for _, _, clauses in meant) > wish.most
    drafts: list[Draft] = []
    for matter, found, clauses in meant:
        if crowded or len(clauses) > wish.most:
            clauses = [tuple(span for spans in clauses for span in spans)]  # noqa: PLW2901 - made one
        standing = found.resolution.standing
        drafts += [Draft(found.document_id, spans, matter.score, template, standing) for spans in clauses]
    only_notes = all(found.resolution.verb is Verb.NOTED for _, found, _ in meant)
    return Decided(drafts[: wish.most], choice.overtaken, only_notes)


def _put_to_one(reader: Connection, decisions: Fitting, topic: Signals) -> Fitting:
    """Return decisions without what a matter's papers put to another body than the subject means.

    An appendix brings what another body was asked; the meeting's own body is meant where neither names more.
    """

    def named(each: tuple[Matter, FoundResolution]) -> tuple[float, bool]:
        resolution = each[1].resolution
        words = content_stems(slice_of(reader, each[1].document_row, resolution.span))
        return round(share_held(words, topic), 1), resolution.addressed_to == resolution.body

    meant: dict[Matter, str | None] = {}
    for each in sorted(decisions, key=named, reverse=True):
        meant.setdefault(each[0], each[1].resolution.addressed_to)
    return [each for each in decisions if each[1].resolution.addressed_to in {None, meant[each[0]]}]


def _speaks_of(matter: Matter, topic: Signals) -> bool:
    """Return whether a matter's papers share a word with the subject at least."""
    words = {stem for weighed in matter.units for stem in content_stems(weighed.text)} | matter.title
    return not topic.weights or share_held(words, topic) > 0.0


def _is_named(matter: Matter, topic: Signals) -> bool:
    """Return whether the title of a matter that is not near names most of the subject, and a unit answers."""
    return matter.score > 0.0 and share_held(matter.title, topic) >= _MOST_OF_IT


def _is_of_another(reader: Connection, matter: Matter, topic: Signals) -> bool:
    """Return whether what was decided under an item is another subject's than what was put to it.

    An appendix brings another body's report before a meeting, with recommendations of its own.
    """

    def shares(kind: Callable[[Resolution], bool]) -> list[float]:
        found = [each for each in matter.decisions if kind(each.resolution)]
        texts = [slice_of(reader, each.document_row, each.resolution.span) for each in found]
        return [share_held({*content_stems(text), *matter.title}, topic) for text in texts]

    decided_on, put = shares(is_outcome), shares(is_advice)
    return max(put, default=0.0) >= max(decided_on, default=0.0) + _OF_ANOTHER and max(decided_on) < _LITTLE


def _may_be_on(reader: Connection, found: FoundResolution, topic: Signals) -> bool:
    """Return whether a decision, or the title under which it stands, names some of the subject.

    "That the report be noted" may be on whatever its report is on.
    """
    text = slice_of(reader, found.document_row, found.resolution.span)
    words = {stem for stem in content_stems(text) if not stem.isdigit()}
    return len(words) < _SAYS or share_held({*words, *words_of(found.title)}, topic) >= _LITTLE


def _minuted(matter: Matter) -> bool:
    return bool(best_units(matter, (Part.MINUTES,)))


def _undecided(reader: Connection, matter: Matter, allowed: frozenset[Access]) -> list[Draft]:
    """Say that minutes on the subject record no decision, with how they begin the item.

    Where a mark of decision stands in it after all, that sentence is quoted, with the clauses under it.
    """
    minuted = best_units(matter, (Part.MINUTES,))
    if not minuted:
        return []
    passages = passages_of_minute(reader, minuted[0].passage, allowed)
    units = [(passage, unit) for passage in passages for unit in passage.units]
    told = [(passage, unit) for passage, unit in units if unit.kind is not UnitKind.HEADING]
    if not told or lists_applications(told):
        return []
    if _matches(PASSIVE, *told[-1]):
        return [Draft(told[-1][0].document_id, told[-1][1].spans, matter.score, QUOTE, Standing.RESOLVED)]
    denied = next((place for place in told if _matches(_DENIED, *place)), None)
    if denied is not None:
        return [Draft(denied[0].document_id, denied[1].spans, matter.score, QUOTE, Standing.MINUTED)]
    marked = next((place for place in told if _matches(_MARKED, *place)), None)
    if marked is not None:
        passage, unit = marked
        under = members_under(passage, passage.units.index(unit))
        spans = (*unit.spans, *(span for at in under for span in passage.units[at].spans))
        return [Draft(passage.document_id, spans, matter.score, QUOTE, Standing.RESOLVED)]
    passage, first = told[0]
    spans, heading = first.spans, units[0][1]
    if heading.kind is UnitKind.HEADING and _adjoin(passage, heading.end, first.start):
        spans = (Span(heading.start, spans[0].end), *spans[1:])
    return [Draft(passage.document_id, spans, matter.score, NO_RESOLUTION, Standing.MINUTED)]


def _told_advice(matter: Matter) -> list[Draft]:
    """Return the sentence of the minutes that says what a report had recommended, where no report is held."""
    for weighed in best_units(matter, (Part.MINUTES, Part.WEB_PAGE)):
        if weighed.passage.segment.kind is not SegmentKind.RESOLUTION and _RECOMMENDED.search(weighed.text):
            return [Draft(weighed.passage.document_id, weighed.unit.spans, matter.score)]
    return []


def _matches(pattern: re.Pattern[str], passage: StoredPassage, unit: Unit) -> bool:
    return pattern.search(text_of(passage, unit)) is not None


def _adjoin(passage: StoredPassage, end: int, start: int) -> bool:
    """Return whether only blanks lie between two offsets of a passage."""
    return end <= start and not passage.text[end - passage.span.start : start - passage.span.start].strip()
