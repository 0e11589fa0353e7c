"""Motions and amendments that members hand in: "Proposer: ..." above the text. They decide nothing."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.documents.bodies import body_name
from qa_service.documents.clauses import clauses_of, plain_clause
from qa_service.documents.dates import dates_in
from qa_service.documents.decisions import verb_of
from qa_service.documents.layout import Layout
from qa_service.domain.resolutions import Clause, Verb
from qa_service.domain.spans import Span

_WHO = r"(?P<{}>[A-Z][\w.'\u2019, -]{{2,60}}?)"
_MOVERS = re.compile(
    rf"Propos(?:er|ed by):\s*{_WHO.format('proposer')}"
    rf"(?:\s+Second(?:er|ed by):\s*{_WHO.format('seconder')})?\s*"
)
_SECONDER = re.compile(rf"Second(?:er|ed by):\s*{_WHO.format('seconder')}\s*")
_OPENS = re.compile(r"(?:Motion|Proposed Purpose|Amendment text|Text of (?:the )?(?:motion|amendment)):?\s*")
_STOPS = re.compile(r"(?:Proposed Amount|Proposed Funding|Budget Amendment Form|Background Information)\b.*")
_MEETING = re.compile(r"(?P<body>[A-Z][\w ,&'\u2019]{3,80}?) Meeting\s*[\u2013-]\s*(?P<date>.{6,40})")
_SECONDER_WITHIN, _TEXT_WITHIN, _MEETING_WITHIN = 3, 60, 8  # content lines


@dataclass(frozen=True, slots=True)
class MotionPaper:
    """One motion handed in: its text on the lines `first` up to `end`, and who moved it."""

    first: int
    end: int
    span: Span
    clauses: tuple[Clause, ...]
    verb: Verb
    proposer: str
    seconder: str | None


def motion_papers(layout: Layout, first: int, end: int) -> Iterator[MotionPaper]:
    """Yield the motions whose movers and text stand on the lines from `first` up to `end`, in order."""
    lines = layout.content_between(first, end)
    for place, index in enumerate(lines):
        movers = _MOVERS.fullmatch(layout.lines[index].plain)
        if movers is None:
            continue
        behind = lines[place + 1 : place + _TEXT_WITHIN]
        opening = next((at for at in behind if _OPENS.fullmatch(layout.lines[at].plain)), None)
        if opening is None:
            continue
        rest = lines[lines.index(opening) + 1 :]
        stop = next((at for at in rest if _ends(layout.lines[at].plain)), end)
        motion = _motion(layout, opening + 1, stop, movers["proposer"], _seconder(layout, movers, behind))
        if motion is not None:
            yield motion


def _ends(words: str) -> bool:
    return _STOPS.fullmatch(words) is not None or _MOVERS.fullmatch(words) is not None


def _seconder(layout: Layout, movers: re.Match[str], behind: Sequence[int]) -> str | None:
    if movers["seconder"]:
        return str(movers["seconder"]).strip()
    for index in behind[:_SECONDER_WITHIN]:
        match = _SECONDER.fullmatch(layout.lines[index].plain)
        if match:
            return str(match["seconder"]).strip()
    return None


def _motion(layout: Layout, first: int, end: int, proposer: str, seconder: str | None) -> MotionPaper | None:
    paragraphs = layout.paragraphs(first, end)
    clauses = clauses_of(layout, paragraphs) or plain_clause(layout, paragraphs, 0)
    if not clauses:
        return None
    start = layout.lines[paragraphs[0].first].start
    words = " ".join(paragraph.words for paragraph in paragraphs)
    span = Span(start, max(clause.span.end for clause in clauses))
    return MotionPaper(paragraphs[0].first, end, span, clauses, verb_of(words), proposer.strip(), seconder)


def meeting_named(layout: Layout, first: int, end: int) -> tuple[str, date] | None:
    """Return body and day of "County Council Meeting - 13th March 2025" at the head of a paper."""
    for index in layout.content_between(first, end)[:_MEETING_WITHIN]:
        match = _MEETING.fullmatch(layout.lines[index].plain)
        held = dates_in(match["date"]) if match else ()
        body = body_name(match["body"], None) if match else None
        if body and held and held[0].value:
            return body, held[0].value
    return None
