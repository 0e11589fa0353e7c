"""The exact gates: each must hold on every citation of every reply, or CI fails.

Source of all: design/evaluation.md section 4.1. A gate holds (1) or not (0); a reply that shows no citation
leaves most of them inapplicable, and that is counted.
"""

import hashlib
import re
from collections.abc import Callable, Iterable

from evals.cases import Case, place_of
from evals.corpus import StoredDocument, StoredSegment
from evals.folding import folded
from evals.metrics.dates import is_printed
from evals.metrics.quotes import misquotation, words_in
from evals.metrics.templates import unexplained
from evals.replies import Citation
from evals.results import Label, Score, inapplicable

FEWEST_WORDS = 5
_CELL = re.compile(r"\t|\||\n| {2,}")

Fault = tuple[Label, str] | None


def _each(case: Case, citations: Iterable[Citation], check: Callable[[Citation], Fault]) -> Score:
    """Return 1 where no citation has the fault; the reason names the first, the evidence all."""
    looked_at = list(citations)
    if case.reply is None:
        return inapplicable("no reply")
    if not looked_at:
        return inapplicable("no citation shown")
    faults = [(citation, fault) for citation in looked_at if (fault := check(citation))]
    if not faults:
        return Score(1.0, f"all {len(looked_at)} hold")
    return Score(
        0.0,
        f"{place_of(faults[0][0])}: {faults[0][1][1]}",
        tuple(place_of(citation) for citation, _ in faults),
        labels=tuple(dict.fromkeys(fault[0] for _, fault in faults)),
    )


def _shown(case: Case) -> tuple[Citation, ...]:
    return case.reply.shown if case.reply else ()


def replied(case: Case) -> Score:
    """1 where a reply came that keeps the contract; an error is a miss, never a dropped row."""
    if case.error is not None:
        return Score(0.0, case.error, labels=(Label.ERROR,))
    return Score(1.0, "a reply that keeps the contract")


def confidence_valid(case: Case) -> Score:
    """1 where the reply's confidence lies between 0 and 1."""
    if case.reply is None or case.reply.confidence is None:
        return inapplicable("no reply" if case.reply is None else "no confidence given")
    value = case.reply.confidence
    return Score(float(0 <= value <= 1), f"confidence {value:.3f}")


def quote_exact(case: Case) -> Score:
    """1 where the stored text at [start, end) equals each quote, in NFC and with white space folded.

    Nearest passages of a refusal are held to the same rule.
    """

    def check(citation: Citation) -> Fault:
        label = misquotation(citation, case.corpus)
        return (label, f"the quote is {label}") if label else None

    return _each(case, _shown(case), check)


def quote_strict(case: Case) -> Score:
    """1 where each quote is the stored slice character for character, and its SHA-256 is the slice's."""

    def check(citation: Citation) -> Fault:
        document = case.corpus.get(citation.document.id)
        stored = document.at(citation.start, citation.end) if document else None
        if stored is None or stored != citation.quote:
            return Label.ALTERED, "not the stored characters"
        if hashlib.sha256(stored.encode("utf-8", "surrogatepass")).hexdigest() != citation.sha256:
            return Label.ALTERED, "the hash is not the slice's"
        return None

    return _each(case, _shown(case), check)


def span_contiguous(case: Case) -> Score:
    """1 where no quote is put together from several places, and what it says answers best lies within it."""

    def check(citation: Citation) -> Fault:
        focus = citation.focus
        if focus is not None and not citation.start <= focus.start < focus.end <= citation.end:
            return Label.MISPLACED, "the focus lies outside the quote"
        label = misquotation(citation, case.corpus)
        return (label, "pieces of several places in one quote") if label is Label.STITCHED else None

    return _each(case, _shown(case), check)


def source_resolves(case: Case) -> Score:
    """1 where each cited document is in the index under that id and with that content hash."""

    def check(citation: Citation) -> Fault:
        document = case.corpus.get(citation.document.id)
        if document is None:
            return Label.UNRESOLVED, f"no document {citation.document.id!r} in the index"
        if citation.document.sha256 != document.sha256:
            return Label.UNRESOLVED, "the content hash is another document's"
        return None

    return _each(case, _shown(case), check)


def statement_cited(case: Case) -> Score:
    """1 where each statement of an answer leads to a citation, and no number leads nowhere.

    One good number beside an invented one is still a miss. An answer without a statement is a miss, a
    refusal with one too.
    """
    if case.reply is None:
        return inapplicable("no reply")
    if case.reply.answered != bool(case.reply.statements):
        return Score(0.0, "statements and status do not agree", labels=(Label.UNCITED,))
    known = {citation.n for citation in case.reply.citations}
    for number, statement in enumerate(case.reply.statements, start=1):
        if not statement.citations:
            return Score(0.0, f"statement {number} has no citation", labels=(Label.UNCITED,))
        invented = [str(n) for n in statement.citations if n not in known]
        if invented:
            reason = f"statement {number} cites {', '.join(invented)}, which leads nowhere"
            return Score(0.0, reason, labels=(Label.UNRESOLVED,))
    if not case.reply.statements:
        return inapplicable("a refusal states nothing")
    return Score(1.0, f"all {len(case.reply.statements)} statements")


def page_consistent(case: Case) -> Score:
    """1 where each quote starts on the page, and after the paragraph number, that the citation names.

    A source without pages must show none; one with pages must show the right one, with its printed label.
    """

    def check(citation: Citation) -> Fault:
        document = case.corpus.get(citation.document.id)
        if document is None:
            return Label.WRONG_PAGE, "no such document, so no such page"
        page = document.page_at(citation.start)
        shown = (citation.page.number, citation.page.label) if citation.page else None
        stored = (page.number, page.label) if page else None
        if shown != stored:
            return Label.WRONG_PAGE, f"page {shown} is shown, {stored} is stored"
        if citation.paragraph and not _paragraph_before(document.text, citation):
            return Label.WRONG_PAGE, f"paragraph {citation.paragraph} does not stand before the quote"
        return None

    return _each(case, _shown(case), check)


def _paragraph_before(text: str, citation: Citation) -> bool:
    mark = re.compile(rf"(?m)^\W*{re.escape(str(citation.paragraph))}(?!\d)")
    return mark.search(text, 0, max(citation.end, 0)) is not None


def metadata_consistent(case: Case) -> Score:
    """1 where everything shown of a source is what is stored of it: document, council, body, date, numbers.

    A pack holds papers of several meetings, so council, body, date, item, minute and paragraph are those of
    the cited stretch. Where the system does not tell its stretches, council, body and date must be the
    document's or be printed in it: weaker, since another meeting's date may be printed too.
    """

    def check(citation: Citation) -> Fault:
        document = case.corpus.get(citation.document.id)
        if document is None:
            return Label.WRONG_METADATA, "no such document"
        stored: dict[str, str | None] = {
            name: getattr(document, name) for name in ("file_name", "title", "kind")
        }
        shown: dict[str, str | None] = {name: getattr(citation.document, name) for name in stored}
        segment = document.segment_at(citation.start)
        if segment is None:
            faults = _not_printed(citation, document, case.corpus.folded(document).text.casefold())
        else:
            faults = []
            stored |= _of_stretch(document, segment)
            shown |= _of_place(citation)
        faults += [f"{name} {shown[name]!r} is shown, {stored[name]!r} is stored" for name in stored
                   if shown[name] != stored[name]]  # fmt: skip
        return (Label.WRONG_METADATA, faults[0]) if faults else None

    return _each(case, _shown(case), check)


def _of_stretch(document: StoredDocument, segment: StoredSegment) -> dict[str, str | None]:
    return {
        "council": segment.council or document.council,
        "body": segment.body or document.body,
        "held_on": segment.held_on,
        "item": segment.item,
        "minute": segment.minute,
        "paragraph": segment.paragraph,
    }


def _of_place(citation: Citation) -> dict[str, str | None]:
    return {
        "council": citation.document.council,
        "body": citation.document.body,
        "held_on": citation.held_on,
        "item": citation.item.number if citation.item else None,
        "minute": citation.minute,
        "paragraph": citation.paragraph,
    }


def _not_printed(citation: Citation, document: StoredDocument, text: str) -> list[str]:
    faults: list[str] = []
    for name in ("council", "body"):
        shown, stored = getattr(citation.document, name), getattr(document, name)
        if shown != stored and (shown is None or folded(shown).casefold() not in text):
            faults.append(f"{name} {shown!r} is shown, {stored!r} is stored")
    held_on = citation.held_on
    if held_on and held_on != document.held_on and not is_printed(held_on, document.text):
        faults.append(f"the date {held_on} is not printed in the paper")
    return faults


def scope_respected(case: Case) -> Score:
    """1 where nothing cited lies outside the council, body, dates, kinds or papers asked for, or after as_of.

    What a paper does not say of itself is outside a filter on it; an undated paper breaks no as_of.
    """
    question = case.topic.question
    if not question.filters and not question.as_of:
        return inapplicable("no scope was asked for")

    def check(citation: Citation) -> Fault:
        why = _outside(citation, question.filters, question.as_of)
        return (Label.OUT_OF_SCOPE, why) if why else None

    return _each(case, _shown(case), check)


def _outside(citation: Citation, filters: dict[str, object], as_of: str | None) -> str | None:
    document, held_on = citation.document, citation.held_on
    bodies = [document.body, citation.meeting.body if citation.meeting else None]
    found: dict[str, list[str | None]] = {
        "council": [document.council],
        "body": bodies,
        "kinds": [document.kind],
        "documents": [document.file_name, document.id],
    }
    for name, values in found.items():
        wanted = filters.get(name)
        if isinstance(wanted, list) and not _any_same(values, wanted):
            return f"{name} {values[0]!r} was not asked for"
    low, high = filters.get("held_from"), filters.get("held_to")
    if (low or high) and held_on is None:
        return "undated, and a range of dates was asked for"
    if held_on and ((low and held_on < str(low)) or (high and held_on > str(high))):
        return f"the meeting of {held_on} is outside the dates asked for"
    if held_on and as_of and held_on > as_of:
        return f"the meeting of {held_on} is after {as_of}"
    return None


def _any_same(values: list[str | None], wanted: list[object]) -> bool:
    asked = {folded(str(one)).casefold() for one in wanted}
    return any(value is not None and folded(value).casefold() in asked for value in values)


def template_only(case: Case) -> Score:
    """1 where every character of a statement outside its quotes comes from the fixed list of templates."""
    if case.reply is None or not case.reply.statements:
        return inapplicable("nothing stated")
    for number, statement in enumerate(case.reply.statements, start=1):
        rest = unexplained(statement.text, case.reply.cited_by(statement), case.templates)
        if rest:
            reason = f"statement {number} has words of its own, {len(rest)} characters"
            return Score(0.0, reason, labels=(Label.UNCITED,))
    return Score(1.0, f"all {len(case.reply.statements)} statements")


def deterministic(case: Case) -> Score:
    """1 where asking twice gave the same reply, id and seconds apart."""
    if case.same_twice is None:
        return inapplicable("asked once")
    return Score(float(case.same_twice), "the same reply" if case.same_twice else "another reply")


def min_evidence(case: Case) -> Score:
    """1 where each quote behind an answer has at least five words, or is a table row with its header."""

    def check(citation: Citation) -> Fault:
        cells = [cell for cell in _CELL.split(citation.quote.strip()) if words_in(cell)]
        if words_in(citation.quote) >= FEWEST_WORDS or len(cells) > 1:
            return None
        return Label.TOO_SHORT, f"{words_in(citation.quote)} words"

    return _each(case, case.cited, check)
