"""Indexes made for question sets, kept and used again while papers, code and encoder stay the same.

What costs time is encoding. Vectors are therefore kept by encoder and text, so that a change of the reading
code costs reading alone.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from embeddings.encoder import Encoder, Vectors
from evals.datasets import Dataset
from evals.errors import BadDataset
from evals.jsonl import JsonObject, digest, write_json
from evals.provenance import index_code_sha256
from qa_service.bootstrap import make_encoder, open_ingestion
from qa_service.config import Settings
from qa_service.ingestion.pipeline import SourceInput

_DONE = "qa-eval.json"
_BATCH = 256
_LOOKUP = 500
_PATIENCE = 600.0  # seconds: another process may be writing what it encoded


class CachedEncoder:
    """An encoder that remembers what it encoded, by fingerprint and text, in one file."""

    def __init__(self, encoder: Encoder, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._encoder = encoder
        self._cache = sqlite3.connect(path, timeout=_PATIENCE)
        self._cache.execute(
            "CREATE TABLE IF NOT EXISTS vector (key BLOB PRIMARY KEY, value BLOB) WITHOUT ROWID"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._cache.close()

    @property
    def fingerprint(self) -> str:
        """The encoder's own."""
        return self._encoder.fingerprint

    @property
    def dim(self) -> int:
        """The encoder's own."""
        return self._encoder.dim

    @property
    def limit(self) -> int:
        """The encoder's own."""
        return self._encoder.limit

    def count(self, text: str) -> int:
        """Return the encoder's own count."""
        return self._encoder.count(text)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Return the encoder's own vectors, never from the cache: the query path is what is measured."""
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As `Encoder.encode_passages`; what was encoded before is read back bit for bit."""
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        keys = [hashlib.sha256(f"{self.fingerprint}\0{text}".encode()).digest() for text in texts]
        known = self._known(keys)
        new = list(dict.fromkeys(n for n, key in enumerate(keys) if key not in known))
        for start in range(0, len(new), _BATCH):
            rows = new[start : start + _BATCH]
            vectors = self._encoder.encode_passages([texts[row] for row in rows])
            fresh = {keys[row]: vector.tobytes() for row, vector in zip(rows, vectors, strict=True)}
            with self._cache:
                self._cache.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", fresh.items())
            known |= fresh
        for row, key in enumerate(keys):
            out[row] = np.frombuffer(known[key], dtype=np.float32)
        return out

    def _known(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for start in range(0, len(keys), _LOOKUP):
            some = keys[start : start + _LOOKUP]
            marks = ",".join("?" * len(some))
            sql = f"SELECT key, value FROM vector WHERE key IN ({marks})"  # noqa: S608 - question marks only
            found.update(self._cache.execute(sql, some))
        return found


@contextmanager
def cached_encoder(work: Path) -> Iterator[CachedEncoder]:
    """Give the configured encoder, its export and its vectors kept under `work`. Raises BadWeights."""
    encoder = make_encoder(Settings(data_dir=work / "encoder"), threads=2)
    with CachedEncoder(encoder, work / "vectors.sqlite") as cached:
        yield cached


def indexed(dataset: Dataset, work: Path, encoder: CachedEncoder) -> Path:
    """Return a data directory that holds the set's papers, made now or kept from before.

    Raises BadDataset where a paper could not be read: a set with papers missing measures something else.
    """
    made_of = {
        "data_sha256": dataset.data_sha256,
        "code_sha256": index_code_sha256(),
        "encoder": encoder.fingerprint,
    }
    folder = work / "indexes" / f"{_safe(dataset.name.split(':')[0])}-{digest(made_of)[:12]}"
    data_dir = folder / "data"
    with _alone(folder.with_suffix(".lock")):
        if (folder / _DONE).is_file():
            return data_dir
        shutil.rmtree(folder, ignore_errors=True)
        papers = folder / "papers"
        papers.mkdir(parents=True)
        report = _ingest(dataset, papers, data_dir, encoder)
        write_json(folder / _DONE, made_of | report)
    return data_dir


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let one process at a time make an index; the next one finds it made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _ingest(dataset: Dataset, papers: Path, data_dir: Path, encoder: CachedEncoder) -> JsonObject:
    inputs = [
        SourceInput(path, str(path), source.file_name, source.title)
        for source in dataset.sources
        for path in [source.written(papers)]
    ]
    data_dir.mkdir(parents=True)
    with open_ingestion(Settings(data_dir=data_dir), encoder) as ingestion:
        report = ingestion.run(inputs)
    if report.failures:
        first = report.failures[0]
        raise BadDataset(
            first.file, f"cannot be read ({first.code}: {first.why}); {len(report.failures)} in all"
        )
    return {"documents": report.added, "pages": report.pages, "passages": report.passages}


def _safe(name: str) -> str:
    return "".join(char if char.isalnum() or char in "-_." else "-" for char in name)
