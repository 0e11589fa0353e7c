"""Decisions told inside a sentence: "It was proposed by A, seconded by B and unanimously agreed that ...".

Also those that a sentence states without mover or vote, "The presentation was noted": these only in minutes
of an item that mark no decision otherwise, for beside a RESOLVED such a sentence tells how it came to it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qa_service.documents.blocks import Context
from qa_service.documents.decisions import drafted, verb_of
from qa_service.documents.votes import told_vote
from qa_service.domain.resolutions import Clause, Outcome, Resolution, Standing, Verb, Vote
from qa_service.domain.spans import Span, trimmed

_WHO = (
    r"(?-i:(?:(?:Cllrs?|Councillors?|Cyng|Cmhlr|Mr|Mrs|Ms|Miss|Dr)\.?\s+)?"
    r"[A-Z\u00c0-\u00de][\w.'\u2019-]*(?:\s+[A-Z\u00c0-\u00de][\w.'\u2019-]*){0,3}(?:\s+\([A-Z]{1,2}\.?\))?)"
)
_AGREED = r"(?:agreed|approved|resolved|carried|accepted)\b"
_MAJORITY = r"by\s+(?:a\s+)?majority(?:\s+decision)?"
_PROPOSED = (
    rf"(?:\bit\s+was\s+)?\bproposed\s+by\s+(?P<proposer>{_WHO}),?\s+(?:and\s+)?seconded\s+by\s+(?P<seconder>{_WHO})"
    rf"\s+and\s+(?:it\s+was\s+)?(?:(?:unanimously|{_MAJORITY})\s+)?{_AGREED}"
)
_BY = (
    rf"\bon\s+the\s+proposal\s+of\s+(?P<proposer>{_WHO}),?\s+(?:and\s+)?seconded\s+by\s+(?P<seconder>{_WHO})"
)
_ON_PROPOSAL = rf"{_BY},?\s+(?:and\s+)?it\s+was\s+(?:(?:unanimously|{_MAJORITY})\s+)?(?:{_AGREED}|decided\b)"
_AGREED_ON_PROPOSAL = rf"\bit\s+was\s+(?:unanimously\s+)?(?:{_AGREED}|decided),?\s+{_BY}"
_PROPOSED_IN_WELSH = (
    rf"\bcynigiwyd\s+gan(?:\s+y)?\s+(?P<proposer>{_WHO}),?\s+(?:ac\s+)?eiliwyd\s+gan(?:\s+y)?\s+"
    rf"(?P<seconder>{_WHO})\s+(?:gyda\s+phawb\s+yn\s+gyt[u\u00fb]n|ac\s+roedd\s+pawb\s+yn\s+gyt[u\u00fb]n|"
    r"(?:a\s+)?cytunwyd\s+yn\s+unfrydol)"
)
_MOVED_BY_ONE = (
    rf"\b(?P<proposer>(?-i:The\s+Chair(?:man)?)|{_WHO})\s+proposed\s+that\s+(?P<moved>[^.]{{10,300}}?)\s+"
    r"and\s+it\s+was\s+agreed\s+unanimously"
)
_SECONDED = (
    rf"\b(?:moved|proposed)(?:,|\s+and)?\s+(?:duly\s+)?seconded,?\s+and\s+(?:it\s+was\s+)?"
    rf"(?:(?:unanimously|{_MAJORITY})\s+)?{_AGREED}(?=\s+(?:that|to)\b)"
)
# In capitals within a sentence too it is the record's own word, unless of what had been before.
_IN_CAPITALS = (
    r"\b(?:it\s+was|(?:Cabinet|Council|Committee|Panel|Board|Executive))(?:\s+unanimously)?\s+(?-i:RESOLVED)"
    r"(?:\s+unanimously)?(?=\s+(?:that|to)\b)"
)
_UNMOVED = rf"\bit\s+was\s+(?:unanimously|{_MAJORITY})\s+{_AGREED}"
_UNMOVED_IN_WELSH = r"\bcytunwyd\s+yn\s+unfrydol\b"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        _PROPOSED,
        _ON_PROPOSAL,
        _AGREED_ON_PROPOSAL,
        _PROPOSED_IN_WELSH,
        _MOVED_BY_ONE,
        _SECONDED,
        _IN_CAPITALS,
        _UNMOVED,
        _UNMOVED_IN_WELSH,
    )
)
_PAPER = (
    r"(?:minutes|reports?|presentations?|lists?|updates?|papers?|(?:forward|work(?:ing)?)\s+(?:programmes?|plans?)|"
    r"action\s+plans?|timetables?|positions?|recommendations?|petitions?|accounts|budget|precept|policy|policies|"
    r"strategy|strategies|statements?|terms\s+of\s+reference|nominations?|item|"
    r"amendments?|proposals?|applications?)"
)
_DONE = (
    r"(?:noted|agreed|approved|adopted|endorsed|received|accepted|deferred|confirmed|ratified|"
    r"refused|rejected)"
)
_BEFORE_PAPER = r"(?:[\w\u2019'()/&-]+\s+){0,4}?"
_OF_PAPER = r"(?:\s+(?:of|for|on|from|in|as|held|to)\b[^.;:]{1,110}?)?"
_STATED = re.compile(
    rf"(?:The|This)\s+{_BEFORE_PAPER}{_PAPER}{_OF_PAPER},?\s+(?:was|were)\s+(?:(?:unanimously|duly|formally|then)\s+)?"
    rf"{_DONE}\b(?=\s*\.|\s*,|\s+(?:and|with|as|until|to|unanimously|subject)\b)"
)
_TAKEN = re.compile(
    r"The\s+(?:Cabinet|Executive|Council|Committee|Panel|Board)\s+took\s+decision\s+\d\d/\d{3,6}\b"
)
_IT_WAS_AGREED = re.compile(
    r"It\s+was\s+(?:agreed|resolved|decided)\s+(?:that(?!\s+(?:the|a)\s+vote)|to(?!\s+take\s+a\s+vote))\b"
)
_BODY = r"(?:Cabinet|Council|(?:Sub-)?Committee|Panel|Board|(?<!Chief )Executive|Authority|Forum|Members)"
# That something be done, or to do it: "agreed that the practice was undesirable" is an opinion.
_WILL = r"(?:be|should|would|shall|remain|continue|stand)\b"
_TITLE_STOP = r"(?:(?<=\bMr)|(?<=\bMs)|(?<=\bDr)|(?<=\bSt)|(?<=\bMrs)|(?<=\bCllr))\."
_AGREED_WITHIN = re.compile(
    rf"(?<!\bthat )\b(?:[Ii]t\s+was|(?:[Tt]he\s+)?{_BODY})\s+"
    r"(?:(?:then|further|also|unanimously|accordingly|therefore)\s+)?"
    r"agreed(?:\s+accordingly|,?\s+by\s+[\w-]+\s+votes?\s+to\s+[\w-]+,?)?"
    r"\s+(?:to\s+(?!(?:this|these|that|same|take\s+a\s+vote)\b)[a-z]{2,}|"
    rf"that\b(?!\s+(?:the|a)\s+vote\b)(?:(?!\b(?:was|were|is|are|had|has)\b)(?:[^.;]|{_TITLE_STOP})){{3,200}}?\s{_WILL})"
)
# Of another meeting, or as somebody said: "At that meeting, Members agreed to ...". A clause of the minutes'
# own behind what was said, "..., and the Panel agreed to ...", is neither.
TOLD_OF = re.compile(
    r"\b(?:(?:that|last|previous|earlier)\s+meeting|previously|earlier|last\s+(?:year|month)|in\s+\d{4}|"
    r"(?:said|reported|advised|stated|noted|explained|confirmed|reminded|recalled|replied|reiterated)\b[^,;]*\sthat)"
    r"\b(?![^.;]*,\s+(?:and|but)\s+[^,.;]{0,60}\Z)[^.;]*\Z",
    re.IGNORECASE,
)
_BEFORE = 200  # characters
_WITHDRAWN = re.compile(
    rf"(?P<proposer>{_WHO})\s+gave\s+notice\s+of\s+an?\s+(?:amendment|motion)\b[^.]{{1,220}}?\bwithdr(?:ew|awn)\b"
)
_OPENS = re.compile(
    r"(?:^|[.!?:\u201d\"]|(?:^|\n)\s*\(?\w{1,4}[.)]|(?:^|\n)\s*\d{1,2}(?:\.\d{1,2})*\.?)\s*\Z"
)
_SENTENCE_END = re.compile(
    r"(?<!Cllr)(?<!Cllrs)(?<!Cyng)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\s[A-Z])\.(?=\s+(?:[A-Z(]|[\d.]{1,14}[a-z]{0,5}\))|\s{3,}|\s*$)"
)
_UNANIMOUS = re.compile(r"unanimous|unfrydol|ph?awb\s+yn\s+gyt", re.IGNORECASE)
_SENTENCE_START = re.compile(r"[.!?:;\u201d]\s+(?=\S)|\n[ \t]*\n\s*")
_WORDS = re.compile(r"\w{2,}")
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
    standing: Standing = Standing.RESOLVED
    outcome: Outcome = Outcome.CARRIED

    def at(self, context: Context) -> Resolution:
        """Return the decision as an entry of the register at its place in the minutes."""
        entry = drafted(context, self.span, self.clauses, self.verb, self.standing)
        return replace(
            entry, proposer=self.proposer, seconder=self.seconder, vote=self.vote, outcome=self.outcome
        )


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


def stated_decisions(text: str, start: int, end: int) -> Iterator[ToldDecision]:
    """Yield the decisions that whole sentences of `text[start:end]` state, in order; movers stay unnamed."""
    forms = (_STATED, _TAKEN, _IT_WAS_AGREED, _AGREED_WITHIN)
    behind = start
    for match in sorted((m for form in forms for m in form.finditer(text, start, end)), key=re.Match.start):
        first = match.start()
        if match.re is _AGREED_WITHIN:
            opening = sentence_start(text, start, first)
            if TOLD_OF.search(text, max(0, first - _BEFORE), first):  # also over the end of a page
                continue
            # A sentence that a page interrupts is told from where it says what was agreed.
            first = first if text[opening].islower() else opening
        if first < behind or not (match.re is _AGREED_WITHIN or _opens_sentence(text, start, first)):
            continue
        stop = _SENTENCE_END.search(text, match.end(), end)
        span = trimmed(text, first, stop.end() if stop else end)
        if span is not None:
            behind = span.end
            vote = told_vote(text, match.start(), match.end())
            yield ToldDecision(span, (Clause(span),), verb_of(match[0]), None, None, vote)


def withdrawn_motions(text: str, start: int, end: int) -> Iterator[ToldDecision]:
    """Yield the motions of which the sentence that gives notice also says that they were withdrawn."""
    for match in _WITHDRAWN.finditer(text, start, end):
        stop = _SENTENCE_END.search(text, match.end(), end)
        span = Span(match.start(), stop.end() if stop else match.end())
        yield ToldDecision(
            span,
            (Clause(span),),
            Verb.RESOLVED,
            _name(match["proposer"]),
            None,
            None,
            Standing.PROPOSED,
            Outcome.WITHDRAWN,
        )


def _opens_sentence(text: str, start: int, at: int) -> bool:
    """Return whether a sentence, or a numbered paragraph, begins at the offset."""
    return _OPENS.search(text[start:at]) is not None


def _told(text: str, match: re.Match[str], end: int) -> ToldDecision | None:
    groups = match.groupdict()
    if groups.get("moved"):
        decided = trimmed(text, *match.span("moved"))
        end = match.end()
    else:
        behind = _CONJUNCTION.match(text, match.end(), end)
        decided = trimmed(text, behind.end() if behind else match.end(), end)
    if decided is None or not _WORDS.search(decided.of(text)):  # "... seconded by B and agreed."
        decided = _before(text, match)
    if decided is None:
        return None
    vote = Vote(Span(match.start(), match.end()), unanimous=True) if _UNANIMOUS.search(match[0]) else None
    verb = verb_of(decided.of(text))
    return ToldDecision(
        Span(min(decided.start, match.start()), max(decided.end, match.end())),
        (Clause(decided),),
        Verb.AGREED if verb is Verb.RESOLVED else verb,
        _name(groups.get("proposer")),
        _name(groups.get("seconder")),
        vote,
    )


def _before(text: str, match: re.Match[str]) -> Span | None:
    """Return the sentence, which says before the movers, if anywhere, what they moved."""
    return trimmed(text, sentence_start(text, 0, match.start()), match.end())


def sentence_start(text: str, start: int, at: int) -> int:
    """Return where the sentence begins in which an offset lies, at `start` at the least."""
    return max((each.end() for each in _SENTENCE_START.finditer(text, start, at + 1)), default=start)


def sentence_end(text: str, at: int, end: int) -> int:
    """Return where the sentence ends in which an offset lies, with its full stop, at `end` at the most."""
    stop = _SENTENCE_END.search(text, at, end)
    return stop.end() if stop else end


def _name(words: str | None) -> str | None:
    return " ".join(words.split()) if words else None
