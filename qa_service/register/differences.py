"""What was decided beside what had been recommended, word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from qa_service.register.words import Rarity, stem, subject_stems

_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W_]+(?:[,.][^\W_]+)*")
_BROKEN = re.compile(r"(?<=\w)-\s+(?=\w)")  # a word that a line's end broke at its hyphen
_NOTES = re.compile(r"\bnot(?:e|es|ed|ing)\b", re.IGNORECASE)
_ACCEPTS = re.compile(r"\b(?:approv|endors|agree|adopt|support|accept)\w*", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\W*(\d{1,2}(?:\.\d{1,2})+)\.?(?=\s|$)")
_YEARS = re.compile(r"\b(20\d\d)\s?[-/\u2013]\s?(?:20)?(\d\d)\b")
LEAST_ALIKE = 0.34  # of a recommendation and the decision that answers it
# The clothes of a decision: "RESOLVED: (i) That the Panel notes" and "be noted" say one thing.
_CLOTHES = frozenset(
    stem(word)
    for word in """resolved resolution recommended recommendation recommendations that the panel committee
    cabinet council board executive members is are be been being was were asked to agree agrees agreed and of
    a an by this it its in for on as following i ii iii iv v vi vii a b c d e f 1 2 3 4 5 6 7 8 9 note notes
    noted approve approves approved endorse endorses endorsed shall will would work content contents
    hereby county city borough town parish district full ask asks request requested requests delegate
    delegates delegated given give any consider considered g h j k l m n o p q r s t u w x y z""".split()
)
# "The list was noted" of what had been put to be noted: nothing of substance was left out.
_ONLY_NOTED = re.compile(
    r"^\W*(?:RESOLVED\W+(?:that\s+)?)?the\s+(?:list|reports?|updates?|presentation|contents|position|information|item|"
    r"papers?)\s+(?:of\s+the\s+report\s+)?(?:was|were|be)\s+noted\W*$",
    re.IGNORECASE,
)
_MORE_THAN_NOTING = re.compile(
    r"\b(?:in\s+particular|(?:approv|endors|agree[sd]?\s+(?:to|that)|adopt|support|recommend|delegat|appoint|refer)\w*)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words: kept, dropped from the recommendation, or added by the decision."""

    kind: str  # "same", "dropped" or "added"
    words: str


def likeness(heading: str, text: str, others: Sequence[tuple[str, str]]) -> list[float]:
    """Return how much each (heading, text) is about the same as a decision, from 0 to 1, in their order."""
    wanted = subject_stems(f"{heading} {text}")
    titled = subject_stems(heading)
    offered = [subject_stems(f"{head} {words}") for head, words in others]
    rarity = Rarity([wanted, *offered])
    return [
        (min(1.0, rarity.share(titled, subject_stems(head))) + rarity.share(stems, wanted)) / 2
        for (head, _), stems in zip(others, offered, strict=True)
    ]


def changes(recommended: str, decided: str) -> tuple[Change, ...]:
    """Return the recommendation turned into the decision, word by word, in the order of reading."""
    before, after = (_WORD.findall(_BROKEN.sub("-", text)) for text in (recommended, decided))
    old, new = [_key(word) for word in before], [_key(word) for word in after]
    found: list[Change] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Change("same", " ".join(after[k:m])))
            continue
        if i < j:
            found.append(Change("dropped", " ".join(before[i:j])))
        if k < m:
            found.append(Change("added", " ".join(after[k:m])))
    return tuple(found)


def differs(found: Sequence[Change]) -> bool:
    """Return whether words that matter were dropped or added: not only how a decision is dressed."""
    decided = " ".join(change.words for change in found if change.kind != "dropped")
    asked = " ".join(change.words for change in found if change.kind != "added")
    if _ONLY_NOTED.match(decided) and not _MORE_THAN_NOTING.search(asked):
        return False
    if _only_notes(asked) != _only_notes(decided):
        return True
    # The number of the paragraph that recommends is no figure of it.
    opening = found[0].words if found and found[0].kind == "dropped" else ""
    numbered = _PARAGRAPH.match(opening)
    sides = {
        kind: {
            stem(word) for change in found if change.kind == kind for word in _LETTERS.findall(change.words)
        }
        - _CLOTHES
        for kind in ("dropped", "added")
    }
    return sides["dropped"] - {numbered[1] if numbered else ""} != sides["added"]


def _only_notes(text: str) -> bool | None:
    """Return whether a text only takes note; None where it does nothing that is told apart here."""
    notes, accepts = bool(_NOTES.search(text)), bool(_ACCEPTS.search(text))
    return None if notes is accepts else notes


def other_year(title: str, decided: str) -> tuple[str, str] | None:
    """Return (year of the title, year of the decision) where each names one and they differ; else None."""
    titled, said = (set(_YEARS.findall(text)) for text in (title, decided))
    if len(titled) == len(said) == 1 and titled != said:
        return "/".join(next(iter(titled))), "/".join(next(iter(said)))
    return None


def _key(word: str) -> str:
    letters = _LETTERS.findall(word)
    return " ".join(letters).casefold() or word
