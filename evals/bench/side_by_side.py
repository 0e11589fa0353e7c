"""Ours beside the bare libraries and, where asked, a peer: ingestion, queries, start-up, memory, disk."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.bench.contenders import Contender, disk_bytes
from evals.bench.table import Table
from evals.bench.timing import in_turns, percentile
from evals.jsonl import JsonObject
from evals.provenance import ROOT

TOP = 10
_MIB = 2**20
OURS, ANSWER, BARE, PEER, PYPDF = "ours, search", "ours, answer", "bare", "txtai", "pypdf"


@dataclass(frozen=True, slots=True)
class Bench:
    """What is measured: PDFs to ingest, questions to ask, how often, and with which peer's Python."""

    files: tuple[Path, ...]
    questions: tuple[str, ...]
    repeats: int
    work: Path
    peer_python: Path | None = None
    peer_model: Path | None = None


def measure(bench: Bench) -> Table:
    """Return the whole table. Raises BenchFailed where a contender dies, ValueError for too few repeats."""
    shutil.rmtree(bench.work, ignore_errors=True)
    bench.work.mkdir(parents=True)
    table = Table()
    last = _ingestion(bench, table)
    passages = bench.work / "passages.jsonl"
    with _writer(bench) as writer:
        count = int(writer.do("passages", data_dir=str(last), out=str(passages))["passages"])
    table.one("passages in the index", "", count)
    _embedding(bench, table, passages)
    _queries(bench, table, last, passages, count)
    _start_up(bench, table, last)
    return table


@contextmanager
def _contender(name: str, python: Path, program: str, *arguments: str) -> Iterator[Contender]:
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "PYTHONPATH": str(ROOT)}
    with Contender(name, str(python), program, arguments, {**os.environ, **offline}) as contender:
        yield contender


@contextmanager
def _ours(bench: Bench, data_dir: Path) -> Iterator[Contender]:
    encoder = str(bench.work / "encoder")
    with _contender("ours", Path(sys.executable), "ours.py", str(data_dir), encoder) as contender:
        yield contender


@contextmanager
def _writer(bench: Bench) -> Iterator[Contender]:
    encoder = str(bench.work / "encoder")
    with _contender("ours", Path(sys.executable), "ours_ingest.py", encoder) as contender:
        yield contender


@contextmanager
def _bare(bench: Bench) -> Iterator[Contender]:
    with _contender("bare", Path(sys.executable), "bare.py", str(bench.work / "encoder")) as contender:
        yield contender


@contextmanager
def _peer(bench: Bench) -> Iterator[Contender]:
    assert bench.peer_python is not None
    folder = str(bench.work / "txtai-index")
    with _contender(PEER, bench.peer_python, "txtai_peer.py", str(bench.peer_model), folder) as contender:
        yield contender


def _values(found: dict[str, list[JsonObject]], name: str) -> dict[str, list[float]]:
    return {contender: [float(one[name]) for one in answers] for contender, answers in found.items()}


def _ingestion(bench: Bench, table: Table) -> Path:
    """Ingest the files afresh in each repeat, beside pypdf alone; return the last data directory."""
    files = [str(path) for path in bench.files]
    pdfs = [name for name in files if name.lower().endswith(".pdf")]
    number = iter(range(1000))
    last = bench.work / "ours-none"
    with _writer(bench) as ours, _bare(bench) as bare:

        def ingest() -> JsonObject:
            nonlocal last
            last = bench.work / f"ours-{next(number)}"
            return ours.do("ingest", files=files, data_dir=str(last))

        found = in_turns({"ours": ingest, PYPDF: lambda: bare.do("pypdf", files=pdfs)}, bench.repeats)
        table.one("memory: ours, ingesting", "MiB", ours.peak_mib(), "peak of the writing process")
    _ingestion_rows(table, found, len(files) - len(pdfs))
    size = disk_bytes(last) - disk_bytes(last / "blobs")
    table.one("disk: ours", "MiB per 1,000 passages", size / _MIB / found["ours"][-1]["passages"] * 1000,
              "database and indexes, without the original files")  # fmt: skip
    return last


def _ingestion_rows(table: Table, found: dict[str, list[JsonObject]], others: int) -> None:
    note = f"with {others} files that are no PDF" if others else ""
    for clock in ("seconds", "cpu"):
        per_page = {name: [one[clock] / one["pages"] for one in answers] for name, answers in found.items()}
        unit = "pages/s" if clock == "seconds" else "pages per CPU second"
        speeds = {name: [1 / value for value in values] for name, values in per_page.items()}
        table.figures("ingestion", unit, speeds, note)
        table.ratio(f"ingestion, {clock} per page", per_page, "ours", PYPDF)


def _embedding(bench: Bench, table: Table, passages: Path) -> None:
    """Compare ingestion from bytes to answers with encoding the finished passages alone."""
    files = [str(path) for path in bench.files]
    number = iter(range(1000))
    with _writer(bench) as ours, _bare(bench) as bare:
        bare.do("threads", number=2)

        def ingest() -> JsonObject:
            return ours.do("ingest", files=files, data_dir=str(bench.work / f"again-{next(number)}"))

        turns = {"ours": ingest, "embedding alone": lambda: bare.do("embed", passages=str(passages))}
        found = in_turns(turns, bench.repeats)
    speeds = {name: [one["passages"] / one["seconds"] for one in answers] for name, answers in found.items()}
    table.figures("passages", "passages/s", speeds)
    for clock in ("seconds", "cpu"):
        note = "all of ingestion over one encoding of its passages"
        table.ratio(f"ingestion, {clock}", _values(found, clock), "ours", "embedding alone", note)


def _queries(bench: Bench, table: Table, data_dir: Path, passages: Path, count: int) -> None:
    """Ask all questions of every contender in turns."""
    questions = list(bench.questions)
    with ExitStack() as stack:
        ours = stack.enter_context(_ours(bench, data_dir))
        bare = stack.enter_context(_bare(bench))
        ours.do("open")
        bare.do("index", passages=str(passages), folder=str(bench.work / "bare-index"))
        turns = {
            OURS: lambda: ours.do("search", questions=questions, k=TOP),
            ANSWER: lambda: ours.do("ask", questions=questions),
            BARE: lambda: bare.do("search", questions=questions, k=TOP),
        }
        contenders = {"ours": ours, "bare": bare}
        if bench.peer_python is not None:
            peer = contenders[PEER] = stack.enter_context(_peer(bench))
            built = peer.do("index", passages=str(passages))
            table.one(f"index build: {PEER}", "passages/s", built["passages"] / built["seconds"])
            size = disk_bytes(bench.work / "txtai-index") / _MIB / count * 1000
            table.one(f"disk: {PEER}", "MiB per 1,000 passages", size, "text, vectors and BM25, as saved")
            turns[PEER] = lambda: peer.do("search", questions=questions, k=TOP)
        found = in_turns(turns, bench.repeats)
        for name, contender in contenders.items():
            table.one(
                f"memory: {name}, asking", "MiB", contender.peak_mib(), "peak; bare and txtai built too"
            )
    _latency_rows(table, {name: [one["seconds"] for one in answers] for name, answers in found.items()})


def _latency_rows(table: Table, found: dict[str, list[list[float]]]) -> None:
    for share, name in ((0.5, "median"), (0.95, "95th percentile")):
        seconds = {one: [percentile(values, share) for values in repeats] for one, repeats in found.items()}
        milli = {one: [1000 * value for value in values] for one, values in seconds.items()}
        table.figures(f"query, {name}", "ms", milli)
        for one in (OURS, ANSWER):
            table.ratio(f"query, {name}", seconds, one, BARE)
            if PEER in seconds:
                table.ratio(f"query, {name}", seconds, one, PEER)


def _start_up(bench: Bench, table: Table, data_dir: Path) -> None:
    """Time fresh processes from nothing to the first reply."""
    first = list(bench.questions[:1])

    def ours() -> float:
        with _ours(bench, data_dir) as contender:
            contender.do("open")
            contender.do("ask", questions=first)
            return contender.seconds_since_start()

    def peer() -> float:
        with _peer(bench) as contender:
            contender.do("open")
            contender.do("search", questions=first, k=TOP)
            return contender.seconds_since_start()

    turns = {"ours": ours} | ({PEER: peer} if bench.peer_python is not None else {})
    found = in_turns(turns, bench.repeats)
    table.figures("start-up to the first reply", "s", found)
    if PEER in found:
        table.ratio("start-up", found, "ours", PEER)
