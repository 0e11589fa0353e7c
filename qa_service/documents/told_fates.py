"""Motions and amendments told in a narrative with the fate they met.

"An amendment by Councillor Roe that the hall be kept was lost by two votes to five" says both.
Where the sentence names no more than "the motion", the sentence before must say what was moved; where that
does not either, nothing is kept: a fate without its matter tells nobody anything.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from qa_service.documents.decisions import verb_of
from qa_service.documents.movers import MEMBER, moved_by
from qa_service.documents.told_decisions import TOLD_OF, ToldDecision, sentence_end, sentence_start
from qa_service.documents.votes import told_vote
from qa_service.domain.resolutions import Clause, Outcome, Standing, Verb, Vote
from qa_service.domain.spans import Span, trimmed

_FATE = re.compile(
    r"(?<!had )(?<!have )(?<!been )"
    r"(?:\b(?:was|were|being\s+put,\s+was|put,?\s+and)\s+(?:(?:then|thereupon|put\s+and|put,\s+and|declared)\s+)*|"
    r"\b(?P<alone>fell)\b|\bdeclared\s+)"
    r"(?:(?P<fate>carried|lost|defeated|rejected|not\s+carried)\b)?"
    # By a count or a majority: what residents rejected, or a flood carried off, met no fate at the meeting.
    r"(?=\s*[.,;:]|\s+by\s+(?:a\b|\d|[\w-]+\s+(?:votes?\b|to\b))|\s+on\s+(?:a|the)\s|"
    r"\s+(?:without|unanimously|for\s+want)\b|\s*$)"
)
_PUT = re.compile(
    r"\b(?:motion|amendment|addendum|proposal|moved|proposed\s+(?:that|to|an?))\b", re.IGNORECASE
)
_MOVES = re.compile(r"\b(?:moved|proposed|moves|proposes|suggested|motion|amendment)\b", re.IGNORECASE)
_AMENDS = re.compile(r"\b(?:amendments?|addendum)\b", re.IGNORECASE)
_BY_ONE = re.compile(
    rf"\bby\s+(?P<one>{MEMBER})(?=,|\s+(?:that|to)\b)|\b(?P<mover>{MEMBER})\s+(?:again\s+)?(?:moved|proposed)\b"
)
_BARE = 7  # words before a fate: fewer name no matter, "On being put to the vote the amendment"


def told_fates(text: str, start: int, end: int, *, marked: bool) -> Iterator[ToldDecision]:
    """Yield the motions of `text[start:end]` whose fate a sentence tells, in order, none inside another.

    A carried motion is resolved, unless it is an amendment or `marked` says that the minute's decision is
    given in words of its own.
    """
    behind = start
    for match in _FATE.finditer(text, start, end):
        if not (match["fate"] or match["alone"]):
            continue
        first = sentence_start(text, start, match.start())
        before = text[first : match.start()]
        if first < behind or not _PUT.search(before) or TOLD_OF.search(before):
            continue
        if len(before.split()) < _BARE:
            above = sentence_start(text, start, max(start, first - 2))
            if above < behind or above == first or not _MOVES.search(text, above, first):
                continue
            first = above
        span = trimmed(text, first, sentence_end(text, match.end(), end))
        if span is not None:
            behind = span.end
            yield _told(text, span, match, marked=marked)


def _told(text: str, span: Span, match: re.Match[str], *, marked: bool) -> ToldDecision:
    words = span.of(text)
    carried = match["fate"] == "carried"
    amends = _AMENDS.search(text, span.start, match.start()) is not None
    resolved = carried and not amends and not marked
    movers, one = moved_by(words), _BY_ONE.search(words)
    proposer = movers.proposer or ((one["one"] or one["mover"]) if one else None)
    return ToldDecision(
        span,
        (Clause(span),),
        verb_of(words) if resolved else Verb.RESOLVED,
        " ".join(proposer.split()) if proposer else None,
        movers.seconder,
        _vote(text, span),
        Standing.RESOLVED if resolved else Standing.PROPOSED,
        Outcome.CARRIED if carried else Outcome.LOST,
    )


def _vote(text: str, span: Span) -> Vote | None:
    """Return the vote that a sentence counts; it is quoted with what was put."""
    told = told_vote(text, span.start, span.end)
    return None if told is None else replace(told, span=span)
