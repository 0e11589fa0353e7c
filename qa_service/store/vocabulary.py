"""The words of the papers and how they print them: derived, and replaced with every publication."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from qa_service.domain.access import Access
from qa_service.store.database import Connection
from qa_service.store.documents import among
from qa_service.store.lexical_index import stems

# Not the words of web and mail addresses: they print names in small letters.
_WORD = re.compile(r"(?<![@./_\w])[^\W\d_]{2,}(?![@/_]|\.\w)")
_SELDOM = 50  # a name may be printed in small letters once in so many passages
_SHORT_FORM = 5  # letters: a longer word in capitals is a heading's
# Behind three words in small letters no heading's capital stands.
_IN_SENTENCE = re.compile(r"\b[a-z]+ [a-z]+ [a-z]+ ([^\W\d_a-z][^\W\d_]+)")
# A word behind a title in one of so many of its passages is a person's: towns stand there by chance.
_OFTEN = 10
# Up to a dozen names behind a title, or one behind an initial.
_PERSONS = re.compile(
    r"\b(?:(?:Cllrs?|Councillors?|Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lady|Lord|Rev(?:erend)?|Prof(?:essor)?|"
    r"Alderm[ae]n)\.?\s+|[A-Z]\.\s?)((?:[A-Z][\w'’.-]*(?:,\s*|\s+and\s+|\s*)){1,12})"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the papers.

    `form`: in lower case, or as printed most often where it hardly ever is; `passages`: how many hold it;
    `is_name`: hardly ever in lower case, and not for standing in headings only; `is_person`: such a word that
    often stands behind a title.
    """

    form: str
    passages: int
    is_name: bool = False
    is_person: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The words of the papers that one may see, by their lower-case form."""

    words: Mapping[str, Word] = field(default_factory=dict)

    @cached_property
    def listed(self) -> list[str]:
        """All words, in one order."""
        return sorted(self.words)

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of all words, as the index stems them."""
        return frozenset(stems(" ".join(self.words)))


def vocabulary_of(texts: Iterable[str]) -> dict[str, Word]:
    """Return the words of passages, each text a passage."""
    forms: Counter[str] = Counter()
    persons: Counter[str] = Counter()
    names: set[str] = set()
    for text in texts:
        forms.update(set(_WORD.findall(text)))
        names.update(word.lower() for word in _IN_SENTENCE.findall(text))
        persons.update({word.lower() for named in _PERSONS.findall(text) for word in _WORD.findall(named)})
    printed: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for form, count in forms.items():
        printed[form.lower()][form] = count
    return {word: _word(word, counts, persons[word], word in names) for word, counts in printed.items()}


def _word(word: str, counts: Mapping[str, int], behind_title: int, in_sentence: bool) -> Word:  # noqa: FBT001
    passages = sum(counts.values())
    if counts.get(word, 0) * _SELDOM >= passages:
        return Word(word, passages)
    form = min(counts, key=lambda each: (-counts[each], each))
    is_person = behind_title * _OFTEN >= passages
    is_short = form.isupper() and len(form) <= _SHORT_FORM
    return Word(form, passages, is_person or in_sentence or is_short, is_person)


def replace_vocabulary(writer: Connection, access: Access, words: Mapping[str, Word]) -> None:
    """Write the words of one access level in place of those that stood there."""
    writer.execute("DELETE FROM vocabulary WHERE access = :access", {"access": access.value})
    writer.execute_many(
        """INSERT INTO vocabulary (access, word, form, passages, is_name, is_person)
           VALUES (:access, :word, :form, :passages, :is_name, :is_person)""",
        [
            {
                "access": access.value,
                "word": name,
                "form": word.form,
                "passages": word.passages,
                "is_name": int(word.is_name),
                "is_person": int(word.is_person),
            }
            for name, word in words.items()
        ],
    )


def has_vocabulary(reader: Connection, access: Access) -> bool:
    """Return whether any word of a level is held: data directories of before version 0009 hold none."""
    sql = "SELECT EXISTS (SELECT 1 FROM vocabulary WHERE access = :access)"
    return bool(reader.value(sql, {"access": access.value}))


def read_vocabulary(reader: Connection, allowed: frozenset[Access]) -> Vocabulary:
    """Return the words of the levels allowed. What one level alone holds shows in no other."""
    words: dict[str, Word] = {}
    for row in reader.query(
        f"""SELECT word, form, passages, is_name, is_person FROM vocabulary
            WHERE access IN {among(allowed)} ORDER BY access, word"""  # noqa: S608 - an enumeration
    ):
        found = Word(row["form"], row["passages"], bool(row["is_name"]), bool(row["is_person"]))
        other = words.get(row["word"])
        words[row["word"]] = found if other is None else _both(other, found)
    return Vocabulary(words)


def _both(one: Word, other: Word) -> Word:
    """Return what two levels say of a word: what one prints in lower case is no name."""
    is_name = one.is_name and other.is_name
    often = one if one.passages >= other.passages else other
    form = often.form if is_name else one.form.lower()
    passages = one.passages + other.passages
    return Word(form, passages, is_name, is_name and (one.is_person or other.is_person))
