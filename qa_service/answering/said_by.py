"""Whose words are asked for: what others said is no answer to "What did Mr Hale say about the mill?"."""

import re
from collections.abc import Collection
from dataclasses import replace

from qa_service.answering.reasons import of_names
from qa_service.answering.votes import SURNAME, TITLES, naming, persons_named
from qa_service.answering.weighing import Weighed, WeighedUnit, text_of
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading

_TITLED = rf"(?:{'|'.join(TITLES)})\.?\s+{SURNAME}"
_ANY_PERSON = re.compile(rf"\b{_TITLED}")
_SAYS = (
    r"(?:(?:have|got)\s+to\s+say|say|said|think|thought|argue|argued|warn|warned|claim|claimed|believe|believed|"
    r"feel|felt|explain|explained|comment|commented|remark|remarked|tell|told|add|added|report|reported)\b"
)
_ASKED = re.compile(
    rf"(?i:\bwhat)\s+(?:did|does|has|had|else\s+did)\s+{_TITLED}\s+(?:\w+ly\s+)?(?:{_SAYS})"
    rf"|(?i:\bwhat)\s+(?:was|were|is)\s+{_TITLED}['’]s?\s+(?:views?|opinions?|concerns?|comments?|argument)\b"
)

# "Why did Mr Hale leave the meeting?": what tells of others' deeds is no answer.
_DID = re.compile(
    rf"(?i:\b(?:why|when|where|how(?:\s+(?:much|many|long|often))?))\s+(?:did|was|were|has|had)\s+{_TITLED}"
)
# Sentences around one in which a person may be named whose deed it tells, and log-odds behind the best.
_CLOSE, _NEAR = 2, 2.5

# What names somebody and no vote tells of no vote of theirs.
_OF_A_VOTE = re.compile(r"\bvot(?:e[ds]?|ing)\b|\babst(?:ain|ention)|^\W*(?:for|against)\b", re.IGNORECASE)
_SIDE = re.compile(r"^\W*(?:for|against|abst\w+)\b[^\w\n]*(?:\d+)?\W*\Z", re.IGNORECASE | re.MULTILINE)
# A line that says who put or moved something says nothing of what was said.
_ONLY_NAMES = re.compile(
    r"\W*(?:question\b[^.?]{0,30}\b(?:by|from)|proposer|seconder|present|apologies|in\s+attendance|attendees)\b|"
    r"\W*(?:to|from|report\s+(?:of|by|author)|author|lead\s+(?:member|officer)|cabinet\s+member|contact)\s*:",
    re.IGNORECASE,
)
# Whoever was away said nothing.
_SENT_APOLOGIES = re.compile(r"\b(?:sent|gave|given|received)\b[^.;]{0,30}\bapologies\b", re.IGNORECASE)
_AWAY = re.compile(rf"(?i:\bin\s+(?:the\s+)?absence\s+of)\s+{_TITLED}|(?i:\bin)\s+{_TITLED}['’]s?\s+absence")
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s*$")
_PUT_BY = re.compile(
    r"\bquestion(?:\s+\w+)?\s+(?:by|from)\s+(?P<who>[^\n]{0,60}?)(?:\s+to\b|\n|$)", re.IGNORECASE
)
_REPLY = re.compile(r"^\W*(?:answer|reply|response)\b", re.IGNORECASE | re.MULTILINE)


def of_those_asked(reading: Reading, weighed: Weighed) -> tuple[Weighed, str | None]:
    """Return what was weighed of those whose vote or words are asked for, and why where there is nothing.

    As it was, and None, where nobody's are. A sentence is somebody's where it or the heading above it names
    them, where nobody else is named between them and it, and in the question that they put.
    """
    if reading.intent is Intent.VOTE and (voters := persons_named(reading.text)):
        units = tuple(each for each in naming(weighed, voters).units if is_of_a_vote(each))
        why = None if units else f"no vote recorded on this in the papers lists {of_names(voters)}"
        return replace(weighed, units=units), why
    if (speakers := speakers_asked(reading.own)) and weighed.units:
        units = tuple(each for each in weighed.units if is_of(each, speakers))
        why = None if units else f"nothing that was found on this tells what {of_names(speakers)} said"
        return replace(weighed, units=units), why
    if (doers := doers_asked(reading.own)) and weighed.units:
        floor = weighed.units[0].score - _NEAR
        units = tuple(each for each in weighed.units if each.score >= floor and _tells_of(each, doers))
        why = None if units else f"nothing that was found on this names {of_names(doers)}"
        return replace(weighed, units=units), why
    return weighed, None


def is_of_a_vote(weighed: WeighedUnit) -> bool:
    """Return whether a sentence, or a list of names right under the side that they took, tells of a vote."""
    return _OF_A_VOTE.search(weighed.text) is not None or _SIDE.search(_before(weighed)) is not None


def speakers_asked(text: str) -> tuple[str, ...]:
    """Return the surname of the titled person whose words a question asks for; none where it does not."""
    found = _ASKED.search(asking_sentence(text))
    return () if found is None else tuple(name for name in found.groups() if name)


def doers_asked(text: str) -> tuple[str, ...]:
    """Return the surname of the titled person of whose deed is asked why, when, where or how; else none."""
    found = _DID.search(asking_sentence(text))
    return () if found is None else tuple(name for name in found.groups() if name)


def is_of(weighed: WeighedUnit, speakers: Collection[str]) -> bool:
    """Return whether a sentence is what one of some persons, known by surname, said or put."""
    passage = weighed.passage
    if _ONLY_NAMES.match(weighed.text) or _SENT_APOLOGIES.search(weighed.text):
        return False
    if any(_names(_AWAY.sub(" ", weighed.text), name) for name in speakers):
        return True
    before = _before(weighed)
    headed = any(_names(passage.header, name) for name in speakers)
    if headed and _REPLY.search(f"{before}{weighed.text}") is None:
        return True
    if _ANY_PERSON.search(weighed.text) or not _SENTENCE_END.search(weighed.text):
        return False
    named = _ANY_PERSON.findall(before)
    return (bool(named) and named[-1] in speakers) or _put_by(before, speakers)


def _tells_of(weighed: WeighedUnit, persons: Collection[str]) -> bool:
    """Return whether a sentence, its heading or one close by names one of some persons."""
    passage, at = weighed.passage, weighed.index
    around = passage.units[max(0, at - _CLOSE) : at + _CLOSE + 1]
    texts = (passage.header, *(text_of(passage, each) for each in around))
    return any(_names(text, name) for text in texts for name in persons)


def _before(weighed: WeighedUnit) -> str:
    """Return what stands before a unit in its passage."""
    return weighed.passage.text[: weighed.unit.start - weighed.passage.span.start]


def _put_by(before: str, speakers: Collection[str]) -> bool:
    """Return whether the last question put in a text is one of theirs, and its reply has not begun."""
    put = list(_PUT_BY.finditer(before))
    return (
        bool(put)
        and _REPLY.search(before, put[-1].end()) is None
        and any(_names(put[-1]["who"], name) for name in speakers)
    )


def _names(text: str, surname: str) -> bool:
    return re.search(rf"\b{re.escape(surname)}\b", text) is not None
