"""`python -m evals.training.ranking`: fits the ranking and the refusal, and writes both files of numbers.

Lists are made on the serving path from licensed training sets, the development half of our own gold and
questions of ours on real papers, and kept under the work folder: fitting again takes five minutes,
most of them for cross-validation. Nothing of `shared/eval` is read.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from evals.datasets import Dataset, load_gold
from evals.everyday import COMMITTEES, FOLDER, REPORT_PACKS, Half, as_asked
from evals.jsonl import JsonObject, write_json
from evals.provenance import versions
from evals.real_papers import taught_real
from evals.tiers import DATA, SAMPLE_PAPERS
from evals.training.lists import CandidateList, ListKind
from evals.training.models import Kept, Models, Row, cross_validated, fitted, power_of, report_of
from evals.training.sets import SETS, TrainingSet, load_training
from evals.training.tables import tables_of
from qa_service.answering import features
from qa_service.answering.features import NAMES
from qa_service.answering.ranker import Bends, load_ranker
from qa_service.answering.refusal import load_refusal

_FOLDER = Path(features.__file__).parent
_DIGITS = 5
_OWN = ("sample_questions", "minimal_pairs")
# Of our own papers most things stand in several places: a list without one of them may still answer.
_OF_OWN = frozenset({ListKind.ANSWERABLE, ListKind.UNANSWERABLE, ListKind.SWAPPED})


def own_gold() -> Dataset:
    """Return the questions on our sample papers that may be fitted on: never the test half."""
    files = [DATA / f"{name}.jsonl" for name in _OWN]
    gold = load_gold(files, SAMPLE_PAPERS, "training-own")
    return replace(gold, questions=tuple(each for each in gold.questions if each.split == "dev"))


def taught_gold() -> list[Dataset]:
    """Return the questions that the second reading's adapter was trained on: never their halves `dev`."""
    return [
        _of_set(gold, folder.name)
        for folder in (FOLDER, COMMITTEES, REPORT_PACKS)
        for gold in as_asked(Half.TRAIN, folder)
    ]


def untaught_gold(shared: Path) -> list[Dataset]:
    """Return questions that it has not seen, of the same kind and on real papers: what it says can be learnt.

    Report packs kept apart are not among them: they are what the refusal is tried on.
    """
    own = [
        _of_set(gold, f"{folder.name}-{Half.DEV}")
        for folder in (FOLDER, COMMITTEES)
        for gold in as_asked(Half.DEV, folder)
    ]
    return own + [_of_set(gold, gold.name) for gold in taught_real(shared / "corpus")]


def _of_set(gold: Dataset, name: str) -> Dataset:
    questions = tuple(replace(each, set=name) for each in gold.questions)
    return replace(gold, name=f"training-{gold.name}", questions=questions)


def lists_of(shared: Path, work: Path, sets: Sequence[TrainingSet] = SETS) -> list[CandidateList]:
    """Return the lists of all sets, from the cache where nothing changed. Raises BadDataset."""
    own = tables_of(own_gold(), work, sentences=True, say=typer.echo)
    lists = [each for each in own if each.kind in _OF_OWN]
    # The second reading is surer of what its adapter was trained on than of anything else: not asked there.
    for taught in taught_gold():
        lists += tables_of(taught, work, sentences=True, say=typer.echo, read=False)
    for untaught in untaught_gold(shared):
        lists += tables_of(untaught, work, sentences=True, say=typer.echo)
    for of in sets:
        lists += tables_of(
            load_training(of, shared / "training"), work, sentences=not of.whole, say=typer.echo
        )
    return [each for each in lists if len(each.values) > 1]


def main(
    shared: Annotated[Path, typer.Option(help="the folder that holds training/")] = Path("../shared"),
    work: Annotated[Path, typer.Option(help="where indexes and tables are kept")] = Path(".cache/qa-eval"),
    leave_out: Annotated[list[str] | None, typer.Option(help="sets to do without")] = None,
    keep_weights: Annotated[  # noqa: FBT002 - an option
        bool, typer.Option("--keep-weights", help="leave what sentences say as it is; fit the rest")
    ] = False,
    keep_passages: Annotated[  # noqa: FBT002 - an option
        bool,
        typer.Option("--keep-passages", help="leave the passages' weights and the chance that they hold it"),
    ] = False,
    write: Annotated[bool, typer.Option(help="write ranker.json and refusal.json")] = True,  # noqa: FBT002 - an option
) -> None:
    """Fit on all lists, cross-validate over documents, and write the files of numbers.

    The cross-validation fits everything anew, also where weights are kept: they have seen these documents.
    """
    sets = [of for of in SETS if of.name not in (leave_out or [])]
    lists = lists_of(shared, work, sets)
    rows = cross_validated(lists)
    report = report_of(rows)
    typer.echo(json.dumps(report, indent=1))
    if write:
        ranker, refusal = load_ranker(), load_refusal()
        kept = Kept(
            ranker.sentences if keep_weights else None,
            ranker.passages if keep_passages else None,
            refusal.held if keep_passages else None,
        )
        options = ["--keep-weights"] * keep_weights + ["--keep-passages"] * keep_passages
        _write(fitted(lists, kept), rows, _about(lists, report, leave_out or [], options))


def _about(
    lists: list[CandidateList], report: JsonObject, left_out: Sequence[str], options: Sequence[str]
) -> JsonObject:
    """Return what stands beside the numbers: how they were made, of what, and how they do."""
    return {
        "command": " ".join(
            [
                "python -m evals.training.ranking",
                *(f"--leave-out {name}" for name in left_out),
                *options,
            ]
        ),
        "lists": dict(sorted(Counter(f"{each.set}: {each.kind.value}" for each in lists).items())),
        "cross_validation": report,
        "versions": versions(),
    }


def _write(models: Models, rows: list[Row], about: JsonObject) -> None:
    power = power_of(rows)
    write_json(
        _FOLDER / "ranker.json",
        {
            "bias": round(models.bias, _DIGITS),
            "weights": _rounded(models.sentences.weights),
            "usual": _rounded(models.sentences.usual),
            "bends": _bends(models.sentences.bends),
            "second_reading": round(models.second_reading, _DIGITS),
            "passages": _rounded(models.passages),
            "fitted": about,
        },
    )
    write_json(
        _FOLDER / "refusal.json",
        {
            "held": {"bias": round(models.held.bias, _DIGITS), "weights": _rounded(models.held.weights)},
            "said": {"bias": round(models.said.bias, _DIGITS), "weights": _rounded(models.said.weights)},
            "unread": round(models.unread, _DIGITS),
            "power": round(power, _DIGITS),
            "least_confidence": round(models.least(rows) ** power, _DIGITS),
            "fitted": about,
        },
    )
    typer.echo(f"wrote ranker.json and refusal.json in {_FOLDER}")


def _bends(bends: Bends) -> JsonObject:
    """Return the bends by feature, a number a bend; features that are in none are left out."""
    rows = zip(NAMES, bends.into, strict=True)
    return {
        "at": _numbers(bends.at),
        "adds": _numbers(bends.adds),
        "weights": {name: _numbers(row) for name, row in rows if row.any()},
    }


def _numbers(values: NDArray[np.float32]) -> list[float]:
    return [round(float(value), _DIGITS) for value in values]


def _rounded(weights: Mapping[str, float]) -> dict[str, float]:
    return {name: float(np.round(weight, _DIGITS)) for name, weight in weights.items()}


if __name__ == "__main__":
    typer.run(main)
