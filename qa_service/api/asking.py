"""One use case for API, pages and command line: answer, keep for replay, give out the body."""

import json

from qa_service.answering.citations import cite
from qa_service.api.bodies import HitBody, PassageBody, ReplyBody, SearchBody, UnderstoodBody
from qa_service.api.explanations import ExplainBody, ExplainedReplyBody
from qa_service.api.question_bodies import AskBody
from qa_service.bootstrap import Services
from qa_service.domain.access import Access
from qa_service.errors import NotFound
from qa_service.store.documents import new_id
from qa_service.store.passages import fetch_passages, find_passage_row


def ask(services: Services, body: AskBody, allowed: frozenset[Access]) -> ReplyBody:
    """Return the reply to a question, kept for replay where the service keeps a journal.

    Where an explanation was asked for it comes with it; it is not kept.
    """
    explanation = None
    if body.explain:
        given, explanation = services.answerer.explained(body.value(), allowed)
    else:
        given = services.answerer.answer(body.value(), allowed)
    reply = ReplyBody.of(new_id("a"), given)
    days = services.settings.keep_answers_days
    if services.journal is not None and days:
        services.journal.keep_answer(reply.id, body.model_dump_json(), reply.model_dump_json(), allowed, days)
    if explanation is None:
        return reply
    return ExplainedReplyBody(**dict(reply), explain=ExplainBody.of(explanation))


def search(services: Services, body: AskBody, k: int, allowed: frozenset[Access]) -> SearchBody:
    """Return at most k passages for a question, ranked as answering ranks them."""
    found = services.answerer.search(body.value(), k, allowed)
    hits: list[HitBody] = []
    with services.database.reading() as reader:
        for candidate in found.candidates:
            try:
                citation = cite(reader, candidate.passage.document_id, candidate.passage.span, allowed)
            except NotFound:  # its paper was replaced or removed since the ranking
                continue
            rank = len(hits) + 1
            score = candidate.score
            hits.append(HitBody.of_passage(rank, candidate.passage.id, citation, rank=rank, score=score))
    return SearchBody(hits=hits, understood=UnderstoodBody.of(found.understood), generation=found.generation)


def passage(services: Services, passage_id: str, allowed: frozenset[Access]) -> PassageBody:
    """Return a passage. Raises NotFound, also for one that is no longer shown."""
    with services.database.reading() as reader:
        row = find_passage_row(reader, passage_id)
        found = fetch_passages(reader, [] if row is None else [row], allowed)
        if row not in found:
            raise NotFound("passage", passage_id)
        stored = found[row]
        return PassageBody.of_passage(1, stored.id, cite(reader, stored.document_id, stored.span, allowed))


def replayed(services: Services, answer_id: str, allowed: frozenset[Access]) -> ReplyBody:
    """Return an answer as it was given. Raises NotFound."""
    row = services.kept().answer(answer_id, allowed)
    return ReplyBody.model_validate_json(row["reply"])


def asked(services: Services, answer_id: str, allowed: frozenset[Access]) -> AskBody:
    """Return the request that an answer was given to. Raises NotFound."""
    return AskBody.model_validate(json.loads(services.kept().answer(answer_id, allowed)["request"]))
