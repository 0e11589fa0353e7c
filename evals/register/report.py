"""The figures of the register as text: a table, the fields, every mistake, the gates."""

from collections.abc import Iterator, Sequence
from typing import Any

from evals.register.score import TARGETS, Agreement, Score, Tally

_HEAD = "| set | rows | precision | target | recall | target | met |"


def as_text(scores: Sequence[Score]) -> str:
    """Return a Markdown table of all sets, then for each its fields, mistakes and gates."""
    rows = [_row(score.name, tally) for score in scores for tally in score.tallies]
    lines = [_HEAD, "| --- " * 7 + "|", *rows]
    for score in scores:
        lines += ["", f"## {score.name}", *_details(score)]
    return "\n".join(lines) + "\n"


def as_json(scores: Sequence[Score]) -> list[dict[str, Any]]:
    """Return the same figures for programs; unknown is null."""
    return [
        {
            "name": score.name,
            "rows": [
                {
                    "kind": tally.kind,
                    "precision": tally.precision,
                    "right": tally.right,
                    "shown": tally.shown,
                    "recall": tally.recall,
                    "found": tally.found,
                    "expected": tally.expected,
                    "met": tally.met,
                    "mistakes": list(tally.mistakes),
                }
                for tally in score.tallies
            ],
            "fields": [
                {"field": each.field, "right": each.right, "of": each.of, "wrong": list(each.wrong)}
                for each in score.fields
            ],
            "broken": list(score.broken),
        }
        for score in scores
    ]


def _details(score: Score) -> Iterator[str]:
    yield from (_field(each) for each in score.fields if each.of)
    for tally in score.tallies:
        yield from (f"- {tally.kind}, {mistake}" for mistake in tally.mistakes)
    yield from (f"GATE FAILS: {line}" for line in score.broken)
    if not score.broken:
        yield "gates pass: every row has a citation that holds, no recommendation is stored as resolved"


def _field(each: Agreement) -> str:
    wrong = f"; not {', '.join(each.wrong)}" if each.wrong else ""
    return f"{each.field}: {each.right} of {each.of}{wrong}"


def _row(name: str, tally: Tally) -> str:
    target = TARGETS[tally.kind]
    precision = _share(tally.precision, tally.right, tally.shown)
    recall = _share(tally.recall, tally.found, tally.expected)
    return (
        f"| {name} | {tally.kind} | {precision} | {_least(target.precision)} "
        f"| {recall} | {_least(target.recall)} | {'yes' if tally.met else '**no**'} |"
    )


def _share(value: float | None, part: int, whole: int) -> str:
    return "-" if value is None else f"{value:.3f} ({part}/{whole})"


def _least(target: float | None) -> str:
    return "" if target is None else f">= {target:.2f}"
