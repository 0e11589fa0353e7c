# ruff: noqa: INP001 - a program of its own, started by path
"""The service as a contender: opens its papers, answers and searches."""

import sys
from contextlib import ExitStack
from pathlib import Path

from evals.bench.programs.protocol import Answer, each_timed, serve
from evals.systems import ServiceSystem
from qa_service.bootstrap import make_encoder, open_services
from qa_service.config import Settings


class Ours:
    """The service over one data directory."""

    def __init__(self, data_dir: str, encoder_dir: str) -> None:
        self.data_dir, self.encoder_dir = Path(data_dir), Path(encoder_dir)
        self.stack = ExitStack()
        self.systems: list[ServiceSystem] = []

    def open(self) -> Answer:
        """Open the papers for asking."""
        encoder = make_encoder(Settings(data_dir=self.encoder_dir))
        services = self.stack.enter_context(open_services(Settings(data_dir=self.data_dir), encoder))
        self.systems.append(ServiceSystem(services, {}))
        return {}

    def ask(self, questions: list[str]) -> Answer:
        """Answer each question."""
        return each_timed(questions, self._cited)

    def _cited(self, question: str) -> list[str]:
        return [one["document"]["id"] for one in self.systems[0].ask({"question": question})["citations"]]

    def search(self, questions: list[str], k: int) -> Answer:
        """Search each question."""
        return each_timed(questions, lambda question: self._found(question, k))

    def _found(self, question: str, k: int) -> list[str]:
        return [str(hit["passage_id"]) for hit in self.systems[0].search({"q": question, "k": k})["hits"]]


if __name__ == "__main__":
    ours = Ours(*sys.argv[1:3])
    serve({"open": ours.open, "ask": ours.ask, "search": ours.search})
