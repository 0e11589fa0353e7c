"""Papers of two councils that do not exist, and helpers to ask about them."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from evals.anchoring import Topic, anchored
from evals.cases import Case
from evals.corpus import Corpus, StoredDocument, StoredPage
from evals.jsonl import JsonObject
from evals.questions import Question, Quoted
from evals.reference_systems import answer_json, citation_json, refusal_json
from evals.replies import Hit, hits_of, reply_of
from evals.runs import RunWriter
from qa_service.domain.spans import Span

PAGE_ONE = (
    "NORTHMOOR BOROUGH COUNCIL\nPARKING COMMITTEE\nMinutes of the meeting held on 5 March 2024\n"
    "12. PARKING CHARGES\nThe Committee heard that charges had not changed since 2019.\n"
    "RESOLVED: that the charges stay as they are until April 2025.\n"
)
PAGE_TWO = (
    "13. CYCLE STANDS\nThe Committee doesn't accept that it's too costly to add forty stands.\n"
    "RESOLVED: that forty cycle stands be bought for £12,500, subject to a safety audit.\n"
    "The following members were present: Alder, Birch, Cedar.\n"
)
REPORT = (
    "NORTHMOOR BOROUGH COUNCIL\nParking Committee, 5 March 2024\nReport of the Head of Parking\n"
    "2.1 Officers recommend that the charges rise by ten pence from April 2024.\n"
    "2.2 The Committee heard that charges had not changed since 2019.\n"
)
OTHER_COUNCIL = (
    "SOUTHMOOR DISTRICT COUNCIL\nTRANSPORT PANEL\nMinutes of the meeting held on 7 May 2024\n"
    "4. PARKING CHARGES\nThe Panel agreed that parking charges rise by five pence at once.\n"
)
EXEMPT = (
    "NORTHMOOR BOROUGH COUNCIL\nExempt report, 5 March 2024\n"
    "The contractor asked for a settlement of nine thousand pounds in private.\n"
)
WELSH = "CYNGOR PENTREF\nPenderfynwyd bod y ffioedd yn aros fel y maent tan fis Ebrill.\n"


def document(
    file: str, *pages: str, council: str | None = None, body: str | None = None, held_on: str | None = None
) -> StoredDocument:
    """A stored document; its pages are numbered from 1 and labelled from 11."""
    text = "".join(pages)
    ends = [sum(map(len, pages[: number + 1])) for number in range(len(pages))]
    stored = [
        StoredPage(number + 1, str(number + 11), end - len(pages[number]), end)
        for number, end in enumerate(ends)
    ]
    return StoredDocument(
        id=f"d-{file.split('.', maxsplit=1)[0]}",
        file_name=file,
        title=file.split(".", maxsplit=1)[0].title(),
        text=text,
        sha256=sha256(text.encode()).hexdigest(),
        kind="minutes",
        council=council,
        body=body,
        held_on=held_on,
        pages=tuple(stored),
    )


NORTH = ("NORTHMOOR BOROUGH COUNCIL", "PARKING COMMITTEE", "2024-03-05")
SOUTH = ("SOUTHMOOR DISTRICT COUNCIL", "TRANSPORT PANEL", "2024-05-07")


def corpus(*more: StoredDocument) -> Corpus:
    """Four public papers and one exempt one."""
    north = {"council": NORTH[0], "body": NORTH[1], "held_on": NORTH[2]}
    south = {"council": SOUTH[0], "body": SOUTH[1], "held_on": SOUTH[2]}
    return Corpus(
        [
            document("minutes.pdf", PAGE_ONE, PAGE_TWO, **north),
            document("report.pdf", REPORT, **north),
            document("other.pdf", OTHER_COUNCIL, **south),
            replace(document("exempt.pdf", EXEMPT, **north), access="exempt"),
            document("welsh.pdf", WELSH),
            *more,
        ]
    )


CHARGES = Question(
    "charges",
    "What did Northmoor resolve about parking charges?",
    answerable=True,
    evidence=(Quoted("minutes.pdf", "RESOLVED: that the charges stay as they are until April 2025."),),
    answers=("until April 2025",),
    kind="resolution",
    standing="resolved",
    must_not_cite=(
        Quoted("report.pdf", "Officers recommend that the charges rise by ten pence", why="only recommended"),
    ),
)
STANDS = Question(
    "stands",
    "What was decided about cycle stands, and on what condition?",
    answerable=True,
    evidence=(
        Quoted("minutes.pdf", "that forty cycle stands be bought for £12,500", group=0),
        Quoted("minutes.pdf", "subject to a safety audit", group=1),
    ),
    conditions=("subject to a safety audit",),
    kind="list",
)
SOUTH_CHARGES = Question(
    "south",
    "What did Southmoor agree about parking charges?",
    answerable=True,
    evidence=(Quoted("other.pdf", "The Panel agreed that parking charges rise by five pence at once."),),
    kind="resolution",
)
PAYER = Question(
    "payer",
    "Who paid for the parking machines?",
    answerable=False,
    kind="unanswerable",
    unanswerable_kind="not in the papers",
)
WRONG = Question(
    "wrong",
    "What did Eastmoor resolve about parking charges?",
    answerable=False,
    kind="wrong_council",
    unanswerable_kind="wrong_council",
)
ALL = (CHARGES, STANDS, SOUTH_CHARGES, PAYER, WRONG)


def topic(question: Question, papers: Corpus | None = None) -> Topic:
    """The question with its gold located."""
    return anchored(question, papers or corpus(), "gold.jsonl", 1)


def span(papers: Corpus, file: str, words: str) -> tuple[StoredDocument, Span]:
    """Where words stand, for the first time, in a paper."""
    found = papers.of_file(file)
    at = found.text.index(words)
    return found, Span(at, at + len(words))


def answered(
    question: Question, *cited: tuple[str, str], papers: Corpus | None = None, standing: str = "resolved"
) -> Case:
    """A case whose answer quotes the given (file, words), one statement each."""
    papers = papers or corpus()
    raw = answer_json(question.question, [span(papers, *one) for one in cited], standing)
    return Case(topic(question, papers), papers, reply_of(raw))


def replied(question: Question, raw: JsonObject, papers: Corpus | None = None) -> Case:
    """A case with a reply given as JSON."""
    papers = papers or corpus()
    return Case(topic(question, papers), papers, reply_of(raw))


def refused(question: Question, confidence: float = 0.0) -> Case:
    """A case that was refused."""
    return replied(question, refusal_json(question.question, "nothing found", confidence))


def failed(question: Question) -> Case:
    """A case whose system raised."""
    return Case(topic(question), corpus(), None, "ask: the system is down")


def citation(papers: Corpus, file: str, words: str, number: int = 1) -> JsonObject:
    """A true citation as JSON, to be tampered with."""
    return citation_json(*span(papers, file, words), number)


def reply_with(*citations: JsonObject, text: str | None = None, numbers: Sequence[int] = ()) -> JsonObject:
    """An answered reply with these citations, all behind one statement."""
    cited = list(numbers) or [one["n"] for one in citations]
    words = text if text is not None else " ".join(one["quote"] for one in citations)
    return {
        "id": "a-1",
        "status": "answered",
        "question": "",
        "statements": [{"text": words, "standing": "resolved", "citations": cited}],
        "citations": list(citations),
        "conflicts": [],
        "not_found": None,
        "generation": 1,
    }


def hits(papers: Corpus, *found: tuple[str, str], ids: Sequence[str] = ()) -> tuple[Hit, ...]:
    """Search hits in this order, as passages of the given words."""
    rows = []
    for rank, (file, words) in enumerate(found, start=1):
        one = citation(papers, file, words, rank)
        passage_id = ids[rank - 1] if ids else f"p-{file}-{one['start']}"
        rows.append({**one, "passage_id": passage_id, "rank": rank, "score": 1 / rank})
    return hits_of({"hits": rows})


def keep_all(writer: RunWriter, papers: Corpus) -> None:
    """Keep every paper in a run's folder."""
    for one in papers.documents.values():
        writer.add_document(one)
