"""Reads out of a question what narrows the search: council, body, dates, acronyms, and what is asked for.

What is found filters before ranking, is shown to the asker, and can be removed by them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from qa_service.domain.answers import Filters, Question
from qa_service.retrieval.follow_ups import standalone
from qa_service.retrieval.intents import Intent, intent_of
from qa_service.retrieval.places import names_another_council, place_of
from qa_service.retrieval.question_dates import DateMention, date_mentions
from qa_service.retrieval.topic import topic_of
from qa_service.store.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as understood. `words` is what is searched for; `mentions` are dates that do not filter."""

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


_BODY_NOUN = (
    r"(?:council|committee|panel|cabinet|board|councillors?|members|scrutiny|meeting|papers|minutes|agenda)"
)
_OF_A_COUNCIL = "County|City|Borough|District|Council|Cabinet|Panel|Committee|Scrutiny"
_LATEST = re.compile(
    r"\b(latest|most recent(ly)?|last (meeting|time)|currently|at present|newest)\b", re.IGNORECASE
)
_MINUTE = re.compile(r"\bminute (?:number |no\.? ?)?(\d{1,4}(?:/\d{2})?)\b", re.IGNORECASE)
_ITEM = re.compile(r"\b(?:agenda )?item (?:number |no\.? ?)?(\d{1,3}[a-z]?)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z0-9&]*[A-Z][A-Za-z0-9&]*\b")


def read_question(question: Question, catalogue: Catalogue, today: date) -> Reading:
    """Return the question as understood. Filters that the asker set are kept; inferred ones only narrow."""
    question = standalone(question)
    text = question.text
    mentions = tuple(date_mentions(text, today))
    filters, inferred, missing = _scope(question, catalogue, mentions)
    expanded = tuple(_expansions(text, catalogue))
    words = " ".join([text, *(long for _, long in expanded)])
    minute, item = _MINUTE.search(text), _ITEM.search(text)
    names = [place_of(council) for council in catalogue.councils] + [body for _, body in catalogue.bodies]
    dates = [text[mention.start : mention.end] for mention in mentions]
    return Reading(
        text=text,
        words=words,
        topic=topic_of(text, (*names, *dates)),
        intent=intent_of(text),
        filters=filters,
        as_of=question.as_of,
        expanded=expanded,
        mentions=mentions,
        minute=minute[1] if minute else None,
        item=item[1] if item else None,
        latest=bool(_LATEST.search(text)),
        inferred=inferred,
        asked=question.filters,
        missing=missing,
    )


def _scope(
    question: Question, catalogue: Catalogue, mentions: Sequence[DateMention]
) -> tuple[Filters, frozenset[str], str | None]:
    """Return (filters, names of the inferred ones, what was named but is not in the papers)."""
    filters, inferred, missing = question.filters, set(), None
    text = question.text
    if not filters.councils:
        found = [council for council in catalogue.councils if _names_council(text, council)]
        if found:
            filters, inferred = replace(filters, councils=frozenset(found)), {"council"}
        elif (other := names_another_council(text, catalogue.councils)) is not None:
            missing = other
    if not filters.bodies and (bodies := _bodies(text, catalogue, filters)):
        filters = replace(filters, bodies=frozenset(bodies))
        inferred.add("body")
    if filters.held_from is None and filters.held_to is None:
        window = _window(text, mentions, catalogue, filters)
        if window is not None:
            filters = replace(filters, held_from=window[0], held_to=window[1])
            inferred.add("date")
    return filters, frozenset(inferred), missing


def _names_council(text: str, council: str) -> bool:
    """Return whether the question names the council, or its place where no other name begins with it.

    "Hampshire" in "Hampshire Constabulary" names the police.
    """
    if re.search(rf"\b{re.escape(council)}\b", text, re.IGNORECASE):
        return True
    place = place_of(council)
    if not place:
        return False
    name = rf"\b{re.escape(place)}\b"
    if text.islower():
        return re.search(name.lower(), text) is not None
    return re.search(rf"{name}(?:['’]s)?(?!\s+(?!{_OF_A_COUNCIL})[A-Z])", text) is not None


def _bodies(text: str, catalogue: Catalogue, filters: Filters) -> list[str]:
    """Return the bodies that the question names in full, longest first, none inside another's name."""
    rest, found = text, []
    for council, body in sorted(catalogue.bodies, key=lambda named: -len(named[1])):
        if filters.councils and council is not None and council not in filters.councils:
            continue
        pattern = re.compile(rf"\b(?:the )?{re.escape(body)}\b", re.IGNORECASE)
        if body in found or pattern.search(rest):
            found.append(body)
            rest = pattern.sub(" ", rest)
    return found


def _window(
    text: str, mentions: Sequence[DateMention], catalogue: Catalogue, filters: Filters
) -> tuple[date | None, date | None] | None:
    """Return the dates between which the meeting lies that the question names; None if it names none.

    A date counts as a meeting's where the words around it say so, or where a meeting was held on that day.
    """
    held = {
        meeting.held_on
        for meeting in catalogue.meetings
        if meeting.held_on and (not filters.councils or meeting.council in filters.councils)
    }
    for mention in mentions:
        if mention.exact and mention.first in held:
            return mention.first, mention.last
        around = text[max(0, mention.start - 40) : mention.end + 40]
        if not re.search(rf"\b{_BODY_NOUN}\b", around, re.IGNORECASE):
            continue
        # A month named for a meeting that was not held then is a wrong premise: the search must come out
        # empty. A longer or open stretch without a meeting belongs to the subject.
        if any(mention.holds(day) for day in held) or mention.within_a_month:
            return mention.first, mention.last
    return None


def _expansions(text: str, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return (short, long) for every acronym in the question that the papers define, each sense."""
    return [
        (short, long)
        for short in dict.fromkeys(_ACRONYM.findall(text))
        for long in sorted(catalogue.acronyms.get(short, {}))
    ]
