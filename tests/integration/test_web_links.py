"""Officers judge and make links of the register on pages, without scripts."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from embeddings.hashing import HashingEncoder
from qa_service.app import make_app
from qa_service.bootstrap import Services, open_services
from qa_service.config import Settings
from qa_service.domain.access import PUBLIC_ONLY
from qa_service.sample import papers_directory
from qa_service.store.documents import visible_documents
from tests.factories import ingest
from tests.integration.web_site import KEY, Bell, Site, text_of

PAPERS = "marlshire-clp-*"


def opened(services: Services) -> Site:
    app = make_app(services)
    app.state.uploads = Bell()
    client = TestClient(app, base_url="http://papers.example", raise_server_exceptions=False)
    return Site(client, services, app.state.uploads)


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("links") / "data"
    ingest(data, *sorted(Path(papers_directory()).glob(PAPERS)))
    return data


@pytest.fixture
def data(ingested: Path, tmp_path: Path) -> Path:
    """A data directory of its own for each test: what officers say is never taken back."""
    return shutil.copytree(ingested, tmp_path / "data")


@pytest.fixture
def site(data: Path) -> Iterator[Site]:
    settings = Settings(data_dir=data, admin_key=SecretStr(KEY))
    with open_services(settings, HashingEncoder(64), journal=True) as services:
        yield opened(services)


def listed(site: Site, **query: str) -> list[dict[str, Any]]:
    found = site.client.get("/v1/register/commitments", params={"limit": "200", **query}).json()
    return list(found["commitments"])


def linked(site: Site) -> dict[str, Any]:
    """A commitment that exactly one later paper reports done."""
    return next(row for row in listed(site, state="reported done") if len(row["follow_ups"]) == 1)


def form_of(row: dict[str, Any]) -> str:
    return f"/officers/links/{row['key']}/{row['follow_ups'][0]['key']}"


def judge(site: Site, path: str, **fields: str) -> int:
    return site.post(path, {"token": site.token(path), "editor": "Ada Quill", **fields}).status_code


def test_who_is_not_signed_in_sees_no_form_and_is_refused(site: Site) -> None:
    row = linked(site)
    page = site.get(f"/register/commitments/{row['key']}")
    assert page.status_code == 200
    assert "/officers/links/" not in page.text
    assert "What officers said" not in page.text
    for path in (form_of(row), f"/officers/links/{row['key']}/add"):
        assert site.get(path).headers["location"] == f"/officers/sign-in?onward={path}"
        fields = {"verdict": "rejected", "editor": "Ada Quill", "token": site.token("/officers/sign-in")}
        refused = site.post(path, fields)
        assert (refused.status_code, refused.headers["location"]) == (
            303,
            "/officers/sign-in?onward=/officers",
        )
    assert site.services.kept().verdict_history() == []


def test_a_form_without_its_token_or_from_elsewhere_keeps_nothing(site: Site) -> None:
    site.sign_in()
    row = linked(site)
    fields = {"verdict": "rejected", "editor": "Ada Quill"}
    assert site.post(form_of(row), fields).status_code == 422
    assert site.post(form_of(row), {**fields, "token": "1.2.3"}).status_code == 422
    token = site.token(form_of(row))
    other = site.post(form_of(row), {**fields, "token": token}, **{"Sec-Fetch-Site": "cross-site"})
    assert other.status_code == 422
    assert site.post(f"/officers/links/{row['key']}/add", {"editor": "Ada Quill"}).status_code == 422
    assert site.services.kept().verdict_history() == []
    assert site.post(form_of(row), {**fields, "token": token}).status_code == 303


def test_a_rejected_link_changes_the_state_and_stays_to_be_seen(site: Site) -> None:
    site.sign_in()
    row = linked(site)
    assert judge(site, form_of(row), verdict="rejected", note="another bridge") == 303
    after = next(each for each in listed(site) if each["key"] == row["key"])
    assert after["follow_ups"] == []
    assert after["state"] != "reported done"
    said = text_of(site.get(f"/register/commitments/{row['key']}").text)
    assert "Links that were rejected" in said
    assert "An officer rejected this link" in said
    assert "it had been taken so: the paper says that it was done" in said.replace("It had", "it had")
    assert " ".join(row["follow_ups"][0]["citation"]["quote"].split()) in said
    assert "Ada Quill" in said
    assert "another bridge" in said


def test_names_and_reasons_are_for_officers_alone(site: Site) -> None:
    site.sign_in()
    row = linked(site)
    judge(site, form_of(row), verdict="confirmed", note="I was there")
    site.client.cookies.clear()
    said = text_of(site.get(f"/register/commitments/{row['key']}").text)
    assert "An officer confirmed this link." in said
    assert "Ada Quill" not in said
    assert "I was there" not in said


def test_what_was_extracted_stays_beside_a_correction(site: Site) -> None:
    site.sign_in()
    row = linked(site)
    assert judge(site, form_of(row), verdict="corrected") == 422  # what else it says is missing
    assert judge(site, form_of(row), verdict="corrected", says="not done") == 303
    page = text_of(site.get(f"/register/commitments/{row['key']}").text)
    assert "says that it was not done" in page
    assert "At first it was taken so: the paper says that it was done." in page
    link = next(each for each in listed(site) if each["key"] == row["key"])["follow_ups"][0]
    assert (link["says"], link["extracted"], link["verdict"]) == ("not done", "done", "corrected")


def test_a_form_says_what_is_missing_and_keeps_what_was_typed(site: Site) -> None:
    site.sign_in()
    path = form_of(linked(site))
    response = site.post(path, {"token": site.token(path), "note": "seen on site"})
    assert response.status_code == 422
    assert {'href="#verdict"', 'href="#editor"'} <= set(re.findall(r'href="#\w+"', response.text))
    assert 'value="seen on site"' in response.text
    assert site.services.kept().verdict_history() == []


def unlinked(site: Site) -> tuple[dict[str, Any], dict[str, Any]]:
    """A commitment that no paper is linked to, and a decision of a later meeting."""
    decisions = site.client.get("/v1/register/resolutions", params={"limit": "200"}).json()["resolutions"]
    for row in listed(site):
        if row["follow_ups"] or not row["made_at"]:
            continue
        for decision in decisions:
            if decision["held_on"] and decision["held_on"] > row["made_at"]:
                return row, decision
    raise AssertionError("the sample has promises without an echo")


def test_an_officer_adds_a_link_that_counts_and_can_be_rejected(site: Site) -> None:
    site.sign_in()
    row, later = unlinked(site)
    path, cited = f"/officers/links/{row['key']}/add", later["citation"]
    fields = {"document": cited["document"]["file_name"], "words": cited["quote"], "says": "done"}
    assert judge(site, path, **fields | {"words": "words that no paper prints"}) == 422
    assert judge(site, path, **fields | {"document": "no-such-paper.pdf"}) == 422
    assert judge(site, path, **fields | {"says": ""}) == 422
    assert judge(site, path, **fields) == 303
    after = next(each for each in listed(site) if each["key"] == row["key"])
    assert after["state"] == "reported done"
    link = after["follow_ups"][0]
    assert (link["verdict"], link["citation"]["quote"]) == ("added", cited["quote"])
    assert link["reported_on"] == later["held_on"]
    assert judge(site, path, **fields) == 422  # it is linked already
    assert judge(site, form_of(after), verdict="rejected") == 303
    assert next(each for each in listed(site) if each["key"] == row["key"])["state"] == row["state"]
    history = text_of(site.get(f"/register/commitments/{row['key']}").text)
    assert "Added: the paper says that it was done" in history
    assert "Rejected" in history


def test_a_paper_of_no_later_meeting_cannot_report(site: Site) -> None:
    site.sign_in()
    row = next(each for each in listed(site) if each["made_at"])
    path = f"/officers/links/{row['key']}/add"
    fields = {
        "document": row["citation"]["url"],
        "words": row["citation"]["quote"],
        "says": "done",
        "token": site.token(path),
        "editor": "Ada Quill",
    }
    response = site.post(path, fields)
    assert response.status_code == 422
    assert "not after the promise" in text_of(response.text)


def test_decisions_of_officers_outlive_a_new_reading_of_the_papers(data: Path, site: Site) -> None:
    site.sign_in()
    row, (bare, later) = linked(site), unlinked(site)
    judge(site, form_of(row), verdict="corrected", says="progress")
    cited = later["citation"]
    added = {"document": cited["document"]["file_name"], "words": cited["quote"], "says": "done"}
    assert judge(site, f"/officers/links/{bare['key']}/add", **added) == 303
    with site.services.database.reading() as reader:
        before = {paper["id"] for paper in visible_documents(reader, PUBLIC_ONLY)}
    with site.services.open_ingestion() as ingestion:
        for id_ in before:
            ingestion.remove_by_id(id_)
    assert listed(site) == []
    ingest(data, *sorted(Path(papers_directory()).glob(PAPERS)))
    with site.services.database.reading() as reader:
        assert before.isdisjoint(paper["id"] for paper in visible_documents(reader, PUBLIC_ONLY))
    rows = {each["key"]: each for each in listed(site)}
    assert rows[row["key"]]["follow_ups"][0]["verdict"] == "corrected"
    assert rows[row["key"]]["follow_ups"][0]["says"] == "progress"
    assert [link["verdict"] for link in rows[bare["key"]]["follow_ups"]] == ["added"]


def test_a_matter_shows_what_officers_said_of_its_steps(site: Site) -> None:
    site.sign_in()
    matters = site.client.get("/v1/register/matters").json()["matters"]
    details = [site.client.get(f"/v1/register/matters/{each['id']}").json() for each in matters]
    matter, step = next(
        (each, step)
        for each in details
        for step in each["steps"]
        if step["what"] == "reported done" and step["commitment"]
    )
    row = next(each for each in listed(site) if each["key"] == step["commitment"])
    for link in row["follow_ups"]:
        judge(site, f"/officers/links/{row['key']}/{link['key']}", verdict="corrected", says="not done")
    page = site.get(f"/register/matters/{matter['id']}").text
    assert f'href="/register/commitments/{row["key"]}"' in page
    assert "Reported not done" in text_of(page)
    assert "An officer corrected this. At first it was taken so: reported done." in text_of(page)


def test_a_link_that_is_not_there_cannot_be_judged(site: Site) -> None:
    row = linked(site)
    verdict = {"commitment": row["key"], "evidence": "0" * 32, "verdict": "rejected"}
    response = site.client.post("/v1/register/links", json=verdict, headers={"X-Admin-Key": KEY})
    assert response.status_code == 404
    site.sign_in()
    assert site.get(f"/officers/links/{row['key']}/{'0' * 32}").status_code == 404
    assert site.get(f"/officers/links/{'0' * 32}/add").status_code == 404
    assert site.get(f"/register/commitments/{'0' * 32}").status_code == 404


def test_the_api_adds_a_link_by_the_same_rules(site: Site) -> None:
    row, later = unlinked(site)
    cited = later["citation"]
    link = {"commitment": row["key"], "document": cited["document"]["id"], "words": cited["quote"]}
    headers = {"X-Admin-Key": KEY}
    assert site.client.post("/v1/register/links/added", json={**link, "says": "done"}).status_code == 401
    kept = site.client.post("/v1/register/links/added", json={**link, "says": "done"}, headers=headers)
    assert kept.status_code == 201
    assert kept.json()["verdict"] == "added"
    wrong = {**link, "words": "nowhere printed", "says": "done"}
    problem = site.client.post("/v1/register/links/added", json=wrong, headers=headers)
    assert (problem.status_code, problem.json()["code"]) == (422, "bad_link")
    page = site.client.get(f"/v1/register/commitments/{row['key']}").json()
    assert page["state"] == "reported done"
