"""A question that a councillor puts is no answer to one: it gives way to the reply and to what is told.

"I will ask at the next meeting why the slip was closed" is more like "Why was the slip closed?" than the
reply below it. Where a paper prints the question and its reply under a heading, the reply answers, though it
may share no word with what is asked: "all work has been ordered".
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.demands import Demand, demands_of
from qa_service.answering.given import gives
from qa_service.answering.put_and_answered import PutQuestion, questions_around
from qa_service.answering.quotable import can_be_quoted
from qa_service.answering.request import Request
from qa_service.answering.weigher import Weigher
from qa_service.answering.weighing import Weighed, WeighedUnit, text_of
from qa_service.domain.spans import Span
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.intents import Intent

_PUTS = re.compile(
    r"""^[^\w“"]*(?:\(?\w{1,3}[.)]\s+)?(?:
    (?:I|we|[|!/1l])\s+(?:will|shall|wish\ to|would\ like\ to|am)\s+(?:ask|be\ asking)\b
    | question\s+(?:from|by|to|\d)\b
    | (?:to|for)\s+ask\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_ENDS_ASKING = re.compile(r"\?[\s\"”’*_)]*$")
# Whoever asks what was asked is answered by the question.
_ASKS_FOR_QUESTION = re.compile(
    r"""\b(?:ask(?:s|ed|ing)?|questions?|questioned|quer(?:y|ies|ied)|enquir\w*|inquir\w*|
    (?:what|who|which|issues?|concerns?|points?|matters?)\b[^?]*\brais(?:e[ds]?|ing)|
    want(?:s|ed)?\ to\ know|call(?:ed|s)?\ for|request\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Log-odds below the question put at which a sentence is still about what is asked.
_STILL_OF_IT = 2.0
# Log-odds from which on what another paper tells answers rather than the reply, the same below the question
# put and above the reply's best sentence: of other matters some sentence is always a little like it.
_LIKELY, _AS_NEAR, _BEYOND = 0.0, 3.5, 1.0
# Log-odds below a reply's best sentence at which its first does: it mostly begins with what it has to say.
_NEARLY = 1.0
# Sentences, best first, among which the question that was answered is looked for: agendas print it without.
_FIRST = 6
_FIGURES = frozenset({Demand.MONEY, Demand.NUMBER, Demand.SHARE})
_THANKS = re.compile(r"\W*thank(?:s| you)\b", re.IGNORECASE)


def with_replies(request: Request, weigher: Weigher, weighed: Weighed) -> Weighed:
    """Return the weighing with the reply in the place of the question put in writing that is weighed best.

    As it was where questions or who puts them are asked for, and where no sentence of the reply gives what is
    demanded. What others plainly tell goes before a reply that is less like what is asked.
    """
    asked = request.reading.own
    if not weighed.units or _ASKS_FOR_QUESTION.search(asking_sentence(asked)):
        return weighed
    put = _answered(request, weighed.units[:_FIRST])
    if put is None or put.reply is None or _is_of_asker(put, weighed.units[0], asked):
        return weighed
    reading, of_put = request.reading, {passage.row for passage in put.passages}
    known = [each for each in weighed.candidates if each.passage.row not in of_put]
    own = [replace(weighed.units[0].candidate, passage=passage) for passage in put.passages]
    whole = weigher.again(request.reader, reading.words, reading.intent, [*own, *known], request.allowed)
    said, replied = _words(put, put.put), _words(put, put.reply)
    of_reply = [each for each in whole.units if each.text in replied and each.passage.row in of_put]
    replies = _telling(of_reply, reading.intent, asked)
    if not replies:
        return weighed
    others = [each for each in whole.units if each.text not in {*said, *replied}]
    telling_it = (each for each in others if gives(each.text, demands_of(asked), asked))
    told = next((each.score for each in telling_it if not _is_put(each)), replies[0].score)
    if told > max(_LIKELY, weighed.units[0].score - _AS_NEAR, replies[0].score + _BEYOND):
        return replace(whole, units=tuple(each for each in whole.units if each.text not in said))
    return replace(whole, units=(*_lifted(replies, replied, weighed.units[0].score), *others))


def _answered(request: Request, units: Sequence[WeighedUnit]) -> PutQuestion | None:
    """Return the question with a reply that the best units put, of two copies the dated one; else None."""
    found: list[PutQuestion] = []
    for unit in units:
        near = questions_around(request.reader, unit.passage, request.allowed)
        put = next((each for each in near if each.heading.start <= unit.unit.start < each.put.end), None)
        if put is not None and put.reply is not None:
            found.append(put)
        elif put is None and not found:  # something else is told before any question that was answered
            break
    copies = [each for each in found if (each.by, each.to) == (found[0].by, found[0].to)]
    dated = (each for each in copies if each.passages[0].segment.held_on is not None)
    return next(dated, copies[0] if copies else None)


def _is_of_asker(put: PutQuestion, best: WeighedUnit, asked: str) -> bool:
    """Return whether a question is about what the one who put it says himself: named, or by a figure."""
    named = re.search(rf"\b{re.escape(put.by.split()[-1])}\b", asked, re.IGNORECASE) is not None
    figures = demands_of(asked) & _FIGURES
    return named or (bool(figures) and not _is_put(best) and gives(best.text, figures, asked))


def _words(put: PutQuestion, span: Span) -> list[str]:
    return [text_of(passage, unit) for passage, unit in put.units_of(span)]


def _telling(units: Sequence[WeighedUnit], intent: Intent, asked: str) -> list[WeighedUnit]:
    """Return the units of a reply, best first, that give what is demanded and are long enough to quote."""
    demands = demands_of(asked)
    return [
        each
        for each in units
        if gives(each.text, demands, asked)
        and (intent is not Intent.NUMBER or gives(each.text, {Demand.NUMBER}, asked))
        and can_be_quoted(each.passage, each.unit)
        and not _THANKS.match(each.text)
    ]


def _lifted(replies: Sequence[WeighedUnit], in_order: Sequence[str], score: float) -> list[WeighedUnit]:
    """Return a reply's units, best first, with at least a score: its first sentence where it is nearly best.

    Two have the score where they are so far from the question's words that these do not tell which answers.
    """
    near = [each for each in replies if each.score >= replies[0].score - _NEARLY]
    opening = next((text for text in in_order if not _THANKS.match(text)), "")
    first = next((each for each in near if each.text == opening), replies[0])
    rest = [each for each in replies if each is not first]
    alike = 1 if first.score < score - _STILL_OF_IT else 0
    lifted = [replace(each, score=max(score, each.score)) for each in (first, *rest[:alike])]
    return [*lifted, *rest[alike:]]


def telling(units: Sequence[WeighedUnit], asked: str) -> tuple[WeighedUnit, ...]:
    """Return weighed units, best first, without questions that somebody put, unless those are asked for.

    All of them where the best one tells something, or where nothing near it does.
    """
    if not units or not _is_put(units[0]) or _ASKS_FOR_QUESTION.search(asking_sentence(asked)):
        return tuple(units)
    told = tuple(each for each in units if not _is_put(each))
    return told if told and told[0].score >= units[0].score - _STILL_OF_IT else tuple(units)


def _is_put(unit: WeighedUnit) -> bool:
    text = " ".join(unit.text.split())
    return _PUTS.match(text) is not None or _ENDS_ASKING.search(text) is not None
