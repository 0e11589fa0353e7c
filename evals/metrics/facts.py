"""Generated text held against what it cites, without a judge: quotes, facts, negations and modals.

Nothing here needs a model, so nothing here sees paraphrase; an answer of quotes alone passes by its nature.
Source: design/evaluation.md section 4.6.
"""

import re
from collections.abc import Sequence
from datetime import date

from evals.cases import Case
from evals.folding import folded
from evals.metrics.answers import normalised
from evals.metrics.dates import is_printed
from evals.metrics.quotes import words_in
from evals.metrics.templates import unexplained
from evals.replies import Citation, Statement
from evals.results import Label, Score, inapplicable, share

_STRAIGHT = re.compile(r'"([^"]+)"')
_CURLY = re.compile("\u201c([^\u201d]+)\u201d")
_SINGLE_CURLY = re.compile("(?<!\\w)\u2018([^\u2018]+?)\u2019(?!\\w)")
_SINGLE_STRAIGHT = re.compile(r"(?<!\w)'(\S(?:[^']|'(?=\w))*?\S)'(?!\w)")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")
_NAME = re.compile(r"\b[^\W\d_a-z][\w'\u2019-]*(?:\s+(?:of|and|the|for)?\s*[^\W\d_a-z][\w'\u2019-]*)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|\n\s*|[\"\u201c\u2018(]\s*)(\w[\w'\u2019-]*)\s*")
_NEGATION = re.compile(r"\b(?:not|no|never|none|nor|neither|without|cannot|\w+n['\u2019]t)\b", re.IGNORECASE)
_MODAL = re.compile(r"\b(?:will|shall|must|may|might|should|could|would)\b", re.IGNORECASE)
_FEWEST_QUOTED = 2  # words between marks that make a quote; one word is a name for a thing


def quoted_spans(text: str) -> list[str]:
    """Return what stands between quote marks, straight or curly, single or double.

    An apostrophe is no quote mark: "doesn't accept that it's" quotes nothing.
    """
    patterns = (_STRAIGHT, _CURLY, _SINGLE_CURLY, _SINGLE_STRAIGHT)
    found = [span for pattern in patterns for span in pattern.findall(text)]
    return [span for span in found if words_in(span) >= _FEWEST_QUOTED]


def _evidence_text(citations: Sequence[Citation]) -> str:
    """Return what a statement may draw on: the words quoted, and what citations show of their source."""
    shown: list[str] = []
    for citation in citations:
        document = citation.document
        shown += [citation.quote, document.title or "", document.council or "", document.body or ""]
        shown += [citation.minute or "", citation.paragraph or "", citation.held_on or ""]
        shown += [(citation.meeting.body or "") if citation.meeting else ""]
    return "\n".join(shown)


def _over_statements(case: Case, check: str) -> Score:
    if case.reply is None or not case.reply.statements:
        return inapplicable("nothing stated")
    right = total = 0
    first = ""
    for statement in case.reply.statements:
        citations = case.reply.cited_by(statement)
        wanted, missing = _CHECKS[check](statement, citations)
        total += wanted
        right += wanted - len(missing)
        first = first or (missing[0] if missing else "")
    if not total:
        return inapplicable(f"no {check} stated")
    score = share(right, total, f"{check} stand in what is cited")
    reason = f"{score.reason}; first missing: {first!r}" if first else score.reason
    return Score(score.value, reason, (), score.part, score.whole, (Label.UNCITED,) if first else ())


def _quotes(statement: Statement, citations: Sequence[Citation]) -> tuple[int, list[str]]:
    quotes = quoted_spans(statement.text)
    texts = [folded(citation.quote) for citation in citations]
    missing = [quote for quote in quotes if not any(folded(quote).strip(" .,;") in text for text in texts)]
    return len(quotes), missing


def _facts(statement: Statement, citations: Sequence[Citation]) -> tuple[int, list[str]]:
    evidence = _evidence_text(citations)
    numbers = {number.replace(",", "").rstrip(".") for number in _NUMBER.findall(evidence)}
    stated_numbers = [number.replace(",", "").rstrip(".") for number in _NUMBER.findall(statement.text)]
    shown_dates = [citation.held_on for citation in citations if citation.held_on]
    dates = [date.fromisoformat(day) for day in shown_dates if is_printed(day, statement.text)]
    known = numbers | {str(part) for day in dates for part in (day.day, day.month, day.year)}
    words = f" {normalised(evidence)} {' '.join(day.strftime('%B').lower() for day in dates)} "
    missing = [number for number in stated_numbers if number not in known]
    names = _names(statement.text)
    missing += [name for name in names if f" {normalised(name)} " not in words and normalised(name)]
    return len(stated_numbers) + len(names), missing


def _names(text: str) -> list[str]:
    """Return capitalised names; the first word of a sentence is capitalised whatever it is."""
    starts = {found.start(1): found.end() for found in _SENTENCE_START.finditer(text)}
    found = [text[starts.get(name.start(), name.start()) : name.end()] for name in _NAME.finditer(text)]
    return [name for name in found if name[:1].isupper()]


_CHECKS = {"quotes": _quotes, "facts": _facts}


def quotes_match(case: Case) -> Score:
    """Share of the passages in quote marks that stand in what their own statement cites.

    Not in some paper, and not stitched from two citations: in one quote of a citation of that statement.
    """
    return _over_statements(case, "quotes")


def facts_match(case: Case) -> Score:
    """Share of the numbers, sums, dates and capitalised names of each statement that its citations show."""
    return _over_statements(case, "facts")


def flips(case: Case) -> Score:
    """1 where a statement has a "not", "will", "shall" or "must" that its citations lack, or lost a "not".

    A flag for a reader, not a proof: a citation may hold a negation that the statement has no need of, so
    only words of the statement are asked for, and a lost negation of a citation of one sentence. The fixed
    templates' own words ("no resolution was found") claim nothing about the source.
    """
    if case.reply is None or not case.reply.statements:
        return inapplicable("nothing stated")
    for number, statement in enumerate(case.reply.statements, start=1):
        cited = case.reply.cited_by(statement)
        if not unexplained(statement.text, cited, case.templates):
            continue
        evidence = "\n".join(citation.quote for citation in cited)
        own, shown = _signals(statement.text), _signals(evidence)
        lost = "negation" in shown and "negation" not in own and _is_short(evidence, statement.text)
        added = sorted(own - shown)
        if added or lost:
            what = ", ".join(added) if added else "a lost negation"
            return Score(1.0, f"statement {number}: {what}", labels=(Label.ALTERED,))
    return Score(0.0, "no flip seen")


def _signals(text: str) -> set[str]:
    modals = {word.lower()[:7] for word in _MODAL.findall(text)}
    return modals | ({"negation"} if _NEGATION.search(text) else set())


def _is_short(evidence: str, statement: str) -> bool:
    """Whether the evidence says little more than the statement, so that a lost "not" turns it round."""
    return words_in(evidence) <= 2 * words_in(statement)
