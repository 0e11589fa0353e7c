"""Reads out of a question what narrows the search: council, body, dates, acronyms, and what is asked for.

What is found filters before ranking, is shown to the asker, and can be removed by them.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from qa_service.domain.answers import Filters, Question
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.bare_months import with_bare_months
from qa_service.retrieval.deciders import decider_in
from qa_service.retrieval.districts import part_of
from qa_service.retrieval.follow_ups import Following, followed
from qa_service.retrieval.hours_asked import hours_asked
from qa_service.retrieval.intents import Intent, intent_of
from qa_service.retrieval.meant import as_meant
from qa_service.retrieval.minutes_asked import minutes_asked
from qa_service.retrieval.places import place_of
from qa_service.retrieval.pointed import Pointed, pointed_at
from qa_service.retrieval.question_dates import MONTH_DAYS, DateMention, date_mentions, relative_year
from qa_service.retrieval.scope import OF_MEETINGS, Scope, held_within, read_scope
from qa_service.retrieval.topic import topic_of
from qa_service.store.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as understood. `words` is what is searched for; `mentions` are dates that do not filter.

    `before` is the question, whole, that this one goes on from, None where it stands alone; `own` is what it
    says itself; `unmet` a month or day without a meeting, where something done at meetings is asked for;
    `decider` a body that is said to have decided and is not held; `asked_on` the day of asking; `read_as`
    words read otherwise than they were typed; `key_words` whether bare key words were typed, and no question;
    `newest` the day of the last meeting that the limits admit; `put_in` a name that a follow-up puts in place
    of another.
    """

    text: str
    words: str
    topic: str
    intent: Intent
    filters: Filters
    as_of: date | None
    expanded: tuple[tuple[str, str], ...] = ()
    mentions: tuple[DateMention, ...] = ()
    minute: str | None = None
    item: str | None = None
    latest: bool = False
    inferred: frozenset[str] = frozenset()
    asked: Filters = field(default_factory=Filters)
    missing: str | None = None
    notes: tuple[str, ...] = field(default=())
    before: str | None = None
    own: str = ""
    unmet: DateMention | None = None
    decider: str | None = None
    asked_on: date | None = None
    read_as: tuple[tuple[str, str], ...] = ()
    key_words: bool = False
    newest: date | None = None
    put_in: str | None = None

    @property
    def spans_meetings(self) -> bool:
        """Whether the words ask of a stretch of time longer than a month, with both ends: "between" two."""
        first, last = self.filters.held_from, self.filters.held_to
        return bool("date" in self.inferred and first and last and (last - first).days > MONTH_DAYS)

    @property
    def limits(self) -> Filters:
        """The filters in force: what was asked for, what was read, and nothing after `as_of`."""
        if self.as_of is None:
            return self.filters
        last = min(self.filters.held_to, self.as_of) if self.filters.held_to else self.as_of
        return replace(self.filters, held_to=last)

    @property
    def is_undated(self) -> bool:
        """Whether no meeting's time limits the question: then the latest is meant of what was done twice."""
        return self.filters.held_from is None and self.filters.held_to is None


# Who asks of papers whose last meeting is longer ago means their years, and not the calendar's.
_OF_LATE_DAYS = 300
_LATEST = re.compile(
    r"""\b(?:latest|most\ recent(?:ly)?|newest|currently|at\ present|nowadays|up\ to\ now|so\ far|to\ date|
    (?:the|is|are)\ present|last\ (?:meeting|time|word|decision|figure|forecast|report(?:ed)?)|
    last\ (?:\w+ly\ )?(?:
      decide[ds]?|agree[ds]?|resolved?|said|heard|told|met|discuss(?:ed)?|consider(?:ed)?))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_SINCE = re.compile(
    r"\b(?:since|later|after(?:wards)?|next|then|now|yet|ever|still|come back|came back)\b", re.IGNORECASE
)
_MINUTE = re.compile(r"\bminute (?:number |no\.? ?)?(\d{1,4}(?:/\d{2})?)\b", re.IGNORECASE)
_ITEM = re.compile(r"\b(?:agenda )?item (?:number |no\.? ?)?(\d{1,3}[a-z]?)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z0-9&]*[A-Z][A-Za-z0-9&]*\b")
# What members call each other, and what papers call them.
_PARTIES = {
    "Lib Dems": "Liberal Democrats",
    "Lib Dem": "Liberal Democrat",
    "Tories": "Conservatives",
    "Tory": "Conservative",
    "Indies": "Independents",
}
_PARTY = re.compile(rf"\b(?:{'|'.join(_PARTIES)})\b", re.IGNORECASE)


def read_question(question: Question, catalogue: Catalogue, today: date) -> Reading:
    """Return the question as understood. Filters that the asker set are kept; inferred ones only narrow."""
    question = (meant := as_meant(question, catalogue)).question
    today = question.as_of or today
    following = followed(question, catalogue, today)
    text = following.whole
    mentions = _dates(replace(question, text=text), catalogue, today)
    # What led to a question holds words that would ask for something else if they asked.
    intent = intent_of(asking_sentence(following.own))
    scope = _scope(question, following, catalogue, today, intent)
    expanded = tuple(_expansions(text, catalogue))
    minute, item = _MINUTE.search(text), _ITEM.search(text)
    names = _names_of(scope, catalogue)
    return Reading(
        text=text,
        words=" ".join([text, *(long for _, long in expanded)]),
        topic=topic_of(text, (*names, *(text[each.start : each.end] for each in mentions))),
        intent=intent,
        filters=scope.filters,
        as_of=question.as_of,
        expanded=expanded,
        mentions=mentions,
        minute=minute[1] if minute else None,
        item=item[1] if item else None,
        latest=bool(_LATEST.search(text)),
        inferred=scope.inferred,
        asked=question.filters,
        missing=scope.missing,
        notes=(*meant.notes, *_going_on(question.text, following)),
        read_as=meant.read_as,
        before=following.before,
        own=following.own,
        unmet=scope.unmet,
        decider=decider_in(following.own, names),
        asked_on=today,
        key_words=meant.key_words,
        newest=_newest(catalogue, scope.filters, question.as_of),
        put_in=following.put_in,
    )


def _names_of(scope: Scope, catalogue: Catalogue) -> list[str]:
    """Return the names of councils, bodies and the districts in scope: they are no subject."""
    names = [place_of(council) for council in catalogue.councils] + [body for _, body in catalogue.bodies]
    parts = [part for body in scope.filters.bodies if (part := part_of(body)) is not None]
    return names + [
        name for part in parts for name in (part, f"{part} district", f"{part} municipal district")
    ]


def _newest(catalogue: Catalogue, filters: Filters, as_of: date | None) -> date | None:
    ends = [day for day in (filters.held_to, as_of) if day is not None]
    until = min(ends, default=date.max)
    return max((day for day in held_within(catalogue, filters) if day <= until), default=None)


def _going_on(text: str, following: Following) -> tuple[str, ...]:
    """Return what a follow-up was read as going on from, and what itself was read as if not as typed."""
    if following.before is None:
        return ()
    otherwise = following.own.rstrip("?. ").lower() != text.rstrip("?. ").lower()
    return f"read as going on from: {following.before}", *([f"read as: {following.own}"] * otherwise)


def _scope(
    question: Question, following: Following, catalogue: Catalogue, today: date, intent: Intent
) -> Scope:
    """Return what the question limits itself, and of council, body and dates else what the one before did.

    What came of a matter stands in later papers: a meeting is carried on only where what was done at it is
    asked for. So does whether minutes were confirmed.
    """
    own = replace(question, text=following.own)
    mentions = _dates(own, catalogue, today)
    if minutes_asked(own.text, mentions) is not None:
        own = replace(own, wide=own.wide | {"dates"})
    scope = read_scope(own, catalogue, mentions, intent)
    if following.before is None or following.own == following.whole:
        return scope
    before = replace(question, text=following.before, filters=scope.filters)
    of_meeting = intent in OF_MEETINGS or hours_asked(following.own) is not None
    since = _SINCE.search(following.own) or pointed_at(following.own) in {Pointed.SINCE, Pointed.BECAME}
    if not of_meeting or since:
        before = replace(before, wide=before.wide | {"dates"})
    carried = read_scope(before, catalogue, _dates(before, catalogue, today), intent)
    missing = scope.missing or carried.missing
    return Scope(carried.filters, scope.inferred | carried.inferred, missing, scope.unmet)


def _dates(question: Question, catalogue: Catalogue, today: date) -> tuple[DateMention, ...]:
    """Return the dates that a question names; months without a year as its council and body met in them.

    So is "last year" where a meeting has been held of late: papers of long ago know no last year.
    """

    def held() -> list[date]:
        undated = replace(question, wide=question.wide | {"dates"})
        days = held_within(catalogue, read_scope(undated, catalogue, (), Intent.FACT).filters)
        return [day for day in days if question.as_of is None or day <= question.as_of]

    mentions = tuple(date_mentions(question.text, today))
    relative = relative_year(question.text, today)
    late = today - timedelta(days=_OF_LATE_DAYS)
    if relative is not None and not mentions and any(late <= day for day in held()):
        mentions = (relative,)
    return with_bare_months(question.text, mentions, held)


def _expansions(text: str, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return (short, long) for every party, and every acronym that the papers define in each sense."""
    parties = [(name, _PARTIES[name.title()]) for name in dict.fromkeys(_PARTY.findall(text))]
    return parties + [
        (short, long)
        for short in dict.fromkeys(_ACRONYM.findall(text))
        for long in sorted(catalogue.acronyms.get(short, {}))
    ]
