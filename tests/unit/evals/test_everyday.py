"""The everyday questions are whole, their style is measured, and their loader refuses what is not there."""

import json
from collections import Counter
from pathlib import Path

import pytest

from evals.datasets import Dataset
from evals.errors import BadDataset
from evals.everyday import FOLDER, Half, load_everyday
from evals.jsonl import JsonObject
from tests.unit.evals.own_collections import collection, misquoted, misstyled, repeated

EVERYDAY = collection(FOLDER)
KINDS = {"how_many", "how_much", "when", "who", "where", "why", "which", "list", "yes_no", "decided"}


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
    assert misquoted(EVERYDAY, half) == []


def test_lay_is_measured() -> None:
    assert misstyled(EVERYDAY) == []


def test_no_document_is_in_both_halves_and_three_in_ten_are_for_trying() -> None:
    train, dev = ({row["document"] for row in EVERYDAY.asked[half]} for half in Half)
    assert train & dev == set()
    assert train | dev == set(EVERYDAY.documents)
    assert 0.2 <= len(dev) / len(EVERYDAY.documents) <= 0.4


def test_every_document_has_questions_enough_and_some_without_an_answer() -> None:
    asked = Counter(row["document"] for row in EVERYDAY.every)
    unanswerable = Counter(row["document"] for row in EVERYDAY.every if not row["answers"])
    assert min(asked.values()) >= 6
    assert min(unanswerable[name] for name in EVERYDAY.documents) >= 2


def test_a_document_is_short_and_has_several_passages() -> None:
    documents = EVERYDAY.documents
    assert {name for name in documents if not 8 <= len(EVERYDAY.sentences(name)) <= 25} == set()
    assert {name for name, row in documents.items() if not 2 <= len(row["passages"]) <= 6} == set()


def test_kinds_are_the_ones_that_are_told_of_and_most_questions_are_lay() -> None:
    assert {row["kind"] for row in EVERYDAY.every} <= KINDS
    assert sum(row["style"] == "lay" for row in EVERYDAY.every) >= 0.8 * len(EVERYDAY.every)


def test_nothing_is_asked_or_named_twice() -> None:
    assert repeated([(row["document"], row["question"]) for row in EVERYDAY.every]) == []
    assert repeated([row["id"] for row in EVERYDAY.every]) == []


def one(dataset: Dataset) -> list[int]:
    [question] = dataset.questions
    return [quoted.group for quoted in question.evidence]


def test_a_list_needs_all_its_places_and_others_any(tmp_path: Path) -> None:
    paper = a_document("Two were lost.", "Three were found.")
    assert one(load_everyday(Half.TRAIN, written(tmp_path, paper, a_question((0, 0), (0, 1))))) == [0, 0]
    listed = a_question((0, 0), (0, 1), kind="list")
    assert one(load_everyday(Half.TRAIN, written(tmp_path, paper, listed))) == [0, 1]


@pytest.mark.parametrize(
    ("texts", "laid_out"),
    [
        (("It rained.", "Members agreed."), "It rained. Members agreed."),
        (
            ("RESOLVED: That", "(a) the report be noted; and", "Members agreed.", "- 14 bins"),
            "RESOLVED: That\n(a) the report be noted; and Members agreed.\n- 14 bins",
        ),
        (("Market Place: 12 bays", "Riverside: none"), "Market Place: 12 bays\n\nRiverside: none"),
        (
            ("Three bid.", "Ash Ltd | £40", "Elm Ltd | £50", "Elm was late."),
            "Three bid.\n\n| Ash Ltd | £40 |\n| Elm Ltd | £50 |\n\nElm was late.",
        ),
    ],
    ids=["prose", "clauses", "entries", "rows"],
)
def test_a_paper_is_laid_out_so_that_each_sentence_can_be_quoted(
    tmp_path: Path, texts: tuple[str, ...], laid_out: str
) -> None:
    asked = a_question(*((0, at) for at in range(len(texts))), kind="list")
    dataset = load_everyday(Half.TRAIN, written(tmp_path, a_document(*texts), asked))
    [source], [question] = dataset.sources, dataset.questions
    assert source.text == f"Minutes\n\n1. Bins\n\n{laid_out}\n"
    assert [each.quote for each in question.evidence] == list(texts)


def test_a_place_of_another_paper_of_the_council_answers_as_well(tmp_path: Path) -> None:
    papers = [a_document("Two were lost.") | {"document": f"a--{name}"} for name in ("may", "june")]
    also = a_question((0, 0), document="a--may") | {"also": [["a--june", 0, 0]]}
    folder = written(tmp_path, papers[0], also)
    with (folder / "documents.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(papers[1]) + "\n")
    [question] = load_everyday(Half.TRAIN, folder).questions
    assert [(each.file, each.group) for each in question.evidence] == [("a--may.txt", 0), ("a--june.txt", 0)]
    assert question.cluster == "a"


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
