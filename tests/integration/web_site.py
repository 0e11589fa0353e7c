"""The whole application over a few invented papers, without weights and without a network."""

import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path

from fastapi.testclient import TestClient
from httpx2 import Response
from pydantic import SecretStr
from reportlab.pdfgen.canvas import Canvas

from embeddings.hashing import HashingEncoder
from qa_service.app import make_app
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.domain.answers import SURE
from qa_service.store.documents import visible_documents
from tests.factories import ingest, minutes

KEY = "the-key-of-the-officers"
HOSTILE = '<script>window.owned = 1</script> <img src=x onerror="window.owned = 1"> {{ 7 * 7 }} javascript:1'
PDF_PAGES = (
    ("MARLSHIRE COUNTY COUNCIL", "CABINET", "Minutes of the meeting of the Cabinet held on 14 March 2024"),
    (
        "4. Otter holts",
        "RESOLVED:",
        "(i) that otter holts be built along the Wend; and",
        "(ii) that the cost",
    ),
    ("be met from the rivers fund.", "5. Next meeting", "The next meeting is in May."),
)
WELSH = (
    "CYNGOR CYMUNED GLAN-Y-WENDDA\n\nCOFNODION y cyfarfod a gynhaliwyd ar 5 Mawrth 2024.\n\n"
    "Penderfynwyd bod y cyngor yn gofyn am adroddiad ar y bont ac yn ei drafod yn y cyfarfod nesaf.\n"
)


def pdf(pages: tuple[tuple[str, ...], ...] = PDF_PAGES) -> bytes:
    """A PDF with a line of text for each line given."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def write_papers(folder: Path) -> Path:
    """The papers: plain text, PDF, Welsh, and one whose words are markup."""
    folder.mkdir()
    (folder / "bridge.txt").write_text(minutes(), encoding="utf-8")
    (folder / "hostile.txt").write_text(minutes(HOSTILE), encoding="utf-8")
    (folder / "welsh.txt").write_text(WELSH, encoding="utf-8")
    (folder / "cabinet.pdf").write_bytes(pdf())
    return folder


class Bell:
    """Stands for the worker of uploads: it only counts how often it was woken."""

    def __init__(self) -> None:
        self.rung = 0

    def wake(self) -> None:
        self.rung += 1


@dataclass
class Site:
    """The application and a browser without scripts."""

    client: TestClient
    services: Services
    bell: Bell

    def paper(self, file_name: str) -> str:
        """The id of a paper."""
        with self.services.database.reading() as reader:
            rows = visible_documents(reader, PUBLIC_ONLY)
        return next(str(row["id"]) for row in rows if row["file_name"] == file_name)

    def get(self, path: str, **headers: str) -> Response:
        """What is answered, redirects not followed."""
        return self.client.get(path, headers=headers, follow_redirects=False)

    def post(self, path: str, fields: dict[str, str], **headers: str) -> Response:
        """What is answered to a form."""
        return self.client.post(path, data=fields, headers=headers, follow_redirects=False)

    def differing_answer(self, confidence: float = 0.9) -> str:
        """The id of an answer, as sure as that, whose first two sources are said to differ.

        Beside an unsure one stands another place.
        """
        reply = self.client.post("/v1/answers", json={"question": "What was resolved on the bridge?"}).json()
        first = reply["citations"][0]
        reply["citations"] = [first, first | {"n": 2}]
        reply["conflicts"] = [{"about": "the date of the meeting", "citations": [1, 2]}]
        reply["statements"] = [
            {"text": "The papers say: " + first["quote"], "standing": "minuted", "citations": [1, 2]}
        ]
        reply["not_found"], reply["status"], reply["confidence"] = None, "answered", confidence
        reply["see_also"] = [first | {"n": 1}] if confidence < SURE else []
        request = json.dumps({"question": reply["question"]})
        id_ = f"a{secrets.token_hex(8)}"
        self.services.kept().keep_answer(id_, request, json.dumps(reply | {"id": id_}), PUBLIC_ONLY, 90)
        return id_

    def token(self, path: str) -> str:
        """The token in the form of a page."""
        found = re.search(r'name="token" value="([^"]+)"', self.get(path).text)
        assert found
        return found[1]

    def sign_in(self) -> None:
        """Sign this browser in."""
        fields = {"token": self.token("/officers/sign-in"), "key": KEY}
        assert self.post("/officers/sign-in", fields).status_code == 303


@contextmanager
def open_site(folder: Path, key: str | None = KEY) -> Iterator[Site]:
    """Ingest the papers and open the application over them."""
    encoder = HashingEncoder(64)
    data_dir = folder / "data"
    ingest(data_dir, write_papers(folder / "papers"), encoder=encoder)
    settings = Settings(data_dir=data_dir, admin_key=SecretStr(key) if key else None)
    with open_services(settings, encoder, journal=True) as services:
        app = make_app(services)
        app.state.uploads = Bell()
        client = TestClient(app, base_url="http://papers.example", raise_server_exceptions=False)
        yield Site(client, services, app.state.uploads)


def text_of(page: str) -> str:
    """A page's words as a reader without pictures hears them."""
    body = re.sub(r"(?s)<head>.*?</head>|<svg.*?</svg>", " ", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def marked(page: str) -> str:
    """The words that a page marks."""
    parts = re.findall(r"(?s)<mark[^>]*>(.*?)</mark>", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", " ".join(parts))).split())
