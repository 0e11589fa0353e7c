# ruff: noqa: INP001 - a program of its own, started by path, in an environment of its own
"""txtai over the same passages with the same weights: FAISS and BM25 fused, content in SQLite."""

import json
import sys
from pathlib import Path
from typing import Any

from txtai import Embeddings  # type: ignore[import-not-found]  # installed beside us, not with us

from evals.bench.programs.protocol import Answer, each_timed, serve, timed


class Peer:
    """txtai's hybrid index as its manual sets it up."""

    def __init__(self, model: str, folder: str) -> None:
        self.folder = folder
        self.embeddings: Any = Embeddings(path=model, content=True, hybrid=True, backend="faiss")

    def index(self, passages: str) -> Answer:
        """Encode, index and store every passage, and save the index."""
        lines = Path(passages).read_text(encoding="utf-8").rstrip("\n").split("\n")
        rows = [(row["id"], row["text"], None) for row in map(json.loads, lines)]

        def build() -> None:
            self.embeddings.index(rows)
            self.embeddings.save(self.folder)

        _, wall, cpu = timed(build)
        return {"seconds": wall, "cpu": cpu, "passages": len(rows)}

    def open(self) -> Answer:
        """Load the saved index."""
        self.embeddings.load(self.folder)
        return {}

    def search(self, questions: list[str], k: int) -> Answer:
        """Search each question, with the text of the hits."""
        return each_timed(
            questions, lambda question: [hit["id"] for hit in self.embeddings.search(question, k)]
        )


if __name__ == "__main__":
    peer = Peer(*sys.argv[1:3])
    serve({"index": peer.index, "open": peer.open, "search": peer.search})
