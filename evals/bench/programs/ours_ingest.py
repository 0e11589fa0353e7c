# ruff: noqa: INP001 - a program of its own, started by path
"""The writing side of the service as a contender: ingests files, and hands out its passages."""

import sys
from pathlib import Path

from evals.bench.programs.protocol import Answer, serve, timed
from evals.jsonl import write_rows
from qa_service.bootstrap import make_encoder, open_ingestion
from qa_service.config import Settings
from qa_service.domain.access import Access
from qa_service.ingestion.pipeline import SourceInput
from qa_service.store.database import open_writer
from qa_service.store.generations import current_number
from qa_service.store.passages import passages_to_index

ENCODER = Settings(data_dir=Path(sys.argv[1]))


def ingest(files: list[str], data_dir: str) -> Answer:
    """Ingest files into a new data directory; nothing in it was encoded before."""
    inputs = [SourceInput(Path(file), file, Path(file).name) for file in files]
    Path(data_dir).mkdir(parents=True)
    with open_ingestion(Settings(data_dir=Path(data_dir)), make_encoder(ENCODER, threads=2)) as ingestion:
        report, wall, cpu = timed(lambda: ingestion.run(inputs))
    return {"seconds": wall, "cpu": cpu, "pages": report.pages, "passages": report.passages}


def passages(data_dir: str, out: str) -> Answer:
    """Write the passages of an index, as they are encoded, one a line."""
    with open_writer(Path(data_dir)) as writer:
        generation = current_number(writer, Access.PUBLIC)
        found = list(passages_to_index(writer, Access.PUBLIC, generation))
    rows = [{"id": str(one.row), "text": f"{one.header}\n{one.content}"} for one in found]
    write_rows(Path(out), rows)
    return {"passages": len(rows)}


if __name__ == "__main__":
    serve({"ingest": ingest, "passages": passages})
