"""How much two texts are about the same thing: by the rare words that they share, and by their vectors."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

_WORD = re.compile(r"[^\W\d_]{3,}|\d{2,}(?:/\d{2,4})?")
_SUFFIX = re.compile(r"(?:ations?|ingly|ings?|ments?|ated|edly|ied|ies|ed|es|s|e|ly)$")
_LONGEST_STEM, _LEAST_STEM = 8, 3
# What promises and reports are made of, whatever they are about.
_STOP = frozenset(
    """about above added adopted after against agree agreed agreement all also and another any approve
    approved are area asked ask been before being both bring brought but cabinet chair chairman children
    circulated commit committee comment consider considered consideration council councillor county city
    could date decision director director's each every following for from further given has had have
    head her his how information item january february march april may june july august september
    october november december matter meeting meetings member members minute minutes month more next not
    note noted officer officers other our out panel paper present presented process progress propose
    proposed provide provided question receive received recommend recommended regard reply report
    reported reports request resolved review said sent service services set shall should some spring
    summer autumn winter such taken than that the their them then there these they this those through
    time under until update updated was week were what when where which while who will with within
    without work would write written year years executive she her him his they mrs miss made make take
    took taken call called tell told find found undertook undertake mention mentioned give gave given
    want used full good back answer answered promise promised mean meant end held hold new two three
    four five six place people come came going carry carried next report's panel's council's""".split()
)


@cache
def stem(word: str) -> str:
    """Return what a word shares with its inflections: near enough to compare, not to show."""
    low = word.casefold()
    cut = _SUFFIX.sub("", low)
    return (cut if len(cut) >= _LEAST_STEM else low)[:_LONGEST_STEM]


_STOP_STEMS = frozenset(stem(word) for word in _STOP)


def subject_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that say what a text is about."""
    return frozenset(stem(word) for word in _WORD.findall(text)) - _STOP_STEMS


def stems_held(subject: frozenset[str], text: str) -> frozenset[str]:
    """Return the stems of a subject that a text holds: those among its `subject_stems`.

    Every word begins with its stem: a text without the letters of any is not taken apart.
    """
    low = text.casefold()
    return subject & subject_stems(text) if any(each in low for each in subject) else frozenset()


class Rarity:
    """How rare a stem is among some texts: what all of them say tells nothing."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        self._counts: Counter[str] = Counter()
        self._texts = 0
        for stems in texts:
            self._counts.update(stems)
            self._texts += 1

    def weight(self, stems: Iterable[str]) -> float:
        """Return the sum of log(1 + texts / texts with the stem): above 0 even for what all of them say."""
        return sum(math.log(1 + self._texts / max(1, self._counts[each])) for each in stems)

    def share(self, wanted: frozenset[str], offered: frozenset[str]) -> float:
        """Return how much of what `wanted` is about occurs in `offered`, from 0 to 1."""
        whole = self.weight(wanted)
        return self.weight(wanted & offered) / whole if whole else 0.0
