"""What is said in general to somebody whose own case names what no paper does: openly, and less surely."""

import re

from qa_service.answering.absence import unmentioned
from qa_service.answering.drafts import Draft, words_of
from qa_service.answering.reasons import unnamed
from qa_service.answering.refusal import Judgement, least_confidence
from qa_service.answering.request import Request
from qa_service.answering.weighing import Weighed
from qa_service.retrieval.names import names_in

# Whatever is told so stays far below SURE, and is told at all where it would else be a third sure. Of 900
# questions on guidance pages (ConditionalQA, training part) six are told so, all six rightly, and none
# of them was answered before; four of our own on council papers, less sure, were told nothing to the point.
_LESS_SURE = 0.3
# What holds in a whole country is said in general.
_COUNTRIES = "England Wales Scotland Northern Ireland Great Britain United Kingdom UK Europe European Union"
_WHERE = re.compile(r"\b(?:in|into|at|near|around)\s+(?:the\s+)?$", re.IGNORECASE)
_SHORT = re.compile(r"[A-Z0-9]{2,}s?")


def in_general(
    request: Request, weighed: Weighed, told: tuple[list[Draft], Judgement]
) -> tuple[list[Draft], Judgement]:
    """Return what was told, without what is said of some other place, and how sure that is.

    As it was where the papers mention all that the question names.
    """
    drafts, judgement = told
    if not drafts or not (absent := unmentioned(request.reading, weighed)):
        return told
    reader, allowed = request.reader, request.allowed
    kept = [each for each in drafts if not _of_a_place(words_of(reader, each, allowed), weighed)]
    confidence = judgement.confidence * _LESS_SURE
    reason = unnamed(request.reading, absent)
    if kept and confidence >= least_confidence():
        request.trace.notes.append(f"{reason}: what follows is said in general")
    return kept, Judgement(confidence, reason)


def _of_a_place(text: str, weighed: Weighed) -> bool:
    """Return whether a text tells of something in a place that it names: a rule for all names none."""
    councils = {each.passage.segment.council or "" for each in weighed.units}
    for name in names_in(text, (weighed.signals.text, _COUNTRIES, *councils)):
        ahead = (text[: found.start()] for found in re.finditer(rf"\b{re.escape(name)}\b", text))
        if not _SHORT.fullmatch(name) and any(_WHERE.search(before) for before in ahead):
            return True
    return False
