"""The expected register is true to the papers and misses no marked decision."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from lxml import html

from qa_service.sample import papers_directory

Row = dict[str, Any]
DATA = Path(__file__).parents[3] / "evals" / "data" / "register_expected.json"
REGISTER = json.loads(DATA.read_text(encoding="utf-8"))
RESOLUTIONS: list[Row] = REGISTER["resolutions"]
COMMITMENTS: list[Row] = REGISTER["commitments"]
LINKS: list[Row] = REGISTER["links"]
VOTES: list[Row] = REGISTER["votes"]
MARKER = re.compile(r"RESOLVED|RECOMMENDED TO|Cabinet agreed? to:")
STATES = {"open", "reported done", "overdue", "superseded", "unknown"}


def folded(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@cache
def pages(name: str) -> tuple[str, ...]:
    path = papers_directory() / name
    if path.suffix == ".pdf":
        return tuple(folded(page.extract_text()) for page in pypdf.PdfReader(path).pages)
    if path.suffix == ".docx":
        return (folded(" ".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)),)
    return (folded(" ".join(html.fromstring(path.read_text(encoding="utf-8")).itertext())),)


def stands(name: str, page: int | None, quote: str) -> bool:
    return quote in pages(name)[(page or 1) - 1]


@pytest.mark.parametrize("entry", RESOLUTIONS, ids=lambda entry: entry["id"])
def test_every_clause_stands_on_its_page(entry: Row) -> None:
    assert entry["clause_count"] == len(entry["clauses"]) == len(entry["clause_verbs"])
    assert all(stands(entry["file"], clause["page"], clause["quote"]) for clause in entry["clauses"])
    assert all(stands(other["file"], other["page"], entry["quote"]) for other in entry["also_in"])


@pytest.mark.parametrize("path", sorted(papers_directory().iterdir()), ids=lambda path: path.name)
def test_no_marked_decision_of_a_paper_is_missing(path: Path) -> None:
    printed = len(MARKER.findall(" ".join(pages(path.name))))
    listed = [
        entry
        for entry in RESOLUTIONS
        if entry["marker"] and path.name in {entry["file"], *(other["file"] for other in entry["also_in"])}
    ]
    assert len(listed) == printed


@pytest.mark.parametrize("entry", COMMITMENTS, ids=lambda entry: entry["id"])
def test_every_commitment_stands_on_its_page_and_has_known_states(entry: Row) -> None:
    assert stands(entry["file"], entry["page"], entry["quote"])
    assert all(stands(other["file"], other["page"], other["quote"]) for other in entry["also_in"])
    assert {state["state"] for state in entry["states"]} | {entry["final_state"]} <= STATES
    if entry["due_as_written"] and entry["standing"] != "reported":
        words = {word for place in [entry, *entry["also_in"]] for word in place["quote"].split()}
        assert entry["due_as_written"].split()[-1].strip(",.") in {word.strip(",.;") for word in words}


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link["id"])
def test_every_link_joins_a_commitment_to_words_that_stand(link: Row) -> None:
    assert link["from"] in {entry["id"] for entry in COMMITMENTS}
    for place in (link["to"], *link.get("also_in", ())):
        assert stands(place["file"], place["page"], place["quote"])
    assert link["state_after"] in STATES


def test_nothing_is_done_or_superseded_without_a_link() -> None:
    linked = {link["from"] for link in LINKS}
    closed = {entry["id"] for entry in COMMITMENTS if entry["final_state"] in {"reported done", "superseded"}}
    assert closed <= linked


def test_one_commitment_at_least_is_done_one_overdue_and_one_superseded() -> None:
    assert {entry["final_state"] for entry in COMMITMENTS} >= {"reported done", "overdue", "superseded"}


@pytest.mark.parametrize("matter", REGISTER["matters"], ids=lambda matter: matter["id"])
def test_the_steps_of_a_matter_stand_and_run_forward(matter: Row) -> None:
    assert all(stands(step["file"], step["page"], step["quote"]) for step in matter["steps"])
    dated = [step["on"] for step in matter["steps"] if step["on"]]
    assert dated == sorted(dated)


@pytest.mark.parametrize("vote", VOTES, ids=lambda vote: vote["about"])
def test_nobody_votes_twice_and_the_names_are_as_many_as_the_count_printed(vote: Row) -> None:
    names = [*vote["for_"], *vote["against"], *vote["abstain"]]
    assert len(set(names)) == len(names)
    text = " ".join(pages(vote["file"]))
    for word, side in (("For", "for_"), ("Against", "against"), ("Abstain", "abstain")):
        assert f"{word} ({len(vote[side])})" in text


@pytest.mark.parametrize("discrepancy", REGISTER["discrepancies"], ids=lambda entry: entry["note"][:40])
def test_both_sides_of_a_discrepancy_stand(discrepancy: Row) -> None:
    assert all(stands(place["file"], place["page"], place["quote"]) for place in discrepancy["places"])


@pytest.mark.parametrize("pair", REGISTER["wording"], ids=lambda pair: pair["resolved"])
def test_a_difference_of_wording_is_between_a_report_and_its_own_meeting(pair: Row) -> None:
    rows = {entry["id"]: entry for entry in RESOLUTIONS}
    asked, decided = rows[pair["recommended"]], rows[pair["resolved"]]
    assert asked["form"] == "report"
    assert decided["form"] != "report"
    assert asked["held_on"] == decided["held_on"]
