"""The register over real papers: by command line and API, with citations that hold."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from embeddings.hashing import HashingEncoder
from qa_service.app import make_app
from qa_service.bootstrap import open_services
from qa_service.config import Settings
from qa_service.sample import papers_directory
from tests.factories import ingest

CABINET = "marlshire-cabinet-2024-01-18-minutes.pdf"


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data directory of Cabinet's minutes and of the Panel's papers of three meetings."""
    data = tmp_path_factory.mktemp("register") / "data"
    papers = Path(papers_directory())
    ingest(data, papers / CABINET, *sorted(papers.glob("marlshire-clp-*")))
    return data


@pytest.fixture(scope="module")
def client(stored: Path) -> Iterator[TestClient]:
    with (
        open_services(Settings(data_dir=stored), HashingEncoder(64), journal=True) as services,
        TestClient(make_app(services)) as client,
    ):
        yield client


def listed(client: TestClient, kind: str = "resolutions", **query: Any) -> dict[str, Any]:  # noqa: ANN401
    response = client.get(f"/v1/register/{kind}", params=query)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_every_decision_quotes_its_paper_word_for_word(client: TestClient) -> None:
    rows = listed(client, limit=200)["resolutions"]
    assert len(rows) > 20
    texts: dict[str, str] = {}
    for row in rows:
        cited = row["citation"]
        id_ = cited["document"]["id"]
        text = texts.setdefault(id_, client.get(f"/v1/documents/{id_}/text").json()["text"])
        assert text[cited["start"] : cited["end"]] == cited["quote"]
        for clause in row["clauses"]:
            assert text[clause["start"] : clause["end"]] == clause["text"]


def test_pages_of_the_list_tile_it(client: TestClient) -> None:
    whole = [row["id"] for row in listed(client, limit=200)["resolutions"]]
    seen: list[str] = []
    cursor = None
    while True:
        page = listed(client, limit=9, **({"cursor": cursor} if cursor else {}))
        assert page["total"] == len(whole)
        seen += [row["id"] for row in page["resolutions"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == whole


def test_filters_reach_the_list(client: TestClient) -> None:
    rows = listed(client, body="Cabinet", standing="resolved", text="library")["resolutions"]
    assert rows
    assert {row["body"] for row in rows} == {"Cabinet"}
    assert all("librar" in row["citation"]["quote"].lower() + row["heading"].lower() for row in rows)


@pytest.mark.parametrize(
    "query", [{"cursor": "nonsense"}, {"verb": "sang"}, {"sort": "best"}, {"colour": "1"}]
)
def test_a_query_that_cannot_be_read_is_refused(client: TestClient, query: dict[str, str]) -> None:
    response = client.get("/v1/register/resolutions", params=query)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("how", [{"params": {"format": "csv"}}, {"headers": {"Accept": "text/csv"}}])
def test_the_list_comes_as_csv(client: TestClient, how: dict[str, Any]) -> None:
    response = client.get("/v1/register/resolutions", **how)
    assert response.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"), newline="")))
    whole = listed(client, limit=200)
    assert [row["id"] for row in rows] == [row["id"] for row in whole["resolutions"]]
    assert all(row["reference"] and row["sha256"] for row in rows), "no row without a citation"


def test_the_list_comes_as_a_workbook(client: TestClient) -> None:
    response = client.get("/v1/register/resolutions", params={"format": "xlsx"})
    assert response.content.startswith(b"PK")
    assert 'filename="resolutions.xlsx"' in response.headers["content-disposition"]


def test_the_command_line_gives_what_the_api_gives(
    qa: Callable[..., Any], stored: Path, client: TestClient, tmp_path: Path
) -> None:
    done = qa("register", "resolutions", "--json", "--data-dir", stored)
    assert done.returncode == 0, done.stderr
    given = json.loads(done.stdout)
    assert given["resolutions"] == listed(client, limit=200)["resolutions"]
    table = qa("register", "resolutions", "--csv", "--body", "Cabinet", "--data-dir", stored)
    assert table.stdout.startswith("\ufeffcouncil,body")
    book = tmp_path / "r.xlsx"
    assert qa("register", "resolutions", "--xlsx", book, "--data-dir", stored).returncode == 0
    assert book.read_bytes().startswith(b"PK")


def test_the_command_line_refuses_a_verb_that_there_is_not(qa: Callable[..., Any], stored: Path) -> None:
    done = qa("register", "resolutions", "--verb", "sang", "--data-dir", stored)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_commitments_quote_their_paper_and_say_who_stands_behind_them(client: TestClient) -> None:
    rows = listed(client, "commitments", limit=200, on="2024-07-01")["commitments"]
    assert {row["source"] for row in rows} >= {
        "resolved by members",
        "stated in a meeting",
        "planned in a report",
    }
    for row in rows:
        cited = row["citation"]
        text = client.get(f"/v1/documents/{cited['document']['id']}/text").json()["text"]
        assert text[cited["start"] : cited["end"]] == row["text"]
    due = [row["due"] for row in rows if row["due"]]
    assert due == sorted(due)


def test_commitments_are_filtered_by_state_and_day(client: TestClient) -> None:
    overdue = listed(client, "commitments", state="overdue", on="2024-07-01", limit=200)["commitments"]
    assert overdue
    assert all(row["due"] < "2024-07-01" for row in overdue)
    month = listed(client, "commitments", due_from="2024-06-01", due_to="2024-06-30", limit=200)[
        "commitments"
    ]
    assert all("2024-06-01" <= row["due"] <= "2024-06-30" for row in month)
