"""Citation accuracy against gold spans: by citation, by evidence, by character, page and paper.

A refusal of an answerable question cites nothing and scores 0: the reader got nothing. An answer without a
citation scores 0 too, never 1. Source, unless named otherwise: design/evaluation.md section 4.3.
"""

import re

from evals.cases import (
    Case,
    cited_span,
    groups_covered,
    is_correct,
    matches,
    merged,
    place_of,
    right_documents,
)
from evals.corpus import StoredDocument
from evals.replies import Citation
from evals.results import Label, Score, inapplicable, share
from qa_service.domain.spans import Span, trimmed

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_NO_EVIDENCE = "nothing answers this question"


def _nothing_cited(case: Case) -> Score | None:
    """Score a case that shows no citation; None where there is one to look at."""
    if not case.topic.evidence:
        return inapplicable(_NO_EVIDENCE)
    if case.cited:
        return None
    if case.answered:
        return Score(0.0, "answered without a citation", labels=(Label.UNCITED,))
    return Score(0.0, "refused", labels=(Label.FALSE_REFUSAL,))


def precision(case: Case) -> Score:
    """Share of the citations that show gold evidence (half of the shorter span), or were judged correct.

    Source: citation precision after ALCE (arXiv 2305.14627), with spans in place of entailment.
    """
    if nothing := _nothing_cited(case):
        return nothing
    wrong = [citation for citation in case.cited if not is_correct(case, citation)]
    labels = tuple(dict.fromkeys(_label(case, citation) for citation in wrong))
    score = share(len(case.cited) - len(wrong), len(case.cited), "citations show gold evidence")
    return Score(score.value, score.reason, tuple(map(place_of, wrong)), score.part, score.whole, labels)


def _label(case: Case, citation: Citation) -> Label:
    return Label.WRONG_PLACE if citation.document.id in right_documents(case) else Label.WRONG_SOURCE


def precision_of_answers(case: Case) -> Score:
    """Citation precision over the answerable questions that were answered; refusals are left out."""
    if case.topic.evidence and case.reply is not None and not case.answered:
        return inapplicable("refused")
    return precision(case)


def recall(case: Case) -> Score:
    """Share of the evidence groups that some citation shows: every clause of a list counts.

    Source: evidence-group recall; citation recall after ALCE (arXiv 2305.14627).
    """
    if not case.topic.evidence:
        return inapplicable(_NO_EVIDENCE)
    covered = groups_covered(case, case.cited)
    missing = [place for place in case.topic.evidence if place.group not in covered]
    score = share(len(covered), len(case.topic.groups), "pieces of evidence cited")
    places = tuple(f"missing {place.span.start}-{place.span.end}" for place in missing)
    labels = (Label.INCOMPLETE,) if missing and case.cited else ()
    return Score(score.value, score.reason, places, score.part, score.whole, labels)


def first_right(case: Case) -> Score:
    """1 where the first citation of the answer shows gold evidence."""
    if nothing := _nothing_cited(case):
        return nothing
    first = _first(case)
    right = is_correct(case, first)
    return Score(float(right), f"{place_of(first)} {'shows' if right else 'does not show'} gold evidence")


def _first(case: Case) -> Citation:
    """Return the citation that a reader meets first: that of the first statement that leads to one."""
    assert case.reply is not None
    for statement in case.reply.statements:
        for citation in case.reply.cited_by(statement):
            return citation
    return case.cited[0]


def best_sentence(case: Case) -> Score:
    """How much of what the first citation says answers best is gold, counted in sentences.

    That is its focus where it names one, else the quote. 1 or 0 for one sentence; the share of the sentences
    that match gold for more, so that quoting a whole page does not pass for finding the sentence.
    """
    if nothing := _nothing_cited(case):
        return nothing
    first = _first(case)
    span = cited_span(case, first)
    document = case.corpus.get(first.document.id)
    if span is None or document is None:
        return Score(0.0, f"{place_of(first)} is not what the paper says there")
    if first.focus is not None:  # a gate holds it to lie within the quote
        span = Span(first.focus.start, first.focus.end)
    sentences = sentence_spans(document.text, span)
    gold = [
        place.span
        for place in (*case.topic.evidence, *case.topic.judged_correct)
        if place.document_id == document.id
    ]
    right = sum(any(matches(sentence, one) for one in gold) for sentence in sentences)
    return share(right, len(sentences), "sentences of the first quote match gold")


def sentence_spans(text: str, span: Span) -> list[Span]:
    """Return the sentences and lines within a span, without the blanks around them; at least one."""
    found: list[Span] = []
    start = span.start
    for end in _SENTENCE_END.finditer(text, span.start, span.end):
        if piece := trimmed(text, start, end.start()):
            found.append(piece)
        start = end.end()
    if piece := trimmed(text, start, span.end):
        found.append(piece)
    return found or [span]


def _cited_spans(case: Case) -> list[tuple[str, Span]]:
    """Return what is truly cited, a character once."""
    shown = [(citation.document.id, cited_span(case, citation)) for citation in case.cited]
    return list(merged((id_, span) for id_, span in shown if span is not None))


def _misquoted_characters(case: Case) -> int:
    return sum(len(citation.quote) for citation in case.cited if cited_span(case, citation) is None)


def _gold_spans(case: Case) -> list[tuple[str, Span]]:
    places = (*case.topic.evidence, *case.topic.judged_correct)
    return list(merged((place.document_id, place.span) for place in places))


def _common(one: list[tuple[str, Span]], other: list[tuple[str, Span]]) -> int:
    return sum(span.overlap(second) for id_, span in one for other_id, second in other if id_ == other_id)


def characters_precision(case: Case) -> Score:
    """Share of the cited characters that are gold evidence; pooled, it is that of the whole run.

    A long quote buys recall and pays here. Source: LegalBench-RAG (arXiv 2408.10343).
    """
    if nothing := _nothing_cited(case):
        return nothing
    cited = _cited_spans(case)
    total = sum(len(span) for _, span in cited) + _misquoted_characters(case)
    if not total:
        return Score(0.0, "the quotes are empty", labels=(Label.TOO_SHORT,))
    return share(_common(cited, _gold_spans(case)), total, "cited characters are gold")


def characters_recall(case: Case) -> Score:
    """Share of the gold characters cited; of alternatives, the one that is cited most.

    Source: LegalBench-RAG (arXiv 2408.10343).
    """
    if not case.topic.evidence:
        return inapplicable(_NO_EVIDENCE)
    cited = _cited_spans(case)
    found = total = 0.0
    for group in case.topic.groups:
        places = [place for place in case.topic.evidence if place.group == group]
        shown = [(_common(cited, [(place.document_id, place.span)]), len(place.span)) for place in places]
        part, whole = max(shown, key=lambda one: (one[0] / one[1], -one[1]))
        found, total = found + part, total + whole
    return share(found, total, "gold characters cited")


def quote_characters(case: Case) -> Score:
    """Characters quoted in the answer, a character once: to be read beside precision."""
    if not case.cited:
        return inapplicable("nothing cited")
    length = sum(len(span) for _, span in _cited_spans(case)) + _misquoted_characters(case)
    return Score(float(length), f"{length} characters in {len(case.cited)} citations")


def _pages(document: StoredDocument | None, span: Span | None) -> set[tuple[str, int]]:
    if document is None or span is None:
        return set()
    touched = [page for page in document.pages if page.start < span.end and span.start < page.end]
    return {(document.id, page.number) for page in touched} or {(document.id, 0)}


def _gold_pages(case: Case) -> set[tuple[str, int]]:
    places = (*case.topic.evidence, *case.topic.judged_correct)
    found = [_pages(case.corpus.get(place.document_id), place.span) for place in places]
    return set().union(*found)


def page_precision(case: Case) -> Score:
    """Share of the citations on a page that holds gold; a paper without pages is one page."""
    if nothing := _nothing_cited(case):
        return nothing
    gold = _gold_pages(case)
    right = [c for c in case.cited if _pages(case.corpus.get(c.document.id), cited_span(case, c)) & gold]
    return share(len(right), len(case.cited), "citations on a page with gold")


def page_recall(case: Case) -> Score:
    """Share of the evidence groups of which some citation stands on the same page."""
    if not case.topic.evidence:
        return inapplicable(_NO_EVIDENCE)
    cited: set[tuple[str, int]] = set()
    for citation in case.cited:
        cited |= _pages(case.corpus.get(citation.document.id), cited_span(case, citation))
    covered = {
        place.group
        for place in case.topic.evidence
        if _pages(case.corpus.get(place.document_id), place.span) & cited
    }
    return share(len(covered), len(case.topic.groups), "pieces of evidence whose page is cited")


def document_precision(case: Case) -> Score:
    """Share of the citations from a paper that holds gold."""
    if nothing := _nothing_cited(case):
        return nothing
    right = right_documents(case)
    return share(
        sum(citation.document.id in right for citation in case.cited),
        len(case.cited),
        "citations, right paper",
    )


def document_recall(case: Case) -> Score:
    """Share of the evidence groups of which some paper is cited."""
    if not case.topic.evidence:
        return inapplicable(_NO_EVIDENCE)
    cited = {citation.document.id for citation in case.cited}
    covered = {place.group for place in case.topic.evidence if place.document_id in cited}
    return share(len(covered), len(case.topic.groups), "pieces of evidence whose paper is cited")


def right_source_when_wrong(case: Case) -> Score:
    """Of the citations that show no gold, the share from the right paper: the smaller harm."""
    if not case.topic.evidence:
        return inapplicable(_NO_EVIDENCE)
    wrong = [citation for citation in case.cited if not is_correct(case, citation)]
    if not wrong:
        return inapplicable("no wrong citation")
    right = right_documents(case)
    return share(sum(c.document.id in right for c in wrong), len(wrong), "wrong citations, right paper")


def citations_shown(case: Case) -> Score:
    """How many citations an answer has: a reader checks each."""
    if not case.answered:
        return inapplicable("no answer")
    return Score(float(len(case.cited)), f"{len(case.cited)} citations")
