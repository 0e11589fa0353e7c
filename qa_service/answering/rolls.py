"""Who was there: answered from the rolls, in the paper's own words, never from silence."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

from qa_service.answering.drafts import Draft, without_overlaps
from qa_service.answering.weighing import Weighed
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.documents import AttendanceState, Part
from qa_service.domain.spans import Span, trimmed
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.findings import FoundAttendance, attendance_within

_STATES = (
    (
        re.compile(
            r"\b(?:apolog\w+|excus\w+|regrets|sen[dt] (?:his |her |their )?(?:word|note))\b", re.IGNORECASE
        ),
        {AttendanceState.APOLOGIES},
    ),
    (
        re.compile(
            r"\b(?:absent|missing|miss(?:ed)?|skip(?:ped)?|away|"
            r"(?:not|wasn['’]t|weren['’]t) (?:there|present|at the|in)|"
            r"(?:didn['’]t|did not|fail(?:ed)? to) (?:come|attend|turn up|show up|make)|"
            r"(?:could\s?n[o'’]?t|(?:not |un)able to|could not) (?:make|come|be there|attend))\b",
            re.IGNORECASE,
        ),
        {AttendanceState.ABSENT, AttendanceState.APOLOGIES},
    ),
    (
        re.compile(
            r"\b(?:deput\w+|stands?[ -]in|stood in|sat in|substitut\w+|in place of|came instead|"
            r"fill\w* in)\b",
            re.IGNORECASE,
        ),
        {AttendanceState.DEPUTY},
    ),
)
# How minutes tell it in a sentence, beside how it is asked.
_TOLD = tuple(
    (asked, told)
    for (asked, _), told in zip(
        _STATES,
        (
            re.compile(r"\b(?:apolog\w+|excus\w+|regrets?)\b", re.IGNORECASE),
            # "In the absence of agreement" tells of nobody.
            re.compile(
                r"\b(?:apolog\w+|excus\w+|absent|(?:for|of|his|her|their) absence|"
                r"unable to (?:attend|come|be)|"
                r"absence of (?:councillor|cllr|mrs?|ms|miss|dr|(?:the )?(?:chair|vice|mayor|leader)\w*))\b",
                re.IGNORECASE,
            ),
            re.compile(
                r"\b(?:deputy|deputies|deputi[sz]\w+|substitut\w+|stood in|sat in|"
                r"(?:in (?:the )?place|instead) of)\b",
                re.IGNORECASE,
            ),
        ),
        strict=True,
    )
)
# Characters between two places of one opening of minutes.
_NEAR_BY = 3000
_AWAY = frozenset({AttendanceState.ABSENT, AttendanceState.APOLOGIES})
_PRESENT = frozenset({AttendanceState.PRESENT, AttendanceState.DEPUTY})
_THERE = frozenset({AttendanceState.PRESENT, AttendanceState.DEPUTY, AttendanceState.IN_ATTENDANCE})
# "Who attended Cabinet?" wants the whole roll; "which officers came for the bridge?" does not.
_WHOLE_ROLL = re.compile(
    r"^(?:and )?(?:who|which (?:members|councillors|officers|directors)|what members)\b(?: all| else)? "
    r"(?:was|were|(?:had )?attended|came|turned up|showed up|took part|sat)\b"
    r"(?![^?]*\b(?:when|while|for|about)\b)",
    re.IGNORECASE,
)
_OFFICERS = re.compile(r"^(?:and )?which (?:officers|directors)\b", re.IGNORECASE)
_BY_SCREEN = re.compile(
    r"\b(?:screen|video|virtual(?:ly)?|remote(?:ly)?|online|on-line|by phone)\b", re.IGNORECASE
)
# "Who from the police came when reviews were discussed?" asks of one item, not of the meeting.
_AT_AN_ITEM = re.compile(r"\b(?:when|while|for|about|on|during|to (?:speak|talk|answer))\b", re.IGNORECASE)
# A stop behind an initial or a title ends nothing: "Councillor D. Hale".
_SENTENCE_ENDS = (r"\n[ \t]*\n", r"(?<!\b[A-Z])(?<!\bCllr)(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)\.\s")
_WEB_ENTRY = re.compile(
    r"[^\n]+\n[^\n]+\n(?:present(?:, as expected| as substitute)?|in attendance|absent|not required|"
    r"apologies(?:, sent representative)?)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_TITLES = frozenset(
    "councillor cllr mr mrs ms miss dr sir dame lord lady professor prof mbe obe cbe the and chairman".split()
)
_MINUTED = frozenset({Part.MINUTES, Part.WEB_PAGE})
# "Was Lavinia Rook there?": the words from the verb to the first small letter.
_PERSON = re.compile(r"(?i:(?:and )?(?:was|were|did|had))\s+((?:[A-Z][\w.'’-]*\s+)+)")
_SCORE = 9.0  # what a roll says is no matter of likeness


def attended(
    reader: Connection, weighed: Weighed, filters: Filters, allowed: frozenset[Access], most: int
) -> list[Draft]:
    """Return drafts of the lines on the rolls that the question asks for; none where it names nobody.

    A question names a person ("Was Councillor Hale there?"), a state ("Who sent apologies?") or the whole
    roll ("Who attended?"); for a state and for a roll one meeting must be meant.
    """
    text = weighed.signals.text
    lines = attendance_within(reader, filters, allowed)
    wanted = {state for pattern, states in _STATES if pattern.search(text) for state in states}
    named = [line for line in lines if _names(text, line.name)]
    if named and (not wanted or _tells_of_absence(named, wanted, text)):
        return drafts_of(reader, named, most, apart=True)
    if not wanted and _AT_AN_ITEM.search(text) and not _WHOLE_ROLL.search(text):
        return _at_item(reader, lines, weighed) or _told_of_one(weighed)
    if named:
        lines = [line for line in lines if _meeting(line) in set(map(_meeting, named))]
    if len(set(map(_meeting, lines))) != 1:
        return drafts_of(reader, named, most)
    if _BY_SCREEN.search(text):
        return drafts_of(reader, [line for line in lines if _is_by_screen(reader, line)], most)
    if not wanted and _WHOLE_ROLL.search(text):
        wanted = {AttendanceState.IN_ATTENDANCE} if _OFFICERS.search(text) else set(_THERE)
    found = [line for line in lines if line.state in wanted and (line.minute is None or wanted != _THERE)]
    if wanted - {line.state for line in found} and (told := _told(weighed, text)):
        # "Absent" behind a name and "There were no apologies" are two things that one page tells.
        absent = [line for line in found if line.state is AttendanceState.ABSENT]
        return without_overlaps([*drafts_of(reader, absent, most, apart=True), *told])[:most]
    # That somebody stood in is no line of the roll where the paper says it in a sentence of its own.
    lines = found or ([] if wanted == {AttendanceState.DEPUTY} else named)
    drafts = drafts_of(reader, lines, most, apart=wanted != _THERE)
    return drafts or ([] if wanted else _told_of_one(weighed))


def _tells_of_absence(
    named: Sequence[FoundAttendance], wanted: Collection[AttendanceState], text: str
) -> bool:
    """Return whether the roll itself tells if the one person asked about was away: "Was Ann Hale absent?"."""
    listed = all(line.state is AttendanceState.LISTED for line in named)
    return _AWAY.issuperset(wanted) and _PERSON.match(text) is not None and not listed


def counted_on_roll(
    reader: Connection, lines: Sequence[FoundAttendance], *, away: bool = False
) -> tuple[int, list[Draft]]:
    """Return how many persons the roll of a meeting names as present, or as away, and drafts of these lines.

    Of the record that names most, where minutes are filed twice; those who came for one item do not count.
    """
    states = _AWAY if away else _PRESENT
    found = [line for line in lines if line.minute is None and line.state in states]
    drafts = drafts_of(reader, found, len(found))
    record = {draft.document_id for draft in drafts}
    return len({line.name for line in found if line.document_id in record}), drafts


def _at_item(reader: Connection, lines: Sequence[FoundAttendance], weighed: Weighed) -> list[Draft]:
    """Return the sentence on who was there for the one item that comes first among what was found."""
    of_items: dict[tuple[str, str | None], FoundAttendance] = {
        (line.document_id, line.minute): line for line in lines if line.minute is not None
    }
    for each in weighed.units:
        line = of_items.get((each.passage.document_id, each.passage.segment.minute))
        if line is not None:
            return [Draft(line.document_id, (_whole(reader, line, _SENTENCE_ENDS),), _SCORE)]
    return []


def asks_for_roll(text: str) -> bool:
    """Return whether a question asks who was, or was not, at a meeting, and names nobody."""
    return _WHOLE_ROLL.search(text) is not None or any(pattern.search(text) for pattern, _ in _STATES)


def minuted(weighed: Weighed) -> bool:
    """Return whether minutes, as a paper or as a web page, are among what was found."""
    return any(each.passage.segment.part in _MINUTED for each in weighed.units)


def _told(weighed: Weighed, text: str) -> list[Draft]:
    """Return the sentences of one meeting's minutes that tell a state asked for, in the order of the text.

    "Councillor A sent his apologies. Councillor B was there as his deputy": no roll has a line for that.
    Where a person is named, the sentences that name somebody of that name are all that is wanted.
    """
    patterns = [told for asked, told in _TOLD if asked.search(text)]
    found = [
        each
        for each in weighed.units
        if each.passage.segment.part is Part.MINUTES and any(told.search(each.text) for told in patterns)
    ]
    names = {name.title() for name in weighed.signals.names}
    found = [each for each in found if any(name in each.text for name in names)] or found
    if not found:
        return []
    first = found[0].passage
    of_one = [each for each in found if each.passage.document_id == first.document_id]
    near = [each for each in of_one if abs(each.passage.span.start - first.span.start) <= _NEAR_BY]
    near.sort(key=lambda each: each.unit.start)
    return [Draft(first.document_id, each.unit.spans, _SCORE) for each in near]


def _told_of_one(weighed: Weighed) -> list[Draft]:
    """Return the sentence of minutes that tells of the person asked about that he or she was not there.

    By the last word of a name: "Lavinia Rook" is "Councillor L Rook" in minutes.
    """
    person = _PERSON.match(weighed.signals.text)
    if person is None:
        return []
    named = re.compile(rf"\b{re.escape(person[1].split()[-1])}\b")
    for each in weighed.units:
        told = any(pattern.search(each.text) for _, pattern in _TOLD)
        if each.passage.segment.part is Part.MINUTES and told and named.search(each.text):
            return [Draft(each.passage.document_id, each.unit.spans, _SCORE)]
    return []


def _meeting(line: FoundAttendance) -> tuple[str | None, str | None, str | None]:
    return line.council, line.body, line.held_on


def _is_by_screen(reader: Connection, line: FoundAttendance) -> bool:
    return _BY_SCREEN.search(slice_of(reader, line.document_row, _whole(reader, line))) is not None


def _names(text: str, name: str) -> bool:
    """Return whether the question holds the surname, and no other first name before it."""
    words = [word for word in re.findall(r"[\w'’-]+", name) if word.lower().strip(".") not in _TITLES]
    if not words:
        return False
    surname = words[-1]
    if surname not in text:  # a roll has dozens of names, and a pattern for each is dear
        return False
    match = re.search(rf"(?:\b([A-Z][\w'’-]*)\s+)?\b{re.escape(surname)}\b", text)
    if match is None:
        return False
    if match[1] is None or len(words) == 1:
        return True
    before, known = match[1].lower(), {word.lower() for word in words[:-1]}
    # "Councillor L Rook" on the roll is the Lavinia Rook of the question.
    return before in known | _TITLES | _STARTERS or before[0] in known


_STARTERS = frozenset("was did were is has had who when and or of by with for".split())


def drafts_of(
    reader: Connection, lines: Sequence[FoundAttendance], most: int, *, apart: bool = False
) -> list[Draft]:
    """Return drafts of whole lines, each once, of one record a meeting: minutes are filed twice.

    `apart`: of a web page's roll only the entries of these persons, and not all of it.
    """
    records: dict[tuple[object, ...], Counter[str]] = {}
    for line in lines:
        records.setdefault(_meeting(line), Counter())[line.document_id] += 1
    drafts: dict[tuple[str, Span], Draft] = {}
    for line in lines:
        if records[_meeting(line)].most_common(1)[0][0] == line.document_id:
            span = _whole(reader, line, apart=apart)
            drafts.setdefault((line.document_id, span), Draft(line.document_id, (span,), _SCORE))
    return list(drafts.values())[:most]


def _whole(
    reader: Connection,
    line: FoundAttendance,
    ends: Sequence[str] = (*_SENTENCE_ENDS, ";"),
    *,
    apart: bool = False,
) -> Span:
    """Return the sentence or line of the roll in which the person stands, as `ends` bound it.

    `apart`: of a web page's roll the person's name, party and state alone.
    """
    segment = reader.query(
        'SELECT start, "end" FROM segment WHERE document_row = :row AND start <= :at AND "end" > :at',
        {"row": line.document_row, "at": line.span.start},
    )[0]
    text = slice_of(reader, line.document_row, Span(segment["start"], segment["end"]))
    at = line.span.start - segment["start"]
    # Each end keeps its first character, a stop, and parts what stands behind it.
    places = [found.start() + 1 for found in re.finditer("|".join(ends), text)]
    start = max((place for place in places if place <= at), default=0)
    end = min((place for place in places if place > at), default=len(text))
    whole = trimmed(text, start, end)
    assert whole is not None  # the person's name lies in it
    if apart and (entry := _WEB_ENTRY.match(text, text.rfind("\n", 0, at) + 1)) is not None:
        whole = Span(*entry.span())
    return whole.shifted(segment["start"])
