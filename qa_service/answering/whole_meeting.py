"""What a whole meeting did: all that it decided, what was on its agenda, how many were there.

A question that names a meeting and nothing else is like every sentence of its papers: it is answered from
what structure found of that meeting, in the order of the text, and not by whatever sentence ranks first.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qa_service.answering.choosing import once
from qa_service.answering.drafts import Draft
from qa_service.answering.meetings_meant import names_of, newest_of_each
from qa_service.answering.outcomes import outcomes_of
from qa_service.answering.rolls import counted_on_roll
from qa_service.answering.signals import content_stems
from qa_service.domain.access import Access
from qa_service.domain.answers import Filters
from qa_service.domain.explanations import Route
from qa_service.domain.resolutions import Verb
from qa_service.domain.spans import Span
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.question import Reading
from qa_service.store.catalogue import CataloguedMeeting
from qa_service.store.database import Connection
from qa_service.store.findings import attendance_within, resolutions_within
from qa_service.store.of_meetings import FoundItem, Holding, agenda_items, meetings_holding

_SCORE = 9.0  # what structure holds of a meeting is no matter of likeness
# Words beside a meeting's name that ask of all of it and name no subject.
_OF_ALL = frozenset(
    content_stems(
        "take taken took make made reach reached pass passed item items business discuss discussed consider "
        "considered talk talked cover covered deal dealt list everything all each every point points "
        "thing things matter matters topic topics issue issues subject subjects go went gone come came next "
        "give show me us please summarise summary full main key do done report reports many people "
        "attend attended present there turned turn up showed show happen last day date year month held hold "
        "agenda get got whole rest else first sent send apologies apologised apologized absent away missing "
        "could make"
    )
)
_AGENDA = re.compile(
    r"""\bagenda\b | \b(?:items?|business|topics?|subjects?|issues?|reports?|papers)\b
    | \b(?:discuss(?:ed)?|consider(?:ed)?|talk(?:ed)?\ about|deal(?:t)?\ with|c[ao]me\ up)\b""",
    re.IGNORECASE | re.VERBOSE,
)
# "Which reports did the panel note?" asks what was done with them, and not what was on the agenda.
_VERBS = {"note": Verb.NOTED, "approv": Verb.APPROVED}
_DID = re.compile(
    r"^(?:and |so )?(?:which|what)\b[^?]*\b(?:reports?|papers|items?|plans?|strategies|policies)\b[^?]*"
    r"\b(note|approv)(?:e?[sd]?)\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(r"^(?:and |so )?what (?:all )?(?:happened|went on)\b", re.IGNORECASE)
_HOW_MANY_CAME = re.compile(
    r"\bhow many\b[^?]*\b(?:attend(?:ed)?|present|there|came|turned up|showed up|took part|"
    r"(?:was|were|sat) (?:at|in)(?= the\b| a\b| [A-Z]))\b",
    re.IGNORECASE,
)
_HOW_MANY_AWAY = re.compile(
    r"\bhow many\b[^?]*\b(?:apologies|apologi[sz]ed|absent|away|missing|"
    r"(?:did not|didn['’]t|could not|couldn['’]t) (?:come|attend|make it|turn up|be there))\b",
    re.IGNORECASE,
)
_LATEST = re.compile(r"\b(?:last|latest|newest|most recent)\b", re.IGNORECASE)
# Characters between two entries that stand under each other: a number, a range of pages, a line end.
_BETWEEN = 60


@dataclass(frozen=True, slots=True)
class OfMeeting:
    """Drafts in the order of the text, the route that made them, and what was understood."""

    route: Route
    drafts: list[Draft]
    note: str


def of_whole_meeting(reader: Connection, reading: Reading, allowed: frozenset[Access]) -> OfMeeting | None:
    """Return what a meeting decided, considered or who was there; None where a subject is asked after.

    Where no time is named, the latest meeting that this is held of is meant, and the note names it.
    """
    limits = reading.limits
    named = limits.bodies or limits.held_from or _LATEST.search(reading.own)
    if not named or not _OF_ALL.issuperset(content_stems(reading.topic)):
        return None
    if (away := _HOW_MANY_AWAY.search(reading.own) is not None) or _HOW_MANY_CAME.search(reading.own):
        return _on_roll(reader, reading, allowed, away=away)
    did = _DID.search(reading.own)
    if did is not None:
        return _decided(reader, reading, allowed, _VERBS[did[1].lower()])
    if reading.intent is Intent.RESOLUTION or _HAPPENED.search(reading.own):
        return _decided(reader, reading, allowed)
    if not _AGENDA.search(reading.own):
        return None
    # What was discussed is told by the decisions where no agenda is held; what was to be, by an agenda alone.
    told = None if "agenda" in reading.own.lower() else _decided
    return _agenda(reader, reading, allowed) or (told and told(reader, reading, allowed))


def _decided(
    reader: Connection, reading: Reading, allowed: frozenset[Access], verb: Verb | None = None
) -> OfMeeting | None:
    """Return all that was decided, or only what was noted, approved or adopted, by its verb."""
    meant = _meant(reading, meetings_holding(reader, Holding.DECISIONS, reading.limits, allowed))
    drafts = []
    for meeting in meant:
        found = resolutions_within(reader, _only(reading.limits, meeting), allowed)
        own = [
            each
            for each in found
            if (each.resolution.council, each.resolution.body) == (meeting.council, meeting.body)
        ]
        done = [each for each in once(outcomes_of(reader, own)) if verb in {None, each.resolution.verb}]
        for each in done:
            clauses = tuple(clause.span for clause in each.resolution.clauses)
            spans = clauses or (each.resolution.span,)
            drafts.append(Draft(each.document_id, spans, _SCORE, standing=each.resolution.standing))
    return (
        OfMeeting(Route.DECISION, drafts, f"the decisions found in the records of {names_of(meant)}")
        if drafts
        else None
    )


def _agenda(reader: Connection, reading: Reading, allowed: frozenset[Access]) -> OfMeeting | None:
    meant = _meant(reading, meetings_holding(reader, Holding.AGENDA, reading.limits, allowed))
    drafts = []
    for meeting in meant:
        of_papers: dict[str, list[FoundItem]] = {}
        for item in agenda_items(reader, _only(reading.limits, meeting), allowed):
            if (item.council, item.body) == (meeting.council, meeting.body):
                of_papers.setdefault(item.document_id, []).append(item)
        fullest = max(of_papers.values(), key=len)
        drafts.append(Draft(fullest[0].document_id, _together([item.span for item in fullest]), _SCORE))
    return OfMeeting(Route.AGENDA, drafts, f"the agenda of {names_of(meant)}") if drafts else None


def _on_roll(
    reader: Connection, reading: Reading, allowed: frozenset[Access], *, away: bool
) -> OfMeeting | None:
    """Return the lines of the roll of one meeting that name who came, or who was away, and their number."""
    meant = _meant(reading, meetings_holding(reader, Holding.ROLL, reading.limits, allowed))
    if len(meant) != 1:
        return None
    lines = attendance_within(reader, _only(reading.limits, meant[0]), allowed)
    own = [each for each in lines if (each.council, each.body) == (meant[0].council, meant[0].body)]
    people, drafts = counted_on_roll(reader, own, away=away)
    if not drafts:
        return None
    how = "away from" if away else "present at"
    return OfMeeting(Route.ROLL, drafts, f"the roll names {people} as {how} {names_of(meant)}")


def _meant(reading: Reading, held: Sequence[CataloguedMeeting]) -> list[CataloguedMeeting]:
    """Return the meetings meant: all of the time that is named, else the latest of each council."""
    if not reading.is_undated and not _LATEST.search(reading.own):
        return list(held)
    return newest_of_each(held)


def _only(limits: Filters, meeting: CataloguedMeeting) -> Filters:
    """Return the limits narrowed to one meeting, as far as filters can: what is unknown limits nothing."""
    return replace(
        limits,
        councils=frozenset({meeting.council} if meeting.council else limits.councils),
        bodies=frozenset({meeting.body} if meeting.body else limits.bodies),
        held_from=meeting.held_on,
        held_to=meeting.held_on,
    )


def _together(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the entries of an agenda as one place where they stand under each other, else each by itself."""
    whole = Span(spans[0].start, spans[-1].end)
    close = len(whole) <= sum(len(span) + _BETWEEN for span in spans)
    return (whole,) if close else tuple(spans)
