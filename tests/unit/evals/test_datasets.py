import json
from pathlib import Path

import pytest

from evals.datasets import Scope, Wording, load, load_gold
from evals.errors import BadDataset
from evals.jsonl import write_rows
from evals.questions import question_from_row, row_of
from evals.reference_systems import corpus_of, topics_of
from evals.user_files import template
from qa_service.domain.spans import Span

TEXT = "Parking stays free on Sundays.\nMembers asked for a report in June.\n"


@pytest.fixture
def span_set(tmp_path: Path) -> Path:
    """A set in the form of the public ones: two papers, an answerable and a wrongly scoped question."""
    folder = tmp_path / "sundays"
    folder.mkdir()
    write_rows(
        folder / "corpus.jsonl",
        [
            {"doc_id": "one", "title": "First", "text": TEXT},
            {"doc_id": "two", "title": "Second", "text": "None."},
        ],
    )
    evidence = [{"doc_id": "one", "start": 0, "end": 30}, {"doc_id": "one", "start": 31, "end": 66}]
    write_rows(
        folder / "questions.jsonl",
        [
            {
                "qid": "a",
                "question": "I park on Sundays. What does it cost?",
                "short_question": "What does it cost?",
                "answerable": True,
                "evidence": evidence,
                "conditions": [["Members asked for a report in June."], []],
                "scope_doc_id": "one",
            }
        ],
    )
    write_rows(
        folder / "questions_wrong.jsonl",
        [
            {
                "qid": "a-x",
                "question": "What does it cost?",
                "answerable": False,
                "scope_doc_id": "two",
                "true_doc_id": "one",
                "unanswerable_kind": "wrong_meeting_scope",
            }
        ],
    )
    return folder


def test_every_questions_file_of_a_folder_is_read(span_set: Path) -> None:
    dataset = load(span_set)
    assert [question.qid for question in dataset.questions] == ["a", "a-x"]
    assert [question.set for question in dataset.questions] == ["questions", "questions_wrong"]
    assert [source.file_name for source in dataset.sources] == ["one.txt", "two.txt"]


def test_offsets_become_places_and_each_span_its_own_group(span_set: Path) -> None:
    dataset = load(span_set)
    topic = topics_of(dataset, corpus_of(dataset))[0]
    assert [(place.span, place.group) for place in topic.evidence] == [(Span(0, 30), 0), (Span(31, 66), 1)]
    assert [place.span for place in topic.conditions] == [Span(31, 66)]


def test_spans_of_one_annotated_paragraph_are_alternatives(span_set: Path) -> None:
    path = span_set / "questions.jsonl"
    row = json.loads(path.read_text(encoding="utf-8")) | {
        "paragraph": {"doc_id": "one", "start": 0, "end": 66}
    }
    write_rows(path, [row])
    assert [one.group for one in load(span_set).questions[0].evidence] == [0, 0]


def test_only_gold_scope_asks_an_answerable_question_of_its_own_paper(span_set: Path) -> None:
    assert load(span_set).questions[0].filters == {}
    scoped = load(span_set, scope=Scope.GOLD)
    assert scoped.questions[0].filters == {"documents": ["one.txt"]}
    assert scoped.name == "sundays:scoped"


def test_a_question_of_the_wrong_meeting_is_always_scoped(span_set: Path) -> None:
    assert load(span_set).questions[1].filters == {"documents": ["two.txt"]}


def test_the_short_wording_is_asked_where_there_is_one(span_set: Path) -> None:
    assert load(span_set, wording=Wording.SHORT).questions[0].question == "What does it cost?"


def test_texts_are_written_unchanged_for_ingestion(span_set: Path, tmp_path: Path) -> None:
    source = load(span_set).sources[0]
    assert source.written(tmp_path).read_bytes() == TEXT.encode()


def test_hashes_do_not_depend_on_the_order_of_questions(span_set: Path) -> None:
    before = load(span_set)
    rows = (span_set / "questions.jsonl").read_text(encoding="utf-8")
    (span_set / "questions.jsonl").rename(span_set / "questions_z.jsonl")
    (span_set / "questions_z.jsonl").write_text(rows.replace("Sundays", "Mondays"), encoding="utf-8")
    changed = load(span_set)
    assert before.data_sha256 == changed.data_sha256
    assert before.gold_sha256 != changed.gold_sha256


@pytest.mark.parametrize(
    ("change", "line", "field"),
    [
        ({"evidence": [{"doc_id": "absent", "start": 0, "end": 3}]}, 1, "evidence.doc_id"),
        ({"evidence": [{"doc_id": "one", "start": 60, "end": 90}]}, 1, "evidence.start"),
        ({"evidence": [{"doc_id": "one", "start": 0, "end": 7, "text": "Packing"}]}, 1, "evidence.text"),
        ({"answerable": "perhaps"}, 1, "answerable"),
        ({"question": ""}, 1, "question"),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_field(
    span_set: Path, change: dict[str, object], line: int, field: str
) -> None:
    path = span_set / "questions.jsonl"
    write_rows(path, [json.loads(path.read_text(encoding="utf-8")) | change])
    with pytest.raises(BadDataset) as caught:
        load(span_set)
    assert (caught.value.file, caught.value.line, caught.value.field) == ("questions.jsonl", line, field)


def test_a_line_that_is_no_json_is_named(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"question": "One?", "answerable": false}\n\n{"question": \n', encoding="utf-8")
    with pytest.raises(BadDataset, match=r"own.jsonl, line 3: no JSON") as caught:
        load_gold([path])
    assert caught.value.line == 3


def test_a_misspelt_field_is_refused_not_ignored(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    write_rows(path, [{"question": "One?", "answerable": False, "evidnce": []}])
    with pytest.raises(BadDataset, match="no such field") as caught:
        load_gold([path])
    assert caught.value.field == "evidnce"


def test_an_id_used_twice_and_an_absent_parent_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    write_rows(path, [{"qid": "a", "question": "One?"}, {"qid": "a", "question": "Two?"}])
    with pytest.raises(BadDataset, match="used twice"):
        load_gold([path])
    write_rows(path, [{"qid": "a", "question": "One?", "parent": "b"}])
    with pytest.raises(BadDataset, match="no question 'b'"):
        load_gold([path])


def test_answerable_gold_needs_evidence(tmp_path: Path) -> None:
    path = tmp_path / "own.jsonl"
    write_rows(path, [{"question": "One?", "answerable": True}])
    with pytest.raises(BadDataset, match="evidence"):
        load_gold([path])


def test_a_stored_question_is_read_back_as_it_was() -> None:
    row = {
        "qid": "a",
        "question": "One?",
        "answerable": True,
        "evidence": [{"file": "f.pdf", "quote": "words", "page": 2, "group": 3}],
        "answers": ["x"],
        "filters": {"council": ["C"], "held_from": "2024-01-01"},
        "as_of": "2024-05-01",
        "history": [{"question": "Before?"}],
        "must_not_cite": [{"file": "g.pdf", "quote": "other", "why": "old"}],
        "may_cite": [{"file": "g.pdf", "quote": "else"}],
        "lay": True,
    }
    question = question_from_row("own.jsonl", 1, row)
    assert question_from_row("own.jsonl", 1, row_of(question)) == question


def test_an_empty_folder_and_a_strange_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match="holds neither"):
        load(tmp_path)
    with pytest.raises(BadDataset, match=r"is no \.jsonl or \.csv"):
        load(tmp_path / "questions.xlsx")


def csv_of(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_the_template_loads_as_it_is(tmp_path: Path) -> None:
    questions = load_gold([csv_of(tmp_path, template())]).questions
    assert [question.answerable for question in questions] == [True, False]
    assert questions[0].filters == {"council": ["Anytown Borough Council"]}
    assert questions[0].evidence[0].page == 3


def test_a_second_line_of_a_question_adds_evidence(tmp_path: Path) -> None:
    path = csv_of(tmp_path, "qid,question,file,quote", "a,One?,f.pdf,first words", "a,,g.pdf,second words")
    evidence = load_gold([path]).questions[0].evidence
    assert [(one.file, one.group) for one in evidence] == [("f.pdf", 0), ("g.pdf", 1)]


@pytest.mark.parametrize(
    ("lines", "line", "field"),
    [
        (("question,qoute", "One?,x"), 1, "qoute"),
        (("question,answerable", "One?,maybe"), 2, "answerable"),
        (("question,file,quote", "One?,f.pdf,"), 2, "quote"),
        (("question,file,quote,page", "One?,f.pdf,words,three"), 2, "page"),
        (("qid,question", "a,One?", "b,"), 3, "question"),
        (("question,as_of", "One?,last May"), 2, "as_of"),
        (("question", "One?,and more"), 2, None),
        (("question;answerable", "One?;no"), 1, "question;answerable"),
        (("question,answerable", '"One?,no'), 2, None),
        (("question,standing", "One?,agreed"), 2, "standing"),
    ],
)
def test_a_bad_csv_is_refused_with_its_line_and_column(
    tmp_path: Path, lines: tuple[str, ...], line: int, field: str | None
) -> None:
    with pytest.raises(BadDataset) as caught:
        load_gold([csv_of(tmp_path, *lines)])
    assert (caught.value.line, caught.value.field) == (line, field)


def test_a_file_that_is_not_there_or_no_text_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match=r"none\.csv: No such file"):
        load_gold([tmp_path / "none.csv"])
    (tmp_path / "old.csv").write_bytes("question\nWhat is the price in \u00a3?\n".encode("latin-1"))
    with pytest.raises(BadDataset, match="save it as UTF-8"):
        load_gold([tmp_path / "old.csv"])


def test_a_file_without_questions_is_named_as_it_was_given(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match=r"^mine\.csv: holds no question$"):
        load_gold([csv_of(tmp_path, "question,answerable")])
