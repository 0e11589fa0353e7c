"""A file is not a meeting: where each paper inside it begins, and whose meeting it belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_service.documents.agenda import Agenda
from qa_service.documents.decision_record import RecordHeader, record_header
from qa_service.documents.layout import Layout
from qa_service.documents.minutes_header import MinutesHeader, minutes_header
from qa_service.documents.page_marks import divider_item
from qa_service.documents.report_header import ReportHeader, report_header
from qa_service.documents.title_line import TitleLine
from qa_service.domain.documents import DocumentKind, SegmentKind

_APPENDIX = re.compile(
    r"(?:appendix|annexe?|schedule)\s+(?P<label>[A-Z]|\d{1,2}|[A-Z]\d)\b[ .:\u2013-]*(?P<rest>.*)",
    re.IGNORECASE,
)
_TOP_LINES = 12
_APPENDIX_WORDS = 14
_WORD = re.compile(r"[a-z0-9]{2,}")
_COMMON = frozenset({"the", "of", "and", "for", "to", "in", "on", "report", "annual", "update", "with"})
_NEAR = 3  # lines between "Appendix A" and the header that it stands above
_BELOW_TITLE = 8  # content lines in which a report's labels follow its title
_OPENED_BY_TITLE = frozenset({DocumentKind.MINUTES, DocumentKind.REPORT, DocumentKind.DECISION_RECORD})
_ALIKE = (
    0.4  # of the words that two titles share: different titles of one item share about 0.5, others under 0.2
)

Header = MinutesHeader | ReportHeader | RecordHeader | TitleLine


@dataclass(frozen=True, slots=True)
class PartStart:
    """Where a paper inside the file begins. `header` is None for an appendix or a divider without one.

    `divider` is the item of a line "Agenda Item 8" in the text; `stamp` that of a stamp on the page.
    """

    first: int
    header: Header | None
    appendix: str | None = None
    divider: str | None = None
    stamp: str | None = None


def part_starts(layout: Layout, council: str | None, title: TitleLine | None = None) -> list[PartStart]:
    """Return where papers begin, in order: headers, dividers, appendices at the top of a page.

    `title` is the head of the file where that is one line.
    """
    found: list[PartStart] = []
    at = 0
    while at < len(layout.content):
        index = layout.content[at]
        item = divider_item(layout.lines[index])
        if item is not None:
            found.append(PartStart(index, None, divider=item))
            at += 1
            continue
        header = _header(layout, at, council)
        if header is not None:
            found.append(PartStart(header.first, header, appendix=getattr(header, "appendix", None)))
            at = _behind(layout, at, header)
            continue
        label = _appendix_at(layout, at)
        if label is not None and not (found and found[-1].first == index):
            found.append(PartStart(index, None, appendix=label))
        at += 1
    found = _titled(layout, found, title) if title else found
    return _without_doubles([*found, *_stamped_pages(layout, found)])


def _titled(layout: Layout, found: Sequence[PartStart], title: TitleLine) -> list[PartStart]:
    """Return the starts with the file's title among them, unless a header says as much and more.

    That is minutes' header with the same council, or a report's labels; a bare "Record of decisions" below
    the title of a record is a heading.
    """
    if title.kind not in _OPENED_BY_TITLE:
        return list(found)
    near = layout.content[: title.last + _BELOW_TITLE]
    headers = [start.header for start in found if start.first in near]
    if any(isinstance(header, ReportHeader) for header in headers):
        return list(found)
    council = title.council
    if any(isinstance(each, MinutesHeader) and council and each.council == council for each in headers[:1]):
        return list(found)
    kept = [start for start in found if start.first > title.last and not _is_bare_record(start.header)]
    return [PartStart(title.first, title), *kept]


def _is_bare_record(header: Header | None) -> bool:
    return isinstance(header, RecordHeader) and not (header.body or header.taken_by or header.title)


def _stamped_pages(layout: Layout, found: Sequence[PartStart]) -> Iterator[PartStart]:
    """Yield the tops of pages that carry an item's stamp, where no header opens a paper there.

    A page that holds the stamp alone stamps the next page that says something.
    """
    opened = {layout.lines[start.first].page for start in found if start.header}
    tops: dict[int, int] = {}
    for index in layout.content:
        tops.setdefault(layout.lines[index].page, index)
    for stamped, item in layout.marks.stamps.items():
        page = next((each for each in tops if each >= stamped), None)
        if page is not None and page not in opened:
            yield PartStart(tops[page], None, stamp=item)


def _header(layout: Layout, at: int, council: str | None) -> Header | None:
    return (
        minutes_header(layout, at) or report_header(layout, at, council) or record_header(layout, at, council)
    )


def _behind(layout: Layout, at: int, header: Header) -> int:
    last = header.first if isinstance(header, RecordHeader) else header.last
    while at < len(layout.content) and layout.content[at] <= last:
        at += 1
    return at


def _without_doubles(found: Sequence[PartStart]) -> list[PartStart]:
    """Return the starts without an appendix title that stands right above, or inside, a header's lines."""
    kept: list[PartStart] = []
    for start in sorted(found, key=lambda start: (start.first, start.header is None)):
        if kept and start.first <= _last_line(kept[-1]):
            continue
        if start.header and kept and _heads(kept[-1], start):
            kept[-1] = PartStart(kept[-1].first, start.header, kept[-1].appendix, start.divider)
            continue
        kept.append(start)
    return kept


def _heads(title: PartStart, start: PartStart) -> bool:
    """Return whether "Appendix A" stands right above a header."""
    return title.header is None and title.appendix is not None and start.first - title.first <= _NEAR


def _last_line(start: PartStart) -> int:
    if isinstance(start.header, MinutesHeader | ReportHeader | TitleLine):
        return start.header.last
    return start.first


def _appendix_at(layout: Layout, at: int) -> str | None:
    """Return the label of an appendix whose title opens a page, or stands alone between blank lines."""
    index = layout.content[at]
    line = layout.lines[index]
    match = _APPENDIX.fullmatch(line.plain)
    if match is None or len(line.plain.split()) > _APPENDIX_WORDS or line.plain.endswith((".", ",", ";")):
        return None
    opens_page = at == 0 or layout.lines[layout.content[at - 1]].page != line.page
    behind_blank = (
        layout.marks.kinds.get(index - 1) is SegmentKind.BLANK
        or layout.marks.kinds.get(index - 2) is SegmentKind.BLANK
    )
    return match["label"] if (layout.paged and opens_page) or behind_blank else None


def is_appendix(layout: Layout) -> bool:
    """Return whether a file says in its first lines, marks of the page included, that it is an appendix."""
    worded = [line.plain for line in layout.lines[:_TOP_LINES] if line.plain]
    return any(_APPENDIX.fullmatch(words) and len(words.split()) <= _APPENDIX_WORDS for words in worded[:3])


def item_of(layout: Layout, agenda: Agenda | None, line: int, dividers: Sequence[PartStart]) -> str | None:
    """Return the agenda item that a line belongs to: by a stamp, by page range, by a divider."""
    page = layout.lines[line].page
    stamped = [p for p in layout.marks.stamps if p <= page]
    if stamped:
        return layout.marks.stamps[max(stamped)]
    passed = [start.divider for start in dividers if start.divider and start.first <= line]
    label = layout.marks.labels.get(page)
    ranged = next((item for item in _ranged(agenda, label)), None)
    return ranged or (passed[-1] if passed else None)


def _ranged(agenda: Agenda | None, label: str | None) -> Iterator[str]:
    """Yield the items whose printed page range holds a page label."""
    if agenda is None or label is None or not label.isdigit():
        return
    for item in agenda.items:
        first, last = item.first_page or "", item.last_page or ""
        if first.isdigit() and last.isdigit() and int(first) <= int(label) <= int(last):
            yield item.number


def item_by_title(agenda: Agenda | None, title: str | None, after: str | None) -> str | None:
    """Return the item, not passed yet, whose title shares most words with this one; None below 0.4."""
    if agenda is None or not title:
        return None
    numbers = [item.number for item in agenda.items]
    rest = agenda.items[numbers.index(after) :] if after in numbers else agenda.items
    scored = [(_likeness(item.title, title), item.number) for item in rest]
    best = max(scored, key=lambda hit: hit[0], default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else None


def _likeness(one: str, other: str) -> float:
    """Return the share of the shorter title's words that both have."""
    first, second = (set(_WORD.findall(words.lower())) - _COMMON for words in (one, other))
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))
