"""Every route of the API over real papers: what it gives, what it refuses, and how it says so."""

import gc
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from embeddings.hashing import HashingEncoder
from qa_service.app import HEADERS, make_app
from qa_service.bootstrap import open_services
from qa_service.config import Settings
from qa_service.ingestion import uploads
from qa_service.sample import papers_directory
from tests.factories import ingest, minutes, write_minutes

KEY = "correct horse battery"
BRIDGE = "What did members hear about the bridge at Ebbfold?"
PROBLEM = "application/problem+json"
NEWS = b"The report on the ferry.\n\nRESOLVED that the ferry be painted.\n"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory of two short minutes and one sample pack."""
    root = tmp_path_factory.mktemp("api")
    write_minutes(root / "papers", "bridge.txt")
    write_minutes(root / "papers", "ford.txt", "the ford at Sallow")
    ingest(
        root / "data", root / "papers", Path(papers_directory()) / "marlshire-cabinet-2024-01-18-minutes.pdf"
    )
    return root / "data"


def opened(data: Path, **settings: Any) -> Iterator[TestClient]:  # noqa: ANN401
    given = Settings(data_dir=data, **settings)
    with (
        open_services(given, HashingEncoder(64), journal=True) as services,
        TestClient(make_app(services), raise_server_exceptions=False) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def client(stored: Path) -> Iterator[TestClient]:
    yield from opened(stored)


@pytest.fixture
def admin(tmp_path: Path) -> Iterator[TestClient]:
    """Yield a client of a service of its own, where data may be changed with the key."""
    ingest(tmp_path / "data", write_minutes(tmp_path / "papers"))
    yield from opened(tmp_path / "data", admin_key=KEY)


def ask(client: TestClient, question: str = BRIDGE, **more: Any) -> dict[str, Any]:  # noqa: ANN401
    response = client.post("/v1/answers", json={"question": question, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def code_of(response: Response, status: int) -> str:
    """Return a problem's code, having seen that it is a whole problem document."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    body = response.json()
    assert {"type", "title", "status", "code", "detail"} <= body.keys()
    assert body["status"] == status
    return str(body["code"])


def text_of(client: TestClient, document_id: str) -> str:
    return str(client.get(f"/v1/documents/{document_id}/text").json()["text"])


def test_an_answer_has_the_contracts_fields_and_quotes_that_are_slices(client: TestClient) -> None:
    reply = ask(client)
    assert reply["status"] == "answered"
    assert set(reply) == {
        *("id", "status", "question", "understood", "statements", "citations", "conflicts"),
        *("not_found", "see_also", "confidence", "generation", "seconds", "notice"),
    }
    numbers = {n for statement in reply["statements"] for n in statement["citations"]}
    assert numbers == {citation["n"] for citation in reply["citations"]}
    for citation in reply["citations"]:
        text = text_of(client, citation["document"]["id"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_refusal_says_what_was_searched_and_cites_what_is_nearest(client: TestClient) -> None:
    reply = ask(client, "What did Birmingham City Council resolve on the bridge?")
    assert (reply["status"], reply["statements"], reply["citations"]) == ("not_found", [], [])
    searched = reply["not_found"]["searched"]
    assert searched["documents"] == 3
    for citation in reply["not_found"]["nearest"]:
        text = text_of(client, citation["document"]["id"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]


def test_an_answer_is_replayed_byte_by_byte_and_verified(client: TestClient) -> None:
    reply = ask(client)
    assert client.get(f"/v1/answers/{reply['id']}").json() == reply
    verdicts = client.post(f"/v1/answers/{reply['id']}/verify").json()
    assert {verdict["verdict"] for verdict in verdicts} == {"unchanged"}
    assert len(verdicts) == len(reply["citations"])


def test_feedback_is_kept_for_an_answer_that_was_given(client: TestClient) -> None:
    reply = ask(client)
    given = {"answer_id": reply["id"], "verdict": "incomplete", "comment": "and the cost?"}
    response = client.post("/v1/feedback", json=given)
    assert (response.status_code, set(response.json())) == (201, {"id"})
    unknown = client.post("/v1/feedback", json=given | {"answer_id": "a0"})
    assert code_of(unknown, 404) == "not_found"


def test_a_search_as_of_a_day_shows_no_later_meeting(client: TestClient) -> None:
    def found(**more: str) -> list[str]:
        params = {"q": "the report on the bridge", "k": "50"} | more
        hits = client.get("/v1/search", params=params).json()["hits"]
        return [hit["document"]["file_name"] for hit in hits if hit["meeting"]]

    assert "bridge.txt" in found()
    assert "bridge.txt" not in found(as_of="2024-02-05")


def test_a_search_ranks_passages_whose_text_is_the_slice(client: TestClient) -> None:
    body = client.get("/v1/search", params={"q": BRIDGE, "k": 3}).json()
    assert [hit["rank"] for hit in body["hits"]] == [1, 2, 3]
    hit = body["hits"][0]
    assert hit["text"] == hit["quote"] == text_of(client, hit["document"]["id"])[hit["start"] : hit["end"]]
    passage = client.get(f"/v1/passages/{hit['passage_id']}").json()
    assert passage["text"] == hit["text"]
    assert passage["document"] == hit["document"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"council": "Marlshire County Council"}, {"bridge.txt", "ford.txt"}),
        ({"council": "Nowhere"}, set()),
        ({"body": "Nobody"}, set()),
        ({"held_from": "2024-02-07"}, set()),
        ({"held_from": "2024-02-01", "held_to": "2024-02-28"}, {"bridge.txt", "ford.txt"}),
        ({"kinds": "web page"}, set()),
    ],
)
def test_filters_mean_the_same_on_every_route(
    client: TestClient, filters: dict[str, str], expected: set[str]
) -> None:
    ours = {"bridge.txt", "ford.txt"}
    listed = {each["file_name"] for each in client.get("/v1/documents", params=filters).json()["documents"]}
    hits = client.get("/v1/search", params={"q": "bridge ford report", "k": "50"} | filters).json()["hits"]
    found = {hit["document"]["file_name"] for hit in hits}
    meetings = client.get("/v1/meetings", params=filters).json()
    assert listed & ours == found & ours == expected
    assert bool(meetings) == bool(listed)
    body = {name: value if name.startswith("held") else [value] for name, value in filters.items()}
    reply = ask(client, BRIDGE, filters=body)
    cited = {citation["document"]["file_name"] for citation in reply["citations"]}
    assert cited & ours <= expected


def test_papers_are_listed_described_and_given_out_page_by_page(client: TestClient) -> None:
    listed = client.get("/v1/documents").json()
    assert listed["next"] is None
    by_name = {each["file_name"]: each for each in listed["documents"]}
    pdf = by_name["marlshire-cabinet-2024-01-18-minutes.pdf"]
    detail = client.get(f"/v1/documents/{pdf['id']}").json()
    text = text_of(client, pdf["id"])
    assert detail["characters"] == len(text)
    for each in detail["pages"]:
        page = client.get(f"/v1/documents/{pdf['id']}/pages/{each['number']}").json()
        assert page["text"] == text[each["start"] : each["end"]]
    assert code_of(client.get(f"/v1/documents/{pdf['id']}/pages/999"), 404) == "not_found"


def test_the_original_is_downloaded_and_never_shown(client: TestClient) -> None:
    (bridge,) = [
        each for each in client.get("/v1/documents").json()["documents"] if each["file_name"] == "bridge.txt"
    ]
    response = client.get(f"/v1/documents/{bridge['id']}/original")
    assert response.content.decode() == minutes()
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.headers["content-security-policy"] == "sandbox"


def test_health_readiness_and_metrics_say_how_it_stands_and_never_what_was_asked(client: TestClient) -> None:
    ask(client, "Was the xylophone grant approved?")
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["generation"], ready["documents"]) == ("ready", 1, 3)
    assert ready["read_before"] == 0
    metrics = client.get("/metrics").text
    assert 'route="/v1/answers"' in metrics
    assert "xylophone" not in metrics


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"question": ""}, "empty_question"),
        ({"question": " ?! "}, "empty_question"),
        ({"question": "x" * 5000}, "question_too_long"),
        ({"question": BRIDGE, "filters": {"cuncil": ["Marlshire"]}}, "bad_filter"),
        ({"question": BRIDGE, "filters": {"kinds": ["gossip"]}}, "bad_filter"),
        ({"question": BRIDGE, "filters": {"held_from": "yesterday"}}, "bad_filter"),
        ({"question": BRIDGE, "filter": {}}, "bad_request"),
        ({"question": BRIDGE, "max_statements": 0}, "bad_request"),
        ({"question": BRIDGE, "history": [{"question": "x"}] * 21}, "bad_request"),
        ({}, "bad_request"),
        ([], "bad_request"),
    ],
)
def test_a_question_that_cannot_be_served_is_told_why(client: TestClient, body: object, code: str) -> None:
    assert code_of(client.post("/v1/answers", json=body), 422) == code


def test_an_unknown_filter_is_told_which_ones_there_are(client: TestClient) -> None:
    body = client.post("/v1/answers", json={"question": BRIDGE, "filters": {"cuncil": []}}).json()
    assert "council, body, held_from, held_to, kinds, documents" in body["detail"]


@pytest.mark.parametrize("route", ["/v1/search?q=bridge&", "/v1/documents?", "/v1/meetings?"])
def test_an_unknown_filter_in_a_query_string_is_refused_and_not_ignored(
    client: TestClient, route: str
) -> None:
    assert code_of(client.get(route + "cuncil=Marlshire"), 422) == "bad_filter"


def test_a_body_that_is_no_json_is_a_problem(client: TestClient) -> None:
    response = client.post("/v1/answers", content=b"{", headers={"content-type": "application/json"})
    assert code_of(response, 422) == "bad_request"


@pytest.mark.parametrize(
    "question",
    ["AND OR NOT", "bridge\x00\x1f", "Is the 🌉 closed?", '"bridge (', "<|endoftext|>", "a " * 1999],
)
def test_odd_questions_get_ordinary_replies(client: TestClient, question: str) -> None:
    assert ask(client, question)["status"] in {"answered", "not_found"}


def test_a_lone_surrogate_is_read_as_a_sign_that_is_none(client: TestClient) -> None:
    content = json.dumps({"question": "bridge \ud800", "filters": {"body": ["\udfff"]}}).encode()
    response = client.post("/v1/answers", content=content, headers={"content-type": "application/json"})
    assert (response.status_code, response.json()["question"]) == (200, "bridge \ufffd")


@pytest.mark.parametrize(
    "route",
    [
        "/v1/answers/a0",
        "/v1/documents/d0",
        "/v1/documents/d0/text",
        "/v1/documents/d0/pages/1",
        "/v1/documents/d0/original",
        "/v1/passages/p0",
        "/v1/nothing",
    ],
)
def test_what_is_not_there_is_a_problem(client: TestClient, route: str) -> None:
    assert code_of(client.get(route), 404) == "not_found"


@pytest.mark.parametrize("cursor", ["", "x", "YXQ6LTE=", "YXQ6MQ", "¼", "QQ==", "A" * 9000])
def test_a_cursor_that_no_list_gave_out_is_refused(client: TestClient, cursor: str) -> None:
    assert code_of(client.get("/v1/documents", params={"cursor": cursor}), 422) == "bad_filter"


def test_a_method_that_a_route_does_not_take_is_a_problem(client: TestClient) -> None:
    assert code_of(client.delete("/v1/search"), 405) == "method_not_allowed"


def test_every_answer_carries_the_headers_that_keep_others_out(client: TestClient) -> None:
    for response in (
        client.get("/"),
        client.get("/healthz"),
        client.get("/v1/nothing"),
        client.post("/v1/answers", json={}),
        client.post("/v1/answers", content=b"x" * (2**20 + 1)),
    ):
        for name in HEADERS:
            assert response.headers[name] == HEADERS[name], (response.request.url, name)
        assert response.headers["x-request-id"]


def test_a_fault_of_ours_says_nothing_of_its_cause_and_keeps_the_headers(
    stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError("secret cause")

    for client in opened(stored):
        monkeypatch.setattr("qa_service.store.documents.iso", broken)
        response = client.get("/v1/documents")
        assert code_of(response, 500) == "internal"
        assert "secret" not in response.text
        assert response.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


def test_openapi_lists_every_route_and_promises_our_form_of_problem(client: TestClient) -> None:
    schema = client.get("/v1/openapi.json").json()
    assert set(schema["paths"]) == {
        "/healthz",
        "/metrics",
        "/readyz",
        "/v1/answers",
        "/v1/answers/{answer_id}",
        "/v1/answers/{answer_id}/verify",
        "/v1/documents",
        "/v1/documents/{document_id}",
        "/v1/documents/{document_id}/original",
        "/v1/documents/{document_id}/pages/{number}",
        "/v1/documents/{document_id}/pages/{number}.png",
        "/v1/documents/{document_id}/text",
        "/v1/feedback",
        "/v1/meetings",
        "/v1/passages/{passage_id}",
        "/v1/register/attendance",
        "/v1/register/commitments",
        "/v1/register/commitments/{key}",
        "/v1/register/conflicts",
        "/v1/register/due.ics",
        "/v1/register/matters",
        "/v1/register/matters/{matter_id}",
        "/v1/register/resolutions",
        "/v1/register/resolutions.atom",
        "/v1/search",
    }
    for operations in schema["paths"].values():
        for operation in operations.values():
            assert PROBLEM in operation["responses"]["default"]["content"]
            assert "422" not in operation["responses"]


def test_no_body_of_ours_may_have_a_field_that_the_contract_does_not_name(client: TestClient) -> None:
    schemas = client.get("/v1/openapi.json").json()["components"]["schemas"]
    loose = {name for name, schema in schemas.items() if schema.get("additionalProperties") is not False}
    assert {name for name in loose if schemas[name].get("type") == "object"} == set()


def test_routes_that_change_data_do_not_exist_without_a_key(client: TestClient) -> None:
    assert code_of(client.post("/v1/documents", files={"file": ("a.txt", NEWS)}), 405) == "method_not_allowed"
    assert code_of(client.delete("/v1/documents/d0"), 405) == "method_not_allowed"
    assert code_of(client.get("/v1/jobs/j0"), 404) == "not_found"


@pytest.mark.parametrize(
    "headers", [{}, {"X-Admin-Key": "wrong"}, {"X-Admin-Key": KEY + "x"}, {"X-Admin-Key": ""}]
)
def test_routes_that_change_data_want_the_key(admin: TestClient, headers: dict[str, str]) -> None:
    papers = admin.get("/v1/documents").json()["documents"]
    for response in (
        admin.post("/v1/documents", files={"file": ("a.txt", NEWS)}, headers=headers),
        admin.delete(f"/v1/documents/{papers[0]['id']}", headers=headers),
        admin.get("/v1/jobs/j0", headers=headers),
    ):
        assert code_of(response, 401) == "unauthorised"
    assert admin.get("/v1/documents").json()["documents"] == papers


def upload(client: TestClient, name: str, content: bytes) -> Response:
    return client.post("/v1/documents", files={"file": (name, content)}, headers={"X-Admin-Key": KEY})


def finished(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    """Return a job once it has ended. It is asked for again and again, as a client would."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        body: dict[str, Any] = client.get(f"/v1/jobs/{job['id']}", headers={"X-Admin-Key": KEY}).json()
        if body["state"] in {"done", "failed"}:
            return body
    pytest.fail("the job did not end")


def test_an_upload_is_a_job_that_ends_in_a_paper_that_answers(admin: TestClient) -> None:
    response = upload(admin, "ferry.txt", NEWS)
    assert (response.status_code, response.json()["state"]) == (202, "queued")
    assert finished(admin, response.json())["state"] == "done"
    names = {each["file_name"] for each in admin.get("/v1/documents").json()["documents"]}
    assert names == {"minutes.txt", "ferry.txt"}
    assert "ferry" in json.dumps(ask(admin, "What was resolved on painting the ferry?"))


def test_a_queued_job_is_begun_at_once_and_not_at_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "_RETRY_SECONDS", 3600.0)
    ingest(tmp_path / "data", write_minutes(tmp_path / "papers"))
    for client in opened(tmp_path / "data", admin_key=KEY):
        assert finished(client, upload(client, "ferry.txt", NEWS).json())["state"] == "done"
        (paper, _) = client.get("/v1/documents").json()["documents"]
        removal = client.delete(f"/v1/documents/{paper['id']}", headers={"X-Admin-Key": KEY})
        assert finished(client, removal.json())["state"] == "done"


def test_the_same_bytes_twice_are_one_paper_and_the_same_name_twice_are_two(admin: TestClient) -> None:
    for name, content in (("m.txt", NEWS), ("other.txt", NEWS), ("m.txt", NEWS.replace(b"ferry", b"barge"))):
        assert finished(admin, upload(admin, name, content).json())["state"] == "done"
    names = sorted(each["file_name"] for each in admin.get("/v1/documents").json()["documents"])
    assert names == ["m.txt", "m.txt", "minutes.txt"]


def test_an_upload_that_cannot_be_read_ends_as_a_failed_job_and_the_next_one_works(admin: TestClient) -> None:
    job = finished(admin, upload(admin, "broken.pdf", b"%PDF-1.7 broken").json())
    assert (job["state"], job["code"]) == ("failed", "malformed")
    assert finished(admin, upload(admin, "ferry.txt", NEWS).json())["state"] == "done"


@pytest.mark.parametrize(
    ("name", "content", "status", "code"),
    [
        ("a.pdf", b"", 422, "empty_file"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n", 415, "unsupported_type"),
        ("a.exe", b"MZ\x90\x00", 415, "unsupported_type"),
    ],
)
def test_an_upload_that_is_plainly_no_paper_is_refused_at_once(
    admin: TestClient, name: str, content: bytes, status: int, code: str
) -> None:
    assert code_of(upload(admin, name, content), status) == code


def test_an_upload_without_a_file_is_told_so(admin: TestClient) -> None:
    response = admin.post("/v1/documents", data={"name": "x"}, headers={"X-Admin-Key": KEY})
    assert code_of(response, 422) == "bad_request"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/minutes.txt", "minutes.txt"),
        ("C:\\papers\\minutes.txt", "minutes.txt"),
        ("fdp\u202etxt.exe", "fdptxt.exe"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
        (" . ", "unnamed"),
    ],
)
def test_a_bad_file_name_is_cleaned_and_leads_nowhere(
    admin: TestClient, tmp_path: Path, name: str, shown: str
) -> None:
    before = {path for path in tmp_path.rglob("*") if "data" not in path.parts}
    response = upload(admin, name, NEWS)
    assert response.json()["file_name"] == shown
    assert {path for path in tmp_path.rglob("*") if "data" not in path.parts} == before


def test_a_paper_is_removed_by_a_job(admin: TestClient) -> None:
    (paper,) = admin.get("/v1/documents").json()["documents"]
    reply = ask(admin)
    response = admin.delete(f"/v1/documents/{paper['id']}", headers={"X-Admin-Key": KEY})
    assert finished(admin, response.json())["state"] == "done"
    assert admin.get("/v1/documents").json()["documents"] == []
    verdicts = admin.post(f"/v1/answers/{reply['id']}/verify").json()
    assert {verdict["verdict"] for verdict in verdicts} == {"withdrawn"}
    again = admin.delete(f"/v1/documents/{paper['id']}", headers={"X-Admin-Key": KEY})
    assert code_of(again, 404) == "not_found"


def test_a_body_beyond_its_limit_is_refused_before_it_is_read(client: TestClient) -> None:
    assert code_of(client.post("/v1/answers", content=b"x" * (2**20 + 1)), 413) == "too_large"


def test_a_body_without_a_length_is_counted_while_it_comes(client: TestClient) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 64:
            sent += 1
            yield b"x" * 2**16

    assert code_of(client.post("/v1/answers", content=endless()), 413) == "too_large"


def test_a_damaged_index_answers_503_and_is_rebuilt_by_the_running_service(tmp_path: Path) -> None:
    ingest(tmp_path / "data", write_minutes(tmp_path / "papers"))
    index = tmp_path / "data" / "index" / "public" / "gen-1" / "vectors.faiss"
    index.write_bytes(b"rot")
    for client in opened(tmp_path / "data"):
        response = client.get("/readyz")
        assert code_of(response, 503) == "index_recovering"
        assert response.headers["retry-after"]
        deadline = time.monotonic() + 60
        while client.get("/readyz").status_code == 503:
            assert time.monotonic() < deadline
        assert ask(client)["status"] == "answered"


def test_the_pages_know_nothing_of_jobs_of_others(stored: Path) -> None:
    for client in opened(stored, admin_key=KEY):
        assert code_of(client.get("/v1/jobs/j0", headers={"X-Admin-Key": KEY}), 404) == "not_found"


def test_what_lives_as_long_as_the_service_is_left_out_of_collections(stored: Path) -> None:
    gc.unfreeze()
    with (
        open_services(Settings(data_dir=stored), HashingEncoder(64)) as services,
        TestClient(make_app(services)),
    ):
        assert gc.get_freeze_count() > 0
    assert gc.get_freeze_count() == 0
