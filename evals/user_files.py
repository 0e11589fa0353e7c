"""A user's own questions as CSV: the template, and rows turned into gold rows with clear errors."""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from evals.errors import BadDataset
from evals.jsonl import JsonObject, text_of

COLUMNS = {
    "qid": "a short name of the question; made from the line where empty",
    "question": "the question, in plain words; empty on a line that adds evidence to the same qid",
    "answerable": "yes or no; empty: yes where file and quote are given",
    "file": "name of the paper that answers",
    "quote": "the words of that paper that answer, copied exactly; white space may differ",
    "page": "number of the page in the file, from 1; empty where the paper has no pages",
    "group": "same number: either place will do; different or empty: each place is needed",
    "answer": "a short answer in your words, shown in the report",
    "kind": "a label to group questions by, such as resolution, attendance, number",
    "unanswerable_kind": "why nothing answers, such as out of scope, wrong council, adversarial",
    "standing": "resolved, minuted, proposed, recommended, reported, presented or listed",
    "council": "ask only papers of this council",
    "body": "ask only papers of this committee",
    "held_from": "ask only meetings from this day, as 2021-02-09",
    "held_to": "ask only meetings to this day",
    "as_of": "answer as the papers stood on this day",
    "parent": "qid of the question that this one follows",
    "must_not_cite_file": "a paper that a careful answer does not cite",
    "must_not_cite_quote": "its words",
    "must_not_cite_why": "why not: superseded, another council, only a draft",
    "notes": "anything for the reader of the report",
}

_EXAMPLE = [
    {
        "qid": "parking-1",
        "question": "What did the committee resolve about parking charges?",
        "answerable": "yes",
        "file": "minutes-2024-03-05.pdf",
        "quote": "RESOLVED: that the charges stay as they are until April.",
        "page": "3",
        "answer": "They stay as they are until April.",
        "kind": "resolution",
        "standing": "resolved",
        "council": "Anytown Borough Council",
    },
    {
        "qid": "parking-2",
        "question": "Who paid for the new parking machines?",
        "answerable": "no",
        "kind": "unanswerable",
        "unanswerable_kind": "not in the papers",
    },
]
_GOLD_FIELD = re.compile(r"(evidence|must_not_cite)[.\[]\d+\]?\.(file|quote|page|group)")
_PREFIX = {"evidence": "", "must_not_cite": "must_not_cite_"}
_YES = {"yes", "true", "1", "y"}
_NO = {"no", "false", "0", "n"}


def template() -> str:
    """Return a CSV with the columns that are read and two example lines."""
    out = StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), lineterminator="\n")
    writer.writeheader()
    writer.writerows(_EXAMPLE)
    return out.getvalue()


def rows_of_csv(path: Path) -> Iterator[tuple[int, JsonObject]]:
    """Yield (line from 1, gold row) of each question; lines that repeat a qid add evidence to it.

    Raises BadDataset for an unknown column, an answerable that is neither yes nor no, a quote without its
    file, a line that is neither a question nor evidence of one, or a quote mark that nothing closes.
    """
    gathered: dict[str, tuple[int, JsonObject]] = {}
    for line, cells in _lines(path):
        qid = cells.get("qid") or f"q{line:04d}"
        if cells.get("question"):
            if qid in gathered:
                raise BadDataset(path.name, f"qid {qid!r} is used twice", line, "qid")
            gathered[qid] = (line, _question_row(path.name, line, qid, cells))
        elif qid not in gathered:
            raise BadDataset(path.name, "a question is needed, or the qid of a line above", line, "question")
        _add_places(path.name, line, cells, gathered[qid][1])
    yield from gathered.values()


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(StringIO(text_of(path), newline=""), strict=True)
    try:
        yield from _checked_lines(path, reader)
    except csv.Error as error:
        why = f"no CSV ({error}); a quote mark inside a cell is written twice"
        raise BadDataset(path.name, why, reader.reader.line_num) from error


def _checked_lines(path: Path, reader: "csv.DictReader[str]") -> Iterator[tuple[int, dict[str, str]]]:
    unknown = [name for name in reader.fieldnames or () if name not in COLUMNS]
    if unknown:
        separated = ";" in unknown[0] or "\t" in unknown[0]
        hint = "put commas between cells" if separated else "'qa-eval template' prints them all"
        raise BadDataset(path.name, f"no such column; {hint}", 1, unknown[0])
    for cells in reader:
        if None in cells:
            raise BadDataset(
                path.name, "more cells than columns; put quotes around cells with commas", reader.line_num
            )
        values = {name: (value or "").strip() for name, value in cells.items()}
        if any(values.values()):
            yield reader.line_num, values


def in_columns(error: BadDataset) -> BadDataset:
    """Return an error about a question with the column of the CSV that holds the field, where it is one."""
    if error.field is None or not error.file.lower().endswith(".csv"):
        return error
    column = _GOLD_FIELD.sub(lambda found: _PREFIX[found[1]] + found[2], error.field)
    return BadDataset(error.file, error.why, error.line, column)


def _question_row(file: str, line: int, qid: str, cells: dict[str, str]) -> JsonObject:
    row: JsonObject = {"qid": qid, "question": cells["question"], "evidence": [], "must_not_cite": []}
    answerable = cells.get("answerable", "").lower()
    if answerable and answerable not in _YES | _NO:
        raise BadDataset(file, f"{answerable!r} is neither yes nor no", line, "answerable")
    if answerable:
        row["answerable"] = answerable in _YES
    for name in ("answer", "kind", "unanswerable_kind", "standing", "as_of", "parent", "notes"):
        if cells.get(name):
            row[name] = cells[name]
    filters = {name: [cells[name]] for name in ("council", "body") if cells.get(name)}
    dates = {name: cells[name] for name in ("held_from", "held_to") if cells.get(name)}
    if filters or dates:
        row["filters"] = filters | dates
    return row


def _add_places(file: str, line: int, cells: dict[str, str], row: JsonObject) -> None:
    if cells.get("file") or cells.get("quote"):
        row["evidence"].append(_place(file, line, cells, "file", "quote"))
    if cells.get("must_not_cite_file") or cells.get("must_not_cite_quote"):
        place = _place(file, line, cells, "must_not_cite_file", "must_not_cite_quote")
        place.pop("group", None)
        row["must_not_cite"].append(place | {"page": None, "why": cells.get("must_not_cite_why", "")})


def _place(file: str, line: int, cells: dict[str, str], name: str, words: str) -> JsonObject:
    for column in (name, words):
        if not cells.get(column):
            raise BadDataset(file, "a file and its quote go together", line, column)
    place: JsonObject = {"file": cells[name], "quote": cells[words]}
    for column in ("page", "group"):
        value = cells.get(column, "")
        if value and not value.isdigit():
            raise BadDataset(file, f"{value!r} is no whole number", line, column)
        if value:
            place[column] = int(value)
    return place
