"""Which sets a gate runs: a fast tier for every change, a full one for releases."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evals.datasets import FABRICATIONS, Dataset, Scope, Wording, gold_files, load, load_gold
from evals.fabrications import detections, files_named
from evals.runner import corpus_of_files, run
from evals.scoring import score_run
from evals.systems import Choice, opened

DATA = Path(__file__).parent / "data"
SAMPLE_PAPERS = Path(__file__).parent.parent / "qa_service" / "sample" / "papers"


class Tier(StrEnum):
    """How much is run. fast: own gold, seeds, conditionalqa and qmsum, in minutes. full: everything."""

    FAST = "fast"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class TierResult:
    """The folders of scored runs, and forgeries that no gate caught."""

    folders: tuple[Path, ...]
    unseen: tuple[str, ...]


def datasets_of(tier: Tier, shared: Path) -> Iterator[Dataset]:
    """Yield the sets of a tier; the public ones only where the shared folder is there."""
    own = gold_files(DATA) if DATA.is_dir() else []
    if own:
        yield load_gold(own, SAMPLE_PAPERS, "own")
    sets = shared / "eval"
    if not sets.is_dir():
        return
    yield load(sets / "seeds-dev.jsonl", shared / "corpus" / "seeds")
    yield load(sets / "conditionalqa_dev")
    yield load(sets / "qmsum_committee")
    yield load(sets / "qmsum_committee", scope=Scope.GOLD)
    if tier is Tier.FULL:
        yield load(sets / "squad2_dev")
        yield load(sets / "conditionalqa_dev", wording=Wording.SHORT)


def run_tier(tier: Tier, shared: Path, work: Path, say: Callable[[str], None]) -> TierResult:
    """Ask and score every set of a tier afresh, indexes kept from before.

    Raises BadDataset, SystemFailed.
    """
    folders: list[Path] = []
    unseen: list[str] = []
    for dataset in datasets_of(tier, shared):
        folder = work / "runs" / dataset.name.replace(":", "-")
        shutil.rmtree(folder, ignore_errors=True)
        with opened(Choice(work=work), dataset) as system:
            run(dataset, system, folder)
            forged = DATA / FABRICATIONS
            if dataset.name == "own" and forged.is_file():
                found = detections(forged, corpus_of_files(system, files_named(forged)))
                unseen += [
                    f"{one.id}: forged ({one.expected}) and no gate missed" for one in found if not one.caught
                ]
        summary = score_run(folder)
        say(f"{dataset.name}: {summary['questions']} questions asked and scored")
        folders.append(folder)
    return TierResult(tuple(folders), tuple(unseen))
