"""Promises in equal words are told apart: what a person says of a link of one says nothing of the other."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from embeddings.hashing import HashingEncoder
from qa_service.app import make_app
from qa_service.bootstrap import open_services
from qa_service.config import Settings
from qa_service.store.database import open_writer
from tests.factories import ingest

KEY = "a-key-for-the-register-0123456789"
WORDS = "The Network Manager undertook to send every member the list of blocked culverts by 30 June 2024."


def minutes(held_on: str, *items: str) -> str:
    body = "\n\n".join(f"{number}. {item}\n\n{WORDS}" for number, item in enumerate(items, start=4))
    return f"""MARLSHIRE COUNTY COUNCIL

HIGHWAYS AND FLOOD RISK COMMITTEE

MINUTES of a meeting of the Highways and Flood Risk Committee held on {held_on}.

PRESENT: Ada Quill (Chair), Tom Hask, Una Prewitt

{body}
"""


@contextmanager
def client(data_dir: Path) -> Iterator[TestClient]:
    settings = Settings(data_dir=data_dir, admin_key=KEY)
    with (
        open_services(settings, HashingEncoder(64), journal=True) as services,
        TestClient(make_app(services)) as opened,
    ):
        yield opened


def promised(data_dir: Path) -> list[dict[str, Any]]:
    with client(data_dir) as opened:
        found: list[dict[str, Any]] = opened.get("/v1/register/commitments").json()["commitments"]
        return found


def places(row: dict[str, Any]) -> set[str]:
    """The keys of the places that report on a commitment."""
    return {link["key"] for link in row["follow_ups"]}


@pytest.mark.parametrize(
    "papers",
    [
        {"a.txt": minutes("6 February 2024", "Culverts"), "b.txt": minutes("7 May 2024", "Culverts")},
        {"a.txt": minutes("6 February 2024", "Culverts at Ebbfold", "Culverts at Dunmouth")},
    ],
    ids=["of two meetings", "of two items of one meeting"],
)
def test_promises_in_equal_words_are_two_rows_with_a_key_each(papers: dict[str, str], tmp_path: Path) -> None:
    for name, text in papers.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ingest(tmp_path / "data", *(tmp_path / name for name in papers))
    rows = promised(tmp_path / "data")
    assert len(rows) == 2
    assert len({row["key"] for row in rows}) == 2


def test_the_same_minutes_filed_twice_promise_each_thing_once(tmp_path: Path) -> None:
    text = minutes("6 February 2024", "Culverts at Ebbfold", "Culverts at Dunmouth")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{text}\nDate of next meeting: 7 May 2024.\n", encoding="utf-8")
    ingest(tmp_path / "data", tmp_path / "a.txt", tmp_path / "b.txt")
    assert len(promised(tmp_path / "data")) == 2


def test_a_verdict_on_one_says_nothing_of_its_twin_and_survives_a_new_reading(tmp_path: Path) -> None:
    papers = {
        "a.txt": minutes("6 February 2024", "Culverts"),
        "b.txt": minutes("7 May 2024", "Culverts"),
        "c.txt": minutes("3 September 2024", "Culverts").replace(
            WORDS, "The list of blocked culverts had been sent to every member on 28 June 2024."
        ),
    }
    for name, text in papers.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    data = tmp_path / "data"
    ingest(data, *(tmp_path / name for name in papers))
    first, second = promised(data)
    (evidence,) = places(first) & places(second)
    with client(data) as opened:
        verdict = {"commitment": first["key"], "evidence": evidence, "verdict": "rejected"}
        kept = opened.post("/v1/register/links", json=verdict, headers={"X-Admin-Key": KEY})
        assert kept.status_code == 201, kept.text
    with open_writer(data) as writer:
        writer.execute("UPDATE document SET parser_version = 0")
    assert ingest(data, *(tmp_path / name for name in papers)).replaced == len(papers)
    judged, twin = promised(data)
    assert [judged["key"], twin["key"]] == [first["key"], second["key"]]
    assert evidence not in places(judged)
    assert evidence in places(twin)
