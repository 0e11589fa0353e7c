"""Whether what is asked is told outside the question's scope only: then nothing inside answers it.

"What did Marlport decide about the library?" finds something in every paper of Marlport; that Marlshire's
papers tell of the library far better says that the question names the wrong council.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace

from qa_service.answering.request import Request
from qa_service.answering.signals import content_stems
from qa_service.answering.weighing import Weighed, WeighedUnit
from qa_service.domain.answers import Filters
from qa_service.domain.documents import Segment
from qa_service.retrieval.fates_asked import fates_asked

# Log-odds by which a sentence outside must be ahead of all inside. Of our own development questions with a
# council no answerable one lost more than 2.2, of a wrong one five lost 3.9 to 8.6; of those with a body or a
# date no answerable one lost more than .8 to a sentence that answers, three of a wrong meeting 3.6 to 9.2.
_OF_ANOTHER_COUNCIL, _OF_ANOTHER_MEETING = 3.0, 2.5
# ... where it is the best of all, the question names the council, and asked in all its words, the council's
# name among them, the sentence still comes near. Of 198 questions of ours and on the seeds five of eleven of
# a wrong council are found so that the rule above does not find, 2.0 to 3.7 ahead; one answerable is lost.
_BEST_OF_ALL, _NEAR = 1.5, 1.5
# What the sentence of another meeting must be worth itself: one that hardly answers tells nothing either.
_TOLD = 1.0
# Share of the question's weight that its passage must hold beyond the best inside: another meeting that took
# up the same matter in more words is ahead too, and says no more of it.
_MORE_SAID = 0.1

# Words of a question about a meeting, its clerk or a count that are no subject: all papers hold them.
_NO_SUBJECT = frozenset(
    content_stems(
        "day days week month year date time hour held hold long many much often final "
        "begin began start started end ended finish finished close closed last lasted next again meet "
        "ring phone telephone call contact email enquiry enquiries clerk"
    )
)


def has_subject(topic: str) -> bool:
    """Return whether the words of a topic name something that one paper may tell of and another not."""
    return not _NO_SUBJECT.issuperset(content_stems(topic))


def told_outside(request: Request, weigh: Callable[[Request, str], Weighed]) -> str | None:
    """Return in words whose papers tell what no paper in the question's scope tells; None where one does.

    `weigh` weighs some words for a request. The subject alone is weighed first: the name of a council makes
    all of its papers alike to a question.
    """
    reading, scope = request.reading, request.reading.filters
    if fates_asked(reading.own) is not None:  # "deferred" is no subject that another paper tells better
        return None
    lifted = replace(scope, councils=frozenset(), bodies=frozenset(), held_from=None, held_to=None)
    wider = replace(request, reading=replace(reading, filters=lifted))
    inside, outside = weigh(request, reading.topic), weigh(wider, reading.topic)
    if not inside.units or not outside.units:
        return None
    if (where := _told_far_better(inside, outside, scope)) is not None:
        return where
    best = outside.units[0]
    council, ahead = best.passage.segment.council, best.score - inside.units[0].score
    named = "council" in reading.inferred and council is not None and council not in scope.councils
    if not named or ahead < _BEST_OF_ALL or not _says_more(outside, best, inside):
        return None
    own = weigh(request, reading.words).units
    others = [each for each in weigh(wider, reading.words).units if each.passage.segment.council == council]
    near = own and others and others[0].score >= own[0].score - _NEAR
    return council if near else None


def _told_far_better(inside: Weighed, outside: Weighed, scope: Filters) -> str | None:
    best = inside.units[0].score
    for unit in outside.units:
        segment, ahead = unit.passage.segment, unit.score - best
        if ahead < min(_OF_ANOTHER_COUNCIL, _OF_ANOTHER_MEETING):
            return None
        if not _says_more(outside, unit, inside):
            continue
        if scope.councils and segment.council not in scope.councils:
            if segment.council and ahead >= _OF_ANOTHER_COUNCIL:
                return segment.council
        elif not _is_within(segment, scope) and ahead >= _OF_ANOTHER_MEETING and unit.score >= _TOLD:
            return _named(segment)
    return None


def _says_more(outside: Weighed, unit: WeighedUnit, inside: Weighed) -> bool:
    """Return whether a unit's passage holds more of the subject than that of the best one inside."""
    return _said(outside, unit) >= _said(inside, inside.units[0]) + _MORE_SAID


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
