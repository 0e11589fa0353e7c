# ruff: noqa: INP001 - a program of its own, started by path
"""The libraries without a service: pypdf alone, the encoder alone, and FAISS + tantivy + the encoder.

It is no module of the harness: inside the packages only the service's own modules import these libraries.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import faiss
import tantivy
from pypdf import PdfReader

from embeddings.encoder import Vectors
from evals.bench.programs.protocol import Answer, each_timed, serve, timed
from qa_service.bootstrap import make_encoder
from qa_service.config import Settings

ENCODER = Settings(data_dir=Path(sys.argv[1]))
DEPTH = 60  # as many as the service takes from each leg
_HEAP = 64 * 2**20


def pypdf(files: list[str]) -> Answer:
    """Extract the text of every page of every PDF."""

    def extract() -> int:
        return sum(len([page.extract_text() for page in PdfReader(file).pages]) for file in files)

    pages, wall, cpu = timed(extract)
    return {"seconds": wall, "cpu": cpu, "pages": pages}


class Bare:
    """Two indexes and an encoder, and the least code that joins them."""

    def __init__(self) -> None:
        self.encoder = make_encoder(ENCODER)
        self.search_in: Callable[[str], list[str]] | None = None

    def threads(self, number: int) -> Answer:
        """Load the encoder anew with so many threads."""
        self.encoder = make_encoder(ENCODER, threads=number)
        return {}

    def embed(self, passages: str) -> Answer:
        """Encode every passage once, in the encoder's own batches."""
        texts = self._texts(passages)
        _, wall, cpu = timed(lambda: self.encoder.encode_passages(texts))
        return {"seconds": wall, "cpu": cpu, "passages": len(texts)}

    def _texts(self, passages: str) -> list[str]:
        lines = Path(passages).read_text(encoding="utf-8").rstrip("\n").split("\n")
        return [self._within_limit(json.loads(line)["text"]) for line in lines]

    def _within_limit(self, text: str) -> str:
        while self.encoder.count(text) > self.encoder.limit:
            text = text[: int(len(text) * 0.8)]
        return text

    def index(self, passages: str, folder: str) -> Answer:
        """Build a flat FAISS index and a tantivy index of the passages."""
        texts = self._texts(passages)
        Path(folder).mkdir(parents=True)
        _, wall, cpu = timed(lambda: self._build(texts, folder))
        return {"seconds": wall, "cpu": cpu, "passages": len(texts)}

    def _build(self, texts: list[str], folder: str) -> None:
        vectors = self.encoder.encode_passages(texts)
        flat = faiss.IndexFlatIP(vectors.shape[1])
        flat.add(vectors)
        schema = tantivy.SchemaBuilder().add_integer_field("row", fast=True)
        words = tantivy.Index(schema.add_text_field("text", tokenizer_name="en_stem").build(), folder)
        writer = words.writer(_HEAP, 1)
        for row, text in enumerate(texts):
            document = tantivy.Document()
            document.add_integer("row", row)
            document.add_text("text", text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        words.reload()
        self.search_in = self._searcher(flat, words)

    def _searcher(self, flat: faiss.Index, words: tantivy.Index) -> Callable[[str], list[str]]:
        searcher = words.searcher()

        def search(question: str) -> list[str]:
            vector: Vectors = self.encoder.encode_queries([question])
            scores, rows = flat.search(vector, DEPTH)
            fused: dict[int, float] = dict(zip(rows[0].tolist(), scores[0].tolist(), strict=True))
            query = "".join(char if char.isalnum() else " " for char in question)
            hits = searcher.search(words.parse_query(query, ["text"]), limit=DEPTH).hits
            # An integer field gives integers, whatever the stubs allow for.
            found: list[int] = searcher.fast_field_values("row", [address for _, address in hits])  # type: ignore[assignment]
            best = hits[0][0] if hits else 1.0
            for row, (score, _) in zip(found, hits, strict=True):
                fused[row] = fused.get(row, 0.0) + 0.5 * score / best
            return [str(row) for row in sorted(fused, key=lambda row: -fused[row])]

        return search

    def search(self, questions: list[str], k: int) -> Answer:
        """Search both indexes and add the scores; no text is fetched, no answer made."""
        assert self.search_in is not None
        search_in = self.search_in
        return each_timed(questions, lambda question: search_in(question)[:k])


if __name__ == "__main__":
    bare = Bare()
    serve(
        {
            "pypdf": pypdf,
            "threads": bare.threads,
            "embed": bare.embed,
            "index": bare.index,
            "search": bare.search,
        }
    )
