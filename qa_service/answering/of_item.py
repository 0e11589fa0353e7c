"""What is asked of the very item last answered from: its vote, its day, who was at its meeting, its page.

Told by what structure found at the place that was quoted. Where it found none that is said: a vote, a day or
a roll of anything else answers nobody who asked for "it".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from qa_service.answering.aftermath import promises_at
from qa_service.answering.declared import declared
from qa_service.answering.drafts import ONLY_PROPOSED, QUOTE, Draft, without_overlaps
from qa_service.answering.motions import told_with_fate
from qa_service.answering.precedent import Precedent
from qa_service.answering.promises import Wanted
from qa_service.answering.reasons import named_in
from qa_service.answering.refusal import Judgement
from qa_service.answering.request import Request
from qa_service.answering.rolls import attended
from qa_service.answering.signals import content_stems
from qa_service.answering.votes import told_vote
from qa_service.answering.weighing import Weighed
from qa_service.domain.answers import Citation, Filters
from qa_service.domain.documents import Part, Segment
from qa_service.domain.explanations import Route
from qa_service.domain.register import Verdicts
from qa_service.domain.resolutions import Standing
from qa_service.retrieval.pointed import Pointed, pointed_at
from qa_service.store.findings import FoundResolution, resolutions_within
from qa_service.store.register_lists import ListedCommitment

_SURE, _NOT_TOLD = Judgement(0.95, ""), 0.1
_SCORE = 9.0  # what stands at a place is no matter of likeness
_MOST_ON_ROLL = 50
_CAPITALISED = re.compile(r"\b[A-Z][\w'’-]+")
_SECONDED = re.compile(r"\bsecond(?:ed|er)\b", re.IGNORECASE)
# "The proposed disposal" and "the budget proposed by the Administration" name nobody who proposed it.
_MOVED = re.compile(
    r"\b(?:proposed|moved|put forward)\s+by\s+(?!(?:a|an|the)\s+(?![Cc]hair|[Vv]ice|[Ll]eader|[Mm]ayor))|"
    r"\b[Oo]n the (?:proposal|motion) of\b|"
    r"\b[A-Z][\w'’)-]+,?\s+(?:then |also |formally )?(?:proposed|moved)\b|\bsecond(?:ed|er)\b"
)
Told = tuple[list[Draft], Judgement]


def told_outright(request: Request, weighed: Weighed) -> Told | None:
    """Return what needs no search of sentences: what is asked of the item quoted before, or of interests.

    None where neither is asked, or where the text may tell it.
    """
    return _of_item(request, weighed) or declared(request, weighed)


def _of_item(request: Request, weighed: Weighed) -> Told | None:
    reading, kind = request.reading, pointed_at(request.reading.own)
    if reading.before is None or reading.own == reading.text:
        return None
    strays = reading.put_in is not None and not _tells_of(reading.put_in, request.precedent)
    if strays or (kind is not None and request.precedent is None):
        return _refused("what this goes on from was not answered: ask it in one whole question")
    if kind is None or request.precedent is None:
        return None
    told = _TOLD.get(kind, _by_sentences)(request, weighed, request.precedent)
    if told is not None and told[0]:
        request.trace.attempted(_ROUTES.get(kind, Route.SENTENCES), len(told[0]))
    return told


def _tells_of(name: str, precedent: Precedent | None) -> bool:
    """Return whether what was quoted, or the title over it, names what a follow-up had put in."""
    cited = () if precedent is None else precedent.citations
    return any(
        named_in(name, f"{each.quote} {each.segment.item_title} {each.segment.heading}") for each in cited
    )


def _vote(request: Request, weighed: Weighed, precedent: Precedent) -> Told | None:
    """Return the vote that the decision or motion quoted met, or that none of it is on record."""
    own = request.reading.own
    # Whose vote is asked for stands in the question itself, not in the one before it.
    names = frozenset(name.lower() for name in _CAPITALISED.findall(own.partition(" ")[2]))
    asked = replace(weighed.signals, text=own, names=names)
    meant = _meant(request, precedent)
    drafts = [draft for each in meant if (draft := told_vote(request.reader, each, asked)) is not None]
    if drafts:
        return without_overlaps(drafts), _SURE
    if any(each.resolution.vote is not None for each in meant):
        return _refused(f"the vote that is recorded does not tell this of {precedent.about}")
    if any(each.resolution.vote is not None for each in _of_minute(request, precedent)):
        return _refused(
            f"the votes recorded under this item were on something else that was moved: {precedent.about}"
        )
    return _refused(f"no vote is recorded in the papers held here on {precedent.about}")


def _mover(request: Request, weighed: Weighed, precedent: Precedent) -> Told:
    """Return the sentence that says who moved what was quoted: the one quoted, or all that its item has.

    Under one item others may move other things: which of them is meant the asker must see.
    """
    seconded = _SECONDED.search(request.reading.own) is not None
    told = _SECONDED if seconded else _MOVED
    itself = [each for each in precedent.citations[:1] if told.search(each.quote)]
    if itself:
        return [Draft(each.document.id, (each.span,), _SCORE) for each in itself], _SURE
    paper = precedent.citations[0].document.id
    of_paper = [
        each for each in weighed.units if each.passage.document_id == paper and told.search(each.text)
    ]
    around = [
        each
        for each in of_paper
        if any(span.overlaps(cited.span) for span in each.unit.spans for cited in precedent.citations[:1])
    ]
    found = around or of_paper
    if not found:
        return _refused(
            f"no words under this item say who {'seconded' if seconded else 'moved'} it: {precedent.about}"
        )
    in_order = sorted(found, key=lambda each: each.unit.start)
    drafts = [Draft(paper, each.unit.spans, _SCORE) for each in in_order]
    if not around and len(found) > 1:
        request.trace.notes.append("more than one thing was moved under this item: each is shown")
    return without_overlaps(drafts)[: request.most], _SURE


def _fate(request: Request, weighed: Weighed, precedent: Precedent) -> Told | None:
    """Return what became of the motion quoted, or the decision itself; None where none was quoted."""
    meant = _meant(request, precedent)
    if not meant:
        return _by_sentences(request, weighed, precedent)
    resolved = [each for each in meant if each.resolution.standing is Standing.RESOLVED]
    if resolved:
        spans = [(each.document_id, each.resolution.span) for each in resolved]
        drafts = [Draft(id_, (span,), _SCORE, standing=Standing.RESOLVED) for id_, span in spans]
        return without_overlaps(drafts), _SURE
    proposed = [each for each in meant if each.resolution.standing is Standing.PROPOSED]
    beside = _decisions(request, precedent)
    drafts = [told_with_fate(request.reader, each, beside, _SCORE, several=False) for each in proposed]
    # What was moved must not be taken for an answer to whether it was carried.
    drafts = [replace(each, template=ONLY_PROPOSED) if each.template == QUOTE else each for each in drafts]
    return (drafts, _SURE) if drafts else _by_sentences(request, weighed, precedent)


def _due(request: Request, weighed: Weighed, precedent: Precedent) -> Told | None:
    """Return what was promised in the words quoted, with its day; else what sentences of the item tell."""
    dated = [each for each in _promises(request, precedent) if each.commitment.due_as_written is not None]
    dated = _of_subject(request, precedent, dated)
    return (_promised(dated), _SURE) if dated else _by_sentences(request, weighed, precedent)


def _officer(request: Request, _: Weighed, precedent: Precedent) -> Told | None:
    """Return what was promised in the words quoted with whoever is to do it, or that no words name them."""
    owned = [each for each in _promises(request, precedent) if each.commitment.owner is not None]
    if owned := _of_subject(request, precedent, owned):
        return _promised(owned), _SURE
    return _refused(f"the words quoted name nobody who is to do this: {precedent.about}")


def _since(request: Request, weighed: Weighed, precedent: Precedent) -> Told | None:
    """Return None where the register or a later meeting may tell what came of it; else that none does."""
    if weighed.units or _promises(request, precedent):
        return None
    return _refused(f"no later paper held here says what came of {precedent.about}")


def _promises(request: Request, precedent: Precedent) -> list[ListedCommitment]:
    reading = request.reading
    on = reading.asked_on
    assert on is not None  # every question is read on a day
    wanted = Wanted(reading.own, reading.limits, reading.asked, on, request.allowed, Verdicts(), request.most)
    places = [(each.document.id, each.span) for each in precedent.citations]
    return promises_at(request.reader, wanted, places)


def _of_subject(
    request: Request, precedent: Precedent, promises: Sequence[ListedCommitment]
) -> list[ListedCommitment]:
    """Return those of several promises quoted that say most of what the question before was on."""
    subject = set(content_stems(request.reading.before or ""))
    quotes = [(each.document.id, each.span, each.quote) for each in precedent.citations]

    def said(promise: ListedCommitment) -> int:
        texts = [
            text
            for id_, span, text in quotes
            if id_ == promise.document_id and span.overlaps(promise.commitment.span)
        ]
        return len(subject & set(content_stems(" ".join(texts))))

    most = max((said(each) for each in promises), default=0)
    return [each for each in promises if said(each) == most]


def _promised(promises: Sequence[ListedCommitment]) -> list[Draft]:
    return without_overlaps(
        [
            Draft(each.document_id, (each.commitment.span,), _SCORE, standing=each.commitment.standing)
            for each in promises
        ]
    )


def _roll(request: Request, weighed: Weighed, precedent: Precedent) -> Told | None:
    """Return who was, or was not, at the meeting quoted, by its own roll, or that no roll of it is held."""
    segment = precedent.citations[0].segment
    if segment.held_on is None or segment.body is None:
        return _refused("what was quoted before is of no meeting that the paper names")
    meeting = Filters(
        councils=frozenset({segment.council} if segment.council else ()),
        bodies=frozenset({segment.body}),
        held_from=segment.held_on,
        held_to=segment.held_on,
    )
    of_meeting = tuple(each for each in weighed.units if _is_of_meeting(each.passage.segment, segment))
    asked = replace(weighed.signals, text=request.reading.own)
    asking = replace(weighed, units=of_meeting, signals=asked)
    drafts = attended(request.reader, asking, meeting, request.allowed, _MOST_ON_ROLL)
    if drafts:
        return drafts, _SURE
    return _refused(f"no papers held here say this of the meeting of {segment.body} on {segment.held_on}")


def _page(request: Request, _: Weighed, precedent: Precedent) -> Told | None:
    """Return what was quoted before, again: its page stands with it."""
    drafts = [Draft(each.document.id, (each.span,), _SCORE) for each in precedent.citations]
    request.trace.notes.append("the file and page stand with each quotation")
    return without_overlaps(drafts), _SURE


def _another(_: Request, __: Weighed, precedent: Precedent) -> Told | None:
    return _refused(
        f"it is not clear which other one is meant: the answer before was about {precedent.about}"
    )


def _by_sentences(_: Request, weighed: Weighed, precedent: Precedent) -> Told | None:
    """Return None where sentences of the item were found, which may tell it; else that none does."""
    if weighed.units:
        return None
    return _refused(f"no paper held here tells this of {precedent.about}")


def _meant(request: Request, precedent: Precedent) -> list[FoundResolution]:
    """Return the decisions or motions of the first item that was quoted; else the one of its minute."""
    decisions = _decisions(request, precedent)
    quoted = [each for cited in precedent.citations for each in decisions if _is_at(each, cited)]
    if quoted:
        return [each for each in quoted if _item_of(each) == _item_of(quoted[0])]
    segment = precedent.citations[0].segment
    if segment.part is not Part.MINUTES or segment.minute is None:
        return []
    of_minute = _of_minute(request, precedent)
    resolved = [each for each in of_minute if each.resolution.standing is Standing.RESOLVED]
    return resolved if len(resolved) == 1 else []


def _item_of(found: FoundResolution) -> tuple[str | None, str | None, date | None]:
    return found.resolution.minute, found.resolution.heading, found.resolution.held_on


def _of_minute(request: Request, precedent: Precedent) -> list[FoundResolution]:
    """Return what was decided or moved under the minute quoted first; none where it has no number."""
    cited = precedent.citations[0]
    minute = (cited.document.id, cited.segment.minute, cited.segment.held_on)
    return [
        each
        for each in _decisions(request, precedent)
        if each.resolution.minute is not None
        and (each.document_id, each.resolution.minute, each.resolution.held_on) == minute
    ]


def _decisions(request: Request, precedent: Precedent) -> list[FoundResolution]:
    """Return what was decided or moved in the papers quoted, in the order of their text."""
    papers = Filters(documents=frozenset(each.document.id for each in precedent.citations))
    return resolutions_within(request.reader, papers, request.allowed)


def _is_at(found: FoundResolution, cited: Citation) -> bool:
    resolution = found.resolution
    spans = [resolution.span] if resolution.vote is None else [resolution.span, resolution.vote.span]
    return found.document_id == cited.document.id and any(span.overlaps(cited.span) for span in spans)


def _is_of_meeting(one: Segment, other: Segment) -> bool:
    return (one.council, one.body, one.held_on) == (other.council, other.body, other.held_on)


def _refused(reason: str) -> Told:
    return [], Judgement(_NOT_TOLD, reason)


_TOLD: dict[Pointed, Callable[[Request, Weighed, Precedent], Told | None]] = {
    Pointed.VOTE: _vote,
    Pointed.MOVER: _mover,
    Pointed.FATE: _fate,
    Pointed.DUE: _due,
    Pointed.SINCE: _since,
    Pointed.OFFICER: _officer,
    Pointed.PRESENT: _roll,
    Pointed.AWAY: _roll,
    Pointed.PAGE: _page,
    Pointed.ANOTHER: _another,
}
_ROUTES = {
    Pointed.VOTE: Route.VOTE,
    Pointed.FATE: Route.DECISION,
    Pointed.DUE: Route.REGISTER,
    Pointed.OFFICER: Route.REGISTER,
    Pointed.PRESENT: Route.ROLL,
    Pointed.AWAY: Route.ROLL,
}
