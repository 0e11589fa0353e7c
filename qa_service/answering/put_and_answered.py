"""Questions that members or the public put in writing, and the replies printed below them.

"Question by Ann Reed to Tom Hale, Cabinet Member for Roads", then what she asks, then "Answer": papers
print them alike, and the words alone do not tell who is speaking.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa_service.domain.access import Access
from qa_service.domain.passages import Unit
from qa_service.domain.spans import Span, trimmed
from qa_service.store.database import Connection
from qa_service.store.passages import StoredPassage, passages_between

# Characters before and behind a sentence in which the question and the reply that it belongs to are sought.
_BEFORE, _BEHIND = 6000, 10000
_MARKS = r"[ \t>*_#]*"
_TITLE = r"(?:the\s+)?(?:Councillors?|Cllrs?|Cmhlr|Mr|Mrs|Ms|Miss|Dr|Lord|Lady|Sir)\.?\s+"
_NAME = rf"(?:{_TITLE})?[^\W\d_a-z][^\s,()]*(?:\s+(?:de\s+|van\s+|of\s+)?[^\W\d_a-z][^\s,()]*){{0,4}}"
_HEADING = re.compile(
    rf"""^{_MARKS}(?:\(?\d{{1,3}}[.)]?{_MARKS})?
    (?P<heading>(?i:(?:(?:public|members?['’]?s?|written|supplementary)\s+)?questions?\s
    (?:no\.?\s*)?(?:\d{{1,3}}[.:–-]?\s+)?(?:(?:submitted|put|asked|received|tabled)\s+)?(?:by|from))\s
    (?P<people>[^\n]{{3,120}}?(?:,[ \t]*\n[^\n]{{3,120}})?))[ \t*_]*$""",
    re.MULTILINE | re.VERBOSE,
)
_PEOPLE = re.compile(rf"(?P<by>{_NAME})(?:\s+to\s+(?:the\s+)?(?P<to>{_NAME}.*?))?(?:\s*[,(–-].*)?:?")
_REPLY = re.compile(
    rf"^{_MARKS}(?:(?:Written|Officer['’]?s?)\s+)?"
    rf"(?:REPLY|Reply|ANSWER|Answer|RESPONSE|Response)(?:[*_ \t]*:[*_ \t]*|[*_ \t]*$)",
    re.MULTILINE,
)
# What follows the last question, and what members said to a reply, is no part of either.
_NEXT = re.compile(
    rf"^{_MARKS}(?:\d{{1,3}}[.)]{_MARKS})?"
    rf"(?:(?:NOTICES?|Notices?)\s+(?:OF|of)\s+(?:MOTION|Motion)|"
    rf"(?:QUESTIONS?|Questions?)\b[ \t]*\d*{_MARKS}$)",
    re.MULTILINE,
)
_TALK = re.compile(rf"^{_MARKS}(?:Members?|Councillors?|Cllrs?)\s+[a-z]", re.MULTILINE)
# The number, the day or the council's name above the next heading.
_ABOVE_NEXT = re.compile(
    r"[\W_]*(?:\d{1,3}[.)][\W_]*)?|[A-Z ]*(?:COUNCIL|COMMITTEE|CABINET|BOARD|PANEL|MEETING)[A-Z ]*|"
    r"[A-Z][a-z]+day,?\s+\d[\w ]*"
)


@dataclass(frozen=True, slots=True)
class PutQuestion:
    """A question that somebody put: its heading and its words, and the reply, None where none is printed.

    `passages`: those in which both stand. `by` and `to` are named as the heading does; `to` may be "".
    `public`: whether the heading calls it a question of the public.
    """

    document_id: str
    heading: Span
    put: Span
    reply: Span | None
    by: str
    to: str
    passages: tuple[StoredPassage, ...]
    public: bool = False

    def units_of(self, span: Span) -> Iterator[tuple[StoredPassage, Unit]]:
        """Yield the sentences of a span, in order, with a label before the first."""
        for passage in self.passages:
            yield from (
                (passage, unit) for unit in passage.units if span.start < unit.end and unit.start < span.end
            )


def questions_around(
    reader: Connection, passage: StoredPassage, allowed: frozenset[Access]
) -> list[PutQuestion]:
    """Return the questions that were put near a passage, in order."""
    around = Span(max(0, passage.span.start - _BEFORE), passage.span.end + _BEHIND)
    return questions_in(passages_between(reader, passage.document_row, around, allowed))


def questions_in(passages: Sequence[StoredPassage]) -> list[PutQuestion]:
    """Return the questions that were put in neighbouring passages of one paper, in order."""
    if not passages:
        return []
    first, text = passages[0].span.start, _text_of(passages)
    found = [(each, people) for each in _HEADING.finditer(text) if (people := _people(each["people"]))]
    ends = [*(each.start() for each, _ in found[1:]), len(text)][: len(found)]
    put = []
    for (heading, (by, to)), end in zip(found, ends, strict=True):
        asked, reply = _parted(text, heading, _last(passages, heading.start() + first, end + first) - first)
        if asked is None:
            continue
        within = Span(heading.start("heading"), max(asked.end, reply.end if reply else 0)).shifted(first)
        put.append(
            PutQuestion(
                passages[0].document_id,
                Span(*heading.span("heading")).shifted(first),
                asked.shifted(first),
                reply and reply.shifted(first),
                by,
                to,
                tuple(each for each in passages if each.span.overlaps(within)),
                public=heading["heading"].lower().startswith("public"),
            )
        )
    return put


def _people(names: str) -> tuple[str, str] | None:
    """Return by whom and to whom; None where a line goes on as a sentence does."""
    found = _PEOPLE.fullmatch(" ".join(re.sub(r"[*_#]", " ", names).split()))
    return None if found is None else (found["by"], found["to"] or "")


def _parted(text: str, heading: re.Match[str], end: int) -> tuple[Span | None, Span | None]:
    """Return the place of the question's words and that of the reply's, each None where there is none."""
    end = _cut(text, heading.end(), end)
    label = _REPLY.search(text, heading.end(), end)
    asked = trimmed(text, heading.end(), label.start() if label else end)
    if label is None or asked is None:
        return asked, None
    talk = _TALK.search(text, label.end() + 1, end)
    return asked, trimmed(text, label.end(), talk.start() if talk else end)


def _cut(text: str, start: int, end: int) -> int:
    """Return where words that begin at `start` end: before the next subject, and before what heads it."""
    if (after := _NEXT.search(text, start, end)) is not None:
        end = after.start()
    lines = text[start:end].rstrip().split("\n")
    while len(lines) > 1 and _ABOVE_NEXT.fullmatch(lines[-1].strip()):
        lines.pop()
    return start + len("\n".join(lines))


def _last(passages: Sequence[StoredPassage], start: int, end: int) -> int:
    """Return `end`, or where an earlier passage begins that is of another minute, paper or meeting."""

    def place(passage: StoredPassage) -> tuple[object, ...]:
        segment = passage.segment
        return segment.part, segment.held_on, segment.minute, segment.item

    own = next((each for each in passages if each.span.start <= start < each.span.end), passages[0])
    others = (
        each.span.start for each in passages if start < each.span.start < end and place(each) != place(own)
    )
    return next(others, end)


def _text_of(passages: Sequence[StoredPassage]) -> str:
    """Return the text from the first passage to the last, with empty lines for what stands between them."""
    first, text = passages[0].span.start, ""
    for passage in passages:
        at = passage.span.start - first
        text = text[:at].ljust(at, "\n") + passage.text
    return text
