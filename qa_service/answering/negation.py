"""What is so does not tell what is not: those who voted for a budget are not those who did not.

Of 494 licensed training questions that ask what is not so nine in ten are answered by a sentence that holds a
word of denial; of other sentences nearby four in ten do.
"""

import re

from qa_service.answering.drafts import Draft, words_of
from qa_service.answering.refusal import Judgement
from qa_service.answering.request import Request
from qa_service.domain.explanations import Route
from qa_service.retrieval.fates_asked import fates_asked
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.negated import asks_what_is_not

_DENIES = re.compile(
    r"""\b(?:not|no|nor|none|never|neither|nobody|nothing|cannot|without|except\w*|exclud\w*|exclusi\w*|refus\w*|
    (?:other|rather)\s+than|instead|reject\w*|lost|declin\w*|unable|fail\w*|lack\w*|omit\w*|oppos\w*|object\w*|
    against|abst\w+|absen\w+|apolog\w*|prohibit\w*|banned|prevent\w*|avoid\w*|forb\w+|illegal|remov\w*|left\s+out|
    miss(?:ed|ing)|unless|stop\w*|ceas\w*|exempt\w*|apart|outside|outstanding|overdue|defer\w*|postpon\w*|
    withdr[ae]w\w*|abandon\w*|cancel\w*|drop\w*|den(?:y|ied|ies)|only|but|retain\w*|remain\w*|disagree\w*|
    in(?:ability|sufficient|eligible)\w*|un(?!der|ion|iq|it|iv|ti)\w+)\b | n['’]t\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Of a roll and of decisions only what plainly denies is told: "performance is not as targeted" does not.
_PLAINLY = re.compile(
    r"""\b(?:(?:be|to|that|and)\s+not|not\s+(?:to|be|been|approv|agre|support|endors|accept|adopt|proceed|pursu|progress|
    continu|renew|exten|grant|permit|recommend|present|attend)\w*|refus\w*|reject\w*|declin\w*|lost|defer\w*|
    withdr[ae]w\w*|abst\w+|absen\w+|apolog\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "... and who came instead?" asks what is so, too.
_MORE_ASKED = re.compile(r"\band\s+(?:who|what|which|when|where|why|how)\b", re.IGNORECASE)
_LESS_SURE = 0.3
_LISTS = frozenset({Route.ROLL, Route.AGENDA, Route.DECISION, Route.DEED})
_REASON = "nothing that was found on this says what was not done or is not so"


def as_negated(request: Request, told: tuple[list[Draft], Judgement]) -> tuple[list[Draft], Judgement]:
    """Return what was told, and how sure that is, where what is not so is asked.

    Of a list nothing but what denies; a sentence that denies nothing in these words is a third as sure. As it
    was where a vote tells its sides, the register what is open, and its fate what was lost or put off.
    """
    drafts, judgement = told
    asked = request.reading.own
    if not drafts or not asks_what_is_not(asked) or fates_asked(asked) is not None:
        return told
    route = next((each.route for each in reversed(request.trace.tried) if each.drafts), None)
    if route in {Route.REGISTER, Route.VOTE}:
        return told
    texts = [words_of(request.reader, each, request.allowed) for each in drafts]
    if route in _LISTS or request.reading.intent is Intent.ATTENDANCE:
        kept = [each for each, text in zip(drafts, texts, strict=True) if _PLAINLY.search(text)]
        if kept and _MORE_ASKED.search(asked):
            return told
        return kept, (judgement if kept else Judgement(0.1, _REASON))
    if any(_DENIES.search(text) for text in texts):
        return told
    return drafts, Judgement(judgement.confidence * _LESS_SURE, _REASON)
