"""Decisions in minutes and records: where one begins and ends, what its words do, what they are worth."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.documents.blocks import Context
from qa_service.documents.clauses import clauses_of, plain_clause, words_of
from qa_service.documents.headings import is_heading
from qa_service.documents.layout import Layout
from qa_service.documents.markers import Style, as_letter, shape
from qa_service.documents.paragraphs import Paragraph
from qa_service.documents.votes import told_vote
from qa_service.domain.resolutions import Clause, Resolution, Standing, Verb, Vote
from qa_service.domain.spans import Span

_MARKER = re.compile(
    r"(?:It was (?:unanimously )?|And (?:it was )?)?"
    r"(?P<word>RESOLVED|RECOMMENDED|AGREED|DECIDED|PENDERFYNWYD|Resolved|Recommended|Decision|Decided|"
    r"resolved|agreed)\b"
    r"(?P<rest>"
    r"(?: FURTHER,?| unanimously| \(unanimously\)|,? by (?:a majority|\w+ votes? to)\b[^:;.]{0,90}?)?"
    r"(?:\s*(?:[:\u2013]|-(?=\s))|,?(?= that\b)|"
    r" to\b(?=\s+RECOMMEND)|$))"
)
_BARE_UPPER = re.compile(r"(?P<word>RESOLVED|RECOMMENDED)\b(?P<rest>\s*[:\u2013-]?)")
_QUOTED_OUT = re.compile(r"\u201d\.?$")
_OUTER = frozenset({Style.NUMBER, Style.BRACKETED_NUMBER})
_CAPITAL_VERB = re.compile(
    r"(?:(?:To|to|That|that) )?(?:NOTES?|AGREES?|APPROVES?|DELEGATES?|ENDORSES?|ADOPTS?|RECOMMENDS?|"
    r"AUTHORISES?|CONFIRMS?"
    r"|REFERS?|APPOINTS?|REQUESTS?|RECEIVES?|CONSIDERS?|COMMENTS?)\b"
)
_CLAUSE_OPENING = re.compile(
    r"(?:\u201c|\")?(?:That|that|To|to|The (?:Panel|Committee|Board|Cabinet|Council)|Members)\b"
)
_VERBS = (
    (Verb.DEFERRED, re.compile(r"\b(?:defer(?:s|red)?|adjourn(?:s|ed)?|postpone[sd]?)\b")),
    (
        Verb.RECOMMENDED,
        re.compile(
            r"\brecommend(?:s|ed)? (?:to|that|the|its|full|council|cabinet)\b|\bbe recommended (?:on|at) "
        ),
    ),
    (Verb.REFERRED, re.compile(r"\brefer(?:s|red)? (?:to|the|it|back)\b")),
    (Verb.DELEGATED, re.compile(r"\bdelegat(?:e[sd]?|ion)\b|\bdelegated authority\b")),
    (
        Verb.APPROVED,
        re.compile(
            r"\b(?:approv(?:e[sd]?|al)|adopt(?:s|ed)?|endors(?:e[sd]?|ing)|ratif(?:y|ies|ied)|"
            r"confirm(?:s|ed)?|"
            r"authoris(?:e[sd]?)|(?:as |were |was )?a (?:correct|true|accurate) record|granted)\b"
        ),
    ),
    (Verb.AGREED, re.compile(r"\bagre(?:e[sd]?|ed)\b|\bset (?:the|a) budget\b")),
    (Verb.NOTED, re.compile(r"\bnot(?:e[sd]?|ing)\b")),
)
_CAPITALS = re.compile(
    r"\b[A-Z]{3,}\b|(?:^|[:;.)\u2022\u201c]\s?)\s*[A-Z]"
)  # "Adopt South" is a name, "(a) Adopt" is not
_LEAD = 200  # characters in which the verb of a decision stands


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as found: paragraphs `first` to `last` (places in the list given) and its clauses."""

    first: int
    last: int
    span: Span
    clauses: tuple[Clause, ...]
    verb: Verb
    recommends: bool
    vote: Vote | None = None


def opens_decision(paragraph: Paragraph) -> re.Match[str] | None:
    """Return the match of a decision marker at the start of a paragraph; None where there is none."""
    text = paragraph.text
    if paragraph.row:
        return None
    return _MARKER.match(text) or _BARE_UPPER.match(text)


def decision_at(layout: Layout, paragraphs: Sequence[Paragraph], first: int) -> Decision | None:
    """Return the decision whose marker opens the paragraph number `first`, with all its clauses."""
    head = paragraphs[first]
    match = opens_decision(head)
    if match is None:
        return None
    rest = head.text[match.end() :].strip()
    last = _last(paragraphs, first, rest)
    start = _offset(layout, head, match["word"])
    body = list(paragraphs[first + 1 : last + 1])
    clauses = clauses_of(layout, body)
    if not clauses:
        own = _plain(layout, head, start, match, rest)
        clauses = (*own, *plain_clause(layout, body, 0))
    if not clauses:
        return None
    end = max(_end(clause) for clause in clauses)
    words = " ".join([rest, *(paragraph.words for paragraph in body)])
    verb = verb_of(words, match["word"])
    recommends = match["word"].upper() == "RECOMMENDED" or verb is Verb.RECOMMENDED
    vote = _counted(layout.text, start, clauses[0].span)
    return Decision(first, last, Span(start, end), clauses, verb, recommends, vote)


def _counted(text: str, start: int, clause: Span) -> Vote | None:
    """Return the vote that a lead-in counts, "RESOLVED, by five votes to one: That ...", with what it was on.

    Counts that stand in a clause may be of another body's vote.
    """
    told = told_vote(text, start, clause.start)
    return None if told is None else replace(told, span=Span(start, clause.end))


def _plain(
    layout: Layout, head: Paragraph, start: int, match: re.Match[str], rest: str
) -> tuple[Clause, ...]:
    """Return what the marker's own paragraph decides: its words behind the marker."""
    if not rest or rest.endswith(":"):
        return ()
    line = layout.lines[head.first]
    skip = start - line.start + len(match["word"]) + len(match["rest"].rstrip())
    return tuple(Clause(span) for span in words_of(layout, head, skip))


def _end(clause: Clause) -> int:
    return clause.span.end


def _offset(layout: Layout, paragraph: Paragraph, word: str) -> int:
    """Return where the marker's word stands in the text: in the paragraph's first lines."""
    start = layout.lines[paragraph.first].start
    at = layout.text.find(word, start, layout.lines[paragraph.last].end)
    return start if at == -1 else at


def _last(paragraphs: Sequence[Paragraph], first: int, rest: str) -> int:
    """Return the place of the last paragraph that belongs to the decision."""
    last = first
    awaiting = not rest or rest.endswith((":", ",", "\u2013", "-")) or rest in {"that", "to"}
    sequence = _Sequence(paragraphs[first])
    place = first + 1
    while place < len(paragraphs):
        paragraph = paragraphs[place]
        below = paragraphs[place + 1] if place + 1 < len(paragraphs) else None
        if opens_decision(paragraph) or paragraph.row or paragraph.level:
            break
        if _is_quoted_out(paragraphs[first : last + 1], rest):
            break
        if sequence.takes(paragraph, awaiting=awaiting):
            last = place
        elif paragraph.marker is not None:
            break
        elif awaiting or (_goes_on(paragraph) and not sequence.opened):
            opens_list = below is not None and below.is_list_item
            if is_heading(paragraph, below) and not (opens_list or sequence.reaches(paragraphs, place)):
                break
            last = place
        elif not sequence.reaches(paragraphs, place):
            break
        awaiting = paragraph.words.endswith((":", ";") if sequence.opened else ":")
        place += 1
    return last


def _is_quoted_out(taken: Sequence[Paragraph], rest: str) -> bool:
    """Return whether what was decided opened with a quotation mark that closes where the taken ends."""
    opening = (rest or (taken[1].words if len(taken) > 1 else ""))[:1]
    return opening == "\u201c" and _QUOTED_OUT.search(taken[-1].words) is not None


def _goes_on(paragraph: Paragraph) -> bool:
    """Return whether a paragraph without marker opens as a further limb of the decision."""
    return bool(_CAPITAL_VERB.match(paragraph.words) or paragraph.words.startswith(("That ", "Members ")))


class _Sequence:
    """The numbering of the clauses so far: which marker may come next."""

    def __init__(self, head: Paragraph) -> None:
        self.outer = shape(head.marker) if head.marker is not None else ""
        self.number = head.marker.value if head.marker is not None else 0
        self.opened: list[tuple[Style, int, str]] = []

    def takes(self, paragraph: Paragraph, *, awaiting: bool) -> bool:
        """Return whether a paragraph's marker continues the clauses, or opens them; and remember it."""
        marker = paragraph.marker
        if marker is None:
            return False
        is_outer = marker.style in _OUTER and shape(marker) == self.outer
        if is_outer and marker.value == self.number + 1 and not awaiting:
            return (
                False  # "4." behind the third clause of "3. RESOLVED:" is the next paragraph of the minutes
            )
        for reading in (marker, as_letter(marker)):
            if reading is None:
                continue
            for depth in range(len(self.opened) - 1, -1, -1):
                style, last, dress = self.opened[depth]
                if style is reading.style and (
                    reading.value == last + 1 or (style is Style.BULLET and dress == shape(reading))
                ):
                    self.opened[depth:] = [(style, reading.value, dress)]
                    return True
        opens = marker.value == 1 or marker.style is Style.BULLET
        # "7. RESOLVED that Cabinet:" counts its own clauses from 1, as its paragraphs are counted.
        counts_anew = awaiting and self.number > 1 and not self.opened
        if (
            opens
            and (awaiting or self.opened or marker.style not in _OUTER)
            and (counts_anew or not is_outer)
        ):
            self.opened.append((marker.style, marker.value, shape(marker)))
            return True
        return False

    def reaches(self, paragraphs: Sequence[Paragraph], place: int) -> bool:
        """Return whether the clauses go on within two paragraphs, behind a title or a second lead-in."""
        if not self.opened:
            return False
        for paragraph in paragraphs[place + 1 : place + 3]:
            if opens_decision(paragraph) or paragraph.row:
                return False
            if paragraph.marker is None:
                continue
            return self._would_take(paragraph) or (
                paragraphs[place].words.endswith((":", ";")) and paragraph.marker.value == 1
            )
        return False

    def _would_take(self, paragraph: Paragraph) -> bool:
        readings = (paragraph.marker, as_letter(paragraph.marker) if paragraph.marker else None)
        return any(
            reading is not None and reading.style is style and reading.value == last + 1
            for reading in readings
            for style, last, _ in self.opened
        )


def drafted(
    context: Context, span: Span, clauses: tuple[Clause, ...], verb: Verb, standing: Standing
) -> Resolution:
    """Return a decision at its place; its id is given when the whole paper is read."""
    return Resolution(
        id="",
        verb=verb,
        standing=standing,
        clauses=clauses,
        span=span,
        council=context.council,
        body=context.body,
        held_on=context.held_on,
        status=context.status,
        minute=context.minute,
        item=context.item,
        paragraph=context.paragraph,
        heading=context.heading,
        addressed_to=context.addressed_to,
    )


def verb_of(words: str, marker: str = "") -> Verb:
    """Return what a decision does, by the first of its verbs; RESOLVED where we tell none apart."""
    if marker.upper() == "RECOMMENDED":
        return Verb.RECOMMENDED
    lead = _CAPITALS.sub(lambda match: match[0].lower(), words[:_LEAD])
    found = [(match.start(), verb) for verb, form in _VERBS if (match := form.search(lead))]
    return min(found, key=lambda hit: hit[0])[1] if found else Verb.RESOLVED
