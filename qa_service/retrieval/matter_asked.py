"""Which matter a question asks a decision on: the words that tell it from its neighbours.

"Has the library strategy been approved?" is about libraries; any council has a strategy. Of "the lease of the
football pitch" the pitch tells, and of "the youth club report" both words before its kind.
"""

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass

from qa_service.retrieval.question import Reading
from qa_service.store.lexical_index import STOP_WORDS, query_words, stems

# Kinds of paper that a council has many of, and whose names say what they are on.
_INSTRUMENT = (
    r"(?:strateg(?:y|ies)|polic(?:y|ies)|plans?|frameworks?|protocols?|charters?|statements?|bye-?laws?)"
)
_KIND = (
    rf"(?:{_INSTRUMENT}|programmes?|schemes?|reports?|reviews?|leases?|contracts?|budgets?|agreements?|"
    r"terms\s+of\s+reference)"
)
_BEFORE = re.compile(rf"(?P<names>(?:[\w&'’-]+\s+){{1,4}})(?P<kind>{_KIND})\b", re.IGNORECASE)
_BEHIND = re.compile(
    rf"\b(?P<kind>{_KIND})\s+(?:for|of|on)\s+(?P<names>(?:(?!(?:in|by|at|for|to|from|since|when|after|before|that|"
    rf"who|which|was|were|been|be|is)\b)[\w&'’-]+\s*){{1,6}})",
    re.IGNORECASE,
)
# A decision on one of these names it, by one word or the other: a strategy is a plan, and no grant or street.
INSTRUMENT = re.compile(rf"\b{_INSTRUMENT}\b", re.IGNORECASE)
_NUMBERED = re.compile(rf"\b(?i:{_KIND})\s+(?:no\.?\s*|number\s+)?(\d{{1,2}})\b(?!\s*/|\s+[A-Z]|\s+years?\b)")
# "Coping with", "speed up", "moving over to": what stands so before is done, and names no thing.
_DONE = re.compile(r"\b([\w'’-]+)\s+(?:up|with|off|over|out|down|away|onto|into)\b", re.IGNORECASE)
_MONTHS = frozenset(month.lower() for month in calendar.month_name)
_PLACE = re.compile(r"\b(?:in|at|near|around)\s+(?:the\s+)?([A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*)")
# What was not among the things recommended is told by those that were.
_WHETHER = re.compile(r"\brecommend(?:ed)?\s+that\b", re.IGNORECASE)
# Words beside a subject, whatever it is.
_GENERAL = frozenset(
    stem
    for word in query_words(
        """
        new draft annual yearly quarterly monthly update updated proposal motion item matter document paper
        record application service services council county city town community local member councillor officer
        committee panel cabinet board district parish people resident leader colleague chairman work working
        final full current previous earlier year years meeting minute minutes term terms reference
        change changes idea question request thing things way own use presentation plan take took taken make
        made making go going
        gone give given get got set do done doing end ended finally still yet ever actually exactly really
        simply next first second back forward without anyone everyone everything nothing themselves behind
        along since many much whole part every each enough day days week weeks month months long length short
        shorter longer rather instead word words main quickly one two three four five six seven eight nine ten
        dozen reject rejected refuse refused turn turned accept accepted pass passed support supported backed
        carry carried allow allowed confirm confirmed sign signed permit permitted become became conclude
        concluded ask respond response overturn overturned moving move moved put let need needs needed happen
        deal dealt spend mr mrs ms miss cllr dr sir"""
    )
    for stem in stems(word)
)


@dataclass(frozen=True, slots=True)
class MatterAsked:
    """The words that tell a matter from others, as typed, and those that name a paper of some kind.

    `named` are among `words`; `nearest` is the one right before the kind: "club" of "the youth club report";
    `instrument`: whether that kind is a strategy, a policy or the like. `places` say where it is: "in
    Otterfleet". `number`: that of "Transport Plan 6".
    """

    words: tuple[str, ...]
    named: tuple[str, ...] = ()
    nearest: str | None = None
    instrument: bool = False
    places: tuple[str, ...] = ()
    number: str | None = None


def matter_asked(reading: Reading) -> MatterAsked | None:
    """Return the words that tell the matter asked for; None where there are none or it goes on from another.

    Which minutes were confirmed is told by their day alone.
    """
    if reading.before is not None or reading.topic.startswith("minutes ") or _WHETHER.search(reading.text):
        return None
    scope = {stem for name in (*reading.filters.councils, *reading.filters.bodies) for stem in stems(name)}
    done = {word.lower() for word in _DONE.findall(reading.text)}
    words = [word for word in query_words(reading.topic) if _tells(word, scope) and word not in done]
    kept = tuple(dict.fromkeys(words))
    if not kept:
        return None
    before, behind = _BEFORE.search(reading.text), _BEHIND.search(reading.text)
    modifiers = _run(query_words(before["names"]), kept) if before else []
    complement = [word for word in query_words(behind["names"]) if word in kept] if behind else []
    named = tuple(dict.fromkeys((*modifiers, *complement)))
    kinds = [found["kind"] for found, names in ((before, modifiers), (behind, complement)) if found and names]
    instrument = any(INSTRUMENT.fullmatch(kind) for kind in kinds)
    numbered = _NUMBERED.search(reading.text)
    places = {word for found in _PLACE.findall(reading.text) for word in query_words(found)}
    return MatterAsked(
        kept,
        named,
        modifiers[-1] if modifiers else None,
        instrument,
        tuple(word for word in kept if word in places - _MONTHS),
        numbered[1] if numbered else None,
    )


def _run(words: Iterable[str], kept: Iterable[str]) -> list[str]:
    """Return the last words, unbroken, that tell a matter; none where the very last is general."""
    telling = set(kept)
    run: list[str] = []
    for word in reversed(list(words)):
        if word not in telling:
            break
        run.insert(0, word)
    return run


def _tells(word: str, scope: Iterable[str]) -> bool:
    """Return whether a word may tell one matter from another."""
    if word in STOP_WORDS or len(word) == 1 or any(letter.isdigit() for letter in word):
        return False
    return not _GENERAL.union(scope).issuperset(stems(word)) and re.fullmatch(_KIND, word) is None
