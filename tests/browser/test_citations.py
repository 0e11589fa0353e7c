"""Citations drawn over seeds, sample and Kent: each opens the right page, with its words marked.

Twenty of the sample always; two hundred of all three where the real papers are at hand:

    python -m pytest tests/browser/test_citations.py -m slow

What is right is read here a second time, from the original file by pdfium, and not taken from the server.
"""

import random
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from embeddings.hashing import HashingEncoder
from qa_service.answering.citations import cite
from qa_service.answering.quotable import is_quotable
from qa_service.api.bodies import CitationBody
from qa_service.app import make_app
from qa_service.bootstrap import open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.spans import Span
from qa_service.sample import papers_directory
from qa_service.store.blobs import blob_path
from qa_service.store.database import Database
from qa_service.store.passages import fetch_passages
from tests.browser.conftest import Server
from tests.factories import ingest

pytestmark = pytest.mark.browser

SHARED = Path(__file__).parents[3] / "shared" / "corpus"
SHARES = {"kent": 110, "seeds": 40, "sample": 50}


@dataclass(frozen=True)
class Drawn:
    """A citation to open: of which collection, and the bytes that it is of."""

    collection: str
    body: CitationBody
    original: Path


@dataclass(frozen=True)
class Opened:
    """The application on a port, and citations drawn from its papers."""

    url: str
    drawn: list[Drawn]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    if not SHARED.is_dir():
        pytest.skip(f"the real papers are not here: {SHARED}")
    encoder = HashingEncoder(64)
    data_dir = tmp_path_factory.mktemp("citations") / "data"
    kent = sorted((SHARED / "kent").glob("*.pdf"))
    ingest(data_dir, Path(papers_directory()), SHARED / "seeds", *kent, encoder=encoder)
    with open_services(Settings(data_dir=data_dir), encoder, journal=True) as services:
        server = uvicorn.Server(uvicorn.Config(make_app(services), port=0, log_config=None))
        thread = threading.Thread(
            target=server.run, daemon=True
        )  # a fault while drawing must not hang the run
        thread.start()
        while not server.started:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        seeds = {path.name for path in (SHARED / "seeds").iterdir()}
        collections = dict.fromkeys(seeds, "seeds") | {path.name: "kent" for path in kent}
        drawn = draw(services.database, data_dir, SHARES, collections)
        yield Opened(f"http://127.0.0.1:{port}", drawn)
        server.should_exit = True
        thread.join()


def draw(
    database: Database, data_dir: Path, shares: Mapping[str, int], collections: Mapping[str, str]
) -> list[Drawn]:
    """The same sentences, clauses and rows at every run: what an answer may quote, each as likely.

    `collections` names the collection of a file; what it does not name is the sample's.
    """
    pools: dict[str, list[tuple[str, int, int, str]]] = {name: [] for name in shares}
    with database.reading() as reader:
        rows = [row["row"] for row in reader.query("SELECT row FROM passage ORDER BY row")]
        for passage in fetch_passages(reader, rows, PUBLIC_ONLY).values():
            collection = collections.get(passage.file_name, "sample")
            for span in (span for unit in passage.units for span in unit.spans):
                if is_quotable(passage.text[span.start - passage.span.start : span.end - passage.span.start]):
                    # A document's id is of the folder that it lies in: only its name is the same everywhere.
                    pools[collection].append((passage.file_name, span.start, span.end, passage.document_id))
        chance = random.Random(2026)  # noqa: S311 - a sample, not a secret
        found = []
        for collection, count in shares.items():
            for _, start, end, document_id in chance.sample(sorted(set(pools[collection])), count):
                citation = cite(reader, document_id, Span(start, end), PUBLIC_ONLY)
                original = blob_path(data_dir, citation.document.sha256)
                found.append(Drawn(collection, CitationBody.of(1, citation), original))
    return found


def letters(text: str) -> str:
    """Letters and digits, in the form that readings of one page agree on."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(each for each in folded if each.isalnum())


@pytest.mark.slow
def test_two_hundred_citations_open_the_right_page_with_the_right_words_marked(
    chromium: Browser, opened: Opened
) -> None:
    context = chromium.new_context(base_url=opened.url, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong = [(drawn.collection, drawn.body.url, why) for drawn in opened.drawn if (why := fault(page, drawn))]
    context.close()
    assert len(opened.drawn) == sum(SHARES.values())
    assert wrong == []


def test_twenty_citations_of_the_sample_open_the_right_page_with_the_right_words_marked(
    page: Page, server: Server
) -> None:
    database = Database(server.data_dir)
    drawn = draw(database, server.data_dir, {"sample": 20}, {})
    database.close()
    assert [(each.body.url, why) for each in drawn if (why := fault(page, each))] == []


@pytest.mark.slow
def test_the_check_above_sees_marks_that_are_off(chromium: Browser, opened: Opened) -> None:
    context = chromium.new_context(base_url=opened.url)
    page = context.new_page()
    for drawn in opened.drawn[::20]:
        start, end = drawn.body.start, drawn.body.end
        moved = drawn.body.url.replace(f"start={start}&end={end}", f"start={start + 15}&end={end + 15}")
        assert fault(page, replace(drawn, body=drawn.body.model_copy(update={"url": moved})))
    context.close()


def fault(page: Page, drawn: Drawn) -> str:
    """What is wrong with the page that a citation opens; empty if nothing is."""
    body = drawn.body
    page.goto(body.url)
    marked = "".join(page.locator("mark").all_text_contents())
    if body.page is None:
        return "" if letters(marked) == letters(body.quote) else "other words are marked"
    if f"/pages/{body.page.number}?" not in page.url:
        return f"another page was opened: {page.url}"
    if not letters(body.quote).startswith(letters(marked)) or not letters(marked):
        return "other words are marked in the text"
    return fault_on_picture(page, drawn, marked)


def fault_on_picture(page: Page, drawn: Drawn, marked: str) -> str:
    """What is wrong with the picture: the letters under its boxes must be those of the quote."""
    assert drawn.body.page is not None
    boxes = [
        tuple(float(box.get_attribute(name) or 0) for name in ("x", "y", "width", "height"))
        for box in page.locator(".page-picture rect").all()
    ]
    if not boxes:
        return "nothing is marked on the picture"
    loaded = page.locator(".page-picture image").evaluate(
        "image => fetch(image.href.baseVal).then(answer => answer.ok)"
    )
    if not loaded:
        return "there is no picture"
    under, others = letters_under(drawn.original, drawn.body.page.number, boxes)
    quoted = Counter(letters(marked))
    if letters(marked) not in letters(others) and Counter(letters(under)) != quoted:
        return "the page does not hold the words"
    missed, extra = quoted - Counter(letters(under)), Counter(letters(under)) - quoted
    if sum(missed.values()) + sum(extra.values()) > 0.02 * len(letters(marked)):
        return f"boxes are off by {sum(missed.values())} letters missed, {sum(extra.values())} too many"
    return ""


def letters_under(original: Path, number: int, boxes: list[tuple[float, ...]]) -> tuple[str, str]:
    """The characters whose middle lies in a box, and those of the whole page, as pdfium reads the file.

    Of two that are printed one on top of the other, the first: a page number turned on its side lies across
    some rows of Kent's tables.
    """
    document = pypdfium2.PdfDocument(original)
    sheet = document[number - 1]
    text = sheet.get_textpage()
    left, bottom, right, top = sheet.get_bbox()
    assert sheet.get_rotation() in {0, 90, 180, 270}
    under: list[tuple[int, str, tuple[float, ...]]] = []
    whole = []
    for index in range(text.count_chars()):
        character = chr(pdfium.FPDFText_GetUnicode(text.raw, index))
        whole.append(character)
        x0, y0, x1, y1 = text.get_charbox(index, loose=True)
        across, down = (x0 + x1) / 2 - left, top - (y0 + y1) / 2
        across, down = {
            0: (across, down),
            90: (top - bottom - down, across),
            180: (right - left - across, top - bottom - down),
            270: (down, right - left - across),
        }[sheet.get_rotation()]
        covered = any(x <= across <= x + wide and y <= down <= y + high for x, y, wide, high in boxes)
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        # The letters of a ligature, next to each other, share a box.
        if covered and not any(_lies_on(middle, box) and index - at > 2 for at, _, box in under):
            under.append((index, character, (x0, y0, x1, y1)))
    for part in (text, sheet, document):
        part.close()
    return "".join(character for _, character, _ in under), "".join(whole)


def _lies_on(middle: tuple[float, float], box: tuple[float, ...]) -> bool:
    x0, y0, x1, y1 = box
    return x0 < middle[0] < x1 and y0 < middle[1] < y1
