"""Precision and recall of a register against rows read by hand, every mistake named, and two exact gates.

A row is right if it shares half of the shorter span with gold, a link if both of its ends are, a conflict if
each place that it cites is another side of one conflict of the same kind.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evals.anchoring import Place
from evals.register.found import Disagreement, Link, Register, Row
from evals.register.gold import Gold, GoldConflict, GoldLink, GoldRow

_SHARED = 0.5  # of the shorter of two spans
_SHOWN = 90  # characters of a mistake's words
RESOLVED = "resolved"

Shown = TypeVar("Shown", Row, Link, Disagreement)
Wanted = TypeVar("Wanted", GoldRow, GoldLink, GoldConflict)


@dataclass(frozen=True, slots=True)
class Target:
    """The least precision and recall that the issue of the register asks for; None: it asks for none."""

    precision: float | None = None
    recall: float | None = None


TARGETS = {
    "resolutions": Target(0.98, 0.95),
    "commitments": Target(0.90, 0.80),
    "links": Target(0.95),
    "conflicts": Target(),
}


@dataclass(frozen=True, slots=True)
class Tally:
    """How one kind of row does: `right` of `shown` rows are gold, `found` of `expected` gold is shown."""

    kind: str
    right: int
    shown: int
    found: int
    expected: int
    mistakes: tuple[str, ...]

    @property
    def precision(self) -> float | None:
        """Right of shown, from 0 to 1; None where nothing is shown."""
        return self.right / self.shown if self.shown else None

    @property
    def recall(self) -> float | None:
        """Found of expected, from 0 to 1; None where nothing is expected."""
        return self.found / self.expected if self.expected else None

    @property
    def met(self) -> bool:
        """Whether both reach their targets; what cannot be measured fails none."""
        target = TARGETS[self.kind]
        pairs = ((self.precision, target.precision), (self.recall, target.recall))
        return all(value is None or least is None or value >= least for value, least in pairs)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a field of the rows found is what gold says, with the ids of those that are not."""

    field: str
    right: int
    of: int
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """One set's figures. `broken` holds what no register may have: an empty tuple passes both gates."""

    name: str
    tallies: tuple[Tally, ...]
    fields: tuple[Agreement, ...]
    broken: tuple[str, ...]


def score(register: Register, gold: Gold) -> Score:
    """Return how a register does on the papers of one set; rows of other papers are left aside."""
    decided = [row for row in register.resolutions if _within(row.places, gold)]
    promised = [row for row in register.commitments if _within(row.places, gold)]
    linked = [link for link in register.links if _within((link.place, *link.commitment.places), gold)]
    differing = [each for each in register.conflicts if _within(each.places, gold)]
    return Score(
        gold.name,
        (
            _tally("resolutions", register, decided, gold.resolutions, _is_row),
            _tally("commitments", register, promised, gold.commitments, _is_row),
            _tally("links", register, linked, gold.links, _of_commitments(gold, register)),
            _tally("conflicts", register, differing, gold.conflicts, _is_conflict),
        ),
        tuple(_fields(decided, gold.resolutions, promised, gold.commitments)),
        tuple(_broken(register, decided, gold.resolutions)),
    )


def _within(places: Iterable[Place], gold: Gold) -> bool:
    return all(place.document_id in gold.documents for place in places)


def _broken(register: Register, decided: Sequence[Row], gold: Sequence[GoldRow]) -> Iterator[str]:
    yield from (f"no citation that holds: {name}" for name in register.uncited)
    for row in decided:
        meant = {each.facts["standing"] for each in gold if _is_row(row, each)}
        if row.facts["standing"] == RESOLVED and meant and RESOLVED not in meant:
            yield f"stored as resolved, is {' or '.join(sorted(meant))}: {_shown(register, row.places[0])}"


def _tally(
    kind: str,
    register: Register,
    shown: Sequence[Shown],
    wanted: Sequence[Wanted],
    matches: Callable[[Shown, Wanted], bool],
) -> Tally:
    hits = [{each.id for each in wanted if matches(row, each)} for row in shown]
    found: set[str] = set().union(*hits)
    required = [each for each in wanted if not isinstance(each, GoldRow) or each.required]
    wrong: list[str] = [
        f"wrong: {_named(register, row)}" for row, hit in zip(shown, hits, strict=True) if not hit
    ]
    left = [each for each in required if each.id not in found]
    missed: list[str] = [f"missed: {each.id}: {_shown(register, _first(each))}" for each in left]
    return Tally(
        kind,
        right=sum(bool(hit) for hit in hits),
        shown=len(shown),
        found=sum(each.id in found for each in required),
        expected=len(required),
        mistakes=(*wrong, *missed),
    )


def _named(register: Register, row: Row | Link | Disagreement) -> str:
    """Return what a person needs to find a wrong row: its file, its words, what it claims."""
    if isinstance(row, Disagreement):
        return f"{row.kind}, {row.note}: {_shown(register, row.places[0])}"
    if isinstance(row, Link):
        return f"{_shown(register, row.commitment.places[0])} => {row.says}: {_shown(register, row.place)}"
    return f"{row.facts['standing']}: {_shown(register, row.places[0])}"


def _first(row: GoldRow | GoldLink | GoldConflict) -> Place:
    return row.sides[0][0] if isinstance(row, GoldConflict) else row.places[0]


def _shown(register: Register, place: Place) -> str:
    name = next((paper.file_name for paper in register.papers if paper.id == place.document_id), "")
    return f"{name} [{place.span.start}, {place.span.end}) {register.words(place)[:_SHOWN]}"


def _shares(one: Place, other: Place) -> bool:
    if one.document_id != other.document_id:
        return False
    shared = min(one.span.end, other.span.end) - max(one.span.start, other.span.start)
    return shared > 0 and shared >= _SHARED * min(len(one.span), len(other.span))


def _is_row(row: Row, gold: GoldRow) -> bool:
    return any(_shares(place, known) for place in row.places for known in gold.places)


def _of_commitments(gold: Gold, register: Register) -> Callable[[Link, GoldLink], bool]:
    """Return whether a link is one of gold: its promise is, and the later place, or one of the same words."""
    promises = {row.id: row for row in gold.commitments}

    def is_link(link: Link, wanted: GoldLink) -> bool:
        if not _is_row(link.commitment, promises[wanted.commitment]):
            return False
        told = register.words(link.place)
        return any(_shares(link.place, place) or register.words(place) in told for place in wanted.places)

    return is_link


def _is_conflict(found: Disagreement, gold: GoldConflict) -> bool:
    if found.kind != gold.kind or len(found.places) > len(gold.sides):
        return False
    sides = [
        {number for number, side in enumerate(gold.sides) if any(_shares(place, known) for known in side)}
        for place in found.places
    ]
    return all(sides) and len(set().union(*sides)) == len(found.places)


def _fields(
    decided: Sequence[Row], resolutions: Sequence[GoldRow], promised: Sequence[Row], gold: Sequence[GoldRow]
) -> Iterator[Agreement]:
    for name in ("standing", "council", "body", "held_on", "minute"):
        yield _agreement("resolutions", name, _pairs(decided, resolutions), _equal(name))
    for name in ("standing", "council", "body", "made_at", "due"):
        yield _agreement("commitments", name, _pairs(promised, gold), _equal(name))
    yield _agreement("commitments", "states", _pairs(promised, gold), _states_right)


def _pairs(rows: Sequence[Row], gold: Sequence[GoldRow]) -> list[tuple[Row, GoldRow]]:
    """Return each row of gold with the row that covers most of it."""
    found = []
    for wanted in gold:
        near = [(_cover(row, wanted), row) for row in rows if _is_row(row, wanted)]
        if near:
            found.append((max(near, key=lambda each: each[0])[1], wanted))
    return found


def _cover(row: Row, gold: GoldRow) -> float:
    return max(
        (min(a.span.end, b.span.end) - max(a.span.start, b.span.start)) / max(len(a.span), len(b.span))
        for a in row.places
        for b in gold.places
        if a.document_id == b.document_id
    )


def _agreement(
    kind: str,
    name: str,
    pairs: Sequence[tuple[Row, GoldRow]],
    right: Callable[[Row, GoldRow], bool | None],
) -> Agreement:
    judged = [(gold.id, right(row, gold)) for row, gold in pairs]
    told = [(id_, verdict) for id_, verdict in judged if verdict is not None]
    wrong = tuple(id_ for id_, verdict in told if not verdict)
    return Agreement(f"{kind} {name}", len(told) - len(wrong), len(told), wrong)


def _equal(name: str) -> Callable[[Row, GoldRow], bool | None]:
    """Return a test of one field; it gives None where gold does not tell."""
    return lambda row, gold: row.facts.get(name) == gold.facts[name] if name in gold.facts else None


def _states_right(row: Row, gold: GoldRow) -> bool | None:
    wanted = gold.facts.get("states")
    if wanted is None:
        return None
    found = row.facts["states"]
    return all(found.get(each["on"]) in {each["state"], *each.get("also_accepted", ())} for each in wanted)
