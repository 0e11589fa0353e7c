"""Papers made by hand, in the shape of real ones, with invented names."""

import hashlib
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder, Vectors
from embeddings.hashing import HashingEncoder
from embeddings.models import find_model
from qa_service.bootstrap import open_ingestion
from qa_service.config import Settings
from qa_service.documents.sandbox import Sandboxes
from qa_service.domain.access import Access
from qa_service.domain.documents import Document, DocumentKind, Page, Part, Segment, SegmentKind, SourceFile
from qa_service.domain.papers import Paper
from qa_service.domain.spans import Span
from qa_service.ingestion.discovery import discover
from qa_service.ingestion.pipeline import IngestReport
from qa_service.store.unit_vectors import words_in

COUNCIL, BODY = "Marlshire County Council", "Highways and Flood Risk Committee"
HELD_ON = date(2024, 2, 6)

# In their children `ingest` has papers read. They last for the session: a child takes half a second to start.
SANDBOXES = Sandboxes(2)


@dataclass(frozen=True)
class Block:
    """One segment to be: its kind, its text, where it stands, and whether a page begins with it."""

    text: str
    kind: SegmentKind = SegmentKind.TEXT
    new_page: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


def block(text: str, kind: SegmentKind = SegmentKind.TEXT, *, new_page: bool = False, **facts: Any) -> Block:  # noqa: ANN401 - any field
    return Block(text, kind, new_page, facts)


def make_paper(blocks: Sequence[Block], *, id_: str = "d1", paged: bool = True, **facts: Any) -> Paper:  # noqa: ANN401 - any field
    """Return a paper whose segments are the blocks, each ended by a line feed."""
    text, segments, starts = "", [], [0]
    defaults: dict[str, Any] = {"part": Part.MINUTES, "council": COUNCIL, "body": BODY, "held_on": HELD_ON}
    for each in blocks:
        if each.new_page and text:
            starts.append(len(text))
        span = Span(len(text), len(text) + len(each.text) + 1)
        segments.append(Segment(document_id=id_, kind=each.kind, span=span, **defaults | each.facts))
        text += each.text + "\n"
    ends = [*starts[1:], len(text)]
    pages = tuple(
        Page(number, str(number + 10), Span(start, end))
        for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1)
    )
    source = SourceFile(hashlib.sha256(text.encode()).hexdigest(), f"{id_}.pdf", "application/pdf", 9)
    document_facts: dict[str, Any] = {
        "kind": DocumentKind.MINUTES,
        "title": "Minutes",
        "council": COUNCIL,
        "body": BODY,
        "held_on": HELD_ON,
        "access": Access.PUBLIC,
    } | facts
    document = Document(id=id_, source=source, text=text, pages=pages if paged else (), **document_facts)
    return Paper(document, tuple(segments))


# What a passage has that was stored without word vectors.
NO_WORDS = words_in(b"", 0)


class CountingEncoder(HashingEncoder):
    """The encoder without weights, which remembers what it was given to encode."""

    def __init__(self, dim: int = 64, limit: int = 256) -> None:
        super().__init__(dim, limit)
        self.passages: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        self.passages += texts
        return super().encode_passages(texts)


class RememberingCrossEncoder:
    """A cross-encoder by a rule of the test's own, which remembers what it was given to read."""

    def __init__(self, rule: Callable[[str], float] = len) -> None:
        self._rule = rule
        self.asked: list[str] = []
        self.read: list[str] = []

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(question)
        self.read += texts
        return np.array([self._rule(text) for text in texts], dtype=np.float32)


def ingest(data_dir: Path, *paths: Path, encoder: Encoder | None = None, prune: bool = False) -> IngestReport:
    """Ingest files and folders as the command line does, with an encoder that needs no weights."""
    folders = [path for path in paths if path.is_dir()] if prune else []
    with open_ingestion(Settings(data_dir=data_dir), encoder or HashingEncoder(64), SANDBOXES) as ingestion:
        return ingestion.run(discover(paths), prune_under=folders)


def child_processes() -> set[str]:
    """Return the ids of the processes that this one has started and not yet seen the end of."""
    found: set[str] = set()
    for thread in Path("/proc/self/task").iterdir():
        with suppress(OSError):  # the thread ended meanwhile: what it started is another's now
            found.update((thread / "children").read_text(encoding="ascii").split())
    return found


def write_cross_encoder(folder: Path, *, outputs: int = 1, weight: float = 1.0, bias: float = 0.0) -> Path:
    """Write a tiny cross-encoder whose weights are drawn, always alike, and return its folder.

    `weight` multiplies its last layer's weights: with 0 every text gets the same score, `bias`.
    """
    import torch  # noqa: PLC0415 - seconds, for the few tests that want it
    from transformers import BertConfig, BertForSequenceClassification  # noqa: PLC0415

    torch.manual_seed(20)
    sizes = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64}
    # Drawn as narrowly as is usual, .02, weights would give every text nearly the same score.
    settings: dict[str, Any] = sizes | {"initializer_range": 0.3, "num_labels": outputs}
    model = BertForSequenceClassification(BertConfig(**settings))
    with torch.no_grad():
        model.classifier.weight.mul_(weight)
        model.classifier.bias.fill_(bias)
    model.save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(find_model().directory / name, folder)
    return folder


def minutes(subject: str = "the bridge at Ebbfold", held_on: str = "6 February 2024") -> str:
    """Return the text of short minutes that resolve one thing about a subject."""
    return f"""MARLSHIRE COUNTY COUNCIL

HIGHWAYS AND FLOOD RISK COMMITTEE

MINUTES of a meeting of the Highways and Flood Risk Committee held on {held_on}.

PRESENT: Ada Quill (Chair), Tom Hask, Una Prewitt

1. Apologies

There were none.

2. Report on {subject}

The officer introduced the report on {subject}, which had been closed to lorries since the autumn.

Members asked how long the works would last and what they would cost.

RESOLVED:

(a) that the report on {subject} be noted; and

(b) that a further report come to the meeting in June.
"""


def write_minutes(folder: Path, name: str = "minutes.txt", subject: str = "the bridge at Ebbfold") -> Path:
    """Write minutes into a folder and return their path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(minutes(subject), encoding="utf-8")
    return path
