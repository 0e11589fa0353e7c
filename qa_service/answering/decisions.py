"""What was decided: answered from the decisions that structure found, not from whatever sounds alike.

Confirmed minutes or a decision record come before draft minutes, these before a report's recommendation; if
only the recommendation exists, the reply says so.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from qa_service.answering.drafts import NO_RESOLUTION, ONLY_PROPOSED, ONLY_RECOMMENDED, QUOTE, Draft
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.access import Access
from qa_service.domain.documents import Part, Segment, SegmentKind
from qa_service.domain.passages import UnitKind
from qa_service.domain.resolutions import Resolution, Standing
from qa_service.domain.spans import Span
from qa_service.retrieval.intents import Intent
from qa_service.store.database import Connection
from qa_service.store.findings import FoundResolution, authority, resolutions_of

# Log-odds below the best matter at which another one may be what was asked about.
_SAME_MATTER = 1.5
# ... at which a decision of another matter is too far off to stand for the best one.
_TOO_FAR = 2.5
_WANTED = {
    Intent.RESOLUTION: (Standing.RESOLVED, Standing.PROPOSED, Standing.RECOMMENDED),
    Intent.RECOMMENDATION: (Standing.RECOMMENDED, Standing.PROPOSED, Standing.RESOLVED),
}
_TEMPLATES = {
    (Intent.RESOLUTION, Standing.RECOMMENDED): ONLY_RECOMMENDED,
    (Intent.RESOLUTION, Standing.PROPOSED): ONLY_PROPOSED,
}


@dataclass(frozen=True, slots=True)
class Matter:
    """One minute, item or report that the question may be about, with its best unit by subject."""

    place: tuple[object, ...]
    best: WeighedUnit
    decisions: tuple[FoundResolution, ...]


def decided(
    reader: Connection, by_topic: Weighed, intent: Intent, allowed: frozenset[Access], most: int
) -> list[Draft]:
    """Return drafts of the decisions asked for, best matter first; none where no matter fits.

    `by_topic` is weighed with the subject's words alone: "resolved" must not draw every resolution.
    """
    matters = _matters(reader, by_topic, allowed)
    if not matters:
        return []
    best = matters[0].best.score
    for standing in _WANTED[intent]:
        fitting = [
            matter
            for matter in matters
            if any(found.resolution.standing is standing for found in matter.decisions)
        ]
        near = [matter for matter in fitting if matter.best.score >= best - _TOO_FAR]
        if near:
            return _drafts(near, standing, intent, most)
    return _undecided(matters[0]) if intent is Intent.RESOLUTION else []


def place_of(document_id: str, segment: Segment) -> tuple[object, ...]:
    """Return what a segment shares with the decision taken on its subject."""
    if segment.minute is not None:
        return document_id, segment.part, segment.held_on, segment.minute
    # A web page numbers nothing: its headings are its items. A report's sections all belong to its item.
    own = segment.item if segment.part in {Part.REPORT, Part.APPENDIX} else segment.heading
    return document_id, segment.part, segment.held_on, segment.item, own


def _matters(reader: Connection, by_topic: Weighed, allowed: frozenset[Access]) -> list[Matter]:
    """Return the matters of the candidates, best first by subject."""
    best: dict[tuple[object, ...], WeighedUnit] = {}
    for weighed in by_topic.units:
        if not weighed.passage.boilerplate and weighed.passage.segment.part not in {Part.COVER, Part.AGENDA}:
            best.setdefault(place_of(weighed.passage.document_id, weighed.passage.segment), weighed)
    found = resolutions_of(reader, {weighed.passage.document_row for weighed in best.values()}, allowed)
    at: defaultdict[tuple[object, ...], list[FoundResolution]] = defaultdict(list)
    for each in found:
        for place in _places_of(each, best):
            at[place].append(each)
    return [Matter(place, weighed, tuple(at[place])) for place, weighed in best.items()]


def _places_of(
    found: FoundResolution, places: dict[tuple[object, ...], WeighedUnit]
) -> list[tuple[object, ...]]:
    """Return the places among those given to which a decision belongs."""
    resolution = found.resolution
    return [
        place
        for place, weighed in places.items()
        if weighed.passage.document_id == found.document_id and _same(resolution, weighed.passage.segment)
    ]


def _same(resolution: Resolution, segment: Segment) -> bool:
    if resolution.held_on != segment.held_on:
        return False
    if resolution.minute is not None or segment.minute is not None:
        return resolution.minute == segment.minute
    if segment.part in {Part.REPORT, Part.APPENDIX}:
        return resolution.item == segment.item and resolution.standing is not Standing.RESOLVED
    return resolution.heading == segment.heading and resolution.item == segment.item


def _drafts(matters: Sequence[Matter], standing: Standing, intent: Intent, most: int) -> list[Draft]:
    first = matters[0].best.score
    drafts: list[Draft] = []
    seen: set[tuple[object, ...]] = set()
    for matter in matters:
        if matter.best.score < first - _SAME_MATTER:
            break
        for found in sorted(matter.decisions, key=lambda each: authority(each.resolution.status)):
            resolution = found.resolution
            if resolution.standing is not standing:
                continue
            key = (
                resolution.council,
                resolution.body,
                resolution.held_on,
                resolution.minute,
                len(resolution.clauses),
            )
            if key in seen and resolution.minute is not None:
                continue  # the same minute, filed twice
            seen.add(key)
            template = _TEMPLATES.get((intent, standing), QUOTE)
            drafts += [
                Draft(found.document_id, spans, matter.best.score, template, standing)
                for spans in clause_spans(resolution)
            ]
    return drafts[:most]


def clause_spans(resolution: Resolution) -> list[tuple[Span, ...]]:
    """Return what to quote of a decision: each of its clauses whole, or all of it where it has none."""
    if not resolution.clauses:
        return [(resolution.span,)]
    return [(clause.span,) for clause in resolution.clauses]


def _undecided(matter: Matter) -> list[Draft]:
    """Say that minutes on the subject record no decision, with what they do record."""
    passage = matter.best.passage
    if passage.segment.part is not Part.MINUTES:
        return []
    units = [unit for unit in passage.units if unit.kind is not UnitKind.HEADING]
    if not units or passage.segment.kind is SegmentKind.RESOLUTION:
        return []
    return [Draft(passage.document_id, units[0].spans, matter.best.score, NO_RESOLUTION, Standing.MINUTED)]
