"""Questions of several parts: what answers each, where the sentence that answers one leaves another open."""

from collections.abc import Sequence

from qa_service.answering.demands import demands_of, giving
from qa_service.answering.drafts import Draft
from qa_service.answering.quotable import can_be_quoted
from qa_service.answering.weighing import Weighed

# A sentence among the best for a part, by that part's own ranking, may well answer it.
_AMONG_THE_BEST = 2


def with_every_part(drafts: Sequence[Draft], parts: Sequence[tuple[str, Weighed]]) -> list[Draft]:
    """Return the drafts with the best sentence for each part that none of them answers, in order.

    `parts`: each as a question, with the sentences weighed for it.
    """
    answered = list(drafts)
    for asked, weighed in parts:
        told = giving(weighed.units, demands_of(asked), asked)
        told = tuple(each for each in told if can_be_quoted(each.passage, each.unit))
        best = [Draft(each.passage.document_id, each.unit.spans, each.score) for each in told]
        if best and not any(draft.overlaps(one) for draft in answered for one in best[:_AMONG_THE_BEST]):
            answered.append(best[0])
    return answered
