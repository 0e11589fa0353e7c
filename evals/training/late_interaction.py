"""`python -m evals.training.late_interaction`: fits the matrix of late interaction and writes its numbers.

The encoder's weights are not touched. Fitted on licensed question sets that the ranking is not fitted on: the
ranker must meet word vectors as they are on questions that nobody fitted them to. Nothing of `shared/eval` is
read.
"""

import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import torch
import typer
from numpy.typing import NDArray
from torch.nn import functional

from embeddings import late_interaction
from embeddings.models import find_model
from embeddings.onnx_encoder import OnnxEncoder
from evals.jsonl import JsonObject, write_json
from evals.provenance import versions
from qa_service.bootstrap import exported_folder, make_encoder
from qa_service.config import Settings

_FILE = Path(late_interaction.__file__).parent / "late_interaction.json"
# Sets and how many questions of each. qed_dev shares questions with nq_open_gold: those are left out.
_SETS = {
    "squadshifts_reddit": 5000,
    "squadshifts_amazon_reviews": 5000,
    "covidqa_deepset": 1127,
    "qed_dev": 1355,
    "clapnq_dev": 299,
    "xquad_en": 361,
}
_ASKED_ELSEWHERE = "nq_open_gold"
_MOST_SENTENCES, _NEGATIVES = 24, 2
_OTHERS = 8  # sentences of other questions beside a question's own
_DIM = 64
_BATCH, _STEP, _WARM_UP, _DECAY = 16, 1e-3, 100, 0.01
_HELD_OUT = 10  # one document in so many is kept to judge by
_SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=[A-Z\"“(0-9])|\n+")
_ENCODED_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence in the passage that it is read in."""

    passage: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, the sentences it may be answered by, and which of them do."""

    set: str
    document: str
    question: str
    sentences: tuple[_Sentence, ...]
    gold: tuple[bool, ...]

    @property
    def held_out(self) -> bool:
        digest = hashlib.sha256(f"{self.set}{self.document}".encode()).hexdigest()
        return int(digest, 16) % _HELD_OUT == 0


class _States:
    """The hidden states of every text's pieces, in half precision."""

    def __init__(self, texts: Sequence[str], encoder: OnnxEncoder) -> None:
        self._found: dict[str, tuple[torch.Tensor, NDArray[np.int32]]] = {}
        for start in range(0, len(texts), _ENCODED_AT_ONCE):
            some = texts[start : start + _ENCODED_AT_ONCE]
            for text, (states, places) in zip(some, encoder.hidden_states(some), strict=True):
                self._found[text] = torch.from_numpy(states.astype(np.float16)), places

    def of(self, text: str) -> torch.Tensor:
        """Return those of a whole text, float32, shape (pieces, hidden)."""
        return self._found[text][0].float()

    def inside(self, sentence: _Sentence) -> torch.Tensor:
        """Return those of a sentence, read among the words around it; of one beyond the limit, the last."""
        states, places = self._found[sentence.passage]
        first, last = np.searchsorted(places[:, 0], (sentence.start, sentence.end))
        return states[min(first, len(states) - 1) : max(last, first + 1)].float()

    def some(self, count: int) -> torch.Tensor:
        """Return so many states drawn by chance, with norm 1."""
        texts = random.Random(0).choices(list(self._found), k=count)  # noqa: S311 - no secret
        drawn = [states[len(states) // 2] for states, _ in (self._found[text] for text in texts)]
        return functional.normalize(torch.stack(drawn).float(), dim=1)


class _Model(torch.nn.Module):
    """Begins as the principal components of the states, every piece counting alike."""

    def __init__(self, states: _States, hidden: int) -> None:
        super().__init__()
        drawn = states.some(50_000)
        _, _, components = torch.pca_lowrank(drawn - drawn.mean(0), q=_DIM, niter=4)
        self.matrix = torch.nn.Parameter(components.T.clone())
        self.attention = torch.nn.Parameter(torch.zeros(hidden))
        self.offset = torch.nn.Parameter(torch.tensor(1.0))
        self.sharpness = torch.nn.Parameter(torch.tensor(3.0))

    def scores(self, asked: torch.Tensor, sentences: Sequence[torch.Tensor]) -> torch.Tensor:
        """Return a log-odds score for each sentence."""
        counts = functional.softplus(asked @ self.attention + self.offset)
        pieces = functional.normalize(asked @ self.matrix.T, dim=1)
        words = functional.normalize(torch.cat(list(sentences)) @ self.matrix.T, dim=1)
        parts = torch.split(pieces @ words.T, [len(each) for each in sentences], dim=1)
        best = torch.stack([part.max(dim=1).values for part in parts], dim=1)
        return (counts[:, None] * best).sum(0) / counts.sum() * self.sharpness.exp()


def main(
    shared: Annotated[Path, typer.Option(help="the folder that holds training/")] = Path("../shared"),
    work: Annotated[Path, typer.Option(help="where the exported weights are kept")] = Path(".cache/qa-eval"),
    epochs: Annotated[float, typer.Option(help="how often each question is seen")] = 2.0,
) -> None:
    """Fit, judge on documents kept apart, and write the file of numbers. About 20 minutes on two cores."""
    torch.manual_seed(0)
    asked = list(_read(shared / "training"))
    settings = Settings(data_dir=work / "encoder")
    make_encoder(settings)
    model = find_model(settings.encoder)
    encoder = OnnxEncoder(exported_folder(settings), model, threads=2)
    read = (text for each in asked for text in (each.question, *(of.passage for of in each.sentences)))
    states = _States(list(dict.fromkeys(read)), encoder)
    fitted = _Model(states, model.dim)
    kept = [each for each in asked if each.held_out]
    before = _right_first(fitted, states, kept)
    _fit(fitted, states, [each for each in asked if not each.held_out], epochs)
    after = _right_first(fitted, states, kept)
    report = {
        name: {"questions": n, "before": before[name][0], "after": right}
        for name, (right, n) in after.items()
    }
    typer.echo(json.dumps(report, indent=1))
    write_json(_FILE, _numbers(fitted, states, model.sha256) | {"fitted": _about(report, epochs)})


def _read(folder: Path) -> Iterator[_Asked]:
    elsewhere = {row["question"] for row in _rows(folder, _ASKED_ELSEWHERE)}
    for name, most in _SETS.items():
        rows = [row for row in _rows(folder, name) if row["question"] not in elsewhere]
        random.Random(0).shuffle(rows)  # noqa: S311 - drawn alike every time, no secret
        found = (asked for row in rows if (asked := _asked(name, row)) is not None)
        yield from (asked for _, asked in zip(range(most), found, strict=False))


def _rows(folder: Path, name: str) -> list[JsonObject]:
    with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _asked(name: str, row: JsonObject) -> _Asked | None:
    """Return a row as a question with its sentences; None where no sentence of it is gold, or all are."""
    passage, gold = row["passage"], row.get("positive_sentences", [])
    own = [
        (each, any(_overlaps((each.start, each.end), span) for span in gold)) for each in _sentences(passage)
    ]
    away = [each for text in row.get("negatives", [])[:_NEGATIVES] for each in _sentences(text)]
    random.Random(row["id"]).shuffle(away)  # noqa: S311 - as above
    own += [(text, False) for text in away[: max(0, _MOST_SENTENCES - len(own))]]
    if not any(right for _, right in own) or all(right for _, right in own):
        return None
    document = str(row.get("title") or row["id"])
    return _Asked(
        name, document, row["question"], tuple(text for text, _ in own), tuple(right for _, right in own)
    )


def _sentences(text: str) -> Iterator[_Sentence]:
    at = 0
    for gap in [*_SENTENCE.finditer(text), None]:
        end = gap.start() if gap else len(text)
        if text[at:end].strip():
            yield _Sentence(text, at, end)
        at = gap.end() if gap else end


def _overlaps(one: tuple[int, int], other: Sequence[int]) -> bool:
    """Return whether two spans share half of the shorter one."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared * 2 >= min(one[1] - one[0], other[1] - other[0])


def _fit(model: _Model, states: _States, asked: Sequence[_Asked], epochs: float) -> None:
    optimiser = torch.optim.AdamW(model.parameters(), lr=_STEP, weight_decay=_DECAY)
    draw = np.random.default_rng(0)
    order = np.concatenate([draw.permutation(len(asked)) for _ in range(int(np.ceil(epochs)))])
    steps = int(len(asked) * epochs / _BATCH)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = _STEP * min(1.0, (step + 1) / _WARM_UP) * max(0.02, 1 - step / steps)
        batch = [asked[at] for at in order[step * _BATCH : (step + 1) * _BATCH]]
        loss = torch.stack([_loss(model, states, each, batch) for each in batch]).mean()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call] # torch gives this method no types
        optimiser.step()


def _loss(model: _Model, states: _States, each: _Asked, batch: Sequence[_Asked]) -> torch.Tensor:
    """Return how unlikely the gold sentences are among the question's own and some of other questions."""
    golds = [other.sentences[other.gold.index(True)] for other in batch if other is not each]
    others = [sentence for sentence in golds if sentence not in each.sentences][:_OTHERS]
    sentences = [states.inside(sentence) for sentence in (*each.sentences, *others)]
    scores = model.scores(states.of(each.question), sentences)
    right = torch.tensor([*each.gold, *(False for _ in others)])
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[right], 0)


def _right_first(model: _Model, states: _States, asked: Sequence[_Asked]) -> dict[str, tuple[float, int]]:
    """Return by set the share of questions whose best sentence is gold, and how many there are."""
    found: dict[str, list[bool]] = {}
    with torch.no_grad():
        for each in asked:
            sentences = [states.inside(sentence) for sentence in each.sentences]
            scores = model.scores(states.of(each.question), sentences)
            found.setdefault(each.set, []).append(each.gold[int(scores.argmax())])
    return {name: (round(float(np.mean(right)), 3), len(right)) for name, right in found.items()}


def _numbers(model: _Model, states: _States, weights_sha256: str) -> JsonObject:
    """Return the file's numbers. The matrix is turned by chance: two bits then lose alike everywhere."""
    turn, _ = torch.linalg.qr(torch.randn(_DIM, _DIM))
    with torch.no_grad():
        matrix = turn @ model.matrix
        size = (states.some(2000) @ matrix.T).norm(dim=1).mean()
        matrix = matrix / size
    return {
        "weights_sha256": weights_sha256,
        "matrix": [_written(row) for row in matrix.numpy()],
        "attention": _written(model.attention.detach().numpy()),
        "offset": round(model.offset.item(), 4),
    }


def _written(values: NDArray[np.float32]) -> str:
    """Return a row of numbers as whole multiples of the file's scale."""
    return " ".join(str(int(each)) for each in np.rint(values / late_interaction.SCALE))


def _about(report: JsonObject, epochs: float) -> JsonObject:
    return {
        "command": f"python -m evals.training.late_interaction --epochs {epochs:g}",
        "sets": _SETS,
        "right_first": report,
        "versions": versions(),
    }


if __name__ == "__main__":
    typer.run(main)
