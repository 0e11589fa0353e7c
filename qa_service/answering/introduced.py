"""What a sentence only announces and what stands right under it gives: "there is a time limit".

Whatever else a paragraph holds may be of another matter. What follows counts where the sentence announces the
very measure that is asked for, where it counts the very things asked for, and under the header of a table.
"""

import re
from collections.abc import Collection

from qa_service.answering.demands import Demand
from qa_service.answering.weighing import WeighedUnit, text_of
from qa_service.answering.whole_telling import LONGEST, adjoins, follows
from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.retrieval.asking import asking_sentence
from qa_service.store.lexical_index import query_words, stems
from qa_service.store.passages import StoredPassage

# Units right behind a sentence, and those of a list or table behind it.
_BEHIND, _MEMBERS = 2, 12
_SUMS = r"fees?|charges?|costs?|prices?|amounts?|rates?|fines?|penalt(?:y|ies)|payments?|deposits?|rents?"
_TIMES = r"time\s+limits?|deadlines?|notice|periods?|dates?|limits?|lengths?"
_MEASURES = {
    Demand.MONEY: _SUMS,
    Demand.SHARE: _SUMS,
    Demand.TIME: _TIMES,
    Demand.DURATION: _TIMES,
    Demand.NUMBER: rf"{_TIMES}|numbers?|ages?|heights?|weights?|distances?",
}
# A sentence that says that there is a measure, or on what it depends.
_ANNOUNCES = r"""
    \bthere(?:['’]s|\s+(?:is|are|was|were|will\s+be))\s+(?:[\w’'-]+\s+){{0,3}}?(?P<one>{measures})\b
    | \b(?P<two>{measures})\b[^.;:]*\b(?:depend(?:s|ing)?|based|var(?:y|ies)|differs?|as\s+follows|below)\b
    | \b(?:must|needs?\s+to|ha(?:s|ve|d)\s+to)\s+(?:give|pay|keep)\s+(?:[\w’'-]+\s+){{0,3}}?
      (?P<three>{measures})\b"""
_PATTERNS = {
    kind: re.compile(_ANNOUNCES.format(measures=measures), re.IGNORECASE | re.VERBOSE)
    for kind, measures in _MEASURES.items()
}
_COUNTED = re.compile(r"\bhow\s+many\s+(?:more\s+|other\s+|new\s+)?(?P<things>[a-z]+)\b", re.IGNORECASE)
_A_COUNT = r"\b\d[\d,]*\s+(?:[a-z]+\s+)?(?P<things>[a-z]+)\b"


def under(
    weighed: WeighedUnit, demands: Collection[Demand], asked: str, *, best: bool
) -> list[tuple[int, ...]]:
    """Return the runs of units right behind one that may give what it announces, the shortest first.

    None where it announces nothing of what is demanded. Together with it each run is short. `best`: whether
    no unit is more like the question; then what counts the things asked for need not be announced.
    """
    passage, at = weighed.passage, weighed.index
    if passage.segment.kind is SegmentKind.RESOLUTION:
        return []
    if any(_announces(weighed.text, kind, asked) for kind in demands):
        return _runs(passage, at)
    if best and Demand.NUMBER in demands:
        return [run for run in _runs(passage, at) if _counts(_words(passage, run), asked)]
    return []


def rows_under(weighed: WeighedUnit) -> tuple[int, ...]:
    """Return the rows of a table that a unit is the header of, as many as are short together with it."""
    passage, at = weighed.passage, weighed.index
    rows = [
        index for index, unit in enumerate(passage.units) if unit.lead == at and unit.kind is UnitKind.ROW
    ]
    return tuple(row for row in rows if _short(passage, at, row))


def _announces(text: str, kind: Demand, asked: str) -> bool:
    """Return whether a sentence announces a measure of a kind; a number of what the question calls so."""
    found = _PATTERNS[kind].search(text) if kind in _PATTERNS else None
    if found is None or kind is not Demand.NUMBER:
        return found is not None
    return bool(_stems(found["one"] or found["two"] or found["three"]) & _stems(asking_sentence(asked)))


def _counts(text: str, asked: str) -> bool:
    """Return whether a text counts the things of which a question asks how many there are."""
    things = _COUNTED.search(asking_sentence(asked))
    return things is not None and any(
        _stems(things["things"]) & _stems(found["things"])
        for found in re.finditer(_A_COUNT, text, re.IGNORECASE)
    )


def _runs(passage: StoredPassage, at: int) -> list[tuple[int, ...]]:
    """Return what goes on behind a unit: one sentence of its paragraph, two, and these with a whole list."""
    units, run, told = passage.units, list[int](), 0
    for index in range(at + 1, min(at + 1 + _MEMBERS, len(units))):
        kind = units[index].kind
        goes_on = told == len(run) < _BEHIND and follows(passage, index - 1)
        listed = kind is UnitKind.ROW or units[index].lead in run
        leads = kind is UnitKind.LEAD_IN and adjoins(passage, index - 1)
        if not (goes_on or listed or leads) or not _short(passage, at, index):
            break
        run.append(index)
        told += goes_on
    lengths = sorted({*range(1, told + 1), len(run)} - {0})
    return [tuple(run[:length]) for length in lengths]


def _short(passage: StoredPassage, first: int, last: int) -> bool:
    return 0 < passage.units[last].end - passage.units[first].start <= LONGEST


def _words(passage: StoredPassage, run: tuple[int, ...]) -> str:
    return " ".join(text_of(passage, passage.units[at]) for at in run)


def _stems(text: str) -> set[str]:
    return {stem for word in query_words(text) for stem in stems(word)}
