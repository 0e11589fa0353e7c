"""Numbers, letters and bullets in front of paragraphs and clauses, and which follows which."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a marker counts."""

    NUMBER = "number"  # 1. 1) 12.
    BRACKETED_NUMBER = "bracketed number"  # (1)
    SECTION = "section"  # 5.6
    LETTER = "letter"  # a. a) (a)
    ROMAN = "roman"  # i) (ii)
    BULLET = "bullet"


_ROUND = "\u2022\u00b7\u25aa\u25cf\u25e6\u2023\u27a2\u2713\u25a0"
_BULLETS = f"{_ROUND}\u2013\u2014\u2212\ufffc"
GLYPHS = f"{_ROUND}\uf020-\uf0ff"
"""What is only ever a bullet, as a class of a regular expression; the last range is symbol fonts' own."""
_BULLET = re.compile(rf"(?:[{_BULLETS}*-]|o(?=\s+[A-Z]))\s+(?=\S)|[{_BULLETS}](?=\S)")
_BULLET_ALONE = re.compile(rf"[{_BULLETS}*o-]")
_SECTION = re.compile(
    r"(\d{1,3}(?:\.\d{1,3}){1,3})\.?(?:\)|:)?(?=\s+(?![\u00a3(-]?\d[\d,.]*%?(?:\s|$))|\s*$)"
)
_NUMBER = re.compile(r"(\d{1,3})[.):]+(?=\s|$)")
_CLOSE_NUMBER = re.compile(r"(\d{1,3})\.(?=[A-Z][a-z])")
_BRACKETED = re.compile(r"\((\d{1,3})\)")
_LETTERS = re.compile(r"(?:\(([A-Za-z]{1,5})\)|([A-Za-z]{1,5})(?:\)|\.\)|\.))(?=\s|$)")
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10}
_LETTERS_IN_ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker as printed, its style, and its place in its sequence (5.6 counts as 6 under "5")."""

    printed: str
    style: Style
    value: int
    parent: str = ""
    length: int = 0

    @property
    def label(self) -> str:
        """The number as an officer cites it: "5.6", "12", "a"."""
        return self.printed.strip("().: ")


def marker_at(words: str) -> Marker | None:
    """Return the marker that the words begin with; None where they begin with a word.

    "(i)" is roman here; `follows` reads it as a letter after "(h)".
    """
    bullet = _BULLET.match(words)
    if bullet:
        inner = _numbered(words[bullet.end() :])
        if inner is not None:  # "- (i) That ...", as converters write a list of clauses
            return Marker(inner.printed, inner.style, inner.value, inner.parent, bullet.end() + inner.length)
        return Marker(words[: bullet.end()].strip(), Style.BULLET, 0, length=bullet.end())
    if _BULLET_ALONE.fullmatch(words):
        return Marker(words, Style.BULLET, 0, length=len(words))
    return _numbered(words)


def close_number(words: str) -> Marker | None:
    """Return the number that stands close to a title, as where bold type begins: "3.Disposal of land"."""
    number = _CLOSE_NUMBER.match(words)
    return Marker(number[0], Style.NUMBER, int(number[1]), length=number.end()) if number else None


def _numbered(words: str) -> Marker | None:
    if section := _SECTION.match(words):
        parent, _, last = section[1].rpartition(".")
        return Marker(section[0], Style.SECTION, int(last), parent, section.end())
    if number := _NUMBER.match(words):
        return Marker(number[0], Style.NUMBER, int(number[1]), length=number.end())
    if number := _BRACKETED.match(words):
        return Marker(number[0], Style.BRACKETED_NUMBER, int(number[1]), length=number.end())
    letters = _LETTERS.match(words)
    if letters is None:
        return None
    return _lettered(letters[1] or letters[2], letters[0])


def _lettered(letters: str, printed: str) -> Marker | None:
    low = letters.lower()
    if low != letters and letters != letters.upper():
        return None  # "Mr." opens a sentence
    if _ROMAN.fullmatch(low):
        return Marker(printed, Style.ROMAN, roman_value(low), length=len(printed))
    if len(low) == 1 or (len(low) == 2 and low[0] == low[1]):  # noqa: PLR2004  (aa follows z)
        return Marker(printed, Style.LETTER, letter_value(low), length=len(printed))
    return None


def roman_value(numeral: str) -> int:
    """Return the value of a small roman numeral."""
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def letter_value(letters: str) -> int:
    """Return 1 for a, 26 for z, 27 for aa."""
    return ord(letters[0]) - ord("a") + 1 + _LETTERS_IN_ALPHABET * (len(letters) - 1)


def as_letter(marker: Marker) -> Marker | None:
    """Return a roman numeral of one letter, or of one letter twice, read as a letter: "(i)" after "(h)"."""
    label = marker.label.lower()
    if marker.style is not Style.ROMAN or len(set(label)) != 1 or len(label) > 2:  # noqa: PLR2004
        return None
    return Marker(marker.printed, Style.LETTER, letter_value(label), length=marker.length)


def shape(marker: Marker) -> str:
    """Return how a marker is dressed: "(a)", "a)", "a." and "A." count apart."""
    label = marker.label
    dress = marker.printed.strip().replace(label, "\u25a1", 1) if label else marker.printed
    capital = "A" if label[:1].isupper() else "a"
    return f"{marker.style}:{dress}:{capital}:{marker.parent}"
