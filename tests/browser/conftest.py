"""A real server over the sample council's papers and a few hostile ones, and a Chromium to visit it."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from embeddings.encoder import Encoder
from tests.factories import ingest
from tests.integration.web_site import write_papers

KEY = "a-key-for-the-browser-tests"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# Source: without the background-networking flags Chromium looks up its maker's hosts at every start.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_READY = re.compile(r"ready on (http://\S+?)/ ")


@dataclass(frozen=True)
class Server:
    """Where the pages are, and where the server keeps its data."""

    url: str
    data_dir: Path


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory, sample: Path, onnx: Encoder) -> Path:
    """The sample council's papers as ingested for all tests, and those of the integration tests added."""
    folder = tmp_path_factory.mktemp("browser")
    extra = write_papers(folder / "papers")
    shutil.copytree(sample, folder / "data", symlinks=True)
    ingest(folder / "data", extra, encoder=onnx)
    return folder / "data"


@pytest.fixture(scope="session")
def server(data_dir: Path) -> Iterator[Server]:
    """The command that people start, on a free port."""
    command = "from qa_service.cli import main; main()"
    environment = {**os.environ, "QA_ADMIN_KEY": KEY, "QA_DATA_DIR": str(data_dir), "QA_LOG_LEVEL": "ERROR"}
    process = subprocess.Popen(
        [sys.executable, "-c", command, "serve", "--port", "0"],
        env=environment,
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    url = next((found[1] for line in process.stdout if (found := _READY.search(line))), None)
    assert url is not None, "the server ended before it was ready"
    drain = threading.Thread(target=_drain, args=(process.stdout,), daemon=True)
    drain.start()
    try:
        yield Server(url, data_dir)
    finally:
        process.terminate()
        process.wait(timeout=20)
        drain.join(timeout=5)
        process.stdout.close()


def _drain(lines: IO[str]) -> None:
    for _ in lines:
        pass


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium as the system has it."""
    if CHROMIUM is None:
        missing = "no Chromium on this machine: apt-get install -y chromium"
        pytest.fail(missing) if os.environ.get("QA_TESTS_NEED_BROWSER") else pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Watch:
    """What a visit did behind the page: requests to elsewhere, and what the console complained of."""

    home: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def see(self, page: Page) -> None:
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.home):
            self.elsewhere.append(request.url)

    def _console(self, message: ConsoleMessage) -> None:
        # The status of an answer is logged as an error too; pages with errors are visited on purpose.
        if (
            message.type in {"error", "warning"}
            and "the server responded with a status of" not in message.text
        ):
            self.complaints.append(message.text)


@pytest.fixture
def context(chromium: Browser, server: Server) -> Iterator[BrowserContext]:
    """A browser without cookies. A request to another host, or a complaint in the console, fails the test."""
    watch = Watch(server.url)
    opened = chromium.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(30_000)
    opened.on("page", watch.see)
    yield opened
    opened.close()
    assert watch.elsewhere == []
    assert watch.complaints == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page of that browser."""
    return context.new_page()


def sign_in(page: Page) -> None:
    """Sign in as an officer."""
    page.goto("/officers/sign-in")
    page.get_by_label("Administrator's key").fill(KEY)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Officers", exact=True).wait_for()
