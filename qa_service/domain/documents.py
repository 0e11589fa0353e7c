"""Files, pages, documents and the structure that a committee clerk sees in them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qa_service.domain.access import Access
from qa_service.domain.spans import Span


class DocumentKind(StrEnum):
    """What a paper is. A pack holds papers of other kinds: see `Part`."""

    AGENDA_PACK = "agenda pack"
    MINUTES = "minutes"
    REPORT = "report"
    DECISION_RECORD = "decision record"
    PRESENTATION = "presentation"
    WEB_PAGE = "web page"
    OTHER = "other"


class Part(StrEnum):
    """Which paper inside a file a segment stands in: a file is not a meeting."""

    COVER = "cover"
    AGENDA = "agenda"
    MINUTES = "minutes"
    REPORT = "report"
    APPENDIX = "appendix"
    SLIDES = "slides"
    DECISION_RECORD = "decision record"
    WEB_PAGE = "web page"
    OTHER = "other"


class Status(StrEnum):
    """How far the record of a meeting has come.

    future: papers for a meeting that had not been held when they were published; draft: minutes not
    yet confirmed; confirmed: minutes that later minutes of the same body, or the paper itself, say were.
    """

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    FUTURE = "future"
    UNKNOWN = "unknown"


class SegmentKind(StrEnum):
    """What one block of a paper is. Every character of a document lies in exactly one segment."""

    COVER = "cover"  # title page of a pack: meeting, date, place, enquiries
    AGENDA_ITEM = "agenda item"  # one entry of the agenda list
    DIVIDER = "divider"  # "Agenda Item 8" alone at the top of a page
    MINUTES_HEADER = "minutes header"  # "AT A MEETING of the ... held on ..."
    ATTENDANCE = "attendance"
    HEADING = "heading"  # of a minute, a report section, an item or a slide
    TEXT = "text"  # running text, lists with their lead-in
    RESOLUTION = "resolution"  # what the meeting resolved, agreed or decided, with all its clauses
    RECOMMENDATION = "recommendation"  # what somebody asks a body to decide
    MOTION = "motion"  # text of a motion or an amendment, printed before its fate
    VOTE = "vote"
    REPORT_HEADER = "report header"  # council, body, date, title, author, contact
    TABLE = "table"
    SLIDE = "slide"
    FOOTNOTE = "footnote"
    PAGE_MARK = "page mark"  # footers, stamps, "Page 16", running heads
    BOILERPLATE = "boilerplate"  # standing text, template residue, legal notices
    CHROME = "chrome"  # web navigation, sign-in prompts
    SIGNATURE = "signature"
    BLANK = "blank"  # "This page is intentionally left blank", and empty pages


# What a page break may put between two halves of a paragraph.
INTERRUPTIONS = frozenset({SegmentKind.PAGE_MARK, SegmentKind.BLANK, SegmentKind.FOOTNOTE})


class AttendanceState(StrEnum):
    """What the paper says of a person; never inferred from silence."""

    PRESENT = "present"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    DEPUTY = "deputy"
    IN_ATTENDANCE = "in attendance"
    NOT_REQUIRED = "not required"
    LISTED = "listed"  # named on a roll that marks others as present, and not marked


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes that a document was read from: identity is the hash."""

    sha256: str
    file_name: str
    media_type: str
    size: int
    url: str | None = None
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the file. `number` counts from 1 in the file, for links; `label` is as printed ("26")."""

    number: int
    label: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One paper file: its normalised text and what it is. `held_on` is the meeting it travels to."""

    id: str
    source: SourceFile
    kind: DocumentKind
    title: str
    council: str | None
    body: str | None
    held_on: date | None
    text: str
    pages: tuple[Page, ...]
    language: str = "en"
    access: Access = Access.PUBLIC
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """One block of a document and where it belongs. Unknown is None, never a guess.

    `held_on` is the date of the meeting that the block records (minutes) or is written for (agenda,
    report): minutes of October inside a February pack are October's. `item` and `minute` are numbers as
    printed ("8", "89"), `paragraph` likewise ("5.6"). `heading` is the nearest heading above.
    `addressed_to` names the body of a second report header inside an appendix.
    """

    document_id: str
    kind: SegmentKind
    part: Part
    span: Span
    council: str | None = None
    body: str | None = None
    held_on: date | None = None
    status: Status = Status.UNKNOWN
    item: str | None = None
    item_title: str | None = None
    minute: str | None = None
    paragraph: str | None = None
    heading: str | None = None
    addressed_to: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting of one body. `held_on` is None for an undated paper: undated stays undated."""

    id: str
    council: str | None
    body: str | None
    held_on: date | None
    status: Status = Status.UNKNOWN


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One entry of an agenda list, with the printed page range where the agenda gives one."""

    number: str
    title: str
    span: Span
    first_page: str | None = None
    last_page: str | None = None


@dataclass(frozen=True, slots=True)
class Attendance:
    """One person at one meeting, as the paper records it. `minute` or `item`: there for that item only."""

    name: str
    state: AttendanceState
    span: Span
    council: str | None
    body: str | None
    held_on: date | None
    role: str | None = None
    party: str | None = None
    minute: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Where the minutes of `told_on` say that those of their body's meeting on `held_on` were confirmed."""

    span: Span
    council: str | None
    body: str
    held_on: date
    told_on: date


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form and the place that defines it: "Independent Reviewing Service (IRS)"."""

    short: str
    long: str
    span: Span


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Two places of one paper that cannot both be right, or one place that contradicts itself.

    `kind` is one of "weekday", "meeting date", "figure", "arithmetic", "year"; `note` says in plain words
    what differs. Both are shown, none is corrected.
    """

    kind: str
    note: str
    spans: tuple[Span, ...]
