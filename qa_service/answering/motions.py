"""Motions and amendments: what was moved, and whether it was carried, lost or withdrawn."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.answering.drafts import CARRIED, NOT_CARRIED, ONLY_PROPOSED, QUOTE, WITHDRAWN, Draft
from qa_service.answering.matters import Matter, matters_of
from qa_service.answering.outcomes import is_procedure
from qa_service.answering.quotable import is_quotable
from qa_service.answering.signals import Signals, content_stems
from qa_service.answering.votes import TITLES, persons_named, surname
from qa_service.answering.weighing import Weighed
from qa_service.documents.votes import fate_of, fate_sentence
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.resolutions import Outcome, Standing
from qa_service.domain.spans import Span
from qa_service.retrieval.intents import Intent
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of, text_behind
from qa_service.store.findings import FoundResolution, authority

_ASKED = re.compile(r"\b(?:amendments?|motions?|alternative budgets?)\b", re.IGNORECASE)
_AMENDMENTS = re.compile(r"\bamendments?\b", re.IGNORECASE)
_AMENDS = re.compile(r"\bamend(?:ment|ments|s|ed|ing)?\b", re.IGNORECASE)
# Where what is moved begins, behind who moves it.
_QUOTED = re.compile(r"[:“\"]")
_ELSEWHERE = frozenset(
    {
        Intent.VOTE,
        Intent.ATTENDANCE,
        Intent.ACRONYM,
        Intent.COMMITMENT,
        Intent.NUMBER,
        Intent.PERSON,
        Intent.DATE,
        Intent.RECOMMENDATION,
    }
)
_FATES = tuple(
    (outcome, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for outcome, words in (
        (Outcome.LOST, r"lost|fell|fail\w*|defeat\w*|reject\w*|voted down|turned down"),
        (Outcome.WITHDRAWN, r"withdrawn|withdrew"),
        (Outcome.CARRIED, r"carr(?:y|ied)|pass(?:ed)?|agreed|approved|accepted|succeed\w*|went through"),
    )
)
_TEMPLATES = {Outcome.LOST: NOT_CARRIED, Outcome.WITHDRAWN: WITHDRAWN, Outcome.CARRIED: CARRIED}
# Stems that every question on motions may hold, whatever was moved.
_OF_MOVING = frozenset(
    content_stems(
        """amendment amendments motion motions moved proposed proposal seconded put forward carried carry lost
        fell fall fail failed defeated rejected withdrawn passed pass accepted vote voted finally original
        first end group groups"""
    )
)
_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth)\s+amendment\b|\bamendment\s+(?:no\.?\s*)?(\d{1,2})\b",
    re.IGNORECASE,
)
_ASKS_WHAT_WAS_MOVED = re.compile(
    r"\b(?:what|which)\s+(?:[\w’'-]+\s+){0,2}(?:motions?|amendments?)\b", re.IGNORECASE
)
_WHICH = re.compile(r"^(?:and\s+|so\s+|but\s+)?(?:which|what|were any|was any)\b", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
# Share of the subject by which one motion must name it better than another.
_STANDS_OUT = 0.2
# ... of the shorter one's words that a motion handed in on paper and one in the minutes have in common.
_TWINS = 0.6
# A motion longer than this in characters is quoted to the end of its first clause.
_LONG = 1000
_DEBATE = 6000


@dataclass(frozen=True, slots=True)
class _Moved:
    """A motion or amendment, its words, and the item under which it was moved."""

    matter: Matter
    found: FoundResolution
    words: str

    @property
    def outcome(self) -> Outcome:
        return self.found.resolution.outcome

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(content_stems(self.words))


def asks_for_motions(text: str, intent: Intent) -> bool:
    """Return whether what was moved is asked for, and not how members voted or who moved it."""
    return intent not in _ELSEWHERE and _ASKED.search(text) is not None


def moves_amendment(words: str) -> bool:
    """Return whether the words of a motion move an amendment, by what stands before the moved text."""
    return _AMENDS.search(_QUOTED.split(words, 1)[0]) is not None


def moved(
    reader: Connection,
    by_topic: Weighed,
    asked: Signals,
    filters: Filters,
    allowed: frozenset[Access],
) -> list[Draft]:
    """Return drafts of the motions or amendments asked for, in the order of the minutes; else none.

    Those of one meeting's item: the one that names the subject best, else the best matter's. Each tells its
    fate, in the minutes' own sentence where that is long enough to quote.
    """
    persons = {*content_stems(" ".join((*persons_named(asked.text), *TITLES)))}
    telling = {
        stem: weight
        for stem, weight in by_topic.signals.weights.items()
        if stem not in _OF_MOVING and stem not in persons
    }
    every = _all_moved(reader, matters_of(reader, by_topic, filters, allowed))
    meant = _meant(_of_best_matter(every, telling), telling, asked)
    several = len(meant) > 1
    drafts = [
        told_with_fate(reader, each.found, each.matter.decisions, each.matter.score, several=several)
        for each in meant
    ]
    if not drafts or _ASKS_WHAT_WAS_MOVED.search(asked.text):
        return drafts
    resolved = _resolved_on(reader, meant)
    untold = not resolved and all(each.template == QUOTE for each in drafts)
    if untold and _fate_asked(asked.text) is not None:
        # Whoever asks whether it was carried must not take the words that were moved for an answer.
        drafts = [replace(each, template=ONLY_PROPOSED) for each in drafts]
    return drafts + resolved


def _resolved_on(reader: Connection, meant: Sequence[_Moved]) -> list[Draft]:
    """Return drafts of what was resolved on the item of a motion whose own fate the minutes do not state."""
    open_ = next((each for each in meant if each.outcome is Outcome.UNSTATED), None)
    if open_ is None:
        return []
    row, score = open_.found.document_row, open_.matter.score
    resolved = [
        each
        for each in open_.matter.decisions
        if each.document_row == row
        and each.resolution.standing is Standing.RESOLVED
        and len(each.resolution.span) <= _LONG
        and not is_procedure(reader, each)
    ]
    return [
        Draft(each.document_id, (each.resolution.span,), score, standing=Standing.RESOLVED)
        for each in resolved
    ]


def _all_moved(reader: Connection, matters: Sequence[Matter]) -> list[_Moved]:
    """Return what was moved under the matters, of one record each, best matter first."""
    found: list[_Moved] = []
    for matter in matters:
        proposed = [each for each in matter.decisions if each.resolution.standing is Standing.PROPOSED]
        best = min(proposed, key=lambda each: authority(each.resolution.status), default=None)
        for each in proposed:
            if best is not None and each.document_id == best.document_id:
                words = " ".join(slice_of(reader, each.document_row, each.resolution.span).split())
                found.append(_Moved(matter, each, words))
    return found


def _of_best_matter(every: Sequence[_Moved], telling: dict[str, float]) -> list[_Moved]:
    """Return what was moved under the matter that holds the motion which names the subject best.

    None where none names any of it. What was handed in on paper gives way to the same in minutes, which say
    what became of it.
    """
    if not every:
        return []
    best = max(every, key=lambda each: (_share(each, telling), each.outcome is not Outcome.UNSTATED))
    if telling and not _share(best, telling):
        return []
    if best.outcome is Outcome.UNSTATED:
        told = (each for each in every if each.outcome is not Outcome.UNSTATED)
        best = next((each for each in told if _are_twins(each, best)), best)
    return [each for each in every if each.matter is best.matter]


def _meant(moved_on: Sequence[_Moved], telling: dict[str, float], asked: Signals) -> list[_Moved]:
    """Return those of one matter's motions that the question means; all where it tells none apart."""
    amendments = [each for each in moved_on if moves_amendment(each.words)]
    pool = list(moved_on)
    if _AMENDMENTS.search(asked.text):
        pool = amendments or pool
    if (place := _ORDINAL.search(asked.text)) is not None:
        nth = int(place[2]) - 1 if place[2] else _ORDINALS.index(place[1].lower())
        return pool[nth : nth + 1]
    named = {name.lower() for name in persons_named(asked.text)} | asked.names
    if by_person := [each for each in pool if surname(each.found.resolution.proposer or "") in named]:
        pool = by_person
    if _WHICH.search(asked.text) and (fate := _fate_asked(asked.text)) is not None:
        # Where none met the fate asked after, what became of each says so.
        return [each for each in pool if each.outcome is fate] or pool
    shares = [_share(each, telling) for each in pool]
    most = max(shares, default=0.0)
    if most > 0.0:
        pool = [each for each, share in zip(pool, shares, strict=True) if share > most - _STANDS_OUT]
    return pool


def _share(one: _Moved, telling: dict[str, float]) -> float:
    """Return the share of the subject that a motion and its item's title name."""
    named = telling.keys() & (one.stems | one.matter.title)
    return sum(telling[stem] for stem in named) / (sum(telling.values()) or 1.0)


def _are_twins(one: _Moved, other: _Moved) -> bool:
    return len(one.stems & other.stems) >= _TWINS * min(len(one.stems), len(other.stems))


def _fate_asked(text: str) -> Outcome | None:
    return next((fate for fate, pattern in _FATES if pattern.search(text)), None)


def told_with_fate(
    reader: Connection,
    found: FoundResolution,
    beside: Sequence[FoundResolution],
    score: float,
    *,
    several: bool,
) -> Draft:
    """Return the draft of one motion with the sentence that states its fate, or a template that says it.

    `beside`: what was moved or decided under the same item; `several`: whether it is told among others.
    """
    resolution = found.resolution
    spans = [_shortened(reader, found, several=several)]
    template = QUOTE
    if resolution.outcome is not Outcome.UNSTATED:
        fate = _fate_behind(reader, found, beside)
        template = _TEMPLATES[resolution.outcome]
        if fate is not None and is_quotable(slice_of(reader, found.document_row, fate)):
            spans.append(fate)
    return Draft(found.document_id, tuple(spans), score, template, resolution.standing)


def _shortened(reader: Connection, found: FoundResolution, *, several: bool) -> Span:
    """Return a motion, or of a long one, or among several, all up to its first clause that can be quoted."""
    resolution = found.resolution
    if not several and len(resolution.span) <= _LONG:
        return resolution.span
    for clause in resolution.clauses:
        if is_quotable(slice_of(reader, found.document_row, clause.span)):
            return Span(resolution.span.start, clause.span.end)
    return resolution.span


def _fate_behind(
    reader: Connection, found: FoundResolution, beside: Sequence[FoundResolution]
) -> Span | None:
    """Return the sentence behind a motion, and before what is moved or decided next, that states its fate."""
    row, start = found.document_row, found.resolution.span.end
    spans = [each.resolution.span for each in beside if each.document_row == row]
    most = min((span.start - start for span in spans if span.start >= start), default=_DEBATE)
    text = text_behind(reader, row, start, most)
    place = fate_sentence(text)
    if place is None or fate_of(text[slice(*place)]) is not found.resolution.outcome:
        return None
    return Span(*place).shifted(start)
