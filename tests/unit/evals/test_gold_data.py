"""The gold of our own is true to the papers, complete as promised, and free of repeats."""

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from lxml import html

from qa_service.sample import papers_directory

ROOT = Path(__file__).parents[3]
DATA = ROOT / "evals" / "data"
SEEDS = ROOT.parent / "shared" / "eval" / "seeds-dev.jsonl"
Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


SAMPLE = rows("sample_questions.jsonl")
PAIRS = rows("minimal_pairs.jsonl")
LISTS = rows("lists_and_parts.jsonl")
TIMES = rows("times.jsonl")
PREMISES = rows("premises.jsonl")
FABRICATIONS = rows("fabrications.jsonl")
REGISTER = json.loads((DATA / "register_expected.json").read_text(encoding="utf-8"))
EVERY = SAMPLE + PAIRS + LISTS + TIMES + PREMISES
UNANSWERABLE = {
    "far_out_of_scope", "not_in_papers", "wrong_council", "wrong_meeting", "wrong_year", "adversarial",
    "picture", "private_person", "underspecified",
}  # fmt: skip
FALSE_PREMISE = "false_premise"


def folded(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@cache
def pages(name: str) -> tuple[str, ...]:
    """Return the folded text of each page; a paper without pages is one page of text."""
    path = papers_directory() / name
    if path.suffix == ".pdf":
        return tuple(folded(page.extract_text()) for page in pypdf.PdfReader(path).pages)
    if path.suffix == ".docx":
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return (folded(" ".join([paragraph.text for paragraph in document.paragraphs] + cells)),)
    return (folded(" ".join(html.fromstring(path.read_text(encoding="utf-8")).itertext())),)


def stands(place: Row) -> bool:
    """Return whether the quote stands once where the row says: on its page, or in a paper without pages."""
    text = pages(place["file"])
    if not place["file"].endswith(".pdf"):
        return place["page"] is None and text[0].count(place["quote"]) == 1
    page: int = place["page"]
    return 1 <= page <= len(text) and text[page - 1].count(place["quote"]) == 1


def places(row: Row) -> list[Row]:
    return [*row["evidence"], *row["must_not_cite"], *row["may_cite"]]


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row["qid"])
def test_every_quote_stands_on_the_page_that_the_row_names(row: Row) -> None:
    assert [place for place in places(row) if not stands(place)] == []


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row["qid"])
def test_a_row_is_whole(row: Row) -> None:
    assert row["question"].strip()
    assert row["answer"].strip()
    assert row["split"] in {"dev", "test"}
    assert (row["unanswerable_kind"] in UNANSWERABLE | {FALSE_PREMISE}) != row["answerable"]
    groups = {place["group"] for place in row["evidence"]}
    assert groups == (set(range(1, len(groups) + 1)) if row["answerable"] else set())
    assert bool(groups) == row["answerable"]


def test_no_row_repeats_another() -> None:
    asked = Counter(
        json.dumps([row["question"], row["filters"], row["as_of"], row["history"]], sort_keys=True)
        for row in EVERY
    )
    assert [question for question, times in asked.items() if times > 1] == []


def test_ids_are_unique_and_parents_exist() -> None:
    ids = [row["qid"] for row in EVERY]
    assert len(set(ids)) == len(ids)
    assert {row["parent"] for row in EVERY if row["parent"]} <= set(ids)
    assert all(row["history"] for row in EVERY if row["kind"] == "follow_up")


def test_the_sample_set_has_the_promised_size_and_kinds() -> None:
    kinds = Counter(row["kind"] for row in SAMPLE)
    wanted = {
        "resolution", "fact", "number", "who", "when", "commitment", "attendance", "comparison", "temporal",
        "acronym", "conflict", "list", "follow_up", "unanswerable", "wrong_council",
    }  # fmt: skip
    assert len(SAMPLE) >= 130
    assert set(kinds) == wanted
    assert min(kinds.values()) >= 5


def test_a_quarter_of_the_sample_set_has_no_answer_and_every_reason_occurs() -> None:
    reasons = Counter(row["unanswerable_kind"] for row in SAMPLE if not row["answerable"])
    assert reasons.total() >= len(SAMPLE) / 4
    assert set(reasons) == UNANSWERABLE


def test_the_sample_set_is_split_in_halves() -> None:
    dev = sum(row["split"] == "dev" for row in SAMPLE)
    assert 0.45 <= dev / len(SAMPLE) <= 0.55


def test_there_are_enough_minimal_pairs_and_recommendations_that_tempt() -> None:
    kinds = Counter(row["kind"] for row in PAIRS)
    tempting = [row for row in PAIRS if row["kind"] == "recommended_resolved" and row["must_not_cite"]]
    assert len(PAIRS) >= 180
    assert len(tempting) >= 60
    assert set(kinds) >= {
        "scoped", "unscoped", "wrong_scope", "as_of", "latest", "before", "between", "change",
        "draft_confirmed", "proposed_decided", "carried_fell",
    }  # fmt: skip


def test_more_than_half_of_the_premises_are_false_and_only_they_say_so() -> None:
    false = [row for row in EVERY if row["unanswerable_kind"] == FALSE_PREMISE]
    assert {row["set"] for row in false} == {"premises"} == {row["set"] for row in PREMISES}
    assert len(false) == 28 == sum(not row["answerable"] for row in PREMISES)
    assert len(PREMISES) == 50
    assert all(row["may_cite"] for row in false)


def test_what_must_not_be_cited_is_no_evidence_of_the_same_row() -> None:
    wrong = [
        row["qid"]
        for row in EVERY
        for place in row["must_not_cite"]
        if any((place["file"], place["quote"]) == (good["file"], good["quote"]) for good in row["evidence"])
    ]
    assert wrong == []


def test_a_recommendation_is_never_gold_for_what_was_resolved() -> None:
    recommended = {
        clause["quote"]
        for entry in REGISTER["resolutions"]
        if entry["form"] == "report"
        for clause in entry["clauses"]
    }
    resolved = [row for row in EVERY if row["standing"] == "resolved"]
    in_reports = [
        row["qid"]
        for row in resolved
        for place in row["evidence"]
        if place["quote"] in recommended and place["file"].endswith(("agenda-pack.pdf", "supplement.pdf"))
        and place["group"] == 1
        and row["kind"] != "conflict"
    ]  # fmt: skip
    assert in_reports == []


def content_words(text: str) -> set[str]:
    """Return the words that carry meaning, cut to crude stems; see DATA_CARD.md."""
    stop = set((DATA / "stop_words.txt").read_text(encoding="utf-8").split())
    found = set()
    for word in re.findall(r"[a-z0-9£%']+", text.lower()):
        if word not in stop:
            ending = next((e for e in ("'s", "ing", "ed", "es", "s") if word.endswith(e)), "")
            found.add(word.removesuffix(ending) if len(word) - len(ending) >= 4 else word)
    return found


@pytest.mark.parametrize("row", [row for row in EVERY if row["answerable"]], ids=lambda row: row["qid"])
def test_a_lay_question_shares_at_most_a_third_of_its_words_with_the_evidence(row: Row) -> None:
    asked = content_words(row["question"])
    shared = asked & content_words(" ".join(place["quote"] for place in row["evidence"]))
    assert row["lay"] == (len(shared) * 3 <= len(asked))


def test_many_questions_are_in_lay_words() -> None:
    answerable = [row for row in SAMPLE if row["answerable"]]
    assert sum(row["lay"] for row in answerable) >= len(answerable) / 2


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/eval is not here: nothing to compare with")
def test_no_question_is_one_of_the_seeds() -> None:
    seeds = [json.loads(line)["question"] for line in SEEDS.read_text(encoding="utf-8").splitlines()]
    known = {run for question in seeds for run in runs_of_six(question)}
    assert [row["qid"] for row in EVERY if runs_of_six(row["question"]) & known] == []


def runs_of_six(text: str) -> set[str]:
    found = re.findall(r"[a-z0-9']+", text.lower())
    return {" ".join(found[start : start + 6]) for start in range(len(found) - 5)}


def test_the_first_question_of_the_readme_has_its_answer_in_confirmed_minutes() -> None:
    [row] = [row for row in SAMPLE if row["question"] == "What was resolved on the IRS annual report?"]
    assert row["evidence"][0]["file"] == "marlshire-clp-2024-01-23-minutes.pdf"
    assert row["standing"] == "resolved"
    assert {place["file"] for place in row["must_not_cite"]} >= {
        "marlshire-clp-2024-01-23-agenda-pack.pdf",
        "marlshire-clp-2024-01-23-supplement.pdf",
    }
