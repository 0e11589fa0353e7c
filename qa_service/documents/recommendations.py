"""What a report asks of a body. Asked is not resolved; what a service will do by itself is neither."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.documents.bodies import body_name
from qa_service.documents.clauses import clauses_of, plain_clause, words_of
from qa_service.documents.decisions import verb_of
from qa_service.documents.headings import is_heading
from qa_service.documents.layout import Layout
from qa_service.documents.markers import Style, shape
from qa_service.documents.paragraphs import Paragraph
from qa_service.domain.resolutions import Clause, Verb
from qa_service.domain.spans import Span

_TITLE = re.compile(
    r"(?:\d{1,2}(?:\.\d)*\.?\s+)?(?:officers?'? )?recommendations?\s?(?:\(s\))?"
    r"(?: to \w[\w ]{2,60})?\s*[:.]?",
    re.IGNORECASE,
)
_INLINE = re.compile(r"(?:\d{1,2}\.?\s+)?recommendations?\s?(?:\(s\))?\s*:\s*(?=\S)", re.IGNORECASE)
_ASKED = re.compile(
    r"(?P<body>(?:The |the |That the )?[A-Z][\w,&'\u2019 ]{2,90}?) (?:is|are) (?:therefore )?(?:asked|"
    r"recommended|invited|requested"
    r"|being asked|hereby asked)\b(?: to)?(?: RESOLVE\b| resolve\b)?(?: that)?"
)
_ASKS = re.compile(
    r"(?:(?:That|that|It is recommended|To|to)\b|(?:The )?(?:Panel|Committee|Cabinet|Board|"
    r"Council) (?:is aware|notes?|agrees?|"
    r"approves?)|(?:NOTE|AGREE|APPROVE|ENDORSE|CONSIDER|COMMENT|DELEGATE|ADOPT|RECOMMEND|CONFIRM|"
    r"AUTHORISE)\b|"
    r"(?:Note|Agree|Approve|Endorse|Consider|Comment|Delegate|Adopt|Recommend|Confirm|Authorise)\b)"
)
_THAT_BODY = re.compile(
    r"[Tt]hat the (?P<body>[A-Z][\w,&'\u2019 ]{2,90}?) (?:notes?|agrees?|approves?|considers?|receives?|"
    r"endorses?|is |be )"
)
_KINDS_ALONE = frozenset({"Board", "Commission", "Committee", "Forum", "Panel", "Sub-Committee"})
""""That the Committee notes" asks the body that the report is written for."""
_BY_BODY = re.compile(r"\b(?:noted|approved|agreed|endorsed) by the (?P<body>[A-Z][\w,&'\u2019 ]{2,90}?)\.?$")


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation as found: paragraphs `first` to `last`, its words, the body that is asked."""

    first: int
    last: int
    span: Span
    clauses: tuple[Clause, ...]
    verb: Verb
    addressed_to: str | None
    paragraph: str | None


def is_recommendation_title(paragraph: Paragraph) -> bool:
    """Return whether a paragraph heads the recommendations: "Recommendation(s):", "2. Recommendation"."""
    return _TITLE.fullmatch(paragraph.words) is not None


def asks_at_once(paragraph: Paragraph) -> bool:
    """Return whether a paragraph says whom it asks in its first words: "1. The Panel is asked to note"."""
    return paragraph.marker is not None and _ASKED.match(paragraph.text) is not None


def opens_inline(paragraph: Paragraph) -> bool:
    """Return whether title and text share a paragraph: "Recommendation: Cabinet is asked to ..."."""
    return _INLINE.match(paragraph.words) is not None and len(paragraph.words.split()) > 3  # noqa: PLR2004


def recommendation_at(
    layout: Layout, paragraphs: Sequence[Paragraph], first: int, council: str | None
) -> Recommendation | None:
    """Return the recommendation that the paragraphs from `first` on make; None where they ask nothing."""
    last = _last(paragraphs, first)
    taken = list(paragraphs[first : last + 1])
    head = taken[0]
    words = " ".join(paragraph.words for paragraph in taken)
    inline = _INLINE.match(head.words)
    asked = head.words[inline.end() :] if inline else head.text
    if (
        not any(_asks(paragraph) for paragraph in taken)
        and not _ASKS.match(asked)
        and not _ASKED.search(asked)
    ):
        return None
    clauses = clauses_of(layout, taken if _is_first_of_list(taken) else taken[1:]) or _clauses(layout, taken)
    own = words_of(layout, head)
    end = max([own[-1].end, *(clause.span.end for clause in clauses)])
    sectional = head.marker is not None and head.marker.style in {Style.NUMBER, Style.SECTION}
    return Recommendation(
        first,
        last,
        Span(own[0].start, end),
        clauses,
        verb_of(_behind_lead(words)),
        _addressee(words, council),
        head.marker.label if sectional and head.marker is not None else None,
    )


def _is_first_of_list(taken: Sequence[Paragraph]) -> bool:
    """Return whether the first paragraph is an entry of the list that the others go on with."""
    head = taken[0].marker
    if head is None or taken[0].words.endswith(":"):
        return False
    following = (paragraph.marker for paragraph in taken[1:])
    return any(m is not None and shape(m) == shape(head) and m.value == head.value + 1 for m in following)


def _clauses(layout: Layout, taken: Sequence[Paragraph]) -> tuple[Clause, ...]:
    lead_only = len(taken) > 1 and taken[0].words.endswith(":")
    return plain_clause(layout, taken[1:] if lead_only else taken, 0)


def _behind_lead(words: str) -> str:
    match = _ASKED.search(words)
    return words[match.end() :] if match else words


def _asks(paragraph: Paragraph) -> bool:
    return bool(_ASKS.match(paragraph.text) or _ASKED.match(paragraph.text))


def _addressee(words: str, council: str | None) -> str | None:
    for form in (_ASKED, _THAT_BODY, _BY_BODY):
        match = form.search(words)
        name = body_name(match["body"].removeprefix("That "), council) if match else None
        if name and name not in _KINDS_ALONE:
            return name
    return None


def _last(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Return the place of the last paragraph: at the next title, or where a fresh numbered section begins."""
    last = first
    for place in range(first + 1, len(paragraphs)):
        paragraph = paragraphs[place]
        below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if paragraph.row or is_heading(paragraph, below) or is_recommendation_title(paragraph):
            break
        if paragraph.marker is None and not _belongs(paragraphs, place):
            break
        if paragraph.marker and not paragraph.is_list_item and not _goes_on(paragraphs, first, place):
            break
        last = place
    return last


def _belongs(paragraphs: Sequence[Paragraph], place: int) -> bool:
    """Return whether an unmarked paragraph asks too, is led in, or stands between two entries of a list."""
    if _asks(paragraphs[place]) or paragraphs[place - 1].words.endswith(":"):
        return True
    below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
    return bool(below and below.is_list_item and below.marker and below.marker.value > 1)


def _goes_on(paragraphs: Sequence[Paragraph], first: int, place: int) -> bool:
    """Return whether a numbered paragraph is a further recommendation under the same title."""
    marker, head = paragraphs[place].marker, paragraphs[first].marker
    if marker is None:
        return False
    above = paragraphs[place - 1].marker
    if head is None:
        return marker.value == 1 or (above is not None and above.style is marker.style)
    if marker.style is Style.NUMBER and head.style is Style.NUMBER:
        # "2." and "3." under the title are paragraphs of the report: the next one asks too, or is none of it.
        return marker.value == head.value + place - first and _asks(paragraphs[place])
    return marker.style is head.style and marker.parent == head.parent and marker.style is Style.SECTION
