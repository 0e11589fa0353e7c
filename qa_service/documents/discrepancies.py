"""What in one paper cannot both be right: shown with its places, never corrected."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from qa_service.documents.dates import dates_in
from qa_service.documents.sums import percentages_that_differ, sums_that_differ
from qa_service.domain.documents import AgendaItem, Discrepancy, Segment, SegmentKind
from qa_service.domain.resolutions import Resolution, Vote
from qa_service.domain.spans import Span

_WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE)
_DATE_LENGTH = 40  # characters behind a weekday that its date takes at most
_HELD_ON = re.compile(r"\bheld\s+on\s+(?P<date>[^.;\n]{6,40})")
_MEETING_OF = re.compile(
    r"(?P<body>(?:[A-Z]\w+\s+){1,4}(?:Committee|Panel|Board|Cabinet|Council))\s+held\s+on\s+(?P<date>.{6,30})"
)
_FIGURE = r"(?!(?:19|20)\d\d\b)\d{1,3}(?:,\d{3})+|(?!(?:19|20)\d\d\b)\d{3,5}"
_PAIR = re.compile(
    rf"(?<![\d.,/\u00a3-])(?P<one>{_FIGURE})\s[^.;:\d]{{3,90}}(?:\([^()]{{0,60}}\)[^.;:\d]{{0,40}})?\band\s+(?P<other>{_FIGURE})"
    r"(?=\s+[a-z])(?!\s*%)"
)
_NEAR = 0.01  # of a figure: so near one is a slip for the other
_YEARS = re.compile(r"\b(20\d\d)\s?[-/\u2013]\s?(?:20)?(\d\d)\b")
_CELL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SERIES = 6  # figures that a row needs before one of them can stick out
_SLIP = (7.0, 13.0)  # times the middle of its row: a figure typed once too often
_STEADY = 2.0  # the other figures keep within twice the middle, and half


def discrepancies_in(
    text: str, segments: Sequence[Segment], items: Sequence[AgendaItem], resolutions: Sequence[Resolution]
) -> tuple[Discrepancy, ...]:
    """Return what contradicts itself or another place of the same paper, in the order of the text."""
    found = [
        *_weekdays(text),
        *_meeting_dates(text, segments, items),
        *_years_of_meetings(text),
        *_years_of_reports(text, resolutions),
        *percentages_that_differ(text),
        *sums_that_differ(text),
        *_pairs(text),
        *_votes(resolutions),
        *_slips(text, segments),
    ]
    return tuple(sorted(found, key=lambda discrepancy: discrepancy.spans[0]))


def _weekdays(text: str) -> Iterator[Discrepancy]:
    for day in _WEEKDAY.finditer(text):
        mention = next(iter(dates_in(text, day.start(), min(len(text), day.end() + _DATE_LENGTH))), None)
        if mention is None or mention.span.start != day.start():
            continue
        if mention.contradicts_itself and mention.value is not None:
            printed = " ".join(mention.span.of(text).split())
            note = f"\u201c{printed}\u201d: that date is a {mention.value:%A}"
            yield Discrepancy("weekday", note, (mention.span,))


def _meeting_dates(
    text: str, segments: Sequence[Segment], items: Sequence[AgendaItem]
) -> Iterator[Discrepancy]:
    """Yield minutes whose own heading gives another date than the agenda that asks to confirm them."""
    asked = [
        (span, day)
        for item in items
        if "minute" in item.title.lower()
        for span, day in _held(text, item.span)
    ]
    headers = [
        segment for segment in segments if segment.kind is SegmentKind.MINUTES_HEADER and segment.held_on
    ]
    for segment in headers:
        if not asked or len(headers) != len(asked) or any(day == segment.held_on for _, day in asked):
            continue
        span, day = asked[headers.index(segment)]
        own = next(
            (m.span for m in dates_in(text, *_ends(segment.span)) if m.value == segment.held_on), segment.span
        )
        note = f"the minutes' own heading says {segment.held_on:%d %B %Y}, the agenda says {day:%d %B %Y}"
        yield Discrepancy("meeting date", note, (span, own))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _held(text: str, span: Span) -> Iterator[tuple[Span, date]]:
    for match in _HELD_ON.finditer(text, *_ends(span)):
        mention = next(iter(dates_in(text, match.start("date"), match.end("date"))), None)
        if mention is not None and mention.value is not None:
            yield mention.span, mention.value


def _years_of_meetings(text: str) -> Iterator[Discrepancy]:
    """Yield one body's meeting of one day that the paper puts into two years."""
    seen: dict[tuple[str, int, int], tuple[date, Span]] = {}
    for match in _MEETING_OF.finditer(text):
        mention = next(iter(dates_in(text, match.start("date"), match.end("date"))), None)
        if mention is None or mention.value is None:
            continue
        key = (" ".join(match["body"].split()).removeprefix("The "), mention.value.month, mention.value.day)
        first = seen.setdefault(key, (mention.value, mention.span))
        if abs(first[0].year - mention.value.year) == 1:
            note = f"{key[0]}: one meeting is dated {first[0]:%d %B %Y} and {mention.value:%d %B %Y}"
            yield Discrepancy("year", note, (first[1], mention.span))


def _years_of_reports(text: str, resolutions: Sequence[Resolution]) -> Iterator[Discrepancy]:
    """Yield decisions on a report of another year than their own title names."""
    for resolution in resolutions:
        titled = set(_YEARS.findall(resolution.heading or ""))
        match = _YEARS.search(text, *_ends(resolution.span))
        if len(titled) != 1 or match is None:
            continue
        decided = set(_YEARS.findall(text[slice(*_ends(resolution.span))]))
        if len(decided) == 1 and decided != titled and "report" in (resolution.heading or "").lower():
            ((year, short),) = titled
            note = f"the title says {year}-{short}, the decision says {match[1]}-{match[2]}"
            yield Discrepancy("year", note, (Span(match.start(), match.end()),))


def _pairs(text: str) -> Iterator[Discrepancy]:
    """Yield places that give one figure with two nearly equal ones: "134 and 307", "134 and 306"."""
    seen: dict[str, tuple[str, Span]] = {}
    for match in _PAIR.finditer(text):
        one, other = match["one"], match["other"]
        span = Span(match.start(), match.end())
        known, place = seen.setdefault(one, (other, span))
        if known != other and abs(_value(known) - _value(other)) <= _NEAR * _value(known):
            note = f"{one} stands with {known} in one place and with {other} in another"
            yield Discrepancy("figure", note, (place, span))


def _value(words: str) -> float:
    return float(words.replace(",", "").lstrip("\u00a3"))


def _votes(resolutions: Sequence[Resolution]) -> Iterator[Discrepancy]:
    seen: set[Span] = set()
    for resolution in resolutions:
        vote = resolution.vote
        if vote is None or vote.span in seen:
            continue
        seen.add(vote.span)
        for side, count, names in _sides(vote):
            if count is not None and names and count != names:
                note = f"{count} are counted {side}, {names} are named"
                yield Discrepancy("figure", note, (vote.span,))


def _sides(vote: Vote) -> tuple[tuple[str, int | None, int], ...]:
    return (
        ("for", vote.for_count, len(vote.supporters)),
        ("against", vote.against_count, len(vote.opponents)),
        ("abstaining", vote.abstained_count, len(vote.abstainers)),
    )


def _slips(text: str, segments: Sequence[Segment]) -> Iterator[Discrepancy]:
    """Yield a figure ten times as large as every other of its row: shown as printed, with a warning."""
    for segment in segments:
        if segment.kind is not SegmentKind.TABLE:
            continue
        for row in _rows(text, segment.span):
            values = sorted(value for value, _ in row)
            middle = values[len(values) // 2]
            if not middle:
                continue
            odd = [(value, span) for value, span in row if not middle / _STEADY <= value <= middle * _STEADY]
            if len(odd) == 1 and _SLIP[0] <= odd[0][0] / middle <= _SLIP[1]:
                note = f"{odd[0][1].of(text)} stands in a row of figures about {middle:g}"
                yield Discrepancy("figure", note, (odd[0][1],))


def _rows(text: str, span: Span) -> Iterator[list[tuple[float, Span]]]:
    """Yield the runs of figures between labels."""
    row: list[tuple[float, Span]] = []
    for token in re.finditer(r"[^\s|]+", text[slice(*_ends(span))]):
        cell = _CELL.fullmatch(token[0])
        if cell:
            start = span.start + token.start()
            row.append((_value(token[0]), Span(start, start + len(token[0]))))
            continue
        if len(row) >= _SERIES:
            yield row
        row = []
    if len(row) >= _SERIES:
        yield row
