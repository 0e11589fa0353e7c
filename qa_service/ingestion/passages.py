"""Decides where passages begin and end, and what header each is encoded with.

Packing to a budget is generic (embeddings.chunking); that no passage crosses an item, a minute or a report,
that a lead-in stays with its list and a resolution with all its clauses, is council knowledge, and is here.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from embeddings.chunking import pack
from qa_service.documents.wraps import wraps
from qa_service.domain.documents import INTERRUPTIONS, Part, Segment, SegmentKind
from qa_service.domain.papers import Paper
from qa_service.domain.passages import Passage, Unit
from qa_service.domain.spans import Span
from qa_service.ingestion.units import Joined, cut, cut_resolution, with_rest

# Never a passage: kept in the text, never ranked, never quoted.
_SKIPPED = {
    SegmentKind.PAGE_MARK,
    SegmentKind.BLANK,
    SegmentKind.CHROME,
    SegmentKind.DIVIDER,
    SegmentKind.SIGNATURE,
}
# Each is a passage of its own, whole.
_WHOLE = {SegmentKind.RESOLUTION, SegmentKind.RECOMMENDATION, SegmentKind.MOTION}
_SENTENCE_ENDS = (".", "!", "?", ":", ";")


@dataclass(frozen=True, slots=True)
class _Block:
    """Segments that are read as one: a paragraph with its list, a table, a resolution, a heading."""

    segment: Segment
    ordinal: int
    pieces: tuple[Span, ...]
    units: tuple[Unit, ...]

    @property
    def end(self) -> int:
        return self.pieces[-1].end


def passages_of(
    paper: Paper, count: Callable[[str], int], limit: int, new_id: Callable[[], str]
) -> Iterator[Passage]:
    """Yield the passages of a paper in the order of its text.

    `count` gives a text's cost in the encoder's tokens; a passage packs blocks up to `limit` of them, header
    included, and is longer only where one block alone is.
    """
    for _, run in groupby(_blocks(paper), key=_belongs_to):
        blocks = list(run)
        header = header_of(paper, blocks[0].segment)
        for group in _packed(blocks, paper.document.text, count, limit - count(header)):
            if units := _joined_units(group):
                yield Passage(
                    id=new_id(),
                    document_id=paper.document.id,
                    segment=group[0].segment,
                    segment_ordinal=group[0].ordinal,
                    span=Span(units[0].start, max(unit.end for unit in units)),
                    header=header,
                    units=units,
                    boilerplate=group[0].segment.kind is SegmentKind.BOILERPLATE,
                )


def header_of(paper: Paper, segment: Segment) -> str:
    """Return the line that tells an encoder, and only an encoder, where a passage stands."""
    held_on = segment.held_on
    parts = [
        segment.council,
        segment.body,
        f"{held_on.day} {held_on:%B %Y}" if held_on else None,
        segment.item_title,
        segment.heading if segment.heading != segment.item_title else None,
    ]
    if segment.body is None and segment.item_title is None:
        parts.insert(0, paper.document.title)
    return " | ".join(" ".join(part.split()) for part in parts if part)


def _belongs_to(block: _Block) -> tuple[object, ...]:
    segment = block.segment
    alone = block.ordinal if segment.kind in _WHOLE else None
    return (
        segment.part,
        segment.item,
        segment.minute,
        segment.addressed_to,
        segment.heading,
        segment.held_on,
        segment.language,
        segment.kind is SegmentKind.BOILERPLATE,
        segment.kind if segment.part in {Part.COVER, Part.AGENDA} else None,
        alone,
    )


def _blocks(paper: Paper) -> Iterator[_Block]:
    text = paper.document.text
    wrapped = wraps(paper.document)
    for ordinal, pieces in _runs(paper.segments, text):
        segment = paper.segments[ordinal]
        resolution = next(
            (
                each
                for each in paper.resolutions
                if segment.span.contains(Span(each.span.start, each.span.start + 1))
            ),
            None,
        )
        if segment.kind in _WHOLE and resolution is not None and resolution.clauses:
            units = cut_resolution(resolution, pieces, text)
            units = with_rest(units, pieces, text)
        else:
            units = cut(Joined.of(text, pieces, wrapped), segment.kind)
        if units:
            yield _Block(segment, ordinal, pieces, tuple(units))


def _runs(segments: Sequence[Segment], text: str) -> Iterator[tuple[int, tuple[Span, ...]]]:
    """Yield (ordinal of the first segment, spans) of segments that a page break alone keeps apart.

    What interrupts them (page marks, footnotes) comes after the block it interrupts, or not at all.
    """
    at = 0
    while at < len(segments):
        first = segments[at]
        if first.kind in _SKIPPED:
            at += 1
            continue
        pieces, taken, held_back = [first.span], at, []
        ahead = at + 1
        while ahead < len(segments):
            following = segments[ahead]
            if following.kind in INTERRUPTIONS:
                if following.kind is SegmentKind.FOOTNOTE:
                    held_back.append(ahead)
                ahead += 1
                continue
            if ahead == taken + 1 or not _continues(first, pieces[-1], following, text):
                break
            pieces.append(following.span)
            taken = ahead
            ahead += 1
        yield at, tuple(pieces)
        yield from ((ordinal, (segments[ordinal].span,)) for ordinal in held_back if ordinal < taken)
        at = taken + 1


def _continues(first: Segment, last: Span, following: Segment, text: str) -> bool:
    """Return whether a segment after a page break goes on with the sentence, list or clause before it."""
    same = replace(following, span=first.span, status=first.status) == first
    if not same or following.kind not in {SegmentKind.TEXT, *_WHOLE}:
        return False
    if following.kind in _WHOLE:
        return True
    return not last.of(text).rstrip().endswith(_SENTENCE_ENDS)


def _packed(
    blocks: Sequence[_Block], text: str, count: Callable[[str], int], budget: int
) -> Iterator[list[_Block]]:
    """Yield groups of blocks that share a passage; a heading goes with what follows it."""
    ends, start = [], blocks[0].pieces[0].start
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        is_heading = block.segment.kind is SegmentKind.HEADING
        if following is None or not is_heading:
            ends.append(block.end - start)
    chunks = list(pack(text[start : blocks[-1].end], ends, count, max(budget, 1)))
    for chunk in chunks:
        group = [block for block in blocks if chunk.start < block.end - start <= chunk.end]
        if group:
            yield group


def _joined_units(group: Sequence[_Block]) -> tuple[Unit, ...]:
    units: list[Unit] = []
    for block in group:
        offset = len(units)
        units.extend(
            replace(unit, lead=unit.lead + offset if unit.lead is not None else None) for unit in block.units
        )
    return tuple(units)
