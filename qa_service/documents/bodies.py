"""Names of councils and their bodies, as printed and in one canonical spelling."""

import re
from collections import Counter

_SMALL = frozenset(
    {
        "a",
        "and",
        "at",
        "by",
        "de",
        "for",
        "from",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "upon",
        "with",
        "y",
        "yr",
        "a'r",
    }
)
_KINDS = (
    "County Council|City Council|City and County Council|City & County Council|Borough Council|"
    "District Council|Community Council|Parish Council|Town Council|Metropolitan Borough Council|"
    "County Borough Council|Combined Authority|Unitary Council"
)
_WORD = r"[A-Z][A-Za-z'\u2019-]*"
_NAME = rf"(?:{_WORD}|St\.)(?:(?:[ ]|[ ]?\n[ ]?)(?:{_WORD}|and|&|on|upon|with|the|in|le|St\.)){{0,4}}?"
_COUNCIL = re.compile(rf"\b(?P<name>{_NAME})[ \n]{{1,2}}(?P<kind>{_KINDS})\b")
_COUNCIL_CAPITALS = re.compile(
    r"\b(?P<name>[A-Z][A-Z'\u2019-]+(?:[ ](?:[A-Z&][A-Z'\u2019-]*)){0,4}?)"
    rf"[ \n]{{1,2}}(?P<kind>{_KINDS.upper()})\b"
)
_ARTICLES = frozenset({"the", "of", "for", "to", "by", "at", "from", "and", "in", "with", "that", "a"})
_NOT_NAMES = frozenset(
    {
        "the",
        "this",
        "each",
        "every",
        "any",
        "our",
        "your",
        "that",
        "new",
        "local",
        "relevant",
        "other",
        "both",
        "all",
        "former",
        "their",
        "its",
        "full",
    }
)
_MOST = 2  # a council named less often than this may be a neighbour


def title_case(words: str) -> str:
    """Return capitals as a title: "CHILDREN AND FAMILIES" is "Children and Families"; mixed case is kept."""
    words = " ".join(words.replace("&", " and ").split())
    if (
        any(letter.islower() for letter in words if letter.isalpha() and letter.isascii())
        and not words.isupper()
    ):
        return _capital(words)
    parts = [_title_word(word, first=number == 0) for number, word in enumerate(words.split())]
    return " ".join(parts)


def _title_word(word: str, *, first: bool) -> str:
    low = word.lower()
    if low in _SMALL and not first:
        return low
    return "-".join(part[:1].upper() + part[1:] for part in low.split("-"))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def councils_in(text: str) -> tuple[str, ...]:
    """Return every council named in the text, canonical, in order and with repeats."""
    found = [(match.start(), _canonical(match)) for match in _COUNCIL.finditer(text)]
    found += [(match.start(), _canonical(match)) for match in _COUNCIL_CAPITALS.finditer(text)]
    return tuple(name for _, name in sorted((at, name) for at, name in found if name))


def _canonical(match: re.Match[str]) -> str | None:
    words = match["name"].split()
    while words and words[0].lower() in _ARTICLES | _NOT_NAMES:
        words.pop(0)
    if not words or words[-1].lower() in _ARTICLES:
        return None
    return title_case(" ".join([*words, match["kind"]]))


def likely_council(text: str) -> str | None:
    """Return the council named at least twice and at least twice as often as any other; else None."""
    ranked = Counter(councils_in(text)).most_common(2)
    if not ranked or ranked[0][1] < _MOST:
        return None
    if len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]:
        return None
    return ranked[0][0]
