"""Where and when a meeting is held: the lines of its notice that say so, else how its minutes begin."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from qa_service.answering.drafts import Draft
from qa_service.answering.meeting_times import tells_clock, tells_day
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed
from qa_service.domain.documents import SegmentKind
from qa_service.domain.spans import Span
from qa_service.retrieval.hours_asked import asks_of_a_deed
from qa_service.retrieval.question import Reading
from qa_service.store.passages import StoredPassage

_ASKED = re.compile(
    r"""^(?:and\ |so\ )?(?:(?P<where>where|(?:in|at)\ (?:which|what)\ (?:room|building|town|place|hall)|
    what\ (?:is|was)\ the\ (?:place|venue))|
    (?P<when>when|(?:at\ )?what\ time|(?:on\ )?(?:what|which)\ (?:day|date)|
    what\ (?:is|was)\ the\ (?:date|time)))
    (?:\ and\ (?:at\ )?(?P<too>where|when|what\ time))?\b
    [^?]*\b(?:meet(?:s|ing)?|met|held|sits?|sat|gather(?:s|ed)?|(?:takes?|took|taking)\ place)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_HOUR_ASKED = re.compile(r"\btime\b", re.IGNORECASE)
_LABEL = r"^[ \t*#]*(?:<b>)?(?:{})(?:</b>)?[ \t*]*(?::[ \t]*)?(?:\s*\n\s*|[ \t]+)(?=[A-Z\d])[^\n]+"
_PLACE = re.compile(_LABEL.format("place|venue|location"), re.IGNORECASE | re.MULTILINE)
_TIME = re.compile(
    _LABEL.format("(?:date|day)(?: and time| & time)?|time(?: and date)?"), re.IGNORECASE | re.MULTILINE
)
# A notice without labels: the day and hour on a line, and on the next ones the place.
_BARE = re.compile(
    r"^[^\n]*\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b[^\n]*\b\d{4}\b[^\n]*\d[^\n]*(?:\n[^\n]*[A-Za-z][^\n]*){1,2}",
    re.IGNORECASE | re.MULTILINE,
)
# Words of a meeting that name no subject put to it.
_OF_MEETINGS = frozenset(
    content_stems(
        "meet meets met meeting meetings held hold holding sit sits sat gather gathers gathered take takes "
        "took taking place time day date room building town hall next start starts begin begins open "
        "committee panel venue"
    )
)


def place_and_time(reading: Reading, weighed: Weighed) -> list[Draft]:
    """Return the lines that tell where and when a meeting is held, as asked; none where anything else is.

    A question that names a subject asks of that, and one without a day names no meeting, nor
    does a day on which several bodies met.
    """
    asked, limits = _ASKED.match(reading.own), reading.limits
    if asked is None or not (limits.held_from or limits.held_to):
        return []
    of_body = {stem for body in limits.bodies for stem in content_stems(body)}
    if set(content_stems(reading.topic)) - _OF_MEETINGS - of_body:
        return []
    both = asked["too"] is not None
    labels = [_TIME] if asked["when"] or both else []
    labels += [_PLACE] if asked["where"] or both else []
    hour = _HOUR_ASKED.search(asked[0]) is not None
    if hour and asks_of_a_deed(reading.own):
        return []
    told: dict[date | None, list[Draft]] = {}
    whose: set[tuple[str | None, str | None]] = set()
    for passage in sorted(_passages(weighed), key=lambda each: each.segment.kind is not SegmentKind.COVER):
        if found := _on_cover(passage, labels, hour=hour) or _in_header(passage):
            told.setdefault(passage.segment.held_on, found)
            whose.add((passage.segment.council, passage.segment.body))
    if not limits.bodies and len(whose) > 1:
        return []
    return [draft for _, drafts in sorted(told.items(), key=lambda each: str(each[0])) for draft in drafts]


def _on_cover(passage: StoredPassage, labels: Sequence[re.Pattern[str]], *, hour: bool) -> list[Draft]:
    """Return the lines of a notice that bear the labels, or those that give day and place without any."""
    if passage.segment.kind is not SegmentKind.COVER:
        return []
    found = [line for label in labels if (line := _labelled(label, passage, hour=hour))]
    if len(found) < len(labels) and (bare := _BARE.search(passage.text)):
        found = [bare]
    spans = [Span(*line.span()).shifted(passage.span.start) for line in found]
    return [Draft(passage.document_id, (span,), 0.0) for span in spans]


def _labelled(label: re.Pattern[str], passage: StoredPassage, *, hour: bool) -> re.Match[str] | None:
    """Return the first line with a label; for the time, one that gives the meeting's hour, or its day.

    A letter on the cover bears a date of its own.
    """
    day = passage.segment.held_on
    for line in label.finditer(passage.text):
        if label is not _TIME or tells_clock(line[0]):
            return line
        if not hour and (day is None or tells_day(line[0], day)):
            return line
    return None


def _in_header(passage: StoredPassage) -> list[Draft]:
    """Return how minutes begin: of which meeting they are."""
    if passage.segment.kind is not SegmentKind.MINUTES_HEADER or not passage.units:
        return []
    return [Draft(passage.document_id, passage.units[0].spans, 0.0)]


def _passages(weighed: Weighed) -> Iterator[StoredPassage]:
    yield from {each.passage.row: each.passage for each in weighed.units}.values()
