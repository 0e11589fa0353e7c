"""The head of a paper that is one line: "Ebbshire Council: Minutes of the Roads Committee, 3 May 2024".

It says what the paper is, whose, of which meeting. Only the first line of a file is read so, or the first
three where its title runs on; a council that the text names elsewhere is no head.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.documents.bodies import body_name, title_case
from qa_service.documents.dates import DateMention, dates_in
from qa_service.documents.headings import is_capitals
from qa_service.documents.layout import Layout
from qa_service.documents.owners import Owner, in_one_order, owners_in, side_by_side
from qa_service.domain.documents import DocumentKind, Status

_LINES = 3
_LENGTH = 400  # characters: more is a text
_SENTENCE = re.compile(r"(?<!\b[ap]\.m)(?<!\bNo)\.$")
# "Council, Committee, Minutes of the Meeting held ..." has nothing but commas between its parts.
_PART = re.compile(
    r"\s+[\u2013\u2014|-]\s+|:\s+|;\s+|"
    r",\s+(?=(?i:(?:(?:draft|unconfirmed|confirmed|approved) )?minutes?\b[^,:;]{0,30}? of\b))"
)
_DRAFT = re.compile(r"\b(?:draft|unconfirmed)\b", re.IGNORECASE)
_BEFORE = r"(?:(?!(?:reports?|extracts?|from|arising|previous|last|approv\w+)\b)[\w'\u2019()-]+,? ){0,10}"
_MINUTES = re.compile(
    r"(?:(?:draft|unconfirmed|confirmed|approved|official) )?"
    r"(?:minutes?(?: and (?:decision|action)s? (?:record|notice|list|points|log))?|notes) of\b|"
    rf"{_BEFORE}(?:minutes|minute of meeting)(?=$|,| (?:of )?\d| \w+day\b)",
    re.IGNORECASE,
)
_RECORD = re.compile(
    rf"{_BEFORE}(?:record|notice|schedule|summary|list) of (?:(?:the|executive|key|officer|cabinet) ){{0,2}}"
    rf"decisions?\b|{_BEFORE}decision (?:record|notice|list|sheet)s?\b|"
    r"decisions (?:(?:taken|made) )?(?:of|by)\b",
    re.IGNORECASE,
)
_AGENDA = re.compile(
    r"(?:supplementary |public )?(?:agenda|notice of (?:the |an? )?(?:\w+ ){0,2}meeting)\b"
    r"(?! items?\b| reports?\b)",
    re.IGNORECASE,
)
_OTHER = re.compile(r"\b(?:questions?|answers?|replies|terms of reference)\b", re.IGNORECASE)
_REPORT = re.compile(r"\breports?\b", re.IGNORECASE)
_RECORDS = frozenset({DocumentKind.MINUTES, DocumentKind.DECISION_RECORD})
_JOINT = re.compile(r"\bJoint\b(?! Policing)")
_KINDS = (
    (_MINUTES, DocumentKind.MINUTES),
    (_RECORD, DocumentKind.DECISION_RECORD),
    (_AGENDA, DocumentKind.AGENDA_PACK),
)
_NO_MEETING = re.compile(  # a day of something else stands behind these
    r"\b(?:issued|published|adopted|approved|agreed|revised|reviewed|updated|dated|signed|received|sent|ended|"
    r"ending|ends|to|until|till|from|since|between|and|by|before|after|at|opened|opening|closed|closing|"
    r"effective|commencing|starting|year|quarter|period|month|week|deadline|due|version|made|laid|printed)"
    r"(?: (?:on|of|in|at|for))?(?: the)?:?\s*$",
    re.IGNORECASE,
)
_OF_MEETING = re.compile(r"\b(?:held|meeting|taken|sitting|hearing)\b[^:;]*$", re.IGNORECASE)
_MARK = re.compile(r"(?:[,:(\u2013\u2014|-]|@ on|\bminutes(?: of)?|\bagenda)\s*$", re.IGNORECASE)
_ON = re.compile(r"\b(?:on|of|for)\s*$", re.IGNORECASE)
# Behind a body's name: where and when it met, and what on.
_MET = re.compile(
    r"(?:,? (?:held|taken)\b|,? on (?=\w+day\b)|,? (?:at|in) (?:the )?(?=[A-Z])|,? via\b| \(|(?:,| of)? [@])"
    r".*"
)
_ABOUT = re.compile(r"(?:, |\s(?:for|on|about|regarding|concerning|in|of)\s)")
_ADJECTIVES = (
    r"(?:(?:annual|special|extraordinary|ordinary|adjourned|remote|virtual|hybrid|monthly|quarterly|"
    r"full|informal|public) )*"
)
_MEMBERS_OF = r"(?:the )?(?:members of (?:the )?)?"
_ANCHORS = tuple(
    re.compile(anchor, re.IGNORECASE)
    for anchor in (
        rf"\bmeeting of {_MEMBERS_OF}",
        rf"\b(?:minutes?|notes|record|notice|agenda) of (?:an? |the )?{_ADJECTIVES}",
        rf"\b(?:to|before) {_MEMBERS_OF}",
        r"\bfor (?:the )?",
        r"\bdecisions? (?:(?:taken|made) by|of) (?:the )?",
    )
)
_PAPER_WORDS = re.compile(
    r"\b(?:minutes?|reports?|agenda|notes|record|notice|questions|answers|replies|meeting|decisions?|terms)\b",
    re.IGNORECASE,
)
_KIND_BEHIND = re.compile(
    r"\s(?:(?:draft|confirmed|unconfirmed) )?(?:minutes|agenda|decisions)$", re.IGNORECASE
)
_OWNED = re.compile(r"(?:,| of)?\s*@")
_OPENED = re.compile(r"@(?:[,:]| [\u2013\u2014|-]) \S")
_NO_BODIES = frozenset("authority board commission committee conference forum panel partnership".split())
_PARISH_MEETING = re.compile(
    r"\b(?P<body>Annual (?P<kind>Parish|Town|Community) (?:Meeting|Assembly))"
    r"(?: of (?P<place>[A-Z][\w'\u2019-]*(?: (?:and )?[A-Z][\w'\u2019-]*){0,3}))?"
)
# What meets is the owner itself: "meeting of @", "report to @", "@, 3 May 2024".
_OWN_MEETING = re.compile(
    r"^@(?: \w+)?(?: meeting)? (?:minutes|agenda)\b|\bplenary meeting\b|"
    r"\b(?:(?:minutes?|notes) of|meeting of|to|before) (?:an? |the )?"
    rf"{_ADJECTIVES}(?:meeting of )?(?:the )?@",
    re.IGNORECASE,
)
_ITSELF = re.compile(r"\b(?:to|before|for) the (?P<kind>Authority|Board|Council)\b")
_FOR_MEETING = re.compile(
    r"\bfor (?:the|its) (?:\w+ )?meeting (?:on|of) |\bof (?:an? |the )?(?:\w+ )?meeting (?:held|on)\b",
    re.IGNORECASE,
)
# A meeting that is named by its purpose alone is the council's own.
_NAMED_BY_PURPOSE = re.compile(
    r"\bminutes? of (?:an? |the )?(?:(?:annual|special|statutory|extraordinary|ordinary|adjourned|monthly|"
    r"budget|(?:january|february|march|april|may|june|july|august|september|october|november|december)) )+"
    r"meeting (?:held\b|on\b|for\b|to consider\b)",
    re.IGNORECASE,
)
_SMALL = re.compile(r"(?:Parish|Community|Town) Council$|(?:Board|Authority)$")


@dataclass(frozen=True, slots=True)
class TitleLine:
    """What the title on the lines `first` to `last` says; None for what it leaves out.

    `joint`: the body is that of several councils, so the paper is none's. `subject` is what a report is on.
    """

    first: int
    last: int
    kind: DocumentKind
    council: str | None
    body: str | None
    held_on: date | None
    joint: bool = False
    subject: str | None = None
    status: Status = Status.UNKNOWN


def title_line(layout: Layout) -> TitleLine | None:
    """Return what the first line of a file says, or its first lines where only they name the day."""
    lines = list(layout.content[:_LINES])
    if not lines or any(len(layout.lines[index].plain) > _LENGTH for index in lines[:1]):
        return None
    alone = _read(layout, lines[:1], " ")
    if alone is not None and alone.held_on:
        return alone
    wrapped = (_read(layout, lines[:count], " ") for count in _several(lines) if _runs_on(lines[:count]))
    stacked = (_read(layout, lines[:count], " \u2013 ") for count in _several(lines))
    whole = (found for found in (*wrapped, *stacked) if found is not None and _is_whole(found))
    return next(whole, alone)


def _several(lines: Sequence[int]) -> range:
    return range(2, len(lines) + 1)


def _runs_on(lines: Sequence[int]) -> bool:
    """Return whether lines follow each other without a blank one."""
    return lines[-1] - lines[0] == len(lines) - 1


def _is_whole(title: TitleLine) -> bool:
    """Return whether lines say together what kind of paper it is, whose, and of which meeting."""
    named = title.held_on and title.body and (title.council or title.joint)
    return bool(named) and title.kind is not DocumentKind.OTHER


def _read(layout: Layout, lines: Sequence[int], mark: str) -> TitleLine | None:
    printed = mark.join(layout.lines[index].plain for index in lines)
    if len(printed) > _LENGTH or "@" in printed or _SENTENCE.search(printed) or not printed[0].isupper():
        return None
    words = in_one_order(title_case(printed) if is_capitals(printed) else printed)
    owners = owners_in(words)
    joint = side_by_side(owners, words)
    owner = None if joint else _owner(owners, words)
    marked = _marked(words, owners if joint else [owner] if owner else [])
    kind = _kind(_PART.split(words))
    body, held_on = _meeting(marked, owner.name if owner else None, kind)
    council = owner.name if owner else None
    if body is None and (meeting := _PARISH_MEETING.search(words)):
        body, council = meeting["body"], council or _parish_council(layout.text, meeting)
    if not _is_head(marked, kind, body, held_on) or not (council or joint or body):
        return None
    if kind in _RECORDS and held_on is None:
        kind = DocumentKind.OTHER
    joint = joint or (council is None and body is not None and _JOINT.search(body) is not None)
    status = Status.DRAFT if kind is DocumentKind.MINUTES and _DRAFT.search(words) else Status.UNKNOWN
    subject = _subject(words, printed) if kind is DocumentKind.REPORT else None
    return TitleLine(
        lines[0], lines[-1], kind or DocumentKind.OTHER, council, body, held_on, joint, subject, status
    )


def _is_head(marked: str, kind: DocumentKind | None, body: str | None, held_on: date | None) -> bool:
    """Return whether a line says enough to be a head: more than a letterhead, and no sentence on somebody."""
    if _OPENED.match(marked):
        return True
    said = kind in _RECORDS and "@" in marked
    return kind is not None and (
        held_on is not None or said or (kind is DocumentKind.OTHER and body is not None)
    )


def _marked(words: str, owners: Sequence[Owner]) -> str:
    """Return words with "@" for the owner's name, or for the names of several."""
    for name in sorted({owner.name for owner in owners}, key=len, reverse=True):
        words = words.replace(name, "@")
    return re.sub(r"@(?:(?: and|,) @)+", "@", words)


def _parish_council(text: str, meeting: re.Match[str]) -> str | None:
    """Return the council of the parish whose electors met, where the paper names it."""
    name = f"{meeting['place']} {meeting['kind']} Council"
    return name if meeting["place"] and name in text else None


def _owner(owners: Sequence[Owner], words: str) -> Owner | None:
    """Return the owner that opens the line, or else the first named before the place of the meeting."""
    place = re.search(r" (?:held|in the|at the)\b", words)
    end = place.start() if place else len(words)
    return next((owner for owner in owners if owner.start == 0 or owner.start < end), None)


def _kind(parts: Sequence[str]) -> DocumentKind | None:
    """Return what the paper is, by the first sign of it in any part; None where nothing says."""
    for pattern, kind in _KINDS:
        if any(map(pattern.match, parts)):
            return kind
    if any(_OTHER.search(part) and not _REPORT.search(part) for part in parts):
        return DocumentKind.OTHER
    return DocumentKind.REPORT if any(map(_REPORT.search, parts)) else None


def _meeting(marked: str, owner: str | None, kind: DocumentKind | None) -> tuple[str | None, date | None]:
    """Return the body that meets, and the day; no day of a paper that names neither meeting nor body."""
    day = _day(marked)
    body = _body(marked, owner, day)
    told = day is not None and _OF_MEETING.search(marked[: day.span.start]) is not None
    if day is None or not (body or told or kind in _RECORDS):
        return body, None
    return body, day.value


def _day(words: str) -> DateMention | None:
    """Return the day of the meeting; None where two could be it."""
    told, named = [], []
    for mention in dates_in(words):
        before = words[: mention.span.start]
        if mention.value is None or _NO_MEETING.search(before):
            continue
        if _OF_MEETING.search(before):
            told.append(mention)
        elif _MARK.search(before) or (_ON.search(before) and mention.weekday is not None):
            named.append(mention)
    days = told or named
    return days[0] if len({each.value for each in days}) == 1 else None


def _body(marked: str, owner: str | None, day: DateMention | None) -> str | None:
    """Return the body that stands alone before the day, or else that it is of or goes to; else the owner."""
    end = day.span.start if day else len(marked)
    for part in _PART.split(marked[:end]):
        for field in _OWNED.split(part):
            body = _named(_KIND_BEHIND.sub("", field.strip(" ,")), owner)
            if body is not None:
                return body
    for anchor in _ANCHORS:
        for match in anchor.finditer(marked):
            behind = marked[match.end() : end if match.end() < end else len(marked)]
            body = _longest(_MET.sub("", _PART.split(behind)[0]), owner)
            if body is not None:
                return body
    return _itself(owner) if owner and day and _meets(marked, owner, end) else None


def _longest(words: str, owner: str | None) -> str | None:
    """Return the longest name of a body that words begin with, up to where they tell what on."""
    ends = [len(words), *(match.start() for match in reversed(list(_ABOUT.finditer(words))))]
    return next((body for end in ends if (body := _named(words[:end], owner))), None)


def _named(words: str, owner: str | None) -> str | None:
    words = words.strip(" ,")
    if not words or "@" in words or words.lower() in _NO_BODIES or _PAPER_WORDS.search(words):
        return None
    return body_name(words, owner)


def _meets(marked: str, owner: str, end: int) -> bool:
    """Return whether the meeting is the owner's own."""
    if _OWN_MEETING.search(marked) or _NAMED_BY_PURPOSE.search(marked) or marked[:end].strip(" ,") == "@":
        return True
    if any(owner.endswith(match["kind"]) for match in _ITSELF.finditer(marked)):
        return True
    return _SMALL.search(owner) is not None and _FOR_MEETING.search(marked) is not None


def _itself(owner: str) -> str:
    """Return the name of the owner as a body: a council's kind, where it says one."""
    body = body_name(owner, owner)
    return owner if body is None or body.casefold() == owner.casefold() else body


def _subject(words: str, printed: str) -> str:
    """Return what a report is on: what stands behind the day or "Report to ..."; else all that is printed."""
    day = _day(words)
    report = _REPORT.search(words)
    for end in [day.span.end if day else None, report.end() if report else None]:
        mark = _PART.search(words, end) if end is not None else None
        if mark is not None and not dates_in(words, mark.end()):
            return words[mark.end() :]
    return printed
