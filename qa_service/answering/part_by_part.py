"""Questions of several parts: what answers each, where the sentence that answers one leaves another open."""

import re
from collections.abc import Callable, Sequence

from qa_service.answering.demands import demands_of
from qa_service.answering.drafts import Draft
from qa_service.answering.given import giving
from qa_service.answering.quotable import can_be_quoted
from qa_service.answering.weighing import Weighed, text_of
from qa_service.retrieval.parts import parts_of, stands_alone

# "... and what was the answer?": minutes print it behind what was asked.
_OF_A_REPLY = re.compile(
    r"^what\s+(?:(?:was|is)\s+(?:the|his|her|their)\s+(?:answer|reply|response)|(?:was|were)\s+(?:he|she|they)\s+told|"
    r"(?:answer|reply)\s+did\s+(?:he|she|they)\s+get)\b",
    re.IGNORECASE,
)
_REPLIES = re.compile(r"\b(?:(?:was|were) told|replied|answered|explained|responded)\b", re.IGNORECASE)
# A sentence among the best for a part, by that part's own ranking, may well answer it.
_AMONG_THE_BEST = 2


def with_every_part(drafts: Sequence[Draft], asked: str, again: Callable[[str], Weighed]) -> list[Draft]:
    """Return the drafts with the best sentence for each part of a question that none of them answers.

    `again` weighs the sentences that were found for other words. The first part is answered by the drafts.
    """
    first, *others = parts_of(asked) if drafts else (asked,)
    answered, best_for_it = list(drafts), False
    for part in others:
        weighed = again(part if stands_alone(part) else f"{first.rstrip('?')}. {part}")
        if _OF_A_REPLY.search(part):
            answered = _with_reply(answered, weighed)
            continue
        best = _best(part, weighed)
        # "Where and when is it?" asks two things in the same words: what is best for one is so for both.
        own_words = part.split()[1:] != first.split()[1:]
        best_for_it |= own_words and bool(best) and drafts[0].overlaps(best[0])
        if best and not _holds_any(answered, best[:_AMONG_THE_BEST]):
            answered.append(best[0])
    if best_for_it:
        best = _best(first, again(first))
        answered = [*([] if _holds_any(answered, best[:_AMONG_THE_BEST]) else best[:1]), *answered]
    return answered


def _best(part: str, weighed: Weighed) -> list[Draft]:
    """Return drafts of the sentences that give what a part demands, best first."""
    told = giving(weighed.units, demands_of(part), part)
    quotable = (each for each in told if can_be_quoted(each.passage, each.unit))
    return [Draft(each.passage.document_id, each.unit.spans, each.score) for each in quotable]


def _holds_any(drafts: Sequence[Draft], best: Sequence[Draft]) -> bool:
    return any(draft.overlaps(one) for draft in drafts for one in best)


def _with_reply(drafts: Sequence[Draft], weighed: Weighed) -> list[Draft]:
    """Return drafts with the reply behind the first one, or, where that is a reply, what it replies to."""
    first = drafts[0]
    for each in weighed.units:
        passage = each.passage
        if passage.document_id == first.document_id and passage.span.contains(first.spans[-1]):
            own = next(
                (at for at, unit in enumerate(passage.units) if unit.spans[0].overlaps(first.spans[0])), 0
            )
            is_reply = _REPLIES.search(text_of(passage, passage.units[own])) is not None
            other = own - 1 if is_reply else own + 1
            if not 0 <= other < len(passage.units):
                break
            added = Draft(first.document_id, passage.units[other].spans, first.score)
            return [added, *drafts] if is_reply else [*drafts, added]
    return list(drafts)
