"""Our collections of questions and papers as their files have them, and what any of them must hold to."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.everyday import Half, load_everyday
from evals.jsonl import JsonObject, rows
from qa_service.answering.signals import content_stems
from qa_service.store.lexical_index import stems

Place = tuple[str, int, int]
_LAY = 1 / 3


@dataclass(frozen=True)
class Collection:
    """The rows of `documents.jsonl` by id, and those of both halves."""

    folder: Path
    documents: Mapping[str, JsonObject]
    asked: Mapping[Half, Sequence[JsonObject]]

    @property
    def every(self) -> list[JsonObject]:
        return [row for half in Half for row in self.asked[half]]

    def sentence(self, place: Place) -> str:
        document, at, number = place
        return str(self.documents[document]["passages"][at]["sentences"][number])

    def sentences(self, document: str) -> list[str]:
        passages = self.documents[document]["passages"]
        return [sentence for passage in passages for sentence in passage["sentences"]]


def collection(folder: Path) -> Collection:
    documents = {row["document"]: row for row in rows(folder / "documents.jsonl")}
    return Collection(folder, documents, {half: rows(folder / f"{half}.jsonl") for half in Half})


def gold(row: JsonObject) -> list[Place]:
    """Return the places that answer a row, those of its own paper first."""
    own = [(row["document"], at, number) for at, number in row["answers"]]
    return own + [(document, at, number) for document, at, number in row.get("also", [])]


def misquoted(of: Collection, half: Half) -> list[str]:
    """Return the questions whose evidence is not the sentences that their rows name."""
    dataset = load_everyday(half, of.folder)
    texts = {source.file_name: source.text or "" for source in dataset.sources}
    wrong = []
    for question, row in zip(dataset.questions, of.asked[half], strict=True):
        wanted = [(f"{place[0]}.txt", of.sentence(place)) for place in gold(row)]
        quoted = [(each.file, each.quote) for each in question.evidence]
        stored = [
            (each.file, texts[each.file][each.span.start : each.span.end])
            for each in question.evidence
            if each.span
        ]
        if not wanted == quoted == stored:
            wrong.append(question.qid)
    return wrong


def misstyled(of: Collection) -> list[str]:
    """Return the rows that are called lay and are not, or are and are not called so."""
    return [row["id"] for row in of.every if (row["style"] == "lay") != (_share(of, row) <= _LAY)]


def _share(of: Collection, row: JsonObject) -> float:
    """Return the share of the question's content stems in its answer; without one, in the nearest."""
    asked = set(content_stems(row["question"]))
    held = [*_held(of, row)] if row["answers"] else of.sentences(row["document"])
    return max(len(asked & set(stems(text))) for text in held) / (len(asked) or 1)


def _held(of: Collection, row: JsonObject) -> Iterator[str]:
    """Yield the answer of the question's paper as a whole, and what each other place says."""
    own = [place for place in gold(row) if place[0] == row["document"]]
    yield " ".join(of.sentence(place) for place in own)
    yield from (of.sentence(place) for place in gold(row) if place not in own)


def repeated(values: Sequence[object]) -> list[object]:
    return [value for value, times in Counter(values).items() if times > 1]


KINDS = {
    "how_many", "how_much", "when", "who", "where", "why",
    "which", "list", "yes_no", "decided", "said", "what",
}  # fmt: skip


def council(document: str) -> str:
    return document.partition("--")[0]


def councils(rows: Sequence[JsonObject]) -> Counter[str]:
    """Return how many rows each council has."""
    return Counter(council(row["document"]) for row in rows)


def misplaced_others(of: Collection) -> list[str]:
    """Return the rows whose `also` names their own paper, another council's, or stands where it may not.

    Each of the places of a list is needed: none may stand for the others.
    """
    return [
        row["id"]
        for row in of.every
        for document, _, _ in row.get("also", [])
        if document == row["document"]
        or council(document) != council(row["document"])
        or row["kind"] == "list"
        or not row["answers"]
    ]


def answered_twice(of: Collection) -> list[str]:
    """Return the rows of which an answer stands word for word elsewhere in the council's papers, unmarked.

    One gold of two equal sentences would teach that the other is wrong.
    """
    places: defaultdict[tuple[str, str], set[Place]] = defaultdict(set)
    for document, row in of.documents.items():
        for at, passage in enumerate(row["passages"]):
            for number, sentence in enumerate(passage["sentences"]):
                places[council(document), sentence].add((document, at, number))
    return [
        row["id"]
        for row in of.every
        if any(not places[council(place[0]), of.sentence(place)] <= set(gold(row)) for place in gold(row))
    ]
