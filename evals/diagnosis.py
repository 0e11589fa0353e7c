"""Where wrong answers were lost: each is asked again with its explanation, and held against the gold.

A question that is not fully correct is lost at one stage. Knowing which says what to mend: reading, finding,
weighing, or the route that answers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.cases import Case, groups_covered, matching
from evals.errors import SystemFailed
from evals.jsonl import JsonObject
from evals.replies import reply_of
from evals.systems import System
from qa_service.domain.spans import Span

_FEATURES = 3  # of those that hold a sentence back, so many are named
_LEAST = 0.05  # log-odds: less than this holds nothing back


class Lost(StrEnum):
    """The stage at which the right answer was lost, in the order of the stages."""

    NOT_FOUND = "no passage found holds the evidence"
    NOT_WEIGHED = "a passage found holds it, and no sentence of it is among the best"
    OUTRANKED = "its sentence was weighed, and others came before it"
    OVERRULED = "its sentence came first, and something else was said"
    REFUSED = "its sentence came first, and the answer was refused"
    NOT_WHOLE = "evidence was cited: part of it is missing, or something else is wrong"
    AMISS = "nothing answers and it was refused, and something else is wrong"
    ANSWERED_ANYWAY = "nothing answers, and an answer was given"
    NO_REPLY = "the system gave no reply"


@dataclass(frozen=True, slots=True)
class Held:
    """A feature that holds the right sentence back, and by how much beside the first, in log-odds."""

    name: str
    behind: float


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One question: where its answer was lost.

    `rank`: of the first sentence that matches the evidence, from 1, in the search that has it highest; None
    where none does. `behind`: how far its score is below the first one's, with the features that tell most.
    `stage` and `route`: which the system names as having decided; None where it names none.
    """

    case: Case
    lost: Lost
    stage: str | None = None
    route: str | None = None
    rank: int | None = None
    behind: float = 0.0
    held: tuple[Held, ...] = ()


def diagnosed(case: Case, request: JsonObject, system: System) -> Diagnosis:
    """Return the diagnosis of a case that is not fully correct, asked again as it was asked in the run.

    Raises SystemFailed where the system does not explain itself, or answers otherwise than in the run.
    """
    if case.reply is None:
        return Diagnosis(case, Lost.NO_REPLY)
    raw = system.ask(request | {"explain": True})
    explain = raw.get("explain")
    if not explain:
        raise SystemFailed(
            "diagnose", "the system gives no explanation of its replies; ask one that takes `explain`"
        )
    if reply_of(raw).citations != case.reply.citations:
        raise SystemFailed(
            "diagnose", f"{case.qid} is answered otherwise than in the run; run it again first"
        )
    return _diagnosis(case, explain)


def _diagnosis(case: Case, explain: JsonObject) -> Diagnosis:
    stage, route = str(explain["stage"]), explain["route"]
    if not case.topic.question.answerable:
        return Diagnosis(case, Lost.ANSWERED_ANYWAY if case.answered else Lost.AMISS, stage, route)
    searches: list[JsonObject] = explain["searches"]
    placed = [found for search in searches if (found := _first_match(case, search["sentences"])) is not None]
    if not placed:
        seen = any(_first_match(case, search["candidates"]) is not None for search in searches)
        lost = Lost.NOT_WEIGHED if seen else Lost.NOT_FOUND
        return Diagnosis(case, _said_anyway(case) or lost, stage, route)
    at, sentences = min(placed, key=lambda found: found[0])
    lost = _said_anyway(case) or _of_weighed(case, at)
    first, gold = sentences[0], sentences[at]
    return Diagnosis(
        case, lost, stage, route, at + 1, float(first["score"] - gold["score"]), _held_back(first, gold)
    )


def _said_anyway(case: Case) -> Lost | None:
    return Lost.NOT_WHOLE if groups_covered(case, case.cited) else None


def _of_weighed(case: Case, at: int) -> Lost:
    if at:
        return Lost.OUTRANKED
    return Lost.OVERRULED if case.answered else Lost.REFUSED


def _first_match(case: Case, places: Sequence[JsonObject]) -> tuple[int, Sequence[JsonObject]] | None:
    """Return the position of the first place that matches the evidence, with all of them."""
    for at, place in enumerate(places):
        span = Span(place["start"], place["end"])
        if matching(case.topic.evidence, place["document"]["id"], span):
            return at, places
    return None


def _held_back(first: JsonObject, gold: JsonObject) -> tuple[Held, ...]:
    """Return the features by which the first sentence is furthest ahead, most first."""
    added = {each["name"]: float(each["added"]) for each in first["features"]}
    for each in gold["features"]:
        added[each["name"]] = added.get(each["name"], 0.0) - float(each["added"])
    ahead = sorted(added.items(), key=lambda each: (-each[1], each[0]))[:_FEATURES]
    return tuple(Held(name, behind) for name, behind in ahead if behind >= _LEAST)


def by_stage(diagnoses: Iterable[Diagnosis]) -> dict[Lost, int]:
    """Return how many were lost at each stage, in the order of the stages; every stage has its number."""
    counts = dict.fromkeys(Lost, 0)
    for each in diagnoses:
        counts[each.lost] += 1
    return counts
