"""Which earlier minutes a set of minutes says were confirmed: never inferred from silence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from qa_service.documents.dates import dates_in
from qa_service.domain.documents import Confirmation, Part, Segment, SegmentKind
from qa_service.domain.spans import Span

_TOLD = frozenset({SegmentKind.TEXT, SegmentKind.RESOLUTION})
# What stands between "minutes" and the verb: one sentence, which neither denies nor only intends it.
_WHICH = (
    r"(?P<which>(?:(?!\b(?:minutes|not|noted|received|deferred|would|should|will|(?-i:may)|"
    r"to\s+be|if\s+in\s+order)\b)"
    r"(?:[^.;]|(?<=\d)\.(?=\d))){0,260}?)"
)
_CONFIRMED = re.compile(
    rf"\bminutes\b{_WHICH}\b(?:"
    r"(?:be|were|was|are)\s+(?:\w+ly\s+)?(?:confirmed|approved|accepted|adopted|agreed|signed)\b|"
    r"(?:were|was|are|be|as)\s+(?:(?:taken\s+)?as\s+)?(?:an?\s+)?(?:true|correct|accurate)\b)",
    re.IGNORECASE,
)
_CORRECTED = re.compile(
    r"\bsubject\s+to\b|\bsave\s+(?:for|that)\b|\bamend|\bcorrections?\b|\bcorrected\b|\balter(?:ed|ation)|"
    r"\bwith\s+the\s+(?:addition|exception|inclusion|deletion)\b|\bexcept\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:[A-Z][\w'\u2019&-]*,?\s+(?:and\s+|of\s+|for\s+)?){0,8}"
    r"(?:Sub-Committee|Committee|Panel|Board|Cabinet|Forum|Executive|Group)\b"
)
_A_YEAR = timedelta(days=365)


def confirmations_in(text: str, segments: Sequence[Segment]) -> tuple[Confirmation, ...]:
    """Return what the minutes in a paper say of earlier minutes of their own body, in the order of the text.

    Minutes confirmed with a correction are left out: which text was confirmed cannot be told from them.
    """
    told = (one for one in segments if one.part is Part.MINUTES and one.kind in _TOLD)
    found: list[Confirmation] = []
    for _, run in groupby(told, key=lambda one: (one.body, one.held_on, one.minute, one.heading)):
        minute = list(run)
        if minute[0].held_on is not None and minute[0].body is not None:
            found.extend(_in_minute(text, minute, minute[0].body, minute[0].held_on))
    return tuple(found)


def _in_minute(text: str, minute: Iterable[Segment], body: str, told_on: date) -> Iterator[Confirmation]:
    corrected = False
    for segment in minute:
        words = segment.span.of(text)
        corrected = corrected or _CORRECTED.search(words) is not None
        match = _CONFIRMED.search(words)
        if match is None or corrected or not _is_own(match["which"], body):
            continue
        place = Span(match.start(), match.end()).shifted(segment.span.start)
        for mention in dates_in(words, match.start("which"), match.end("which")):
            held_on = mention.within(told_on - _A_YEAR, told_on - timedelta(days=1))
            if held_on is not None and held_on < told_on:
                yield Confirmation(place, segment.council, body, held_on, told_on)


def _is_own(which: str, body: str) -> bool:
    """Return whether no other body's minutes are meant."""
    own = body.casefold()
    named = (" ".join(match[0].split()).casefold() for match in _BODY.finditer(which))
    return all(name in own or own in name for name in named)
