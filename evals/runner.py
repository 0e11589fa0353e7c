"""From questions to a run folder: everything that touches the system under test happens here."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from evals.anchoring import anchored
from evals.corpus import Corpus, StoredDocument, document_from_json
from evals.datasets import Dataset
from evals.errors import BadDataset, BadReply, SystemFailed
from evals.jsonl import JsonObject, digest
from evals.provenance import git_state, versions
from evals.questions import Question
from evals.replies import hits_of, reply_of
from evals.runs import RunWriter
from evals.systems import System
from evals.user_files import in_columns

FORMAT = 1
_OF_A_HIT = ("passage_id", "rank", "score", "document", "start", "end", "meeting")
_VOLATILE = ("id", "seconds")


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How a run asks.

    `hits` passages are searched for each question, and `pool` of the gold's papers alone. `twice` questions,
    drawn by the hash of their ids, are asked a second time.
    """

    hits: int = 20
    pool: int = 100
    twice: int = 50


class _Library:
    """The documents of the system under test, fetched when a question or a reply names them."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.listed = {str(meta["id"]): meta for meta in system.documents()}
        self._ids: dict[str, list[str]] = {}
        for id_, meta in self.listed.items():
            self._ids.setdefault(str(meta["file_name"]), []).append(id_)
        self.held: dict[str, StoredDocument] = {}

    def fetch(self, document_id: str) -> None:
        """Hold a document with its text; an id that the system does not list is left to the gates."""
        if document_id in self.held or document_id not in self.listed:
            return
        segments = self.system.segments(document_id)
        meta = self.system.document(document_id) | {"segments": segments}
        self.held[document_id] = document_from_json(meta, self.system.document_text(document_id))

    def ids_of(self, file: str) -> list[str]:
        """Return the ids of the documents read from a file. Raises BadDataset for none."""
        if file not in self._ids:
            raise BadDataset(file, "the system under test holds no such file; ingest it, or mend the name")
        return self._ids[file]

    @property
    def sha256(self) -> str:
        """Digest of the names and bytes of everything listed, as `Dataset.data_sha256`."""
        names = ([str(meta["file_name"]), str(meta.get("sha256") or "")] for meta in self.listed.values())
        return digest(sorted(names))


def run(
    dataset: Dataset,
    system: System,
    folder: Path,
    options: RunOptions = RunOptions(),
    progress: Callable[[int, int], None] = lambda _done, _of: None,
) -> Path:
    """Ask every question and return the run's folder.

    Gold is located first: a quote that is not in its paper stops the run before anything is asked. What a
    question raises becomes its row's error. Raises BadDataset, BadRun, SystemFailed.
    """
    library = _Library(system)
    _check_gold(dataset, library)
    record = _record(dataset, system, library, options)
    writer = RunWriter(folder, record, dataset.questions)
    asker = _Asker(system, library, {question.qid: question for question in dataset.questions}, options)
    twice = set(sorted((question.qid for question in dataset.questions), key=digest)[: options.twice])
    started = time.perf_counter()
    for done, question in enumerate(dataset.questions, start=1):
        writer.add_answer(asker.row(question, again=question.qid in twice))
        progress(done, len(dataset.questions))
    for document in library.held.values():
        writer.add_document(document)
    writer.finish({"finished": _now(), "seconds": round(time.perf_counter() - started, 3)})
    return folder


def corpus_of_files(system: System, files: Iterable[str]) -> Corpus:
    """Return the stored documents of these files. Raises BadDataset for one that is not held."""
    library = _Library(system)
    for document_id in [id_ for file in files for id_ in library.ids_of(file)]:
        library.fetch(document_id)
    return Corpus(library.held.values())


def _check_gold(dataset: Dataset, library: _Library) -> None:
    try:
        for question in dataset.questions:
            for field, name in _files_named(question, library):
                try:
                    ids = library.ids_of(name)
                except BadDataset as error:
                    place = dataset.line_of(question.qid)
                    raise BadDataset(place[0], f"{name!r}: {error.why}", place[1], field) from error
                for document_id in ids:
                    library.fetch(document_id)
        corpus = Corpus(library.held.values())
        for question in dataset.questions:
            anchored(question, corpus, *dataset.line_of(question.qid))
    except BadDataset as error:
        raise in_columns(error) from error


def _files_named(question: Question, library: _Library) -> Iterator[tuple[str, str]]:
    """Yield (field, file) of every paper that a question needs to be there."""
    places = {
        "evidence": question.evidence,
        "must_not_cite": question.must_not_cite,
        "may_cite": question.may_cite,
        "judged": tuple(one.quoted for one in question.judged),
    }
    for field, quoted in places.items():
        yield from ((f"{field}[{n}].file", one.file) for n, one in enumerate(quoted))
    asked_of = question.filters.get("documents") or ()
    yield from (("filters.documents", name) for name in asked_of if name not in library.listed)


def _record(dataset: Dataset, system: System, library: _Library, options: RunOptions) -> JsonObject:
    return {
        "format": FORMAT,
        "name": dataset.name,
        "started": _now(),
        "system": system.describe(),
        "gold_sha256": dataset.gold_sha256,
        "data_sha256": library.sha256,
        "questions": len(dataset.questions),
        "documents": len(library.listed),
        "options": {"hits": options.hits, "pool": options.pool, "twice": options.twice},
        "versions": versions(),
        "git": git_state(),
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class _Asker:
    """Asks questions, parents before their follow-ups, and makes the rows."""

    def __init__(
        self, system: System, library: _Library, questions: Mapping[str, Question], options: RunOptions
    ) -> None:
        self.system, self.library, self.questions, self.options = system, library, questions, options
        self._replies: dict[str, JsonObject | None] = {}

    def row(self, question: Question, *, again: bool) -> JsonObject:
        """Return the row of one question; whatever the system raises is the row's error."""
        row: JsonObject = {"qid": question.qid, "reply": None, "hits": None, "pool": [], "error": None}
        try:
            row["request"] = request = self._request(question)
            started = time.perf_counter()
            row["reply"] = self.system.ask(request)
            row["seconds"] = round(time.perf_counter() - started, 6)
            self._keep_documents(row["reply"])
            row["same_twice"] = _stable(row["reply"]) == _stable(self.system.ask(request)) if again else None
            if not (question.parent or question.history):
                row |= self._searched(question)
        except (SystemFailed, BadReply) as error:
            row["error"] = str(error)
        self._replies[question.qid] = row["reply"]
        return row

    def _request(self, question: Question) -> JsonObject:
        request: JsonObject = {"question": question.question}
        if history := self._history(question):
            request["history"] = history
        if filters := self._filters(question):
            request["filters"] = filters
        if question.as_of:
            request["as_of"] = question.as_of
        return request

    def _history(self, question: Question) -> list[JsonObject]:
        """Return the turns before a question, oldest first; a parent is asked now if it has not been."""
        told: list[JsonObject] = [{"question": text} for text in question.history]
        if question.parent is None:
            return told
        parent = self.questions[question.parent]
        if parent.qid not in self._replies:
            self._replies[parent.qid] = self.system.ask(self._request(parent))
        turn: JsonObject = {"question": parent.question}
        reply = self._replies[parent.qid]
        if reply and reply.get("id"):
            turn["answer_id"] = reply["id"]
        return [*self._history(parent), turn]

    def _filters(self, question: Question) -> JsonObject:
        filters = dict(question.filters)
        if names := filters.get("documents"):
            known = self.library.listed
            found = [[name] if name in known else self.library.ids_of(name) for name in names]
            filters["documents"] = [id_ for ids in found for id_ in ids]
        return filters

    def _searched(self, question: Question) -> JsonObject:
        filters = self._filters(question)
        query: JsonObject = {"q": question.question, "k": self.options.hits, **filters}
        if question.as_of:
            query["as_of"] = question.as_of
        started = time.perf_counter()
        found = self._search(query)
        seconds = round(time.perf_counter() - started, 6)
        papers = sorted({id_ for one in question.evidence for id_ in self.library.ids_of(one.file)})
        pool: list[JsonObject] = []
        if question.answerable and papers:
            pool = self._search({"q": question.question, "k": self.options.pool, "documents": papers})
        return {"hits": found, "pool": pool, "search_seconds": seconds}

    def _search(self, query: JsonObject) -> list[JsonObject]:
        raw = self.system.search(query)
        hits_of(raw)
        return [{name: value for name, value in hit.items() if name in _OF_A_HIT} for hit in raw["hits"]]

    def _keep_documents(self, raw: JsonObject) -> None:
        for citation in reply_of(raw).shown:
            self.library.fetch(citation.document.id)


def _stable(reply: JsonObject) -> str:
    return digest({name: value for name, value in reply.items() if name not in _VOLATILE})


def in_order(dataset: Dataset, qids: list[str]) -> Dataset:
    """Return the dataset with its questions in another order. Raises KeyError for an unknown id."""
    by_id = {question.qid: question for question in dataset.questions}
    return replace(dataset, questions=tuple(by_id[qid] for qid in qids))
