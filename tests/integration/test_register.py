"""The register over real papers: by command line and API, with citations that hold."""

import csv
import io
import json
import re
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
from qa_service.store.database import open_writer
from tests.factories import ingest

CABINET = "marlshire-cabinet-2024-01-18-minutes.pdf"
PACK, MINUTES = "marlshire-clp-2024-01-23-agenda-pack.pdf", "marlshire-clp-2024-01-23-minutes.pdf"


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


KEY = "correct horse battery"


@pytest.fixture
def admin(stored: Path) -> Iterator[TestClient]:
    """Yield a client of the same papers where an administrator's key is set."""
    settings = Settings(data_dir=stored, admin_key=KEY)
    with (
        open_services(settings, HashingEncoder(64), journal=True) as services,
        TestClient(make_app(services)) as client,
    ):
        yield client


def linked(client: TestClient) -> dict[str, Any]:
    """Return a commitment that a later paper reports done."""
    rows = listed(client, "commitments", state="reported done", limit=200)["commitments"]
    assert rows, "the sample's papers report that promises were kept"
    return dict(rows[0])


def test_both_ends_of_a_link_are_cited(client: TestClient) -> None:
    row = linked(client)
    for link in row["follow_ups"]:
        cited = link["citation"]
        text = client.get(f"/v1/documents/{cited['document']['id']}/text").json()["text"]
        assert text[cited["start"] : cited["end"]] == cited["quote"]
        assert link["reported_on"] is None or link["reported_on"] > row["made_at"]
        assert link["why"]


def test_a_person_rejects_a_link_and_the_verdict_stays_on_record(admin: TestClient) -> None:
    row = linked(admin)
    for link in row["follow_ups"]:
        verdict = {"commitment": row["key"], "evidence": link["key"], "verdict": "rejected", "note": "no"}
        response = admin.post("/v1/register/links", json=verdict, headers={"X-Admin-Key": KEY})
        assert response.status_code == 201, response.text
    found = [
        each for each in listed(admin, "commitments", limit=200)["commitments"] if each["key"] == row["key"]
    ]
    assert found[0]["follow_ups"] == []
    assert found[0]["state"] != "reported done"
    confirmed = {"commitment": row["key"], "evidence": row["follow_ups"][0]["key"], "verdict": "confirmed"}
    admin.post("/v1/register/links", json=confirmed, headers={"X-Admin-Key": KEY})
    assert linked(admin)["key"] == row["key"]
    history = admin.get("/v1/register/links", headers={"X-Admin-Key": KEY}).json()
    assert [each["verdict"] for each in history][-1] == "confirmed"
    assert len(history) == len(row["follow_ups"]) + 1


def test_nobody_judges_links_without_the_key(admin: TestClient, client: TestClient) -> None:
    verdict = {"commitment": "x" * 32, "evidence": "y" * 32, "verdict": "rejected"}
    assert admin.post("/v1/register/links", json=verdict).status_code == 401
    assert admin.get("/v1/register/links").status_code == 401
    assert client.post("/v1/register/links", json=verdict).status_code in {404, 405}


def test_a_correction_says_what_the_place_says_instead(admin: TestClient) -> None:
    verdict = {"commitment": "x" * 32, "evidence": "y" * 32, "verdict": "corrected"}
    answer = admin.post("/v1/register/links", json=verdict, headers={"X-Admin-Key": KEY})
    assert answer.status_code == 422


def test_a_matter_is_followed_over_meetings(client: TestClient) -> None:
    lines = client.get("/v1/register/matters").json()["matters"]
    assert lines
    longest = max(lines, key=lambda line: line["meetings"])
    assert longest["meetings"] >= 3
    matter = client.get(f"/v1/register/matters/{longest['id']}").json()
    days = [step["held_on"] for step in matter["steps"] if step["held_on"]]
    assert days == sorted(days)
    assert all(step["citation"]["quote"] for step in matter["steps"])
    assert client.get("/v1/register/matters/unknown").status_code == 404


def test_what_is_due_comes_as_a_calendar_and_what_was_decided_as_a_feed(client: TestClient) -> None:
    calendar = client.get("/v1/register/due.ics", params={"body": "Cabinet"})
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.startswith("BEGIN:VCALENDAR\r\n")
    assert "BEGIN:VEVENT" in calendar.text
    titles = [line for line in calendar.text.split("\r\n") if line.startswith("SUMMARY:")]
    assert titles
    assert all(re.match(r"SUMMARY:(?:Due|Overdue): [A-Z\u201c\u00a3]", line) for line in titles), titles
    feed = client.get("/v1/register/resolutions.atom", params={"body": "Cabinet"})
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "<entry>" in feed.text


def test_the_command_line_lists_what_is_due_within_some_days(qa: Callable[..., Any], stored: Path) -> None:
    done = qa("register", "due", "--within", "30d", "--on", "2024-06-01", "--json", "--data-dir", stored)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)["commitments"]
    assert rows
    assert all(row["due"] <= "2024-07-01" and row["state"] in {"open", "overdue"} for row in rows)
    assert qa("register", "due", "--within", "soon", "--data-dir", stored).returncode == 2


def test_the_command_line_follows_a_matter(qa: Callable[..., Any], stored: Path) -> None:
    lines = json.loads(qa("register", "matters", "--json", "--data-dir", stored).stdout)["matters"]
    done = qa("register", "matters", lines[0]["id"], "--data-dir", stored)
    assert done.returncode == 0, done.stderr
    assert lines[0]["first_on"] in done.stdout


def test_what_was_decided_stands_beside_what_was_recommended(client: TestClient) -> None:
    found = client.get("/v1/register/conflicts", params={"kind": "wording"}).json()["conflicts"]
    assert found
    for conflict in found:
        asked, decided = conflict["citations"]
        assert {change["kind"] for change in conflict["changes"]} & {"dropped", "added"}
        assert asked["meeting"]["held_on"] == decided["meeting"]["held_on"]
        kept = [change["words"] for change in conflict["changes"] if change["kind"] != "dropped"]
        assert " ".join(kept) == " ".join(decided["quote"].split())


def test_dates_that_disagree_are_both_cited(client: TestClient) -> None:
    found = client.get("/v1/register/conflicts", params={"kind": "meeting date"}).json()["conflicts"]
    assert [len(conflict["citations"]) for conflict in found] == [2]


def test_attendance_is_of_those_in_office_with_the_papers_own_states(client: TestClient) -> None:
    everybody = client.get("/v1/register/attendance").json()
    assert {line["state"] for line in everybody["attendance"]} >= {"present", "apologies"}
    assert all(line["state"] != "in attendance" or line["role"] for line in everybody["attendance"])
    name = everybody["attendance"][0]["name"].split()[-1]
    found = client.get("/v1/register/attendance", params={"person": name}).json()["attendance"]
    assert found
    assert all(name in line["name"] for line in found)


def test_a_private_person_has_no_profile(client: TestClient) -> None:
    assert client.get("/v1/register/attendance", params={"person": "Nobody Atall"}).json()["attendance"] == []


def test_the_command_line_lists_conflicts_and_attendance_as_the_api_does(
    qa: Callable[..., Any], stored: Path, client: TestClient
) -> None:
    for name, query in (("conflicts", {"kind": "wording"}), ("attendance", {"body": "Cabinet"})):
        options = [each for pair in query.items() for each in (f"--{pair[0]}", pair[1])]
        done = qa("register", name, *options, "--json", "--data-dir", stored)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout) == client.get(f"/v1/register/{name}", params=query).json()
    shown = qa("register", "conflicts", "--data-dir", stored)
    assert "[-" in shown.stdout
    assert "not the official record" in shown.stdout
    assert qa("register", "attendance", "--data-dir", stored).returncode == 0
    assert qa("register", "conflicts", "--held-from", "soon", "--data-dir", stored).returncode == 2


def test_what_a_later_paper_says_is_told_apart_from_how_things_stood(
    qa: Callable[..., Any], stored: Path, client: TestClient
) -> None:
    row = next(
        each
        for each in listed(client, "commitments", state="reported done", limit=200)["commitments"]
        if all(link["reported_on"] for link in each["follow_ups"])
    )
    link = row["follow_ups"][0]
    asked = ("register", "commitments", "--text", " ".join(row["text"].split()[1:9]), "--data-dir", stored)
    before = qa(*asked, "--on", row["made_at"])
    assert f"later, on {link['reported_on']}, {link['says']}" in before.stdout
    assert "later, on" not in qa(*asked).stdout


def test_a_verdict_stays_when_the_papers_are_read_again(tmp_path: Path) -> None:
    papers = [Path(papers_directory()) / name for name in (PACK, MINUTES)]
    ingest(tmp_path / "data", *papers)
    settings = Settings(data_dir=tmp_path / "data", admin_key=KEY)

    def promised() -> dict[str, Any]:
        with (
            open_services(settings, HashingEncoder(64), journal=True) as services,
            TestClient(make_app(services)) as admin,
        ):
            rows = listed(admin, "commitments", limit=200)["commitments"]
            return next(row for row in rows if row["key"] == judged["key"]) if judged else linked(admin)

    judged: dict[str, Any] = {}
    judged = promised()
    with (
        open_services(settings, HashingEncoder(64), journal=True) as services,
        TestClient(make_app(services)) as admin,
    ):
        for link in judged["follow_ups"]:
            verdict = {"commitment": judged["key"], "evidence": link["key"], "verdict": "rejected"}
            admin.post("/v1/register/links", json=verdict, headers={"X-Admin-Key": KEY})
    with open_writer(tmp_path / "data") as writer:
        writer.execute("UPDATE document SET parser_version = 0")
    assert ingest(tmp_path / "data", *papers).replaced == len(papers)
    after = promised()
    assert after["id"] != judged["id"], "the row is another one"
    assert after["follow_ups"] == []
    assert after["state"] != "reported done"
