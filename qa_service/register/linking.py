"""Derives from a generation what the register says across papers: copies, links, matters, contradictions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from qa_service.domain.access import Access
from qa_service.domain.documents import SegmentKind
from qa_service.domain.passages import Unit, UnitKind
from qa_service.domain.register import content_key
from qa_service.domain.resolutions import Standing
from qa_service.domain.spans import Span
from qa_service.register.contradictions import Telling, contradictions
from qa_service.register.evidence import (
    BY_PAPER,
    BY_REFERENCE,
    BY_RENEWAL,
    BY_REPORT,
    Link,
    Place,
    Promise,
    Stretch,
    Vector,
)
from qa_service.register.follow_up import FollowUps
from qa_service.register.matters import Entry, Reported, matters_of
from qa_service.store.database import Connection, Row
from qa_service.store.generations import current_number, setting, store_setting
from qa_service.store.passages import StoredPassage, fetch_passages
from qa_service.store.register import commitment_from, resolution_from
from qa_service.store.register_links import (
    ContradictionRow,
    LinkRow,
    MatterRow,
    SideRow,
    StepRow,
    passage_rows_of,
    replace_contradictions,
    replace_copies,
    replace_follow_ups,
    replace_matters,
    visible_documents_by_council,
    visible_rows,
)

# What is asked for and decided differs by right; a row of a table counts what its head says.
_NO_FACTS = frozenset(
    {
        SegmentKind.COVER,
        SegmentKind.AGENDA_ITEM,
        SegmentKind.ATTENDANCE,
        SegmentKind.RESOLUTION,
        SegmentKind.RECOMMENDATION,
        SegmentKind.MOTION,
        SegmentKind.VOTE,
        SegmentKind.REPORT_HEADER,
        SegmentKind.TABLE,
    }
)
_SENTENCES = frozenset({UnitKind.SENTENCE, UnitKind.LIST_ITEM})
# Raised by hand whenever deriving changes what it finds.
REGISTER_VERSION = 6


def relink(writer: Connection, access: Access) -> None:
    """Derive everything of one access level anew, in one transaction; nothing where nothing was published."""
    made_of = f"{current_number(writer, access)}:{REGISTER_VERSION}"
    name = f"register:{access.value}"
    if setting(writer, name) == made_of:
        return
    with writer.transaction():
        replace_copies(writer, access)
        links: list[tuple[LinkRow, Link]] = []
        differing: list[ContradictionRow] = []
        promised = _promised(writer, access)
        for council, passages in _by_council(writer, access):
            links += _links(council, promised[council], passages)
            differing += _contradictions(council, passages)
        replace_follow_ups(writer, access, (row for row, _ in links))
        replace_matters(writer, access, _matters(writer, access, [link for _, link in links]))
        replace_contradictions(writer, access, differing)
        store_setting(writer, name, made_of)


def _promised(writer: Connection, access: Access) -> defaultdict[str, list[Row]]:
    """Return the commitments of a level by council, each once."""
    promised: defaultdict[str, list[Row]] = defaultdict(list)
    for row in visible_rows(writer, "commitment", access):
        if not row["is_copy"]:
            promised[row["council"]].append(row)
    return promised


def _by_council(writer: Connection, access: Access) -> Iterator[tuple[str, list[StoredPassage]]]:
    """Yield the passages of each council, by paper and place: papers of one say nothing of another's."""
    for council, documents in visible_documents_by_council(writer, access).items():
        if council is not None:
            passages = fetch_passages(writer, passage_rows_of(writer, documents), frozenset({access}))
            yield council, sorted(passages.values(), key=lambda each: (each.document_row, each.span.start))


def _links(
    council: str, promised: Sequence[Row], passages: Sequence[StoredPassage]
) -> Iterator[tuple[LinkRow, Link]]:
    """Yield the links of a council."""
    if not promised:
        return
    stretches = [_stretch(each) for each in passages if not each.boilerplate]
    by_document: defaultdict[int, list[StoredPassage]] = defaultdict(list)
    for each in passages:
        by_document[each.document_row].append(each)
    promises = [_promise(row, by_document[row["document_row"]]) for row in promised]
    said: set[tuple[int, str]] = set()
    for link in FollowUps([each for each in promises if each], stretches).links():
        held_on = link.stretch.held_on
        key = content_key(council, link.stretch.body, held_on, link.text)
        if (link.promise.row, key) in said:  # the same minutes, filed again
            continue
        said.add((link.promise.row, key))
        place = (link.stretch.document_row, link.span)
        yield LinkRow(link.promise.row, *place, key, link.says.value, held_on, link.why), link


def _contradictions(council: str, passages: Sequence[StoredPassage]) -> Iterator[ContradictionRow]:
    """Yield the figures of one fact on which papers of a council differ."""
    told = [telling for each in passages if _tells_facts(each) for telling in _tellings(each)]
    for found in contradictions(told):
        first, second = (
            SideRow(side.document_row, side.span, council, side.body, side.held_on)
            for side in (found.first, found.second)
        )
        yield ContradictionRow(found.note, (first, second))


def _tells_facts(passage: StoredPassage) -> bool:
    return not passage.boilerplate and passage.segment.kind not in _NO_FACTS


def _tellings(passage: StoredPassage) -> Iterator[Telling]:
    segment = passage.segment
    for unit in passage.units:
        if unit.kind in _SENTENCES:
            text = _text_of(passage, unit)
            meeting = segment.body, segment.held_on, segment.part
            yield Telling(passage.document_row, Span(unit.start, unit.end), text, *meeting)


def _matters(writer: Connection, access: Access, links: Iterable[Link]) -> Iterator[MatterRow]:
    """Yield the matters among what a level shows, each place once."""
    entries = [_decided(row) for row in visible_rows(writer, "resolution", access) if not row["is_copy"]]
    for matter in matters_of(entries, [_reported(link) for link in links]):
        steps = (
            StepRow(step.document_row, step.span, step.body, step.held_on, step.what, step.heading)
            for step in matter.steps
        )
        yield MatterRow(matter.id, matter.council, matter.title, tuple(steps))


def _decided(row: Row) -> Entry:
    found = resolution_from(row)
    asked = found.standing is Standing.RECOMMENDED and found.minute is None
    what = "recommended by officers" if asked else found.standing.value
    place = (row["document_row"], found.span, found.council, found.body, found.held_on)
    return Entry(*place, found.heading or "", what, authority=int(found.standing is not Standing.RESOLVED))


def _reported(link: Link) -> Reported:
    promise, stretch = link.promise, link.stretch
    promised = (promise.document_row, promise.span, promise.council, promise.body, promise.made_at)
    told = (stretch.document_row, link.span, stretch.council, stretch.body, stretch.held_on)
    return Reported(
        Entry(*promised, promise.heading, "promised", authority=0),
        Entry(*told, stretch.heading, f"reported {link.says.value}", authority=0),
        same_item=link.why in {BY_PAPER, BY_REPORT, BY_REFERENCE, BY_RENEWAL},
    )


def _promise(row: Row, passages: Iterable[StoredPassage]) -> Promise | None:
    """Return a commitment with its words and vector, from the passage that holds it; None where none does."""
    made = commitment_from(row)
    for passage in passages:
        if passage.span.overlaps(made.span):
            start = max(0, made.span.start - passage.span.start)
            return Promise(
                row["row"],
                row["document_row"],
                made.span,
                made.council,
                made.body,
                made.made_at,
                made.due,
                made.standing,
                made.minute,
                made.heading or "",
                " ".join(passage.text[start : made.span.end - passage.span.start].split()),
                _vector_at(passage, made.span),
            )
    return None


def _vector_at(passage: StoredPassage, span: Span) -> Vector | None:
    """Return the mean vector, of norm 1, of the units of a passage that a span covers; None without one."""
    within = [n for n, unit in enumerate(passage.units) if any(each.overlaps(span) for each in unit.spans)]
    if not within:
        return None
    mean = passage.unit_vectors[within].mean(axis=0)
    norm = float(np.linalg.norm(mean))
    return mean / norm if norm else None


def _stretch(passage: StoredPassage) -> Stretch:
    segment = passage.segment
    places = tuple(
        Place(
            Span(unit.start, unit.end),
            _text_of(passage, unit),
            passage.unit_vectors[number],
        )
        for number, unit in enumerate(passage.units)
    )
    return Stretch(
        passage.document_row,
        passage.span.start,
        passage.text,
        segment.council,
        segment.body,
        segment.held_on,
        segment.part,
        segment.heading or segment.item_title or "",
        segment.item_title or "",
        places,
    )


def _text_of(passage: StoredPassage, unit: Unit) -> str:
    """Return the words of a unit, white space folded."""
    at = passage.span.start
    return " ".join(" ".join(passage.text[span.start - at : span.end - at] for span in unit.spans).split())
