"""Tables whose cells stand a line each: a run of short lines that no sentence ends."""

import re
from collections.abc import Sequence

from qa_service.answering.weighing import slice_of
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.spans import Span
from qa_service.store.passages import StoredPassage

# A line of running text is longer than a cell; three lines are no table yet.
_LONGEST_CELL, _LEAST_CELLS = 60, 4
_ENDS_SENTENCE = re.compile(r"[.;:?!]\s*$")
_IN_A_LIST = frozenset({UnitKind.LIST_ITEM, UnitKind.CLAUSE, UnitKind.LEAD_IN})


def table_around(passage: StoredPassage, index: int) -> tuple[Span, ...]:
    """Return the spans of the table in which a unit of a passage stands, in order; () where it is in none.

    Its header cells and all of its rows, as far as the passage holds them.
    """
    units = passage.units
    if not _is_cells(passage, units[index]):
        return ()
    first = last = index
    while first > 0 and _is_cells(passage, units[first - 1]):
        first -= 1
    while last + 1 < len(units) and _is_cells(passage, units[last + 1]):
        last += 1
    table = units[first : last + 1]
    if sum(len(_lines(passage, unit)) for unit in table) < _LEAST_CELLS:
        return ()
    return _joined(passage, table)


def _is_cells(passage: StoredPassage, unit: Unit) -> bool:
    if unit.kind is UnitKind.ROW:
        return True
    lines = _lines(passage, unit)
    return (
        unit.kind not in _IN_A_LIST
        and all(len(line) <= _LONGEST_CELL for line in lines)
        and not any(_ENDS_SENTENCE.search(line) for line in lines)
    )


def _lines(passage: StoredPassage, unit: Unit) -> list[str]:
    text = "\n".join(slice_of(passage, span) for span in unit.spans)
    return [line for line in text.split("\n") if line.strip()]


def _joined(passage: StoredPassage, units: Sequence[Unit]) -> tuple[Span, ...]:
    """Return the spans of units; those that only blanks part are one."""
    spans: list[Span] = []
    for span in (span for unit in units for span in unit.spans):
        if spans and not slice_of(passage, Span(spans[-1].end, span.start)).strip():
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return tuple(spans)
