"""Readers while generations change under them: never an error, never a mixture of two."""

import re
import threading
from collections import Counter
from pathlib import Path

from embeddings.hashing import HashingEncoder
from qa_service.api.asking import ask, search
from qa_service.api.question_bodies import AskBody
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from tests.factories import ingest

QUESTION = AskBody(question="How many swans were counted at Ebbfold?")
PAPERS, SWAPS, READERS = 3, 8, 3


def write_papers(folder: Path, generation: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(PAPERS):
        counted = f"There were {generation} swans counted at Ebbfold in part {number}."
        text = f"Report {number} on birds.\n\n{counted}\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


class Reader:
    """Asks without a pause until it is told to stop, and remembers what was wrong."""

    def __init__(self, services: Services, stop: threading.Event) -> None:
        self._services, self._stop = services, stop
        self.seen: Counter[int] = Counter()
        self.wrong: list[str] = []
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        newest = 0
        while not self._stop.is_set():
            try:
                found = search(self._services, QUESTION, 20, PUBLIC_ONLY)
                reply = ask(self._services, QUESTION, PUBLIC_ONLY)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong
                self.wrong.append(repr(error))
                continue
            quotes = [citation.quote for citation in reply.citations]
            for generation, texts in (
                (found.generation, [hit.text for hit in found.hits]),
                (reply.generation, quotes),
            ):
                counts = {int(n) for text in texts for n in re.findall(r"There were (\d+) swans", text)}
                # A hit whose paper was replaced since the ranking is left out: never shown in a newer state.
                if not counts <= {generation}:
                    self.wrong.append(f"generation {generation} shows {counts}")
                if generation < newest:
                    self.wrong.append(f"generation {generation} after {newest}")
                newest = max(newest, generation)
                self.seen[generation] += 1


def test_readers_see_one_generation_at_a_time_while_it_is_swapped_under_them(tmp_path: Path) -> None:
    write_papers(tmp_path / "papers", 1)
    ingest(tmp_path / "data", tmp_path / "papers")
    stop = threading.Event()
    with open_services(Settings(data_dir=tmp_path / "data"), HashingEncoder(64)) as services:
        readers = [Reader(services, stop) for _ in range(READERS)]
        for reader in readers:
            reader.thread.start()
        try:
            for generation in range(2, SWAPS + 1):
                write_papers(tmp_path / "papers", generation)
                assert ingest(tmp_path / "data", tmp_path / "papers").generation == generation
        finally:
            stop.set()
            for reader in readers:
                reader.thread.join()
        assert search(services, QUESTION, 20, PUBLIC_ONLY).generation == SWAPS
    assert [reader.wrong for reader in readers] == [[]] * READERS
    seen = sum((reader.seen for reader in readers), Counter[int]())
    assert len(seen) > SWAPS // 2
