"""Notices of motion in minutes: "I will move at the next meeting that ...", and what became of them."""

import re
from collections.abc import Sequence

from qa_service.documents.clauses import plain_clause
from qa_service.documents.decisions import verb_of
from qa_service.documents.layout import Layout
from qa_service.documents.motions import Motion
from qa_service.documents.movers import MEMBER, Movers, movers_below
from qa_service.documents.paragraphs import Paragraph
from qa_service.domain.resolutions import Outcome
from qa_service.domain.spans import Span

_OPENS = re.compile(
    r"[\"\u201c\u2018'*]*\s*[Il1|!]?\s*will (?:move|propose) (?:at|that)\b"
)  # a scan reads "I" as "|"
_GIVEN_BY = re.compile(
    rf"\bNotice of Motion\b.{{0,20}}\b(?:submitted|given|from|by)(?: by)? (?P<who>{MEMBER})"
)
_MOVED = re.compile(
    rf"(?:(?:The|This) (?:Notice of )?[Mm]otion was |(?=Proposed by ))"
    rf"(?:[Pp]roposed by (?P<proposer>{MEMBER}),? (?:and )?)?"
    rf"seconded by (?P<seconder>{MEMBER})"
    r"(?P<fate>,? and (?:it was )?(?:unanimously )?(?:agreed|adopted|approved|carried|passed))?"
    r"(?: unanimously)?\s*\."
)
_BELOW = 2  # paragraphs of the motion's own text, at most, before who moved it


def gives_notice(paragraph: Paragraph) -> bool:
    """Return whether a paragraph is the text of a notice of motion."""
    return _OPENS.match(paragraph.text) is not None and not paragraph.row


def tells_fate(words: str) -> bool:
    """Return whether a sentence says of a motion printed above it who moved it, and whether it was agreed."""
    return _MOVED.match(words) is not None or _MOVED.match(f"{words}.") is not None


def notice_at(
    layout: Layout, paragraphs: Sequence[Paragraph], first: int, heading: str | None
) -> tuple[Motion, Outcome]:
    """Return the motion whose notice the paragraph number `first` prints, and its fate where that is told."""
    clauses = plain_clause(layout, paragraphs[first : first + 1], 0)
    movers, last = movers_below(paragraphs, first)
    told = next((m for p in paragraphs[first + 1 : first + 1 + _BELOW] if (m := _MOVED.match(p.text))), None)
    if told is not None:
        movers = Movers(told["proposer"], told["seconder"])
    titles = [*(paragraph.text for paragraph in paragraphs[max(0, first - 1) : first]), heading or ""]
    given_by = next((match for title in titles if (match := _GIVEN_BY.search(title))), None)
    motion = Motion(
        first,
        last,
        Span(clauses[0].span.start, clauses[-1].span.end),
        clauses,
        verb_of(paragraphs[first].text),
        movers.proposer or (given_by["who"] if given_by else None),
        movers.seconder,
        is_amendment=False,
        paragraph=None,
    )
    return motion, Outcome.CARRIED if told is not None and told["fate"] else Outcome.UNSTATED
