"""Where the papers do not agree: the other place is shown beside the answer, with what speaks for either."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa_service.answering.drafts import OVER_TIME, Draft
from qa_service.answering.quotable import whole_unit
from qa_service.answering.signals import AnswerType, content_stems
from qa_service.answering.tellings import FAR, tellings
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.access import Access
from qa_service.domain.answers import Conflict, Statement
from qa_service.domain.documents import SegmentKind
from qa_service.domain.spans import Span
from qa_service.register.figures import figures_in, periods_in
from qa_service.store.database import Connection
from qa_service.store.documents import find_document
from qa_service.store.passages import passage_at
from qa_service.store.reading import discrepancies_of

# All that is ever said of a conflict; what a paper's own record says of it is said in the record's words.
CORRECTED = "the papers give different figures; one of them says that the other is wrong"
OF_ONE_DAY = "the papers of one meeting give different figures, and none says which is right"
LATER = "the papers give different figures; the one of the later meeting stands second"
EARLIER = "the papers give different figures; the one of the earlier meeting stands second"
UNDATED = "the papers give different figures, and one of them is undated"
# A forecast moves from season to season without contradicting itself.
_SAME_TIME_DAYS = 120
# A table's row holds many figures: that one of them differs from another row's says nothing.
_MOST_FIGURES = 4
_NO_FIGURE_ASKED = frozenset({AnswerType.REASON, AnswerType.PERSON, AnswerType.PLACE})
# So many words of a subject must both hold, unless several figures stand side by side in both.
_SHARED = 3
COUNTING = frozenset(content_stems("million billion thousand year month per cent number total average"))
# "Should be between 50 and 70" is no count that another could contradict.
_NORM = re.compile(
    r"\b(?:should|must|at\s+(?:least|most)|no\s+more\s+than|targets?|aims?|between\s+\d\S*\s+and)\b",
    re.IGNORECASE,
)
_FINANCIAL_YEAR = re.compile(r"((?:19|20)\d\d)/\d\d")
# An entry in a list of payments tells what was paid once: another tells what was paid another time.
_PAID = re.compile(r"\b(?:chq|cheque)\s+no\b", re.IGNORECASE)
# What is asked for and what is decided differ by right.
_WISHES = frozenset({SegmentKind.RECOMMENDATION, SegmentKind.MOTION, SegmentKind.RESOLUTION})
_CORRECTS = re.compile(
    r"\b(?:(?:wrongly|incorrectly|mistakenly)\s+(?:given|stated|shown|printed|reported|put)|should\s+have\s+(?:read|been|said)"
    r"|(?:since|now)\s+(?:been\s+)?(?:corrected|confirmed)|in\s+error|was\s+a\s+(?:mistake|misprint|slip))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two places that do not agree, and in fixed words what speaks for either."""

    about: str
    places: tuple[tuple[str, Span], ...]


def differences(
    reader: Connection, drafts: Sequence[Draft], weighed: Weighed, allowed: frozenset[Access]
) -> tuple[list[Draft], list[Difference]]:
    """Return the drafts with the other side of each conflict behind the first, and the conflicts."""
    if not drafts or any(draft.template in OVER_TIME for draft in drafts):
        return list(drafts), []
    found = [*_recorded(reader, drafts, allowed), *_told_otherwise(drafts[0], weighed)]
    shown = list(drafts)
    for difference in found[:1]:
        sides = [Draft(document_id, (span,), drafts[0].score) for document_id, span in difference.places]
        shown[1:1] = [side for side in sides if not any(side.overlaps(draft) for draft in drafts)]
    return shown, found[:1]


def named(found: Iterable[Difference], statements: Sequence[Statement]) -> tuple[Conflict, ...]:
    """Return the conflicts of which both sides are stated, with the citations that state them."""
    cited = [citation for statement in statements for citation in statement.citations]
    conflicts = []
    for difference in found:
        sides = [
            citation
            for document_id, span in difference.places
            for citation in cited
            if citation.document.id == document_id and citation.span.overlaps(span)
        ]
        if len(set(sides)) > 1:
            conflicts.append(Conflict(difference.about, tuple(dict.fromkeys(sides))))
    return tuple(conflicts)


def _recorded(
    reader: Connection, drafts: Sequence[Draft], allowed: frozenset[Access]
) -> Iterator[Difference]:
    """Yield what reading found about the places quoted: a paper that contradicts itself there."""
    for draft in drafts[:1]:
        row = find_document(reader, draft.document_id, allowed)["row"]
        for each in discrepancies_of(reader, row):
            spans = [Span(start, end) for start, end in json.loads(each["spans"])]
            if len(spans) < 2 or not any(span.overlaps(mine) for span in spans for mine in draft.spans):  # noqa: PLR2004
                continue
            whole = [_whole(reader, row, span, allowed) for span in spans]
            yield Difference(each["note"], tuple((draft.document_id, span) for span in whole))


def _whole(reader: Connection, row: int, span: Span, allowed: frozenset[Access]) -> Span:
    passage = passage_at(reader, row, span.start, allowed)
    return span if passage is None else whole_unit(passage, span)[0]


def _told_otherwise(draft: Draft, weighed: Weighed) -> Iterator[Difference]:
    """Yield where another place tells the same with another figure: of the same time, and not by right."""
    best = weighed.units[0] if weighed.units else None
    if best is None or not _quotes(draft, best) or weighed.signals.types <= _NO_FIGURE_ASKED:
        return
    near = (each for each in weighed.units[1:] if each.score >= best.score - FAR)
    says = _CORRECTS.search(best.text) is not None
    corrections = [each for each in near if (_corrects(best, each) if says else _corrects(each, best))]
    for other in (*corrections, *tellings(weighed)):
        if other in corrections or disagree(best, other):
            sides = (
                (best.passage.document_id, best.unit.spans[0]),
                (other.passage.document_id, other.unit.spans[0]),
            )
            yield Difference(_reason(best, other), sides)


def _quotes(draft: Draft, unit: WeighedUnit) -> bool:
    own = replace(draft, document_id=unit.passage.document_id, spans=unit.unit.spans)
    return draft.overlaps(own)


def disagree(one: WeighedUnit, other: WeighedUnit) -> bool:
    """Return whether two sentences give two figures of one thing at one time."""
    if _PAID.search(one.text) or _PAID.search(other.text):
        return False
    mine, theirs = figures_in(one.text), figures_in(other.text)
    if max(len(mine), len(theirs)) > _MOST_FIGURES or not _of_one_time(one, other):
        return False
    if {one.passage.segment.kind, other.passage.segment.kind} & _WISHES or _NORM.search(other.text):
        return False
    equal = {figure.value for figure in mine} & {figure.value for figure in theirs}
    pairs = [
        (figure, against)
        for figure in mine
        for against in theirs
        if figure.differs_from(against) and not equal & {figure.value, against.value}
    ]
    if len({figure.value for figure, _ in pairs}) + len(equal) > 1:  # several stand side by side in both
        return bool(pairs) and bool(_shared(one, other))
    of_one_thing = any(figure.near & against.near - COUNTING for figure, against in pairs)
    return of_one_thing and len(_shared(one, other)) >= _SHARED


def _corrects(one: WeighedUnit, other: WeighedUnit) -> bool:
    """Return whether one says that a figure or a date of the other is wrong."""
    if not _CORRECTS.search(one.text) or _CORRECTS.search(other.text):
        return False
    told = {figure.value for figure in figures_in(one.text)} & {
        figure.value for figure in figures_in(other.text)
    }
    dated = set(periods_in(one.text)) & set(periods_in(other.text))
    return bool(told or dated) and bool(_shared(one, other))


def _shared(one: WeighedUnit, other: WeighedUnit) -> set[str]:
    """Return the words of a subject that both hold; figures and how they are counted are none."""
    both = set(content_stems(one.text)) & set(content_stems(other.text))
    return {stem for stem in both if not stem[0].isdigit()} - COUNTING


def _of_one_time(one: WeighedUnit, other: WeighedUnit) -> bool:
    """Return whether both speak of one time, by the last date that each names, or else by their meetings."""
    mine, theirs = periods_in(one.text), periods_in(other.text)
    if mine and theirs:
        first, second = max(mine), max(theirs)
        return first.startswith(second) or second.startswith(first)
    held, against = one.passage.segment.held_on, other.passage.segment.held_on
    if (mine and _is_outside(against, max(mine))) or (theirs and _is_outside(held, max(theirs))):
        return False
    return held is None or against is None or abs((held - against).days) <= _SAME_TIME_DAYS


def _is_outside(held_on: date | None, period: str) -> bool:
    """Return whether a meeting lies outside a financial year; it begins in April."""
    match = _FINANCIAL_YEAR.fullmatch(period)
    if match is None or held_on is None:
        return False
    begun = int(match[1])
    return not date(begun, 4, 1) <= held_on <= date(begun + 1, 3, 31)


def _reason(one: WeighedUnit, other: WeighedUnit) -> str:
    if _CORRECTS.search(one.text) or _CORRECTS.search(other.text):
        return CORRECTED
    held, against = one.passage.segment.held_on, other.passage.segment.held_on
    if held is None or against is None:
        return UNDATED
    if held == against:
        return OF_ONE_DAY
    return LATER if against > held else EARLIER
