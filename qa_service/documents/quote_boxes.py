"""Where quoted words stand on the picture of their page.

The stored text is one library's reading of the page and the boxes are another's: pypdf and pdfium give the
same characters on nine pages of ten, and differ in hyphens, ligatures and order on the rest. So words are
looked up by their letters with what stands around them, and what cannot be found is reported, not guessed.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_service.domain.spans import Span

_MOST_LETTERS = 20_000  # of a quote; a whole page of close print has 6,000
_MOST_PLACES = 64
_CONTEXT = 48
_LEAST_PIECE = 6
_MOST_PIECES = 60
_LEAST_SHARE = 0.9  # of the quote's letters that must be found
_IGNORED = frozenset({"Cc", "Cf", "Pd", "Zs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points from the top left corner of the page as drawn."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class PageCharacters:
    """A page as pdfium reads it: size in points, characters, and a box for each (all 0 for none)."""

    width: float
    height: float
    text: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text's letters, folded; `places[i]` is where in the text the i-th came from."""

    text: str
    places: tuple[int, ...]


def quote_boxes(page_text: str, quote: Span, page: PageCharacters) -> tuple[Box, ...] | None:
    """Return the boxes, a line each, of the words that `quote` covers in the page's stored text.

    None where fewer than nine letters of ten are found on the page, or where there is nothing to find.
    """
    stored, drawn = _letters(page_text), _letters(page.text)
    start, end = bisect_left(stored.places, quote.start), bisect_left(stored.places, quote.end)
    if not 0 < end - start <= _MOST_LETTERS:
        return None
    runs = list(_runs(stored.text, start, end, drawn.text))
    if sum(stop - begin for begin, stop in runs) < _LEAST_SHARE * (end - start):
        return None
    return tuple(
        box
        for begin, stop in runs
        for box in _lines(page.boxes[drawn.places[begin] : drawn.places[stop - 1] + 1])
    )


def _letters(text: str) -> _Letters:
    letters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        folded = character if character.isascii() else unicodedata.normalize("NFKC", character)
        for letter in folded.casefold():
            if unicodedata.category(letter) not in _IGNORED:
                letters.append(letter)
                places.append(place)
    return _Letters("".join(letters), tuple(places))


def _runs(stored: str, start: int, end: int, drawn: str) -> Iterator[tuple[int, int]]:
    """Yield [begin, stop) in `drawn` of the pieces of `stored[start:end]`: one where it stands whole."""
    after = 0
    for _ in range(_MOST_PIECES):
        if start >= end:
            return
        length = _longest(stored, start, end, drawn)
        if length < min(_LEAST_PIECE, end - start):
            start += 1
            continue
        begin = _best_place(stored, start, start + length, drawn, after)
        yield begin, begin + length
        start, after = start + length, begin + length


def _longest(stored: str, start: int, end: int, drawn: str) -> int:
    """Return the length of the longest beginning of `stored[start:end]` that stands in `drawn`."""
    least, most = 0, end - start
    while least < most:
        middle = (least + most + 1) // 2
        if stored[start : start + middle] in drawn:
            least = middle
        else:
            most = middle - 1
    return least


def _best_place(stored: str, start: int, end: int, drawn: str, after: int) -> int:
    """Return where in `drawn` a piece stands with most of the same letters around it.

    Ties go to the nearest behind `after`; without one, to the share of the page at which it stands.
    """
    before, behind = stored[max(0, start - _CONTEXT) : start], stored[end : end + _CONTEXT]

    def fit(place: int) -> tuple[int, bool, float]:
        stop = place + end - start
        same = _common(before[::-1], drawn[max(0, place - _CONTEXT) : place][::-1])
        same += _common(behind, drawn[stop : stop + _CONTEXT])
        drift = abs(place - after) if after else abs(place / len(drawn) - start / len(stored))
        return same, place >= after, -drift

    return max(_places(stored[start:end], drawn), key=fit)


def _places(piece: str, text: str) -> Iterator[int]:
    place = text.find(piece)
    for _ in range(_MOST_PLACES):
        if place == -1:
            return
        yield place
        place = text.find(piece, place + 1)


def _common(one: str, other: str) -> int:
    """Return how many letters two texts begin with alike."""
    length = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        length += 1
    return length


def _lines(boxes: Sequence[Box]) -> Iterator[Box]:
    """Yield one box a line: neighbours that stand on the same height and close together are joined."""
    line: Box | None = None
    for box in boxes:
        if box.right <= box.left or box.bottom <= box.top:
            continue
        if line is not None and _continues(line, box):
            line = Box(
                min(line.left, box.left),
                min(line.top, box.top),
                max(line.right, box.right),
                max(line.bottom, box.bottom),
            )
            continue
        if line is not None:
            yield line
        line = box
    if line is not None:
        yield line


def _continues(line: Box, box: Box) -> bool:
    shared = min(line.bottom, box.bottom) - max(line.top, box.top)
    near = max(line.height, box.height)
    return shared >= min(line.height, box.height) / 2 and line.left - near <= box.left <= line.right + near
