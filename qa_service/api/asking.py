"""One use case for API, pages and command line: answer, keep for replay, give out the body."""

import json

from qa_service.api.bodies import AskBody, ReplyBody
from qa_service.bootstrap import Services
from qa_service.domain.access import Access
from qa_service.store.documents import new_id


def ask(services: Services, body: AskBody, allowed: frozenset[Access]) -> ReplyBody:
    """Return the reply to a question, kept for replay where the service keeps a journal."""
    reply = ReplyBody.of(new_id("a"), services.answerer.answer(body.value(), allowed))
    days = services.settings.keep_answers_days
    if services.journal is not None and days:
        services.journal.keep_answer(reply.id, body.model_dump_json(), reply.model_dump_json(), allowed, days)
    return reply


def replayed(services: Services, answer_id: str, allowed: frozenset[Access]) -> ReplyBody:
    """Return an answer as it was given. Raises NotFound."""
    row = services.kept().answer(answer_id, allowed)
    return ReplyBody.model_validate_json(row["reply"])


def asked(services: Services, answer_id: str, allowed: frozenset[Access]) -> AskBody:
    """Return the request that an answer was given to. Raises NotFound."""
    return AskBody.model_validate(json.loads(services.kept().answer(answer_id, allowed)["request"]))
