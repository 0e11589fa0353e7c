"""Reads a question as the papers would spell it: typing mistakes, lost apostrophes, no capital letters.

Members type on a phone. What is read otherwise than it was typed is told and can be taken back; a person's
name is only exchanged for one of the same letters, and offered otherwise: another name is another person.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from qa_service.domain.answers import Question
from qa_service.retrieval.names import GENERAL
from qa_service.retrieval.places import known_places, with_capitals
from qa_service.store.catalogue import Catalogue
from qa_service.store.lexical_index import STOP_WORDS, stems
from qa_service.store.vocabulary import Vocabulary, Word

TYPED = "spelling"  # in `Question.wide`: as typed

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORTEST = 4  # "lane" is one letter from a dozen words, "cat" from more
_MIDDLING = 6  # from so many letters on any letter may be wrong
_LONG = 8  # and from so many on two
_SAFE_NAME = 5
# So often in the word list's books. "Planing", "hosing" and "minuets" are rarer, "fined" and "ferry" are not.
_RARE = 1_000_000
_COMMONER = 200  # times, from which on a rare English word is a slip for a common one
_FEW, _OFTENER = 2, 25  # passages that misspell a word, and how many times more must spell it
_STRANGE = 0.5  # a question of which more words are strange is in no language of the papers
_TITLE = re.compile(
    r"\b(?:cllrs?|councillors?|mr|mrs|ms|miss|dr|sir|dame|lady|lord|rev|reverend|professor)\.?\s+$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?:^|[.?!]\s+)[\"“‘(]*$")
_LOST_APOSTROPHES = {
    "whats": "what's", "whos": "who's", "wheres": "where's", "whens": "when's", "hows": "how's",
    "whys": "why's", "thats": "that's", "theres": "there's", "didnt": "didn't", "doesnt": "doesn't",
    "dont": "don't", "isnt": "isn't", "wasnt": "wasn't", "arent": "aren't", "werent": "weren't",
    "hasnt": "hasn't", "havent": "haven't", "hadnt": "hadn't", "wont": "won't", "cant": "can't",
    "couldnt": "couldn't", "shouldnt": "shouldn't", "wouldnt": "wouldn't", "im": "I'm", "ive": "I've",
    "alot": "a lot",
}  # fmt: skip
# Keys that lie side by side, either way.
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_KEYS = (*_ROWS, *(row[::-1] for row in _ROWS))
# How American words are spelt here; a form counts only where the papers hold it.
_AMERICAN = tuple(
    (re.compile(before), after)
    for before, after in (
        (r"or(?=$|s$|ed$|ing$|al$|able$|ful|hood|ite)", "our"),
        (r"iz(?=[ei]|ation)", "is"),
        (r"yz(?=[ei])", "ys"),
        (r"er(?=s?$)", "re"),
        (r"(?<=[aeiou])l(?=(?:ed|ing|ors?|ers?)$)", "ll"),
        (r"og(?=s?$)", "ogue"),
        (r"ense(?=s?$)", "ence"),
        (r"am(?=s?$)", "amme"),
    )
)


@dataclass(frozen=True, slots=True)
class Spelt:
    """A question as read. `read_as`: (as typed, as read); `offered`: (as typed, names of the papers)."""

    text: str
    read_as: tuple[tuple[str, str], ...] = ()
    offered: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the asker is told of names that were not exchanged."""
        return tuple(
            f"no paper here says “{typed}”; written nearly so is {' or '.join(f'“{name}”' for name in names)}"
            for typed, names in self.offered
        )


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of a question: as typed, without an 's; what stands before it."""

    typed: str
    before: str
    all_small: bool

    @property
    def word(self) -> str:
        return self.typed.lower()

    @property
    def behind_title(self) -> bool:
        return _TITLE.search(self.before) is not None

    @property
    def begins(self) -> bool:
        return _SENTENCE.search(self.before) is not None

    @property
    def is_called(self) -> bool:
        """Whether the word was typed as a name is: with a capital letter where no sentence begins."""
        return self.behind_title or (self.typed[0].isupper() and not self.all_small and not self.begins)


def as_spelt(question: Question, catalogue: Catalogue) -> tuple[Question, Spelt]:
    """Return the question, and those before it, as the papers spell their words, and what was changed."""
    vocabulary = catalogue.vocabulary
    if TYPED in question.wide or not vocabulary.words:
        return question, Spelt(question.text)
    bodies = [*catalogue.councils, *(body for _, body in catalogue.bodies)]
    found = spelt(question.text, vocabulary, bodies)
    before = [
        replace(turn, question=spelt(turn.question, vocabulary, bodies).text) for turn in question.history
    ]
    return replace(question, text=found.text, history=tuple(before)), found


def spelt(text: str, vocabulary: Vocabulary, bodies: Sequence[str] = ()) -> Spelt:
    """Return a text as the papers spell its words. `bodies` are names of councils and bodies.

    What an English word list or any paper holds stays, however rare. A text without capital letters, or
    with nothing else, gets those that the papers print.
    """
    all_small = text.islower() or text.isupper()
    text = text.lower() if text.isupper() else text
    if _is_strange(text, vocabulary):
        return Spelt(text)
    pieces: list[str] = []
    read_as: dict[str, str] = {}
    offered: dict[str, tuple[str, ...]] = {}
    at = 0
    for match in _TOKEN.finditer(text):
        pieces.append(text[at : match.start()])
        typed, owned = _without_s(match.group())
        token = _Token(typed, text[: match.start()], all_small)
        taken, names = _read(token, vocabulary)
        if taken.lower() != _LOST_APOSTROPHES.get(token.word, token.word).lower():
            held = vocabulary.words.get(taken.lower())
            read_as[typed] = held.form if held is not None else taken
        if names:
            offered[typed] = names
        pieces.append(taken + owned)
        at = match.end()
    read = "".join([*pieces, text[at:]])
    return Spelt(
        with_capitals(read, bodies) if all_small else read, tuple(read_as.items()), tuple(offered.items())
    )


def _without_s(token: str) -> tuple[str, str]:
    """Return a word and the 's behind it."""
    for mark in ("'", "’"):
        word, found, rest = token.partition(mark)
        if found and rest.lower() == "s":
            return word, found + rest
    return token, ""


def _is_strange(text: str, vocabulary: Vocabulary) -> bool:
    words = _TOKEN.findall(text.lower())
    strange = [
        word
        for word in words
        if not _is_known(word, vocabulary) or (len(word) < _SHORTEST and word not in _english())
    ]
    return len(strange) > _STRANGE * len(words) > _STRANGE


def _read(token: _Token, vocabulary: Vocabulary) -> tuple[str, tuple[str, ...]]:
    """Return how a word is read, and the names to offer where one near it is not read into it."""
    word = token.word
    if word in _LOST_APOSTROPHES:
        return _cased(_LOST_APOSTROPHES[word], token, vocabulary), ()
    if any(mark in word for mark in "'’") or (token.typed.isupper() and not token.all_small):
        return token.typed, ()
    near = _slip(word, vocabulary)
    if near is None and _is_known(word, vocabulary):
        return _cased(_british(word, vocabulary), token, vocabulary), ()
    near = near or _nearest(word, vocabulary)
    if near is None:
        return _cased(word, token, vocabulary), ()
    if _may_stand_for(token, near, vocabulary.words.get(near, Word(near, 0))):
        return _cased(near, token, vocabulary), ()
    return _cased(word, token, vocabulary), _names_near(token, vocabulary)


def _names_near(token: _Token, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the names of the papers that are one letter from a word typed as a name, by their letters."""
    held = (vocabulary.words[each] for each, _ in _near(token.word, vocabulary.listed, 1))
    return tuple(sorted(word.form for word in held if word.is_name)) if token.is_called else ()


def _is_known(word: str, vocabulary: Vocabulary) -> bool:
    if (
        len(word) < _SHORTEST
        or word in STOP_WORDS | GENERAL
        or word in vocabulary.words
        or word in _english()
    ):
        return True
    return word in known_places() or word in _LOST_APOSTROPHES or set(stems(word)) <= vocabulary.stems


def _slip(word: str, vocabulary: Vocabulary) -> str | None:
    """Return the common word that was meant by a rare one which no paper holds: "hosing", "minuets".

    Also by one that a few passages misspell as the asker does.
    """
    count, held = _english().get(word), vocabulary.words.get(word)
    if len(word) <= _SHORTEST or word in STOP_WORDS:
        return None
    if count is not None and count >= _RARE:
        return None
    if held is None and (count is None or set(stems(word)) <= vocabulary.stems):
        return None
    if held is not None and (held.is_name or held.passages > _FEW):
        return None
    # A letter exchanged makes too many real words of others: "stave" and "state".
    near = [
        (-vocabulary.words[each].passages, each)
        for each, _ in _near(word, vocabulary.listed, 1)
        if len(each) >= _MIDDLING
        and each[0] == word[0]
        and (len(each) != len(word) or sorted(each) == sorted(word))
    ]
    often = 1 if held is None else _FEW * _OFTENER
    common = [each for passages, each in sorted(near) if -passages >= often and _is_commoner(each, count)]
    return common[0] if common else None


def _is_commoner(word: str, than: int | None) -> bool:
    """Return whether an English word is so much commoner than another that the other is a slip."""
    return _english().get(word, 0) >= max(_RARE, (than or 0) * _COMMONER)


def _british(word: str, vocabulary: Vocabulary) -> str:
    """Return an American word as the papers spell it, where they hold it only so; else the word."""
    if len(word) <= _SHORTEST or word in vocabulary.words or set(stems(word)) <= vocabulary.stems:
        return word
    forms = (pattern.sub(after, word, count=1) for pattern, after in _AMERICAN)
    return next((form for form in forms if form != word and _is_common(form, vocabulary)), word)


def _is_common(word: str, vocabulary: Vocabulary) -> bool:
    held = vocabulary.words.get(word)
    return (
        not held.is_name if held is not None else set(stems(word)) <= vocabulary.stems and word in _english()
    )


def _nearest(word: str, vocabulary: Vocabulary) -> str | None:
    """Return the word that was likeliest meant: fewest mistakes, the same beginning, then held most often.

    English words of which the papers hold another form count as held. None where a word that they do not hold
    is nearer, unless hardly anything else can have been meant: then that word.
    """
    english = _near(word, _english().keys(), 1)
    alike = [each for each, _ in english if each[0] == word[0] and len(word) > _SHORTEST]
    held = [(each, 1) for each in alike if set(stems(each)) <= vocabulary.stems]
    held += _near(word, vocabulary.listed, 2 if len(word) >= _LONG else 1)
    found = [
        (
            mistakes,
            each[0] != word[0],
            -vocabulary.words[each].passages if each in vocabulary.words else 0,
            each,
        )
        for each, mistakes in held
        if _is_slip(word, each, mistakes)
    ]
    if found and (min(found)[0] == 1 or not english):
        return min(found)[3]
    return next((each for each in alike if _is_plain_slip(word, each)), None)


def _is_slip(typed: str, meant: str, mistakes: int) -> bool:
    """Return whether a word may be a slip for another: of short words few kinds of mistake are likely."""
    if mistakes > 1:
        return typed[0] == meant[0]
    if len(typed) >= _MIDDLING or _is_plain_slip(typed, meant):
        return True
    return typed[0] == meant[0] and len(typed) > _SHORTEST and len(typed) != len(meant)


def _is_plain_slip(typed: str, meant: str) -> bool:
    """Return whether letters were swapped or doubled, or a key beside the right one was hit."""
    if _same_letters(typed, meant):
        return True
    wrong = [pair for pair in zip(typed, meant, strict=False) if pair[0] != pair[1]]
    return len(typed) == len(meant) and len(wrong) == 1 and any("".join(wrong[0]) in row for row in _KEYS)


def _near(word: str, among: Collection[str], most: int) -> list[tuple[str, int]]:
    """Return (word, mistakes) of words at most so many mistakes away; none that is short.

    A mistake is a letter left out, put in, exchanged, or swapped with its neighbour (optimal string
    alignment; Damerau, Communications of the ACM 1964).
    """
    found = process.extract(word, among, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [(each, int(mistakes)) for each, mistakes, _ in found if len(each) >= _SHORTEST]


def _may_stand_for(token: _Token, near: str, held: Word) -> bool:
    """Return whether a near word may be read for one that is in no paper and in no word list."""
    if held.is_person or _same_letters(token.word, near):
        return _same_letters(token.word, near)
    if held.is_name:
        return len(token.word) >= _SAFE_NAME
    # A name that no paper holds must not become a common word.
    alike = near in GENERAL or len(token.word) > _MIDDLING
    return not token.is_called or (alike and near[0] == token.word[0])


def _same_letters(one: str, other: str) -> bool:
    """Return whether two words differ by letters swapped or doubled only, or by their accents."""
    one, other = _without_accents(one), _without_accents(other)
    single = (re.sub(r"(.)\1", r"\1", each) for each in (one, other))
    return sorted(one) == sorted(other) or len(set(single)) == 1


def _without_accents(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _cased(word: str, token: _Token, vocabulary: Vocabulary) -> str:
    """Return a word with capital letters as it was typed, or as papers print it where none was typed."""
    held = vocabulary.words.get(word)
    exchanged = word != token.word
    if held is not None and (exchanged or token.all_small) and (held.is_name or word not in _english()):
        return held.form
    if not token.all_small:
        return (
            _capital(word) if token.typed[0].isupper() and exchanged else word if exchanged else token.typed
        )
    return _capital(word) if token.begins or token.behind_title or word == "i" else word


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


@cache
def _english() -> Mapping[str, int]:
    """Return English words with how often books hold them, from the list that comes with symspellpy."""
    path = files("symspellpy").joinpath("frequency_dictionary_en_82_765.txt")
    lines = (line.split() for line in path.read_text(encoding="utf-8-sig").splitlines())
    return {word: int(count) for word, count in lines}
