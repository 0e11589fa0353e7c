"""What was done on a matter at meetings, from what structure found: decisions, votes, motions."""

from dataclasses import dataclass, field

from qa_service.answering.both_sides import both_sides
from qa_service.answering.decisions import Wish, decided, earlier_decisions
from qa_service.answering.demands import demands_of
from qa_service.answering.drafts import Draft, at_most, words_of
from qa_service.answering.given import gives
from qa_service.answering.motions import asks_for_motions, moved
from qa_service.answering.presumed import bears_out
from qa_service.answering.signals import Signals, content_stems
from qa_service.answering.votes import voted, without_voters
from qa_service.answering.weighing import Weighed
from qa_service.domain.access import Access
from qa_service.domain.explanations import Route
from qa_service.retrieval.intents import Intent
from qa_service.retrieval.presumed import presumed
from qa_service.retrieval.question import Reading
from qa_service.store.database import Connection

_BY_MATTER = frozenset({Intent.RESOLUTION, Intent.RECOMMENDATION, Intent.VOTE})


@dataclass(frozen=True, slots=True)
class OnMatter:
    """Drafts, the route that made them, and what it has to say of how it understood the question."""

    route: Route
    drafts: list[Draft]
    notes: list[str] = field(default_factory=list)


def asks_what_was_done(reading: Reading) -> bool:
    """Return whether something done at meetings is asked for: decided, advised, moved or voted."""
    return reading.intent in _BY_MATTER or asks_for_motions(reading.own, reading.intent)


def subject_of(reading: Reading) -> str | None:
    """Return the words of the matter on which something done at meetings is asked for; else None."""
    if not reading.topic or not asks_what_was_done(reading):
        return None
    if reading.intent is Intent.VOTE:
        return without_voters(reading.topic, reading.text) or reading.topic
    return reading.topic


def on_matter(
    reader: Connection,
    reading: Reading,
    by_topic: Weighed,
    asked: Signals,
    most: int,
    allowed: frozenset[Access],
) -> OnMatter:
    """Return drafts of the decisions, votes or motions on the matter that the question names.

    `by_topic` is weighed with the words of `subject_of` alone, `asked` are the signals of the whole question.
    """
    filters = reading.limits
    if reading.intent is Intent.VOTE:
        return OnMatter(Route.VOTE, voted(reader, by_topic, asked, filters, allowed)[:most])
    if asks_for_motions(reading.own, reading.intent) and (
        drafts := moved(reader, by_topic, asked, filters, allowed)
    ):
        return OnMatter(Route.DECISION, *at_most(drafts, most))
    if reading.intent not in _BY_MATTER:
        return OnMatter(Route.DECISION, [])
    undated = reading.is_undated and not by_topic.signals.numbers
    newest = reading.latest or undated
    wish = Wish(
        reading.intent,
        asked,
        most,
        newest=newest,
        every=reading.spans_meetings,
        decider=frozenset(content_stems(reading.decider or "")),
    )
    if sides := both_sides(reader, by_topic, wish, filters, allowed):
        return OnMatter(Route.DECISION, sides)
    found = decided(reader, by_topic, wish, filters, allowed)
    notes = [earlier_decisions(found.overtaken)] if found.overtaken else []
    return OnMatter(Route.DECISION, found.drafts, notes)


def gives_asked(reader: Connection, reading: Reading, on: OnMatter, allowed: frozenset[Access]) -> bool:
    """Return whether a draft gives what the question demands and bears out what it takes for granted.

    A vote gives whatever is demanded of one (`votes.py`).
    """
    if on.route is Route.VOTE:
        return True
    demands, taken = demands_of(reading.own), presumed(reading.own)
    texts = [words_of(reader, each, allowed) for each in on.drafts] if demands or taken else []
    given = not demands or any(gives(each, demands, reading.own) for each in texts)
    return given and (taken is None or any(bears_out(each, taken.deed) for each in texts))
