"""Who wrote a report and whom it names as contact: the lines at its head or foot that say so.

The report is chosen by its title, which must hold every word of what is asked after.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from qa_service.answering.drafts import Draft
from qa_service.answering.refusal import Judgement
from qa_service.answering.signals import content_stems
from qa_service.domain.access import Access
from qa_service.domain.spans import Span
from qa_service.retrieval.authors_asked import Role, author_asked
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of
from qa_service.store.reports import TitledReport, titled_reports

_SURE, _UNSURE = Judgement(0.95, ""), 0.1
_SCORE = 9.0
_MOST_REPORTS, _MOST_TITLES = 3, 8
# Characters of a block of names, offices, telephones and addresses.
_LONGEST = 420

_BEFORE_A_LABEL = r"^[ \t*#|]*(?:\d{1,2}\.[ \t]*)?(?:<b>)?[ \t*]*"
_BEHIND_A_LABEL = r"[ \t*]*(?:</b>)?[ \t*]*(?::|\||\t|$)"


def _label(names: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEFORE_A_LABEL}(?:{names}){_BEHIND_A_LABEL}", re.MULTILINE)


_AUTHOR = _label(
    r"(?i:report\s+authors?|authors?)(?:(?i:\s+and|\s+&)?\s+Relevant\s+Directors?)?|(?i:lead|originating)\s+[Oo]fficers?|"
    r"(?i:prepared|written|compiled)\s+by|REPORT BY|Report by"
)
_CONTACT = _label(r"(?i:contact\s+(?:name|officer|person|details)s?|officer\s+contact)|Contacts?|CONTACTS?")
_FROM = _label(r"(?i:report\s+(?:from|of))|From|FROM")

# Where a block of names ends.
_ENDS = re.compile(
    r"""^[ \t*#]*(?:\d{1,2}\.?[ \t]+)?(?:<b>)?[ \t*#]*(?:
      (?:append(?:ix|ices)|background|purpose|recommend|summary|introduction|decision|statement|brief|reason)\w*\b
      | (?:to|subject|date|title|classification|past\ pathway|future\ pathway|electoral|key|
        cabinet\ member|status|decision-maker|panel|forum)\b[ \t*]*:
      | page\ \d+)""",
    re.IGNORECASE | re.MULTILINE | re.VERBOSE,
)
_DIRECTOR = re.compile(
    r"^[ \t*]*(?:Relevant|Lead)[ \t]+(?:Corporate[ \t]+)?Directors?\b", re.IGNORECASE | re.MULTILINE
)
_NEXT_NUMBER = re.compile(r"^[ \t*#]*\d{1,2}\.[ \t]+[A-Z]", re.MULTILINE)
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Named:
    """The lines of one report that name somebody, and if they name its author."""

    report: TitledReport
    spans: tuple[Span, ...]
    of_author: bool


def report_authors(
    reader: Connection, reading: Reading, allowed: frozenset[Access]
) -> tuple[list[Draft], Judgement, list[str]] | None:
    """Return the lines that name author or contact of the report asked after, with notes.

    None where no report is asked after, or no report bears such a title or names anybody.
    """
    asked = author_asked(reading.own, reading.before)
    if asked is None:
        return None
    topic = set(content_stems(reading.topic))
    subject = {stem for stem in content_stems(asked.subject) if stem in topic}
    reports = _entitled(titled_reports(reader, reading.limits, allowed), subject) if subject else []
    if len(reports) > _MOST_REPORTS:
        some = "; ".join(each.title for each in reports[:_MOST_TITLES])
        reason = f"the titles of {len(reports)} reports name this, say which of them is meant: {some}"
        return [], Judgement(_UNSURE, reason), []
    named = [found for each in reports if (found := _named(reader, each, asked.role))]
    if not named:
        return None
    titles = dict.fromkeys(f"{each.report.title}{_held(each.report.held_on)}" for each in named)
    notes = [f"taken to be asked of the report: {'; '.join(titles)}"]
    if asked.role is Role.AUTHOR and not any(each.of_author for each in named):
        notes.append("the report names no author: the lines say from whom it is and whom to contact")
    return [Draft(each.report.document_id, each.spans, _SCORE) for each in named], _SURE, notes


def _held(day: date | None) -> str:
    return "" if day is None else f", {day:%-d %B %Y}"


def _words(title: str) -> tuple[str, ...]:
    return tuple(sorted(content_stems(title)))


def _entitled(reports: Sequence[TitledReport], subject: set[str]) -> list[TitledReport]:
    """Return the reports whose titles hold the whole subject, of each title the newest; the closest alone.

    A title that holds nothing else of its own is closer than those that hold more.
    """
    newest: dict[tuple[str, ...], TitledReport] = {}
    for each in reports:
        if subject <= set(words := _words(each.title)):
            newest.setdefault(words, each)
    exact = [each for words, each in newest.items() if subject == set(words)]
    return exact or list(newest.values())


def _named(reader: Connection, report: TitledReport, role: Role) -> _Named | None:
    """Return the block that names whom the question asks for, else those on whom the report is from."""
    text = slice_of(reader, report.document_row, report.span)
    authors, contacts, senders = (list(_blocks(text, label))[:1] for label in (_AUTHOR, _CONTACT, _FROM))
    if role is Role.CONTACT:
        found = contacts or [_block(text, each.start, directors=True) for each in authors] or senders
    elif role is Role.SENDER:
        found = senders or authors or contacts
    else:
        found = authors or [*senders, *contacts]
    spans = tuple(span.shifted(report.span.start) for span in _apart(found))
    return _Named(report, spans, of_author=bool(authors)) if spans else None


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Return spans without those that lie in an earlier one."""
    kept: list[Span] = []
    for span in spans:
        if not any(each.overlaps(span) for each in kept):
            kept.append(span)
    return kept


def _blocks(text: str, label: re.Pattern[str]) -> Iterator[Span]:
    """Yield the blocks that begin with a label and hold words behind it."""
    for match in label.finditer(text):
        for directors in (label is _CONTACT, True):
            block = _block(text, match.start(), directors=directors)
            if _LETTER.search(text, match.end(), block.end):
                yield block
                break


def _block(text: str, start: int, *, directors: bool) -> Span:
    """Return the lines from a label on to where something else begins."""
    line = text.find("\n", start)
    first = len(text) if line == -1 else line
    ends = [_ENDS.search(text, first), _NEXT_NUMBER.search(text, first)]
    ends += [] if directors else [_DIRECTOR.search(text, first)]
    end = min([start + _LONGEST, len(text), *(each.start() for each in ends if each)])
    if end == start + _LONGEST:
        end = max(text.rfind("\n", start, end), first)
    lead = len(text[start:end]) - len(text[start:end].lstrip())
    return Span(start + lead, start + len(text[start:end].rstrip()))
