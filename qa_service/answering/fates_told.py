"""Fates that minutes tell in a sentence of their own, and mark as no decision: "This item was deferred"."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from qa_service.answering.weighing import text_of
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.passages import Unit, UnitKind
from qa_service.retrieval.fates_asked import Fate
from qa_service.store.database import Connection
from qa_service.store.minuted import minutes_holding
from qa_service.store.passages import StoredPassage

_MOST = 300
# What a meeting has before it; anything else may be put off or withdrawn by anybody.
_THING = (
    r"(?:items?|motions?|amendments?|reports?|matters?|decisions?|updates?|applications?|notices?|petitions?|"
    r"recommendations?|proposals?|questions?|nominations?|appointments?|consideration|discussion|business|"
    r"plans?|polic(?:y|ies)|strateg(?:y|ies))"
)
_DONE = rf"\b{_THING}\b[^.;]{{0,80}}?\b(?:was|were)\s+(?:(?:\w+ly|also|then|being)\s+){{0,2}}"
# "Members agreed that it was a reasonable request to postpone it" puts nothing off.
_AGREED_TO = r"\b(?:agreed|resolved|decided)\b(?:(?!\b(?:request|propos|wish|need))[^.;]){0,40}?\bto\s+"
_BODY = r"(?:committee|panel|board|cabinet|council|executive|group|forum)\b"
_TELLS = {
    Fate.DEFERRED: re.compile(
        rf"{_DONE}(?:deferred|postponed|put\s+off|held\s+over|carried\s+over)\b(?!\s+from)|"
        rf"{_AGREED_TO}(?:defer|postpone|put\s+off)\b",
        re.IGNORECASE,
    ),
    Fate.REFERRED: re.compile(
        rf"{_DONE}referred\s+(?:back\s+|on\s+)?to\s+[^.;]{{0,80}}?{_BODY}|"
        rf"{_AGREED_TO}refer\b[^.;]{{0,160}}?\bto\s+[^.;]{{0,80}}?{_BODY}",
        re.IGNORECASE,
    ),
    Fate.WITHDRAWN: re.compile(
        rf"{_DONE}withdrawn\b|\bwithdrew\s+(?:his|her|their|the|this|that|its)\s+(?:\w+\s+){{0,2}}?{_THING}\b",
        re.IGNORECASE,
    ),
}
# What an earlier meeting did is told of that meeting.
_BEFORE = re.compile(
    r"(?<!minutes of the )\bmeeting\s+(?:held\s+)?(?:on|of)\b|\bon\s+the\s+agenda\s+of\b|\bprevious(?:ly)?\b|"
    r"\bearlier\b",
    re.IGNORECASE,
)
_AT_ANOTHER = re.compile(r"\s+at\s+(?:the|a|an)\s+(?:\w+\s+){1,3}meeting\b", re.IGNORECASE)
_WORDS = {
    Fate.DEFERRED: ("defer", "postpone", "put off", "held over", "carried over"),
    Fate.REFERRED: ("referred", "to refer"),
    Fate.WITHDRAWN: ("withdrawn", "withdrew"),
}
_PROSE = frozenset({UnitKind.SENTENCE, UnitKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class ToldFate:
    """A sentence of minutes that tells such a fate, and its words."""

    passage: StoredPassage
    unit: Unit
    words: str

    @property
    def about(self) -> str:
        """Its words with the heading that they stand under."""
        return f"{self.passage.segment.heading or ''} {self.words}"


def told_fates(
    reader: Connection, fates: Collection[Fate], filters: Filters, allowed: frozenset[Access]
) -> list[ToldFate]:
    """Return the sentences of minutes within filters that tell one of some fates, newest meeting first.

    What is carried or lost is voted on, and told by the vote: none is returned for these.
    """
    words = {word for fate in fates for word in _WORDS.get(fate, ())}
    if not words:
        return []
    patterns = [_TELLS[fate] for fate in fates if fate in _TELLS]
    return [
        each
        for passage in minutes_holding(reader, words, filters, allowed, _MOST)
        for each in _sentences(passage)
        if any(_tells(pattern, each.words) for pattern in patterns)
    ]


def _tells(pattern: re.Pattern[str], words: str) -> bool:
    match = pattern.search(words)
    if match is None or _BEFORE.search(words, 0, match.end()):
        return False
    return _AT_ANOTHER.match(words, match.end()) is None


def _sentences(passage: StoredPassage) -> Iterable[ToldFate]:
    for unit in passage.units:
        if unit.kind in _PROSE:
            yield ToldFate(passage, unit, " ".join(text_of(passage, unit).split()))
