"""Training sets as papers and questions: a set becomes documents that are ingested like any others.

A row of a set is a question with its passage. The passages of one article, page or meeting make one
document, so that wrong passages are real: the neighbours on the page, and everything else that is held.
"""

import gzip
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.datasets import Dataset, Source
from evals.jsonl import JsonObject
from evals.questions import Question, Quoted
from qa_service.documents.normalise import normalise
from qa_service.domain.spans import Span


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """How a file of `shared/training` is read.

    `most` questions are drawn by the hash of their ids, of at most `documents` documents, behind `skipped`
    others. `whole`: gold names passages only, so sentences are not fitted on it. `joint` stands between two
    passages of a document.
    """

    name: str
    most: int
    documents: int
    joint: str = "\n\n"
    whole: bool = False
    skipped: int = 0
    asked: Callable[[JsonObject], str] = lambda row: str(row["question"])


def _with_scenario(row: JsonObject) -> str:
    return f"{row['scenario']} {row['question']}"


# Licensed sets alone: nothing of flagged/, no headings of real councils. `shared/training/README.md` has the
# licences. Sets of one kind with many questions are held down, so that none drowns the others.
SETS = (
    TrainingSet("conditionalqa_train", 900, 500, joint="\n", asked=_with_scenario),
    TrainingSet("squadshifts_new_wiki", 900, 48),
    TrainingSet("selqa", 500, 160),
    TrainingSet("nq_open_gold", 300, 300),
    TrainingSet("qmsum_train", 300, 40, joint="\n", whole=True),
)

# What the second reading's adapter is taught on: other questions than the ranking and the refusal are fitted
# on, since it is surer of these than of any it has not seen.
TAUGHT = (
    replace(SETS[0], most=500, skipped=SETS[0].most),
    replace(SETS[1], most=200, skipped=SETS[1].most),
)

# Sets whose gold names passages, not sentences.
WHOLE = frozenset(of.name for of in SETS if of.whole)


def load_training(of: TrainingSet, folder: Path) -> Dataset:
    """Return a training set with its documents and the questions drawn. Raises OSError without the file."""
    with gzip.open(folder / f"{of.name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    titles = sorted({_title(row) for row in rows}, key=_order)[: of.documents]
    kept = [row for row in rows if _title(row) in set(titles)]
    pages = _pages(kept, of)
    drawn = sorted(kept, key=lambda row: _order(row["id"]))[of.skipped : of.skipped + of.most]
    questions = tuple(question for row in drawn if (question := _question(row, of, pages)) is not None)
    sources = tuple(
        Source(page.file, hashlib.sha256(page.text.encode()).hexdigest(), text=page.text, title=title)
        for title, page in pages.items()
    )
    return Dataset(f"training-{of.name}", questions, sources)


@dataclass(frozen=True, slots=True)
class _Page:
    """A document made of passages, and where each of them begins."""

    file: str
    text: str
    starts: dict[str, int]


def _pages(rows: Sequence[JsonObject], of: TrainingSet) -> dict[str, _Page]:
    pieces: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        for piece in _pieces(row, of):
            pieces[_title(row)].setdefault(piece)
    return {title: _page(title, list(found), of.joint) for title, found in pieces.items()}


def _page(title: str, pieces: Sequence[str], joint: str) -> _Page:
    starts, at = {}, 0
    for piece in pieces:
        starts[piece] = at
        at += len(piece) + len(joint)
    return _Page(f"{_order(title)[:16]}.txt", joint.join(pieces), starts)


def _pieces(row: JsonObject, of: TrainingSet) -> Iterator[str]:
    """Yield what a row adds to its document: single sentences where its passage was put together."""
    passage = normalise(row["passage"])
    if of.joint == "\n" and row.get("positive_sentences"):
        yield from (passage[start:end] for start, end in row["positive_sentences"])
    else:
        yield passage
        yield from (normalise(text) for text in row.get("negatives", []))


def _question(row: JsonObject, of: TrainingSet, pages: dict[str, _Page]) -> Question | None:
    """Return a row as a question with its gold; None where the row's offsets are not those of its text."""
    page, passage = pages[_title(row)], normalise(row["passage"])
    if passage != row["passage"]:
        return None
    spans = [(0, len(passage))] if of.whole else row["positive_sentences"]
    places = []
    for start, end in spans:
        base = page.starts.get(passage)
        at = page.starts[passage[start:end]] if base is None else base + start
        places.append(Quoted(page.file, passage[start:end], 0, None, Span(at, at + end - start)))
    return Question(
        qid=row["id"],
        question=of.asked(row),
        answerable=True,
        evidence=tuple(places),
        set=of.name,
        cluster=page.file,
    )


def _title(row: JsonObject) -> str:
    return str(row.get("title") or row["id"])


def _order(name: str) -> str:
    """Return a digest: an order that neither the file nor its maker chose."""
    return hashlib.sha256(name.encode()).hexdigest()
