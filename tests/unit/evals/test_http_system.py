import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from evals.errors import SystemFailed
from evals.jsonl import JsonObject
from evals.reference_systems import OracleSystem
from evals.systems import HttpSystem
from qa_service.answering.drafts import TEMPLATES
from tests.unit.evals.papers import CHARGES, corpus, topic


class Handler(BaseHTTPRequestHandler):
    """The routes of the contract over the fictional papers."""

    papers = corpus()
    oracle = OracleSystem(papers, [topic(CHARGES, papers)])

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        query = parse_qs(url.query)
        parts = url.path.strip("/").split("/")
        if url.path == "/v1/search":
            self._send({"hits": [], "seen": query})
        elif url.path == "/v1/documents":
            listed = self.oracle.documents()
            at = int(query.get("cursor", ["0"])[0])
            self._send(
                {"documents": listed[at : at + 2], "next": str(at + 2) if at + 2 < len(listed) else None}
            )
        elif url.path == "/readyz":
            self._send({"generation": 4})
        elif parts[-1] == "text":
            self._send({"text": self.oracle.document_text(parts[2])})
        else:
            self._send({"title": "no such thing"}, 404)

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if request["question"] == "crash":
            self._send({"title": "index_recovering"}, 503)
        elif request["question"] == "list":
            self._send([])
        else:
            self._send(self.oracle.ask(request) | {"key": self.headers.get("X-Admin-Key")})

    def _send(self, value: object, status: int = 200) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_question_is_posted_and_its_reply_read(url: str) -> None:
    reply = HttpSystem(url).ask({"question": CHARGES.question})
    assert reply["status"] == "answered"


def test_filters_with_several_values_become_repeated_parameters(url: str) -> None:
    query: JsonObject = {"q": "charges & fees", "k": 3, "council": ["A & B", "C"]}
    seen = HttpSystem(url).search(query)["seen"]
    assert seen == {"q": ["charges & fees"], "k": ["3"], "council": ["A & B", "C"]}


def test_documents_are_listed_page_after_page(url: str) -> None:
    assert len(HttpSystem(url).documents()) == 5


def test_a_text_is_fetched_whole(url: str) -> None:
    assert HttpSystem(url).document_text("d-other") == corpus().documents["d-other"].text


def test_the_record_says_where_it_came_from(url: str) -> None:
    described = HttpSystem(url).describe()
    assert described == {"kind": "http", "url": url, "templates": list(TEMPLATES), "generation": 4}


def test_the_key_is_sent_only_where_there_is_one(url: str) -> None:
    assert HttpSystem(url, key="k" * 16).ask({"question": CHARGES.question})["key"] == "k" * 16
    assert HttpSystem(url).ask({"question": CHARGES.question})["key"] is None


@pytest.mark.parametrize(("question", "why"), [("crash", "503"), ("list", "no JSON object")])
def test_a_problem_is_a_failure_with_its_status(url: str, question: str, why: str) -> None:
    with pytest.raises(SystemFailed, match=why):
        HttpSystem(url).ask({"question": question})


def test_a_server_that_is_not_there_is_a_failure() -> None:
    with pytest.raises(SystemFailed, match="POST /v1/answers"):
        HttpSystem("http://127.0.0.1:9", timeout=2).ask({"question": "any"})


def test_only_web_addresses_are_opened() -> None:
    with pytest.raises(SystemFailed, match="no http or https address"):
        HttpSystem("file:///etc/passwd")
