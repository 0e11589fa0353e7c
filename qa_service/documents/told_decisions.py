"""Decisions told inside a sentence: "It was proposed by A, seconded by B and unanimously agreed that ..."."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa_service.documents.decisions import verb_of
from qa_service.domain.resolutions import Clause, Verb, Vote
from qa_service.domain.spans import Span, trimmed

_WHO = (
    r"(?-i:(?:(?:Cllrs?|Councillors?|Cyng|Mr|Mrs|Ms|Miss|Dr)\.?\s+)?"
    r"[A-Z][\w.'\u2019-]*(?:\s+[A-Z][\w.'\u2019-]*){0,3})"
)
_AGREED = r"(?:agreed|approved|resolved|carried|accepted)\b"
_MAJORITY = r"by\s+(?:a\s+)?majority(?:\s+decision)?"
_PROPOSED = (
    rf"(?:\bit\s+was\s+)?\bproposed\s+by\s+(?P<proposer>{_WHO}),?\s+(?:and\s+)?seconded\s+by\s+(?P<seconder>{_WHO})"
    rf"\s+and\s+(?:it\s+was\s+)?(?:(?:unanimously|{_MAJORITY})\s+)?{_AGREED}"
)
_PROPOSED_IN_WELSH = (
    rf"\bcynigiwyd\s+gan(?:\s+y)?\s+(?P<proposer>{_WHO}),?\s+(?:ac\s+)?eiliwyd\s+gan(?:\s+y)?\s+"
    rf"(?P<seconder>{_WHO})\s+(?:gyda\s+phawb\s+yn\s+gyt[u\u00fb]n|ac\s+roedd\s+pawb\s+yn\s+gyt[u\u00fb]n|"
    r"(?:a\s+)?cytunwyd\s+yn\s+unfrydol)"
)
_MOVED_BY_ONE = (
    rf"\b(?P<proposer>(?-i:The\s+Chair(?:man)?)|{_WHO})\s+proposed\s+that\s+(?P<moved>[^.]{{10,300}}?)\s+"
    r"and\s+it\s+was\s+agreed\s+unanimously"
)
_UNMOVED = rf"\bit\s+was\s+(?:unanimously|{_MAJORITY})\s+{_AGREED}"
_UNMOVED_IN_WELSH = r"\bcytunwyd\s+yn\s+unfrydol\b"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (_PROPOSED, _PROPOSED_IN_WELSH, _MOVED_BY_ONE, _UNMOVED, _UNMOVED_IN_WELSH)
)
_SENTENCE_END = re.compile(r"(?<!Cllr)(?<!Cyng)(?<!\s[A-Z])\.(?=\s+[A-Z(]|\s{3,}|\s*$)")
_UNANIMOUS = re.compile(r"unanimous|unfrydol|ph?awb\s+yn\s+gyt", re.IGNORECASE)
_CONJUNCTION = re.compile(r"[\s,;:-]*")


@dataclass(frozen=True, slots=True)
class ToldDecision:
    """One decision as told: its sentence, what was decided, who moved it."""

    span: Span
    clauses: tuple[Clause, ...]
    verb: Verb
    proposer: str | None
    seconder: str | None
    vote: Vote | None


def told_decisions(text: str, start: int, end: int) -> Iterator[ToldDecision]:
    """Yield the decisions that the sentences of `text[start:end]` tell, in order, none inside another."""
    matches = [match for form in _FORMS for match in form.finditer(text, start, end)]
    behind = start
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() < behind:
            continue
        stop = _SENTENCE_END.search(text, match.end(), end)
        behind = stop.end() if stop else end
        told = _told(text, match, behind)
        if told is not None:
            yield told


def _told(text: str, match: re.Match[str], end: int) -> ToldDecision | None:
    groups = match.groupdict()
    if groups.get("moved"):
        decided = trimmed(text, *match.span("moved"))
        end = match.end()
    else:
        behind = _CONJUNCTION.match(text, match.end(), end)
        decided = trimmed(text, behind.end() if behind else match.end(), end)
    if decided is None:
        return None
    vote = Vote(Span(match.start(), match.end()), unanimous=True) if _UNANIMOUS.search(match[0]) else None
    verb = verb_of(decided.of(text))
    return ToldDecision(
        Span(match.start(), max(decided.end, match.end())),
        (Clause(decided),),
        Verb.AGREED if verb is Verb.RESOLVED else verb,
        _name(groups.get("proposer")),
        _name(groups.get("seconder")),
        vote,
    )


def _name(words: str | None) -> str | None:
    return " ".join(words.split()) if words else None
