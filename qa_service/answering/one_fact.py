"""Whether sentences tell of the very thing that a question asks of, so that one may overtake the other.

To say that one sentence is overtaken by another is to say that both are of one thing. Sentences of one form
("i) ..., Chq No 1204 £211.00") are as like as two tellings: only the words of the question tell them apart.
"""

import re
from collections.abc import Iterable, Sequence

from qa_service.answering.conflicts import COUNTING
from qa_service.answering.matters import title_of
from qa_service.answering.signals import Signals, content_stems
from qa_service.answering.states import is_one_matter
from qa_service.answering.weighing import WeighedUnit
from qa_service.register.figures import figures_in
from qa_service.retrieval.over_time import without_change, without_newest
from qa_service.retrieval.question import Reading

# Shares of the subject's weight that a sentence itself must name, or the title of its item.
_NAMED, _TITLED = 0.4, 0.4
_LEAST_LETTERS = 5
# A forecast is told in these words or in others: what it is a forecast of tells it from the next.
_FORETOLD = frozenset(content_stems("forecast expected predicted likely"))
_PAYING = frozenset(content_stems("pay pays paid cost costs spend spends spent charge charged owe owes"))
_MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b")
# An entry of a list: "iv) Membership, Chq No 12 236.00".
_ENTRY = re.compile(r"^\s*\(?(?:[ivxl]+|[a-z])\)", re.IGNORECASE)

# Members agree to many things under one title: "it was proposed by A and agreed that the £100 be paid".
_DECIDED = re.compile(r"\b(?:proposed|moved|seconded)\s+by\b", re.IGNORECASE)


def of_one_fact(
    anchor: WeighedUnit, others: Sequence[WeighedUnit], reading: Reading, signals: Signals
) -> list[WeighedUnit]:
    """Return those of the units that tell, as the anchor does, of what is asked; none where it does not.

    In the same report of another time it may go by other words; not so an entry of a list.
    """
    subject = _subject_of(reading, signals)
    if not _tells_of(anchor, subject):
        return []
    return [
        each
        for each in others
        if (_tells_of(each, subject) and _no_less(anchor, each, subject)) or _is_same_report(anchor, each)
    ]


def of_like_words(
    anchor: WeighedUnit, others: Sequence[WeighedUnit], reading: Reading, signals: Signals
) -> list[WeighedUnit]:
    """Return those of the units that name all that the anchor names of the question; none where that is none.

    They may be of the same thing, and nothing is to be said of that.
    """
    subject = _subject_of(reading, signals)
    named = _named(content_stems(anchor.text), subject)
    return [each for each in others if named and named <= _named(content_stems(each.text), subject)]


def tells_of_asked(unit: WeighedUnit, reading: Reading, signals: Signals) -> bool:
    """Return whether a unit tells of the thing that a question asks of."""
    return _tells_of(unit, _subject_of(reading, signals))


def heads_it(unit: WeighedUnit, reading: Reading, signals: Signals) -> bool:
    """Return whether the title of a unit's item names the rarest word that a question asks of."""
    subject = _subject_of(reading, signals)
    titled = title_of(unit.passage.segment, unit.passage.title)
    return bool(subject) and max(subject, key=lambda stem: subject[stem]) in titled


def _subject_of(reading: Reading, signals: Signals) -> dict[str, float]:
    """Return the stems of what a question asks of, with their weights: without its time and its wish."""
    words = without_newest(without_change(reading.topic))
    stems = [stem for stem in content_stems(words) if stem.isalpha() and len(stem) > 1]
    scope = (*reading.filters.councils, *reading.filters.bodies)
    of_scope = {stem for name in scope for stem in content_stems(name)}
    named = [stem for stem in stems if stem not in COUNTING and stem not in of_scope]
    kept = [stem for stem in named if stem not in _FORETOLD] or named
    return {stem: signals.weights.get(stem, 0.0) for stem in kept}


def _tells_of(unit: WeighedUnit, subject: dict[str, float]) -> bool:
    """Return whether a unit names the rarest word asked of and enough besides, or gives a figure under it."""
    whole = sum(subject.values())
    if not whole:
        return False
    named = _named(content_stems(unit.text), subject)
    rarest = max(subject, key=lambda stem: subject[stem])
    if rarest in _PAYING:  # "How much does the warden get paid?": all that costs anything is paid
        return False
    if rarest in named and _share(named, subject) >= _NAMED * whole:
        return True
    titled = title_of(unit.passage.segment, unit.passage.title)
    return bool(figures_in(unit.text)) and _share(titled, subject) >= _TITLED * whole


def of_other_months(one: WeighedUnit, other: WeighedUnit) -> bool:
    """Return whether two entries of lists name other months: what is paid for May overtakes no April."""
    if not all(_ENTRY.match(each.text) for each in (one, other)):
        return False
    mine, theirs = (set(_MONTH.findall(each.text)) for each in (one, other))
    return bool(mine or theirs) and mine != theirs


def _is_same_report(anchor: WeighedUnit, other: WeighedUnit) -> bool:
    in_lists = any(_ENTRY.match(each.text) or _DECIDED.search(each.text) for each in (anchor, other))
    return not in_lists and is_one_matter(anchor, other)


def _no_less(anchor: WeighedUnit, other: WeighedUnit, subject: dict[str, float]) -> bool:
    """Return whether another unit, or the title above it, names the rarest word that the anchor names."""
    named = _named(content_stems(anchor.text), subject)
    if not named:
        return True
    rarest = max(named, key=lambda stem: subject[stem])
    titles = [title_of(each.passage.segment, each.passage.title) for each in (anchor, other)]
    one_title = all(_share(title, subject) >= _TITLED * sum(subject.values()) for title in titles)
    return one_title or rarest in _named(content_stems(other.text), subject)


def _named(stems: Iterable[str], subject: Iterable[str]) -> set[str]:
    """Return the words of a subject that stand among stems, or end as one of them: "overspend", "spend"."""
    held = set(stems)
    ends = tuple(stem for stem in held if len(stem) >= _LEAST_LETTERS)
    return {stem for stem in subject if stem in held or stem.endswith(ends)}


def _share(stems: frozenset[str] | set[str], subject: dict[str, float]) -> float:
    return sum(weight for stem, weight in subject.items() if stem in stems)
