"""A body of one part of a council's area, named by that part alone: "What did Saxby West resolve?"."""

import re
from collections.abc import Iterable
from functools import lru_cache

from qa_service.retrieval.places import place_of

_PART = r"(?P<{}>[A-Z][\w’'-]+(?:[ -](?:and |& )?[A-Z][\w’'-]+){{0,4}})"
# "Municipal District of Saxby West", "Tarn Vale Area Committee".
_NAMED_AFTER = re.compile(
    rf"\b(?:District|Area|Ward|Division)\s+of\s+{_PART.format('of')}$"
    rf"|^{_PART.format('before')}\s+(?:Neighbourhood|Area|Locality|Local|District|Ward|Town)\s+"
    r"(?:Committee|Board|Forum|Panel|Council)$"
)
_OF_IT = (
    r"(?:['’]s?)?\s+(?:municipal\s+|metropolitan\s+)?"
    r"(?:districts?|area\s+committee|neighbourhood\s+committee|forum|members|councillors|meetings?|minutes|agendas?)\b"
)
_ACTING = (
    r"\b(?:did|does|do|has|have|had|will|would)\s+(?:the\s+)?{}\s+"
    r"(?:ever\s+|also\s+|finally\s+)?(?!get\b|have\b|need\b|cost\b)[a-z]+"
)

_CHAIRED = r"\b(?:cathaoirleach|chair(?:man|woman|person)?)\s+(?:of|for)\s+{}\b"


def bodies_of_parts(text: str, bodies: Iterable[str], councils: Iterable[str]) -> list[str]:
    """Return the bodies whose part of the area a question has act, meet or be chaired, in the order given.

    A part that is only where something happens names no body, nor does one that the council itself bears.
    """
    whole = {place_of(council) for council in councils}
    return [
        body
        for body in bodies
        if (part := part_of(body)) is not None and part not in whole and _means(text, part)
    ]


# Asked of the same few hundred bodies for every question.
@lru_cache(maxsize=2000)
def part_of(body: str) -> str | None:
    """Return the part of a council's area that a body is named after; None where its name tells none."""
    found = _NAMED_AFTER.search(body)
    return (found["of"] or found["before"]) if found else None


def _means(text: str, part: str) -> bool:
    """Return whether a part acts or meets in a question, however hyphens are set."""
    words = re.split(r"[\s-]", part)
    # A council has hundreds of bodies, and a pattern for each is dear where its first word is not there.
    if words[0].lower() not in text.lower():
        return False
    name = r"[\s-]".join(map(re.escape, words))
    return any(
        re.search(pattern, text, re.IGNORECASE)
        for pattern in (rf"\b{name}{_OF_IT}", _ACTING.format(name), _CHAIRED.format(name))
    )
