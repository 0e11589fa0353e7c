"""Promises and what became of them, answered from the register: each state by the paper that says it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from qa_service.answering.drafts import (
    DECIDED,
    NOTHING_SINCE,
    OVERDUE,
    QUOTE,
    REPORTED_SINCE,
    WAS_ASKED,
    Draft,
)
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.register import RegisterQuery, Verdicts
from qa_service.domain.resolutions import CommitmentState, Standing
from qa_service.register.departures import departures
from qa_service.register.words import Rarity, stems_held, subject_stems
from qa_service.retrieval.intents import asks_both_sides
from qa_service.retrieval.question_dates import DateMention
from qa_service.store.database import Connection
from qa_service.store.register_lists import (
    BriefCommitment,
    ListedCommitment,
    brief_commitments,
    commitments_in_rows,
)

_OVERDUE = re.compile(
    r"\b(?:which|what|list|are any|are there)\b[^?]*\b(?:overdue|past (?:its|their) (?:day|date|due date))\b",
    re.IGNORECASE,
)
_PROMISED = re.compile(
    r"^(?:and )?what (?:did|has|have|had|was|were)\b[^?]*\b(?:promised?|pledged?|undert(?:ake|ook|aken))\b",
    re.IGNORECASE,
)
_CAME_BACK = re.compile(
    r"^(?:and )?(?:has|have|did|was|were)\b[^?]*\b(?:come back|came back|brought back|reported back)\b",
    re.IGNORECASE,
)
_PLEDGES = (
    r"(?:commitments?|promises?|undertakings?|pledges?|actions?|requests?|things?|reports?|anything|what)"
)
# "What is due to come to Cabinet in May?"; "due to" a cause is no promise.
_DUE = re.compile(
    rf"\b(?:which|any|{_PLEDGES})\b[^?]*\bdue\b(?!\s+to\s+(?!come|be|report|go|return)\w)", re.IGNORECASE
)
_OUTSTANDING = re.compile(
    rf"\b{_PLEDGES}\b[^?]*\b(?:outstanding\s+from|(?:still|remains?|are|is)\s+(?:outstanding|open|undone|unfinished)|"
    r"not\s+(?:yet\s+)?been\s+(?:kept|done|carried\s+out|completed|delivered|fulfilled)|yet\s+to\s+be\s+(?:done|kept))\b",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:what|which|list)\s+(?:\w+\s+){0,2}?(?:commitments?|promises?|undertakings?|pledges?|actions?)\b[^?]*"
    r"\b(?:made?|ma[dk]e|ga?ve|given|agreed|recorded|c[oa]me|arose|taken|set)\b",
    re.IGNORECASE,
)
# Words of such questions that are about no subject.
_ASKING = subject_stems(
    "overdue action actions commitment commitments changed differ differs different between resolution "
    "recommendation decided decision did does doing outstanding due kept undertaking undertakings pledge "
    "pledges thing things anything still list made make remain open undone unfinished fulfilled completed "
    "delivered"
)
_NOT_DONE = frozenset({CommitmentState.OPEN, CommitmentState.OVERDUE})
_LEAST_SHARE = 0.6
SCORE = 9.0  # what the register says is no matter of likeness


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the register: on which day, of what one may see, as people left the links.

    `due`: the stretch of days that the question names, None where it names none. `filters` are all limits
    in force, `asked` those set by hand.
    """

    text: str
    filters: Filters
    asked: Filters
    on: date
    allowed: frozenset[Access]
    verdicts: Verdicts
    most: int
    due: DateMention | None = None


def kept_promises(reader: Connection, wanted: Wanted) -> list[Draft]:
    """Return drafts from the register, the soonest due first; none where another route must answer."""
    if asks_both_sides(wanted.text):
        return _differences(reader, wanted)[: wanted.most]
    if (drafts := _several(reader, wanted)) is not None:
        return drafts[: wanted.most]
    if not any(pattern.search(wanted.text) for pattern in (_OVERDUE, _PROMISED, _CAME_BACK)):
        return []
    query = _query(wanted.filters)
    if _OVERDUE.search(wanted.text):
        late = _briefly(reader, replace(query, states=frozenset({CommitmentState.OVERDUE})), wanted)
        of_time = [each for each in late if _is_of_time(each, wanted.due)]
        return [_draft(each, OVERDUE) for each in _about(reader, of_time, wanted, bare=True)]
    found = _about(reader, _briefly(reader, query, wanted), wanted, bare=False)
    if _PROMISED.search(wanted.text):
        return [_draft(each) for each in found]
    return [draft for each in found[:1] for draft in became(each)][: wanted.most]


def _briefly(reader: Connection, query: RegisterQuery, wanted: Wanted) -> list[BriefCommitment]:
    return brief_commitments(reader, query, wanted.allowed, wanted.on, wanted.verdicts)


def _is_of_time(promise: BriefCommitment, time: DateMention | None) -> bool:
    """Return whether a thing was promised or due in a stretch of time; any is of an open one or of none."""
    days = [day for day in (promise.made_at, promise.due) if day is not None]
    return time is None or time.is_open or any(map(time.holds, days))


def _several(reader: Connection, wanted: Wanted) -> list[Draft] | None:
    """Return what is due in a stretch of time, was promised at a meeting or is outstanding; else None.

    When a thing is due says nothing of the meeting that promised it.
    """
    query = _query(wanted.filters)
    if wanted.due is not None and _DUE.search(wanted.text):
        query = replace(
            query, held_from=None, held_to=wanted.on, due_from=wanted.due.first, due_to=wanted.due.last
        )
        due = _briefly(reader, query, wanted)
        return [_draft(each) for each in _about(reader, due, wanted, bare=True)] or None
    made = _MADE.search(wanted.text) and (query.bodies or query.held_from)
    if not made and not _OUTSTANDING.search(wanted.text):
        return None
    if not made:
        query = replace(query, states=_NOT_DONE)
    found = _about(reader, _briefly(reader, query, wanted), wanted, bare=True)
    return [
        _draft(each, OVERDUE if not made and each.state is CommitmentState.OVERDUE else None)
        for each in found
    ] or None


def became(listed: ListedCommitment) -> Iterable[Draft]:
    """Yield a promise and what later papers say of it; that none does is said, and nothing more."""
    if not listed.follow_ups:
        yield _draft(listed, NOTHING_SINCE)
        return
    yield _draft(listed)
    for link in listed.follow_ups:
        yield Draft(link.document_id, (link.span,), SCORE, REPORTED_SINCE)


def _about(
    reader: Connection, offered: Sequence[BriefCommitment], wanted: Wanted, *, bare: bool
) -> list[ListedCommitment]:
    """Return as many as are wanted of those about the question's subject, in order.

    Without a subject the first of all of them, if `bare` is set. Only what is returned is read whole.
    """
    subject = _subject(wanted, bare=bare)
    if subject:
        offered = _nearest(offered, subject)
    elif not bare:
        return []
    rows = [each.row for each in offered[: wanted.most]]
    return commitments_in_rows(reader, rows, wanted.allowed, wanted.on, wanted.verdicts)


def _subject(wanted: Wanted, *, bare: bool) -> frozenset[str]:
    """Return the stems of what a question is about; if `bare` is set, a year is none of them."""
    names = subject_stems(" ".join([*wanted.filters.councils, *wanted.filters.bodies]))
    promised = _PROMISED.search(wanted.text)
    # Who promised is no part of what: "What did the Scrutiny Panel promise on the plan?"
    behind = subject_stems(wanted.text[promised.end() :]) - _ASKING - names if promised else frozenset()
    subject = behind or subject_stems(wanted.text) - _ASKING - names
    if bare:  # a year says when it was promised or is due, and that limits the list already
        subject = frozenset(stem for stem in subject if not stem.isdigit())
    return subject


def _nearest(offered: Sequence[BriefCommitment], subject: frozenset[str]) -> list[BriefCommitment]:
    """Return those, in order, that hold most of a subject and enough of it."""
    held = [stems_held(subject, each.words) for each in offered]
    rarity = Rarity([subject, *held])
    shares = {stems: rarity.share(subject, stems) for stems in set(held)}
    least = max(_LEAST_SHARE, max(shares.values(), default=0.0) - 0.01)
    return [each for each, stems in zip(offered, held, strict=True) if shares[stems] >= least]


def _draft(listed: ListedCommitment, template: str | None = None) -> Draft:
    made = listed.commitment
    draft = Draft(listed.document_id, (made.span,), SCORE, standing=made.standing)
    return (
        draft if template is None else Draft(draft.document_id, draft.spans, SCORE, template, made.standing)
    )


def _differences(reader: Connection, wanted: Wanted) -> list[Draft]:
    """Return what was recommended and what was decided of the best matter whose words differ."""
    subject = subject_stems(wanted.text) - _ASKING - subject_stems(" ".join(wanted.filters.bodies))
    found = departures(reader, _query(wanted.filters), wanted.allowed)
    stems = [
        subject_stems(
            f"{each.asked.decided.heading or ''} {each.recommended[2].heading or ''} "
            f"{each.recommended_text} {each.text}"
        )
        for each in found
    ]
    rarity = Rarity([subject, *stems])
    scored = [(rarity.share(subject, each), -at) for at, each in enumerate(stems)]
    share, at = max(scored, default=(0.0, 0))
    if not subject or share < _LEAST_SHARE:
        return []
    asked, (document_id, _, other) = found[-at].asked, found[-at].recommended
    decided = DECIDED if asked.decided.standing is Standing.RESOLVED else QUOTE
    return [
        Draft(document_id, (other.span,), SCORE, WAS_ASKED, Standing.RECOMMENDED),
        Draft(asked.document_id, (asked.decided.span,), SCORE, decided, asked.decided.standing),
    ]


def _query(filters: Filters) -> RegisterQuery:
    return RegisterQuery(
        councils=filters.councils,
        bodies=filters.bodies,
        held_from=filters.held_from,
        held_to=filters.held_to,
    )
