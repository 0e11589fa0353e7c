"""A unit with what stands before it, as the model of the second reading was taught to read it."""

import re

from qa_service.answering.weighing import WeighedUnit, text_of
from qa_service.domain.passages import UnitKind

# Stands before the words that are weighed, and behind those that are only their context.
_WEIGHED = "»"
# So many words of the unit before are read, its last ones: the next leans on the end of a long sentence.
_BEFORE = 24
# Shorter ones seldom say of what they speak.
_ALONE = 14
_LEANING_KINDS = frozenset({UnitKind.ROW, UnitKind.CLAUSE})
_LEANS = re.compile(
    r"""^\W*(?:\(?\w{1,3}[.)]\s+)?(?:that|it|this|these|those|they|he|she|his|her|their|its|such
    |the\ (?:motion|amendment|proposal|report|item|matter|plan|scheme|sum|money|work)|both|neither
    |members|councillors|yes|no|to|and|or|but|however|also|as|in\ (?:reply|response|answer)|a\ vote
    |on\ being|there)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LEADS = 4  # of leads that lead each other
# The model reads 256 word pieces: what introduces a unit must not push the unit itself out.
_INTRODUCING = 48


def in_context(unit: WeighedUnit) -> str:
    """Return what is read of a unit: its passage's header, what stands before it where it leans on that, it.

    "The motion was lost" says of no motion which, a row of no figure what it counts. What stands before is
    what introduces the unit (lead-in, table header), else the end of the unit above it in its passage.
    """
    before = _before(unit)
    opened = f"{before} {_WEIGHED}" if before and _leans(unit) else _WEIGHED
    return f"{unit.passage.header}\n{opened} {unit.text}"


def _before(unit: WeighedUnit) -> str:
    passage = unit.passage
    leads: list[str] = []
    at = unit.unit.lead
    while at is not None and len(leads) < _LEADS:
        leads.insert(0, text_of(passage, passage.units[at]))
        at = passage.units[at].lead
    if leads:
        return _end(" ".join(leads), _INTRODUCING)
    return _end(text_of(passage, passage.units[unit.index - 1]), _BEFORE) if unit.index else ""


def _end(text: str, most: int) -> str:
    """Return the last words of a text, its white space folded."""
    words = text.split()
    return " ".join(words[-most:])


def _leans(unit: WeighedUnit) -> bool:
    text = unit.text
    short = len(text.split()) < _ALONE
    return short or unit.unit.kind in _LEANING_KINDS or "|" in text or bool(_LEANS.match(text))
