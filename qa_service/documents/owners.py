"""Whose paper a line says it is: councils of every kind of name, and authorities that are no council's."""

import re
from dataclasses import dataclass
from itertools import pairwise

from qa_service.documents.bodies import councils_in

_CAPITAL = "[A-Z\u00c0-\u00d6\u00d8-\u00de]"
_WORD = rf"{_CAPITAL}[\w'\u2019.-]*"
_NAME = rf"{_WORD}(?: (?:{_WORD}|and|on|upon|under|with)){{0,5}}?"
# Bodies by law of their own, which no council's name stands over.
_AUTHORITIES = (
    r"(?:Combined )?Fire and \w+(?: Service)? Authority|Fire Authority|Combined County Authority|"
    "National Park Authority|Broads Authority|Police Authority|Port Health Authority|Harbour Authority|"
    "Waste Disposal Authority|Waste Authority|Integrated Transport Authority|Transport Authority|"
    "Valuation Joint Board|Internal Drainage Board|Drainage Board|Harbour Board|Harbour Commissioners|"
    "Burial Board"
)
_AUTHORITY = re.compile(rf"(?<!\w)(?P<name>{_NAME} (?:{_AUTHORITIES}))\b")
# "Ardmouth Council": it says no kind, so it is one only where a name must stand.
_PLAIN = re.compile(
    r"(?:^|(?<=\bof )|(?<=\bto )|(?<=\bby )|(?<=[:,\u2013-] ))"
    rf"(?P<name>{_WORD}(?: (?:{_WORD}|and)){{0,3}}? Council)\b"
)
_NO_NAMES = frozenset(
    """annual arts borough city community consumer county district education executive extraordinary full
    general health joint legislative local meeting members metropolitan new ordinary parish plenary privy
    regional research school shadow special sports staff students tenants the town whole works
    youth""".split()
)
_CYNGOR = r"Cyngor (?:Cymuned|Tref|Sir|Dinas|Bwrdeistref Sirol)"
# "Cyngor Tref Aberwen / Aberwen Town Council", or both languages round one name.
_WELSH_BESIDE = re.compile(
    rf"\b{_CYNGOR}(?: {_WORD}){{1,4}} / (?=(?:{_WORD} ){{2,5}}Council\b)|"
    rf"\b{_CYNGOR} (?=(?:{_WORD} ){{1,4}}(?:Community|Town|City|County|County Borough) Council\b)"
)
_KIND_FIRST = re.compile(
    rf"\b(?P<kind>(?:City and County|County|City|Borough|District|Town|Parish|Community) Council) of "
    rf"(?P<name>{_WORD}(?: and {_WORD}| {_WORD})?)"
)
_LINKS = frozenset({"and", ",", "/"})


@dataclass(frozen=True, slots=True)
class Owner:
    """A council or authority, canonical, and where its name stands."""

    name: str
    start: int
    end: int


def in_one_order(words: str) -> str:
    """Return words with each council's name in English once, its kind behind it; no "&"."""
    plain = _WELSH_BESIDE.sub("", " ".join(words.replace("&", " and ").split()))
    return _KIND_FIRST.sub(lambda match: f"{match['name']} {match['kind']}", plain)


def owners_in(words: str) -> tuple[Owner, ...]:
    """Return the councils and authorities that words in one order name, in order, none inside another."""
    found = [Owner(name, at, at + len(name)) for name in councils_in(words) if (at := words.find(name)) >= 0]
    for pattern in (_AUTHORITY, _PLAIN):
        found += [_of(match) for match in pattern.finditer(words)]
    kept: list[Owner] = []
    for owner in sorted(found, key=lambda owner: (owner.end, owner.start)):
        first, _, _ = owner.name.partition(" ")
        kind = owner.name.split()[-2].lower()
        plain = owner.name.endswith(" Council") and owner.name not in councils_in(words)
        if plain and (kind in _NO_NAMES or first.lower() in _NO_NAMES):
            continue
        if not kept or owner.start >= kept[-1].end:
            kept.append(owner)
    return tuple(kept)


def _of(match: re.Match[str]) -> Owner:
    return Owner(match["name"], match.start("name"), match.end("name"))


def side_by_side(owners: tuple[Owner, ...], words: str) -> bool:
    """Return whether two owners are named as a pair: "of Upshire County Council and Downton City Council"."""
    return any(
        words[one.end : other.start].strip() in _LINKS
        for one, other in pairwise(owners)
        if one.name != other.name
    )
