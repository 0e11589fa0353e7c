"""What rose did not fall: a sentence that tells of a fall alone does not say why, or how much, a thing rose.

Of 102 licensed training questions that presume that something rose or fell one is answered by a sentence with
words for the other alone, and it asks when a wall went up.
"""

import re
from dataclasses import replace
from enum import StrEnum

from qa_service.answering.weighing import Weighed
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.question import Reading


class _Way(StrEnum):
    """Which way a figure went; the value says it to the asker."""

    UP = "a rise"
    DOWN = "a fall"


_PRESUMES = {
    way: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for way, words in (
        (
            _Way.UP,
            (
                r"increas(?:e|ed|ing)|ris(?:e|en|ing)|rose|grow(?:n|ing)?|grew|rais(?:e|ed|ing)|"
                r"(?:go|gone|went|going)\s+up"
            ),
        ),
        (
            _Way.DOWN,
            (
                r"decreas(?:e|ed|ing)|reduc(?:e|ed|ing)|fall(?:en|ing)?|fell|drop(?:ped|ping)?|"
                r"declin(?:e|ed|ing)|cut(?:ting)?|lower(?:ed|ing)?|(?:go|gone|went|going)\s+down"
            ),
        ),
    )
}
_OPENS = re.compile(
    r"(?:^|[.?!,;:–—]\s+|\b(?:and|or|but|so)\s+)(?:why|when|how\s+come|(?:by\s+)?how\s+(?:much|many|far)|by\s+what|"
    r"what\s+(?:made|caused|percentage|(?:is|was|were)\s+the\s+(?:[\w’'-]+\s+)?reasons?))\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|would|could|should|might|may|can|will|not|i|my|me|you|your)\b|n['’]t\b", re.IGNORECASE
)
# What plainly tells of one way, and what may besides: a text tells of the other way alone where it plainly
# tells of that and may not even tell of the one that is asked for.
_PLAINLY = {
    _Way.UP: (
        r"increas\w*|ris(?:e|es|en|ing)|rose|grew|grow(?:n|ing|th)|higher|rais(?:e[ds]?|ing)|"
        r"(?:went|gone)\s+up"
    ),
    _Way.DOWN: (
        r"decreas\w*|reduc\w*|fall(?:s|en|ing)?|fell|drop(?:s|ped|ping)?|declin\w*|lower\w*|fewer|"
        r"cut(?:s|ting)?(?!\s+off)|(?:went|gone)\s+down"
    ),
}
_PERHAPS = {
    _Way.UP: (
        r"grows?|highest|more|up|upwards?|additional\w*|extra|expan\w+|improv\w*|over|exceed\w*|gain\w*|climb\w*|"
        r"doubl\w*|trebl\w*|add(?:ed|ing)|pressures?|surg\w+|soar\w*|increment\w*|uplift\w*"
    ),
    _Way.DOWN: (
        r"lowest|less|least|down|downwards?|sav(?:e|es|ed|ing|ings)|shrink\w*|shrank|below|under|loss\w*|lost|"
        r"halv\w*|minus|diminish\w*|slump\w*|smaller|worse\w*|remov\w*|withdr[ae]w\w*"
    ),
}
_TELLS = {way: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for way, words in _PLAINLY.items()}
_MAY_TELL = {
    way: re.compile(rf"\b(?:{words}|{_PERHAPS[way]})\b", re.IGNORECASE) for way, words in _PLAINLY.items()
}
_FIGURE = r"[£€$]?(\d[\d,]*(?:\.\d+)?)\s?(%|per\s?cent|million|billion|m|bn|k)?"
_FROM_TO = re.compile(rf"\bfrom\s+{_FIGURE}\b[^.;]{{0,40}}?\bto\s+{_FIGURE}(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
# Log-odds below the best within which a sentence still is about what is asked.
_NEAR = 1.0


def of_that_direction(
    reading: Reading, weighed: Weighed, unsaid: str | None = None
) -> tuple[Weighed, str | None]:
    """Return what was weighed without what tells only of the other direction than a question presumes.

    Nothing, with the reason, where one of the best tells of the other way and none of them of the one
    presumed. As it was where none is presumed, or where `unsaid` says already why there is nothing.
    """
    way = _presumed(reading.own)
    if unsaid is not None or way is None or not weighed.units:
        return weighed, unsaid
    other = _Way.DOWN if way is _Way.UP else _Way.UP
    near = [each.text for each in weighed.units if each.score >= weighed.units[0].score - _NEAR]
    if any(_only(text, other, way) for text in near) and not any(_says(text, way) for text in near):
        return replace(
            weighed, units=()
        ), f"what was found on this tells of {other.value}, not of {way.value}"
    kept = tuple(each for each in weighed.units if not _only(each.text, other, way))
    return replace(weighed, units=kept), None


def _presumed(text: str) -> _Way | None:
    """Return which way something is taken for granted to have gone; None where neither or both are named."""
    asked = asking_sentence(text)
    if not _OPENS.search(asked) or _SUPPOSED.search(asked):
        return None
    named = [way for way in _Way if _PRESUMES[way].search(asked)]
    return named[0] if len(named) == 1 else None


def _says(text: str, way: _Way) -> bool:
    """Return whether a text plainly tells of one way, by its words or by figures that it went from and to."""
    return _TELLS[way].search(text) is not None or way in _by_figures(text)


def _only(text: str, other: _Way, way: _Way) -> bool:
    """Return whether a text tells of the other way and may not even tell of one."""
    if way in (shown := _by_figures(text)):
        return False
    return other in shown or (_says(text, other) and _MAY_TELL[way].search(text) is None)


def _by_figures(text: str) -> set[_Way]:
    """Return which ways figures of one unit went: "from £2.1 million to £4.7 million"."""
    return {_Way.UP if after > before else _Way.DOWN for before, after in changes_in(text) if before != after}


def changes_in(text: str) -> list[tuple[float, float]]:
    """Return the figures of one unit between which a text says that something went, in order; years apart."""
    return [
        (float(first.replace(",", "")), float(second.replace(",", "")))
        for first, unit, second, its in _FROM_TO.findall(text)
        if unit.lower() == its.lower() and not _YEAR.fullmatch(first)
    ]
