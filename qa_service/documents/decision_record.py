"""Records of executive decisions: who decided, what, why. A proposed one decides nothing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from qa_service.documents.blocks import Block, Context
from qa_service.documents.bodies import body_name, council_in
from qa_service.documents.clauses import clauses_of, plain_clause, words_of
from qa_service.documents.dates import dates_in
from qa_service.documents.decisions import drafted, verb_of
from qa_service.documents.layout import Layout
from qa_service.documents.paragraphs import Paragraph
from qa_service.documents.text_blocks import next_block
from qa_service.domain.documents import SegmentKind
from qa_service.domain.resolutions import Clause, Resolution, Standing
from qa_service.domain.spans import Span

_HEAD = re.compile(
    r"(?:(?P<council>[A-Z][A-Za-z &]+ (?:COUNCIL|"
    r"Council))\s*[:\u2013-]\s*)?(?P<proposed>proposed )?(?:record of "
    r"(?:(?:executive|officer|cabinet|delegated|key) )*decision|(?:executive |officer |"
    r"delegated )?decision (?:recording form|"
    r"record|notice))s?",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?P<name>decision (?:to be )?taken by|decision[- ]maker|decision (?:number|no\.?|ref(?:erence)?)|"
    r"subject matter ?/ ?title of "
    r"decision|subject(?: matter)?|title(?: of decision)?|decision|key decision(?: criteria)?|"
    r"reasons? ?(?:\(s\))? for "
    r"(?:the )?decision|reason\(s\) for decision|financial implications|legal implications|equalit(?:y|"
    r"ies) implications|data "
    r"protection implications|cabinet committee recommendations and other consultation|"
    r"any alternatives considered"
    r"(?: and rejected)?|any interests? declared[^:]*|background(?: documents)?|date(?: of decision)?|"
    r"date decision taken|"
    r"exempt information\??|for publication|consultation)\s*:?\s*",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:The |As )?(?:[A-Z][\w\u2019' ,&-]{3,120}?,? )?(?:I |we )?(?:agrees?|has agreed|agreed|approves?|"
    r"approved|decides?|decided|"
    r"propose[sd]?)(?: to| that)?:?$"
)
_PORTFOLIO = re.compile(r"\b(?:Cabinet Member for [A-Z][\w ,'\u2019&-]+|(?:Deputy )?Leader of the Council)")
_NUMBER = re.compile(r"\d\d/\d{3,6}\b")
_MAIN = {"decision", "decisions"}
_TITLE_WITHIN = 40  # content lines: criteria of key decisions may stand between
_TITLE_WORDS = 40


@dataclass(frozen=True, slots=True)
class RecordHeader:
    """`first` is the line that says what the paper is; `taken_by` the body, or the member's post."""

    first: int
    council: str | None
    proposed: bool
    body: str | None
    taken_by: str | None
    held_on: date | None
    title: str | None = None


@dataclass(slots=True)
class RecordText:
    """What reading a record yields."""

    blocks: list[Block] = field(default_factory=list)
    resolutions: list[Resolution] = field(default_factory=list)


def record_header(layout: Layout, at: int, council: str | None) -> RecordHeader | None:
    """Return the header of the record of decision that starts at content line number `at`; else None."""
    first = layout.content[at]
    match = _HEAD.fullmatch(layout.lines[first].plain)
    if match is None:
        return None
    following = layout.content[at + 1 : at + 14]
    fields = _fields(layout, following)
    subject = _subject(_fields(layout, layout.content[at + 1 : at + _TITLE_WITHIN]))
    taken_by = next((fields[n] for n in fields if "taken by" in n or "maker" in n), None)
    above = layout.content[at - 1 : at] if at else []
    named = council_in(match["council"] or "") or _council_alone(layout, above)
    named = named or council_in(layout.words(following[:1]))
    dated = next((fields[n] for n in fields if n.startswith("date")), "")
    post = _PORTFOLIO.search(taken_by or "")
    return RecordHeader(
        first,
        named,
        bool(match["proposed"]),
        body_name(taken_by or "", named or council),
        " ".join(post[0].split()) if post else None,
        next((mention.value for mention in dates_in(dated) if mention.value), None),
        f"{'Proposed record' if match['proposed'] else 'Record'} of decision {subject}" if subject else None,
    )


def _council_alone(layout: Layout, lines: Sequence[int]) -> str | None:
    """Return the council whose name is all that some lines hold; else None."""
    words = layout.words(lines)
    council = council_in(words)
    return council if council and words.strip().casefold() == council.casefold() else None


def _subject(fields: Mapping[str, str]) -> str | None:
    """Return number and subject of a decision, where the record gives the subject in a title's length."""
    named = (fields[name] for name in fields if name.startswith(("title", "subject")))
    title = next((words for words in named if words and len(words.split()) <= _TITLE_WORDS), None)
    number = next((match[0] for words in fields.values() if (match := _NUMBER.match(words))), None)
    return f"{number}: {title}" if number and title else None


def _fields(layout: Layout, indexes: Sequence[int]) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for index in indexes:
        words = layout.lines[index].plain
        match = _FIELD.match(words)
        if match and (match.end() == len(words) or ":" in match[0]):
            name = " ".join(match["name"].lower().split())
            fields[name] = words[match.end() :]
        elif name:
            fields[name] = f"{fields[name]} {words}".strip()
    return fields


def record_text(layout: Layout, header: RecordHeader, end: int, context: Context) -> RecordText:
    """Return the blocks of a record, and its decision: proposed where the paper says so."""
    found = RecordText()
    found.blocks.append(Block(SegmentKind.REPORT_HEADER, header.first, context))
    paragraphs = _paragraphs(layout, header.first + 1, end)
    place = 0
    in_head = True
    while place < len(paragraphs):
        paragraph = paragraphs[place]
        label = _label(paragraph)
        if label is None and in_head and not _is_form_text(paragraph):
            place += 1
            continue
        if label is not None:
            in_head = in_head and label not in _MAIN
            context = replace(context, heading=_title(paragraph), paragraph=None)
            if label in _MAIN:
                place = _decide(layout, paragraphs, place, context, found, proposed=header.proposed)
                continue
            if in_head:
                place += 1
                continue
        place, block, context = _block(paragraphs, place, label, context)
        found.blocks.append(block)
    return found


def _paragraphs(layout: Layout, first: int, end: int) -> list[Paragraph]:
    """Return the paragraphs of a form, in which a line that is nothing but a label always starts one."""
    labels = [n for n in layout.content if first < n < end and _is_bare_label(layout.lines[n].plain)]
    bounds = [first, *labels, end]
    return [each for a, b in pairwise(bounds) for each in layout.paragraphs(a, b)]


def _is_bare_label(words: str) -> bool:
    return words[:1].isupper() and _FIELD.fullmatch(words) is not None


def _is_form_text(paragraph: Paragraph) -> bool:
    return paragraph.is_list_item or paragraph.words.startswith("For publication")


def _block(
    paragraphs: Sequence[Paragraph], place: int, label: str | None, context: Context
) -> tuple[int, Block, Context]:
    paragraph = paragraphs[place]
    if label is not None and len(paragraph.words.split()) <= 14:  # noqa: PLR2004  (the label alone)
        return place + 1, Block(SegmentKind.HEADING, paragraph.first, context), context
    return next_block(paragraphs, place, context)


def _label(paragraph: Paragraph) -> str | None:
    match = _FIELD.match(paragraph.words)
    if match is None or paragraph.marker is not None:
        return None
    rest = paragraph.words[match.end() :]
    return " ".join(match["name"].lower().split()) if ":" in match[0] or not rest else None


def _title(paragraph: Paragraph) -> str:
    match = _FIELD.match(paragraph.words)
    return " ".join(match["name"].split()) if match else paragraph.words


def _decide(
    layout: Layout,
    paragraphs: Sequence[Paragraph],
    place: int,
    context: Context,
    found: RecordText,
    *,
    proposed: bool,
) -> int:
    """Add the decision that the field "Decision:" holds; return the place of the next field."""
    end = place + 1
    while end < len(paragraphs) and _label(paragraphs[end]) is None:
        end += 1
    body = list(paragraphs[place + 1 : end])
    kind = SegmentKind.RECOMMENDATION if proposed else SegmentKind.RESOLUTION
    found.blocks.append(Block(kind, paragraphs[place].first, context))
    clauses = clauses_of(layout, body) or _limbs(layout, body)
    if not clauses:
        return end
    start = words_of(layout, paragraphs[place])[0].start
    verb = verb_of(" ".join([_behind_label(paragraphs[place]), *(paragraph.words for paragraph in body)]))
    standing = Standing.PROPOSED if proposed else Standing.RESOLVED
    span = Span(start, max(clause.span.end for clause in clauses))
    found.resolutions.append(drafted(context, span, clauses, verb, standing))
    return end


def _behind_label(paragraph: Paragraph) -> str:
    match = _FIELD.match(paragraph.words)
    return paragraph.words[match.end() :] if match else paragraph.words


def _limbs(layout: Layout, body: Sequence[Paragraph]) -> tuple[Clause, ...]:
    """Return the limbs of a decision that numbers nothing, without its lead-in."""
    lead_only = len(body) > 1 and _LEAD.match(body[0].words) is not None
    return plain_clause(layout, body[1:] if lead_only else body, 0)
