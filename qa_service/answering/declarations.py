"""How minutes record interests: that somebody declared one, that nobody did, that somebody left for one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from qa_service.answering.votes import SURNAME, TITLES
from qa_service.answering.weighing import text_of
from qa_service.domain.passages import UnitKind
from qa_service.domain.spans import Span
from qa_service.store.passages import StoredPassage

WORDS = ("declar", "disclos", "interest")
"""Words of which any passage holds one that records a declaration, or the heading above it."""
LEAVING_WORDS = (*WORDS, "left the", "no part", "take part", "withdrew")
"""The same of those that record who left."""

_FLAGS = re.IGNORECASE | re.VERBOSE
_HEADING = re.compile(
    r"\b(?:declarations?|disclosures?)\b.*\binterests?\b|\binterests?\b.*\b(?:declar|disclos)", re.IGNORECASE
)
_TITLED = re.compile(rf"\b(?:{'|'.join(TITLES)}|(?:Councillo|Cll)rs)\b\.?\s+{SURNAME}")
_SOMEBODY = re.compile(
    rf"\b(?:{'|'.join(TITLES)}|Councillors|Cllrs|[Mm]embers?|[Cc]hair\w*|[Mm]ayor|[Ll]eader|following)\b"
)
# Up to eight words between the verb and "interest", of which none begins another phrase.
_NOUN = r"(?:(?!(?:in|for|of|on|with|to|by|at|from)\b)[\w’'/()-]+,?\s+){0,8}?"
_DECLARED = re.compile(
    rf"""\b(?:declared|disclosed|repeated|declares|declaring)\s+{_NOUN}(?:interests?|conflicts?)\b(?!\s+rates?\b)
    | \binterests?\s+(?:[\w-]+\s+){{0,3}}(?:was|were|had\s+been|has\s+been|have\s+been)\s+(?:also\s+)?
      (?:declared|disclosed)\b
    | \bdeclarations?\s+(?:of\s+(?:[\w-]+\s+){{0,4}}interests?\s+)?(?:was|were)\s+
      (?:made|received|given|recorded)""",
    _FLAGS,
)
_NONE = re.compile(
    r"""\b(?:no|nil|not\s+any)\b\s+(?:[\w’'-]+\s+){0,5}?(?:interests?|conflicts?)\b
      (?=[^.]*\b(?:declar|disclos|made|received|given|recorded|raised|reported)|\s+of\b|\s*\.?\s*$)
    | \bno\s+(?:[\w-]+\s+){0,3}(?:declarations?|disclosures?)\b(?!\s+of\s+acceptance)
    | \bno\s+(?:members?|councillors?|cllrs?|one|person)\b[^.]{0,40}\b(?:declared|disclosed|had)\b
      [^.]*\binterest
    | \bnone\s+of\s+the\b[^.]{0,40}\b(?:declared|disclosed)\b
    | \b(?:did\s+not|didn['’]t)\s+(?:declare|disclose)\b[^.]*\binterest
    | \binterests?\b[^.]{0,30}:\s*(?:none|nil)\b""",
    _FLAGS,
)
# All that stands below a heading on declarations.
_BARE_NONE = re.compile(
    r"\W*(?:none|nil|n/a|(?:there\s+)?(?:was|were)\s+none|none\s+(?:was|were)?\s*(?:declared|made|received|given|"
    r"recorded|disclosed))\W*",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:except|save|other\s+than|apart\s+from|but)\b", re.IGNORECASE)
# What members must, may or are asked to do, and what the code says, records nothing.
_STANDING = re.compile(
    r"""\b(?:must|should|may|might|can|could)\s+(?:[\w,]+\s+){0,6}?(?:declare|disclose)
    | \b(?:wish|asked|reminded|invit\w+|required?|requested|need(?:ed)?|necessary)\s+
      (?:\w+\s+){0,4}?(?:to\s+)?(?:declare|disclose|notify)\b
    | \bmindful\b | \bwhere\s+they\s+believed?\b | \binvit(?:ed|ing)\b[^.]*\b(?:declar|interest)
    | \badvice\s+on\s+declarations\b""",
    _FLAGS,
)
# Below a heading on declarations, what tells of something else.
_OF_COMING = re.compile(
    r"\b(?:apolog\w+|absence|arrived|joined|entered|welcom\w+|proposed|seconded|minutes\s+of|resolved)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"""\b(?:left|leave|leaving|vacated|quit|retired\s+from)\s+(?:the\s+)?(?:room|meeting|chamber|table|hall|chair)\b
    | \b(?:took|take|taking)\s+no\s+(?:further\s+)?part\b
    | \bnot\s+(?:take\s+(?:any\s+)?part|participate|vote|speak)\b
    | \bwithdrew\b(?=\s+(?:from|while|during|before|and\s+took)\b|\s*[.;]) | \bwithdrawing\s+from\s+the\b
    | \b(?:stepped|stood)\s+(?:out|aside)\b | \brecus\w+ | \babsented\b""",
    _FLAGS,
)
_ENDS = re.compile(r"[.;:!?)\]”’\"]\s*$")
_MOST_JOINED = 3


class Kind(Enum):
    """What a sentence records."""

    MADE = auto()
    NONE = auto()
    LEFT = auto()


@dataclass(frozen=True, slots=True)
class Declaration:
    """A sentence, or a list with what introduces it, that records what became of an interest."""

    passage: StoredPassage
    spans: tuple[Span, ...]
    text: str
    kind: Kind

    @property
    def leaves(self) -> bool:
        """Whether it says that somebody left or took no part."""
        return _LEFT.search(self.text) is not None

    @property
    def meeting(self) -> tuple[object, ...]:
        """Whose record it is in; an undated paper is a record by itself."""
        segment = self.passage.segment
        day = segment.held_on or self.passage.document_id
        return segment.council, segment.body, day

    @property
    def persons(self) -> set[str]:
        """The surnames that it gives behind a title."""
        return set(_TITLED.findall(self.text))

    def names(self, surname: str) -> bool:
        """Return whether it names somebody of that name."""
        return re.search(rf"\b{re.escape(surname)}\b", self.text) is not None


def declarations_in(passage: StoredPassage) -> Iterator[Declaration]:
    """Yield what a passage of minutes records of interests, in the order of its text."""
    segment, at = passage.segment, 0
    under = any(_HEADING.search(title or "") for title in (segment.heading, segment.item_title))
    while at < len(passage.units):
        unit = passage.units[at]
        kind = None if unit.kind is UnitKind.HEADING else _kind(text_of(passage, unit), under=under)
        last = at if kind is None else _last(passage, at)
        if kind is not None:
            units = passage.units[at : last + 1]
            text = " ".join(text_of(passage, each) for each in units)
            yield Declaration(passage, tuple(span for each in units for span in each.spans), text, kind)
        at = last + 1


def _kind(text: str, *, under: bool) -> Kind | None:
    """Return what a sentence records; None without. `under`: below a heading on interests."""
    if _STANDING.search(text):
        return None
    if (_NONE.search(text) or (under and _BARE_NONE.fullmatch(text))) and not _BUT.search(text):
        return Kind.NONE
    if _DECLARED.search(text) and (under or _SOMEBODY.search(text)):
        return Kind.MADE
    if under and _TITLED.search(text) and not _OF_COMING.search(text):
        return Kind.MADE
    return Kind.LEFT if _LEFT.search(text) and _TITLED.search(text) else None


def _last(passage: StoredPassage, at: int) -> int:
    """Return the place of the last unit of what is told from one on.

    A list of persons goes with what introduces it, and the rest of a sentence that a line's end cut.
    """
    last, text = at, text_of(passage, passage.units[at])
    listing = text.rstrip().endswith(":")
    while last + 1 < len(passage.units):
        following = text_of(passage, passage.units[last + 1])
        listed = listing and _TITLED.search(following) is not None
        cut = not _ENDS.search(text) and following[:1].islower() and last - at < _MOST_JOINED
        if not (listed or cut):
            break
        last, text = last + 1, following
    return last
