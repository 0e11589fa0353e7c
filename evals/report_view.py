"""What a report shows, as values: the same for HTML, Markdown and JSON, and cleared once for all three."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.cases import Case, cited_span, gold_matched, is_correct
from evals.excerpts import WITHHELD, Clearance, Piece, excerpt, of_citation
from evals.jsonl import JsonObject
from evals.measures import BY_NAME, HEADLINE, MEASURES, SET_MEASURES, Group
from evals.replies import Citation
from evals.results import Label, Score, Summary
from evals.runs import open_run, read_scores, read_summary
from evals.scoring import cases_of, kind_of
from evals.targets import Reached, reached


@dataclass(frozen=True, slots=True)
class CitationView:
    """One citation as the report shows it. `pieces` is empty where the paper may not be shown."""

    number: int
    verdict: str
    source: str
    quote: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class GoldView:
    """One piece of gold evidence and whether the answer cites it."""

    group: int
    source: str
    cited: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """One statement, what it is said to be worth, and the numbers of its citations."""

    text: str
    standing: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ScoreView:
    """One score with its reason."""

    measure: str
    title: str
    value: float
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question with what came back. `restricted`: it touches a paper that this report may not show."""

    anchor: str
    qid: str
    question: str
    kind: str
    verdict: str
    missed: tuple[str, ...]
    labels: tuple[str, ...]
    status: str
    expected: str
    reason: str
    statements: tuple[StatementView, ...]
    citations: tuple[CitationView, ...]
    nearest: tuple[CitationView, ...]
    gold: tuple[GoldView, ...]
    scores: tuple[ScoreView, ...]
    seconds: float
    restricted: bool


@dataclass(frozen=True, slots=True)
class SetView:
    """One run of one set."""

    name: str
    record: JsonObject
    headline: tuple[Summary, ...]
    groups: tuple[tuple[str, tuple[Summary, ...]], ...]
    whole_run: tuple[Summary, ...]
    targets: tuple[Reached, ...]
    kinds: Mapping[str, Mapping[str, Summary]]
    refusals: Mapping[str, Mapping[str, int]]
    labels: Mapping[str, int]
    seconds: JsonObject
    questions: tuple[QuestionView, ...]


def title_of(measure: str) -> str:
    """Return the title of a measure, its name where none is known."""
    titles = {one.name: one.title for one in BY_NAME.values()} | {one.name: one.title for one in SET_MEASURES}
    return titles.get(measure, measure)


def lower_is_better(measure: str) -> bool:
    """Return whether less of a measure is better."""
    lower = {one.name for one in MEASURES if one.lower_is_better}
    return measure in lower | {one.name for one in SET_MEASURES if one.lower_is_better}


def set_view(folder: Path, clearance: Clearance) -> SetView:
    """Return the view of a scored run. Raises BadRun where it was not scored."""
    run, scores = open_run(folder), read_scores(folder)
    summaries, summary = read_summary(folder)
    cases = cases_of(run)
    by_group = [
        (group.value, tuple(summaries[one.name] for one in MEASURES if one.group is group)) for group in Group
    ]
    ordered = sorted(cases, key=lambda case: (_severity(scores[case.qid]), case.qid))
    return SetView(
        name=run.name,
        record=run.record,
        headline=tuple(summaries[name] for name in HEADLINE if summaries[name].n),
        groups=tuple(by_group),
        whole_run=tuple(summaries[measure.name] for measure in SET_MEASURES),
        targets=tuple(reached(run.name, summary)),
        kinds={kind: {n: Summary(**one) for n, one in of.items()} for kind, of in summary["kinds"].items()},
        refusals=summary["refusals"],
        labels=summary["labels"],
        seconds=summary["seconds"],
        questions=tuple(question_view(run.name, case, scores[case.qid], clearance) for case in ordered),
    )


def verdict_of(scores: Mapping[str, Score]) -> str:
    """Return "gate missed", "error", "wrong", "partly right" or "correct" for a question's scores."""
    if scores["replied"].value == 0:
        return "error"
    if any(_missed_gates(scores)):
        return "gate missed"
    if scores["fully_correct"].value:
        return "correct"
    return "partly right" if scores["evidence_cited"].value else "wrong"


def _missed_gates(scores: Mapping[str, Score]) -> Iterator[str]:
    for name, score in scores.items():
        if score.value == 0 and name in BY_NAME and BY_NAME[name].is_gate:
            yield title_of(name)


_SEVERITY = ("error", "gate missed", "wrong", "partly right", "correct")


def _severity(scores: Mapping[str, Score]) -> int:
    return _SEVERITY.index(verdict_of(scores))


def question_view(
    set_name: str, case: Case, scores: Mapping[str, Score], clearance: Clearance
) -> QuestionView:
    """Return the view of one question, with nothing in it of papers that the clearance does not cover."""
    question = case.topic.question
    open_to_reader = clearance.sees_all_of(case)
    reply = case.reply
    labels = sorted({label.value for score in scores.values() for label in score.labels})
    status = "error" if case.error is not None else "answered" if case.answered else "refused"
    return QuestionView(
        anchor=f"{set_name}--{question.qid}".replace(" ", "-"),
        qid=question.qid,
        question=question.question,
        kind=kind_of(question),
        verdict=verdict_of(scores),
        missed=tuple(_missed_gates(scores)),
        labels=tuple(labels),
        status=status,
        expected=(question.answer or "; ".join(question.answers)) if open_to_reader else WITHHELD,
        reason=_reason(case) if open_to_reader else WITHHELD,
        statements=tuple(_statements(case, clearance)),
        citations=tuple(_citation_view(case, one, clearance) for one in (reply.citations if reply else ())),
        nearest=tuple(_citation_view(case, one, clearance) for one in _nearest(case)),
        gold=tuple(_gold(case, clearance)),
        scores=tuple(_scores(scores, open_to_reader=open_to_reader)),
        seconds=case.seconds,
        restricted=not open_to_reader,
    )


def _reason(case: Case) -> str:
    if case.error is not None:
        return case.error
    return case.reply.not_found.reason if case.reply and case.reply.not_found else ""


def _nearest(case: Case) -> tuple[Citation, ...]:
    return case.reply.not_found.nearest if case.reply and case.reply.not_found else ()


def _statements(case: Case, clearance: Clearance) -> Iterator[StatementView]:
    """Yield the statements; one that rests on a paper that may not be shown is withheld whole."""
    if case.reply is None:
        return
    for statement in case.reply.statements:
        cited = case.reply.cited_by(statement)
        seen = len(cited) == len(statement.citations) and all(
            clearance.sees(case.corpus.get(one.document.id)) for one in cited
        )
        shown = seen or clearance.sees(None)
        yield StatementView(
            statement.text if shown else WITHHELD, statement.standing or "none given", statement.citations
        )


def _citation_view(case: Case, citation: Citation, clearance: Clearance) -> CitationView:
    document = case.corpus.get(citation.document.id)
    verdict = _citation_verdict(case, citation)
    if not clearance.sees(document):
        return CitationView(citation.n, verdict, WITHHELD, WITHHELD, ())
    page = f", page {citation.page.label or citation.page.number}" if citation.page else ""
    held_on = f", meeting of {citation.held_on}" if citation.held_on else ""
    source = f"{citation.document.file_name}{page}{held_on}"
    return CitationView(citation.n, verdict, source, citation.quote, of_citation(case, citation, case.corpus))


def _citation_verdict(case: Case, citation: Citation) -> str:
    if cited_span(case, citation) is None:
        return "not the paper's words there"
    if not case.topic.evidence:
        return "nothing answers this question"
    if gold_matched(case, citation):
        return "shows gold evidence"
    if is_correct(case, citation):
        return "judged correct"
    same = citation.document.id in case.topic.documents
    return Label.WRONG_PLACE.value if same else Label.WRONG_SOURCE.value


def _gold(case: Case, clearance: Clearance) -> Iterator[GoldView]:
    covered = {place.group for citation in case.cited for place in gold_matched(case, citation)}
    for place in case.topic.evidence:
        document = case.corpus.documents[place.document_id]
        if not clearance.sees(document):
            yield GoldView(place.group, WITHHELD, place.group in covered, ())
            continue
        page = document.page_at(place.span.start)
        source = f"{document.file_name}{f', page {page.label or page.number}' if page else ''}"
        pieces = excerpt(document, place.span, [], [place.span])
        yield GoldView(place.group, source, place.group in covered, pieces)


def _scores(scores: Mapping[str, Score], *, open_to_reader: bool) -> Iterator[ScoreView]:
    """Yield the scores that apply; reasons may name places and words, so they are withheld with the paper."""
    for name, score in scores.items():
        if score.value is not None:
            reason = score.reason if open_to_reader else WITHHELD
            yield ScoreView(name, title_of(name), score.value, reason)
