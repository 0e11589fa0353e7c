"""What is asked, without the words around it: of "Please can you tell me who chaired it?" "Who chaired it?".

What reads questions reads their first words; people put others before them. A clause in indirect order is put
in that of a question where it is plain how. A question with no words around it comes back as it was.
"""

import re

from qa_service.retrieval.asking import in_sentences
from qa_service.retrieval.indirect import asked_as_yes_or_no, asked_directly, is_auxiliary
from qa_service.retrieval.wrappings import (
    BID,
    CLOSINGS,
    HEADS,
    IS_IT_SO,
    MERE_COURTESY,
    NO_COURTESY,
    NOUN,
    ON_SUBJECT,
    OPENINGS,
    QUESTION_WORD,
    THANKED_FIRST,
    THANKS,
)

_MOST_WRAPPINGS = 6
_FLAGS = re.IGNORECASE | re.DOTALL
_LEADS = re.compile(r"(?:and|but|so|also|then)\s+", _FLAGS)
_OPENS_QUESTION = re.compile(
    rf"(?:(?:as\s+to|about|of|exactly|on(?=\s+(?:who|when|where|why|how)\b))\s+)?(?P<asked>{QUESTION_WORD}.*)$",
    _FLAGS,
)
_WHETHER = re.compile(r"(?:as\s+to\s+)?(?:whether|if)\s+(?P<clause>.*)$", _FLAGS)
# "In May, what was agreed?", "If they say no, when will it be known?", "the minutes of which meeting ...?"
_ASKS_LATER = re.compile(
    rf"[^,?]+,\s*(?:{QUESTION_WORD}(?:\s+(?:many|much|long|often|far|big|\w+\s+of))?(?:\s+[\w’'-]+){{0,2}}?\s+)?"
    r"(?:is|are|was|were|did|does|do|has|have|had|will|would|can|could|should|must|came|went)\b"
    rf"|(?!{QUESTION_WORD})(?:at|in|on|by|from|for|before|after|since|until|during|apart|compared)\s[^,?]+,\s*{QUESTION_WORD}"
    r"|the\s+[\w’'-]+\s+(?:of|for|from)\s+(?:which|whose|what|whom)\b",
    _FLAGS,
)
# "Who came and whether it was quorate": each is put in direct order.
_AND_ASKS = re.compile(rf"(?<=\w),?\s+(?:and|or|but)\s+(?={QUESTION_WORD}|whether\b|if\b)", _FLAGS)
_MEETING = re.compile(
    r"(?:the|our|your)\s+(?!next\b)(?:[\w’'&-]+\s+){0,8}meeting"
    r"(?:\s+(?:of|in|on|held|at|last|this)\b.*)?$",
    _FLAGS,
)
_IN_OFFICE = re.compile(r"(?:chair\w*|mayor|leader|clerk|director|officer|councillor)$", re.IGNORECASE)
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|did|does)\b", re.IGNORECASE)
_OF_ASKER = re.compile(r"(?:i|we|my|our)\b", re.IGNORECASE)
_JOINED = re.compile(
    r"\s*,?\s+(?:and|so|but)\s+(?=(?:i|we|am|was|were|can|could|would|please|do)\b)", re.IGNORECASE
)
_ENDS = " .?!,;"


def plain_words(text: str) -> str:
    """Return a question without the words around what it asks, in direct order; as it is where it has none.

    Of several sentences the one that asks is put plainly; those of mere courtesy are left out.
    """
    sentences = [
        part
        for sentence in in_sentences(_without_closings(text.strip()))
        if not _is_mere(sentence)
        for part in _told_and_asked(sentence)
    ]
    if not sentences:
        return text
    at = _asking_at(sentences)
    sentences[at] = _unwrapped(sentences[at])
    said = " ".join(sentences)
    return text if said.split() == text.split() else said


def _asking_at(sentences: list[str]) -> int:
    """Return which sentence asks: the last with a question mark, or else the last that has a wrapping."""
    backwards = range(len(sentences) - 1, -1, -1)
    marked = (at for at in backwards if sentences[at].endswith("?"))
    wrapped = (at for at in backwards if _unwrapped(sentences[at]) != sentences[at])
    return next(marked, next(wrapped, len(sentences) - 1))


def _is_mere(sentence: str) -> bool:
    """Return whether a sentence is a courtesy: "Hello.", "Thanks!", "Does anyone know?"."""
    head = HEADS.match(sentence)
    asks_nothing = head is not None and not sentence[head.end() :].strip(_ENDS)
    return asks_nothing or MERE_COURTESY.fullmatch(sentence) is not None


def _told_and_asked(sentence: str) -> list[str]:
    """Return "I live in Tolbury and I'd like to know ..." in two: what the asker tells, and what they ask."""
    opening = OPENINGS.match(sentence)
    said = sentence[opening.end() :] if opening else sentence
    for joint in _JOINED.finditer(said) if _OF_ASKER.match(said) else ():
        if HEADS.match(said[joint.end() :]) and not HEADS.match(said):
            return [f"{said[: joint.start()]}.", said[joint.end() :]]
    return [sentence]


def _without_closings(text: str) -> str:
    for _ in range(_MOST_WRAPPINGS):
        closing = CLOSINGS.search(text)
        before = text[: closing.start()].strip() if closing else ""
        if closing is None or not before or (THANKS.match(closing[0]) and NO_COURTESY.search(before)):
            return text
        mark = "?" if "?" in closing[0] and not before.endswith("?") else ""
        text = before.rstrip(" ,;:–—-") + mark
    return text


def _unwrapped(sentence: str) -> str:
    thanks = THANKED_FIRST.match(sentence)
    said = sentence[thanks.end() :] if thanks else sentence
    lead = _LEADS.match(said)
    before, asked = (lead[0], said[lead.end() :]) if lead else ("", said)
    plain = asked
    for _ in range(_MOST_WRAPPINGS):
        opening = OPENINGS.match(plain)
        rest = plain[opening.end() :] if opening else plain
        peeled = _peeled(rest)
        if peeled is None and not opening:
            break
        plain = rest if peeled is None else peeled
    if (plain == asked and not thanks) or not plain.strip(_ENDS):
        return sentence
    said = before + plain
    return said if lead and not thanks else said[:1].upper() + said[1:]


def _peeled(asked: str) -> str | None:
    """Return what is asked inside one wrapping; None where there is none."""
    body = asked.rstrip(_ENDS)
    head = HEADS.match(body)
    inner = _question_in(body[head.end() :].lstrip(" ,:;–—-")) if head else None
    if inner is not None:
        return f"{inner}?"
    if (told := ON_SUBJECT.match(body)) is not None:
        return _on_subject(told["subject"])
    if (named := NOUN.match(body)) is not None and not _FINITE.search(named["noun"]):
        return _asking_noun(named["noun"], named["head"])
    bare = _WHETHER.match(body) if body.lower().startswith("whether") else None
    if (claimed := IS_IT_SO.match(body) or bare) is not None:
        turned = asked_as_yes_or_no(claimed["clause"])
        return None if turned is None else f"{turned}?"
    return bid["bid"] if (bid := BID.match(body)) is not None else None


def _question_in(clause: str) -> str | None:
    """Return the question that a clause asks, in direct order where that is plain; None where it is none."""
    if (lead := _LEADS.match(clause)) is not None:
        inner = _question_in(clause[lead.end() :])
        return None if inner is None else lead[0] + inner
    if _ASKS_LATER.match(clause):
        return clause
    if (second := _AND_ASKS.search(clause)) is not None:
        parts = _question_in(clause[: second.start()]), _question_in(clause[second.end() :])
        return None if None in parts else f"{parts[0]}{second[0]}{parts[1]}"
    if (opened := _OPENS_QUESTION.match(clause)) is not None:
        return asked_directly(opened["asked"]) or opened["asked"]
    if (whether := _WHETHER.match(clause)) is not None:
        return asked_as_yes_or_no(whether["clause"]) or clause
    first = clause.split(maxsplit=1)[0] if clause else ""
    return clause if is_auxiliary(first) and not first[0].isupper() else None


def _on_subject(subject: str) -> str:
    """Return the question for all there is on a subject, or for what happened at a meeting."""
    return f"what happened at {subject}?" if _MEETING.match(subject) else f"what is there on {subject}?"


def _asking_noun(noun: str, head: str) -> str:
    """Return the question for what somebody begs to be told: "the date of the next meeting"."""
    if _IN_OFFICE.search(head):
        return f"who is {noun}?"
    several = head.endswith("s") and not head.endswith("ss")
    return f"what {'are' if several else 'is'} {noun}?"
