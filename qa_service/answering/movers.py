"""Whose motion is asked about: who seconded Mr Hale's is not told by one that Mr Hale seconded."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from qa_service.answering.drafts import Draft, words_of
from qa_service.answering.refusal import Judgement
from qa_service.answering.request import Request
from qa_service.answering.signals import content_stems
from qa_service.answering.votes import SURNAME, TITLES
from qa_service.answering.weighing import Weighed
from qa_service.retrieval.asking import asking_sentence

_PERSON = rf"(?:(?:{'|'.join(TITLES)})\.?\s+)?{SURNAME}"
_ASKED = re.compile(
    rf"(?i:\bwho\s+(?P<did>seconded|proposed|moved))\s+(?:(?i:the)\s+)?{_PERSON}['’]s?\s+(?P<what>[^?]*)"
)
_MOTION = re.compile(
    r"\b(?:amendments?|motions?|proposals?|resolutions?|nominations?|elections?)\b", re.IGNORECASE
)
_GENERAL = frozenset(
    content_stems("amendment motion proposal resolution nomination election second propose move")
)
# Of what a motion is said to be on, how much its passage must say.
_LEAST_SHARE = 0.34


@dataclass(frozen=True, slots=True)
class MotionAsked:
    """A motion of the person with surname `name`: what whoever is asked for did to it, and what it is on."""

    name: str
    did: str
    subject: frozenset[str]


def motion_of(text: str) -> MotionAsked | None:
    """Return the person's motion of which a question asks who seconded or moved it; else None."""
    found = _ASKED.search(asking_sentence(text))
    if found is None or not _MOTION.search(found["what"]):
        return None
    return MotionAsked(found[2], found["did"].lower(), frozenset(content_stems(found["what"])) - _GENERAL)


def of_that_mover(
    request: Request, weighed: Weighed, told: tuple[list[Draft], Judgement]
) -> tuple[list[Draft], Judgement]:
    """Return what was told of motions of the person named, and on what they are said to be on.

    Where none is left the reason says whose was not found. As it was where nobody's motion is asked about.
    """
    drafts, _ = told
    asked = motion_of(request.reading.own)
    if not drafts or asked is None:
        return told
    kept = [
        each
        for each in drafts
        if not did_it(words_of(request.reader, each, request.allowed), asked.name, asked.did)
        and _is_on(each, asked.subject, weighed)
    ]
    reason = f"no motion of {asked.name}'s on this was found that says who {asked.did} it"
    return (kept, told[1]) if kept else ([], Judgement(0.1, reason))


def did_it(text: str, name: str, did: str) -> bool:
    """Return whether a text says that the person named did what it is asked who did: theirs it is not."""
    verb = "seconded" if did == "seconded" else r"(?:proposed|moved)"
    who = rf"(?:[\w.’'-]+\s+){{0,4}}?{re.escape(name)}\b"
    return (
        re.search(rf"\b{verb}\s+by:?\s+{who}|{re.escape(name)}\s+(?:\(\w+\)\s+)?{verb}\b", text) is not None
    )


def _is_on(draft: Draft, subject: AbstractSet[str], weighed: Weighed) -> bool:
    """Return whether the passage that a draft is quoted from says enough of a subject; True of no subject."""
    passages = (
        each.passage
        for each in weighed.units
        if each.passage.document_id == draft.document_id
        and each.passage.span.start <= draft.spans[0].start < each.passage.span.end
    )
    passage = next(passages, None)
    if not subject or passage is None:
        return True
    return len(subject & set(content_stems(f"{passage.header} {passage.text}"))) >= _LEAST_SHARE * len(
        subject
    )
