"""From a question to a cited reply or an honest refusal."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from qa_service.answering.absence import said_nowhere, unmentioned
from qa_service.answering.aftermath import came_of, followed_up, told_promises
from qa_service.answering.announced import called_listed, telling_more
from qa_service.answering.as_asked import as_asked
from qa_service.answering.askable import check
from qa_service.answering.asked_scope import within_asked
from qa_service.answering.authority import credibly_giving, upheld
from qa_service.answering.citations import cite
from qa_service.answering.companions import with_other_side
from qa_service.answering.confirmed import confirmed_minutes
from qa_service.answering.conflicts import differences, named
from qa_service.answering.courses import over_meetings
from qa_service.answering.demands import demands_of, in_words
from qa_service.answering.drafts import Draft, at_most, stated, without_copies, without_overlaps
from qa_service.answering.each_council import told_by_each
from qa_service.answering.elsewhere import has_subject, told_outside
from qa_service.answering.explaining import Trace, explained, stage_of
from qa_service.answering.in_general import in_general
from qa_service.answering.listed import listed
from qa_service.answering.listing import listing_first
from qa_service.answering.movers import of_that_mover
from qa_service.answering.negation import as_negated
from qa_service.answering.of_item import told_outright
from qa_service.answering.on_matter import asks_what_was_done, gives_asked, on_matter, subject_of
from qa_service.answering.outcomes import naming_somebody, telling_first
from qa_service.answering.part_by_part import with_every_part
from qa_service.answering.parts import Parts
from qa_service.answering.precedent import furthered, precedent_of
from qa_service.answering.presumed import denied_by
from qa_service.answering.promises import Wanted, kept_promises
from qa_service.answering.put_questions import telling, with_replies
from qa_service.answering.quotable import long_enough
from qa_service.answering.reasons import barred_by, no_meeting, nothing_in_scope, of_names, tells_of, told_in
from qa_service.answering.refusal import Judgement, judge, quoted
from qa_service.answering.request import Request
from qa_service.answering.same_matter import on_same_matter
from qa_service.answering.see_also import see_also
from qa_service.answering.times_searched import within_times
from qa_service.answering.told_when import told_when_asked
from qa_service.answering.votes import naming
from qa_service.answering.weigher import Weigher
from qa_service.answering.weighing import Weighed
from qa_service.answering.whole_telling import all_whole
from qa_service.answering.years import of_years, tells_another_year, years_asked, years_in_words
from qa_service.domain.access import Access
from qa_service.domain.answers import (
    SURE,
    Answer,
    Citation,
    Question,
    Refusal,
    Reply,
    Searched,
    Statement,
    Understood,
)
from qa_service.domain.explanations import Explanation, Route, Stage
from qa_service.domain.register import Verdicts
from qa_service.errors import UnsupportedCitation
from qa_service.retrieval.asking import asking_sentence
from qa_service.retrieval.hybrid import Candidate, HybridRetriever
from qa_service.retrieval.intents import Intent, asks_for_several, intent_of, members_asked
from qa_service.retrieval.question import Reading, read_question
from qa_service.retrieval.scope import OF_MEETINGS
from qa_service.store.catalogue import Catalogue, Catalogues
from qa_service.store.database import Connection, Database

log = logging.getLogger(__name__)

_NEAREST = 3
# Answered from rows that keep to the scope by themselves.
_LISTED = frozenset({Intent.ACRONYM, Intent.ATTENDANCE})


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought, and how the question was understood."""

    candidates: list[Candidate]
    understood: Understood
    generation: int


class Answerer:
    """Answers questions from the visible papers. Thread-safe: all state is in immutable snapshots."""

    def __init__(
        self,
        database: Database,
        retriever: HybridRetriever,
        candidates: int,
        longest: int,
        today: Callable[[], date] = date.today,
        verdicts: Callable[[], Verdicts] = Verdicts,
        parts: Parts | None = None,
    ) -> None:
        self._database, self._retriever = database, retriever
        self._longest, self._today = longest, today
        self._verdicts = verdicts
        self._parts = parts or Parts()
        self._weigher = Weigher(retriever, candidates, self._parts.ranker, self._parts.rerank)
        self._catalogues = Catalogues()

    def answer(self, question: Question, allowed: frozenset[Access]) -> Reply:
        """Return the reply. Raises EmptyQuestion or QuestionTooLong."""
        check(question.text, self._longest)
        with self._database.reading() as reader:
            return self._replied(reader, question, allowed, Trace())

    def explained(self, question: Question, allowed: frozenset[Access]) -> tuple[Reply, Explanation]:
        """Return the reply that `answer` would give and how it came about. Raises what `answer` raises."""
        check(question.text, self._longest)
        trace = Trace()
        with self._database.reading() as reader:
            reply = self._replied(reader, question, allowed, trace)
            return reply, explained(reader, trace, self._weigher.ranker, allowed)

    def _replied(
        self, reader: Connection, question: Question, allowed: frozenset[Access], trace: Trace
    ) -> Reply:
        started = time.perf_counter()
        catalogue = self._catalogues.current(reader, allowed)
        reading = read_question(question, catalogue, self._today())
        request = Request(reader, reading, allowed, question.max_statements, trace)
        request, weighed = self._located(self._led(request, question))
        outcome, confidence = self._outcome(request, weighed, catalogue)
        return Reply(
            question,
            _understood(request.reading, trace.notes),
            outcome,
            self._retriever.generation(reader, allowed),
            confidence=confidence,
            seconds=time.perf_counter() - started,
        )

    def search(self, question: Question, k: int, allowed: frozenset[Access]) -> Found:
        """Return at most k passages, best first, as answering ranks them."""
        check(question.text, self._longest)
        with self._database.reading() as reader:
            reading = read_question(question, self._catalogues.current(reader, allowed), self._today())
            candidates = self._weigher.passages(
                reader, reading.words, reading.intent, k, filters=reading.limits, allowed=allowed
            )
            return Found(candidates, _understood(reading), self._retriever.generation(reader, allowed))

    def _led(self, request: Request, question: Question) -> Request:
        """Return the request of a follow-up with what the answer before was about, and with its council.

        The question before is asked again, of the papers that this asker may see today.
        """
        reading = request.reading
        if reading.before is None or reading.own == reading.text:
            return request
        before = replace(question, text=reading.before, history=())
        outcome = self._replied(request.reader, before, request.allowed, Trace()).outcome
        precedent = precedent_of(outcome)
        if precedent is None:
            return request
        note = f"the answer before is taken to be about: {precedent.about}"
        reading = replace(reading, notes=(*reading.notes, note))
        if not (reading.filters.councils or "council" in question.wide) and len(precedent.councils) == 1:
            filters = replace(reading.filters, councils=precedent.councils)
            reading = replace(reading, filters=filters, inferred=reading.inferred | {"council"})
        return replace(request, reading=reading, precedent=precedent)

    def _located(self, request: Request) -> tuple[Request, Weighed]:
        """Return the request with what was found for it.

        A body read from the words gives way, openly, where none of its papers names the subject and another
        paper of the same council does; not where what that very body did is asked.
        """
        reading = request.reading
        weighed = self._weighed(request, reading.words)
        narrowed = "body" in reading.inferred and reading.intent not in OF_MEETINGS
        if not narrowed or not (absent := unmentioned(reading, weighed)):
            return request, weighed
        whose = of_names(reading.filters.bodies)
        note = f"no paper of the {whose} names {of_names(absent)}: other bodies are searched too"
        wider = replace(
            request,
            reading=replace(
                reading,
                filters=replace(reading.filters, bodies=frozenset()),
                inferred=reading.inferred - {"body"},
                notes=(*reading.notes, note),
            ),
        )
        found = self._weighed(wider, reading.words)
        return (request, weighed) if unmentioned(wider.reading, found) else (wider, found)

    def _outcome(
        self, request: Request, weighed: Weighed, catalogue: Catalogue
    ) -> tuple[Answer | Refusal, float]:
        promised = self._promised(request, weighed)
        barred = barred_by(request.reading, weighed, catalogue)
        if barred is None and promised is None:
            barred = self._outside(request, catalogue)
        if barred is not None:
            request.trace.stage, reason = barred
            elsewhere = barred[0] in {Stage.NOT_NAMED, Stage.TOLD_ELSEWHERE}
            return self._refusal(request, catalogue, weighed, reason, elsewhere=elsewhere), 0.0
        told = in_general(request, weighed, promised or self._drafts(request, weighed))
        drafts, judgement = as_negated(request, of_that_mover(request, weighed, told))
        if promised is None:
            decided_on = asks_what_was_done(request.reading)
            drafts = followed_up(request.reader, self._wanted(request), drafts, decided=decided_on)
        if judgement.confidence >= self._parts.least:
            shown, found = differences(request.reader, drafts, weighed, request.allowed)
            statements = self._statements(request, shown)
            if (unmet := request.reading.unmet) is not None and not tells_of(statements, unmet):
                request.trace.stage = Stage.NO_MEETING
                reason = no_meeting(request.reading.filters, catalogue, unmet.first, unmet.last)
                return self._refusal(request, catalogue, weighed, reason), 0.0
            if statements:
                sure = judgement.confidence >= SURE
                also = () if sure else see_also(request.reader, weighed, statements, request.allowed)
                topic, seen = request.reading.topic, request.allowed
                if not sure and (absent := self._weigher.unsaid(request.reader, weighed, topic, seen)):
                    request.trace.notes.append(f"no passage of the papers here says {quoted(absent)}")
                answer = Answer(tuple(statements), named(found, statements), see_also=also)
                return answer, judgement.confidence
        limited = bool(request.reading.limits) and catalogue.documents > 0
        request.trace.stage = stage_of(weighed, judgement.confidence, drafted=bool(drafts), limited=limited)
        why = judgement.reason if weighed.units or promised else nothing_in_scope(request.reading, catalogue)
        reason = why or "what the papers say of this lies outside the limits that were set"
        return self._refusal(request, catalogue, weighed, reason), judgement.confidence

    def _outside(self, request: Request, catalogue: Catalogue) -> tuple[Stage, str] | None:
        """Return the refusal of a question that only papers outside its scope answer; else None."""
        reading, scope = request.reading, request.reading.filters
        others = scope.councils and not scope.councils.issuperset(catalogue.councils)
        scoped = others or scope.bodies or scope.held_from or scope.held_to
        if not (scoped and has_subject(reading.topic)) or request.precedent or reading.intent in _LISTED:
            return None
        where = told_outside(request, self._weighed)
        return None if where is None else (Stage.TOLD_ELSEWHERE, told_in(scope, where))

    def _drafts(self, request: Request, weighed: Weighed) -> tuple[list[Draft], Judgement]:
        """Return the drafts of the first route that has an answer, and how sure it is."""
        reading, filters, trace = request.reading, request.reading.limits, request.trace
        asked = years_asked(reading)
        of_any_year, weighed = weighed, of_years(weighed, asked)
        if (found := listed(request.reader, reading, weighed, filters, request.allowed, trace)) is not None:
            drafts, notes = at_most(found[0], request.most_listed)
            trace.notes += notes
            return drafts, found[1]
        if drafts := told_promises(request.reader, self._wanted(request), weighed):
            trace.attempted(Route.REGISTER, len(drafts))
            return drafts, judge(weighed)
        if (subject := subject_of(reading)) is not None:
            by_topic = of_years(self._weighed(request, subject), asked)
            on = on_matter(request.reader, reading, by_topic, weighed.signals, request.most, request.allowed)
            trace.notes += on.notes
            drafts = on.drafts if gives_asked(request.reader, reading, on, request.allowed) else []
            trace.attempted(on.route, len(drafts))
            if (told := on_same_matter(request, self._weigher, by_topic, drafts, judge(by_topic)))[0]:
                return told
        if tells_another_year(of_any_year, weighed):
            trace.attempted(Route.SENTENCES, 0)
            return [], Judgement(0.1, f"what the papers say of this is not of {years_in_words(asked)}")
        if reading.decider is not None and not (weighed := naming(weighed, {reading.decider})).units:
            trace.attempted(Route.SENTENCES, 0)
            return [], Judgement(0.1, f"no paper here says what the {reading.decider} decided on this")
        return on_same_matter(request, self._weigher, weighed, *self._told(request, weighed), strictly=True)

    def _told(self, request: Request, weighed: Weighed) -> tuple[list[Draft], Judgement]:
        """Return drafts of the sentences that answer best, whatever they stand in."""
        reading = request.reading
        weighed, unsaid = as_asked(reading, weighed)
        if unsaid is not None:
            return [], Judgement(0.1, unsaid)
        weighed = with_replies(request, self._weigher, told_when_asked(reading, weighed))
        several = reading.own if reading.intent is Intent.LIST and asks_for_several(reading.own) else ""
        if not several:  # tables and lists that are nearly the best are known by the ranker's own scores
            request.trace.read(weighed := self._weigher.read_again(weighed))
        demands = demands_of(reading.own)
        units = weighed.units if demands else telling_more(weighed.units, reading.own)
        units = telling(units, reading.own)
        units = naming_somebody(units) if reading.intent is Intent.PERSON else units
        told = credibly_giving(units, demands, reading.own)
        if weighed.units and not told:
            return [], Judgement(0.1, f"what the papers say of this gives {in_words(demands)}")
        if reading.intent is Intent.RESOLUTION and (absent := said_nowhere(reading.topic, weighed)):
            return [], Judgement(0.1, f"none of the papers searched says {quoted(absent)}")
        told = listing_first(telling_first(told), members_asked(reading.own), several=bool(several))
        weighed = replace(weighed, units=told)
        drafts = self._parts.select(weighed.units, reading.intent, request.most, several)
        if not several:
            again = partial(self._again, request, weighed)
            drafts = with_every_part(drafts, reading.own, again)[: request.most]
        request.trace.attempted(Route.SENTENCES, len(drafts))
        drafts = called_listed(drafts, weighed.units, reading.intent)
        held = upheld(request.reader, drafts, weighed, reading.limits, request.allowed)
        if denied := denied_by(request.reader, reading, drafts, held, request.allowed):
            return [], Judgement(0.1, denied)
        drafts = with_other_side(reading, weighed, over_meetings(reading, weighed, held))
        return told_by_each(reading, weighed, drafts), judge(weighed)

    def _again(self, request: Request, weighed: Weighed, words: str) -> Weighed:
        """Return the sentences of the same passages, weighed for other words."""
        intent = intent_of(asking_sentence(words))
        return self._weigher.again(request.reader, words, intent, weighed.candidates, request.allowed)

    def _promised(self, request: Request, weighed: Weighed) -> tuple[list[Draft], Judgement] | None:
        """Return what the register says, or minutes of interests, where it is asked; else None: search."""
        if (told := told_outright(request, weighed)) is not None:
            return told
        wanted = self._wanted(request)
        before = request.precedent.citations if request.precedent else ()
        quoted = [(each.document.id, each.span) for each in before]
        drafts = (
            confirmed_minutes(request.reader, request.reading, request.allowed)
            or came_of(request.reader, wanted, quoted)
            or kept_promises(request.reader, wanted)
        )
        if drafts:
            request.trace.attempted(Route.REGISTER, len(drafts))
        return (drafts, Judgement(0.95, "")) if drafts else None

    def _wanted(self, request: Request) -> Wanted:
        """Return what the register is asked: the question's own words, on the day asked about or today."""
        reading = request.reading
        on = reading.as_of or self._today()
        due = reading.mentions[0] if reading.mentions else None
        limits = reading.limits, reading.asked
        return Wanted(reading.own, *limits, on, request.allowed, self._verdicts(), request.most, due)

    def _weighed(self, request: Request, words: str) -> Weighed:
        reading = request.reading
        filters, precedent = reading.limits, request.precedent
        if (known := request.trace.known(words, filters)) is not None:
            return known
        reader, allowed = request.reader, request.allowed
        searched = within_times(reading, filters)
        searched += [] if precedent is None else [precedent.within(filters)]
        weighed = self._weigher.weighed(reader, words, reading.intent, within=searched, allowed=allowed)
        if precedent is not None:
            own = self._weigher.again(reader, reading.own, reading.intent, weighed.candidates, allowed)
            weighed = furthered(weighed, own, precedent)
        request.trace.searched(words, filters, weighed)
        return weighed

    def _statements(self, request: Request, drafts: Sequence[Draft]) -> list[Statement]:
        reader, allowed = request.reader, request.allowed
        statements: list[Statement] = []
        whole = all_whole(request, drafts)
        for draft in without_overlaps([long_enough(reader, each, allowed) for each in whole]):
            try:
                statements.append(stated(reader, draft, allowed))
            except UnsupportedCitation:
                log.exception("statement dropped", extra={"document": draft.document_id})
        reading = request.reading
        kept = [each for each in statements if within_asked(each, reading.asked, reading.as_of)]
        return without_copies(kept)

    def _elsewhere(self, request: Request) -> list[Citation]:
        """Return the nearest passages outside the limits read from the question, inside those asked for."""
        asked = replace(request.reading, filters=request.reading.asked)
        return _cited(request, self._weighed(replace(request, reading=asked), request.reading.words))

    def _refusal(
        self,
        request: Request,
        catalogue: Catalogue,
        weighed: Weighed,
        reason: str,
        *,
        elsewhere: bool = False,
    ) -> Refusal:
        nearest = self._elsewhere(request) if elsewhere or not weighed.units else _cited(request, weighed)
        held = catalogue.held
        searched = Searched(
            catalogue.documents,
            tuple(sorted({body for _, body in catalogue.bodies})),
            held[0] if held else None,
            held[-1] if held else None,
        )
        return Refusal(reason, searched, tuple(nearest))


def _cited(request: Request, weighed: Weighed) -> list[Citation]:
    """Return the best units as citations."""
    return [
        cite(request.reader, each.passage.document_id, each.unit.spans[0], request.allowed)
        for each in weighed.units[:_NEAREST]
    ]


def _understood(reading: Reading, notes: Sequence[str] = ()) -> Understood:
    said = reading.expanded, (*reading.notes, *notes), reading.read_as
    return Understood(reading.intent.value, reading.filters, reading.as_of, *said)
