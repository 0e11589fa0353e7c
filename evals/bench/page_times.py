"""How long each kind of page takes over many papers, what it weighs, and how soon a page's picture is there.

    python -m evals.bench.page_times FOLDER --passages 100000

Times are of the server: from the request to the last byte, over one connection on this machine, and the CPU
time of the process meanwhile, which a busy machine does not inflate.
"""

import argparse
import random
import re
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import uvicorn

from embeddings.encoder import Encoder
from evals.bench.many_papers import build
from evals.bench.table import Table
from evals.bench.timing import percentile
from qa_service.app import make_app
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.store.overview import Overview, read_overview

QUESTION = "What was resolved on the IRS annual report?"
_WORDS = ("report", "budget", "school", "officers", "caseload", "flood", "parking", "minutes", "grant", "bus")
KEY = "the-key-of-the-page-bench"
_ASSET = re.compile(r'(?:href|src)="(/assets/[^"]+)"')


@dataclass(slots=True)
class Timings:
    """What was measured of one kind of page, a value a request; weights in bytes, without pictures."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    weight: list[int] = field(default_factory=list)


class Visitor:
    """One connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers: dict[str, str] = {}
        self._assets: dict[str, int] = {}

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def get(self, path: str) -> tuple[int, bytes]:
        """Return status and body of an address; redirects are not followed."""
        self._connection.request("GET", path, headers=self._headers)
        response = self._connection.getresponse()
        return response.status, response.read()

    def sign_in(self) -> None:
        """Sign in as an officer."""
        token = re.search(rb'name="token" value="([^"]+)"', self.get("/officers/sign-in")[1])
        assert token
        body = urlencode({"token": token[1].decode(), "key": KEY})
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request("POST", "/officers/sign-in", body, kind)
        response = self._connection.getresponse()
        response.read()
        self._headers = {"Cookie": (response.getheader("Set-Cookie") or "").partition(";")[0]}

    def weight(self, body: bytes) -> int:
        """Return the bytes of a page and of the style, script and mark that it asks for."""
        asked = set(_ASSET.findall(body.decode()))
        for path in asked - self._assets.keys():
            self._assets[path] = len(self.get(path)[1])
        return len(body) + sum(self._assets[path] for path in asked)


def measure(settings: Settings, requests: int, encoder: Encoder | None = None, seed: int = 1) -> Table:
    """Return times and weights of each kind of page, `requests` addresses of each drawn at random."""
    table = Table()
    with open_services(settings, encoder, journal=True) as services, _served(services) as port:
        with services.database.reading() as reader:
            overview = read_overview(reader, PUBLIC_ONLY)
        with closing(Visitor(port)) as visitor:
            visitor.sign_in()
            visitor.get("/meetings")  # the overview is read once a generation
            found: dict[str, Timings] = defaultdict(Timings)
            addresses = list(_addresses(visitor, overview, requests, random.Random(seed)))  # noqa: S311 - a sample
            for kind, path in addresses:
                _visit(visitor, found[kind], path)
            for kind, timings in found.items():
                _write(table, kind, timings)
            _pictures(table, visitor, [path for kind, path in addresses if kind == "page of a paper"])
    return table


@contextmanager
def _served(services: Services) -> Iterator[int]:
    server = uvicorn.Server(uvicorn.Config(make_app(services), port=0, log_config=None, access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()


def _addresses(
    visitor: Visitor, overview: Overview, count: int, chance: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield (kind of page, address), the kinds in turn."""
    answered = visitor.get("/?" + urlencode({"q": QUESTION}))[1]
    answer = re.search(rb'href="(/answers/a\w+)"', answered)
    assert answer
    for _ in range(count):
        meeting = chance.choice([each for each in overview.meetings if each.body])
        paper = chance.choice(overview.papers)
        paged = chance.choice([each for each in overview.papers if each.pages])
        number = chance.randint(1, paged.pages)
        yield "ask, empty", "/"
        yield "answer", "/?" + urlencode({"q": f"What was resolved on {chance.choice(_WORDS)}?"})
        yield "answer seen again", answer[1].decode()
        yield "meetings", f"/meetings?page={chance.randint(1, len(overview.meetings) // 50 + 1)}"
        yield "meetings of a body", "/meetings?" + urlencode({"body": meeting.body})
        yield "meeting", f"/meetings/{meeting.id}"
        yield "papers", f"/papers?page={chance.randint(1, len(overview.papers) // 50 + 1)}"
        yield "paper", f"/documents/{paper.id}"
        yield "page of a paper", f"/documents/{paged.id}/pages/{number}"
        yield "search in a paper", f"/documents/{paper.id}/find?q={chance.choice(_WORDS)}"
        for path in ("/coverage", "/about/how-answers-are-made", "/about/accessibility"):
            yield path, path
        for path in ("/officers", "/officers/jobs", "/evaluation", "/evaluation/label"):
            yield path, path
        for path in _registers(visitor):
            yield path, path


def _registers(visitor: Visitor) -> list[str]:
    """Return the addresses of the register that the front page, and the register's own, lead to."""
    found = {path.decode() for path in re.findall(rb'href="(/register[^"#?]*)"', visitor.get("/")[1])}
    for path in sorted(found):
        found |= {each.decode() for each in re.findall(rb'href="(/register[^"#?.]*)"', visitor.get(path)[1])}
    return sorted(found)[:12]


def _visit(visitor: Visitor, timings: Timings, path: str) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    status, body = visitor.get(path)
    timings.wall.append(1000 * (time.perf_counter() - wall))
    timings.cpu.append(1000 * (time.process_time() - cpu))
    if status != 200:  # noqa: PLR2004 - HTTP
        raise RuntimeError(f"{path} answered {status}")
    timings.weight.append(visitor.weight(body))


def _write(table: Table, kind: str, timings: Timings) -> None:
    for name, values in (("", timings.wall), (", CPU", timings.cpu)):
        table.one(f"{kind}: 95th percentile{name}", "ms", percentile(values, 0.95), f"of {len(values)}")
    table.one(f"{kind}: heaviest", "kB", max(timings.weight) / 1000, "with style, script and mark")


def _pictures(table: Table, visitor: Visitor, paths: list[str]) -> None:
    """Write how long pictures take that nobody has asked for yet, and the same again."""
    asked = list(dict.fromkeys("/v1" + path + ".png" for path in paths))
    for name in ("first time", "again"):
        timings = Timings()
        for path in asked:
            started = time.perf_counter()
            visitor.get(path)
            timings.wall.append(1000 * (time.perf_counter() - started))
        table.one(
            f"picture, {name}: 95th percentile", "ms", percentile(timings.wall, 0.95), f"of {len(asked)}"
        )


def main() -> None:
    """Build the papers where they are not there yet, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="data directory to build in; kept, and used again")
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=40, help="of each kind of page")
    given = parser.parse_args()
    settings = Settings(data_dir=given.folder, admin_key=KEY)
    there = build(settings, given.passages)
    sys.stdout.write(f"{there:,} passages\n\n{measure(settings, given.requests).as_text()}")


if __name__ == "__main__":
    main()
