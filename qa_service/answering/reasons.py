"""Why a question is refused, in words: which limit left nothing, whose papers do not name a thing."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from qa_service.answering.absence import barring, said_nowhere
from qa_service.answering.privacy import asks_for_private_person
from qa_service.answering.refusal import judge, quoted
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed
from qa_service.domain.answers import SURE, Filters, Statement
from qa_service.domain.explanations import Stage
from qa_service.register.figures import periods_in
from qa_service.retrieval.names import GENERAL
from qa_service.retrieval.question import Reading
from qa_service.retrieval.question_dates import DateMention
from qa_service.retrieval.scope import OF_MEETINGS, held_within
from qa_service.store.catalogue import Catalogue

# Words that say what is asked of a matter, and none of them which matter: "How much did it cost in the end?"
_NO_MATTER = frozenset(
    content_stems(
        """
        much many cost costs price pay paid money amount number long often soon big day date time year
        next last first one ones thing things end start begin happen happened done go went going now
        then again later present attend attended attending room chair chaired apologies absent approve
        passed carried agreed main point points ran running led charge skip skipped miss missed"""
    )
)

# The nouns that ask, beside those: papers seldom say "percentage" where they give one.
_ASKING = _NO_MATTER | frozenset(
    content_stems(
        """
        percentage proportion share reason reasons deadline closing budget spend spending spent expenditure
        chairman chairwoman chairperson vice deputy leader clerk mayor treasurer director manager head officer
        promised actions declared declare interest interests result votes voted against abstained"""
    )
)
# Share of the weight of a question's words: less is on another subject that names the place too.
_MOST_OF_IT = 0.5
_FEW_WORDS = 3
# Of so many best sentences one must hold a name that a follow-up puts in place of another.
_NEAREST = 5
# What was done at meetings is found by its own words; anything else may be near in sense: "kerbside charges".
_NEAR_IN_SENSE = 0.4


def barred_by(reading: Reading, weighed: Weighed, catalogue: Catalogue) -> tuple[Stage, str] | None:
    """Return the stage that refuses before any route is tried, and why; None where none does."""
    if reading.missing is not None and not _told_of(reading.missing, reading, weighed):
        return Stage.NOT_HELD, f"no papers of a council of {reading.missing} are held here"
    if asks_for_private_person(reading.text):
        return Stage.PRIVATE, "the papers do not identify private persons, and neither does this service"
    if len(catalogue.held) > 1 and names_no_matter(reading):
        return Stage.NO_SUBJECT, (
            "the question names no subject, committee or date, and papers of several meetings are held: "
            "say which of them is meant"
        )
    if weighed.units and (absent := barring(reading, weighed) or _put_in_and_not_near(reading, weighed)):
        return Stage.NOT_NAMED, unnamed(reading, absent, catalogue.vocabulary.words)
    if reading.key_words and weighed.units and (absent := _key_words_unsaid(reading, weighed)):
        return Stage.NOT_NAMED, f"none of the papers searched says {quoted(absent)}"
    return None


def _put_in_and_not_near(reading: Reading, weighed: Weighed) -> list[str]:
    """Return the name that a follow-up puts in place of another, where none of the best sentences holds it.

    "What about Barham?": what fits the question before best, and tells of another place, is no answer. The
    title of a sentence's item counts with it. What is asked beside such a question need not repeat the name.
    """
    if (name := reading.put_in) is None or reading.own != reading.text:
        return []
    best = [f"{each.text} {each.passage.header}" for each in weighed.units[:_NEAREST]]
    return [] if any(named_in(name, text) for text in best) else [name]


def named_in(name: str, text: str) -> bool:
    """Return whether a text holds a word that tells a name from others: not "Councillor" alone."""
    words = [word for word in re.findall(r"[\w'’-]+", name) if word.lower() not in GENERAL] or [name]
    return re.search("|".join(rf"\b{re.escape(word)}\b" for word in words), text, re.IGNORECASE) is not None


def _key_words_unsaid(reading: Reading, weighed: Weighed) -> list[str]:
    """Return those of a few key words that are most of their subject and stand nowhere; else none.

    Of two or three words each is meant. More of them, or a sentence near in sense, may put in everyday words
    what papers call otherwise.
    """
    subject = [word for word in reading.topic.split() if not _ASKING.issuperset(content_stems(word))]
    near = SURE if reading.intent in OF_MEETINGS else _NEAR_IN_SENSE
    if len(reading.topic.split()) > _FEW_WORDS or judge(weighed).confidence >= near:
        return []
    return said_nowhere(" ".join(subject), weighed)


def _told_of(place: str, reading: Reading, weighed: Weighed) -> bool:
    """Return whether the best sentence tells of a place whose papers are not held; not of what was decided.

    "How much does Birmingham get a head?" may be told by Kent's minutes; what Birmingham decided may not.
    """
    if reading.intent in OF_MEETINGS or not weighed.units:
        return False
    best = weighed.units[0]
    most = weighed.table.column("unit_cover")[best.row] >= _MOST_OF_IT
    return bool(most) and re.search(rf"\b{re.escape(place)}\b", best.text) is not None


def names_no_matter(reading: Reading) -> bool:
    """Return whether nothing in a question tells one meeting or matter from another: "Who was there?"."""
    told = reading.filters or reading.before or reading.mentions or reading.minute or reading.item
    return not (told or reading.latest or reading.expanded) and _NO_MATTER.issuperset(
        content_stems(reading.topic)
    )


def of_names(names: Iterable[str]) -> str:
    """Return names in alphabetical order, with commas."""
    return ", ".join(sorted(names))


def unnamed(reading: Reading, absent: Sequence[str], held: Collection[str] = ()) -> str:
    """Say whose papers do not mention what the question names. `held` are words that some paper does hold."""
    of = of_names({*reading.filters.bodies, *reading.filters.councils})
    if not of and all(word.lower() in held for name in absent for word in name.split()):
        # A word that is common besides brings too many papers to be sure of them all.
        return f"nothing that was found on this names {of_names(absent)}"
    return f"no paper{' of ' + of if of else ' held here'} names {of_names(absent)}"


def nothing_in_scope(reading: Reading, catalogue: Catalogue) -> str:
    """Say which limit left nothing to search, and which meetings are nearest where it is a date."""
    filters = reading.filters
    if filters.held_from or filters.held_to:
        return no_meeting(filters, catalogue, filters.held_from, filters.held_to)
    return f"no papers{within(filters)} match the limits of the question"


def no_meeting(filters: Filters, catalogue: Catalogue, first: date | None, last: date | None) -> str:
    """Say that no meeting was held between two days, ends included, and name the meetings next to them."""
    held = held_within(catalogue, filters)
    before = [day for day in held if first is not None and day < first][-1:]
    after = [day for day in held if last is not None and day > last][:1]
    near = " and ".join(str(day) for day in (*before, *after))
    nearest = f"; the nearest are of {near}" if near else ""
    return f"no papers{within(replace(filters, held_from=first, held_to=last))} are held{nearest}"


def tells_of(statements: Iterable[Statement], month: DateMention) -> bool:
    """Return whether a quotation names a day or month that lies within a stretch."""
    texts = [citation.quote for statement in statements for citation in statement.citations]
    return any(
        month.first is not None and period.startswith(f"{month.first:%Y-%m}")
        for text in texts
        for period in periods_in(text)
    )


def told_in(scope: Filters, where: str) -> str:
    """Say that the passages nearest to a question stand outside its scope."""
    names = of_names(scope.bodies or scope.councils)
    days = ""
    if scope.held_from or scope.held_to:
        days = f" from {scope.held_from or 'the beginning'} to {scope.held_to or 'now'}"
    return (
        f"the papers of {names or 'the meetings'}{days} do not tell this; what is nearest to it is of {where}"
    )


def within(filters: Filters) -> str:
    """Say whose papers some filters admit, and of which time: " of Cabinet for a meeting between ..."."""
    of = of_names({*filters.bodies, *filters.councils})
    words = f" of {of}" if of else ""
    if filters.held_from or filters.held_to:
        first, last = filters.held_from or "the beginning", filters.held_to or "now"
        words += f" for a meeting between {first} and {last}"
    return words
