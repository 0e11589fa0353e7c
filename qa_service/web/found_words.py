"""Which words of a passage are those that somebody looked for, so that the eye finds them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"\w+")
_ENDINGS = re.compile(r"(?:ies|es|s|ed|ing|y)$")
_SHORTEST = 3
# What stands between words that mean something; a search for nothing else looks for these after all.
_LINKING = frozenset(
    "about and any are for from had has have how into its not of on our that the their there this to was "
    "were what when where which who why will with".split()
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text, found or not."""

    text: str
    found: bool


def searched_words(query: str) -> re.Pattern[str] | None:
    """Return what matches the words of a search, whatever their ending; None if there is none to match."""
    words = [word for word in _WORD.findall(query.casefold()) if len(word) >= _SHORTEST or word.isdecimal()]
    telling = [word for word in words if word not in _LINKING] or words
    stems = {_stem(word) for word in telling}
    if not stems:
        return None
    either = "|".join(re.escape(stem) + ("" if stem.isdecimal() else r"\w{0,3}") for stem in sorted(stems))
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)


def runs(text: str, searched: re.Pattern[str] | None) -> Iterator[Run]:
    """Yield the text in runs, those that were searched for marked as found; joined, they are the text."""
    at = 0
    for match in searched.finditer(text) if searched else ():
        if match.start() > at:
            yield Run(text[at : match.start()], found=False)
        yield Run(match[0], found=True)
        at = match.end()
    if at < len(text):
        yield Run(text[at:], found=False)


def _stem(word: str) -> str:
    stem = _ENDINGS.sub("", word)
    return stem if len(stem) >= _SHORTEST else word
