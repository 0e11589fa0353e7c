"""What was decided: answered from the decisions that structure found, not from whatever sounds alike.

Confirmed minutes or a decision record come before draft minutes, these before a report's recommendation; if
only the recommendation exists, the reply says so; if the minutes end an item without a decision, so too.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from qa_service.answering.drafts import NO_RESOLUTION, ONLY_PROPOSED, ONLY_RECOMMENDED, QUOTE, Draft
from qa_service.answering.evidence import holds
from qa_service.answering.matters import Matter, alike, best_units, matters_of
from qa_service.answering.signals import Signals, content_stems
from qa_service.answering.weighing import Weighed, text_of
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Part, SegmentKind
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.resolutions import Outcome, Resolution, Standing
from qa_service.domain.spans import Span
from qa_service.retrieval.intents import Intent, asks_for_all, asks_members_advice
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundResolution, authority
from qa_service.store.passages import StoredPassage, passages_of_minute

# Log-odds below the best matter at which another council's is as likely to be meant.
_SAME_MATTER = 1.25
# ... at which a decision of another matter is too far off to stand for the best one.
_TOO_FAR = 4.0
_DENIED = re.compile(
    r"\bno\s+(?:formal\s+)?(?:decision|resolution|vote|action)\s+(?:was|were)\b", re.IGNORECASE
)
# Shares of a subject: below the first the title does not name it; by the second a clause stands out.
_NAMED_IN_TITLE = 0.4
_ONE_CLAUSE = 0.3
# ... a decision that holds less is not of the subject, where a proposal holds that much more.
_LITTLE, _OF_ANOTHER = 0.15, 0.3
_RECOMMENDED = re.compile(r"\brecommended\b", re.IGNORECASE)
# "The presentation was noted with thanks": a decision without the word.
_PASSIVE = re.compile(
    r"\b(?:was|were)\s+(?:\w+ly\s+)?"
    r"(?:noted|agreed|approved|adopted|endorsed|deferred|referred|confirmed|accepted)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What of a decision is asked for.

    `signals` are those of the whole question, which choose a clause; `newest`: of near meetings the last;
    `every`: what each meeting of a stretch of time decided, in order; `most`: statements.
    """

    intent: Intent
    signals: Signals
    most: int
    newest: bool = False
    every: bool = False

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of decisions that answer, best first."""
        members = self.intent is Intent.RECOMMENDATION and asks_members_advice(self.signals.text)
        return _WANTED[Intent.RESOLUTION if members else self.intent]


def decided(
    reader: Connection,
    by_topic: Weighed,
    wish: Wish,
    filters: Filters,
    allowed: frozenset[Access],
) -> list[Draft]:
    """Return drafts of the decisions asked for, best matter first; none where no matter fits.

    `by_topic` is weighed with the subject's words alone: "resolved" must not draw every resolution.
    """
    matters = [
        matter
        for matter in matters_of(reader, by_topic, filters, allowed)
        if _speaks_of(matter, by_topic.signals)
    ]
    if not matters:
        return []
    for kind in wish.kinds:
        drafts = _of_kind(reader, matters, kind, by_topic.signals, wish)
        if drafts:
            return drafts
    if wish.intent is Intent.RECOMMENDATION:
        return _told_advice(matters[0])
    return _undecided(reader, matters[0], allowed)


def is_outcome(resolution: Resolution) -> bool:
    """Return whether members took the decision: also where it is to recommend something to others."""
    return resolution.standing is Standing.RESOLVED or resolution.outcome is Outcome.CARRIED


def outcomes_of(decisions: Sequence[FoundResolution]) -> list[FoundResolution]:
    """Return the decisions that members took, in order.

    A carried amendment is none where the paper resolves on the same item: it went into what was resolved.
    """
    resolved = {
        (each.document_id, each.resolution.heading)
        for each in decisions
        if each.resolution.standing is Standing.RESOLVED
    }
    return [
        each
        for each in decisions
        if is_outcome(each.resolution)
        and (
            each.resolution.standing is not Standing.PROPOSED
            or (each.document_id, each.resolution.heading) not in resolved
        )
    ]


def _is_proposal(resolution: Resolution) -> bool:
    return resolution.standing is Standing.PROPOSED and resolution.outcome is not Outcome.LOST


def _is_advice(resolution: Resolution) -> bool:
    return resolution.standing is Standing.RECOMMENDED and resolution.outcome is Outcome.UNSTATED


def _all_of(
    kind: Callable[[Resolution], bool],
) -> Callable[[Sequence[FoundResolution]], list[FoundResolution]]:
    return lambda decisions: [each for each in decisions if kind(each.resolution)]


_KINDS = {"outcome": outcomes_of, "proposal": _all_of(_is_proposal), "advice": _all_of(_is_advice)}
_WANTED = {
    Intent.RESOLUTION: ("outcome", "proposal", "advice"),
    Intent.RECOMMENDATION: ("advice", "proposal"),
}
_TEMPLATES = {
    (Intent.RESOLUTION, "advice"): ONLY_RECOMMENDED,
    (Intent.RESOLUTION, "proposal"): ONLY_PROPOSED,
}


def _of_kind(
    reader: Connection, matters: Sequence[Matter], kind: str, topic: Signals, wish: Wish
) -> list[Draft]:
    """Return drafts of the decisions of a kind in the matters near the best, if there are any."""
    fitting = [
        (matter, found)
        for matter in matters
        if matter.score >= matters[0].score - _TOO_FAR
        for found in _once(_KINDS[kind](matter.decisions))
    ]
    if not fitting:
        return []
    if kind == "outcome" and matters[0].score - fitting[0][0].score > 0 and _minuted(matters[0]):
        # The best matter has minutes of its own, which end without a decision: another's must not stand in.
        return []
    if kind == "outcome" and _is_of_another(reader, fitting[0][0], topic):
        return []
    template = _TEMPLATES.get((wish.intent, kind), QUOTE)
    chosen = _of_each_meeting(fitting, topic) if wish.every else _chosen(fitting, wish)
    drafts: list[Draft] = []
    for matter, found in chosen:
        clauses = _clauses(reader, found, topic, wish)
        standing = found.resolution.standing
        if len(clauses) > wish.most:
            clauses = [tuple(span for spans in clauses for span in spans)]
        drafts += [Draft(found.document_id, spans, matter.score, template, standing) for spans in clauses]
    return drafts[: wish.most]


def _speaks_of(matter: Matter, topic: Signals) -> bool:
    """Return whether a matter's papers share a word with the subject at least."""
    words = {stem for weighed in matter.units for stem in content_stems(weighed.text)} | matter.title
    return not topic.weights or _held(words, topic) > 0.0


def _is_of_another(reader: Connection, matter: Matter, topic: Signals) -> bool:
    """Return whether what was decided under an item is another subject's than what was put to it.

    An appendix brings another body's report before a meeting, with recommendations of its own.
    """

    def shares(kind: Callable[[Resolution], bool]) -> list[float]:
        found = [each for each in matter.decisions if kind(each.resolution)]
        texts = [slice_of(reader, each.document_row, each.resolution.span) for each in found]
        return [_held({*content_stems(text), *matter.title}, topic) for text in texts]

    decided_on, put = shares(is_outcome), shares(_is_advice)
    return max(put, default=0.0) >= max(decided_on, default=0.0) + _OF_ANOTHER and max(decided_on) < _LITTLE


def _once(decisions: Iterable[FoundResolution]) -> list[FoundResolution]:
    """Return decisions in order, one record a body: minutes are filed twice."""
    found = list(decisions)
    records: dict[str | None, str] = {}
    for each in sorted(found, key=lambda each: authority(each.resolution.status)):
        records.setdefault(each.resolution.body, each.document_id)
    return [each for each in found if records[each.resolution.body] == each.document_id]


def _chosen(
    fitting: Sequence[tuple[Matter, FoundResolution]], wish: Wish
) -> list[tuple[Matter, FoundResolution]]:
    """Return the decisions of the best matter, and those of another council's where it is as good."""
    first = fitting[0][0]
    if wish.intent is Intent.RESOLUTION and _only_advises(fitting, first):
        # What one body recommended another has since decided.
        later = (matter for matter, _ in fitting if alike(matter.title, first.title))
        first = next((matter for matter in later if not _only_advises(fitting, matter)), first)
    if wish.newest:
        near = [each for each in fitting if each[0].score >= first.score - _TOO_FAR and each[0].held_on]
        newest = max(near, key=lambda each: str(each[0].held_on), default=fitting[0])[0]
        return [each for each in fitting if each[0] is newest]
    councils = {first.council: first}
    for matter, _ in fitting:
        if matter.score >= first.score - _SAME_MATTER or alike(matter.title, first.title):
            councils.setdefault(matter.council, matter)
    return [each for each in fitting if councils.get(each[0].council) is each[0]]


def _of_each_meeting(
    fitting: Sequence[tuple[Matter, FoundResolution]], topic: Signals
) -> list[tuple[Matter, FoundResolution]]:
    """Return, by day, the decisions of near matters whose title is the best one's or names the subject."""
    first = fitting[0][0]
    kept = [
        each
        for each in fitting
        if each[0].council == first.council
        and (alike(each[0].title, first.title) or _held(each[0].title, topic) >= _NAMED_IN_TITLE)
    ]
    return sorted(kept, key=lambda each: str(each[0].held_on))


def _only_advises(fitting: Sequence[tuple[Matter, FoundResolution]], of: Matter) -> bool:
    return all(found.resolution.standing is Standing.RECOMMENDED for matter, found in fitting if matter is of)


def _clauses(
    reader: Connection, found: FoundResolution, topic: Signals, wish: Wish
) -> list[tuple[Span, ...]]:
    """Return what to quote of a decision: each clause, or the one that a narrow question asks for.

    A question is narrow by its words ("by when"), or by a subject that the title does not name.
    """
    resolution = found.resolution
    if not resolution.clauses:
        return [(resolution.span,)]
    spans = [clause.span for clause in resolution.clauses]
    texts = [slice_of(reader, found.document_row, span) for span in spans]
    if len(spans) > 1 and not asks_for_all(wish.signals.text):
        scores = [_fit(text, wish.signals) for text in texts]
        if max(scores) > 0.0:
            return [(spans[scores.index(max(scores))],)]
    if len(spans) > 1 and (alone := _standing_out(texts, resolution.heading or "", topic)) is not None:
        return [(spans[alone],)]
    return [(span,) for span in spans]


def _standing_out(texts: Sequence[str], heading: str, topic: Signals) -> int | None:
    """Return which clause alone names a subject that the title does not name; None where none stands out."""
    title = set(content_stems(heading))
    if _held(title, topic) >= _NAMED_IN_TITLE:
        return None
    shares = [_held(set(content_stems(text)) - title, topic) for text in texts]
    first, second = sorted(shares, reverse=True)[:2]
    return shares.index(first) if first - second >= _ONE_CLAUSE else None


def _held(stems: Collection[str], signals: Signals) -> float:
    """Return the share of a question's weight that some stems hold."""
    return sum(signals.weights.get(stem, 0.0) for stem in set(stems)) / signals.total


def _fit(text: str, signals: Signals) -> float:
    """Return how well a clause answers: its share of the question's weight, and what it must hold."""
    weight = _held(content_stems(text), signals)
    held = holds(text, signals.types)
    return weight + 0.2 * sum(held.values()) if weight else 0.0


def _minuted(matter: Matter) -> bool:
    return bool(best_units(matter, (Part.MINUTES,)))


def _undecided(reader: Connection, matter: Matter, allowed: frozenset[Access]) -> list[Draft]:
    """Say that minutes on the subject record no decision, with how they begin the item."""
    minuted = best_units(matter, (Part.MINUTES,))
    if not minuted:
        return []
    passages = passages_of_minute(reader, minuted[0].passage, allowed)
    units = [(passage, unit) for passage in passages for unit in passage.units]
    told = [(passage, unit) for passage, unit in units if unit.kind is not UnitKind.HEADING]
    if not told:
        return []
    if _matches(_PASSIVE, *told[-1]):
        return [Draft(told[-1][0].document_id, told[-1][1].spans, matter.score, QUOTE, Standing.RESOLVED)]
    denied = next((place for place in told if _matches(_DENIED, *place)), None)
    if denied is not None:
        return [Draft(denied[0].document_id, denied[1].spans, matter.score, QUOTE, Standing.MINUTED)]
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
