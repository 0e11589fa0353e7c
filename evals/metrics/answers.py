"""The answer as a whole: right words, right standing, all conditions, and whether it would do harm.

Source, unless named otherwise: design/evaluation.md sections 4.3 and 4.5.
"""

import re
import unicodedata

from evals.cases import (
    Case,
    cited_span,
    gold_matched,
    groups_covered,
    is_correct,
    matching,
    place_of,
    right_documents,
)
from evals.replies import Citation
from evals.results import Label, Score, inapplicable, share
from qa_service.domain.documents import DocumentKind, Part

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
RESOLVED = "resolved"


def normalised(text: str) -> str:
    """Return text in lower case without punctuation, articles and spare blanks; letters of any script stay.

    Source: the answer normalisation of SQuAD 1.1 (Rajpurkar et al., EMNLP 2016), with Unicode's classes.
    """
    lowered = unicodedata.normalize("NFC", text).lower()
    kept = "".join(" " if unicodedata.category(char)[0] in "PSZC" else char for char in lowered)
    return " ".join(_ARTICLES.sub(" ", kept).split())


def _stands_in(answer: str, text: str) -> bool:
    return f" {answer} " in f" {text} "


def answer_in_quote(case: Case) -> Score:
    """1 where a gold answer's words stand, whole words in a row, in a quote that is truly the paper's.

    Only for answers that are themselves words of the evidence; a yes or no is scored by its evidence.
    """
    evidence = [
        normalised(place.span.of(case.corpus.documents[place.document_id].text))
        for place in case.topic.evidence
    ]
    wanted = {normalised(answer) for answer in case.topic.question.answers} - {""}
    wanted = {answer for answer in wanted if any(_stands_in(answer, text) for text in evidence)}
    if not wanted:
        return inapplicable("the gold answer is not a piece of the evidence")
    quotes = [normalised(c.quote) for c in case.cited if cited_span(case, c) is not None]
    found = any(_stands_in(answer, quote) for answer in wanted for quote in quotes)
    return Score(float(found), "the answer stands in a quote" if found else "no quote holds the answer")


def conditions_quoted(case: Case) -> Score:
    """1 where every condition that gold attaches to the answer is cited.

    Source: ConditionalQA (Sun, Cohen and Salakhutdinov, ACL 2022): an answer without its conditions misleads.
    """
    groups = {place.group for place in case.topic.conditions}
    if not case.topic.evidence or not groups:
        return inapplicable("no conditions")
    shown = {
        place.group
        for citation in case.cited
        for place in matching(case.topic.conditions, citation.document.id, cited_span(case, citation))
    }
    return Score(float(shown >= groups), f"{len(shown & groups)} of {len(groups)} conditions cited")


def fully_correct(case: Case) -> Score:
    """1 where the question was answered with every citation correct and all evidence covered.

    Of an unanswerable question: 1 where it was refused. This is the headline: it has no denominator to
    hide in. A refusal of an answerable question is 0.
    """
    if not case.topic.question.answerable:
        return _refused_rightly(case)
    if not case.answered:
        return Score(0.0, "refused", labels=(Label.FALSE_REFUSAL,))
    wrong = [citation for citation in case.cited if not is_correct(case, citation)]
    missing = set(case.topic.groups) - groups_covered(case, case.cited)
    if not case.cited or wrong or missing:
        reason = f"{len(wrong)} of {len(case.cited)} citations wrong, {len(missing)} pieces missing"
        return Score(0.0, reason, tuple(map(place_of, wrong)))
    return Score(1.0, "every citation correct, all evidence cited")


def _refused_rightly(case: Case) -> Score:
    if case.answered:
        return Score(0.0, "answered, and nothing answers it", labels=(Label.FALSE_ANSWER,))
    return Score(1.0, "rightly refused")


def harmful(case: Case) -> Score:
    """1 where an answer cites a paper without gold, or answers an unanswerable question at all."""
    if not case.answered:
        return Score(0.0, "no answer, so no harm")
    if not case.topic.question.answerable:
        return Score(1.0, "answered, and nothing answers it", labels=(Label.FALSE_ANSWER,))
    right = right_documents(case)
    wrong = [citation for citation in case.cited if citation.document.id not in right]
    if wrong:
        return Score(
            1.0,
            f"{len(wrong)} citations from a wrong source",
            tuple(map(place_of, wrong)),
            labels=(Label.WRONG_SOURCE,),
        )
    return Score(0.0, "no wrong source")


def standing_right(case: Case) -> Score:
    """1 where every statement that shows gold evidence has gold's standing, and there is one."""
    wanted = case.topic.question.standing
    if not wanted or not case.topic.evidence:
        return inapplicable("gold names no standing")
    if case.reply is None or not case.answered:
        return Score(0.0, "refused", labels=(Label.FALSE_REFUSAL,))
    shown = [
        statement.standing
        for statement in case.reply.statements
        if any(gold_matched(case, citation) for citation in case.reply.cited_by(statement))
    ]
    wrong = sorted({str(standing) for standing in shown if standing != wanted})
    if wrong:
        return Score(0.0, f"{', '.join(wrong)} for {wanted}", labels=(Label.WRONG_STANDING,))
    return Score(float(bool(shown)), f"{len(shown)} statements, {wanted}" if shown else "evidence not shown")


def false_resolution(case: Case) -> Score:
    """1 where something is given as resolved that is not: the worst mistake here.

    Not resolved is what gold gives a lower standing, and any paper but minutes and records of decisions.
    Another true resolution is no false one: it is a wrong place, and counted as that.
    """
    wanted = case.topic.question.standing
    if not wanted:
        return inapplicable("gold names no standing")
    statements = case.reply.statements if case.reply is not None and case.answered else ()
    for number, statement in enumerate(statements, start=1):
        cited = case.reply.cited_by(statement) if case.reply else []
        for one in cited if statement.standing == RESOLVED else ():
            if not _may_be_resolved(case, one, wanted):
                reason = f"statement {number} says resolved of {place_of(one)}, gold {wanted}"
                return Score(1.0, reason, (place_of(one),), labels=(Label.WRONG_STANDING,))
    return Score(0.0, "nothing given as resolved that is not")


def _may_be_resolved(case: Case, citation: Citation, wanted: str) -> bool:
    """Return whether gold and the store leave it open that a place is a resolution.

    A pack holds minutes and reports: where the system does not tell its stretches, nothing is proven.
    """
    if gold_matched(case, citation):
        return wanted == RESOLVED
    document = case.corpus.get(citation.document.id)
    if document is None:
        return False
    stretch = document.segment_at(citation.start)
    told = (stretch and stretch.part) or document.kind
    return told in {Part.MINUTES, Part.DECISION_RECORD, DocumentKind.AGENDA_PACK}


def conflict_shown(case: Case) -> Score:
    """1 where both sides of a conflict are cited and the reply says that they conflict."""
    if case.topic.question.kind != "conflict" or not case.topic.evidence:
        return inapplicable("no conflict in gold")
    if case.reply is None:
        return Score(0.0, "no reply")
    by_number = {citation.n: citation for citation in case.cited}
    for conflict in case.reply.conflicts:
        cited = [by_number[number] for number in conflict.citations if number in by_number]
        if len(groups_covered(case, cited)) >= min(2, len(case.topic.groups)):
            return Score(1.0, "both sides cited and named a conflict")
    covered = groups_covered(case, case.cited)
    return Score(0.0, f"{len(covered)} of {len(case.topic.groups)} sides cited, not named a conflict")


def statements_backed(case: Case) -> Score:
    """Share of the statements with a citation that resolves: an upper bound on citation recall.

    Source: ALCE (arXiv 2305.14627), without its entailment model; design/evaluation.md section 4.6.
    """
    if case.reply is None or not case.reply.statements:
        return inapplicable("nothing stated")
    backed = [
        statement
        for statement in case.reply.statements
        if any(cited_span(case, citation) is not None for citation in case.reply.cited_by(statement))
    ]
    return share(len(backed), len(case.reply.statements), "statements with a citation that resolves")


def invalid_citations(case: Case) -> Score:
    """Share of the citation numbers in statements that lead to no paper: good ones beside hide none."""
    if case.reply is None or not any(statement.citations for statement in case.reply.statements):
        return inapplicable("no citation number")
    known = {citation.n for citation in case.reply.citations if case.corpus.get(citation.document.id)}
    numbers = [number for statement in case.reply.statements for number in statement.citations]
    invalid = sum(number not in known for number in numbers)
    labels = (Label.UNRESOLVED,) if invalid else ()
    score = share(invalid, len(numbers), "citation numbers lead nowhere")
    return Score(score.value, score.reason, (), score.part, score.whole, labels)
