"""The everyday questions are whole, their style is measured, and their loader refuses what is not there."""

import json
from collections import Counter
from pathlib import Path

import pytest

from evals.datasets import Dataset
from evals.errors import BadDataset
from evals.everyday import FOLDER, Half, load_everyday
from evals.jsonl import JsonObject, rows
from qa_service.answering.signals import content_stems
from qa_service.store.lexical_index import stems

DOCUMENTS = {row["document"]: row for row in rows(FOLDER / "documents.jsonl")}
ASKED = {half: rows(FOLDER / f"{half}.jsonl") for half in Half}
EVERY = [row for half in Half for row in ASKED[half]]
KINDS = {"how_many", "how_much", "when", "who", "where", "why", "which", "list", "yes_no", "decided"}


def sentences(row: JsonObject) -> list[str]:
    return [sentence for passage in row["passages"] for sentence in passage["sentences"]]


def share(row: JsonObject) -> float:
    """Return the share of the question's content stems in its answer; without one, in the nearest."""
    asked, paper = set(content_stems(row["question"])), DOCUMENTS[row["document"]]
    if row["answers"]:
        held = [" ".join(paper["passages"][at]["sentences"][number] for at, number in row["answers"])]
    else:
        held = sentences(paper)
    return max(len(asked & set(stems(text))) for text in held) / (len(asked) or 1)


def written(folder: Path, document: JsonObject, question: JsonObject) -> Path:
    for name, row in (("documents", document), ("train", question)):
        (folder / f"{name}.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    return folder


def a_document(*texts: str) -> JsonObject:
    return {"document": "d", "title": "Minutes", "passages": [{"heading": "1. Bins", "sentences": [*texts]}]}


def a_question(*places: tuple[int, int], kind: str = "which", document: str = "d") -> JsonObject:
    return {
        "id": "d-01",
        "document": document,
        "question": "Which?",
        "answers": places,
        "kind": kind,
        "style": "lay",
    }


@pytest.mark.parametrize("half", Half)
def test_every_answer_is_the_sentence_that_the_row_names(half: Half) -> None:
    dataset = load_everyday(half)
    texts = {source.file_name: source.text or "" for source in dataset.sources}
    wrong = []
    for question, row in zip(dataset.questions, ASKED[half], strict=True):
        passages = DOCUMENTS[row["document"]]["passages"]
        wanted = [passages[at]["sentences"][number] for at, number in row["answers"]]
        spans = [quoted.span for quoted in question.evidence]
        found = [texts[f"{row['document']}.txt"][span.start : span.end] for span in spans if span]
        if not found == wanted == [quoted.quote for quoted in question.evidence]:
            wrong.append(question.qid)
    assert wrong == []


def test_lay_is_measured() -> None:
    assert [row["id"] for row in EVERY if (row["style"] == "lay") != (share(row) <= 1 / 3)] == []


def test_no_document_is_in_both_halves_and_three_in_ten_are_for_trying() -> None:
    train, dev = ({row["document"] for row in ASKED[half]} for half in Half)
    assert train & dev == set()
    assert train | dev == set(DOCUMENTS)
    assert 0.2 <= len(dev) / len(DOCUMENTS) <= 0.4


def test_every_document_has_questions_enough_and_some_without_an_answer() -> None:
    asked = Counter(row["document"] for row in EVERY)
    unanswerable = Counter(row["document"] for row in EVERY if not row["answers"])
    assert min(asked.values()) >= 6
    assert min(unanswerable[name] for name in DOCUMENTS) >= 2


def test_a_document_is_short_and_has_several_passages() -> None:
    assert {name for name, row in DOCUMENTS.items() if not 8 <= len(sentences(row)) <= 25} == set()
    assert {name for name, row in DOCUMENTS.items() if not 2 <= len(row["passages"]) <= 6} == set()


def test_kinds_are_the_ones_that_are_told_of_and_most_questions_are_lay() -> None:
    assert {row["kind"] for row in EVERY} <= KINDS
    assert sum(row["style"] == "lay" for row in EVERY) >= 0.8 * len(EVERY)


def test_nothing_is_asked_or_named_twice() -> None:
    repeated = Counter((row["document"], row["question"]) for row in EVERY)
    assert [asked for asked, times in repeated.items() if times > 1] == []
    assert len({row["id"] for row in EVERY}) == len(EVERY)


def one(dataset: Dataset) -> list[int]:
    [question] = dataset.questions
    return [quoted.group for quoted in question.evidence]


def test_a_list_needs_all_its_places_and_others_any(tmp_path: Path) -> None:
    paper = a_document("Two were lost.", "Three were found.")
    assert one(load_everyday(Half.TRAIN, written(tmp_path, paper, a_question((0, 0), (0, 1))))) == [0, 0]
    listed = a_question((0, 0), (0, 1), kind="list")
    assert one(load_everyday(Half.TRAIN, written(tmp_path, paper, listed))) == [0, 1]


def test_clauses_begin_a_line_and_prose_runs_on(tmp_path: Path) -> None:
    paper = a_document("RESOLVED: That", "(a) the report be noted; and", "Members agreed.", "- 14 bins")
    [source] = load_everyday(Half.TRAIN, written(tmp_path, paper, a_question((0, 0)))).sources
    assert source.text == (
        "Minutes\n\n1. Bins\n\nRESOLVED: That\n(a) the report be noted; and Members agreed.\n- 14 bins\n"
    )


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (a_question((0, 2)), r"train.jsonl, line 1, field 'answers': d has no sentence \[0, 2\]"),
        (a_question(document="e"), "field 'document': no document 'e'"),
        (a_question() | {"style": "loud"}, "train.jsonl, line 1, field 'style'"),
    ],
)
def test_what_is_not_there_is_refused(tmp_path: Path, question: JsonObject, message: str) -> None:
    with pytest.raises(BadDataset, match=message):
        load_everyday(Half.TRAIN, written(tmp_path, a_document("One."), question))
