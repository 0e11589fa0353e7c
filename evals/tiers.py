"""Which sets are run together, and the running of one: the tiers of the gate, and the sets with targets."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evals.datasets import FABRICATIONS, Dataset, Listed, Scope, Wording, gold_files, load, load_gold
from evals.everyday import COMMITTEES, REPORT_PACKS, Half, as_asked
from evals.fabrications import detections, files_named
from evals.jsonl import JsonObject
from evals.real_papers import real_sets
from evals.runner import corpus_of_files, run
from evals.scoring import score_run
from evals.systems import Choice, System, opened
from evals.targets import ADVERSARIAL, CONDITIONAL, MEETINGS, SEEDS

DATA = Path(__file__).parent / "data"
SAMPLE_PAPERS = Path(__file__).parent.parent / "qa_service" / "sample" / "papers"
OWN = "own"


class Tier(StrEnum):
    """How much is run. ci: own gold, seeds and conditionalqa, with nothing encoded before.

    fast: qmsum and our councils kept apart too; full: everything.
    """

    CI = "ci"
    FAST = "fast"
    FULL = "full"


_LEFT_OUT = {
    Tier.CI: frozenset({ADVERSARIAL, MEETINGS}),
    Tier.FAST: frozenset({ADVERSARIAL}),
    Tier.FULL: frozenset[str](),
}


@dataclass(frozen=True, slots=True)
class TierResult:
    """The folders of scored runs, and forgeries that no gate caught."""

    folders: tuple[Path, ...]
    unseen: tuple[str, ...]


def own_gold() -> Dataset:
    """Return our own gold with the sample council's papers. Raises BadDataset."""
    return load_gold(gold_files(DATA), SAMPLE_PAPERS, OWN)


def sets_with_targets(shared: Path) -> Iterator[Listed]:
    """Yield our own gold and the sets that have targets, those that are there.

    `shared` holds eval/ and corpus/.
    """
    yield Listed(OWN, own_gold)
    sets, seeds = shared / "eval", shared / "eval" / f"{SEEDS}.jsonl"
    if seeds.is_file():
        yield Listed(SEEDS, lambda: load(seeds, shared / "corpus" / "seeds"))
    for name in (CONDITIONAL, MEETINGS, ADVERSARIAL):
        if (sets / name).is_dir():
            yield Listed(name, lambda name=name: load(sets / name))  # type: ignore[misc]


def unseen_councils() -> Iterator[Listed]:
    """Yield the questions on papers of invented councils that nothing was fitted on."""
    for folder in (COMMITTEES, REPORT_PACKS):
        for gold in as_asked(Half.DEV, folder):
            yield Listed(gold.name, lambda gold=gold: gold)  # type: ignore[misc]


def sets_of(tier: Tier, shared: Path) -> Iterator[Listed]:
    """Yield the sets of a tier; the public ones only where the shared folder is there."""
    for one in sets_with_targets(shared):
        if one.name not in _LEFT_OUT[tier]:
            yield one
        if one.name == OWN and tier is not Tier.CI:
            yield from unseen_councils()
        if one.name == MEETINGS and tier is not Tier.CI:
            yield Listed(f"{MEETINGS}:scoped", lambda: load(shared / "eval" / MEETINGS, scope=Scope.GOLD))
        if one.name == SEEDS and tier is Tier.FULL:
            yield from real_sets(shared / "corpus")
        if one.name == CONDITIONAL and tier is Tier.FULL:
            yield Listed(f"{CONDITIONAL}:short", lambda: _short(shared / "eval" / CONDITIONAL))


def _short(folder: Path) -> Dataset:
    return load(folder, wording=Wording.SHORT)


def run_folder(name: str, runs: Path) -> Path:
    """Return the folder of a set's run."""
    return runs / name.replace(":", "-")


def ask_and_score(dataset: Dataset, system: System, folder: Path) -> JsonObject:
    """Ask a set afresh, score it, and return the summary. Raises BadDataset, SystemFailed."""
    shutil.rmtree(folder, ignore_errors=True)
    run(dataset, system, folder)
    return score_run(folder)


def run_tier(tier: Tier, shared: Path, runs: Path, work: Path, say: Callable[[str], None]) -> TierResult:
    """Ask and score every set of a tier afresh, indexes kept from before.

    Raises BadDataset, SystemFailed.
    """
    folders: list[Path] = []
    unseen: list[str] = []
    for listed in sets_of(tier, shared):
        folder = run_folder(listed.name, runs)
        dataset = listed.read()
        with opened(Choice(work=work), dataset) as system:
            summary = ask_and_score(dataset, system, folder)
            if listed.name == OWN:
                unseen += _unseen_forgeries(system)
        say(f"{listed.name}: {summary['questions']} questions asked and scored")
        folders.append(folder)
    return TierResult(tuple(folders), tuple(unseen))


def _unseen_forgeries(system: System) -> Iterator[str]:
    """Yield a line for each forged citation that no gate misses."""
    forged = DATA / FABRICATIONS
    for one in detections(forged, corpus_of_files(system, files_named(forged))):
        if not one.caught:
            yield f"{one.id}: forged ({one.expected}) and no gate missed"
