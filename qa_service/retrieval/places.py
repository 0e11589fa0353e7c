"""Knows the names of councils whose papers are not here, so that one council never answers for another."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

_COUNCIL_WORDS = re.compile(
    r"\b(county|city|borough|district|town|parish|community|metropolitan|royal|london|council|of|the)\b",
    re.IGNORECASE,
)
_TYPE = r"(?:\s+(?:County|City|Borough|District|Town|Parish|Metropolitan))?"
_BODY = r"(?:council|committee|panel|cabinet|board|councillors?|scrutiny)"
_ACTS = (
    r"(?:adopt|agree|approve|build|charge|close|consider|cut|decide|discuss|do|employ|fund|have|hold|note|own|pay|plan|"
    r"propose|recommend|recruit|resolve|run|say|set|spend|vote)"
)


def place_of(council: str) -> str:
    """Return the place that a council is named after: "Kent" of "Kent County Council"."""
    return " ".join(_COUNCIL_WORDS.sub(" ", council).split())


def names_another_council(text: str, known: Sequence[str]) -> str | None:
    """Return the place whose council the question is about, if it is none of the known ones; else None.

    A place that is only mentioned ("the port of Portsmouth") is not a council: it must own a body or act.
    """
    here = {place_of(council).lower() for council in known}
    for place in _places():
        if place.lower() in here or place not in text:
            continue
        name = re.escape(place)
        owns = rf"\b{name}(?:['’]s)?{_TYPE}\s+(?:[A-Z]\w+\s+(?:and\s+)?){{0,4}}{_BODY}\b"
        acts = rf"\b(?:does|did|do)\s+{name}{_TYPE}(?:\s+Council)?\s+{_ACTS}\b"
        if re.search(owns, text, re.IGNORECASE) or re.search(acts, text):
            return place
    return None


@cache
def _places() -> tuple[str, ...]:
    """Return the names, longest first, so that "East Hampshire" is not read as "Hampshire"."""
    lines = files("qa_service.retrieval").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    return tuple(sorted((line for line in lines if line and not line.startswith("#")), key=len, reverse=True))
