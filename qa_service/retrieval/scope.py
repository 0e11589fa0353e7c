"""Reads out of a question whose papers it is about: council, body and the dates of meetings."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from qa_service.domain.answers import Filters, Question
from qa_service.retrieval.districts import bodies_of_parts
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.over_time import OverTime, over_time
from qa_service.retrieval.places import names_another_council, place_of, short_of
from qa_service.retrieval.question_dates import DateMention
from qa_service.store.catalogue import Catalogue

_BODY_NOUN = (
    r"(?:council|committee|panel|cabinet|board|councillors?|members|scrutiny|meeting|papers|minutes|agenda|"
    r"executive|met)"
)
_OF_A_COUNCIL = "County|City|Borough|District|Council|Cabinet|Panel|Committee|Scrutiny"
# "the county's panel" means the county council where only one is held.
_KIND_OF_COUNCIL = re.compile(
    r"\b(?:the|our)\s+(county|city|borough|district|town|parish|village)(?:['’]s)?\b", re.IGNORECASE
)
_SHORT_BODY = re.compile(
    r"((?:\b[\w’'&-]+\s+){0,4})\b(panel|committee|cabinet|executive|board|forum)\b(?!\s+of\b)", re.IGNORECASE
)
# An officer, and no body of councillors.
_OFFICER = re.compile(r"\bchief executives?\b|\bexecutive (?:directors?|heads?|officers?)\b", re.IGNORECASE)
# What may stand before the noun where no kind of panel is named: "the", "Kent's", "their own".
_ARTICLE = re.compile(
    r"(?:^|\b(?:the|a|an|our|its|their|own|this|that|scrutiny|select)|['’]s|(?-i:[A-Z]\w+))\s*$",
    re.IGNORECASE,
)
_FULL_COUNCIL = re.compile(r"\bfull council\b", re.IGNORECASE)
_OF_FULL_COUNCIL = frozenset("full county city borough district town parish community the council".split())
_SCRUTINY = re.compile(r"\bscrutiny\s*$", re.IGNORECASE)
_SCRUTINEERS = re.compile(r"\b(?:scrutiny|select|overview|policy|performance|review|audit)\b", re.IGNORECASE)
# What is done at meetings is asked for by their dates; a figure's date is that of its year or report.
OF_MEETINGS = frozenset(
    {Intent.RESOLUTION, Intent.RECOMMENDATION, Intent.ATTENDANCE, Intent.VOTE, Intent.COMMITMENT}
)
_BEFORE_OR_SINCE = re.compile(
    r"\b(?:before|prior to|since|after|following)\s+(?:the\s+)?(?:end of\s+)?$", re.IGNORECASE
)
# "The target of April 2024" is no meeting's month.
_OF_A_TARGET = re.compile(
    r"\b(?:targets?|deadlines?|forecasts?|figures?|budgets?|estimates?|plans?|due|by)\s+(?:of|for|by|in)?\s*$",
    re.IGNORECASE,
)
# "The May 2025 county council elections", "the six months to September 2024" are of the subject too.
_OF_THE_SUBJECT = re.compile(
    r"\s+(?:[\w’'-]+\s+){0,3}?(?:elections?|by-elections?|surveys?|census|accounts|budgets?|figures?)\b"
    r"(?!\s+(?:meeting|debate|council|cabinet|panel|committee)\b)",
    re.IGNORECASE,
)
_STRETCH_TO = re.compile(
    r"\b(?:months?|years?|quarters?|weeks?|days?|period)\s+(?:up\s+)?(?:to|until|ending|ended)(?:\s+in)?\s*$",
    re.IGNORECASE,
)
_ASKS_WHAT = re.compile(r"(?:^|,\s+)(?:and\s+|so\s+|but\s+)?(?:what|which|who|how)\b", re.IGNORECASE)
_DONE_IN = re.compile(
    r"\b(?:noted|approved|adopted|agreed|endorsed|resolved|decided|rejected|confirmed|voted|passed|done|carried|"
    r"lost|defeated|deferred|withdrawn)\s+(?:in|during)\s+$",
    re.IGNORECASE,
)
_WHEN_DONE = re.compile(r"(?:^|\b(?:in|on|at|of|during))\s*$", re.IGNORECASE)
# "The June 2023 Panel" is no body of that name, and in "Did the Panel" only the question begins.
_MONTH_YEAR = re.compile(rf"\b(?:{'|'.join(filter(None, calendar.month_name))})\s+(?:\d{{4}}\s+)?")
_CAPITAL_LAST = re.compile(r"\b[A-Z][\w’'&-]*\s+$")
_WORD = re.compile(r"[a-z]+")
_COMMON = frozenset(
    "the a an of and for on in at to by its our this that county city council councils scrutiny advisory "
    "select what did does was were has have own".split()
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Filters in force; which of them were read out of the words; who was named and is not held.

    `unmet`: a month or day, named where something done at meetings is asked for, without a meeting then.
    """

    filters: Filters
    inferred: frozenset[str]
    missing: str | None
    unmet: DateMention | None = None


def read_scope(
    question: Question, catalogue: Catalogue, mentions: Sequence[DateMention], intent: Intent
) -> Scope:
    """Return the scope of a question. What the asker set is kept; what is in `wide` is not read."""
    filters, inferred, missing = question.filters, set(), None
    text = question.text
    if not filters.councils and "council" not in question.wide:
        found = _councils(text, catalogue)
        if found:
            filters, inferred = replace(filters, councils=frozenset(found)), {"council"}
        else:
            missing = names_another_council(text, _known(catalogue))
    if not filters.bodies and "body" not in question.wide:
        named = _OFFICER.sub(" ", text)
        bodies = _bodies(named, catalogue, filters) or _short_bodies(named, catalogue, filters)
        of_parts = bodies_of_parts(text, _bodies_in_scope(catalogue, filters), catalogue.councils)
        bodies += [each for each in of_parts if each not in bodies]
        bodies += [each for each in _full_councils(text, catalogue, filters) if each not in bodies]
        if bodies:
            filters = replace(filters, bodies=frozenset(bodies))
            inferred.add("body")
    unmet = None
    undated = filters.held_from is None and filters.held_to is None
    if undated and "dates" not in question.wide:
        window = _window(text, mentions, catalogue, filters, intent)
        if window is not None:
            filters = replace(filters, held_from=window[0], held_to=window[1])
            inferred.add("date")
        else:
            unmet = _unmet(text, mentions, catalogue, filters, intent)
    return Scope(filters, frozenset(inferred), missing, unmet)


def _known(catalogue: Catalogue) -> list[str]:
    return [*catalogue.councils, *(body for _, body in catalogue.bodies)]


def _councils(text: str, catalogue: Catalogue) -> list[str]:
    found = [council for council in catalogue.councils if _names_council(text, council)]
    for match in _KIND_OF_COUNCIL.finditer(text):
        kind = match[1].title()
        of_kind = [council for council in catalogue.councils if kind in council.split()]
        if len(of_kind) == 1 and of_kind[0] not in found:
            found += of_kind
    return found


def _names_council(text: str, council: str) -> bool:
    """Return whether the question names the council, or its place where no other name begins with it.

    "Hampshire" in "Hampshire Constabulary" names the police.
    """
    if re.search(rf"\b{re.escape(council)}\b", text, re.IGNORECASE):
        return True
    place = place_of(council)
    if not place:
        return False
    name = rf"\b(?:{re.escape(place)}|{re.escape(short_of(place))})\b"
    if text.islower():
        return re.search(name.lower(), text) is not None
    return re.search(rf"{name}(?:['’]s)?(?!\s+(?!{_OF_A_COUNCIL})[A-Z])", text) is not None


def _bodies(text: str, catalogue: Catalogue, filters: Filters) -> list[str]:
    """Return the bodies that the question names in full, longest first, none inside another's name."""
    rest, found = text, []
    for body in sorted(_bodies_in_scope(catalogue, filters), key=lambda name: -len(name)):
        pattern = _with_article(body)
        if pattern.search(rest):
            found.append(body)
            rest = pattern.sub(" ", rest)
    return found


# A council has hundreds of bodies, and each is looked for in every question.
@lru_cache(maxsize=2000)
def _with_article(body: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:the )?{re.escape(body)}\b", re.IGNORECASE)


def _full_councils(text: str, catalogue: Catalogue, filters: Filters) -> list[str]:
    """Return the bodies that are a council itself, where "full council" is named; none otherwise."""
    if not _FULL_COUNCIL.search(text):
        return []
    return [
        body
        for body in _bodies_in_scope(catalogue, filters)
        if body in catalogue.councils or set(_WORD.findall(body.lower())) <= _OF_FULL_COUNCIL
    ]


def _bodies_in_scope(catalogue: Catalogue, filters: Filters) -> list[str]:
    within = (
        body
        for council, body in catalogue.bodies
        if not filters.councils or council is None or council in filters.councils
    )
    return list(dict.fromkeys(within))


def _short_bodies(text: str, catalogue: Catalogue, filters: Filters) -> list[str]:
    """Return the bodies that "the panel" or "the roads committee" may mean, where papers hold any.

    A word before the noun that stands in the name of one of them ("children's panel") leaves only those.
    """
    found: list[str] = []
    for match in _SHORT_BODY.finditer(text):
        before, noun = _MONTH_YEAR.sub("", match[1]), match[2]
        if noun[0].isupper() and _CAPITAL_LAST.search(before) and not text.istitle():
            continue  # a name of its own, and none of ours: "the Corporate Parenting Board"
        of_kind = [
            body for body in _bodies_in_scope(catalogue, filters) if noun.lower() in body.lower().split()
        ]
        if _SCRUTINY.search(before) and not any(_SCRUTINEERS.search(body) for body in of_kind):
            continue  # "the scrutiny committee" is no body that only decides
        said = set(_WORD.findall(before.lower())) - _COMMON
        by_name = [body for body in of_kind if said & set(_WORD.findall(body.lower()))]
        if not by_name and len(of_kind) > 1 and not _ARTICLE.search(before):
            continue  # "the appointing panel" is none of several
        found += [body for body in by_name or of_kind if body not in found]
    return found


def _window(
    text: str,
    mentions: Sequence[DateMention],
    catalogue: Catalogue,
    filters: Filters,
    intent: Intent,
) -> tuple[date | None, date | None] | None:
    """Return the dates between which the meeting lies that the question names; None if it names none.

    A date counts as a meeting's where the words around it say so, where a meeting was held on that day, or
    where something done at meetings is asked for and one was held about then.
    """
    if intent not in OF_MEETINGS and len(mentions) > 1 and over_time(text) is OverTime.CHANGE:
        return None  # neither of two times may shut out the other
    held = held_within(catalogue, filters)
    for mention in mentions:
        if mention.exact and mention.first in held:
            return mention.first, mention.last
        any_held = any(mention.holds(day) for day in held)
        if intent in OF_MEETINGS and any_held and _limits_meetings(text, mention):
            return mention.first, mention.last
        before = text[: mention.start]
        if _OF_A_TARGET.search(before) or _STRETCH_TO.search(before):
            continue
        if _OF_THE_SUBJECT.match(text, mention.end):
            continue
        if mention.is_open and not (_BEFORE_OR_SINCE.search(before) or _ASKS_WHAT.search(text)):
            continue  # "Did Cabinet raise fares from May?" asks for fares from May
        around = text[max(0, mention.start - 40) : mention.end + 40]
        if not re.search(rf"\b{_BODY_NOUN}\b", around, re.IGNORECASE):
            continue
        # A month named for a meeting that was not held then is a wrong premise: the search must come out
        # empty. A longer or open stretch without a meeting belongs to the subject.
        if any_held or mention.within_a_month:
            return mention.first, mention.last
    return None


def _unmet(
    text: str, mentions: Sequence[DateMention], catalogue: Catalogue, filters: Filters, intent: Intent
) -> DateMention | None:
    """Return the month or day in which something is said to be done at a meeting, and none is held of it.

    "What was decided on tolls in May?" may still ask for tolls in May: the words of the decision tell. "Was
    it agreed to begin in May?" and "the charges from May" name a date of the subject.
    """
    if intent not in OF_MEETINGS:
        return None
    held = held_within(catalogue, filters)
    asks_what = _ASKS_WHAT.search(text) is not None
    return next(
        (
            each
            for each in mentions
            if (
                (asks_what and each.within_a_month and _WHEN_DONE.search(text[: each.start]))
                or (each.is_a_year and _done_in(text, each))
            )
            and not any(each.holds(day) for day in held)
        ),
        None,
    )


def _limits_meetings(text: str, mention: DateMention) -> bool:
    """Return whether a stretch without a body beside it says when something was done.

    A year alone names a budget as often, but not right behind what was done; "by May", "until May" and "from
    May" are due dates.
    """
    if mention.is_open:
        return _BEFORE_OR_SINCE.search(text[: mention.start]) is not None
    return not mention.is_a_year or _done_in(text, mention)


def _done_in(text: str, mention: DateMention) -> bool:
    """Return whether a question ends with what was done in a year: "Was the report noted in 2018?"."""
    return _DONE_IN.search(text[: mention.start]) is not None and not text[mention.end :].strip(" ?.!")


def held_within(catalogue: Catalogue, filters: Filters) -> list[date]:
    """Return the days of the meetings of the councils and bodies that filters name, ascending, each once."""
    return sorted(
        {
            meeting.held_on
            for meeting in catalogue.meetings
            if meeting.held_on
            and (not filters.councils or meeting.council in filters.councils)
            and (not filters.bodies or meeting.body in filters.bodies)
        }
    )
