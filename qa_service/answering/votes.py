"""How members voted: answered from the recorded votes, side by side as printed, never inferred."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from qa_service.answering.drafts import Draft
from qa_service.answering.matters import Matter, matters_of
from qa_service.answering.on_record import last_on_record
from qa_service.answering.quotable import is_quotable
from qa_service.answering.signals import Signals, content_stems
from qa_service.answering.weighing import Weighed
from qa_service.documents.votes import sides_in
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.resolutions import Standing, Vote
from qa_service.domain.spans import Span, trimmed
from qa_service.retrieval.negated import asks_what_is_not
from qa_service.retrieval.presumed import Deed, presumed
from qa_service.store.database import Connection
from qa_service.store.documents import slice_of, uninterrupted
from qa_service.store.findings import FoundResolution, Recorded, authority

# Log-odds below the best matter at which a vote on another matter is no answer (as of decisions).
_TOO_FAR = 3.5
# Share of the question's weight by which one debate must name the subject better than another.
_STANDS_OUT = 0.2
# Characters before a vote that are of its debate, at most: a motion, an amendment, what was said on it.
_DEBATE = 3000
_RECORDED = 9.0  # the vote of a decision that is meant is no matter of likeness
_SIDES = (
    ("abstain", re.compile(r"\babst(?:ain|ention)\w*\b", re.IGNORECASE)),
    ("against", re.compile(r"\b(?:against|oppos\w+|object\w*)\b", re.IGNORECASE)),
    ("for", re.compile(r"\b(?:for|in favour|support\w*|voted to|back(?:ed)?)\b", re.IGNORECASE)),
)
# Stems that every question on a vote may hold, whatever the vote was on.
_OF_VOTING = frozenset(
    content_stems("against abstain favour support oppose amendment motion put finally carried many number")
)
_WAY_OF_VOTING = re.compile(r"against|favour|abstain\w*|abstentions?|opposed?", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_PLACE = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\s+amendment\b", re.IGNORECASE)
_REASON = re.compile(r"\b(?:why|what reasons?|on what grounds?)\b", re.IGNORECASE)
# Who had no vote: a count of those who had says nothing of it.
_KEPT_OUT = re.compile(
    r"\b(?:could(?:n['’]t| not)|did(?:n['’]t| not)|unable to|not able to|"
    r"(?:was|were)(?:n['’]t| not) allowed to|barred from|not entitled to)\s+vot(?:e|ing)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:for and against|result|outcome|each|everyone|everybody)\b", re.IGNORECASE)
TITLES = ("Councillor", "Cllr", "Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Dame", "Lord", "Lady")
# The last of up to three names behind a title, and no honour behind that: "Ann B. Hale MBE" is Hale.
SURNAME = r"(?:[A-Z][\w.'’-]*\s+){0,2}?([A-Z][a-z'’][\w'’-]*)\b(?!\s+[A-Z][a-z])"
_PERSON = re.compile(rf"\b(?:{'|'.join(TITLES)})\.?\s+{SURNAME}")
_POSSESSIVE = re.compile(r"['’]s\b")
_AMENDMENT = re.compile(r"\bamend(?:ment|ments|ed|ing)?\b|\bchang(?:e|es|ing)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A vote and where it stands. `debate`: the words since the vote before; `final`: a decision's own."""

    document_id: str
    document_row: int
    vote: Vote
    debate: str
    final: bool


def voted(
    reader: Connection, by_topic: Weighed, asked: Signals, filters: Filters, allowed: frozenset[Access]
) -> list[Draft]:
    """Return a draft for each vote asked for, in the order of the minutes; none where none is recorded.

    `by_topic` is weighed with the subject's words alone, `asked` are the signals of the whole question. A
    side is quoted with its label and names; a question for no side is told the whole vote. Where the
    question names a person, only votes that list that person answer. Why somebody voted, no vote tells.
    Where no matter that fits was voted on, the last item on record that was voted on answers.
    """
    if _REASON.search(asked.text):
        return []
    matters = matters_of(reader, by_topic, filters, allowed)
    near = [matter for matter in matters if matter.score >= matters[0].score - _TOO_FAR]
    subject = _without_voting(by_topic.signals)
    names = _KEPT_OUT.search(asked.text) is not None
    matter = next((each for each in near if _votes_of(reader, each, names=names)), None)
    if matter is None:
        matter = next(iter(last_on_record(reader, subject, Recorded.VOTE, filters, allowed)), None)
    if matter is None:
        return []
    meant = _meant(_votes_of(reader, matter, names=names), matter.title, by_topic.signals, asked)
    if (taken := presumed(asked.text)) is not None and taken.deed is Deed.REJECTED:
        meant = [each for each in meant if not _carried(each)]
    drafts = [_draft(reader, each, asked, matter.score, several=len(meant) > 1) for each in meant]
    return [draft for draft in drafts if draft is not None]


def told_vote(reader: Connection, found: FoundResolution, asked: Signals) -> Draft | None:
    """Return the draft of the vote that one decision or motion met; None where none is recorded of it.

    A vote that lists no side is told whole, whichever side is asked for; one that lists sides is None where
    the side asked for is not among them.
    """
    vote = found.resolution.vote
    if vote is None:
        return None
    taken = _Taken(found.document_id, found.document_row, vote, "", final=True)
    if not _lists(vote) and not any(side for side, _ in _pieces(reader, taken)):
        spans = tuple(uninterrupted(reader, found.document_row, vote.span))
        return Draft(found.document_id, spans, _RECORDED, standing=Standing.MINUTED)
    return _draft(reader, taken, asked, _RECORDED, several=False)


def _votes_of(reader: Connection, matter: Matter, *, names: bool) -> list[_Taken]:
    """Return the votes of a matter in order, each once, of its most authoritative record.

    `names`: only those that list members, for a count tells nobody who they were.
    """
    held = [
        each
        for each in matter.decisions
        if (vote := each.resolution.vote) is not None and (not names or _lists(vote))
    ]
    if not held:
        return []
    record = min(held, key=lambda each: authority(each.resolution.status)).document_id
    spans: dict[Span, list[Standing]] = {}
    votes: dict[Span, Vote] = {}
    for each in held:
        if each.document_id == record and (vote := each.resolution.vote) is not None:
            spans.setdefault(vote.span, []).append(each.resolution.standing)
            votes[vote.span] = vote
    row = next(each.document_row for each in held if each.document_id == record)
    taken: list[_Taken] = []
    before = 0
    for span in sorted(spans, key=lambda span: span.start):
        debate = slice_of(reader, row, Span(max(before, span.start - _DEBATE), span.start))
        final = Standing.RESOLVED in spans[span]
        taken.append(_Taken(record, row, votes[span], debate, final))
        before = span.end
    return taken


def _lists(vote: Vote) -> bool:
    """Return whether a vote lists members by name."""
    return bool(vote.supporters or vote.opponents or vote.abstainers)


def _meant(taken: Sequence[_Taken], title: Collection[str], topic: Signals, asked: Signals) -> list[_Taken]:
    """Return the votes that the question means.

    That on the amendment whose place it gives; that whose debate alone names the subject, beyond what the
    item's title names; else, by the question's words, those on amendments or that on the decision itself.
    """
    amendments = [each for each in taken if not each.final]
    if place := _PLACE.search(asked.text):
        nth = _ORDINALS.index(place[0].lower().split()[0])
        return amendments[nth : nth + 1]
    telling = {
        stem: weight
        for stem, weight in topic.weights.items()
        if stem not in title and stem not in _OF_VOTING and stem not in asked.names
    }
    shares = [_share(each.debate, telling) for each in taken]
    best = [each for each, share in zip(taken, shares, strict=True) if share > max(shares) - _STANDS_OUT]
    if telling and len(best) == 1:
        return best
    on_decision = [each for each in taken if each.final]
    return (amendments if _AMENDMENT.search(asked.text) else on_decision) or list(taken)


def _carried(taken: _Taken) -> bool:
    """Return whether those for it won a vote, or, where nobody is counted, it led to its decision."""
    ayes, noes = taken.vote.for_count, taken.vote.against_count
    return taken.final if ayes is None or noes is None else ayes > noes


def _share(debate: str, weights: Mapping[str, float]) -> float:
    stems = set(content_stems(debate))
    return sum(weight for stem, weight in weights.items() if stem in stems) / (sum(weights.values()) or 1.0)


def _draft(reader: Connection, taken: _Taken, asked: Signals, score: float, *, several: bool) -> Draft | None:
    """Return the draft of one vote; None where it does not tell what is asked."""
    pieces = _pieces(reader, taken)
    sides = _sides_asked(asked, taken.vote)
    if sides is None:
        return None
    spans = [span for side, span in pieces if side in sides]
    if sides and not spans:
        return None
    short = any(not is_quotable(slice_of(reader, taken.document_row, span)) for span in spans)
    if short or not sides:  # "Against (0)" says nothing alone, and its neighbours are the other side
        spans = uninterrupted(reader, taken.document_row, taken.vote.span)
    elif several:  # what was put to the vote tells one amendment from the next
        spans = [*(span for side, span in pieces[:1] if side is None), *spans]
    return Draft(taken.document_id, tuple(spans), score, standing=Standing.MINUTED)


def persons_named(text: str) -> tuple[str, ...]:
    """Return the surnames that a question gives with a title ("Mr Hale", "Cllr Ann Hale"), in order."""
    return tuple(dict.fromkeys(_PERSON.findall(_POSSESSIVE.sub("", text))))


def _without_voting(topic: Signals) -> Signals:
    """Return the signals of a subject without words for the vote itself: what was put, and in which place."""
    words = [
        word
        for word in topic.text.split()
        if word.lower() not in _ORDINALS and not set(content_stems(word)) <= _OF_VOTING
    ]
    kept = set(content_stems(" ".join(words)))
    weights = {stem: weight for stem, weight in topic.weights.items() if stem in kept}
    return replace(topic, text=" ".join(words), weights=weights, total=sum(weights.values()) or 1.0)


def without_voters(topic: str, text: str) -> str:
    """Return a subject's words without the persons whose votes are asked for, and how they voted."""
    named = _PERSON.finditer(_POSSESSIVE.sub("", text))
    voters = {word for person in named for word in person[0].split()} | {*TITLES}
    return " ".join(
        word for word in topic.split() if word not in voters and not _WAY_OF_VOTING.fullmatch(word)
    )


def naming(weighed: Weighed, names: Collection[str]) -> Weighed:
    """Return what was weighed without the units that name none of some persons: silence is no vote."""
    return replace(
        weighed, units=tuple(each for each in weighed.units if any(name in each.text for name in names))
    )


def _sides_asked(asked: Signals, vote: Vote) -> frozenset[str] | None:
    """Return the sides to quote, none for the whole vote; None where a person is named who is on no side."""
    listed = {"for": vote.supporters, "against": vote.opponents, "abstain": vote.abstainers}
    surnames = {side: {surname(name) for name in names} for side, names in listed.items()}
    titled = {name.lower() for name in persons_named(asked.text)}
    named = titled or asked.names & set().union(*surnames.values())
    if named:
        return frozenset(side for side, names in surnames.items() if named & names) or None
    if _WHOLE.search(asked.text):
        return frozenset()
    side = side_named(asked.text)
    if side is None:
        return frozenset()
    return frozenset(listed) - {side} if asks_what_is_not(asked.text) else frozenset({side})


def side_named(text: str) -> str | None:
    """Return the side that a question names: "for", "against" or "abstain"; None where it names none."""
    return next((side for side, words in _SIDES if words.search(text)), None)


def surname(name: str) -> str:
    """Return the last word that is no honour: "Mr Hale MBE" is Hale."""
    words = [word for word in name.replace(",", " ").split() if not word.isupper()]
    return words[-1].lower() if words else name.lower()


def _pieces(reader: Connection, taken: _Taken) -> list[tuple[str | None, Span]]:
    """Return the printed vote in order, cut at its sides and at page marks, each piece with its side."""
    span = taken.vote.span
    pieces: list[tuple[str | None, Span]] = []
    current: str | None = None
    for stretch in uninterrupted(reader, taken.document_row, span):
        text = slice_of(reader, taken.document_row, stretch)
        for at, (side, first, last) in enumerate(sides_in(text)):
            current = side if at or side is not None else current
            if (piece := trimmed(text, first, last)) is not None:
                pieces.append((current, piece.shifted(stretch.start)))
    return pieces
