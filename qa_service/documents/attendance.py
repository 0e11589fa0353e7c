"""Who was there, as the paper records it: rolls, apologies, deputies, people in for one item only."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa_service.documents.blocks import Context
from qa_service.documents.layout import Layout
from qa_service.documents.people import Person, officials_in, people_in, surname
from qa_service.domain.documents import Attendance, AttendanceState
from qa_service.domain.spans import Span, trimmed

_LABEL = re.compile(
    r"(?P<label>present in (?:the )?chair|in the chair|members present|members in attendance|"
    r"councillors present|offic(?:ials|ers) present|also present|also in attendance|"
    r"(?:officials |officers )?in attendance(?: virtually| remotely| \(virtually\))?|present|attendees|"
    r"apologies"
    r"(?: for absence)?|absent|not present|chair(?:man|person|woman)?|vice[- ]chair(?:man|person|woman)?|"
    r"(?:appointed|co-opted|independent|elected|ex-officio) members?|substitutes?|deput(?:y|ies)|"
    r"officers|officials|"
    r"(?:yn )?bresennol|presennol|ymddiheuriadau)\s*(?::|\*{0,2}:\*{0,2}|$|(?=\s{2,})|(?<=\bPRESENNOL)\s|"
    r"(?<=\bPRESENT)\s)\s*",
    re.IGNORECASE,
)
_STATES = (
    ("members in attendance", AttendanceState.PRESENT),
    ("apolog", AttendanceState.APOLOGIES),
    ("ymddiheur", AttendanceState.APOLOGIES),
    ("absent", AttendanceState.ABSENT),
    ("not present", AttendanceState.ABSENT),
    ("attendance", AttendanceState.IN_ATTENDANCE),
    ("also present", AttendanceState.IN_ATTENDANCE),
    ("offic", AttendanceState.IN_ATTENDANCE),
    ("substitute", AttendanceState.DEPUTY),
    ("deput", AttendanceState.DEPUTY),
)
_SENTENCE = re.compile(
    r"(?:an? )?apolog(?:y|ies) for\b", re.IGNORECASE
)  # it ends the part that stands above it
_ROLES = ("vice", "chair", "appointed", "co-opted", "independent", "elected", "ex-officio")
_KEY = re.compile(r"(?<!\*)\\?\*(?!\*)\s*(?:=|denotes|indicates)?\s*(?:Members? )?present\b", re.IGNORECASE)
_STARRED = re.compile(r"\s*(?:[-\\]\s*)?\*\s*")
_WEB_STATES = {
    "present, as expected": AttendanceState.PRESENT,
    "present": AttendanceState.PRESENT,
    "present as substitute": AttendanceState.DEPUTY,
    "in attendance": AttendanceState.IN_ATTENDANCE,
    "absent": AttendanceState.ABSENT,
    "apologies": AttendanceState.APOLOGIES,
    "apologies, sent representative": AttendanceState.APOLOGIES,
    "not required": AttendanceState.NOT_REQUIRED,
}
_APOLOGIES = re.compile(
    r"(?:\bapolog(?:y|ies)(?:\s+for\s+(?:absence|lateness|(?:(?:his|her|their)\s+)?inability\s+to\s+attend"
    r"(?:\s+the\s+meeting)?))?\s+(?:were|was|had been|"
    r"have been)? ?(?:also )?(?:received|submitted|"
    r"reported|given|tendered) (?:from|by|on behalf of) |\breported apologies from |\b(?:the )?apologies of |"
    r"\bapologies from |\bapologies (?:were )?received from |\bsent (?:their|his|her) apologies|"
    r"\bymddiheuriadau (?:gan|oddi wrth)(?: y)? )(?P<names>[^:]{3,900}?)(?:\s+were noted|"
    r"(?<!\bCllr)(?<!Cllrs)(?<!Cyng)(?<!\bMr)(?<!Mrs)(?<!\bMs)(?<!\bDr)(?<!\b[A-Z])\.(?=\s|$)|$)",
    re.IGNORECASE | re.DOTALL,
)
_DEPUTY = re.compile(
    r"(?P<names>[^.]{3,200}?) (?:was|were) (?:in attendance as (?:the |a )?(?P<role>[^.]{0,60}?deput(?:y|"
    r"ies)[^.]{0,30})|deputising|"
    r"substituting)\b",
    re.DOTALL,
)
_SUBSTITUTED = re.compile(r"^(?P<absent>.{3,60}?) who was substituted by (?P<deputy>.{3,60})$", re.DOTALL)
_FOR_ITEM = re.compile(
    r"^(?P<names>.{3,1500}?),?\s+(?:was|were)\s+(?:present\s+and,?\s+with\s+the\s+consent|"
    r"in\s+attendance\s+for\s+this\s+item|"
    r"in\s+attendance\s+to\b|present\s+for\s+this\s+item)",
    re.DOTALL,
)
_PIECES = re.compile(r"[;:]\s*(?:and\s+)?")
_WEB_MIN = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """One labelled part of a roll."""

    label: str
    start: int
    end: int


def roll_of(layout: Layout, first: int, last: int, context: Context) -> list[Attendance]:
    """Return the people of the roll on the lines `first` to `last` inclusive."""
    text = layout.text[layout.lines[first].start : layout.lines[last].end]
    triples = list(_web_triples(layout, first, last, context))
    if triples:
        return triples
    starred = _KEY.search(text) is not None
    found: list[Attendance] = []
    for part in _parts(layout, first, last):
        state, role = _state_of(part.label), _role_of(part.label)
        if starred and state is AttendanceState.PRESENT:
            found.extend(_starred(layout, part, role, context))
            continue
        people: tuple[Person, ...] = ()
        if state is AttendanceState.IN_ATTENDANCE:
            people = officials_in(layout.text, part.start, part.end)
        if not people:
            people = people_in(layout.text, part.start, part.end, welsh=context.language == "cy")
        found.extend(_attendance(person, state, context, role) for person in people)
    return found + apologies_in(layout, first, last, context)


def is_roll_label(words: str) -> bool:
    """Return whether words open a part of a roll: "PRESENT:", "Apologies:"."""
    return _LABEL.match(words) is not None


def _parts(layout: Layout, first: int, last: int) -> Iterator[_Part]:
    label, start = "", layout.lines[first].start
    for index in range(first, last + 1):
        line = layout.lines[index]
        match = _LABEL.match(line.plain) if index not in layout.marks.kinds else None
        if match is None and not _SENTENCE.match(line.plain):
            continue
        if label:
            yield _Part(label, start, line.start)
        if match is None:
            label = ""
            continue
        label = match["label"].lower()
        raw = layout.text[line.start : line.end]
        colon = raw.find(":")
        at = colon + 1 if colon != -1 else raw.lower().find(label) + len(label)
        start = min(line.next, line.start + at + len(re.match(r"(?:\s|\*|</?\w+>)*", raw[at:])[0]))  # type: ignore[index]
    if label and start < layout.lines[last].end:
        yield _Part(label, start, layout.lines[last].end)


def _state_of(label: str) -> AttendanceState:
    return next((state for words, state in _STATES if words in label), AttendanceState.PRESENT)


def _role_of(label: str) -> str | None:
    """Return the post that a label gives to those below it: "Appointed Members" makes each one."""
    if label in {"present in the chair", "present in chair", "in the chair"}:
        return "Chairman"
    if not label.startswith(_ROLES):
        return None
    singular = label.removesuffix("s") if label.endswith("members") else label
    return "-".join(word[:1].upper() + word[1:] for word in singular.title().split("-"))


def _attendance(
    person: Person, state: AttendanceState, context: Context, role: str | None = None
) -> Attendance:
    return Attendance(
        person.name,
        state,
        person.span,
        context.council,
        context.body,
        context.held_on,
        role=person.role or role or person.post,
        minute=context.minute,
        item=context.item if context.minute else None,
    )


def _starred(layout: Layout, part: _Part, role: str | None, context: Context) -> Iterator[Attendance]:
    """Yield one person a cell: a star says present, its absence only that the person is on the roll."""
    for start, end in _cells(layout.text, part.start, part.end):
        cell = layout.text[start:end]
        star = _STARRED.match(cell)
        if _KEY.search(cell):
            continue
        for person in people_in(layout.text, start + (star.end() if star else 0), end):
            state = AttendanceState.PRESENT if star else AttendanceState.LISTED
            yield _attendance(person, state, context, role)
            role = None  # "Chairman:" stands above one name


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in re.finditer(r"[|\n]", text[start:end]):
        if text[at : start + match.start()].strip(" -|\t"):
            yield at, start + match.start()
        at = start + match.end()
    if text[at:end].strip(" -|\t"):
        yield at, end


def _web_triples(layout: Layout, first: int, last: int, context: Context) -> Iterator[Attendance]:
    """Yield the name, party, state triples of an Open Council Network page."""
    indexes = layout.content_between(first, last + 1)
    states = [
        place for place, index in enumerate(indexes) if layout.lines[index].plain.lower() in _WEB_STATES
    ]
    if len(states) < _WEB_MIN:
        return
    for place in states:
        if place < 2:  # noqa: PLR2004  (name and party stand above)
            continue
        name, party = layout.lines[indexes[place - 2]], layout.lines[indexes[place - 1]]
        for person in people_in(layout.text, name.start, name.end):
            found = _attendance(person, _WEB_STATES[layout.lines[indexes[place]].plain.lower()], context)
            yield replace(found, party=party.plain)


def apologies_in(layout: Layout, first: int, last: int, context: Context) -> list[Attendance]:
    """Return the apologies and deputies that sentences on the lines `first` to `last` record."""
    start, end = layout.lines[first].start, layout.lines[last].end
    roll = replace(context, minute=None, item=None)
    found: list[Attendance] = []
    for match in _APOLOGIES.finditer(layout.text, start, end):
        names = match.span("names")
        people = people_in(layout.text, *names, welsh=context.language == "cy")
        found.extend(_attendance(person, AttendanceState.APOLOGIES, roll) for person in people)
        found.extend(_substitutes(layout, *names, roll))
    for match in _DEPUTY.finditer(layout.text, start, end):
        role = " ".join(match["role"].split()) if match["role"] else None
        people = people_in(layout.text, *match.span("names"))
        found.extend(_attendance(person, AttendanceState.DEPUTY, roll, role) for person in people)
    return found


def _substitutes(layout: Layout, start: int, end: int, context: Context) -> Iterator[Attendance]:
    """Yield both of "A who was substituted by B"."""
    at = start
    for joint in [*re.finditer(r",|\band\b", layout.text[start:end]), None]:
        stop = start + joint.start() if joint else end
        piece = trimmed(layout.text, at, stop) if at < stop else None
        at = start + joint.end() if joint else end
        match = _SUBSTITUTED.match(piece.of(layout.text)) if piece else None
        if piece is None or match is None:
            continue
        for name, state in (("absent", AttendanceState.APOLOGIES), ("deputy", AttendanceState.DEPUTY)):
            span = Span(piece.start + match.start(name), piece.start + match.end(name))
            for person in people_in(layout.text, span.start, span.end):
                yield _attendance(person, state, context)


def attendees_for_item(layout: Layout, first: int, last: int, context: Context) -> list[Attendance]:
    """Return the people whom a paragraph says to be there for this item only: no members of the body."""
    start, end = layout.lines[first].start, layout.lines[last].end
    match = _FOR_ITEM.match(layout.text[start:end].lstrip())
    if match is None:
        return []
    start += len(layout.text[start:end]) - len(layout.text[start:end].lstrip())
    stop = start + match.end("names")
    names = match["names"]
    if ";" in names:
        people = list(_with_posts(layout.text, start, stop))
    elif "(" in names or names.count(",") != 1:
        people = list(people_in(layout.text, start, stop))
    else:
        people = list(_with_posts(layout.text, start, stop))
    return [_attendance(person, AttendanceState.IN_ATTENDANCE, context) for person in people]


def _with_posts(text: str, start: int, end: int) -> Iterator[Person]:
    """Yield the people of "A, Director of X; B, Chair of Y; and C, Z"."""
    at = start
    for joint in [*_PIECES.finditer(text, start, end), None]:
        stop = joint.start() if joint else end
        comma = text.find(",", at, stop)
        name_end = comma if comma != -1 else stop
        post = " ".join(text[name_end + 1 : stop].split()).removesuffix(" in attendance").strip(" ,") or None
        for person in people_in(text, at, name_end):
            yield replace(person, role=post)
        at = joint.end() if joint else end


def merged(found: Iterable[Attendance]) -> tuple[Attendance, ...]:
    """Return one record a person and meeting: an apology or a deputy's mention completes the roll's entry.

    A person named for one item only keeps records of their own.
    """
    kept: list[Attendance] = []
    for entry in found:
        place = None if entry.minute else _same_person(kept, entry)
        if place is None:
            kept.append(entry)
        elif _says_more(kept[place], entry):
            roll = kept[place]
            full = max((roll.name, entry.name), key=len)
            kept[place] = replace(
                entry, name=full, role=_better_role(roll, entry), party=roll.party or entry.party
            )
    return tuple(kept)


def _same_person(kept: Sequence[Attendance], entry: Attendance) -> int | None:
    """Return the place of the one person of the same meeting with that name, or with that surname alone."""
    same_meeting = [
        place
        for place, other in enumerate(kept)
        if not other.minute and (other.held_on, other.body) == (entry.held_on, entry.body)
    ]
    exact = [place for place in same_meeting if kept[place].name.lower() == entry.name.lower()]
    if exact:
        return exact[0]
    alike = [place for place in same_meeting if _may_be(kept[place].name, entry.name)]
    return alike[0] if len(alike) == 1 else None


def _may_be(one: str, other: str) -> bool:
    """Return whether a shorter form can name the same person: the surname, initials that fit."""
    if surname(one).lower() != surname(other).lower() or "(" in one + other:  # an initial tells two apart
        return False
    shorter, longer = sorted((one.split(), other.split()), key=len)
    if len(shorter) == 1:
        return True
    first, second = (words[0].strip(".").lower() for words in (shorter, longer))
    is_initial = len(first) == 1 or len(second) == 1
    return len(shorter) == len(longer) and first[0] == second[0] and (is_initial or first == second)


def _says_more(roll: Attendance, entry: Attendance) -> bool:
    if entry.state is AttendanceState.DEPUTY:
        return roll.state in {AttendanceState.PRESENT, AttendanceState.LISTED}
    return entry.state is AttendanceState.APOLOGIES and roll.state is AttendanceState.LISTED


def _better_role(roll: Attendance, entry: Attendance) -> str | None:
    if entry.state is AttendanceState.DEPUTY and entry.role not in {None, "Councillor"}:
        return entry.role
    return roll.role or entry.role
