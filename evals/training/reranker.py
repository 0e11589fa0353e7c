"""`python -m evals.training.reranker`: trains the packaged cross-encoder's adapter on questions.

Questions and papers that this project wrote are read, their halves `train`, and some of two licensed sets
that nothing else is fitted on; the halves `dev` judge. What is learnt is what the served model adds to the
ranker: a sentence's score and the model's output, weighed as in use, make the chance that it is the one that
answers.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from safetensors.numpy import save_file
from torch.nn import functional

from embeddings.adapter import ADAPTER, CARD, adapted, load_adapter
from embeddings.files import file_sha256
from embeddings.models import find_cross_encoder
from embeddings.onnx_cross_encoder import pair_tokenizer
from embeddings.quantised_weights import read_weights
from evals.everyday import COMMITTEES, FOLDER, REPORT_PACKS, Half, as_asked
from evals.jsonl import JsonObject, write_json
from evals.provenance import versions
from evals.training.exercises import WITHOUT_OF_LICENSED, Exercise, exercises_of
from evals.training.low_rank import Reader
from evals.training.sets import TAUGHT, load_training
from qa_service.answering.reranking import load_weight

_COLLECTIONS = (COMMITTEES, REPORT_PACKS, FOLDER)
_BATCH, _STEP, _WARM_UP, _LEAST_STEP = 4, 5e-4, 20, 0.05
# An adapter that goes on learning takes smaller steps, and sees so many exercises of a set.
_STEP_ON = 3e-4
_DRAWN = {"committees": 520, "report_packs": 560, "everyday": 320} | {of.name: of.most for of in TAUGHT}
# Of licensed sets so many of those drawn have an answer: else three lists of five would have none.
_ANSWERABLE = 0.65
# What telling right from wrong by the output alone counts beside the order: refusal reads outputs.
_ALONE = 0.5
# So much of what was learnt ships: between the weights of before and after, a model is nearly as good on what
# it was taught, and better on other papers (Wortsman et al. 2022, arXiv 2109.01903). A half, three quarters
# and all of it put the right sentence first for .530, .546 and .538 of 911 questions on the sample, four
# councils kept apart and real papers (the adapter of before .535), and its best output was higher for an
# answerable question than for one without in .666, .729 and .738 of pairs, on average of these (before .643).
_SHARE = 0.75
_PIECES = 200  # of question and sentence together are learned from; 60 on average
# Asked of every export (embeddings/reranker_export.py): pairs of ours, of all kinds of outputs.
_PROBES = (
    ("Who chaired the Wenning Panel?", "Councillor Amos took the chair in the absence of Mrs Sowerby."),
    ("What did members decide about the ferry?", "RESOLVED: That the ferry timetable be kept for a year."),
    ("What did members decide about the ferry?", "The officer recommended that the ferry timetable be cut."),
    ("How much is the new slide?", "The quotation for the slide was £8,450 plus VAT."),
    ("How much is the new slide?", "The quotation for the benches was £1,150 plus VAT."),
    ("When will the library reopen?", "Members asked about the opening hours of the library."),
    ("Why was the grant refused?", "The grant was refused because no accounts had been sent."),
    ("Why was the grant refused?", "Apologies were received from two members."),
)


def main(
    work: Annotated[Path, typer.Option(help="where indexes are kept")] = Path(".cache/qa-eval"),
    epochs: Annotated[int, typer.Option(help="how often each question is seen")] = 1,
    shared: Annotated[Path, typer.Option(help="the folder that holds training/")] = Path("../shared"),
    go_on: Annotated[  # noqa: FBT002 - an option
        bool, typer.Option("--go-on", help="teach the adapter there is some of each set, instead of all anew")
    ] = False,
) -> None:
    """Train, judge on councils kept apart, write the adapter and its card. Over an hour on two cores."""
    taught, judged = (_exercises(half, work) for half in Half)
    taught += _of_licensed(shared / "training", work)
    files = find_cross_encoder()
    weights = read_weights(files.weights)
    torch.manual_seed(0)
    reader = Reader(weights, pair_tokenizer(files), _PIECES)
    if go_on:
        reader.go_on(load_adapter(), _SHARE)
        taught = list(_drawn(taught))
    _train(reader, taught, epochs, _STEP_ON if go_on else _STEP)
    save_file(reader.adapter(_SHARE), ADAPTER)
    ADAPTER.chmod(0o644)
    before = _right_first(Reader(weights, pair_tokenizer(files), _PIECES), judged)
    # What ships is what is judged: the numbers as written, in half precision.
    written = Reader(adapted(weights, load_adapter()), pair_tokenizer(files), 512)
    after = _right_first(written, judged)
    report = {name: {**told, "adapted": after[name]["right_first"]} for name, told in before.items()}
    typer.echo(json.dumps(report, indent=1))
    before_it = json.loads(CARD.read_text(encoding="utf-8"))["fitted"] if go_on else None
    about = {
        "command": f"python -m evals.training.reranker --epochs {epochs}" + " --go-on" * go_on,
        "went_on_from": before_it,
        "source_sha256": file_sha256(files.weights),
        "exercises": len(taught),
        "judged": report,
        "versions": versions(),
    }
    write_json(CARD, {"probes": _probes(written), "fitted": about})


def _exercises(half: Half, work: Path) -> list[Exercise]:
    return [
        replace(each, set=folder.name)
        for folder in _COLLECTIONS
        for dataset in as_asked(half, folder)
        for each in exercises_of(dataset, work, typer.echo)
    ]


def _of_licensed(folder: Path, work: Path) -> list[Exercise]:
    return [
        exercise
        for of in TAUGHT
        for exercise in exercises_of(load_training(of, folder), work, typer.echo, WITHOUT_OF_LICENSED)
    ]


def _drawn(taught: Sequence[Exercise]) -> Iterator[Exercise]:
    """Yield so many exercises of each set as one that goes on sees, drawn alike every time."""
    draw = random.Random(0)  # noqa: S311 - no secret
    licensed = {of.name for of in TAUGHT}
    for name, most in _DRAWN.items():
        own = [each for each in taught if each.set == name]
        shuffled = draw.sample(own, len(own))
        if name in licensed:
            yield from _some(shuffled, most, answerable=True)
            yield from _some(shuffled, most, answerable=False)
        else:
            yield from shuffled[:most]


def _some(exercises: Iterable[Exercise], most: int, *, answerable: bool) -> list[Exercise]:
    share = _ANSWERABLE if answerable else 1 - _ANSWERABLE
    found = [each for each in exercises if bool(each.gold.any()) == answerable]
    return found[: round(most * share)]


def _train(reader: Reader, taught: Sequence[Exercise], epochs: int, most: float = _STEP) -> None:
    parameters = reader.learning()
    optimiser = torch.optim.AdamW(parameters, lr=most, weight_decay=0.0)
    draw = random.Random(0)  # noqa: S311 - drawn alike every time, no secret
    order = [each for _ in range(epochs) for each in draw.sample(list(taught), len(taught))]
    steps = len(order) // _BATCH
    reader.teach(learning=True)
    losses = []
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = most * min(1.0, (step + 1) / _WARM_UP) * max(_LEAST_STEP, 1 - step / steps)
        loss = _loss(reader, order[step * _BATCH : (step + 1) * _BATCH])
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call] # torch gives this method no types
        optimiser.step()
        losses.append(loss.item())
        if (step + 1) % 100 == 0:
            typer.echo(f"step {step + 1} of {steps}: loss {np.mean(losses[-100:]):.3f}")


def _loss(reader: Reader, batch: Sequence[Exercise]) -> torch.Tensor:
    """Return how unlikely the sentences that answer are, by score and output and by output alone."""
    pairs = [(each.question, text) for each in batch for text in each.texts]
    outputs = load_weight() * _in_halves(reader, pairs)
    loss = torch.zeros(())
    for each, output in zip(batch, torch.split(outputs, [len(each.texts) for each in batch]), strict=True):
        gold = torch.tensor(each.gold)
        if gold.any():
            both = torch.tensor(each.scores) + output
            loss = loss + torch.logsumexp(both, 0) - torch.logsumexp(both[gold], 0)
        loss = loss + _ALONE * functional.binary_cross_entropy_with_logits(output, gold.float())
    return loss / len(batch)


def _in_halves(reader: Reader, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
    """Return the outputs of pairs, the short ones read together: padding costs as much as words."""
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][0]) + len(pairs[at][1]))
    middle = len(order) // 2
    halves = [half for half in (order[:middle], order[middle:]) if half]
    found = [reader.outputs([pairs[at] for at in half]) for half in halves]
    return torch.cat(found)[torch.argsort(torch.tensor(order))]


def _right_first(reader: Reader, judged: Sequence[Exercise]) -> dict[str, JsonObject]:
    """Return by set the share of questions whose best sentence, by score and output, is gold."""
    reader.teach(learning=False)
    found: defaultdict[str, list[tuple[bool, bool]]] = defaultdict(list)
    with torch.no_grad():
        for each in judged:
            if each.gold.any():
                output = reader.outputs([(each.question, text) for text in each.texts]).numpy()
                best = int(np.argmax(each.scores + load_weight() * output))
                found[each.set].append((bool(each.gold[0]), bool(each.gold[best])))
    return {
        name: {
            "questions": len(told),
            "by_the_ranker_alone": round(float(np.mean([ranker for ranker, _ in told])), 3),
            "right_first": round(float(np.mean([both for _, both in told])), 3),
        }
        for name, told in found.items()
    }


def _probes(reader: Reader) -> list[JsonObject]:
    reader.teach(learning=False)
    with torch.no_grad():
        outputs = reader.outputs(_PROBES).tolist()
    return [
        {"question": question, "text": text, "output": round(output, 4)}
        for (question, text), output in zip(_PROBES, outputs, strict=True)
    ]


if __name__ == "__main__":
    typer.run(main)
