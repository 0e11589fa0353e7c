"""Knows the names of councils whose papers are not here, so that one council never answers for another."""

import calendar
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

_COUNCIL_WORDS = re.compile(
    r"\b(county|city|borough|district|town|parish|community|metropolitan|royal|london|council|of|the)\b",
    re.IGNORECASE,
)
_TWO_KINDS = re.compile(
    r"\b(?:city|county|borough|town)\s+(?:and|&)\s+(?=county\b|city\b|district\b)", re.IGNORECASE
)
_TYPE = r"(?:\s+(?:County|City|Borough|District|Town|Parish|Metropolitan))?"
_BODY = r"(?:council|committee|panel|cabinet|board|councillors?|members|scrutiny|executive)"
# A place acts where a verb follows it: "has Wiltshire built", and not "is Portsmouth a port".
_ACTS = (
    r"\b(?i:does|did|do|has|have|had|is|was|will|would|can|could|should)\s+{name}(?:\s+Council)?\s+"
    r"(?!(?:a|an|the|in|on|at|to|of|part|one|among|still|near|so|too)\b)[a-z]+"
)
_NAME = r"[A-Z][\w-]+(?:\s+(?:(?:and|of|upon|the)\s+)?[A-Z][\w-]+){0,3}"
_OWNS = re.compile(
    rf"(?<![\w’'-])(?P<before>[\w.]*\s*)\b(?P<name>{_NAME})['’]s?\s+(?:[a-z]+\s+){{0,2}}{_BODY}\b"
)
_NAMED = re.compile(rf"\b(?P<name>{_NAME}?){_TYPE}\s+Council(?:['’]s)?\b")
_TITLES = frozenset(
    "councillor cllr mr mrs ms miss dr sir dame lord lady professor chairman director".split()
)
# What may own a panel, or stand before one, and is no place.
_ROLES = frozenset(
    """chair chairman chairwoman chairperson leader mayor director council councillor cabinet panel committee
    board executive officer officers member members forum county city town parish the secretary
    what which who how did was is has on in at of""".split()
) | {name.lower() for name in calendar.month_name if name}


# Asked of the same few hundred names for every question.
@lru_cache(maxsize=2000)
def place_of(council: str) -> str:
    """Return the place that a council is named after: "Kent" of "Kent County Council".

    What joins two kinds of council is no part of it: "Limerick" of "Limerick City and County Council".
    """
    return " ".join(_COUNCIL_WORDS.sub(" ", _TWO_KINDS.sub(" ", council)).split())


def short_of(place: str) -> str:
    """Return what people call a place: "Kingston" for "Kingston upon Thames"; else the place itself."""
    return _JOINED.split(place, maxsplit=1)[0]


def names_another_council(text: str, known: Sequence[str]) -> str | None:
    """Return who the question is about, if that is a council that is none of the known ones; else None.

    `known` are names of councils and bodies held. A name that is only mentioned ("the port of Portsmouth")
    is no council: it must own a body, be called a council, or be a place and act.
    """
    words = frozenset[str]().union(*map(_words_of, known))
    for pattern in (_OWNS, _NAMED):
        for match in pattern.finditer(text):
            name = match["name"].strip()
            own = {word.lower() for word in re.findall(r"\w+", name)}
            titled = match.groupdict().get("before", "") or ""
            if own and not own & (words | _ROLES) and titled.strip(" .").lower() not in _TITLES:
                return name
    held = [place_of(name) for name in known]
    here = {name.lower() for place in held for name in (place, short_of(place))}
    for place in _places():
        if place.lower() in here or place not in text:
            continue
        name = re.escape(place)
        owns = rf"\b{name}(?:['’]s)?{_TYPE}\s+(?:[A-Z]\w+\s+(?:and\s+)?){{0,4}}{_BODY}\b"
        if re.search(owns, text, re.IGNORECASE) or re.search(_ACTS.format(name=name + _TYPE), text):
            return place
    return None


@lru_cache(maxsize=2000)
def _words_of(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in re.findall(r"\w+", name))


_JOINED = re.compile(r"(?:\s|-)(?:upon|on|under|and|with|&)(?:\s|-)", re.IGNORECASE)


@cache
def known_places() -> frozenset[str]:
    """Return the words of all names of councils, in lower case."""
    return frozenset(word.lower() for place in _places() for word in re.findall(r"\w+", place))


# Names of councils that are common words, too.
_COMMON = frozenset("bury hart reading rugby test".split())


def with_capitals(text: str, names: Iterable[str]) -> str:
    """Return a text with the capital letters of these names in it, and of councils' that are no words."""
    written = {name.lower(): name for name in (*_places(), *names) if name.lower() not in _COMMON}
    longest = sorted(written, key=len, reverse=True)
    any_name = re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)
    return any_name.sub(lambda found: written[found.group().lower()], text)


@cache
def _places() -> tuple[str, ...]:
    """Return the names, longest first, so that "East Hampshire" is not read as "Hampshire"."""
    lines = files("qa_service.retrieval").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    return tuple(sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True))
