"""Short forms as a paper itself explains them: "Independent Reviewing Service (IRS)"."""

import re
from collections.abc import Iterator

from qa_service.domain.documents import Acronym
from qa_service.domain.spans import Span

_SHORT = r"(?=[^()\s]{2,10}[)\s])[A-Z][A-Za-z0-9&/\u2019'-]*"
_BRACKETED = re.compile(rf"\((?P<short>{_SHORT})\)")
_EXPLAINED = re.compile(rf"\b(?P<short>{_SHORT})\s+\((?P<long>[A-Za-z][^()]{{5,100}})\)")
_OR = re.compile(
    r",\s+(?:or|also\s+known\s+as|known\s+as|called|abbreviated\s+(?:to|as))\s+(?:the\s+)?"
    r"(?P<short>[A-Z][A-Za-z0-9&]{1,9})\b"
)
# What a text calls by a short form need not give its letters: "BMT (the managers' meeting)".
_GLOSSED = re.compile(r"\b(?P<short>[A-Z]{3,8})\s+\((?P<long>(?:the|an?)\s+[a-z][^()]{5,80})\)")
_KNOWN_AS = re.compile(
    r"\b(?:also\s+|better\s+|commonly\s+|locally\s+)?(?:known|referred\s+to)\s+(?:locally\s+|here\s+)?as\s+"
    r"(?:the\s+)?[\"'\u2018\u201c](?P<short>[A-Z]{3,8})[\"'\u2019\u201d]"
)
_BREAK = re.compile(r"[.;:()\"\u201c\u201d]|\n[ \t]*\n")
_PIECES = re.compile(r"[\w&]+(?:['\u2019]\w+)?")
_SIGNS = re.compile(r"['\u2019.]")
_WORD = re.compile(r"[^\s]+")
_WINDOW = 160  # characters before a bracket in which the long form stands
_QUOTES = "'\u2018\u2019"
_CAPITALS = 2
_NEVER = frozenset(
    {"MBE", "OBE", "CBE", "BEM", "MP", "QC", "KC", "JP", "UK", "EU", "PDF", "III", "II", "IV", "VI"}
)
_SMALL = frozenset({"of", "and", "the", "for", "in", "to", "on", "a", "an", "with", "by", "&"})


def acronyms_in(text: str) -> tuple[Acronym, ...]:
    """Return each short form with each long form that the text gives it, at the first place that does so.

    Two senses of one short form are two entries. One that no place spells out is what a place says of it.
    Source: the letters are matched as in Schwartz and Hearst, Pacific Symposium on Biocomputing 2003, with
    the first letter at the start of a word.
    """
    found: dict[tuple[str, str], Acronym] = {}
    places = [*_before(text, _BRACKETED), *_before(text, _OR), *_inside_brackets(text)]
    spelt = {_singular(acronym.short) for acronym in places}
    places += [acronym for acronym in _glosses(text) if acronym.short not in spelt]
    for acronym in sorted(places, key=lambda acronym: acronym.span):
        found.setdefault((_singular(acronym.short), _sense(acronym.long)), acronym)
    return tuple(found.values())


def _sense(long: str) -> str:
    """Return a long form without what spellings of one sense differ in: case, apostrophes, a plural's s."""
    return re.sub(r"s\b", "", _SIGNS.sub("", long.lower()))


def _before(text: str, pattern: re.Pattern[str]) -> Iterator[Acronym]:
    """Yield the short forms that a pattern finds and whose long form stands before them."""
    for match in pattern.finditer(text):
        short = match["short"]
        if not _is_short(short):
            continue
        start = max(0, match.start() - _WINDOW)
        breaks = [cut.end() for cut in _BREAK.finditer(text, start, match.start())]
        start = breaks[-1] if breaks else start
        at = _long_form(text, start, match.start(), _singular(short))
        if at is not None:
            at += len(text[at : match.start()]) - len(text[at : match.start()].lstrip(_QUOTES))
            long = " ".join(text[at : match.start()].split()).rstrip(_QUOTES)
            yield Acronym(short, _without_rest(long, _singular(short)), Span(at, match.end()))


def _without_rest(long: str, short: str) -> str:
    """Return a long form without the common words behind those whose initials are the short form."""
    words, letters = long.split(), list(short.lower())
    for number, word in enumerate(words, start=1):
        if letters and word[0].lower() == letters[0]:
            letters.pop(0)
        elif word.lower() not in _SMALL:
            return long
        if not letters:
            rest = words[number:]
            return " ".join(words[:number]) if all(each.islower() for each in rest) else long
    return long


def _inside_brackets(text: str) -> Iterator[Acronym]:
    for match in _EXPLAINED.finditer(text):
        short = match["short"]
        if not _is_short(short):
            continue
        at = _long_form(text, match.start("long"), match.end("long"), _singular(short))
        if at == match.start("long"):
            yield Acronym(short, " ".join(match["long"].split()), Span(match.start(), match.end()))


def _glosses(text: str) -> Iterator[Acronym]:
    """Yield the short forms of which a text says what they are called after, without their letters."""
    for match in _GLOSSED.finditer(text):
        if _is_short(match["short"]):
            yield Acronym(match["short"], " ".join(match["long"].split()), Span(match.start(), match.end()))
    for match in _KNOWN_AS.finditer(text):
        start = max(0, match.start() - _WINDOW)
        breaks = [cut.end() for cut in _BREAK.finditer(text, start, match.start())]
        words = list(_WORD.finditer(text, breaks[-1] if breaks else start, match.start()))
        # Where the window cuts a word off, its rest is no word.
        words = words if breaks or start == 0 else words[1:]
        if words and _is_short(match["short"]):
            at = words[0].start()
            long = " ".join(text[at : match.start()].split()).rstrip(",")
            yield Acronym(match["short"], long, Span(at, match.end()))


def _is_short(short: str) -> bool:
    capitals = sum(letter.isupper() for letter in short)
    return capitals >= _CAPITALS and short not in _NEVER and capitals * 2 >= len(_singular(short))


def _singular(short: str) -> str:
    """Return the form without a plural's s: "IROs" is several of "IRO"."""
    return re.sub(r"[\u2019']?s$", "", short)


def _long_form(text: str, start: int, end: int, short: str) -> int | None:
    """Return where the long form begins whose letters the short form takes in order; None where none does."""
    letters = [letter.lower() for letter in short if letter.isalnum()]
    words = list(_WORD.finditer(text, start, end))
    words = words[-min(len(letters) + 5, len(letters) * 2) :]
    starts = [first for first in range(len(words) - 1, -1, -1) if _initial(words[first]) == letters[0]]
    for fits in (_gives_initials, _spells):
        for first in starts:
            phrase = text[words[first].start() : end]
            if fits(phrase.lower(), letters) and _is_phrase(words[first:], letters):
                return words[first].start()
    return None


def _initial(word: re.Match[str]) -> str:
    return word[0].lstrip("'\u2018(")[:1].lower()


def _gives_initials(phrase: str, letters: list[str]) -> bool:
    """Return whether the words' initials are the letters, in order; or the same letters in any order."""
    rest = list(letters)
    words = _PIECES.findall(phrase)
    for word in words:
        if rest and word[0] == rest[0]:
            rest.pop(0)
        elif word not in _SMALL:
            return sorted(w[0] for w in words if w not in _SMALL) == sorted(letters)
    return not rest


def _spells(phrase: str, letters: list[str]) -> bool:
    """Return whether the phrase gives the letters in order: each starts a word, or follows inside one."""
    at = 0
    for number, letter in enumerate(letters):
        begin = re.compile(rf"(?:^|[\s\-/\u2018'&]){re.escape(letter)}")
        match = begin.search(phrase, max(0, at - 1) if number else 0)
        found = match.end() if match else phrase.find(letter, at) + 1
        if found <= 0:
            return False
        at = found
    return True


def _is_phrase(words: list[re.Match[str]], letters: list[str]) -> bool:
    """Return whether a long form has about a word a letter, and starts with none of the small ones."""
    weighty = [word[0] for word in words if word[0].lower() not in _SMALL]
    initials = sum(word[:1].lower() in letters for word in weighty)
    enough = len(words) > 1 and len(weighty) <= len(letters) + 1 and initials * 2 >= len(letters)
    return enough and words[0][0].lower() not in _SMALL
