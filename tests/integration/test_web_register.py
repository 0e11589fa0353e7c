"""The register's pages over the sample's papers, without scripts."""

import csv
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from embeddings.hashing import HashingEncoder
from qa_service.app import HEADERS, make_app
from qa_service.bootstrap import open_services
from qa_service.config import Settings
from qa_service.sample import papers_directory
from tests.factories import ingest
from tests.integration.web_site import text_of

PAGES = (
    "/register",
    "/register/resolutions",
    "/register/resolutions?text=library&held_from=yesterday",
    "/register/commitments?on=2024-07-01",
    "/register/matters",
    "/register/conflicts",
    "/register/attendance",
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    data = tmp_path_factory.mktemp("register-pages") / "data"
    papers = Path(papers_directory())
    ingest(data, *sorted(papers.glob("marlshire-clp-*")), *papers.glob("marlshire-county-council-*"))
    with (
        open_services(Settings(data_dir=data), HashingEncoder(64), journal=True) as services,
        TestClient(make_app(services), base_url="http://papers.example") as client,
    ):
        yield client


def one_matter(client: TestClient) -> str:
    lines = client.get("/v1/register/matters").json()["matters"]
    return "/register/matters/" + str(max(lines, key=lambda line: line["meetings"])["id"])


def test_every_page_has_the_headers_and_weighs_little(client: TestClient) -> None:
    for path in (*PAGES, one_matter(client)):
        response = client.get(path)
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS, path
        assert len(response.content) < 100_000, path
    assert client.get("/register/matters/nothing").status_code == 404


def test_decisions_say_their_standing_and_lead_to_the_page(client: TestClient) -> None:
    page = client.get("/register/resolutions", params={"standing": "resolved", "text": "annual report"}).text
    assert "Resolved" in text_of(page)
    assert "Recommended" not in "".join(re.findall(r'(?s)<strong class="tag.*?</strong>', page))
    sources = re.findall(r'<p class="source">\s*<a href="([^"]+)"', page)
    assert sources
    assert all(client.get(url.replace("&amp;", "&")).status_code == 200 for url in sources)


def test_a_vote_is_shown_with_names_as_the_paper_has_them(client: TestClient) -> None:
    said = text_of(client.get("/register/resolutions", params={"person": "Mossop"}).text)
    assert re.search(r"For 15: .*Against 11: .*Abstained", said)


def test_a_limit_that_cannot_be_read_is_explained_beside_its_field(client: TestClient) -> None:
    response = client.get("/register/resolutions?text=library&held_from=yesterday")
    assert response.status_code == 422
    assert 'href="#held_from"' in response.text
    assert 'value="library"' in response.text


def test_the_list_can_be_taken_away_as_it_is_narrowed(client: TestClient) -> None:
    page = client.get("/register/commitments?state=overdue&on=2024-07-01").text
    link = re.search(r'href="(/v1/register/commitments\?[^"]+format=csv)"', page)
    assert link
    rows = client.get(link[1].replace("&amp;", "&")).text.splitlines()
    number = re.search(r"(\d+) commitments", text_of(page))
    assert number
    assert len([row for row in rows if ",overdue," in row]) == int(number[1]) > 0


def test_states_are_counted_on_the_day_and_each_leads_to_its_list(client: TestClient) -> None:
    page = client.get("/register/commitments?on=2024-07-01").text
    said = text_of(page)
    counts = {state: int(n) for n, state in re.findall(r"(\d+) (overdue|open|unknown|reported done)", said)}
    assert counts["overdue"] > 0
    assert "As things stood on 1 July 2024" in said
    narrowed = text_of(client.get("/register/commitments?on=2024-07-01&state=overdue").text)
    assert f"{counts['overdue']} commitments" in narrowed
    earlier = text_of(client.get("/register/commitments?on=2023-01-01").text)
    assert "0 overdue" not in earlier
    assert re.search(r"(\d+) open", earlier)


def test_what_is_reported_done_shows_the_later_paper(client: TestClient) -> None:
    page = client.get("/register/commitments?state=reported+done").text
    assert re.search(r"A paper of \d+ \w+ 20\d\d says that it was done", text_of(page))
    assert page.count('<div class="panel">') >= page.count("<h3>") > 0


def test_a_matter_is_drawn_and_told_with_the_same_steps(client: TestClient) -> None:
    page = client.get(one_matter(client)).text
    dots = re.findall(r"<circle ", page)
    rows = re.findall(r'<th role="rowheader" scope="row" class="number">(\d+)</th>', page)
    assert len(dots) == len(rows) >= 3
    assert rows == [str(number) for number in range(1, len(rows) + 1)]
    numbers = re.findall(r'text-anchor="middle">(\d+)</text>', page)
    assert sorted(numbers) == sorted(rows)
    assert 'role="img" aria-label=' in page


def test_words_dropped_and_added_are_told_apart_without_colour(client: TestClient) -> None:
    page = client.get("/register/conflicts?kind=wording").text
    assert "<del><span" in page
    assert "<ins><span" in page
    said = text_of(page)
    assert "dropped: " in said
    assert "added: " in said
    assert text_of(client.get("/register/conflicts?kind=meeting+date").text).count("dropped: ") == 0


def test_attendance_counts_the_states_of_the_papers(client: TestClient) -> None:
    said = text_of(client.get("/register/attendance", params={"person": "Thackray"}).text)
    assert re.search(r"\d+ present", said)
    nobody = text_of(client.get("/register/attendance", params={"person": "Nobody Atall"}).text)
    assert "No roll here names such a person" in nobody


def test_committees_offered_are_those_of_the_council_chosen(client: TestClient) -> None:
    page = client.get("/register/resolutions?council=Elsewhere").text
    assert '<option value="Children and Learning Panel"' not in page
    assert '<option value="Children and Learning Panel"' in client.get("/register/resolutions").text


def test_decisions_and_what_was_asked_are_counted_apart(client: TestClient) -> None:
    page = client.get("/register/resolutions").text
    resolved = re.search(r"([\d,]+) resolved by members", text_of(page))
    asked = re.search(r"([\d,]+) recommended, not resolved", text_of(page))
    assert resolved
    assert asked
    only = text_of(client.get("/register/resolutions?standing=resolved").text)
    assert f"{resolved[1]} entries" in only
    recommended = text_of(client.get("/register/resolutions?standing=recommended").text)
    assert "What is asked: to note." in recommended
    assert "What was done: noted." in text_of(client.get("/register/resolutions?verb=noted").text)
    empty = text_of(client.get("/register/resolutions?text=zeppelins").text)
    assert "Nothing here fits these limits" in empty


def test_the_roll_of_each_meeting_is_a_table_of_its_own(client: TestClient) -> None:
    page = client.get("/register/attendance").text
    captions = [text_of(each) for each in re.findall(r"(?s)<caption>.*?</caption>", page)]
    assert len(captions) == len(set(captions)) > 1
    lines = client.get("/v1/register/attendance").json()["attendance"]
    assert page.count('<th role="rowheader" scope="row">') == len(lines)


def rows_of(client: TestClient, page: str, address: str) -> list[dict[str, str]]:
    """The rows of the CSV file that a page links to."""
    link = re.search(rf'href="({address}[^"]*format=csv[^"]*)"', page)
    assert link, address
    text = client.get(link[1].replace("&amp;", "&")).content.decode("utf-8-sig")
    return list(csv.DictReader(text.splitlines(keepends=True)))


def test_conflicts_can_be_taken_away_as_they_are_narrowed(client: TestClient) -> None:
    page = client.get("/register/conflicts?kind=wording").text
    rows = rows_of(client, page, "/v1/register/conflicts")
    assert len(rows) == len(re.findall("<article ", page)) > 0
    assert {row["kind"] for row in rows} == {"wording"}
    assert all(row["text"] and row["reference"] and row["other_text"] and row["other_url"] for row in rows)


def test_the_steps_of_a_matter_can_be_taken_away(client: TestClient) -> None:
    page = client.get(one_matter(client)).text
    rows = rows_of(client, page, "/v1/register/matters/")
    assert [row["step"] for row in rows] == re.findall(r'scope="row" class="number">(\d+)</th>', page)
    assert all(row["reference"] and row["sha256"] for row in rows)
    sheet = client.get(one_matter(client).replace("/register", "/v1/register") + "?format=xlsx")
    assert sheet.content[:2] == b"PK"


def test_all_of_a_persons_attendance_can_be_taken_away(client: TestClient) -> None:
    page = client.get("/register/attendance", params={"person": "Thackray"}).text
    rows = rows_of(client, page, "/v1/register/attendance")
    assert len(rows) == page.count('<th role="rowheader" scope="row">') > 0
    assert all("Thackray" in row["name"] and row["reference"] for row in rows)


def test_the_rolls_are_folded_but_for_a_person_or_one_meeting(client: TestClient) -> None:
    folded = client.get("/register/attendance").text
    assert '<details class="roll-of">' in folded
    assert re.search(r"<summary>[^<]*: \d+ present, \d+ apolog", folded)
    named = client.get("/register/attendance", params={"person": "Thackray"}).text
    assert '<details class="roll-of" open>' in named
    assert '<details class="roll-of">' not in named


def test_rolls_are_counted_as_they_are_listed(client: TestClient) -> None:
    page = client.get("/register/attendance").text
    for roll in page.split('<details class="roll-of"')[1:]:
        summary = text_of(roll.partition("<summary>")[2].partition("</summary>")[0])
        counted = sum(
            int(number)
            for number in re.findall(r"(\d+) (?:present|apolog|deput|absent|not req|in att|list)", summary)
        )
        assert counted == roll.count('<th role="rowheader" scope="row">'), summary


def test_the_lines_of_a_roll_lead_where_their_citations_do(client: TestClient) -> None:
    page = client.get("/register/attendance", params={"person": "Thackray"}).text
    links = [unescape(each) for each in re.findall(r'<td role="cell"><a href="([^"]+)"', page)]
    lines = client.get("/v1/register/attendance", params={"person": "Thackray"}).json()["attendance"]
    assert sorted(links) == sorted(line["citation"]["url"] for line in lines)
    assert links
