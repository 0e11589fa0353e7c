"""Who declared an interest: every sentence of minutes that records one, or that none was made.

Which members had an interest is a list that minutes keep in set words. A ranking brings the best of them; the
question asks for all within the meeting, the person and the subject that it names.
"""

import re
from collections.abc import Iterable, Sequence

from qa_service.answering.declarations import LEAVING_WORDS, WORDS, Declaration, Kind, declarations_in
from qa_service.answering.drafts import Draft, at_most
from qa_service.answering.meetings_meant import time_meant
from qa_service.answering.refusal import Judgement
from qa_service.answering.request import Request
from qa_service.answering.signals import content_stems
from qa_service.answering.votes import TITLES, persons_named
from qa_service.answering.weighing import Weighed
from qa_service.domain.explanations import Route
from qa_service.retrieval.interests_asked import InterestsAsked, interests_asked
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection
from qa_service.store.findings import authority
from qa_service.store.minuted import headings_of, minutes_holding

_SCORE = 9.0  # what minutes record is no matter of likeness
_MOST_PASSAGES = 1000
# Share of the weight of a subject that a declaration must hold, and of what the best one holds.
_OF_SUBJECT, _OF_BEST = 0.25, 0.6
# "In item 12", "in minute 46": what that was about stands in its heading.
_NUMBERED = re.compile(r"\b(?:items?|minutes?)\s+(?:no\.?\s*)?(\d{1,3}[a-z]?)\b", re.IGNORECASE)
# "Has Jackie Porter declared ...?": the words with a capital between the verb and the deed.
_PERSON = re.compile(
    r"\b(?:has|have|had|did|does|was|were)\s+((?:[A-Z][\w.'’-]*\s+){1,3})"
    r"(?=(?:ever|also|had|have|to|again|once)\b|declar|disclos|admit|own|reveal|leave|left|step|walk|take|took)"
)
_SURE, _UNSURE = 0.95, 0.1
_OF_DECLARING = frozenset(
    content_stems(
        """declare declared declaration disclose disclosed admit admitted own owned reveal interest interests
        conflict conflicts personal pecuniary prejudicial disclosable record recorded register registered
        item items agenda matter business meeting session member members councillor councillors cllr
        anyone anybody somebody someone people person room chamber leave leaving left sit sat stand stood
        aside outside keep kept quit sent step stepped walk walked withdraw withdrew part take took came
        come raised discuss discussed debate debated discussion talk talked vote voted ground grounds
        reason begin began start started make made say said ever many much list name names show tell day
        month year panel committee cabinet board council thing things"""
    )
) | {title.lower() for title in TITLES}


def declared(request: Request, weighed: Weighed) -> tuple[list[Draft], Judgement] | None:
    """Return drafts of what minutes record of interests, as asked for; None where others must answer.

    Newest meeting first, in the order of the text; more than a list may have are joined by paper. What other
    meetings record is no answer to a question of one time: then there are no drafts, and why not.
    """
    reading = request.reading
    asked = interests_asked(reading.own)
    if asked is None:
        return None
    words = LEAVING_WORDS if asked.left else WORDS
    passages = minutes_holding(request.reader, words, reading.limits, request.allowed, _MOST_PASSAGES)
    found, dated = _of_time([each for one in passages for each in declarations_in(one)], reading)
    if not found and (time := time_meant(reading)) is not None:
        named = reading.text[time.start : time.end]
        return [], Judgement(_UNSURE, f"no minutes of {named} that are held here tell of interests declared")
    chosen = _chosen(request.reader, _of_one_record(found), asked, reading, weighed, dated=dated)
    drafts = [Draft(each.passage.document_id, each.spans, _SCORE) for each in chosen]
    if drafts:
        request.trace.attempted(Route.DEED, len(drafts))
    drafts, notes = at_most(drafts, request.most_listed)
    request.trace.notes += notes
    return (drafts, Judgement(_SURE, "")) if drafts else None


def _chosen(
    reader: Connection,
    found: Sequence[Declaration],
    asked: InterestsAsked,
    reading: Reading,
    weighed: Weighed,
    *,
    dated: bool,
) -> list[Declaration]:
    """Return the declarations of the person and on the subject that are named, or that none was made."""
    persons = _persons(reading.own)
    subject = _subject(reading, asked, persons, weighed)
    made = [each for each in found if each.kind is Kind.MADE]
    wanted = [each for each in found if each.kind is not Kind.NONE] if asked.left else made
    wanted = [each for each in wanted if not persons or any(map(each.names, persons))]
    if subject and wanted:
        on_subject = _sharing(reader, wanted, subject)
        wanted = on_subject or [each for each in wanted if dated and each.kind is Kind.MADE]
    elif asked.left and not any(each.leaves for each in wanted):
        wanted = []
    if wanted:
        return _who_left(wanted) if asked.left else wanted
    if made or (not dated and (subject or persons)):
        return []
    none = [each for each in found if each.kind is Kind.NONE]
    return none if dated else [each for each in none if each.meeting == none[0].meeting]


def _of_time(found: list[Declaration], reading: Reading) -> tuple[list[Declaration], bool]:
    """Return those of the meetings whose time is named, and whether a day or month is.

    A time that does not limit the search limits these where any is of it, or where a meeting's is meant.
    """
    if reading.filters.held_from or reading.filters.held_to:
        return found, True
    times = reading.mentions
    of_times = [
        each
        for each in found
        if (day := each.passage.segment.held_on) is not None and any(one.holds(day) for one in times)
    ]
    if of_times:
        return of_times, any(one.within_a_month for one in times)
    if time_meant(reading) is not None:
        return [], False
    if reading.latest and found:
        return [each for each in found if each.meeting == found[0].meeting], True
    return found, False


def _of_one_record(found: Iterable[Declaration]) -> list[Declaration]:
    """Return those of one paper a meeting: that which records most, else the one of most authority."""
    papers: dict[tuple[object, ...], dict[str, list[Declaration]]] = {}
    for each in found:
        papers.setdefault(each.meeting, {}).setdefault(each.passage.document_id, []).append(each)
    return [
        each
        for of_one in papers.values()
        for each in min(
            of_one.values(), key=lambda told: (-len(told), authority(told[0].passage.segment.status))
        )
    ]


def _persons(text: str) -> list[str]:
    """Return the surnames of the persons whose interests are asked for."""
    person = _PERSON.search(text)
    untitled = (
        [person[1].split()[-1]] if person and not _OF_DECLARING.issuperset(content_stems(person[1])) else []
    )
    return [*persons_named(text)] or untitled


def _subject(
    reading: Reading, asked: InterestsAsked, persons: Iterable[str], weighed: Weighed
) -> dict[str, float]:
    """Return the stems that name the subject, with their weights; none where only a meeting is named."""
    # "Councillor Ann Hale": first names and titles go with the surname.
    called = [
        name
        for surname in persons
        for name in re.findall(rf"(?:[A-Z][\w.'’-]*\s+){{0,3}}{re.escape(surname)}\b", reading.text)
    ]
    names = (*reading.filters.bodies, *reading.filters.councils, *called, asked.tie)
    no_subject = _OF_DECLARING | {stem for name in names for stem in content_stems(name)}
    stems = [stem for stem in content_stems(reading.topic) if stem not in no_subject]
    return {stem: weight for stem in stems if (weight := weighed.signals.weights.get(stem, 0.0))}


def _sharing(
    reader: Connection, found: Sequence[Declaration], subject: dict[str, float]
) -> list[Declaration]:
    """Return those that share the subject's weight, in their sentence or in the heading above it.

    Where none does, those that name an item or a minute whose heading does.
    """
    told = [(each, f"{each.text} {_headings(each)}") for each in found]
    return _most_of(told, subject) or _most_of(
        [(each, " ".join([text, *_of_items(reader, each)])) for each, text in told], subject
    )


def _most_of(told: Sequence[tuple[Declaration, str]], subject: dict[str, float]) -> list[Declaration]:
    """Return those whose words hold enough of the subject, and nearly as much as the best."""
    total = sum(subject.values())
    shares = [sum(subject[stem] for stem in subject.keys() & content_stems(text)) / total for _, text in told]
    least = max(_OF_SUBJECT, _OF_BEST * max(shares))
    return [each for (each, _), share in zip(told, shares, strict=True) if share >= least]


def _headings(each: Declaration) -> str:
    segment = each.passage.segment
    return f"{segment.heading or ''} {segment.item_title or ''}"


def _of_items(reader: Connection, each: Declaration) -> list[str]:
    """Return the headings of the items and minutes that a declaration names by number."""
    numbers = _NUMBERED.findall(each.text)
    passage = each.passage
    return headings_of(reader, passage.document_row, passage.segment, numbers) if numbers else []


def _who_left(found: Sequence[Declaration]) -> list[Declaration]:
    """Return those that say that somebody left, and behind them what else the meeting has of these persons.

    Where none says it, all of them: minutes may record the interest alone.
    """
    leaving = [each for each in found if each.leaves]
    theirs = [
        each
        for each in found
        if not each.leaves
        and any(one.meeting == each.meeting and one.persons & each.persons for one in leaving)
    ]
    return [*leaving, *theirs] or list(found)
