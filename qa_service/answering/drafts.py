"""A statement before it is cited: which spans of which document, and how it will be worded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.answering.citations import cite
from qa_service.answering.standing import standing_of
from qa_service.domain.access import Access
from qa_service.domain.answers import Statement
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.store.database import Connection
from qa_service.store.documents import find_document, slice_of
from qa_service.store.findings import authority, tells_resolution

# Every word of a statement that is not a quotation comes from here.
QUOTE = "{quote}"
NO_RESOLUTION = "The minutes record no resolution under this item: {quote}"
ONLY_RECOMMENDED = "Only a recommendation was found, not a decision: {quote}"
ONLY_PROPOSED = "Only a proposal was found, not a decision: {quote}"
ONLY_LISTED = "Only an entry of an agenda was found, not a decision: {quote}"
NOT_CARRIED = "Put forward and not carried: {quote}"
CARRIED = "Put forward and carried: {quote}"
WITHDRAWN = "Put forward and withdrawn: {quote}"
OVERDUE = "Its day has passed, and no paper here says that it was done: {quote}"
NOTHING_SINCE = "No later paper here says what became of it: {quote}"
REPORTED_SINCE = "A later paper says: {quote}"
OVERTAKEN = "Overtaken by what a later meeting was told: {quote}"
EARLIER = "Earlier: {quote}"
LATER = "Later: {quote}"
PROMISED = "Promised: {quote}"
WAS_ASKED = "Recommended: {quote}"
DECIDED = "Decided: {quote}"
TEMPLATES = (
    QUOTE,
    NO_RESOLUTION,
    ONLY_RECOMMENDED,
    ONLY_PROPOSED,
    ONLY_LISTED,
    NOT_CARRIED,
    CARRIED,
    WITHDRAWN,
    OVERDUE,
    NOTHING_SINCE,
    REPORTED_SINCE,
    OVERTAKEN,
    EARLIER,
    LATER,
    PROMISED,
    WAS_ASKED,
    DECIDED,
)
# Statements that give two figures for one thing by right: each says of which time.
OVER_TIME = frozenset({OVERTAKEN, EARLIER, LATER, REPORTED_SINCE})
# Between two quotations of one statement.
JOINT = "\n"


@dataclass(frozen=True, slots=True)
class Draft:
    """Spans of one document, in order, that together say one thing. `standing`: where it is known.

    `focus`: the span of the sentence, clause or row that was weighed best, where a ranking chose it.
    """

    document_id: str
    spans: tuple[Span, ...]
    score: float
    template: str = QUOTE
    standing: Standing | None = None
    focus: Span | None = None

    def overlaps(self, other: "Draft") -> bool:
        """Return whether both would quote some of the same characters."""
        return self.document_id == other.document_id and any(
            mine.overlaps(theirs) for mine in self.spans for theirs in other.spans
        )


def stated(reader: Connection, draft: Draft, allowed: frozenset[Access]) -> Statement:
    """Return the cited statement; a row that was weighed best comes before its header's citation.

    Raises what `cite` raises.
    """
    citations = tuple(
        replace(cite(reader, draft.document_id, span, allowed), focus=_focus_within(span, draft.focus))
        for span in draft.spans
    )
    first = citations[0]
    standing = draft.standing or standing_of(first.segment, first.document.kind)
    if standing is Standing.MINUTED:  # "it was agreed that ..." decides, though it is no marked resolution
        row = find_document(reader, draft.document_id, allowed)["row"]
        if all(tells_resolution(reader, row, span) for span in draft.spans):
            standing = Standing.RESOLVED
    return Statement(
        text=draft.template.format(quote=JOINT.join(citation.quote for citation in citations)),
        standing=standing,
        citations=tuple(sorted(citations, key=lambda each: each.span != draft.focus)),
    )


def _focus_within(span: Span, focus: Span | None) -> Span | None:
    """Return the focus where it is a part of a span and not the whole; else None."""
    return focus if focus is not None and focus != span and span.contains(focus) else None


def words_of(reader: Connection, draft: Draft, allowed: frozenset[Access]) -> str:
    """Return the words that a draft would quote."""
    row = find_document(reader, draft.document_id, allowed)["row"]
    return " ".join(slice_of(reader, row, span) for span in draft.spans)


def as_one(drafts: Sequence[Draft]) -> Draft:
    """Return drafts of one document and standing as one; a template is kept where all have it."""
    templates = {draft.template for draft in drafts}
    spans = tuple(span for draft in drafts for span in draft.spans)
    return replace(drafts[0], spans=spans, template=drafts[0].template if len(templates) == 1 else QUOTE)


def at_most(drafts: Sequence[Draft], most: int) -> tuple[list[Draft], list[str]]:
    """Return the drafts, and nothing to say of them; or those of each document and standing as one.

    That is done where they are more than `most`. Where they still are, the first stand, with a note of it.
    """
    if len(drafts) <= most:
        return list(drafts), []
    alike: dict[tuple[str, Standing | None], list[Draft]] = {}
    for draft in drafts:
        alike.setdefault((draft.document_id, draft.standing), []).append(draft)
    whole = [as_one(of_one) for of_one in alike.values()]
    left_out = len(whole) - most
    return whole[:most], [f"{left_out} more statements are left out: name a shorter time"] * (left_out > 0)


def without_overlaps(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts without those that repeat characters of an earlier one."""
    kept: list[Draft] = []
    for draft in drafts:
        if not any(draft.overlaps(earlier) for earlier in kept):
            kept.append(draft)
    return kept


def without_copies(statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements in order, each once: the same minutes filed twice say one thing.

    Of equal words on the same meeting the copy of most authority stands: confirmed before draft.
    """
    best: dict[tuple[object, ...], Statement] = {}
    for statement in statements:
        segment = statement.citations[0].segment
        key = (" ".join(statement.text.split()), segment.council, segment.body, segment.held_on)
        kept = best.get(key)
        if kept is None or _authority(statement) < _authority(kept):
            best[key] = statement
    return list(best.values())


def _authority(statement: Statement) -> int:
    return authority(statement.citations[0].segment.status)
