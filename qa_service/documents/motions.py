"""Motions and amendments: who moved what. Their text is printed before their fate, so it decides nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.documents.clauses import clauses_of, plain_clause, words_of
from qa_service.documents.decisions import opens_decision, verb_of
from qa_service.documents.layout import Layout
from qa_service.documents.markers import Style, shape
from qa_service.documents.paragraphs import Paragraph
from qa_service.documents.votes import is_fate, is_side, opens_vote
from qa_service.domain.resolutions import Clause, Verb
from qa_service.domain.spans import Span

_WHO = r"(?:[Tt]he )?[A-Z][\w.'\u2019 -]{1,50}?"
_MOVED = re.compile(
    rf"(?:\w[\w ]{{2,40}}, )?(?P<proposer>{_WHO}) (?:formally )?(?:[Pp]roposed|"
    rf"[Mm]oved),? and (?P<seconder>{_WHO}) "
    r"(?:[Ss]econded),?\s*(?P<what>.{0,120})"
)
_BECAME = re.compile(r"\b(?:became|as) the substantive motion:?$")
_AMENDMENT = re.compile(r"\bamendment\b", re.IGNORECASE)
_OUTER = frozenset({Style.NUMBER, Style.BRACKETED_NUMBER})
_CHAIR = re.compile(
    r"(?:Following|After) (?:the|a|further|general)\b.{0,40}\bdebate|The Chairman\b|Chairman\b"
)


@dataclass(frozen=True, slots=True)
class Motion:
    """One motion or amendment as found: paragraphs `first` to `last`, its words, who moved it."""

    first: int
    last: int
    span: Span
    clauses: tuple[Clause, ...]
    verb: Verb
    proposer: str | None
    seconder: str | None
    is_amendment: bool
    paragraph: str | None


def opens_motion(paragraph: Paragraph) -> bool:
    """Return whether a paragraph moves something, or prints what a motion became."""
    return _MOVED.match(paragraph.text) is not None or _BECAME.search(paragraph.text) is not None


def motion_at(layout: Layout, paragraphs: Sequence[Paragraph], first: int) -> Motion:
    """Return the motion that the paragraph number `first` opens, with the text that is moved."""
    head = paragraphs[first]
    moved = _MOVED.match(head.text)
    last = _last(paragraphs, first)
    body = list(paragraphs[first + 1 : last + 1])
    clauses = clauses_of(layout, body) or plain_clause(layout, body, 0)
    own = words_of(layout, head)
    if not clauses:
        clauses = tuple(Clause(span) for span in own)
    end = max(clause.span.end for clause in clauses)
    words = " ".join(paragraph.words for paragraph in body) or (moved["what"] if moved else head.text)
    return Motion(
        first,
        last,
        Span(own[0].start, max(end, own[-1].end)),
        clauses,
        verb_of(words),
        _who(moved["proposer"]) if moved else None,
        _who(moved["seconder"]) if moved else None,
        bool(moved and _AMENDMENT.search(moved["what"])),
        head.marker.label if head.marker is not None else None,
    )


def _who(name: str) -> str:
    return " ".join(name.split()).removeprefix("and ").strip(" ,")


def _last(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Return the place of the last paragraph of the moved text: it ends where the record goes on."""
    head = paragraphs[first]
    last = first
    for place in range(first + 1, len(paragraphs)):
        paragraph = paragraphs[place]
        if is_fate(paragraph) or is_side(paragraph) or opens_decision(paragraph) or paragraph.row:
            break
        if _is_next(head, paragraph) or (paragraph.marker is not None and _is_record(paragraph)):
            break
        last = place
        if _is_quoted_out(paragraphs, first + 1, place):
            break
    return last


def _is_next(head: Paragraph, paragraph: Paragraph) -> bool:
    """Return whether a paragraph's number follows that of the paragraph that moved."""
    if head.marker is None or paragraph.marker is None or head.marker.style not in _OUTER:
        return head.marker is None
    return shape(head.marker) == shape(paragraph.marker) and paragraph.marker.value > head.marker.value


def _is_record(paragraph: Paragraph) -> bool:
    return opens_vote(paragraph) or opens_motion(paragraph) or _CHAIR.match(paragraph.text) is not None


def _is_quoted_out(paragraphs: Sequence[Paragraph], first: int, last: int) -> bool:
    """Return whether a quotation that opened with the moved text closes here, and none follows."""
    opening = paragraphs[first].words[:1]
    closes = paragraphs[last].words.rstrip()[-1:]
    below = paragraphs[last + 1] if last + 1 < len(paragraphs) else None
    labelled = below is not None and (below.words.endswith(":") or below.words[:1] in {"\u201c", '"'})
    return opening in {"\u201c", '"'} and closes in {"\u201d", '"'} and not labelled
