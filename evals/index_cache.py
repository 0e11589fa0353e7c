"""Indexes made for question sets, kept and used again while papers, code and encoder stay the same.

What costs time is encoding. Vectors are therefore kept by encoder and text, so that a change of the reading
code costs reading alone.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from embeddings.encoder import EncodedQuestion, EncodedText, Encoder, Vectors
from embeddings.late_interaction import packed, projection_sha256, unpacked
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
_WORDS = f", words by {projection_sha256()[:12]}"
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
    def word_dim(self) -> int:
        """The encoder's own."""
        return self._encoder.word_dim

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

    def encode_question(self, text: str) -> EncodedQuestion:
        """Return what the encoder itself makes of a question, never from the cache."""
        return self._encoder.encode_question(text)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """As `Encoder.encode_passages`; what was encoded before is read back bit for bit."""

        def fresh(new: Sequence[str]) -> list[bytes]:
            return [vector.tobytes() for vector in self._encoder.encode_passages(new)]

        rows = [np.frombuffer(each, dtype=np.float32) for each in self._kept("", texts, fresh)]
        return np.stack(rows) if rows else np.zeros((0, self.dim), dtype=np.float32)

    def encode_in_context(self, texts: Sequence[str]) -> list[EncodedText]:
        """As `Encoder.encode_in_context`; word vectors come back as storage keeps them."""

        def fresh(new: Sequence[str]) -> list[bytes]:
            read = self._encoder.encode_in_context(new)
            return [each.vector.tobytes() + each.places.tobytes() + packed(each.words) for each in read]

        return [self._read(each) for each in self._kept(_WORDS, texts, fresh)]

    def _read(self, kept: bytes) -> EncodedText:
        at = self.dim * np.dtype(np.float32).itemsize
        # A piece takes two places and, in two bits a number, its vector.
        place = 2 * np.dtype(np.int32).itemsize
        pieces = (len(kept) - at) // (place + self.word_dim // 4)
        return EncodedText(
            np.frombuffer(kept[:at], dtype=np.float32),
            unpacked(kept[at + place * pieces :], self.word_dim),
            np.frombuffer(kept[at : at + place * pieces], dtype=np.int32).reshape(-1, 2),
        )

    def _kept(
        self, kind: str, texts: Sequence[str], fresh: Callable[[Sequence[str]], list[bytes]]
    ) -> list[bytes]:
        """Return the bytes kept for each text, made by `fresh` where there are none."""
        keys = [hashlib.sha256(f"{self.fingerprint}{kind}\0{text}".encode()).digest() for text in texts]
        known = self._known(keys)
        new = list(dict.fromkeys(n for n, key in enumerate(keys) if key not in known))
        for start in range(0, len(new), _BATCH):
            rows = new[start : start + _BATCH]
            made = {
                keys[row]: each for row, each in zip(rows, fresh([texts[row] for row in rows]), strict=True)
            }
            with self._cache:
                self._cache.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?)", made.items())
            known |= made
        return [known[key] for key in keys]

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
