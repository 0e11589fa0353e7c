"""Gold from people: a question and words of a paper, or what users said of answers, as lines of gold."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.anchoring import anchored
from evals.cases import Case, is_correct
from evals.corpus import Corpus
from evals.errors import BadDataset
from evals.jsonl import JsonObject, digest, rows
from evals.questions import question_from_row

_RIGHT = "right"
_REFUSE = "should_have_refused"


def add_gold(path: Path, row: JsonObject, corpus: Corpus) -> JsonObject:
    """Append one question to a gold file, once its quotes are found in the stored papers.

    Without a qid one is made from the words. Raises BadDataset, as loading the file would.
    """
    row = {"qid": f"own-{digest(row)[:8]}", **row}
    known = {str(one.get("qid")) for one in rows(path)} if path.exists() else set()
    if row["qid"] in known:
        raise BadDataset(path.name, f"qid {row['qid']!r} is used already", field="qid")
    anchored(question_from_row(path.name, len(known) + 1, row), corpus, path.name, len(known) + 1)
    with path.open("a", encoding="utf-8", newline="\n") as out:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return row


@dataclass(frozen=True, slots=True)
class FromFeedback:
    """Gold that feedback settles, and questions that a person must still find the evidence for."""

    settled: tuple[JsonObject, ...]
    open: tuple[JsonObject, ...]


def gold_from_feedback(feedback: Iterable[JsonObject]) -> FromFeedback:
    """Return gold rows from the service's feedback: each has verdict, comment, request and reply.

    An answer called right makes its citations evidence. One that should have been refused is unanswerable,
    and its citations are places not to cite. Of all others the evidence is not known: they stay open.
    """
    settled: list[JsonObject] = []
    still_open: list[JsonObject] = []
    for line, one in enumerate(feedback, start=1):
        for name in ("answer_id", "verdict", "request", "reply"):
            if not one.get(name):
                raise BadDataset("feedback", "is missing", line, name)
        row = _feedback_row(one)
        (settled if one["verdict"] in {_RIGHT, _REFUSE} else still_open).append(row)
    return FromFeedback(tuple(settled), tuple(still_open))


def _feedback_row(one: JsonObject) -> JsonObject:
    request, reply = _object(one["request"]), _object(one["reply"])
    places = [
        {
            "file": citation["document"]["file_name"],
            "quote": citation["quote"],
            "page": (citation.get("page") or {}).get("number"),
        }
        for citation in reply.get("citations") or ()
    ]
    right = one["verdict"] == _RIGHT
    statements = reply.get("statements") or ()
    filters = {name: value for name, value in (request.get("filters") or {}).items() if value}
    why = f"cited in an answer that a reader called {one['verdict'].replace('_', ' ')}"
    row: JsonObject = {
        "qid": f"feedback-{one['answer_id']}",
        "set": "feedback",
        "question": request["question"],
        "answerable": right and bool(places),
        "evidence": places if right else [],
        "must_not_cite": [] if right else [place | {"why": why} for place in places],
        "standing": statements[0].get("standing") if right and statements else None,
        "filters": filters,
        "as_of": request.get("as_of"),
        "history": request.get("history") or [],
        "notes": str(one.get("comment") or ""),
    }
    if not row["answerable"]:
        row["unanswerable_kind"] = "said by a reader"
    return row


def _object(value: Any) -> JsonObject:  # noqa: ANN401 - stored as text or as an object
    found: JsonObject = json.loads(value) if isinstance(value, str) else value
    return found


def unjudged(cases: Iterable[Case]) -> list[JsonObject]:
    """Return the cited places that neither gold nor a person says anything about, for a person to judge.

    Fill `verdict` with correct or wrong and give the file to `score --judgements`.
    """
    found: list[JsonObject] = []
    for case in cases:
        judged = {(place.document_id, place.span) for place in case.topic.judged_wrong}
        for citation in case.cited if case.topic.evidence else ():
            at = (citation.document.id, citation.start, citation.end)
            known = any((id_, span.start, span.end) == at for id_, span in judged)
            if known or is_correct(case, citation):
                continue
            found.append(
                {
                    "qid": case.qid,
                    "question": case.topic.question.question,
                    "expected": case.topic.question.answer or "; ".join(case.topic.question.answers),
                    "file": citation.document.file_name,
                    "page": citation.page.number if citation.page else None,
                    "quote": citation.quote,
                    "start": citation.start,
                    "end": citation.end,
                    "verdict": "",
                }
            )
    return found
