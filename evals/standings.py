"""Where the answers stand against their targets: every set that is there, run and put into one table."""

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.compare import compare
from evals.errors import BadDataset, BadRun, NotComparable
from evals.gate import gate_misses
from evals.jsonl import JsonObject
from evals.runs import read_scores
from evals.systems import Choice, opened
from evals.targets import Reached, reached
from evals.tiers import ask_and_score, run_folder, sets_with_targets

_HEAD = "| set | measure | naive | target | measured | 95 % interval | of | reached |"
SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True)
class Standing:
    """One set: its targets with what was measured, its missed gates, what changed since the run before."""

    name: str
    folder: Path
    summary: JsonObject
    reached: tuple[Reached, ...]
    missed_gates: tuple[str, ...]
    since: tuple[str, ...]

    def rows(self) -> list[str]:
        """Return the set's lines of the table, one a target."""
        return [_row(self.name, one) for one in self.reached]

    def notes(self) -> list[str]:
        """Return what is beside the table: questions, errors, gates, speed, what changed."""
        of = self.summary["measures"]
        figures = ", ".join(f"{name} {of[name]['mean']:.3f}" for name in ("fully_correct", "harmful"))
        seconds = self.summary["seconds"]["median"]
        speed = "" if seconds is None else f", {1000 * seconds:.0f} ms an answer (median)"
        errors, missed = len(self.summary["errors"]), len(self.missed_gates)
        first = (
            f"{self.name}: {self.summary['questions']} questions, {errors} errors, {missed} gates missed, "
            f"{figures}{speed}"
        )
        return [first, *(f"  misses a gate: {line}" for line in self.missed_gates), *self.since]


def standings(shared: Path, runs: Path, choice: Choice, only: Collection[str] = ()) -> Iterator[Standing]:
    """Yield each set once it is asked and scored; `only` names the sets wanted, none named: all.

    The run before stays beside the new one as `<set>.before`. Raises BadDataset where `only` names a set that
    is not there or nothing is, and as `ask_and_score`.
    """
    listed = [one for one in sets_with_targets(shared) if not only or one.name in only]
    if strangers := sorted(set(only) - {one.name for one in listed}):
        raise BadDataset(str(shared), f"holds no set {strangers[0]!r}")
    for one in listed:
        dataset, folder = one.read(), run_folder(one.name, runs)
        before = _kept(folder)
        with opened(choice, dataset) as system:
            summary = ask_and_score(dataset, system, folder)
        missed = tuple(gate_misses(read_scores(folder)))
        found = tuple(reached(dataset.name, summary))
        yield Standing(dataset.name, folder, summary, found, missed, tuple(_since(before, folder)))


def _kept(folder: Path) -> Path:
    """Put the last run of a set aside, and return where."""
    before = folder.with_name(f"{folder.name}.before")
    if folder.is_dir():
        shutil.rmtree(before, ignore_errors=True)
        folder.rename(before)
    return before


def _since(before: Path, after: Path) -> Iterator[str]:
    """Yield what changed since the run before, where there is one over the same questions and papers."""
    try:
        found = compare(before, after)
    except (BadRun, NotComparable):
        return
    counts = f"{len(found.fixed)} fixed, {len(found.broken)} broken, {found.same} the same"
    yield f"  since the run before: {counts}"
    for change in found.changes:
        if change.p_holm is not None and change.p < SIGNIFICANT:
            yield (
                f"  {change.measure}: {change.before:.3f} to {change.after:.3f} "
                f"(p = {change.p:.4f}, Holm {change.p_holm:.4f})"
            )


def _row(name: str, one: Reached) -> str:
    target = one.target
    wanted = f"{'<=' if target.at_most else '>='} {target.value:.2f}"
    if one.value is None:
        return f"| {name} | {target.title} | {target.naive} | {wanted} | {one.note} | | | |"
    interval = "" if one.low is None or one.high is None else f"{one.low:.3f} to {one.high:.3f}"
    verdict = "yes" if one.met else "**no**"
    return (
        f"| {name} | {target.title} | {target.naive} | {wanted} | {one.value:.3f} | {interval} | {one.n} "
        f"| {verdict} |"
    )


def table(found: Collection[Standing]) -> str:
    """Return the sets as a Markdown table with the notes under it."""
    rows = [line for one in found for line in one.rows()]
    notes = [line for one in found for line in one.notes()]
    return "\n".join([_HEAD, "| --- " * 8 + "|", *rows, "", *notes]) + "\n"
