"""A paper's text to its parts: cover, agenda, minutes, reports, records, and what each yields."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from qa_service.documents.agenda import Agenda, agenda_blocks, agenda_of
from qa_service.documents.blocks import Block, Context
from qa_service.documents.cover import Cover, cover_blocks, cover_of
from qa_service.documents.decision_record import RecordHeader, record_text
from qa_service.documents.decisions import drafted
from qa_service.documents.layout import Layout
from qa_service.documents.minutes import minutes_record
from qa_service.documents.minutes_header import MinutesHeader
from qa_service.documents.motion_papers import MotionPaper, meeting_named, motion_papers
from qa_service.documents.parts import PartStart, is_appendix, item_by_title, item_of, part_starts
from qa_service.documents.report_header import ReportHeader
from qa_service.documents.reports import report_text
from qa_service.documents.slides import looks_like_slides, slide_blocks
from qa_service.documents.text_blocks import text_blocks
from qa_service.documents.title_line import TitleLine, title_line
from qa_service.documents.web_pages import web_page
from qa_service.domain.documents import AgendaItem, Attendance, DocumentKind, Part, SegmentKind, Status
from qa_service.domain.resolutions import Resolution, Standing


@dataclass(slots=True)
class Structure:
    """What a paper's text yields before spans are tiled and ids given."""

    kind: DocumentKind = DocumentKind.OTHER
    council: str | None = None
    body: str | None = None
    held_on: date | None = None
    title: str | None = None
    blocks: list[Block] = field(default_factory=list)
    items: tuple[AgendaItem, ...] = ()
    resolutions: list[Resolution] = field(default_factory=list)
    attendance: list[Attendance] = field(default_factory=list)


def structure_of(layout: Layout, council: str | None, language: str, *, web: bool = False) -> Structure:
    """Return the structure of a text; `council` is the publisher's, for parts that name none.

    `web`: the text is a web page's, whose short lists are no slides.
    """
    context = Context(council=council, language=language)
    page = web_page(layout, context)
    if page is not None:
        return Structure(
            page.kind,
            page.council,
            page.body,
            page.held_on,
            page.title,
            page.record.blocks,
            tuple(page.items),
            page.record.resolutions,
            page.record.attendance,
        )
    return _Reader(layout, context, web=web).read()


_LEAD_LINES = 6  # "Public Document Pack", a page number: more is a text of its own


class _Reader:
    """Reads a file part by part."""

    def __init__(self, layout: Layout, context: Context, *, web: bool) -> None:
        self.layout, self.context, self.web = layout, context, web
        self.found = Structure(council=context.council)
        self.title = title_line(layout)
        self.starts = part_starts(layout, context.council, self.title)
        self.agenda: Agenda | None = None
        self.item: str | None = None

    def read(self) -> Structure:
        """Return what was found."""
        first = self.starts[0].first if self.starts else len(self.layout.lines)
        self.agenda = agenda_of(self.layout, first)
        self._adopt_council()
        cover = cover_of(self.layout, self.agenda.starts[0] if self.agenda else first, self.context.council)
        if self.agenda is not None or cover.letter or self._is_titled(DocumentKind.AGENDA_PACK):
            self._read_pack_head(cover, first)
        else:
            self._read_lead(first)
        ends = [*(start.first for start in self.starts), len(self.layout.lines)][1:]
        for start, end in zip(self.starts, ends, strict=True):
            self._read_part(start, end)
        if self.found.kind is DocumentKind.OTHER and self.title is not None:
            self.found.body = self.found.body or self.title.body
            self.found.held_on = self.found.held_on or self.title.held_on
        return self.found

    def _is_titled(self, kind: DocumentKind) -> bool:
        return self.title is not None and self.title.kind is kind

    def _adopt_council(self) -> None:
        """Take the council that title or header names over the publisher that contacts or words suggest.

        A joint committee's paper is no council's.
        """
        named = [start.header.council for start in self.starts if start.header and start.header.council]
        council = named[0] if named else self.context.council
        if self.title is not None:
            council = self.title.council or (None if self.title.joint else council)
            self.context = replace(self.context, body=self.title.body, held_on=self.title.held_on)
        self.context = replace(self.context, council=council)
        self.found.council = council

    def _read_pack_head(self, cover: Cover, end: int) -> None:
        """Read cover or letter, and the agenda list; what was sent before the meeting is about its future."""
        self.found.kind = DocumentKind.AGENDA_PACK
        self.found.body, self.found.held_on = self._pack_meeting(cover)
        late = cover.sent_on is not None and cover.held_on is not None and cover.sent_on > cover.held_on
        status = Status.UNKNOWN if late or self.found.held_on is None else Status.FUTURE
        self.context = replace(self.context, body=self.found.body, held_on=self.found.held_on, status=status)
        head = replace(self.context, part=Part.COVER)
        listed = replace(self.context, part=Part.AGENDA)
        business = end if cover.called is None else cover.called + 1
        self.found.blocks.extend(
            cover_blocks(self.layout, self.agenda.first if self.agenda else business, head)
        )
        if self.agenda is not None:
            business = self.agenda.last + 1 if cover.summons else end
            self.found.items = self.agenda.items
            self.found.blocks.extend(agenda_blocks(self.layout, self.agenda, business, listed))
        self.found.blocks.extend(text_blocks(self.layout.paragraphs(business, end), listed))

    def _pack_meeting(self, cover: Cover) -> tuple[str | None, date | None]:
        """Return body and date of the pack: the cover's, else those of its first report."""
        reports = [start.header for start in self.starts if isinstance(start.header, ReportHeader)]
        if self.title is not None and self.title.body and self.title.held_on:
            return self.title.body, self.title.held_on
        body = cover.body or next((report.body for report in reports if report.body), None)
        held_on = cover.held_on or next((report.held_on for report in reports if report.held_on), None)
        return body, held_on

    def _read_lead(self, end: int) -> None:
        """Read what stands before the first header in a file that is no pack: stamps, or a paper."""
        if len(self.layout.content_between(0, end)) > _LEAD_LINES or not self.starts:
            part = Part.APPENDIX if is_appendix(self.layout) else Part.OTHER
            self._read_other(0, end, replace(self.context, part=part))
            return
        self.found.blocks.extend(cover_blocks(self.layout, end, replace(self.context, part=Part.COVER)))

    def _read_part(self, start: PartStart, end: int) -> None:
        self.item = self._item_at(start)
        title = next((i.title for i in self.found.items if i.number == self.item), None)
        context = replace(self.context, item=self.item, item_title=title)
        if start.divider is not None:
            self.found.blocks.append(
                Block(SegmentKind.DIVIDER, start.first, replace(context, part=Part.AGENDA))
            )
            self._read_other(start.first + 1, end, context)
        elif isinstance(start.header, MinutesHeader):
            self._read_minutes(start.header, end, context)
        elif isinstance(start.header, ReportHeader):
            self._read_report(start, start.header, end, context)
        elif isinstance(start.header, RecordHeader):
            self._read_record(start.header, end, context)
        elif isinstance(start.header, TitleLine):
            self._read_titled(start, start.header, end, context)
        else:
            part = Part.APPENDIX if start.appendix else Part.OTHER
            self._read_other(start.first, end, replace(context, part=part))

    def _item_at(self, start: PartStart) -> str | None:
        if self.agenda is None and not self.layout.marks.stamps:
            return start.divider
        found = item_of(self.layout, self.agenda, start.first, self.starts)
        if start.divider or self.layout.marks.stamps:
            return found
        title = start.header.title if isinstance(start.header, ReportHeader) else None
        foreign = isinstance(start.header, ReportHeader) and self._is_foreign(start.header)
        if start.appendix or foreign:
            return self.item or found
        by_title = item_by_title(self.agenda, title, self.item or found)
        return by_title or found or self.item

    def _is_foreign(self, header: ReportHeader) -> bool:
        """Return whether a report inside a pack is written for another body than the pack's."""
        return bool(self.found.body and header.body and header.body != self.found.body)

    def _read_minutes(self, header: MinutesHeader, end: int, context: Context) -> None:
        in_pack = self.found.kind is DocumentKind.AGENDA_PACK
        is_own = header.held_on == self.context.held_on and header.body == self.context.body
        travels = in_pack and not is_own and header.status is Status.UNKNOWN
        status = Status.DRAFT if travels else header.status
        council = header.council or self.context.council
        context = replace(
            context,
            part=Part.MINUTES,
            council=council,
            body=header.body,
            held_on=header.held_on,
            status=status,
            item=None,
            item_title=None,
        )
        self.found.blocks.append(Block(SegmentKind.MINUTES_HEADER, header.first, context))
        record = minutes_record(self.layout, header.last + 1, end, context)
        self.found.blocks.extend(record.blocks)
        self.found.resolutions.extend(record.resolutions)
        self.found.attendance.extend(record.attendance)
        self._identify(DocumentKind.MINUTES, council, header.body, header.held_on, None)

    def _read_titled(self, start: PartStart, title: TitleLine, end: int, context: Context) -> None:
        """Read the paper that the file's one line of title opens."""
        head = (title.first, title.last, title.council, title.body, title.held_on)
        if title.kind is DocumentKind.MINUTES:
            self._read_minutes(MinutesHeader(*head, status=title.status), end, context)
        elif title.kind is DocumentKind.REPORT:
            self._read_report(start, ReportHeader(*head, title.subject), end, context)
        else:
            context = replace(context, part=Part.DECISION_RECORD)
            self.found.blocks.append(Block(SegmentKind.REPORT_HEADER, title.first, context))
            record = minutes_record(self.layout, title.last + 1, end, context)
            self.found.blocks.extend(record.blocks)
            self.found.resolutions.extend(record.resolutions)
            self.found.attendance.extend(record.attendance)
            self._identify(title.kind, context.council, title.body, title.held_on, None)

    def _read_report(self, start: PartStart, header: ReportHeader, end: int, context: Context) -> None:
        foreign = self._is_foreign(header)
        in_pack = self.found.kind is DocumentKind.AGENDA_PACK
        held_on = self.context.held_on if in_pack and self.context.held_on else header.held_on
        body = self.context.body if in_pack and self.context.body else header.body
        if self.title is not None:
            body, held_on = body or self.title.body, held_on or self.title.held_on
        context = replace(
            context,
            part=Part.APPENDIX if start.appendix or foreign else Part.REPORT,
            council=header.council or self.context.council,
            body=body,
            held_on=held_on,
            status=Status.FUTURE if held_on else Status.UNKNOWN,
            item_title=context.item_title or header.title,
            heading=header.title,
            addressed_to=header.body if foreign else header.decision_maker,
        )
        self.found.blocks.append(Block(SegmentKind.REPORT_HEADER, header.first, context))
        text = report_text(self.layout, header.last + 1, end, replace(context, heading=None))
        self.found.blocks.extend(text.blocks)
        self.found.resolutions.extend(text.resolutions)
        if text.deck is not None:
            self._read_deck(text.deck, end, replace(context, addressed_to=None))
        if not start.appendix:
            self._identify(DocumentKind.REPORT, context.council, body, held_on, header.title)

    def _read_deck(self, first: int, end: int, context: Context) -> None:
        """Read slides behind a report: the item's own, or those of an item that has slides only."""
        title = next((p.text for p in self.layout.paragraphs(first, end)), None)
        number = item_by_title(self.agenda, title, self.item)
        item = next((i for i in self.found.items if i.number == number), None)
        if item is not None and number != self.item:
            self.item = number
            context = replace(context, item=number, item_title=item.title)
        deck = replace(context, part=Part.SLIDES, heading=None, paragraph=None)
        self.found.blocks.extend(slide_blocks(self.layout, first, end, deck))

    def _read_record(self, header: RecordHeader, end: int, context: Context) -> None:
        context = replace(
            context,
            part=Part.DECISION_RECORD,
            council=header.council or self.context.council,
            body=header.body or self.context.body,
            held_on=header.held_on or self.context.held_on,
            addressed_to=header.taken_by,
        )
        text = record_text(self.layout, header, end, context)
        self.found.blocks.extend(text.blocks)
        self.found.resolutions.extend(text.resolutions)
        self._identify(
            DocumentKind.DECISION_RECORD, context.council, context.body, context.held_on, header.title
        )

    def _read_other(self, first: int, end: int, context: Context) -> None:
        """Read text without a header of its own: an appendix, a letter, a deck, a table."""
        paragraphs = self.layout.paragraphs(first, end)
        if not paragraphs:
            return
        if not self.web and looks_like_slides(self.layout, paragraphs):
            deck = replace(context, part=Part.SLIDES)
            self.found.blocks.extend(slide_blocks(self.layout, first, end, deck))
            self._identify(DocumentKind.PRESENTATION, context.council, context.body, context.held_on, None)
            return
        motions = list(motion_papers(self.layout, first, end))
        if motions:
            self._read_motions(motions, first, end, context)
            return
        self.found.blocks.extend(text_blocks(paragraphs, context))

    def _read_motions(self, motions: Sequence[MotionPaper], first: int, end: int, context: Context) -> None:
        """Read what members hand in to be moved: text before and behind, and each motion as proposed."""
        meeting = meeting_named(self.layout, first, end)
        if meeting is not None and context.body is None:
            context = replace(context, body=meeting[0], held_on=meeting[1], status=Status.FUTURE)
            self.found.body, self.found.held_on = meeting
        at = first
        for motion in motions:
            self.found.blocks.extend(text_blocks(self.layout.paragraphs(at, motion.first), context))
            self.found.blocks.append(Block(SegmentKind.MOTION, motion.first, context))
            entry = drafted(context, motion.span, motion.clauses, motion.verb, Standing.PROPOSED)
            self.found.resolutions.append(replace(entry, proposer=motion.proposer, seconder=motion.seconder))
            at = motion.end
        self.found.blocks.extend(text_blocks(self.layout.paragraphs(at, end), context))

    def _identify(
        self,
        kind: DocumentKind,
        council: str | None,
        body: str | None,
        held_on: date | None,
        title: str | None,
    ) -> None:
        """Say what the file is, by its first paper that has a header."""
        if self.found.kind is not DocumentKind.OTHER:
            return
        self.found.kind = kind
        self.found.council = council or self.found.council
        self.found.body, self.found.held_on, self.found.title = body, held_on, title


def numbered(document_id: str, resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Return the decisions in the order of the text, with ids "<document>-r1" and so on."""
    ordered = sorted(resolutions, key=lambda resolution: resolution.span)
    return tuple(replace(r, id=f"{document_id}-r{number}") for number, r in enumerate(ordered, start=1))
