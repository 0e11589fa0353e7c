"""Whether what is asked is told outside the question's scope only: then nothing inside answers it.

"What did Marlport decide about the library?" finds something in every paper of Marlport; that Marlshire's
papers tell of the library far better says that the question names the wrong council.
"""

from collections.abc import Iterable

from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Segment

# Log-odds by which a sentence outside must be ahead of all inside. Of our own development questions with a
# council one answerable lost 4.5 and the next 2.2, five of six of a wrong one 4.5 to 13; of those with a body
# or a date no answerable one lost more than 2.1 to a sentence that answers, four of five of a wrong meeting
# 5.3 to 12.
_OF_ANOTHER_COUNCIL, _OF_ANOTHER_MEETING = 4.25, 5.0
# ... where it is the best of all, and the question names the council: of 197 questions of ours and on the
# seeds two answerable ones lost more than 1.1 so, 3.6 and 4.5; of 22 of a wrong council fifteen over 2.0.
_BEST_OF_ALL = 1.5
# What the sentence of another meeting must be worth itself: one that hardly answers tells nothing either.
_TOLD = 1.0
# Share of the question's weight that its passage must hold beyond the best inside: another meeting that took
# up the same matter in more words is ahead too, and says no more of it.
_MORE_SAID = 0.1

# Words of a question about a meeting, its clerk or a count that are no subject: all papers hold them.
_NO_SUBJECT = frozenset(
    content_stems(
        "day days week month year date time hour held hold long many much often final "
        "ring phone telephone call contact email enquiry enquiries clerk"
    )
)


def has_subject(topic: str) -> bool:
    """Return whether the words of a topic name something that one paper may tell of and another not."""
    return not _NO_SUBJECT.issuperset(content_stems(topic))


def told_elsewhere(inside: Weighed, outside: Weighed, scope: Filters, *, named: bool) -> str | None:
    """Return in words whose papers tell what no paper in scope tells; None where none is far ahead.

    `named`: whether the question itself names the council, and no filter that was set with it. Both weighings
    are by the subject alone: the name of a council makes all of its papers alike to a question.
    """
    if not inside.units:
        return None
    best = inside.units[0].score
    for at, unit in enumerate(outside.units):
        segment, ahead = unit.passage.segment, unit.score - best
        far = _BEST_OF_ALL if named and at == 0 else _OF_ANOTHER_COUNCIL
        if ahead < min(far, _OF_ANOTHER_MEETING):
            return None
        if _said(outside, unit) < _said(inside, inside.units[0]) + _MORE_SAID:
            continue
        if scope.councils and segment.council not in scope.councils:
            if segment.council and ahead >= far:
                return segment.council
        elif not _is_within(segment, scope) and ahead >= _OF_ANOTHER_MEETING and unit.score >= _TOLD:
            return _named(segment)
    return None


def _said(weighed: Weighed, unit: WeighedUnit) -> float:
    return float(weighed.table.column("passage_cover")[unit.row])


def _is_within(segment: Segment, scope: Filters) -> bool:
    day = segment.held_on
    if scope.bodies and segment.body not in scope.bodies:
        return False
    if day is None:
        return True
    return (scope.held_from is None or scope.held_from <= day) and (
        scope.held_to is None or day <= scope.held_to
    )


def _named(segment: Segment) -> str | None:
    parts: Iterable[str] = (str(each) for each in (segment.body or segment.council, segment.held_on) if each)
    return " of ".join(parts) or None
