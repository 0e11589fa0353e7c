"""How the two indexes behave from a thousand to a million passages, made up but shaped like real ones."""

import resource
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from embeddings.encoder import Vectors, normalised
from embeddings.vector_index import VectorIndex
from evals.bench.contenders import disk_bytes
from evals.bench.table import Table
from evals.bench.timing import FEWEST_REPEATS, percentile
from qa_service.domain.documents import DocumentKind
from qa_service.store.lexical_index import LexicalIndex
from qa_service.store.passages import IndexedPassage

DIM = 384
CLUSTERS, LATENT = 3000, 48  # as shared/design/performance.md section 3 made its vectors
WORDS, LENGTH, QUERY_WORDS = 40_000, 48, 5
QUERIES, TOP = 40, 60
_MIB = 2**20
_BLOCK = 50_000


def measure(sizes: list[int], work: Path, repeats: int = FEWEST_REPEATS, seed: int = 1) -> Table:
    """Return build time, latency, memory and disk for each size, smallest first.

    Latency is of both legs one after the other, fusion left out. Raises ValueError for too few repeats.
    """
    if repeats < FEWEST_REPEATS:
        raise ValueError(f"at least {FEWEST_REPEATS} repeats are needed, {repeats} asked for")
    table = Table()
    for size in sorted(sizes):
        _one_size(table, size, work, repeats, seed)
    return table


def _one_size(table: Table, size: int, work: Path, repeats: int, seed: int) -> None:
    folder = work / f"scale-{size}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    started = time.process_time()
    vectors = VectorIndex.build(np.arange(size, dtype=np.int64), _vectors(size, seed))
    table.one(f"{size:,}: vectors built", "CPU s", time.process_time() - started, "drawing them included")
    vectors.write(folder / "vectors")
    started = time.process_time()
    LexicalIndex.build(folder / "lexical", _passages(size, seed))
    table.one(f"{size:,}: words built", "CPU s", time.process_time() - started, "drawing them included")
    words = LexicalIndex(folder / "lexical")
    queries = _vectors(QUERIES, seed + 1)
    texts = list(_texts(QUERIES, QUERY_WORDS, seed + 1))
    legs: dict[str, Callable[[int], object]] = {
        "vectors": lambda n: vectors.search(queries[n], TOP),
        "words": lambda n: words.search(texts[n], TOP),
    }
    for name, search in legs.items():
        rounds = [[_milliseconds(search, n) for n in range(QUERIES)] for _ in range(repeats + 1)][1:]
        for share, label in ((0.5, "median"), (0.95, "95th percentile")):
            values = [percentile(one, share) for one in rounds]
            table.figures(f"{size:,}: {label}", "ms", {name: values})
    table.one(
        f"{size:,}: disk", "MiB per 1,000 passages", disk_bytes(folder) / _MIB / size * 1000, "both indexes"
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    table.one(f"{size:,}: peak memory of the process so far", "MiB", peak, "building and searching")
    shutil.rmtree(folder)


def _milliseconds(search: Callable[[int], object], number: int) -> float:
    started = time.perf_counter()
    search(number)
    return 1000 * (time.perf_counter() - started)


def _vectors(count: int, seed: int) -> Vectors:
    """Return unit vectors around cluster centres in a few latent directions, with noise."""
    shared = np.random.default_rng(0)
    basis = shared.standard_normal((LATENT, DIM)).astype(np.float32)
    centres = shared.standard_normal((CLUSTERS, LATENT)).astype(np.float32) @ basis
    random = np.random.default_rng(seed)
    out = np.empty((count, DIM), dtype=np.float32)
    for start in range(0, count, _BLOCK):
        rows = min(_BLOCK, count - start)
        noise = random.standard_normal((rows, DIM), dtype=np.float32)
        out[start : start + rows] = normalised(centres[random.integers(0, CLUSTERS, rows)] + 2 * noise)
    return out


def _texts(count: int, length: int, seed: int) -> Iterator[str]:
    """Yield texts of made-up words with the frequencies of a language: the n-th word as 1 / n."""
    random = np.random.default_rng(seed)
    weights = 1 / np.arange(1, WORDS + 1)
    cumulated = np.cumsum(weights / weights.sum())
    for start in range(0, count, _BLOCK):
        rows = min(_BLOCK, count - start)
        drawn = np.searchsorted(cumulated, random.random((rows, length)))
        for row in drawn:
            yield " ".join(f"w{number}" for number in row)


def _passages(count: int, seed: int) -> Iterator[IndexedPassage]:
    kinds = frozenset({DocumentKind.MINUTES})
    for row, text in enumerate(_texts(count, LENGTH, seed), start=1):
        body = f"Committee {row % 30}"
        yield IndexedPassage(
            row=row,
            document=f"d{row // 200}",
            council="Council",
            body=body,
            held_on="2024-01-01",
            kinds=kinds,
            boilerplate=False,
            header=body,
            content=text,
        )
