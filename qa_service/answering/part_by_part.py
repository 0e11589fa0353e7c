"""Questions of several parts: what answers each, where the sentence that answers one leaves another open."""

import re
from collections.abc import Callable, Sequence

from qa_service.answering.demands import demands_of, giving
from qa_service.answering.drafts import Draft
from qa_service.answering.quotable import can_be_quoted
from qa_service.answering.weighing import Weighed
from qa_service.retrieval.parts import parts_of, stands_alone

# "... and what was the answer?": minutes print it behind what was asked.
_OF_A_REPLY = re.compile(
    r"^what\s+(?:(?:was|is)\s+(?:the|his|her|their)\s+(?:answer|reply|response)|(?:was|were)\s+(?:he|she|they)\s+told|"
    r"(?:answer|reply)\s+did\s+(?:he|she|they)\s+get)\b",
    re.IGNORECASE,
)
# A sentence among the best for a part, by that part's own ranking, may well answer it.
_AMONG_THE_BEST = 2


def with_every_part(drafts: Sequence[Draft], asked: str, again: Callable[[str], Weighed]) -> list[Draft]:
    """Return the drafts with the best sentence for each part of a question that none of them answers.

    `again` weighs the sentences that were found for other words. The first part is answered by the drafts.
    """
    answered = list(drafts)
    first, *others = parts_of(asked) if drafts else (asked,)
    for part in others:
        weighed = again(part if stands_alone(part) else f"{first.rstrip('?')}. {part}")
        if _OF_A_REPLY.search(part) and (reply := _said_next(drafts[0], weighed)):
            answered.append(reply)
            continue
        told = giving(weighed.units, demands_of(part), part)
        told = tuple(each for each in told if can_be_quoted(each.passage, each.unit))
        best = [Draft(each.passage.document_id, each.unit.spans, each.score) for each in told]
        if best and not any(draft.overlaps(one) for draft in answered for one in best[:_AMONG_THE_BEST]):
            answered.append(best[0])
    return answered


def _said_next(draft: Draft, weighed: Weighed) -> Draft | None:
    """Return the sentence right behind a draft's in its passage; None where the passage ends with it."""
    for each in weighed.units:
        passage = each.passage
        if passage.document_id == draft.document_id and passage.span.contains(draft.spans[-1]):
            behind = [unit for unit in passage.units if unit.start >= draft.spans[-1].end]
            return Draft(draft.document_id, behind[0].spans, draft.score) if behind else None
    return None
