"""What became of a promise that an answer quotes: what later papers report, by the register's links."""

import re
from collections.abc import Iterable, Sequence

from qa_service.answering.asked_scope import in_days
from qa_service.answering.drafts import PROMISED, REPORTED_SINCE, Draft
from qa_service.answering.promises import SCORE, Wanted, became
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed
from qa_service.domain.register import RegisterQuery, Says
from qa_service.domain.spans import Span
from qa_service.retrieval.pointed import Pointed, pointed_at
from qa_service.store.database import Connection
from qa_service.store.documents import words_of
from qa_service.store.register_lists import (
    FollowUp,
    ListedCommitment,
    commitments_at,
    commitments_reported_in,
)

Place = tuple[str, Span]  # document id and span

_CAME_OF = re.compile(
    r"^(?:and |so |but )?"
    r"(?:did|has|have|had|was|were|is|are|when|what (?:came|became|happened|has become))\b[^?]*\b(?:"
    r"sen[dt]|come|came|became|become|done|happen\w*|finish\w*|carried out|answer\w*|repl(?:y|ied)|written|"
    r"wrote|gone|went|report\w*|deliver\w*|publish\w*|arriv\w*|appear\w*|receiv\w*|back|kept|keep|met|buil[dt]|"
    r"launch\w*|open\w*|start\w*|begin|begun|began|g[eo]t|see|seen|extend\w*|visit\w*|clear\w*|mend\w*|finali[sz]\w*|"
    r"complet\w*|ready|late|overdue|achiev\w*|reach\w*|appoint\w*|brought|provided|circulat\w*)\b",
    re.IGNORECASE,
)
# "Where did she mean to go, and did she?": the last clause asks what came of it.
_CLAUSES = re.compile(r"(?:[,;:–—]|\?)\s+(?=(?:and|but|so|did|has|have|was|were|is|are)\b)")
_DID_THEY = re.compile(
    r"^(?:and |so |but )?(?:did|has|have|was|were)\s+(?:he|she|it|they|we|that|this)\b", re.IGNORECASE
)
_OFFICE = (
    r"(?:(?:head|director|manager|leader|chair\w*|officer|chief|clerk|solicitor|engineer)\w*|officers|councillor|cllr|mr|mrs|ms|dr|"
    r"council|he|she|they)"
)
# What somebody is to do: promised, asked of them, or said by them.
_ASKS_FOR_PROMISE = re.compile(
    rf"""\b(?:promis\w+|pledg\w+|undert(?:ake|ook|aken|akings?)|assur(?:ed|ances?))\b
    | ^(?:and\ )?what\ (?:was|were|is|are|has|have|had)\ (?:[\w’'-]+\ ){{0,6}}?{_OFFICE}\b[^?]*?
      \b(?:to|told|asked)\ (?:\w+ly\ )?(?:
      bring|report|send|write|come|return|do|look|find|provide|circulate|prepare|share|see)\b
    | ^(?:and\ )?what\ (?:did|has|have|had)\ (?:[\w’'-]+\ ){{0,6}}?{_OFFICE}\b[^?]*?
      \b(?:agreed?\ to|offer(?:ed)?\ to|(?:say|said)\ (?:he|she|they|it)\ would)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# Log-odds by which the promise may stand behind what answers best.
_NEARLY, _RANKS = 3.0, 25
# "Was it agreed to open the hub?" asks for the decision.
_OF_DECISION = re.compile(
    r"\b(?:agree[ds]?|decide[ds]?|resolved?|approved?|voted?|recommend\w*)\b", re.IGNORECASE
)
# What was said beforehand is asked for beside what came: "on time", "as planned", "still due in May".
_AS_PLANNED = re.compile(
    r"\b(?:when|as|than|what|that)\s+(?:\w+\s+)?(?:planned|promised|agreed|intended|expected|hoped|due|supposed|meant|said)\b"
    r"|\b(?:on|in)\s+time\b|\b(?:meant|supposed|due|expected|planned|going)\s+to\b",
    re.IGNORECASE,
)


def came_of(reader: Connection, wanted: Wanted, quoted: Sequence[Place]) -> list[Draft]:
    """Return what later papers say of a promise quoted before, where a question asks what came of it.

    "Was the letter sent?", "Did the update come?": of several promises quoted the one that is named.
    None where no promise was quoted, where nothing singles one out or no later paper speaks of it; where the
    question points at all that was quoted, that no paper speaks of it is told with the promise.
    """
    if not quoted:
        return []
    if pointed_at(wanted.text) is Pointed.SINCE:
        # "Was that followed up?" names none of them: of each is told what came of it.
        told = [each for promise in promises_at(reader, wanted, quoted) for each in became(promise)]
        return told[: wanted.most]
    if not _asks_what_came(wanted.text):
        return []
    meant = _meant(reader, wanted, promises_at(reader, wanted, quoted))
    return _reports(wanted, meant.follow_ups) if meant is not None else []


def followed_up(reader: Connection, wanted: Wanted, drafts: list[Draft], *, decided: bool) -> list[Draft]:
    """Return the drafts; where they quote a promise or what came of it, the promise and what came of it.

    A promise that a later paper moves or drops is shown with that paper: it is overtaken. Not so
    where what members decided is asked for (`decided`) and not what came of it. What was
    promised is put before what came of it where the question asks for both.
    """
    quoted = [(draft.document_id, span) for draft in drafts for span in draft.spans]
    came = _asks_what_came(wanted.text)
    meant = _meant(reader, wanted, promises_at(reader, wanted, quoted)) if quoted else None
    if meant is not None:
        moved = [each for each in meant.follow_ups if each.says is Says.SUPERSEDED and not decided]
        links = meant.follow_ups if came else moved
        told = _reports(wanted, links)
        return [_promise(meant), *told] if told else drafts
    planned = _AS_PLANNED.search(wanted.text) is not None
    if not (came or planned) or len({each[0] for each in quoted}) != 1:
        return drafts
    reported = [
        each
        for each in _reported_in(reader, wanted, quoted[0][0])
        if any(_is_at(link, quoted[:1]) for link in _within(wanted, each.follow_ups))
    ]
    kept = _meant(reader, wanted, reported)
    if kept is None or not in_days(kept.commitment.made_at, wanted.asked):
        return drafts
    return [_promise(kept, PROMISED), *_reports(wanted, kept.follow_ups)]


def told_promises(reader: Connection, wanted: Wanted, weighed: Weighed) -> list[Draft]:
    """Return the promise that answers best, where one is asked for and little else answers better."""
    if not weighed.units or not _ASKS_FOR_PROMISE.search(wanted.text):
        return []
    units = weighed.units[:_RANKS]
    near = [unit for unit in units if unit.score >= units[0].score - _NEARLY]
    for unit in near:
        place = (unit.passage.document_id, unit.unit.spans[0])
        if unit.passage.segment.held_on is None or not promises_at(reader, wanted, [place]):
            continue
        return [Draft(place[0], unit.unit.spans, unit.score)]
    return []


def _asks_what_came(text: str) -> bool:
    return not _OF_DECISION.search(text) and any(
        _CAME_OF.search(clause) or _DID_THEY.search(clause) for clause in _CLAUSES.split(text)
    )


def _reported_in(reader: Connection, wanted: Wanted, document_id: str) -> list[ListedCommitment]:
    """Return the commitments of the councils asked of on which a paper may report."""
    query = RegisterQuery(councils=wanted.filters.councils)
    return commitments_reported_in(reader, document_id, query, wanted.allowed, wanted.on, wanted.verdicts)


def promises_at(reader: Connection, wanted: Wanted, places: Sequence[Place]) -> list[ListedCommitment]:
    """Return the commitments, each once, that stand at some places or of which a copy does."""
    query = RegisterQuery(councils=wanted.filters.councils)
    return commitments_at(reader, places, query, wanted.allowed, wanted.on, wanted.verdicts)


def _meant(
    reader: Connection, wanted: Wanted, promises: Sequence[ListedCommitment]
) -> ListedCommitment | None:
    """Return the promise that shares most words with the question; None where none is singled out."""
    asked = set(content_stems(wanted.text))
    shared = [
        len(asked & set(content_stems(words_of(reader, each.document_row, each.commitment.span))))
        for each in promises
    ]
    best = max(shared, default=0)
    meant = [each for each, count in zip(promises, shared, strict=True) if count == best]
    return meant[0] if len(meant) == 1 and (best or len(promises) == 1) else None


def _within(wanted: Wanted, links: Iterable[FollowUp]) -> list[FollowUp]:
    """Return the links whose paper is of the time that the question may look at."""
    until = wanted.filters.held_to
    return [
        link
        for link in links
        if until is None or (link.reported_on is not None and link.reported_on <= until)
    ]


def _reports(wanted: Wanted, links: Iterable[FollowUp]) -> list[Draft]:
    return [Draft(link.document_id, (link.span,), SCORE, REPORTED_SINCE) for link in _within(wanted, links)][
        : wanted.most
    ]


def _promise(listed: ListedCommitment, template: str | None = None) -> Draft:
    made = listed.commitment
    draft = Draft(listed.document_id, (made.span,), SCORE, standing=made.standing)
    return (
        draft if template is None else Draft(draft.document_id, draft.spans, SCORE, template, made.standing)
    )


def _is_at(link: FollowUp, places: Sequence[Place]) -> bool:
    return _overlaps((link.document_id, link.span), places)


def _overlaps(place: Place, places: Iterable[Place]) -> bool:
    document_id, span = place
    return any(document_id == other and span.overlaps(there) for other, there in places)
